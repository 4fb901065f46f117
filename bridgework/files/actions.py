"""Keeping files, and letting another organization read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.files import storage
from bridgework.files.content_type import ContentType, Inspected
from bridgework.files.models import FileKind, FileShare, StoredFile
from bridgework.files.storage import Incoming
from bridgework.files.unacceptable import Unacceptable
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import one_line

__all__ = ["Unacceptable", "keep_document", "share", "store"]

_NAME_LENGTH = 150


@transaction.atomic
def store(*, name: str, content: IO[bytes] | bytes, by: Actor, at: datetime) -> StoredFile:
    """Keep a file that somebody gave: an image, PDF, DICOM or text, by what its bytes are.

    The same bytes under the same name are one file. Raises Unacceptable with one sentence for everything else: too
    large, empty, a program, an archive, a web page, two kinds of file in one, or broken from the start.
    """
    with _aside(content) as arrived:
        return _keep(name, arrived, _inspect(arrived, at), by, at)


@transaction.atomic
def keep_document(*, name: str, content: IO[bytes] | bytes, by: Actor, at: datetime) -> StoredFile:
    """Keep what another system sent, exactly as it came, whatever it is: it is shown as text at most, never run.

    Raises Unacceptable when it is empty or too large.
    """
    with _aside(content) as arrived:
        if not arrived.size:
            raise Unacceptable("The file is empty.")
        return _keep(name, arrived, _as_received(arrived, at), by, at)


@transaction.atomic
def share(file_ids: Sequence[UUID], *, with_organization_id: UUID, at: datetime) -> None:
    """Let another organization read the viewer's own files; again changes nothing.

    The action that sends the files is what the audit tells. Raises Unacceptable when a file is not the viewer's.
    """
    wanted = set(file_ids)
    own = StoredFile.objects.filter(organization_id=viewer.current(), id__in=wanted)
    if own.count() != len(wanted):
        raise Unacceptable("Only files of your own can be shared.")
    FileShare.objects.bulk_create(
        [
            FileShare(
                id=uuid7(at),
                organization_id=with_organization_id,
                owner_id=viewer.current(),
                file_id=file_id,
                shared_at=at,
            )
            for file_id in sorted(wanted)
        ],
        ignore_conflicts=True,  # shared already; the owner sees every row of theirs, so nothing is hidden here
    )


@contextmanager
def _aside(content: IO[bytes] | bytes) -> Iterator[Incoming]:
    """Lay content aside, within the limit for uploads."""
    limit = settings.UPLOAD_LIMIT_BYTES
    try:
        with storage.incoming(content, limit=limit) as arrived:
            yield arrived
    except storage.TooLarge as too_large:
        raise Unacceptable(f"The file is too large: {limit // 1024**2} MB at most.") from too_large


def _as_received(arrived: Incoming, at: datetime) -> Inspected:
    try:
        found = _inspect(arrived, at)
    except Unacceptable:
        return Inspected(ContentType(FileKind.DOCUMENT, "application/octet-stream"))
    return Inspected(
        ContentType(FileKind.DOCUMENT, found.content.media_type, found.content.format), details=found.details
    )


# The libraries for films cost 35 MB and a second; most processes never meet one, so they load with the first.
def _inspect(arrived: Incoming, at: datetime) -> Inspected:
    from bridgework.files import inspection

    return inspection.inspect(arrived.path, on=at.date())


def _preview(place: Path, found: Inspected) -> bytes | None:
    from bridgework.files import previews

    return previews.make(place, found)


def _keep(name: str, arrived: Incoming, found: Inspected, by: Actor, at: datetime) -> StoredFile:
    here, called = viewer.current(), _display_name(name)
    same = StoredFile.objects.filter(organization_id=here, digest=arrived.digest, name=called, kind=found.content.kind)
    if known := same.order_by("id").first():
        return known
    # First the bytes, then the row: a row never points to nothing.
    place = storage.keep(arrived, here)
    picture = _preview(place, found)
    if picture:
        storage.keep_preview(here, arrived.digest, picture)
    file = StoredFile.objects.create(
        id=uuid7(at),
        organization_id=here,
        digest=arrived.digest,
        size=arrived.size,
        kind=found.content.kind,
        media_type=found.content.media_type,
        name=called,
        taken_on=found.taken_on,
        details=dict(found.details),
        has_preview=picture is not None,
        stored_at=at,
    )
    audit.record("file.stored", by=by, at=at, file_id=str(file.id), kind=file.kind)
    return file


def _display_name(name: str) -> str:
    """Keep what the sender called the file, without folders; for people only, never for a path."""
    last = PurePosixPath(one_line(name, field="file_name", most=10_000).replace("\\", "/")).name
    stem, dot, ending = last.rpartition(".")
    if dot and len(last) > _NAME_LENGTH:
        last = f"{stem[: _NAME_LENGTH - len(ending) - 1]}.{ending}"
    return last[:_NAME_LENGTH] or "file"

"""Opening files: only what the viewer owns or was given to read, and never without a line in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db.models import Q, QuerySet

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.files import storage
from bridgework.files.models import FileShare, StoredFile
from bridgework.lib.actor import Actor

__all__ = ["Opened", "open_file", "open_preview", "visible"]


@dataclass(frozen=True)
class Opened:
    """A file and where its bytes lie. To be sent as a download; only previews are shown in a page."""

    file: StoredFile
    path: Path


def open_file(file_id: UUID, *, by: Actor, at: datetime, referral_id: UUID | None = None) -> Opened:
    """Open a file as it came. Raises StoredFile.DoesNotExist when the viewer may not read it."""
    file = _visible_file(file_id)
    audit.record("file.opened", by=by, at=at, referral_id=referral_id, file_id=str(file.id))
    return Opened(file, storage.path_of(file.organization_id, file.digest))


def open_preview(file_id: UUID, *, by: Actor, at: datetime, referral_id: UUID | None = None) -> Opened:
    """Open the picture that we made of a file: always a PNG.

    Raises StoredFile.DoesNotExist when the viewer may not read it or it has none.
    """
    file = _visible_file(file_id)
    if not file.has_preview:
        raise StoredFile.DoesNotExist("This file has no preview.")
    audit.record("file.previewed", by=by, at=at, referral_id=referral_id, file_id=str(file.id))
    return Opened(file, storage.preview_path_of(file.organization_id, file.digest))


def visible(file_ids: Sequence[UUID]) -> tuple[StoredFile, ...]:
    """Give what is known of these files (not their content), as far as the viewer may read them, by id."""
    return tuple(_readable().filter(id__in=file_ids).order_by("id"))


def _visible_file(file_id: UUID) -> StoredFile:
    return _readable().get(id=file_id)


def _readable() -> QuerySet[StoredFile]:
    given = FileShare.objects.filter(organization_id=viewer.current()).values("file_id")
    return StoredFile.objects.filter(Q(organization_id=viewer.current()) | Q(id__in=given))

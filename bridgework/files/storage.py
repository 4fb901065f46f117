"""Bytes on disk: by organization and SHA-256 under one folder, written aside first and then put in place in one step.

No name that anybody gave is ever part of a path. Folders are 0700, files 0600, and nothing here is executed.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings

CHUNK = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


class TooLarge(ValueError):
    """The content is longer than the limit."""


@dataclass(frozen=True)
class Incoming:
    """Content that lies aside, complete and hashed, until it is kept or thrown away."""

    path: Path
    digest: str
    size: int


@contextmanager
def incoming(content: IO[bytes] | bytes, *, limit: int) -> Iterator[Incoming]:
    """Write content aside in pieces and hash it; what was not kept is gone afterwards.

    Raises TooLarge as soon as it passes `limit` bytes.
    """
    folder = _folder(Path(settings.FILES_FOLDER) / "incoming")
    handle, name = tempfile.mkstemp(dir=folder)  # 0600
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            digest, size = _pour(BytesIO(content) if isinstance(content, bytes) else content, file, limit)
            file.flush()
            os.fsync(file.fileno())
        yield Incoming(path, digest, size)
    finally:
        path.unlink(missing_ok=True)


def keep(arrived: Incoming, organization_id: UUID) -> Path:
    """Put content that lies aside in its place; the same content again changes nothing."""
    place = path_of(organization_id, arrived.digest)
    _folder(place.parent.parent)
    _folder(place.parent)
    if not place.exists():
        os.rename(arrived.path, place)
        _sync_folder(place.parent)
    return place


def keep_preview(organization_id: UUID, digest: str, picture: bytes) -> None:
    """Put a preview beside the content that it was made from."""
    place = preview_path_of(organization_id, digest)
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(picture)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, place)


def path_of(organization_id: UUID, digest: str) -> Path:
    """Say where content lies. Raises ValueError for anything that is no SHA-256 in hexadecimal."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("Content is found by its SHA-256.")
    return Path(settings.FILES_FOLDER) / organization_id.hex / digest[:2] / digest


def preview_path_of(organization_id: UUID, digest: str) -> Path:
    """Say where the preview of content lies, if there is one."""
    return path_of(organization_id, digest).with_name(f"{digest}.preview.png")


def pieces(path: Path) -> Iterator[bytes]:
    """Give content in pieces, for a response that streams; the file is closed at the end or when nobody reads on."""
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _pour(source: IO[bytes], sink: IO[bytes], limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(CHUNK):
        size += len(piece)
        if size > limit:
            raise TooLarge(f"More than {limit} bytes.")
        digest.update(piece)
        sink.write(piece)
    return digest.hexdigest(), size


def _folder(path: Path) -> Path:
    """Make a folder, and the one of all files above it, for nobody else to enter."""
    root = Path(settings.FILES_FOLDER)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _sync_folder(path: Path) -> None:
    """Make the new name last through a power cut."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

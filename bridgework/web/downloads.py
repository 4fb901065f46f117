"""Handing out stored files: originals as downloads, previews as pictures, neither ever run by the browser."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404

from bridgework.files import queries as files
from bridgework.files.models import StoredFile
from bridgework.web.doors import MemberRequest


def of_file(
    request: MemberRequest, file_id: UUID, *, as_preview: bool = False, referral_id: UUID | None = None
) -> FileResponse:
    """Stream a file that the seat may read; what it may not read is not found.

    Originals always come as a download with their name, and no browser may guess another type.
    """
    find = files.open_preview if as_preview else files.open_file
    try:
        opened = find(file_id, by=request.seat.actor, at=request.seat.at, referral_id=referral_id)
    except StoredFile.DoesNotExist:
        raise Http404 from None
    response = FileResponse(
        opened.path.open("rb"),
        as_attachment=not as_preview,
        filename=opened.file.name,
        content_type="image/png" if as_preview else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

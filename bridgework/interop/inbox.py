"""The door from files into the intake room: a file is read, and lies in the Inbox beside what was understood of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bridgework.access import viewer
from bridgework.intake import actions as intake
from bridgework.intake.models import InboxItem
from bridgework.interop import reading
from bridgework.interop.document import ReadDocument
from bridgework.lib.actor import Actor

CAME_BY = "file"


@dataclass(frozen=True)
class Received:
    """A file as it was understood, its item in the Inbox (None: not taken in), and whether it had not arrived before."""

    document: ReadDocument
    item: InboxItem | None
    is_new: bool


def receive_file(
    *, organization_id: UUID, name: str, content: bytes, by: Actor, at: datetime, dry_run: bool = False
) -> Received:
    """Put a file into an organization's Inbox, whatever it is; the same document again changes nothing.

    Opens the organization's own transaction. `dry_run` tells what would happen and keeps nothing. Raises
    `files.Unacceptable` for a file that cannot be kept: empty or over the limit.
    """
    document = reading.read_file(name, content)
    with viewer.acting(organization_id):
        if dry_run:
            known = InboxItem.objects.filter(organization_id=organization_id, identity=document.identity).first()
            return Received(document, known, is_new=known is None)
        taken = intake.take_in(arrival(document, content), by=by, at=at)
    return Received(document, taken.item, is_new=taken.is_new)


def arrival(document: ReadDocument, content: bytes) -> intake.Arrival:
    """Describe a read file to the intake room: its fields as `bridgework read` prints them, and its own words."""
    return intake.Arrival(
        name=document.file,
        content=content,
        came_by=CAME_BY,
        format=document.format,
        kind=document.kind,
        identity=document.identity,
        fields=json.loads(reading.to_json_line(document)),
        sections=tuple(
            {"title": part.title, "code": part.loinc, "text": part.text} for part in document.original_sections
        ),
    )

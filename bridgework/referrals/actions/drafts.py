"""Drafts: kept as typed, never expiring, seen by one's own office alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.files.models import StoredFile
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.referrals.errors import Refused
from bridgework.referrals.models import Draft, DraftItem, DraftState, PacketKind


@transaction.atomic
def begin_draft(*, by: Actor, at: datetime, patient_id: UUID | None = None) -> Draft:
    """Start writing a referral."""
    draft = Draft.objects.create(
        id=uuid7(at), organization_id=viewer.current(), patient_id=patient_id, made_by=by.name, made_at=at, saved_at=at
    )
    audit.record("draft.begun", by=by, at=at, patient_id=patient_id, draft=str(draft.id))
    return draft


@transaction.atomic
def save_draft(
    *, draft_id: UUID, answers: Mapping[str, str | list[str]], patient_id: UUID | None, by: Actor, at: datetime
) -> Draft:
    """Keep what was typed, unchecked, and say who changed the draft."""
    draft = _open(draft_id)
    draft.answers, draft.patient_id, draft.saved_at = dict(answers), patient_id, at
    draft.save(update_fields=["answers", "patient", "saved_at"])
    audit.record("draft.saved", by=by, at=at, patient_id=patient_id, draft=str(draft.id))
    return draft


@transaction.atomic
def attach_to_draft(*, draft_id: UUID, file: StoredFile, title: str, by: Actor, at: datetime) -> DraftItem:
    """Add a stored file to what will go with the referral; the same file again changes nothing."""
    draft = _open(draft_id)
    if (
        there := DraftItem.objects.filter(organization_id=viewer.current(), draft=draft, file=file).first()
    ) is not None:
        return there
    is_film = file.kind in ("image", "dicom")
    item = DraftItem.objects.create(
        id=uuid7(at), organization_id=viewer.current(), draft=draft, file=file,
        kind=PacketKind.FILM if is_film else PacketKind.DOCUMENT, title=title, attached_at=at,
    )  # fmt: skip
    audit.record("draft.file_attached", by=by, at=at, draft=str(draft.id), file=str(file.id))
    return item


@transaction.atomic
def detach_from_draft(*, draft_id: UUID, item_id: UUID, by: Actor, at: datetime) -> None:
    """Take a file out of the draft; the file itself is kept."""
    draft = _open(draft_id)
    DraftItem.objects.filter(organization_id=viewer.current(), draft=draft, id=item_id).delete()
    audit.record("draft.file_detached", by=by, at=at, draft=str(draft.id), item=str(item_id))


@transaction.atomic
def discard_draft(*, draft_id: UUID, by: Actor, at: datetime) -> None:
    """Put a draft away without sending it."""
    draft = _open(draft_id)
    draft.state, draft.saved_at = DraftState.DISCARDED, at
    draft.save(update_fields=["state", "saved_at"])
    audit.record("draft.discarded", by=by, at=at, draft=str(draft.id))


def _open(draft_id: UUID) -> Draft:
    draft = Draft.objects.select_for_update().filter(organization_id=viewer.current(), id=draft_id).first()
    if draft is None:
        raise Refused("There is no such draft here.")
    if draft.state != DraftState.OPEN:
        raise Refused("This draft was sent or discarded already, so it can no longer be changed.")
    return draft

"""Offering times to referring offices, and taking one before the patient leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.scheduling.models import Opening, OpeningState


class Taken(Exception):
    """Somebody else took the time, or it was withdrawn."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A time that an office offers. `starts_at` is aware."""

    office_id: UUID
    starts_at: datetime
    minutes: int = 30
    provider_name: str = ""


@transaction.atomic
def offer(slots: tuple[Slot, ...], *, by: Actor, at: datetime) -> int:
    """Offer times at the viewer's own offices; a time that is offered already stays as it is. Return how many are new."""
    before = Opening.objects.filter(organization_id=viewer.current()).count()
    Opening.objects.bulk_create(
        [
            Opening(
                id=uuid7(at), organization_id=viewer.current(), office_id=slot.office_id, starts_at=slot.starts_at,
                minutes=slot.minutes, provider_name=slot.provider_name,
            )
            for slot in slots
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    added = Opening.objects.filter(organization_id=viewer.current()).count() - before
    audit.record("openings.offered", by=by, at=at, openings=added)
    return added


@transaction.atomic
def withdraw(*, opening_id: UUID, by: Actor, at: datetime) -> None:
    """Take an offered time back. Raises Taken when it is no longer open."""
    rows = Opening.objects.filter(organization_id=viewer.current(), id=opening_id, state=OpeningState.OPEN)
    if rows.update(state=OpeningState.WITHDRAWN) != 1:
        raise Taken("This time is no longer open.")
    audit.record("opening.withdrawn", by=by, at=at, opening=str(opening_id))


@transaction.atomic
def hold(*, opening_id: UUID, referral_id: UUID, by: Actor, at: datetime) -> Opening:
    """Take an office's open time for a referral to it; of two who take it at once, one gets it.

    Raises Taken.
    """
    offered = Opening.objects.filter(id=opening_id, state=OpeningState.OPEN).first()
    if offered is None or offered.starts_at <= at:
        raise Taken("That time was just taken. Choose another one.")
    with viewer.acting_for(offered.organization_id):
        free = Opening.objects.filter(organization_id=offered.organization_id, id=opening_id, state=OpeningState.OPEN)
        if free.update(state=OpeningState.BOOKED, referral_id=referral_id) != 1:
            raise Taken("That time was just taken. Choose another one.")
        audit.record("opening.taken", by=by, at=at, referral_id=referral_id, opening=str(opening_id))
    return offered

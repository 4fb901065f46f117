"""Reading what went out and what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from bridgework.access import viewer
from bridgework.deliveries.models import Delivery, ReceivedMessage, State

LINES = 200  # of a conversation that are shown, the newest


@dataclass(frozen=True, kw_only=True)
class Line:
    """One message of a conversation. `is_ours` is false for what came in."""

    id: UUID
    at: datetime
    is_ours: bool
    subject: str
    body: str
    referral_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Correspondent:
    """Somebody who was written to: a phone of the sandbox page."""

    channel: str
    address: str
    recipient: str
    last_at: datetime


def conversation(channel: str, address: str) -> tuple[Line, ...]:
    """Return what reached an address and what came from it, in the order of time, the newest 200."""
    here = {"organization_id": viewer.current(), "channel": channel, "address": address}
    sent = Delivery.objects.filter(**here, state=State.SENT).order_by("-settled_at", "-id")[:LINES]
    received = ReceivedMessage.objects.filter(**here).order_by("-received_at", "-id")[:LINES]
    lines = [_ours(row) for row in sent] + [_theirs(row) for row in received]
    return tuple(sorted(lines, key=lambda line: (line.at, line.id))[-LINES:])


def correspondents(channel: str, *, limit: int = 100) -> tuple[Correspondent, ...]:
    """Return the addresses that messages have reached by this channel, the one written to last first."""
    sent = Delivery.objects.filter(organization_id=viewer.current(), channel=channel, state=State.SENT)
    rows = sent.values("address").annotate(last_at=Max("settled_at"), name=Max("recipient"))
    return tuple(
        Correspondent(channel=channel, address=row["address"], recipient=row["name"], last_at=row["last_at"])
        for row in rows.order_by("-last_at", "address")[:limit]
    )


def of_referral(referral_id: UUID) -> QuerySet[Delivery]:
    """Return the viewer's messages about a referral, the oldest first."""
    rows = Delivery.objects.filter(organization_id=viewer.current(), referral_id=referral_id)
    return rows.order_by("made_at", "id")


def to_decide() -> QuerySet[Delivery]:
    """Return the messages that were perhaps sent, the oldest first: a person decides about each."""
    rows = Delivery.objects.filter(organization_id=viewer.current(), state=State.UNCERTAIN)
    return rows.order_by("settled_at", "id")


def _ours(row: Delivery) -> Line:
    assert row.settled_at is not None
    return Line(
        id=row.id, at=row.settled_at, is_ours=True, subject=row.subject, body=row.body, referral_id=row.referral_id
    )


def _theirs(row: ReceivedMessage) -> Line:
    return Line(id=row.id, at=row.received_at, is_ours=False, subject="", body=row.body, referral_id=row.referral_id)

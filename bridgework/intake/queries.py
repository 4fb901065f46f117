"""Reading the Inbox."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.intake.actions import NoSuchItem
from bridgework.intake.models import InboxItem, ItemState
from bridgework.lib.actor import Actor


def waiting(*, limit: int = 100) -> tuple[InboxItem, ...]:
    """Return what waits for a person, the oldest first."""
    rows = InboxItem.objects.filter(organization_id=viewer.current(), state=ItemState.NEW)
    return tuple(rows.order_by("received_at", "id")[:limit])


def settled(*, limit: int = 50) -> tuple[InboxItem, ...]:
    """Return what was dealt with lately, the newest first."""
    rows = InboxItem.objects.filter(organization_id=viewer.current()).exclude(state=ItemState.NEW)
    return tuple(rows.order_by("-settled_at", "-id")[:limit])


def count_waiting(*, limit: int) -> int:
    """Count what waits, up to `limit`: enough for the menu."""
    rows = InboxItem.objects.filter(organization_id=viewer.current(), state=ItemState.NEW)
    return len(rows.order_by("id").values_list("id")[:limit])


def has_any() -> bool:
    """Tell whether anything ever arrived here."""
    return InboxItem.objects.filter(organization_id=viewer.current()).exists()


def opened(item_id: UUID, *, by: Actor, at: datetime) -> InboxItem:
    """Open an item beside its original; the look is written down in the same call.

    Raises NoSuchItem.
    """
    item = InboxItem.objects.select_related("original").filter(organization_id=viewer.current(), id=item_id).first()
    if item is None:
        raise NoSuchItem("There is no such item in this Inbox.")
    audit.record("inbox.viewed", by=by, at=at, referral_id=item.referral_id, item=str(item.id))
    return item

"""Reading the Inbox."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, IntegerField, OuterRef

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


def waiting_for(organization: str, *, limit: int) -> Func:
    """Give a column for a query of another room: how many items wait for the viewer, up to `limit`.

    `organization` names the column of that query which holds the viewer.
    """
    items = InboxItem.objects.filter(organization_id=OuterRef(organization), state=ItemState.NEW)
    some = ArraySubquery(items.order_by("received_at", "id").values("id")[:limit])
    return Func(some, function="cardinality", output_field=IntegerField())


def any_for(organization: str) -> Exists:
    """Give another: whether anything ever arrived."""
    return Exists(InboxItem.objects.filter(organization_id=OuterRef(organization)))


def opened(item_id: UUID, *, by: Actor, at: datetime) -> InboxItem:
    """Open an item beside its original; the look is written down in the same call.

    Raises NoSuchItem.
    """
    item = InboxItem.objects.select_related("original").filter(organization_id=viewer.current(), id=item_id).first()
    if item is None:
        raise NoSuchItem("There is no such item in this Inbox.")
    audit.record("inbox.viewed", by=by, at=at, referral_id=item.referral_id, item=str(item.id))
    return item

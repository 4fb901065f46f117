"""From something that arrived to a referral: kept, proposed, corrected by a person, confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.files import actions as files
from bridgework.intake import ordering
from bridgework.intake.fields import Fields, from_json, to_json
from bridgework.intake.models import InboxItem, ItemState
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import Unfit, keepable, keepable_tree
from bridgework.referrals import actions as referrals
from bridgework.referrals.models import Referral


class NoSuchItem(Exception):
    """There is no such item in this organization's Inbox."""


class CannotConfirm(Exception):
    """The item cannot become a referral as it is; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Something that arrived, and what was understood of it. `fields` is what `bridgework read` prints."""

    name: str
    content: bytes
    came_by: str
    format: str
    kind: str
    identity: str
    fields: Mapping[str, object]
    sections: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Taken:
    """An item of the Inbox, and whether it is new or had arrived before."""

    item: InboxItem
    is_new: bool


@transaction.atomic
def take_in(arrival: Arrival, *, by: Actor, at: datetime) -> Taken:
    """Keep the original and put an item into the viewer's Inbox; the same document again changes nothing."""
    here, arrival = viewer.current(), _keepable(arrival)
    known = InboxItem.objects.filter(organization_id=here, identity=arrival.identity).first()
    if known is not None:
        return Taken(known, is_new=False)
    try:
        with transaction.atomic():
            return Taken(_keep(arrival, by, at), is_new=True)
    except IntegrityError:  # it arrived twice at the same moment; the other one was kept
        return Taken(InboxItem.objects.get(organization_id=here, identity=arrival.identity), is_new=False)


def _keepable(arrival: Arrival) -> Arrival:
    """Mark characters that cannot be kept, wherever they stand; the original keeps them."""
    return replace(
        arrival,
        name=keepable(arrival.name),
        identity=keepable(arrival.identity),
        fields=keepable_tree(arrival.fields),
        sections=tuple(keepable_tree(section) for section in arrival.sections),
    )


def _keep(arrival: Arrival, by: Actor, at: datetime) -> InboxItem:
    original = files.keep_document(name=arrival.name, content=arrival.content, by=by, at=at)
    item = InboxItem.objects.create(
        id=uuid7(at), organization_id=viewer.current(), came_by=arrival.came_by, name=arrival.name,
        format=arrival.format, kind=arrival.kind, identity=arrival.identity, original=original,
        fields=dict(arrival.fields), sections=[dict(section) for section in arrival.sections], received_at=at,
    )  # fmt: skip
    audit.record("inbox.received", by=by, at=at, item=str(item.id))
    return item


@transaction.atomic
def correct_fields(*, item_id: UUID, fields: Fields, by: Actor, at: datetime) -> InboxItem:
    """Keep what a person corrected in the proposal; the original stays as it came.

    Raises NoSuchItem when the item is gone or settled.
    """
    item = _new(item_id)
    item.fields = {**item.fields, **to_json(fields)}
    item.save(update_fields=["fields"])
    audit.record("inbox.corrected", by=by, at=at, item=str(item.id))
    return item


@transaction.atomic
def confirm(*, item_id: UUID, by: Actor, at: datetime) -> Referral:
    """Make the item a referral to the viewer, with the original in its packet; confirmed twice it is one referral.

    Raises NoSuchItem, and CannotConfirm with what is missing or cannot be right.
    """
    item = _any(item_id)
    if item.referral_id is not None:
        return Referral.objects.get(id=item.referral_id)
    if item.state != ItemState.NEW:
        raise NoSuchItem("This item was set aside. Bring it back first.")
    fields = from_json(item.fields)
    if missing := ordering.missing(fields):
        raise CannotConfirm(f"Please add {' and '.join(missing)} first.")
    try:
        order = ordering.order_of(item, fields, by=by, at=at)
    except Unfit as refusal:
        raise CannotConfirm(refusal.sentence) from refusal
    referral = referrals.send(order, telling=ordering.telling_of(item, fields, by=by, at=at))
    _settle(item, ItemState.CONFIRMED, by, at, referral_id=referral.id)
    audit.record("inbox.confirmed", by=by, at=at, referral_id=referral.id, item=str(item.id))
    return referral


@transaction.atomic
def set_aside(*, item_id: UUID, by: Actor, at: datetime) -> InboxItem:
    """Put an item away that is no referral; it is kept and can be brought back.

    Raises NoSuchItem when the item is gone or settled.
    """
    item = _new(item_id)
    _settle(item, ItemState.SET_ASIDE, by, at)
    audit.record("inbox.set_aside", by=by, at=at, item=str(item.id))
    return item


@transaction.atomic
def bring_back(*, item_id: UUID, by: Actor, at: datetime) -> InboxItem:
    """Take the setting aside back.

    Raises NoSuchItem when the item was not set aside.
    """
    item = _any(item_id)
    if item.state != ItemState.SET_ASIDE:
        raise NoSuchItem("This item was not set aside.")
    item.state, item.settled_at, item.settled_by = ItemState.NEW, None, ""
    item.save(update_fields=["state", "settled_at", "settled_by"])
    audit.record("inbox.brought_back", by=by, at=at, item=str(item.id))
    return item


def _settle(item: InboxItem, state: ItemState, by: Actor, at: datetime, referral_id: UUID | None = None) -> None:
    item.state, item.settled_at, item.settled_by, item.referral_id = state, at, by.name, referral_id
    item.save(update_fields=["state", "settled_at", "settled_by", "referral_id"])


def _any(item_id: UUID) -> InboxItem:
    item = InboxItem.objects.select_for_update().filter(organization_id=viewer.current(), id=item_id).first()
    if item is None:
        raise NoSuchItem("There is no such item in this Inbox.")
    return item


def _new(item_id: UUID) -> InboxItem:
    item = _any(item_id)
    if item.state != ItemState.NEW:
        raise NoSuchItem("This item was settled already.")
    return item

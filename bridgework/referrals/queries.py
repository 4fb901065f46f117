"""Reading referrals: the lists, what a side owes, one whole referral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.lib.actor import Actor
from bridgework.lib.names import name_key
from bridgework.referrals import story
from bridgework.referrals.errors import NoSuchReferral
from bridgework.referrals.models import Case, Draft, DraftState, PacketItem
from bridgework.referrals.story import Story

PAGE = 50
_END_OF_NAMES = "\U0010ffff"


@dataclass(frozen=True)
class Filters:
    """What a list shows. Empty text means everything. `search` is a name or a number."""

    side: str = "receiver"
    state: str = "open"  # open, closed, all, or a status
    urgency: str = ""
    specialty: str = ""
    other_organization_id: UUID | None = None
    search: str = ""


@dataclass(frozen=True)
class Cursor:
    """The last row that was shown; the next page begins after it. A search goes by `name_key`, a list by `changed_at`."""

    id: UUID
    changed_at: datetime | None = None
    name_key: str = ""


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next page begins, if there is one."""

    rows: tuple[Case, ...]
    more: Cursor | None


@dataclass(frozen=True)
class Opened:
    """A whole referral for its page."""

    case: Case
    story: Story
    packet: tuple[PacketItem, ...]


def listed(filters: Filters, after: Cursor | None = None, *, size: int = PAGE) -> Page:
    """Return a page of the viewer's cases, newest change first, in one query; what is searched for comes by name."""
    rows = _filtered(filters)
    rows = _by_name(rows, after) if filters.search else _newest_first(rows, after)
    found = tuple(rows[: size + 1])
    if len(found) <= size:
        return Page(found, None)
    last = found[size - 1]
    if filters.search:
        return Page(found[:size], Cursor(last.id, name_key=last.patient_name_key))
    return Page(found[:size], Cursor(last.id, changed_at=last.changed_at))


def mine(*, limit: int = 200) -> tuple[Case, ...]:
    """Return the open cases in which the viewer holds the ball, the first clock to end first, in one query."""
    rows = Case.objects.filter(organization_id=viewer.current(), closed_at=None, ball=F("side"))
    return tuple(rows.order_by("-is_red_flag", F("clock_due_at").asc(nulls_last=True), "id")[:limit])


def visits_of_day(day: datetime, *, limit: int = 30) -> tuple[Case, ...]:
    """Return the open cases with a visit on the day that begins at `day`, the earliest first."""
    rows = Case.objects.filter(organization_id=viewer.current(), closed_at=None)
    rows = rows.filter(appointment_at__gte=day, appointment_at__lt=day + timedelta(days=1))
    return tuple(rows.order_by("appointment_at", "id")[:limit])


def opened(referral_id: UUID, *, by: Actor, at: datetime) -> Opened:
    """Open a referral's page; the look is written down in the same call.

    Raises NoSuchReferral when the viewer is no party.
    """
    case = (
        Case.objects.select_related("owner").filter(organization_id=viewer.current(), referral_id=referral_id).first()
    )
    if case is None:
        raise NoSuchReferral("There is no such referral here.")
    audit.record("referral.viewed", by=by, at=at, referral_id=referral_id, patient_id=case.patient_id)
    packet = PacketItem.objects.filter(referral_id=referral_id).select_related("file").order_by("attached_at", "id")
    return Opened(case, story.load(referral_id), tuple(packet))


def open_referrals_of(patient_id: UUID) -> tuple[Case, ...]:
    """Return the viewer's open cases of one of its patients, newest first: asked when the patient is picked."""
    rows = Case.objects.filter(organization_id=viewer.current(), patient_id=patient_id, closed_at=None)
    return tuple(rows.order_by("-changed_at", "-id"))


def open_drafts() -> tuple[Draft, ...]:
    """Return the viewer's drafts, the last saved first."""
    rows = Draft.objects.filter(organization_id=viewer.current(), state=DraftState.OPEN).select_related("patient")
    return tuple(rows.order_by("-saved_at", "id")[:50])


def draft(draft_id: UUID) -> Draft | None:
    """Return one of the viewer's drafts, open or not."""
    rows = Draft.objects.filter(organization_id=viewer.current(), id=draft_id)
    return rows.select_related("patient").prefetch_related("items__file").first()


def _newest_first(rows: QuerySet[Case], after: Cursor | None) -> QuerySet[Case]:
    if after is not None and after.changed_at is not None:
        rows = rows.filter(Q(changed_at__lt=after.changed_at) | Q(changed_at=after.changed_at, id__lt=after.id))
        rows = rows.filter(changed_at__lte=after.changed_at)  # the index range; what comes before only sorts out ties
    return rows.order_by("-changed_at", "-id")


def _by_name(rows: QuerySet[Case], after: Cursor | None) -> QuerySet[Case]:
    if after is not None and after.name_key:
        rows = rows.filter(Q(patient_name_key__gt=after.name_key) | Q(patient_name_key=after.name_key, id__gt=after.id))
        rows = rows.filter(patient_name_key__gte=after.name_key)
    return rows.order_by("patient_name_key", "id")


def _filtered(filters: Filters) -> QuerySet[Case]:
    rows = Case.objects.filter(organization_id=viewer.current())
    if filters.search:
        return rows.filter(_found(filters.search))
    rows = rows.filter(side=filters.side)
    if filters.state == "open":
        rows = rows.filter(closed_at=None)
    elif filters.state == "closed":
        rows = rows.filter(status="closed")
    elif filters.state != "all":
        rows = rows.filter(status=filters.state)
    for column in ("urgency", "specialty", "other_organization_id"):
        if value := getattr(filters, column):
            rows = rows.filter(**{column: value})
    return rows


def _found(text: str) -> Q:
    number = text.strip().upper()
    if number.startswith("BW-"):
        return Q(number=number)
    key = name_key(text)
    return Q(patient_name_key__gte=key, patient_name_key__lt=key + _END_OF_NAMES) if key else Q(pk=None)

"""Which promises are running on a referral, when they end, and whose they are.

Pure: the Standing, the receiving office's hours and the time are passed in. Hours and days marked working are counted
in the receiving office's opening hours; the two weeks of the unconfirmed are calendar days.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bridgework.lib.office_hours import OfficeHours, add_working_days, add_working_hours
from bridgework.referrals.lifecycle import Standing
from bridgework.referrals.lifecycle.standing import ACTIVE
from bridgework.referrals.timeline import Side

ClockKind = Literal[
    "contact", "contact_limit", "accept", "information", "book", "rebook", "outcome", "unconfirmed", "report", "unread"
]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How long each promise is. An office may set its own; these are the product's."""

    contact_target_hours: float = (
        24  # working hours from receipt; contact within 24 to 48 hours books far more patients
    )
    contact_limit_hours: float = 48
    accept_days: int = 2  # working days until the office shuts, as all below
    information_days: int = 3
    book_days: int = 5
    rebook_days: int = 2
    outcome_days: int = 1  # after the visit's time, somebody says whether the patient came
    report_days: int = 2
    unread_days: int = 5
    unconfirmed_days: int = 14  # calendar days


TERMS = Terms()


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A promise that is running: since when, until when, whose it is, and what it is about in one sentence."""

    kind: ClockKind
    started_at: datetime
    due_at: datetime
    owner: Side
    sentence: str
    is_overdue: bool


@dataclass(frozen=True)
class _Promise:
    """A row of the table: from when it runs (None: it does not), how its end is found, whose it is."""

    kind: ClockKind
    owner: Side
    since: Callable[[Standing, datetime], datetime | None]
    due: Callable[[datetime, OfficeHours, Terms], datetime]
    sentence: str


def running(standing: Standing, hours: OfficeHours, at: datetime, terms: Terms = TERMS) -> tuple[Clock, ...]:
    """List the clocks that run at a moment, the one that ends first in front; one that has run out stays, overdue.

    `hours` are those of the receiving office. Raises ValueError as `lib.office_hours` does, for an office never open.
    """
    return tuple(sorted(_running(standing, hours, at, terms), key=lambda clock: (clock.due_at, clock.kind)))


def is_any_running(standing: Standing, at: datetime) -> bool:
    """Tell whether any clock runs at a moment, without knowing the office's hours."""
    starts = (promise.since(standing, at) for promise in _PROMISES)
    return any(since is not None and since <= at for since in starts)


def _by_closing(since: datetime, days: int, hours: OfficeHours) -> datetime:
    """Find the close of the day so many working days on: a promise made in days is kept until the office shuts."""
    moment = add_working_days(since, days, hours)
    local = moment.astimezone(ZoneInfo(hours.zone))
    closes = max(until for _, until in hours.weekly[local.weekday()])
    return max(moment, datetime.combine(local.date(), closes, local.tzinfo).astimezone(UTC))


def _running(standing: Standing, hours: OfficeHours, at: datetime, terms: Terms) -> Iterator[Clock]:
    for promise in _PROMISES:
        since = promise.since(standing, at)
        if since is not None and since <= at:
            due_at = promise.due(since, hours, terms)
            yield Clock(
                kind=promise.kind,
                started_at=since,
                due_at=due_at,
                owner=promise.owner,
                sentence=promise.sentence,
                is_overdue=at > due_at,
            )


def _to_contact(standing: Standing, at: datetime) -> datetime | None:
    """From receipt until the patient hears from the receiving office or has a visit; a question to the sender waits."""
    is_theirs = standing.status in ("sent", "received", "accepted")
    is_untouched = standing.first_contact_at is None and standing.patient in ("to_contact", "contacted")
    return (standing.received_at or standing.sent_at) if is_theirs and is_untouched else None


def _to_accept(standing: Standing, at: datetime) -> datetime | None:
    """Start when it came: a letter may lie on the way, a document be older than its arrival."""
    known = (moment for moment in (standing.sent_at, standing.received_at) if moment is not None)
    return max(known, default=None) if standing.ball.owes == "to_accept" else None


def _to_answer_question(standing: Standing, at: datetime) -> datetime | None:
    return standing.information_asked_at if standing.status == "information_asked" else None


def _to_book(standing: Standing, at: datetime) -> datetime | None:
    """Accepted, no visit booked, none ever missed or cancelled: whoever has to answer, the office sees to it."""
    is_waiting = standing.status == "accepted" and standing.patient in ("to_contact", "contacted")
    return standing.accepted_at if is_waiting and not standing.patient_flags else None


def _to_rebook(standing: Standing, at: datetime) -> datetime | None:
    if standing.status not in ACTIVE or not standing.patient_flags & {"no_show", "cancelled"}:
        return None
    ended = (standing.no_show_at, standing.appointment_cancelled_at)
    return max((moment for moment in ended if moment is not None), default=None)


def _to_say_who_came(standing: Standing, at: datetime) -> datetime | None:
    """From the end of the visit that is booked."""
    visit = standing.appointment
    if visit is None or visit.is_missed or standing.status not in ACTIVE:
        return None
    return visit.starts_at + timedelta(minutes=visit.minutes)


def _to_confirm(standing: Standing, at: datetime) -> datetime | None:
    """From sending until a visit is confirmed or has happened (flagged to the referring office after two weeks)."""
    is_lost = standing.status in ACTIVE and standing.patient != "attended" and not standing.is_confirmed
    return standing.sent_at if is_lost else None


def _to_report(standing: Standing, at: datetime) -> datetime | None:
    is_owed = standing.communication == "owed" and standing.patient == "attended" and standing.status != "draft"
    return standing.communication_since if is_owed else None


def _to_read(standing: Standing, at: datetime) -> datetime | None:
    is_waiting = standing.communication in ("sent", "received") and standing.status != "draft"
    return standing.report_sent_at or standing.report_received_at if is_waiting else None


_PROMISES = (
    _Promise(
        "contact",
        "receiver",
        _to_contact,
        lambda since, hours, terms: add_working_hours(since, terms.contact_target_hours, hours),
        "The patient is waiting for the first call.",
    ),
    _Promise(
        "contact_limit",
        "receiver",
        _to_contact,
        lambda since, hours, terms: add_working_hours(since, terms.contact_limit_hours, hours),
        "The patient has to hear from the office by then.",
    ),
    _Promise(
        "accept",
        "receiver",
        _to_accept,
        lambda since, hours, terms: _by_closing(since, terms.accept_days, hours),
        "The referral is waiting to be accepted.",
    ),
    _Promise(
        "information",
        "sender",
        _to_answer_question,
        lambda since, hours, terms: _by_closing(since, terms.information_days, hours),
        "A question about the referral is waiting for an answer.",
    ),
    _Promise(
        "book",
        "receiver",
        _to_book,
        lambda since, hours, terms: _by_closing(since, terms.book_days, hours),
        "The referral is accepted, but no visit is booked.",
    ),
    _Promise(
        "rebook",
        "receiver",
        _to_rebook,
        lambda since, hours, terms: _by_closing(since, terms.rebook_days, hours),
        "The visit fell through and is not booked again.",
    ),
    _Promise(
        "outcome",
        "receiver",
        _to_say_who_came,
        lambda since, hours, terms: _by_closing(since, terms.outcome_days, hours),
        "The time of the visit has passed, and nobody has said whether the patient came.",
    ),
    _Promise(
        "unconfirmed",
        "sender",
        _to_confirm,
        lambda since, hours, terms: since + timedelta(days=terms.unconfirmed_days),
        "There is no confirmed visit yet.",
    ),
    _Promise(
        "report",
        "receiver",
        _to_report,
        lambda since, hours, terms: _by_closing(since, terms.report_days, hours),
        "The patient was seen, and the referring office is waiting for the report.",
    ),
    _Promise(
        "unread",
        "sender",
        _to_read,
        lambda since, hours, terms: _by_closing(since, terms.unread_days, hours),
        "The report has come and nobody has read it.",
    ),
)

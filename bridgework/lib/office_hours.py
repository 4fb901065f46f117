"""Working time of an office: when a promise of so many hours or days is due, in the office's own time zone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@dataclass(frozen=True)
class OfficeHours:
    """When an office works.

    `weekly` maps the weekday (Monday is 0) to its openings as local (from, until); an opening whose end is not later
    than its beginning ends on the next day. `closed` holds local dates without any work, holidays included.
    Raises ValueError for an unknown zone or weekday.
    """

    zone: str
    weekly: Mapping[int, tuple[tuple[time, time], ...]]
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        _zone_of(self)
        if not all(0 <= weekday <= 6 for weekday in self.weekly):
            raise ValueError("Weekdays count from 0 for Monday to 6 for Sunday.")


def add_working_hours(start: datetime, hours: float, office_hours: OfficeHours) -> datetime:
    """Find the moment when so many hours of working time have passed since `start`, in UTC.

    Nothing to add outside working time gives the next opening; time that runs out with an opening gives its end.
    Hours are real hours, also across a change of the clocks. Raises ValueError for a start without time zone, negative
    hours, or an office that is never open.
    """
    if hours < 0:
        raise ValueError("Working time can only be added, not taken away.")
    left = timedelta(hours=hours)
    for opens, closes in _openings_after(start, office_hours):
        if opens + left <= closes:
            return opens + left
        left -= closes - opens
    raise ValueError("The office has no working time before the end of the calendar.")


def add_working_days(start: datetime, days: int, office_hours: OfficeHours) -> datetime:
    """Find the same time of day so many working days later, in UTC.

    A start outside working time counts from the next opening. Where the day found works at other hours, the time moves
    to its next opening or, after the last, to its close. Raises ValueError as `add_working_hours` does.
    """
    if days < 0:
        raise ValueError("Working time can only be added, not taken away.")
    begin = add_working_hours(start, 0, office_hours).astimezone(_zone_of(office_hours))
    if days == 0:
        return begin.astimezone(UTC)
    wished = begin.date()
    while days > 0:
        wished += timedelta(days=1)
        days -= bool(_openings_on(wished, office_hours))
    openings = _openings_on(wished, office_hours)
    moment = datetime.combine(wished, begin.time(), begin.tzinfo).astimezone(UTC)
    return next((max(moment, opens) for opens, closes in openings if moment <= closes), openings[-1][1])


def is_open(at: datetime, office_hours: OfficeHours) -> bool:
    """Tell whether the office works at this moment; the closing minute itself is closed."""
    day = _local_date(at, office_hours)
    openings = [*_openings_on(day - timedelta(days=1), office_hours), *_openings_on(day, office_hours)]
    return any(opens <= at < closes for opens, closes in openings)


def _openings_after(start: datetime, office_hours: OfficeHours) -> Iterator[tuple[datetime, datetime]]:
    """Give what is left of the openings from `start` on, in order and without overlap, in UTC."""
    if not any(office_hours.weekly.values()):
        raise ValueError("The office has no opening hours. Enter them before a clock can run.")
    day = _local_date(start, office_hours) - timedelta(days=1)
    reached = start.astimezone(UTC)
    while day < date.max - timedelta(days=2):
        for opens, closes in _openings_on(day, office_hours):
            if closes > reached:
                yield max(opens, reached), closes
                reached = closes
        day += timedelta(days=1)


def _openings_on(day: date, office_hours: OfficeHours) -> list[tuple[datetime, datetime]]:
    """Openings that begin on a local date, in UTC; one that falls into the hour that spring skips is left out."""
    if day in office_hours.closed:
        return []
    zone = _zone_of(office_hours)
    openings = []
    for begins, ends in sorted(office_hours.weekly.get(day.weekday(), ())):
        last_day = day if ends > begins else day + timedelta(days=1)
        opens = datetime.combine(day, begins, zone).astimezone(UTC)
        closes = datetime.combine(last_day, ends, zone).astimezone(UTC)
        if opens < closes:
            openings.append((opens, closes))
    return openings


def _local_date(at: datetime, office_hours: OfficeHours) -> date:
    if at.tzinfo is None:
        raise ValueError("Working time needs a moment with a time zone.")
    return at.astimezone(_zone_of(office_hours)).date()


def _zone_of(office_hours: OfficeHours) -> ZoneInfo:
    try:
        return ZoneInfo(office_hours.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"There is no time zone “{office_hours.zone}”.") from error

"""The calendar of the demo's offices: Monday to Friday, eight to five in Portland, closed on federal holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bridgework.lib.office_hours import OfficeHours, add_working_hours
from bridgework.network.calendar import federal_holidays

ZONE_NAME = "America/Los_Angeles"
ZONE = ZoneInfo(ZONE_NAME)
OPENS, CLOSES = time(8), time(17)
WEEKLY = dict.fromkeys(range(5), ((OPENS, CLOSES),))
HOURS = OfficeHours(zone=ZONE_NAME, weekly=WEEKLY, closed=federal_holidays())


def is_workday(day: date) -> bool:
    """Tell whether the offices work on a day."""
    return day.weekday() < 5 and day not in HOURS.closed


def workdays(first: date, last: date) -> Iterator[date]:
    """Give the days from `first` to `last` on which the offices work."""
    day = first
    while day <= last:
        if is_workday(day):
            yield day
        day += timedelta(days=1)


def shifted(day: date, days: int) -> date:
    """Go so many working days on, or back when negative; none gives the day itself or the next that works."""
    step = timedelta(days=-1 if days < 0 else 1)
    while not is_workday(day):
        day += step
    for _ in range(abs(days)):
        day += step
        while not is_workday(day):
            day += step
    return day


def moment(day: date, hour: float) -> datetime:
    """Give an hour of a day in Portland (9.5 is half past nine) as UTC."""
    local = datetime.combine(day, time(), ZONE) + timedelta(minutes=round(hour * 60))
    return local.replace(tzinfo=ZONE).astimezone(UTC)


def local_day(at: datetime) -> date:
    """Give the day that it is in Portland."""
    return at.astimezone(ZONE).date()


def later(at: datetime, hours: float) -> datetime:
    """Go so many working hours on."""
    return add_working_hours(at, hours, HOURS)


def earlier(at: datetime, hours: float) -> datetime:
    """Go so many working hours back; none gives the moment itself, or the last one at which the offices were open."""
    left, day = timedelta(hours=hours), local_day(at)
    while True:
        opens, closes = moment(day, OPENS.hour), min(moment(day, CLOSES.hour), at)
        if is_workday(day) and closes > opens:
            if closes - opens >= left:
                return closes - left
            left -= closes - opens
        day -= timedelta(days=1)

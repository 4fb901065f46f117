"""An office's working time, from its row: weekly hours, federal holidays of the United States, its own closed days."""

from __future__ import annotations

import json
from datetime import date, time
from functools import cache, lru_cache

import holidays

from bridgework.lib.office_hours import OfficeHours
from bridgework.network.models import Office

# Wide enough for history that is imported and promises that are made; worked out once a process.
_YEARS = range(2015, 2046)


@cache
def federal_holidays() -> frozenset[date]:
    """Give the federal holidays of the United States, each also on the weekday when it is observed (5 U.S.C. 6103)."""
    return frozenset(holidays.country_holidays("US", years=_YEARS))


def office_hours(office: Office) -> OfficeHours:
    """Give the working time of an office, in its own time zone."""
    return _hours(office.zone, json.dumps(office.weekly_hours, sort_keys=True), tuple(office.closed_dates))


@lru_cache(maxsize=256)
def _hours(zone: str, weekly: str, closed: tuple[str, ...]) -> OfficeHours:
    """Keep what was worked out by content, so that an office that changes its hours is never served the old ones."""
    days: dict[str, list[list[str]]] = json.loads(weekly)
    own = frozenset(date.fromisoformat(day) for day in closed)
    return OfficeHours(
        zone=zone,
        weekly={
            int(day): tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in openings)
            for day, openings in days.items()
        },
        closed=federal_holidays() | own if own else federal_holidays(),
    )

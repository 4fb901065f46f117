"""The chairs of the treating offices: each doctor sees one patient at a time, at times that offices offer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bridgework.ops.demo import workdays

# Hours of the day at which visits begin; what `openings` offers lies between them.
BEGINS = (8.5, 9.25, 10.0, 10.75, 13.0, 13.75, 14.5, 15.25)
OFFERED = (11.5, 16.0)
LEAD = timedelta(minutes=45)  # nobody is seen sooner after the call


class Diary:
    """Remembers which times are taken."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, datetime]] = set()

    def next_free(self, doctor: str, day: date, now: datetime) -> datetime:
        """Take a doctor's next free time, from a day on and not before somebody can be there."""
        while True:
            day = workdays.shifted(day, 0)
            for hour in BEGINS:
                starts_at = workdays.moment(day, hour)
                if starts_at >= now + LEAD and (doctor, starts_at) not in self._taken:
                    self._taken.add((doctor, starts_at))
                    return starts_at
            day += timedelta(days=1)

    def take(self, doctor: str, starts_at: datetime) -> datetime:
        """Take a given time."""
        self._taken.add((doctor, starts_at))
        return starts_at

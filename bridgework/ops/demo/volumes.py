"""How many patients an office refers, day by day: a rate, its course over the years, weekday and season, and chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from math import exp
from random import Random

from bridgework.ops.demo import workdays

# Monday to Friday; January to December. Oral surgery is full before school and before the insurance year ends.
WEEKDAY = (1.12, 1.1, 1.0, 1.02, 0.76)
MONTH = (0.98, 0.95, 1.04, 1.0, 1.02, 1.12, 1.1, 1.06, 0.9, 0.98, 0.93, 0.92)
WORKDAYS_A_MONTH = 20.9
# What is left of the rate so many months before the present.
COURSES: dict[str, Callable[[float], float]] = {
    "steady": lambda months: 1.0,
    "growing": lambda months: 1.25 - months / 48,
    "drift": lambda months: 1.0 if months > 9 else max(0.16, 0.16 + 0.84 * (months - 2) / 7),
    "stop": lambda months: 1.0 if months > 2.5 else 0.0,
    "new": lambda months: 1.0 if months < 5 else 0.0,
    "lapsed": lambda months: 1.0 if months > 11 else 0.0,
    "won_back": lambda months: 0.0 if 7 < months < 13 else 1.0,
}


def arrivals(rng: Random, rate: float, course: str, first: date, last: date) -> Iterator[date]:
    """Give the days on which an office of `rate` a month refers somebody, each as often as it does."""
    for day in workdays.workdays(first, last):
        months = (last - day).days / 30.44
        expected = rate / WORKDAYS_A_MONTH * WEEKDAY[day.weekday()] * MONTH[day.month - 1] * COURSES[course](months)
        for _ in range(_poisson(rng, expected)):
            yield day


def _poisson(rng: Random, expected: float) -> int:
    """Draw a count (Knuth, The Art of Computer Programming 2, section 3.4.1); good for small expectations."""
    limit, product, count = exp(-expected), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count

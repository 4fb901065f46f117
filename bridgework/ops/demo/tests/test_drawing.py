"""What the demo is drawn with: calendars, chance and films."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bridgework.ops.demo import films, volumes, workdays
from bridgework.ops.demo.cases import TYPES, complaint
from bridgework.ops.demo.diary import Diary
from bridgework.ops.demo.people import Population

moments = st.datetimes(datetime(2024, 1, 2), datetime(2027, 12, 20)).map(lambda at: at.replace(tzinfo=UTC))


@given(at=moments, hours=st.floats(0, 60))
def test_working_hours_back_and_forth_lead_to_the_same_place(at: datetime, hours: float) -> None:
    opened = workdays.later(at, 0.01)
    there = workdays.earlier(opened, hours)
    assert abs(workdays.later(there, hours) - opened) < timedelta(seconds=1)


@given(days=st.integers(-40, 40))
def test_shifting_by_working_days_lands_on_one(days: int) -> None:
    assert workdays.is_workday(workdays.shifted(date(2026, 7, 4), days))


def test_a_sudden_stop_stops_and_a_drift_ebbs_away() -> None:
    first, last = date(2024, 3, 1), date(2026, 3, 1)
    stopped = list(volumes.arrivals(Random(1), 8, "stop", first, last))
    assert max(stopped) < last - timedelta(days=70)
    drifting = list(volumes.arrivals(Random(1), 8, "drift", first, last))
    early = sum(day < last - timedelta(days=365) for day in drifting)
    late = sum(day > last - timedelta(days=120) for day in drifting)
    assert early / 12 > 5
    assert late / 4 < 4


def test_volumes_keep_their_rate() -> None:
    count = len(list(volumes.arrivals(Random(5), 10, "steady", date(2024, 1, 1), date(2026, 1, 1))))
    assert 200 < count < 280


def test_a_doctor_sees_one_patient_at_a_time() -> None:
    diary, now = Diary(), datetime(2026, 3, 3, 16, tzinfo=UTC)
    taken = [diary.next_free("Dr. A", date(2026, 3, 3), now) for _ in range(40)]
    assert len(set(taken)) == 40
    assert min(taken) >= now


@pytest.mark.parametrize("specialty", sorted(TYPES))
def test_people_fit_what_they_are_referred_for(specialty: str) -> None:
    rng = Random(3)
    population = Population(rng)
    for _ in range(60):
        case = complaint(rng, specialty)
        low, high = case.type.ages
        person = population.draw(case.type.ages, date(2026, 3, 3))
        age = (date(2026, 3, 3) - person.born).days / 365.25
        assert low - 1 <= age <= high + 2
        assert (person.guardian is not None) == (age < 18)
        assert person.phone[5:9] == "5550"


@pytest.mark.parametrize(("kind", "size"), [("periapical", (360, 480)), ("panoramic", (960, 480))])
def test_films_are_drawn_alike_every_time_and_differ_from_each_other(kind: str, size: tuple[int, int]) -> None:
    film = films.draw(kind, "one")
    image = Image.open(BytesIO(film))
    assert (image.size, image.mode) == (size, "L")
    assert film == films.draw(kind, "one")
    assert film != films.draw(kind, "two")

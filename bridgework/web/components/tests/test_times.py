"""Times are said as the front desk says them, in the office's zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bridgework.web.components import times

PORTLAND = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 19, 18, 42, tzinfo=UTC)  # Thursday 10:42 AM in Portland


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 19, 18, 40, tzinfo=UTC), "today 10:40 AM"),
        (datetime(2026, 11, 19, 5, 0, tzinfo=UTC), "yesterday 9 PM"),
        (datetime(2026, 11, 20, 18, 5, tzinfo=UTC), "tomorrow 10:05 AM"),
        (datetime(2026, 11, 17, 19, 20, tzinfo=UTC), "Tue 11:20 AM"),
        (datetime(2026, 11, 7, 4, 47, tzinfo=UTC), "Nov 6, 8:47 PM"),
        (datetime(2024, 3, 4, 20, 0, tzinfo=UTC), "March 4, 2024"),
    ],
)
def test_a_moment_is_said_in_the_zone_of_the_office(moment: datetime, words: str) -> None:
    assert times.when(moment, at=NOW, zone=PORTLAND) == words


@pytest.mark.parametrize(
    ("due_in", "kind", "words"),
    [
        (timedelta(days=-2, hours=-3), "red", "Overdue 2 days"),
        (timedelta(minutes=-35), "red", "Overdue 35 min"),
        (timedelta(hours=1, minutes=28), "amber", "1 h 28 min left"),
        (timedelta(hours=6, minutes=18), "amber", "Due today 5 PM"),
        (timedelta(hours=23, minutes=23), "stone", "Tomorrow 10:05 AM"),
        (timedelta(days=4), "stone", "Due Monday"),
        (timedelta(days=15), "stone", "Due Dec 4"),
    ],
)
def test_a_due_chip_says_when_and_is_red_only_when_late(due_in: timedelta, kind: str, words: str) -> None:
    chip = times.due(NOW + due_in, at=NOW, zone=PORTLAND)
    assert (chip.kind, chip.words) == (kind, words)


def test_a_wait_is_said_in_the_largest_unit_that_helps() -> None:
    said = [times.how_long(timedelta(minutes=m)) for m in (0, 52, 65, 7 * 60 + 3, 24 * 60, 3 * 24 * 60)]
    assert said == ["1 min", "52 min", "1 h 5 min", "7 h", "1 day", "3 days"]


def test_a_wait_turns_amber_after_an_hour_and_red_after_two_days() -> None:
    kinds = [times.waiting(NOW - timedelta(minutes=m), at=NOW).kind for m in (35, 65, 3000)]
    assert kinds == ["stone", "amber", "red"]


def test_a_day_is_named_by_its_distance() -> None:
    today = date(2026, 11, 19)
    said = [times.day(today - timedelta(days=n), today=today) for n in (-1, 0, 1, 2, 700)]
    assert said == ["Tomorrow", "Today", "Yesterday", "Tuesday, Nov 17", "Thursday, Dec 19, 2024"]

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.lib.office_hours import OfficeHours, add_working_days, add_working_hours, is_open

PORTLAND = ZoneInfo("America/Los_Angeles")
EIGHT_TO_FIVE = ((time(8), time(12)), (time(13), time(17)))
OFFICE = OfficeHours("America/Los_Angeles", dict.fromkeys(range(5), EIGHT_TO_FIVE), frozenset({date(2026, 11, 26)}))

times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
openings = st.lists(st.tuples(times, times), max_size=3).map(tuple)
weeks = st.dictionaries(st.integers(0, 6), openings, max_size=7).filter(lambda week: any(week.values()))
zones = st.sampled_from(
    ["America/Los_Angeles", "America/New_York", "America/Phoenix", "Pacific/Honolulu", "Asia/Kathmandu"]
)
closures = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=5)
offices = st.builds(OfficeHours, zones, weeks, closures)
starts = st.datetimes(datetime(2025, 12, 20), datetime(2027, 1, 10), timezones=st.just(UTC))
lengths = st.floats(0, 80)


def local(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PORTLAND)


def is_worked(at: datetime, office: OfficeHours) -> bool:
    """Inside working time, or at the very end of it."""
    return is_open(at, office) or is_open(at - timedelta(microseconds=1), office)


def test_two_hours_within_the_morning() -> None:
    assert add_working_hours(local(23, 9), 2, OFFICE) == local(23, 11)


def test_lunch_does_not_count() -> None:
    assert add_working_hours(local(23, 11), 2, OFFICE) == local(23, 14)


def test_clock_stops_overnight_and_over_the_weekend() -> None:
    assert add_working_hours(local(20, 16), 2, OFFICE) == local(23, 9)  # Friday to Monday


def test_clock_stops_on_a_day_that_is_closed() -> None:
    assert add_working_hours(local(25, 16), 2, OFFICE) == local(27, 9)  # Thanksgiving between


def test_nothing_to_add_at_a_closed_time_gives_the_next_opening() -> None:
    assert add_working_hours(local(21, 10), 0, OFFICE) == local(23, 8)
    assert add_working_hours(local(23, 17), 0, OFFICE) == local(24, 8)
    assert add_working_hours(local(23, 10), 0, OFFICE) == local(23, 10)


def test_time_that_ends_with_the_day_is_due_at_closing() -> None:
    assert add_working_hours(local(23, 8), 8, OFFICE) == local(23, 17)


def test_night_in_which_clocks_change_counts_its_real_hours() -> None:
    always = OfficeHours("America/Los_Angeles", {day: ((time(0), time(0)),) for day in range(7)})
    spring, autumn = local(8, 0, month=3), local(1, 0)
    assert add_working_hours(spring, 23, always) == local(9, 0, month=3)
    assert add_working_hours(autumn, 25, always) == local(2, 0)


def test_opening_may_end_on_the_next_day() -> None:
    night = OfficeHours("America/Los_Angeles", {4: ((time(22), time(2)),)})
    assert is_open(local(21, 1), night)
    assert not is_open(local(21, 3), night)
    assert add_working_hours(local(20, 23), 2, night) == local(21, 1)


def test_working_days_keep_the_time_of_day() -> None:
    assert add_working_days(local(23, 10), 2, OFFICE) == local(25, 10)
    assert add_working_days(local(25, 10), 1, OFFICE) == local(27, 10)  # Thanksgiving between
    assert add_working_days(local(20, 10), 1, OFFICE) == local(23, 10)


def test_working_days_count_from_the_next_opening() -> None:
    assert add_working_days(local(21, 10), 1, OFFICE) == local(24, 8)  # a Saturday counts from Monday morning
    assert add_working_days(local(21, 10), 0, OFFICE) == local(23, 8)


def test_working_day_with_other_hours_moves_the_time_into_them() -> None:
    short_friday = OfficeHours(OFFICE.zone, {**OFFICE.weekly, 4: ((time(9), time(11)),)})
    assert add_working_days(local(19, 16), 1, short_friday) == local(20, 11)
    assert add_working_days(local(19, 8), 1, short_friday) == local(20, 9)


def test_office_without_hours_is_refused_and_never_looped_over() -> None:
    never = OfficeHours("America/Los_Angeles", {0: ()})
    with pytest.raises(ValueError, match="no opening hours"):
        add_working_hours(local(23, 9), 1, never)
    with pytest.raises(ValueError, match="no opening hours"):
        add_working_days(local(23, 9), 1, never)
    assert not is_open(local(23, 9), never)


def test_wrong_input_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="no time zone “Mars/Olympus”"):
        OfficeHours("Mars/Olympus", {})
    with pytest.raises(ValueError, match="Weekdays"):
        OfficeHours("UTC", {7: EIGHT_TO_FIVE})
    with pytest.raises(ValueError, match="added"):
        add_working_hours(local(23, 9), -1, OFFICE)
    with pytest.raises(ValueError, match="added"):
        add_working_days(local(23, 9), -1, OFFICE)
    with pytest.raises(ValueError, match="time zone"):
        is_open(datetime(2026, 11, 23, 9), OFFICE)


@given(offices, starts, lengths)
def test_result_is_always_working_time_and_never_before_the_start(
    office: OfficeHours, start: datetime, hours: float
) -> None:
    due = add_working_hours(start, hours, office)
    assert is_worked(due, office)
    assert due >= start + timedelta(hours=hours)


@given(offices, starts, lengths, lengths)
def test_more_hours_are_never_due_earlier(office: OfficeHours, start: datetime, one: float, other: float) -> None:
    fewer, more = sorted((one, other))
    assert add_working_hours(start, fewer, office) <= add_working_hours(start, more, office)


@given(offices, starts, starts, lengths)
def test_later_start_is_never_due_earlier(office: OfficeHours, one: datetime, other: datetime, hours: float) -> None:
    earlier, later = sorted((one, other))
    assert add_working_hours(earlier, hours, office) <= add_working_hours(later, hours, office)


@given(offices, starts, st.integers(1, 20), st.integers(1, 20))
def test_hours_may_be_added_in_two_steps(office: OfficeHours, start: datetime, one: int, other: int) -> None:
    between = add_working_hours(start, one, office)
    assert add_working_hours(between, other, office) == add_working_hours(start, one + other, office)


@given(offices, starts, st.integers(0, 10))
def test_working_days_end_in_working_time_and_never_go_back(office: OfficeHours, start: datetime, days: int) -> None:
    due, next_due = add_working_days(start, days, office), add_working_days(start, days + 1, office)
    assert is_worked(due, office)
    assert start <= due <= next_due

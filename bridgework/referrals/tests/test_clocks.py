"""The promises, counted in the receiving office's own hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.lib.office_hours import OfficeHours, is_open
from bridgework.referrals import clocks, timeline
from bridgework.referrals.clocks import Terms, running
from bridgework.referrals.tests.story import Story, booked, sent

CHICAGO = ZoneInfo("America/Chicago")
HOURS = OfficeHours(
    zone="America/Chicago",
    weekly={day: ((time(8), time(12)), (time(13), time(17))) for day in range(5)},
    closed=frozenset({date(2026, 11, 26)}),
)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHICAGO)


def story_from(day: int, hour: int) -> Story:
    """A referral that Harbor received at a local time in November 2026 (the 5th is a Thursday)."""
    story = Story()
    story.at = local(day, hour).astimezone(UTC) - timedelta(hours=1)
    return story.maple(sent())


def due(story: Story, at: datetime) -> dict[str, datetime]:
    return {clock.kind: clock.due_at.astimezone(CHICAGO) for clock in running(story.standing, HOURS, at)}


def test_contact_is_due_after_24_and_48_working_hours() -> None:
    story = story_from(5, 10)
    found = due(story, local(5, 11))
    assert found["contact"] == local(10, 10)  # Thursday 6 h, Friday 8 h, Monday 8 h, Tuesday 2 h
    assert found["contact_limit"] == local(13, 10)


def test_a_referral_of_the_evening_counts_from_the_next_opening() -> None:
    assert due(story_from(5, 23), local(6, 9))["contact"] == local(10, 17)


def test_the_contact_clock_stops_when_the_patient_was_reached_and_not_before() -> None:
    story = story_from(5, 10).harbor(timeline.ContactAttempted(channel="phone", outcome="no_answer"))
    assert "contact" in due(story, local(6, 9))
    story.maple(timeline.ContactAttempted(channel="phone", outcome="reached"))
    assert "contact" in due(story, local(6, 9)), "the referring office's own call is not the specialist's"
    story.harbor(timeline.ContactAttempted(channel="phone", outcome="left_message"))
    assert {"contact", "contact_limit"} & set(due(story, local(6, 9))) == set()


def test_the_contact_clock_does_not_run_for_a_patient_who_left_with_a_visit() -> None:
    story = story_from(5, 10).maple(booked(local(12, 9)))
    assert "contact" not in due(story, local(6, 9))


def test_the_report_is_due_when_the_office_shuts_two_working_days_after_the_visit() -> None:
    story = story_from(5, 10).harbor(timeline.Accepted())
    story.at = local(17, 10).astimezone(UTC) - timedelta(hours=1)
    story.harbor(timeline.Attended(walk_in=True), timeline.ConsultCompleted())
    assert due(story, local(18, 9)) == {"report": local(19, 17)}
    overdue = running(story.standing, HOURS, local(19, 17, 1))
    assert [(clock.kind, clock.is_overdue, clock.owner) for clock in overdue] == [("report", True, "receiver")]
    assert not running(story.standing, HOURS, local(19, 17))[0].is_overdue
    story.harbor(timeline.ReportSent())
    assert set(due(story, local(20, 9))) == {"unread"}
    story.maple(timeline.ReportRead())
    assert due(story, local(30, 9)) == {}


def test_a_holiday_is_no_working_day() -> None:
    story = story_from(5, 10)
    story.at = local(25, 9).astimezone(UTC) - timedelta(hours=1)
    story.harbor(timeline.Attended(walk_in=True))
    assert due(story, local(25, 12))["report"] == local(30, 17)


def test_two_calendar_weeks_without_a_confirmed_visit_are_flagged_to_the_referring_office() -> None:
    story = story_from(5, 10).harbor(timeline.Accepted(), booked(local(20, 9)))
    clock = next(clock for clock in running(story.standing, HOURS, local(19, 9)) if clock.kind == "unconfirmed")
    assert (clock.due_at, clock.owner, clock.is_overdue) == (
        story.entries[0].happened_at + timedelta(days=14),
        "sender",
        False,
    )
    story.harbor(timeline.Confirmed())
    assert "unconfirmed" not in due(story, local(19, 9))


def test_a_missed_visit_runs_until_it_is_booked_again() -> None:
    story = story_from(5, 10).harbor(timeline.Accepted(), booked(local(5, 14)), timeline.NoShow())
    assert "rebook" in due(story, local(6, 9))
    assert "book" not in due(story, local(6, 9))
    story.harbor(booked(local(20, 9)))
    assert "rebook" not in due(story, local(6, 9))


def test_a_visit_whose_time_has_passed_asks_who_came() -> None:
    story = story_from(5, 10).harbor(timeline.Accepted(), booked(local(6, 9)))
    assert "outcome" not in due(story, local(6, 9, 29))
    assert due(story, local(6, 9, 30))["outcome"] == local(9, 17)
    story.harbor(timeline.Attended())
    assert "outcome" not in due(story, local(6, 10))


def test_a_question_to_the_sender_stops_the_receivers_clocks_and_starts_its_own() -> None:
    story = story_from(5, 10).harbor(timeline.MoreInformationAsked(question="Film?"))
    found = due(story, local(5, 13))
    assert set(found) == {"information", "unconfirmed"}
    assert found["information"] == local(10, 17)
    story.maple(timeline.MoreInformationGiven())
    assert {"accept", "contact"} <= set(due(story, local(5, 14)))


def test_an_office_with_its_own_terms_is_measured_by_them() -> None:
    story = story_from(5, 10)
    strict = running(story.standing, HOURS, local(5, 10), Terms(contact_target_hours=2))
    assert next(clock.due_at for clock in strict if clock.kind == "contact") == local(5, 12)


@pytest.mark.parametrize("ending", [timeline.Closed(outcome="unreachable"), timeline.Declined()])
def test_nothing_runs_for_the_receiver_after_the_end(ending: timeline.Kind) -> None:
    story = story_from(5, 10).harbor(ending)
    assert due(story, local(30, 9)) == {}


@given(day=st.integers(1, 30), hour=st.integers(0, 23), later=st.integers(0, 900))
def test_every_end_lies_after_its_start_and_in_working_time(day: int, hour: int, later: int) -> None:
    story = story_from(day, hour)
    for clock in running(story.standing, HOURS, story.at + timedelta(hours=later)):
        assert clock.started_at <= clock.due_at
        assert clock.is_overdue == (clock.due_at < story.at + timedelta(hours=later))
        if clock.kind != "unconfirmed":
            assert is_open(clock.due_at - timedelta(seconds=1), HOURS)
    assert running(story.standing, HOURS, story.at - timedelta(minutes=1)) == ()


def test_every_clock_has_a_sentence_and_an_owner_among_the_two_sides() -> None:
    assert {promise.owner for promise in clocks._PROMISES} == {"sender", "receiver"}
    assert all(promise.sentence.endswith(".") for promise in clocks._PROMISES)

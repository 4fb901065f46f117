"""What people read: plain words, both sides, nothing of the software."""

import re
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bridgework.referrals import clocks, lifecycle, timeline
from bridgework.referrals.sentences import OWES, PATIENT_DOES, Names, sentence, standing_sentence, who_owes
from bridgework.referrals.sentences.entry_lines import LINES
from bridgework.referrals.sentences.standing_lines import _WHY
from bridgework.referrals.sentences.words import (
    CONTACT_WORDS,
    DECLINE_WORDS,
    OUTCOME_WORDS,
    clock_words,
    date_words,
    day_words,
)  # fmt: skip
from bridgework.referrals.tests.story import CEDAR, HARBOR, MAPLE, START, Story, booked, sent
from bridgework.referrals.tests.strategies import SAMPLES, histories
from bridgework.referrals.tests.test_clocks import HOURS
from bridgework.referrals.timeline import Kind, Side

CHICAGO = ZoneInfo("America/Chicago")
OFFICES = {MAPLE: "Maple Street", HARBOR: "Harbor", CEDAR: "Cedar Park"}
NAMES = Names(patient="Elena", sender="Maple Street", receiver="Harbor", zone="America/Chicago", offices=OFFICES)
SIDES: tuple[Side, ...] = ("sender", "receiver")


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHICAGO)


def seen_on_tuesday() -> Story:
    story = Story().maple(sent()).harbor(timeline.Accepted(provider_name="Dr. Okafor"))
    story.says(HARBOR, timeline.ConsultCompleted(findings="Vertical root fracture of #19, not restorable"))
    last = story.entries.pop()
    story.at = local(17, 10, 20).astimezone(UTC)
    story.says(HARBOR, last.body)
    return story


def test_the_standing_sentence_says_who_why_and_by_when() -> None:
    standing = seen_on_tuesday().standing
    now = local(19, 9)
    running = clocks.running(standing, HOURS, now)
    assert standing_sentence(standing, "receiver", NAMES, now, running) == (
        "You hold the ball.",
        "Elena was seen on Tuesday, and Maple Street is waiting for Dr. Okafor’s report. It is due today at 5 PM.",
    )
    assert standing_sentence(standing, "sender", NAMES, now, running) == (
        "Harbor holds the ball.",
        "Elena was seen on Tuesday, and you are waiting for Dr. Okafor’s report. It is due today at 5 PM.",
    )
    assert who_owes(standing, "receiver", NAMES, now) == "You owe the report since Tuesday"
    late = standing_sentence(standing, "receiver", NAMES, local(20, 9), running)
    assert late[1].endswith("It was due yesterday at 5 PM.")


def test_the_patient_holds_the_ball_until_the_visit_and_the_office_is_asked_after_it() -> None:
    story = Story().maple(sent()).harbor(timeline.Accepted(), booked(local(6, 10, 30)), timeline.Confirmed())
    assert standing_sentence(story.standing, "sender", NAMES, local(5, 15)) == (
        "Elena holds the ball.",
        "Elena has a visit tomorrow at 10:30 AM and has confirmed it.",
    )
    assert who_owes(story.standing, "sender", NAMES, local(5, 15)) == "Next: visit tomorrow at 10:30 AM"
    after = standing_sentence(story.standing, "sender", NAMES, local(7, 15))
    assert after[1] == "Elena had a visit yesterday at 10:30 AM, and nobody has said who came."


def test_a_closed_referral_says_so_and_does_not_hide_a_report_that_never_came() -> None:
    story = seen_on_tuesday().harbor(timeline.Closed(outcome="went_elsewhere"))
    assert standing_sentence(story.standing, "sender", NAMES, local(17, 18)) == (
        "Closed.",
        "This referral ended today: the patient went elsewhere. Elena was seen, and Maple Street has no report.",
    )
    assert who_owes(story.standing, "sender", NAMES, local(17, 18)) == ""


@pytest.mark.parametrize(
    ("body", "theirs", "own"),
    [
        (timeline.Accepted(provider_name="Dr. Okafor"), "Harbor accepted the referral for Dr. Okafor", None),
        (timeline.Accepted(), None, "Accepted"),
        (timeline.MoreInformationAsked(question="A film?"), "Harbor asks: “A film?”", "Asked: “A film?”"),
        (timeline.Declined(reason="no_capacity"), "Harbor declined the referral: no free times", None),
        (booked(local(20, 8, 30)), "Consult booked for Fri, Nov 20, 8:30 AM with Dr. Okafor", None),
        (timeline.ReportSent(), "Report from Harbor in Bridgework", None),
        (
            timeline.ConsultCompleted(findings="Fracture of #19.", recommendation="Extract it."),
            "Consult completed. Fracture of #19. Extract it.",
            None,
        ),
        (timeline.TreatmentAccepted(), "Elena accepted the treatment plan", None),
        (timeline.Redirected(to_organization=CEDAR, reason="no surgeon"), "Passed on to Cedar Park: no surgeon", None),
        (timeline.Closed(outcome="unreachable"), "Closed: the patient could not be reached", None),
    ],
)
def test_a_line_names_the_other_office_and_not_ones_own(body: Kind, theirs: str | None, own: str | None) -> None:
    entry = Story().says(HARBOR, body)
    if theirs:
        assert sentence(entry, "sender", NAMES) == theirs
    if own:
        mine = Names(patient="Elena", sender="", receiver="", zone="UTC", offices=OFFICES, viewer=HARBOR)
        assert sentence(entry, "receiver", mine) == own


def test_a_sending_names_the_office_it_went_to_even_after_a_redirect() -> None:
    entry = Story().says(MAPLE, sent(to=CEDAR, channel="fax"))
    assert sentence(entry, "sender", NAMES) == "Referral sent to Cedar Park by fax"
    assert sentence(entry, "receiver", NAMES) == "Referral from Maple Street by fax"


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("body", SAMPLES, ids=lambda body: str(body.kind))
def test_every_kind_has_a_line_in_plain_words(body: Kind, side: Side) -> None:
    line = sentence(Story().says(HARBOR, body), side, NAMES)
    assert re.match(r"[A-Z]", line)
    assert not re.search(r"None|_|\{|  |\.\.|UUID", line)


def test_no_kind_and_no_stored_word_is_without_words() -> None:
    assert set(LINES) == set(timeline.KINDS.values())
    assert set(OUTCOME_WORDS) == set(timeline.OUTCOMES)
    assert set(DECLINE_WORDS) == set(timeline.DECLINE_REASONS)
    assert set(CONTACT_WORDS) == set(timeline.CONTACT_OUTCOMES)
    assert set(OWES) | set(PATIENT_DOES) == set(_WHY)
    assert not set(OWES) & set(PATIENT_DOES)
    retraction = timeline.Corrected(target=UUID(int=1), action="retract", reason="Wrong patient")
    assert sentence(Story().says(HARBOR, retraction), "sender", NAMES) == (
        "An earlier line was taken back: Wrong patient"
    )


@given(histories())
def test_every_standing_can_be_said(entries: list[timeline.Entry]) -> None:
    standing = lifecycle.fold(entries)
    for side in SIDES:
        bold, rest = standing_sentence(standing, side, NAMES, START)
        assert bold.endswith(".")
        assert standing.changed_at is None or rest.endswith((".", "”"))
        assert not re.search(r"None|_|\{|  ", rest)
        owes = who_owes(standing, side, NAMES, START)
        assert bool(owes) == (standing.ball.holder != "nobody")


def test_times_are_said_in_the_zone_of_the_office() -> None:
    at = datetime(2026, 11, 6, 4, 40, tzinfo=UTC)
    assert clock_words(at, "America/Chicago") == "10:40 PM"
    assert date_words(at, "America/Chicago") == "Thu, Nov 5, 10:40 PM"
    assert clock_words(local(6, 12), "America/Chicago") == "12 PM"
    assert clock_words(local(6, 0), "America/Chicago") == "12 AM"


@pytest.mark.parametrize(
    ("day", "words"),
    [(18, "tomorrow"), (17, "today"), (16, "yesterday"), (12, "on Thursday"), (10, "on Nov 10"), (23, "on Monday")],
)
def test_days_are_said_as_people_say_them(day: int, words: str) -> None:
    assert day_words(local(day, 23), local(17, 1), "America/Chicago") == words
    assert day_words(datetime(2025, 11, 5, 12, tzinfo=UTC), local(17, 1), "UTC") == "on Nov 5, 2025"

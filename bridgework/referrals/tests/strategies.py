"""Random sets of entries: every kind, said by anyone, at few different times, with duplicates and corrections."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from bridgework.referrals import timeline
from bridgework.referrals.lifecycle import Standing
from bridgework.referrals.tests.story import (
    BODIES,
    CEDAR,
    HARBOR,
    JOB,
    MAPLE,
    PERSON,
    REFERRAL,
    REQUEST,
    START,
    STRANGER,
    booked,
    sent,
)  # fmt: skip
from bridgework.referrals.timeline import Corrected, Entry, Kind

MOMENTS = [START + timedelta(hours=hours) for hours in (0, 1, 2, 26, 50, 400)]
SAMPLES: list[Kind] = [
    *(make(Standing(), START) for make in BODIES.values()),
    timeline.Drafted(),
    timeline.Delivered(),
    timeline.Opened(),
    timeline.PatientAnswered(summary="Mornings"),
    timeline.ContactAttempted(channel="phone", outcome="no_answer"),
    timeline.SpecimenTaken(),
    timeline.ResultReceived(),
    timeline.ReturnedToReferrer(next_step="Crown"),
    timeline.ReportSent(is_final=True),
    timeline.Closed(outcome="completed"),
    timeline.Closed(outcome="expired"),
    timeline.Attended(visit="treatment"),
    timeline.NoShow(visit="treatment"),
    booked(START + timedelta(days=4), "treatment"),
    booked(START + timedelta(days=5)),
    sent(channel="fax"),
    sent(to=CEDAR, request=replace(REQUEST, red_flags=("airway",), authorization_until=START.date())),
    timeline.Redirected(to_organization=CEDAR, channel="email"),
]

moments = st.sampled_from(MOMENTS)
TIMES = [(happened, recorded) for happened in MOMENTS for recorded in MOMENTS]
OFFICES = [MAPLE, HARBOR, HARBOR, CEDAR, STRANGER, None]


@st.composite
def corrections(draw: st.DrawFn, ids: int) -> Corrected:
    """Draw a correction of any entry, of itself, of a correction, or of one that never came."""
    target = UUID(int=draw(st.integers(1, ids + 1)))
    shape = draw(st.sampled_from(["retract", "time", "body", "correction", "unreadable"]))
    moment = draw(st.none() | moments)
    if shape == "retract":
        return Corrected(target=target, action="retract")
    if shape == "time":
        return timeline.replacing(target, None, moment)
    if shape == "unreadable":
        return Corrected(target=target, action="replace", replacement_kind="closed", replacement={"outcome": 7})
    if shape == "body":
        return timeline.replacing(target, draw(st.sampled_from(SAMPLES)), moment)
    inner = UUID(int=draw(st.integers(1, ids)))
    return timeline.replacing(target, Corrected(target=inner, action="retract"))


tellers = st.sampled_from(
    [(office, actor, audience) for office in OFFICES for actor in (PERSON, JOB) for audience in (None, None, HARBOR)]
)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Draw up to ten entries of one referral, some of them corrections, duplicates or private."""
    count = draw(st.integers(1, 10))
    what = st.one_of(st.sampled_from(SAMPLES), st.sampled_from(SAMPLES), corrections(count))
    entries: list[Entry] = []
    for number in range(1, count + 1):
        happened_at, recorded_at = draw(st.sampled_from(TIMES))
        organization, actor, audience = draw(tellers)
        entries.append(
            Entry(
                id=UUID(int=number),
                referral_id=REFERRAL,
                happened_at=happened_at,
                recorded_at=recorded_at,
                organization_id=organization,
                actor=actor,
                body=draw(what),
                origin_id=draw(st.sampled_from(["", str(number), "A1", "A2"])),
                audience=audience,
            )
        )
    return entries


def again(entry: Entry, number: int, recorded_at: datetime) -> Entry:
    """Make the same report arrive a second time, under a later id, worded by another sender of the same origin."""
    return replace(entry, id=UUID(int=number), recorded_at=recorded_at)

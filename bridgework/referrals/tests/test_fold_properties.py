"""What holds for every set of entries, however late, doubled, contradictory or corrected."""

import random
from dataclasses import replace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from bridgework.referrals import lifecycle, timeline
from bridgework.referrals.lifecycle.course import Course
from bridgework.referrals.lifecycle.moves import MOVES
from bridgework.referrals.tests.story import HARBOR, MAPLE, PERSON, Story, sent
from bridgework.referrals.tests.strategies import MOMENTS, SAMPLES, again, histories, moments
from bridgework.referrals.timeline import Corrected, Entry

many = settings(max_examples=100, deadline=None)  # the box that runs them may be busy


@many
@given(histories(), st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_standing(entries: list[Entry], chance: random.Random) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert lifecycle.fold(shuffled) == lifecycle.fold(entries)


@many
@given(histories(), st.data())
def test_what_arrives_twice_counts_once(entries: list[Entry], data: st.DataObject) -> None:
    known = [replace(entry, origin_id=entry.origin_id or f"id-{entry.id.int}") for entry in entries]
    doubled = data.draw(st.lists(st.sampled_from(known), max_size=4))
    doubles = [again(entry, 1000 + n, data.draw(moments)) for n, entry in enumerate(doubled)]
    assert lifecycle.fold([*doubles, *known, *doubled]) == lifecycle.fold(known)


@many
@given(histories(), st.data())
def test_the_time_of_recording_changes_nothing_except_between_corrections(
    entries: list[Entry], data: st.DataObject
) -> None:
    late = [
        entry if isinstance(entry.body, Corrected) else replace(entry, recorded_at=data.draw(moments))
        for entry in entries
    ]
    assert lifecycle.fold(late) == lifecycle.fold(entries)


@many
@given(histories())
def test_private_entries_change_nothing(entries: list[Entry]) -> None:
    assert lifecycle.fold(entries) == lifecycle.fold(entry for entry in entries if entry.audience is None)


@many
@given(histories())
def test_every_standing_is_consistent_in_itself(entries: list[Entry]) -> None:
    standing = lifecycle.fold(entries)
    assert (standing.closed_at is not None) == (standing.status == "closed") == bool(standing.outcome)
    assert (standing.ball.holder == "nobody") == (standing.status == "closed" or standing.changed_at is None)
    assert (standing.loop_closed_at is not None) == standing.is_loop_closed
    assert standing.is_loop_closed <= (standing.attended_at is not None)
    assert standing.is_loop_closed <= (standing.communication in ("owed", "sent", "received", "read"))
    assert (standing.patient == "attended") == (standing.attended_at is not None)
    assert standing.receiver not in standing.former_receivers
    assert all(found.sentence.endswith(".") for found in standing.contradictions)
    for side in ("sender", "receiver"):
        assert set(lifecycle.next_actions(standing, side)) == lifecycle.allowed(standing, side)


facts = histories().map(
    lambda entries: [
        replace(entry, origin_id="", audience=None, organization_id=None)
        for entry in entries
        if not isinstance(entry.body, Corrected)
    ]
)


def correction(number: int, body: Corrected, recorded: int = 0) -> Entry:
    return replace(Story().says(None, body), id=UUID(int=number), origin_id="", recorded_at=MOMENTS[recorded])


@many
@given(facts.filter(bool), st.data())
def test_taking_an_entry_back_equals_never_having_had_it(entries: list[Entry], data: st.DataObject) -> None:
    wrong = data.draw(st.sampled_from(entries))
    without = [entry for entry in entries if entry is not wrong]
    retraction = correction(500, Corrected(target=wrong.id, action="retract"))
    assert lifecycle.fold([retraction, *entries]) == lifecycle.fold(without)
    undone = correction(501, Corrected(target=retraction.id, action="retract"))
    assert lifecycle.fold([undone, retraction, *entries]) == lifecycle.fold(entries)


@many
@given(facts.filter(bool), st.data())
def test_the_last_recorded_replacement_counts(entries: list[Entry], data: st.DataObject) -> None:
    wrong = data.draw(st.sampled_from(entries))
    body, at = data.draw(st.sampled_from(SAMPLES)), data.draw(moments)
    right = [replace(entry, body=body, happened_at=at) if entry is wrong else entry for entry in entries]
    last = correction(500, timeline.replacing(wrong.id, body, at), recorded=3)
    earlier = correction(501, Corrected(target=wrong.id, action="retract"), recorded=2)
    assert lifecycle.fold([last, earlier, *entries]) == lifecycle.fold(right)


def test_the_table_of_the_fold_names_every_kind() -> None:
    assert {kind for kind in timeline.KINDS.values() if kind is not Corrected} == set(MOVES)


def test_the_working_memory_has_the_fields_of_a_standing() -> None:
    explained = {"held", "visits", "is_answer_awaited", "first_report_at", "found"}
    assert set(vars(Course())) - explained == set(vars(lifecycle.Standing()))
    assert set(vars(lifecycle.Standing())) - set(Course.__annotations__) == {"contradictions"}


def test_a_standing_cannot_be_changed_by_a_later_fold() -> None:
    story = Story()
    before = story.maple(sent()).standing
    after = story.harbor(timeline.Received()).standing
    assert (before.status, after.status) == ("sent", "received")
    assert (after.sender, after.receiver, PERSON.kind) == (MAPLE, HARBOR, "person")

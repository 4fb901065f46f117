"""What was recorded wrongly is corrected by a new entry, whose order of arrival does not matter."""

from dataclasses import replace
from uuid import UUID

from bridgework.referrals import timeline
from bridgework.referrals.tests.story import HARBOR, MAPLE, Story, sent
from bridgework.referrals.timeline import Corrected, Entry


def booked_and_missed() -> Story:
    return Story().maple(sent()).starts("accept").starts("book").starts("record_no_show")


def retract(story: Story, target: UUID, organization: UUID = HARBOR) -> Entry:
    return story.says(organization, Corrected(target=target, action="retract", reason="Wrong patient"))


def test_an_absence_that_was_none_is_taken_back() -> None:
    story = booked_and_missed()
    retract(story, story.entries[-1].id)
    assert (story.standing.no_shows, story.standing.patient) == (0, "booked")


def test_an_absence_becomes_the_visit_that_it_was() -> None:
    story = booked_and_missed()
    wrong = story.entries[-1]
    story.says(HARBOR, timeline.replacing(wrong.id, timeline.Attended(), wrong.happened_at))
    assert (story.standing.no_shows, story.standing.attended_at) == (0, wrong.happened_at)
    assert story.sentences == []


def test_a_correction_may_come_before_its_target() -> None:
    story = booked_and_missed()
    missed = story.entries[-1]
    retract(story, missed.id)
    story.entries.remove(missed)
    assert story.sentences == []
    story.entries.append(missed)
    assert story.standing.no_shows == 0


def test_a_correction_of_a_doubled_entry_reaches_the_one_that_was_kept() -> None:
    story = booked_and_missed()
    double = replace(story.entries[-1], id=UUID(int=77))
    story.entries.append(double)
    assert story.standing.no_shows == 1
    retract(story, double.id)
    assert story.standing.no_shows == 0


def test_a_correction_that_was_wrong_is_itself_corrected() -> None:
    story = booked_and_missed()
    first = retract(story, story.entries[-1].id)
    second = retract(story, first.id)
    assert story.standing.no_shows == 1
    retract(story, second.id)
    assert story.standing.no_shows == 0


def test_corrections_that_go_in_a_circle_change_nothing_and_are_listed() -> None:
    story = booked_and_missed()
    missed = story.entries[-1]
    one = story.says(HARBOR, Corrected(target=UUID(int=6), action="retract"))
    two = story.says(HARBOR, Corrected(target=one.id, action="retract"))
    itself = story.says(HARBOR, Corrected(target=UUID(int=7), action="retract"))
    assert (one.id, two.id, itself.id) == (UUID(int=5), UUID(int=6), UUID(int=7))
    assert story.standing.no_shows == 1
    assert story.sentences == ["Corrections correct each other in a circle."] * 3
    retract(story, missed.id)
    assert story.standing.no_shows == 0


def test_an_office_cannot_take_back_what_another_said() -> None:
    story = booked_and_missed()
    retract(story, story.entries[-1].id, MAPLE)
    assert story.standing.no_shows == 1
    assert story.sentences == ["An office corrected what another office had said."]


def test_a_correction_that_cannot_be_read_is_listed_and_the_earlier_one_stands() -> None:
    story = booked_and_missed()
    missed = story.entries[-1].id
    retract(story, missed)
    story.says(
        HARBOR, Corrected(target=missed, action="replace", replacement_kind="closed", replacement={"outcome": "lost"})
    )
    assert story.standing.no_shows == 0
    assert story.sentences == ["A correction holds something that cannot be read."]


def test_a_correction_may_not_put_another_correction_in_the_place_of_a_fact() -> None:
    story = booked_and_missed()
    missed = story.entries[-1].id
    story.says(HARBOR, timeline.replacing(missed, Corrected(target=missed, action="retract")))
    assert story.sentences == ["A correction puts another correction in the place of what happened."]
    first = retract(story, missed)
    story.says(HARBOR, timeline.replacing(first.id, Corrected(target=UUID(int=1), action="retract")))
    assert "A correction of a correction speaks of another entry." in story.sentences
    assert story.standing.no_shows == 0


def test_a_private_correction_changes_nothing_for_anybody() -> None:
    story = booked_and_missed()
    correction = retract(story, story.entries[-1].id)
    story.entries[-1] = replace(correction, audience=HARBOR)
    assert story.standing.no_shows == 1


def test_of_two_corrections_of_one_moment_the_greater_id_counts() -> None:
    story = booked_and_missed()
    missed = story.entries[-1]
    retraction = retract(story, missed.id)
    restored = story.says(HARBOR, timeline.replacing(missed.id, timeline.NoShow()))
    story.entries[-1] = replace(restored, recorded_at=retraction.recorded_at)
    assert restored.id > retraction.id
    assert story.standing.no_shows == 1
    story.entries.reverse()
    assert story.standing.no_shows == 1

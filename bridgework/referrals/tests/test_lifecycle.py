"""Where a referral stands after what happened: the course of a good one, and every way off it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from bridgework.referrals import lifecycle, timeline
from bridgework.referrals.lifecycle import Standing
from bridgework.referrals.tests.story import CEDAR, HARBOR, JOB, MAPLE, REQUEST, STRANGER, Story, booked, sent
from bridgework.referrals.timeline import Kind


def ball(story: Story) -> tuple[str, str]:
    return story.standing.ball.holder, story.standing.ball.owes


def tracks(standing: Standing) -> tuple[str, str, str]:
    return standing.patient, standing.treatment, standing.communication


def accepted() -> Story:
    return Story().starts("send").starts("receive").starts("accept")


def seen() -> Story:
    return accepted().starts("book").starts("record_attended")


def test_the_ball_goes_round_from_the_chair_to_the_closed_loop() -> None:
    story = Story().maple(timeline.Drafted())
    seen_balls = [ball(story)]
    course = ("send", "accept", "record_contact_attempt", "book", "record_attended", "complete_consult")
    for action in (*course, "send_report", "read_report", "close"):
        seen_balls.append(ball(story.starts(action)))
    assert seen_balls == [
        ("sender", "to_send"),
        ("receiver", "to_accept"),
        ("receiver", "to_contact"),
        ("patient", "to_answer"),
        ("patient", "to_come"),
        ("receiver", "to_complete_consult"),
        ("receiver", "to_report"),
        ("sender", "to_read_report"),
        ("sender", "to_settle"),
        ("nobody", ""),
    ]
    assert story.standing.is_loop_closed
    assert story.standing.outcome == "completed"
    assert story.sentences == []


def test_the_ball_has_lain_there_since_the_event_that_gave_it() -> None:
    story = accepted()
    given = story.standing.accepted_at
    story.harbor(timeline.ContactAttempted(channel="phone", outcome="no_answer"), timeline.Noted(text="Try at noon"))
    assert story.standing.ball.since == given
    story.harbor(timeline.PatientAnswered(summary="Mornings"))
    assert (ball(story), story.standing.ball.since) == (("receiver", "to_book"), story.at)


def test_treatment_and_its_report_follow_the_consult() -> None:
    story = seen().starts("complete_consult").starts("send_report").starts("propose_treatment").starts("read_report")
    assert ball(story) == ("patient", "to_decide")
    assert ball(story.starts("accept_treatment")) == ("receiver", "to_schedule_treatment")
    assert ball(story.starts("schedule_treatment")) == ("patient", "to_come_for_treatment")
    assert tracks(story.starts("complete_treatment").standing) == ("attended", "completed", "owed")
    assert ball(story) == ("receiver", "to_report"), "treated, and nobody told the dentist"
    assert ball(story.starts("send_report")) == ("sender", "to_read_report")
    assert ball(story.starts("read_report")) == ("receiver", "to_conclude")
    assert ball(story.starts("conclude_post_op")) == ("sender", "to_settle")
    first_read = next(entry for entry in story.entries if isinstance(entry.body, timeline.ReportRead))
    assert story.standing.loop_closed_at == first_read.happened_at


@pytest.mark.parametrize("before", [("send",), ("send", "accept")])
def test_more_information_goes_back_to_where_it_was(before: tuple[str, ...]) -> None:
    story = Story()
    for action in before:
        story.starts(action)
    story.starts("ask_for_more")
    assert ball(story) == ("sender", "to_answer_question")
    assert story.standing.question
    story.starts("give_more")
    assert story.standing.status == ("accepted" if "accept" in before else "received")
    assert story.standing.question == ""


def test_a_redirect_keeps_the_former_receiver_and_starts_anew() -> None:
    story = accepted().starts("book").starts("redirect")
    standing = story.standing
    assert (standing.status, standing.receiver, standing.former_receivers) == ("sent", CEDAR, (HARBOR,))
    assert (standing.appointment, standing.accepted_at, standing.patient) == (None, None, "to_contact")
    assert standing.sent_at == story.at
    assert standing.first_sent_at == story.entries[0].happened_at
    assert [lifecycle.side_of(standing, office) for office in (MAPLE, HARBOR, CEDAR, STRANGER)] == [
        "sender", "former", "receiver", None
    ]  # fmt: skip
    story.harbor(timeline.Attended())
    assert story.sentences == ["A visit came from an office that does not have this referral."]
    assert story.standing.attended_at is None


def test_a_decline_can_be_sent_again_passed_on_or_taken_back() -> None:
    for action, receiver in (("resubmit", HARBOR), ("redirect", CEDAR), ("accept", HARBOR)):
        story = accepted().starts("book").starts("decline")
        assert ball(story) == ("sender", "to_redirect")
        assert story.standing.appointment is None
        story.starts(action)
        assert (story.standing.status, story.standing.receiver) == (
            ("accepted" if action == "accept" else "sent"),
            receiver,
        )
        assert story.sentences == []


def test_what_bser_lacks_is_legal_here() -> None:
    at_once = Story().maple(sent(), booked(Story().at + timedelta(days=3)))
    assert (at_once.standing.patient, ball(at_once)) == ("booked", ("receiver", "to_accept"))
    walk_in = Story().maple(sent()).harbor(timeline.Attended(walk_in=True))
    assert (walk_in.standing.status, walk_in.standing.patient) == ("received", "attended")
    assert walk_in.standing.received_at == walk_in.at
    assert ball(walk_in) == ("receiver", "to_complete_consult")
    for story in (at_once, walk_in, seen().starts("close").starts("reopen")):
        assert story.sentences == []
    assert story.standing.status == "accepted"


@pytest.mark.parametrize("outcome", [outcome for outcome in timeline.OUTCOMES if outcome != "completed"])
def test_every_ending_can_be_reopened_where_it_was(outcome: str) -> None:
    story = accepted().starts("book")
    before = story.standing
    story.harbor(timeline.from_data("closed", {"outcome": outcome}), timeline.Reopened())
    after = story.standing
    assert replace(after, ball=before.ball, changed_at=before.changed_at) == before
    assert after.ball.since == story.at


def test_a_cancelling_can_be_confirmed_withdrawn_or_overtaken_by_the_report() -> None:
    asked = accepted().starts("request_cancellation")
    assert ball(asked) == ("receiver", "to_confirm_cancellation")
    assert accepted().starts("request_cancellation").starts("confirm_cancellation").standing.outcome == "cancelled"
    assert accepted().starts("request_cancellation").starts("reopen").standing.status == "accepted"
    asked.harbor(timeline.ConsultCompleted(), timeline.ReportSent(is_final=True))
    assert asked.standing.status == "accepted"
    assert asked.sentences == []


def test_a_missed_visit_goes_back_to_the_office_and_is_counted_once() -> None:
    story = accepted().starts("book").starts("record_no_show").harbor(timeline.NoShow())
    standing = story.standing
    assert (standing.no_shows, standing.patient, standing.patient_flags) == (1, "contacted", frozenset({"no_show"}))
    assert standing.appointment is not None
    assert standing.appointment.is_missed
    assert ball(story) == ("receiver", "to_rebook")
    moved = story.starts("reschedule").standing
    assert (moved.patient, moved.patient_flags, moved.no_shows) == ("booked", frozenset(), 1)


@pytest.mark.parametrize("who_calls", [MAPLE, HARBOR])
def test_only_the_receiving_offices_call_counts_as_contact(who_calls: UUID) -> None:
    story = accepted()
    story.says(who_calls, timeline.ContactAttempted(channel="phone", outcome="reached"))
    assert (story.standing.first_contact_at is not None) == (who_calls == HARBOR)
    assert story.standing.patient == "contacted"


def visited_then(*bodies: Kind) -> Story:
    return seen().harbor(*bodies)


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        (accepted().maple(timeline.ReportRead()), "A report was read, but none was sent or received."),
        (accepted().harbor(timeline.ReportSent()), "A report was sent, but no visit is on record."),
        (visited_then(timeline.NoShow()), "The patient was recorded as absent after they had been seen."),
        (accepted().starts("close").harbor(timeline.Attended()), "A visit was recorded while the referral was closed."),
        (Story().maple(sent(), timeline.Accepted()), "An acceptance did not come from the receiving office."),
        (visited_then(timeline.ReportRead()), "The reading of a report did not come from the referring office."),
        (accepted().maple(sent()), "It was sent a second time."),
        (accepted().harbor(timeline.Closed(outcome="completed")), "It was closed as completed, but the loop is not closed."),
        (accepted().harbor(timeline.Confirmed()), "A visit was confirmed that is not in the calendar."),
        (accepted().starts("decline").starts("close").starts("reopen").harbor(timeline.Attended()),
         "A visit was recorded while the referral was declined."),
        (visited_then(timeline.PostOpConcluded()), "The post-operative period ended, but no treatment is on record."),
        (accepted().starts("redirect").harbor(timeline.Accepted()),
         "An acceptance came from an office that does not have this referral."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_kept_and_said_in_one_sentence(story: Story, sentence: str) -> None:
    assert story.sentences == [sentence]
    assert story.standing.contradictions[0].entry_id == story.entries[-1].id


def test_a_visit_in_a_closed_referral_is_a_fact_and_leaves_it_closed() -> None:
    standing = accepted().starts("close").harbor(timeline.Attended()).standing
    assert (standing.status, standing.patient, standing.communication) == ("closed", "attended", "owed")


def test_a_report_that_only_its_author_calls_read_closes_no_loop() -> None:
    story = seen().starts("complete_consult").starts("send_report").harbor(timeline.ReportRead())
    assert not story.standing.is_loop_closed


def test_what_happened_late_is_told_in_its_place() -> None:
    story = seen().starts("complete_consult").starts("send_report").starts("read_report")
    late = story.says(HARBOR, timeline.ContactAttempted(channel="phone", outcome="reached"))
    story.entries[-1] = replace(late, happened_at=story.entries[2].happened_at + timedelta(minutes=5))
    assert story.standing.first_contact_at == story.entries[-1].happened_at
    assert story.standing.ball.owes == "to_settle"


def test_one_side_records_for_an_office_that_is_not_on_bridgework() -> None:
    story = Story().maple(sent(channel="fax"))
    assert story.standing.is_receiver_unlisted
    for action in ("accept", "book", "record_attended", "complete_consult", "receive_report", "read_report"):
        assert lifecycle.refusal(action, story.standing, "sender") is None
        story.starts(action, MAPLE)
    assert story.standing.is_loop_closed
    assert story.sentences == []
    typed_in = Story().harbor(timeline.Sent(to_organization=HARBOR, request=REQUEST, from_organization=MAPLE))
    assert (typed_in.standing.sender, typed_in.standing.is_sender_unlisted) == (MAPLE, True)
    assert not typed_in.standing.is_receiver_unlisted
    assert "give_more" in lifecycle.allowed(typed_in.starts("ask_for_more").standing, "receiver")
    joined = typed_in.maple(timeline.MoreInformationGiven()).standing
    assert not joined.is_sender_unlisted


def test_a_red_flag_is_never_closed_by_a_timer() -> None:
    red = replace(REQUEST, red_flags=("suspected_cancer",))
    story = Story().maple(sent(request=red)).starts("accept")
    assert not lifecycle.is_closable_by_timer(story.standing)
    assert lifecycle.closing_refusal(story.standing, "unreachable", by_person=False) is not None
    assert lifecycle.closing_refusal(story.standing, "unreachable", by_person=True) is None
    story.says(HARBOR, timeline.Closed(outcome="unreachable"), actor=JOB)
    assert story.standing.status == "accepted"
    assert story.sentences == ["A timer closed a referral with a red flag, which only a person may do."]
    plain = accepted()
    assert lifecycle.is_closable_by_timer(plain.standing)
    assert not lifecycle.is_closable_by_timer(plain.starts("record_attended").standing)


def test_completed_means_a_closed_loop() -> None:
    assert lifecycle.closing_refusal(seen().standing, "completed", by_person=True) is not None
    done = seen().starts("complete_consult").starts("send_report").starts("read_report")
    assert lifecycle.closing_refusal(done.standing, "completed", by_person=False) is None


def test_an_amendment_changes_only_what_it_names() -> None:
    story = accepted()
    changes = timeline.RequestChanges(teeth=("18",), answers={"pain": "yes"}, authorization_until=date(2026, 12, 11))
    standing = story.maple(timeline.Amended(changes=changes)).standing
    assert (standing.request.teeth, standing.request.reason) == (("18",), REQUEST.reason)
    assert (standing.authorization, standing.authorization_until) == ("valid", date(2026, 12, 11))
    assert lifecycle.at_day(standing, date(2026, 12, 11)).authorization == "valid"
    assert lifecycle.at_day(standing, date(2026, 12, 12)).authorization == "expired"
    assert lifecycle.at_day(accepted().standing, date(2030, 1, 1)).authorization == "none"


def test_a_result_from_pathology_owes_the_referring_office_a_word() -> None:
    story = seen().starts("complete_consult").harbor(timeline.SpecimenTaken(site="tongue"))
    story.starts("send_report").starts("read_report")
    assert ball(story) == ("receiver", "to_get_result")
    assert ball(story.harbor(timeline.ResultReceived(summary="Benign"))) == ("receiver", "to_report")


def test_a_patient_handed_back_is_the_referring_offices_to_settle() -> None:
    story = seen().starts("complete_consult").starts("propose_treatment").starts("accept_treatment")
    story.starts("send_report").starts("read_report").harbor(timeline.ReturnedToReferrer(next_step="Crown"))
    assert ball(story) == ("sender", "to_settle")


def test_the_loop_closes_with_the_later_of_visit_and_report_in_whichever_order_they_are_dated() -> None:
    story = accepted().maple(timeline.ReportReceived(channel="fax"))
    assert not story.standing.is_loop_closed
    assert story.sentences == ["A report was received, but no visit is on record."]
    story.harbor(timeline.Attended(walk_in=True))
    assert story.standing.is_loop_closed
    assert story.standing.loop_closed_at == story.at


def test_a_second_consult_after_the_report_owes_a_second_report_and_leaves_the_loop_closed() -> None:
    story = seen().starts("complete_consult").starts("send_report").starts("read_report")
    assert story.standing.communication == "read"
    again = story.starts("book").starts("complete_consult").standing
    assert (again.communication, again.communication_since, again.is_loop_closed) == ("owed", story.at, True)


def test_an_interim_note_does_not_answer_a_request_to_cancel() -> None:
    story = seen().starts("complete_consult").starts("request_cancellation")
    story.harbor(timeline.ReportSent(is_final=False))
    assert story.standing.status == "cancellation_requested"


def test_the_receiving_office_cannot_answer_its_own_question() -> None:
    story = accepted().starts("ask_for_more").harbor(timeline.MoreInformationGiven())
    assert story.standing.status == "information_asked"
    assert story.sentences == ["An answer did not come from the referring office."]


@pytest.mark.parametrize(
    "body", [timeline.Accepted(), timeline.Declined(), timeline.MoreInformationAsked(question="Film?")]
)
def test_an_answer_to_a_closed_referral_is_listed_and_leaves_it_closed(body: Kind) -> None:
    story = Story().starts("send").starts("recall").harbor(body)
    assert (story.standing.status, story.standing.outcome) == ("closed", "recalled")
    assert len(story.sentences) == 1
    assert story.sentences[0].endswith("was recorded while the referral was closed.")

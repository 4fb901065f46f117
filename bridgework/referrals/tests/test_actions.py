"""A referral between two organizations: both see the same story, each keeps its own case, nothing happens twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bridgework.access import viewer
from bridgework.access.models import Due
from bridgework.audit.models import Event
from bridgework.referrals import actions
from bridgework.referrals.errors import NoSuchReferral, Refused
from bridgework.referrals.models import Case, Entry, Referral
from bridgework.referrals.tests.desk import case_of, order, send, story_of, telling
from bridgework.referrals.timeline import Booked, ConsultCompleted, ContactAttempted, Corrected
from bridgework.worklist.models import Task
from tests.cast import NOON, Cast


def test_both_offices_see_the_referral_the_moment_it_is_sent(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    ours, theirs = case_of(cast.general, referral.id), case_of(cast.surgery, referral.id)
    assert (ours.side, theirs.side) == ("sender", "receiver")
    assert (ours.status, theirs.status) == ("received", "received")
    assert (ours.other_name, theirs.other_name) == ("Harbor Oral Surgery", "Maple Street Family Dental")
    assert theirs.ball == "receiver"
    assert theirs.patient_id is None
    assert theirs.clock_due_at is not None
    assert Due.objects.filter(kind="clock", row_id=theirs.id).exists()


def test_an_outsider_finds_nothing_and_can_do_nothing(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.outsider.id):
        assert not Case.objects.exists()
        assert not Referral.objects.exists()
        assert not Entry.objects.exists()
        with pytest.raises(NoSuchReferral):
            actions.accept(referral_id=referral.id, telling=telling(cast.outsider))


def test_a_referral_is_worked_to_a_closed_loop_and_both_sides_know(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id):
        actions.accept(referral_id=referral.id, telling=telling(cast.surgery, 1))
        attempt = ContactAttempted(channel="phone", outcome="reached")
        actions.record_contact_attempt(referral_id=referral.id, telling=telling(cast.surgery, 2), attempt=attempt)
        booking = Booked(starts_at=NOON + timedelta(days=2), provider_name="Dr. Okafor")
        actions.book(referral_id=referral.id, telling=telling(cast.surgery, 2), booking=booking)
    assert case_of(cast.general, referral.id).appointment_at == NOON + timedelta(days=2)
    with viewer.acting(cast.surgery.id):
        actions.record_attended(referral_id=referral.id, telling=telling(cast.surgery, 49))
        note = ConsultCompleted(findings="Vertical root fracture of #19.", recommendation="Extraction.", teeth=("19",))
        actions.complete_consult(referral_id=referral.id, telling=telling(cast.surgery, 50), note=note)
    ours = case_of(cast.general, referral.id)
    assert (ours.communication_track, ours.ball) == ("received", "sender")
    assert ours.is_loop_closed
    with viewer.acting(cast.general.id):
        actions.read_report(referral_id=referral.id, telling=telling(cast.general, 51))
        actions.close(referral_id=referral.id, telling=telling(cast.general, 52), outcome="completed")
    for member in (cast.general, cast.surgery):
        case = case_of(member, referral.id)
        assert (case.status, case.outcome, case.is_loop_closed) == ("closed", "completed", True)
    assert story_of(cast.general, referral.id).standing == story_of(cast.surgery, referral.id).standing


def test_an_action_that_does_not_fit_is_refused_with_a_sentence_and_writes_nothing(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id):
        actions.accept(referral_id=referral.id, telling=telling(cast.surgery, 1))
        before = Entry.objects.count()
        with pytest.raises(Refused, match="accepted already"):
            actions.accept(referral_id=referral.id, telling=telling(cast.surgery, 2))
        assert Entry.objects.count() == before
    with viewer.acting(cast.general.id), pytest.raises(Refused, match="Only the receiving office"):
        actions.accept(referral_id=referral.id, telling=telling(cast.general, 2))


def test_the_same_key_twice_is_one_act(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id):
        first = actions.accept(referral_id=referral.id, telling=telling(cast.surgery, 1, key="press"))
        again = actions.accept(referral_id=referral.id, telling=telling(cast.surgery, 2, key="press"))
        assert again == first
        assert Entry.objects.filter(kind="accepted").count() == 1


def test_what_another_system_reports_is_kept_although_it_does_not_fit_and_a_person_is_asked(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id):
        told = telling(cast.surgery, 1, system="opendental", key="no-show-1", is_report=True)
        actions.record_no_show(referral_id=referral.id, telling=told)
        assert Case.objects.get(referral_id=referral.id).is_contradictory
        assert Task.objects.get(kind="does_not_fit").referral_id == referral.id


def test_a_visit_told_late_counts_when_it_happened(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id):
        actions.accept(referral_id=referral.id, telling=telling(cast.surgery, 1))
        came = NOON + timedelta(hours=3)
        actions.record_attended(referral_id=referral.id, telling=telling(cast.surgery, 100, happened_at=came))
        assert Case.objects.get(referral_id=referral.id).attended_at == came


def test_the_future_cannot_have_happened(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id), pytest.raises(Refused, match="still to come"):
        tomorrow = NOON + timedelta(days=1)
        actions.record_attended(referral_id=referral.id, telling=telling(cast.surgery, 1, happened_at=tomorrow))


def test_a_private_note_and_the_owner_stay_in_the_house(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id):
        actions.note(referral_id=referral.id, telling=telling(cast.surgery, 1), text="Call after four", is_private=True)
        actions.assign(
            referral_id=referral.id, telling=telling(cast.surgery, 1), user_id=cast.surgery.user.id, user_name="Dana"
        )
        assert Case.objects.get(referral_id=referral.id).owner_id == cast.surgery.user.id
    kinds = {entry.body.kind for entry in story_of(cast.general, referral.id).entries}
    assert kinds == {"sent", "received"}


def test_after_a_redirect_the_former_office_keeps_what_it_saw_and_sees_no_more(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id):
        actions.redirect(
            referral_id=referral.id, telling=telling(cast.surgery, 1), to_organization=cast.health_center.id,
            to_office=cast.health_center.office.id, to_name="Riverbend", reason="no_capacity",
        )  # fmt: skip
    with viewer.acting(cast.health_center.id):
        actions.accept(referral_id=referral.id, telling=telling(cast.health_center, 2))
    former = case_of(cast.surgery, referral.id)
    assert (former.side, former.status, former.outcome) == ("former", "closed", "redirected")
    assert [entry.body.kind for entry in story_of(cast.surgery, referral.id).entries] == [
        "sent",
        "received",
        "redirected",
    ]
    assert case_of(cast.general, referral.id).other_name == "Riverbend"
    with viewer.acting(cast.surgery.id), pytest.raises(Refused, match="passed this referral on"):
        actions.accept(referral_id=referral.id, telling=telling(cast.surgery, 3))


def test_the_question_leads_back_to_where_the_referral_was(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id):
        actions.accept(referral_id=referral.id, telling=telling(cast.surgery, 1))
        actions.ask_for_more(referral_id=referral.id, telling=telling(cast.surgery, 2), question="Which film?")
    assert case_of(cast.general, referral.id).ball == "sender"
    with viewer.acting(cast.general.id):
        actions.give_more(referral_id=referral.id, telling=telling(cast.general, 3), answer="The second")
    assert case_of(cast.surgery, referral.id).status == "accepted"


def test_only_the_office_that_wrote_a_line_corrects_it(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id):
        accepted = actions.accept(referral_id=referral.id, telling=telling(cast.surgery, 1))
    correction = Corrected(target=accepted.id, action="retract", reason="Wrong patient")
    with viewer.acting(cast.general.id), pytest.raises(Refused, match="Only the office that wrote"):
        actions.correct(referral_id=referral.id, telling=telling(cast.general, 2), correction=correction)
    with viewer.acting(cast.surgery.id):
        actions.correct(referral_id=referral.id, telling=telling(cast.surgery, 2), correction=correction)
    assert case_of(cast.general, referral.id).status == "received"


def test_booking_before_the_patient_leaves_is_one_act_with_sending(cast: Cast) -> None:
    booking = Booked(starts_at=NOON + timedelta(days=1), booked_by="sender")
    referral = send(cast.general, cast.surgery, booking=booking)
    assert case_of(cast.surgery, referral.id).appointment_at == NOON + timedelta(days=1)


def test_a_draft_is_sent_once(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        draft = actions.begin_draft(by=cast.general.actor, at=NOON)
        ready = order(cast.general, cast.surgery, draft_id=draft.id)
        first = actions.send(ready, telling=telling(cast.general))
        assert actions.send(ready, telling=telling(cast.general, 1)).id == first.id
        with pytest.raises(Refused, match="sent or discarded"):
            actions.save_draft(draft_id=draft.id, answers={}, patient_id=None, by=cast.general.actor, at=NOON)


def test_every_write_and_look_is_in_the_audit(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    with viewer.acting(cast.surgery.id):
        actions.accept(referral_id=referral.id, telling=telling(cast.surgery, 1))
        acts = set(Event.objects.filter(referral_id=referral.id).values_list("act", "actor_name"))
    assert ("referral.accepted", "Dana Whitfield") in acts


def test_told_late_nobody_is_written_to_about_the_past(cast: Cast) -> None:
    from bridgework.deliveries.models import Delivery

    long_ago = NOON - timedelta(days=90)
    with viewer.acting(cast.general.id):
        actions.send(order(cast.general, cast.surgery), telling=telling(cast.general, happened_at=long_ago))
        assert not Delivery.objects.exists()
    send(cast.general, cast.surgery)
    with viewer.acting(cast.general.id):
        assert Delivery.objects.exists()

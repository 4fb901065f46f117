"""An office without an account is first-class: a person is asked to bring it what others read in Bridgework."""

from __future__ import annotations

from dataclasses import replace

from bridgework.access import viewer
from bridgework.deliveries.models import Delivery
from bridgework.network import actions as network
from bridgework.network.listing import Place, Practice
from bridgework.network.models import Office
from bridgework.referrals import actions
from bridgework.referrals.models import Case
from bridgework.referrals.tests.desk import order, telling
from bridgework.worklist.models import Task
from tests.cast import NOON, Cast


def an_unlisted_office(cast: Cast) -> Office:
    return network.add_unlisted_office(
        practice=Practice(name="Lindqvist Surgery", kind="specialist", specialty="oral_surgery"),
        place=Place(name="Lindqvist Surgery", city="Beaverton", fax="+15035550186", reached_by="fax"),
        by=cast.general.actor,
        at=NOON,
    )


def sent(cast: Cast) -> Case:
    office = an_unlisted_office(cast)
    receiver = actions.Receiver(
        organization_id=office.organization_id, name="Lindqvist Surgery", office_id=office.id, channel="fax"
    )
    referral = actions.send(
        replace(order(cast.general, cast.surgery), receiver=receiver), telling=telling(cast.general)
    )
    return Case.objects.get(referral_id=referral.id)


def test_somebody_is_asked_to_bring_the_referral_and_no_mail_asks_them_to_sign_in(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        case = sent(cast)
        task = Task.objects.get(kind="hand_over")
        assert "Lindqvist Surgery has no account" in task.sentence
        assert not Delivery.objects.filter(purpose="office_notice").exists()
        actions.receive(referral_id=case.referral_id, telling=telling(cast.general, 1), channel="fax")
        assert not Task.objects.filter(kind="hand_over", state="open").exists()


def test_who_refers_records_for_them_and_answers_for_their_clocks(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        case = sent(cast)
        assert case.clock in ("accept", "contact")
        for act in (actions.receive, actions.accept, actions.record_attended):
            act(referral_id=case.referral_id, telling=telling(cast.general, 2))
        actions.receive_report(referral_id=case.referral_id, telling=telling(cast.general, 3), channel="fax")
        assert Case.objects.get(id=case.id).is_loop_closed

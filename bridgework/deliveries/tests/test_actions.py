"""Writing deliveries and received messages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from bridgework.access import jobs, viewer
from bridgework.access.models import Due
from bridgework.audit.models import Event
from bridgework.deliveries import actions, queries
from bridgework.deliveries.actions import NotOpen, Unsendable
from bridgework.deliveries.facts import DeliverySettled, MessageReceived
from bridgework.deliveries.models import Delivery, ReceivedMessage, State
from bridgework.deliveries.tests import pretend
from bridgework.lib.ids import uuid7
from tests.cast import NOON, Cast

HOUR = timedelta(hours=1)


class ChangedMind(Exception):
    pass


def test_the_same_reason_twice_is_one_message(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        first = actions.enqueue(pretend.a_message("booked:1"), at=NOON)
        again = actions.enqueue(pretend.a_message("booked:1", body="Other words"), at=NOON + HOUR)
        assert again.id == first.id
        assert again.body == first.body
        assert Delivery.objects.count() == 1
    assert Due.objects.count() == 1


def test_two_offices_may_have_the_same_reason(cast: Cast) -> None:
    for office in (cast.general, cast.surgery):
        with viewer.acting(office.id):
            actions.enqueue(pretend.a_message("booked:1"), at=NOON)
    assert Due.objects.count() == 2


@pytest.mark.parametrize(("channel", "purpose"), [("pigeon", "office_notice"), ("email", "advertising")])
def test_what_nobody_can_send_or_check_is_refused(cast: Cast, channel: str, purpose: str) -> None:
    outgoing = actions.Outgoing(
        purpose=purpose, channel=channel, address="a@b.example", recipient="H", body="x", dedupe_key="1"
    )
    with viewer.acting(cast.general.id), pytest.raises(Unsendable):
        actions.enqueue(outgoing, at=NOON)


def test_a_rolled_back_action_leaves_no_delivery_no_due_row_and_no_job(committed_cast: Cast) -> None:
    with pytest.raises(ChangedMind), viewer.acting(committed_cast.general.id):
        pretend.enqueued("1", "2")
        raise ChangedMind
    assert Due.objects.count() == 0
    assert jobs.waiting_wakes() == []
    with viewer.acting(committed_cast.general.id):
        assert Delivery.objects.count() == 0


def test_one_transaction_makes_one_job_however_much_is_due(committed_cast: Cast) -> None:
    with viewer.acting(committed_cast.general.id):
        pretend.enqueued("1", "2", "3")
    assert len(jobs.waiting_wakes()) == 1
    with viewer.acting(committed_cast.general.id):
        pretend.enqueued("4")
    assert len(jobs.waiting_wakes()) == 2


def test_a_savepoint_that_is_rolled_back_does_not_take_the_job_of_the_rest_with_it(committed_cast: Cast) -> None:
    with viewer.acting(committed_cast.general.id):
        with pytest.raises(ChangedMind), transaction.atomic():
            pretend.enqueued("1")
            raise ChangedMind
        pretend.enqueued("2")
    assert len(jobs.waiting_wakes()) == 1


def test_what_is_due_later_wakes_nobody_now(committed_cast: Cast) -> None:
    with viewer.acting(committed_cast.general.id):
        actions.enqueue(pretend.a_message(), at=NOON, due_at=NOON + HOUR)
    assert jobs.waiting_wakes() == []
    assert Due.objects.get().due_at == NOON + HOUR


def test_a_waiting_message_can_be_cancelled_and_a_sent_one_cannot(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        waiting, sent = pretend.enqueued("1", "2")
        Delivery.objects.filter(id=sent.id).update(state=State.SENT, due_at=None, settled_at=NOON)
        cancelled = actions.cancel(delivery_id=waiting.id, by=cast.general.actor, at=NOON)
        assert (cancelled.state, cancelled.due_at) == (State.CANCELLED, None)
        assert Event.objects.get().act == "delivery.cancelled"
        with pytest.raises(NotOpen):
            actions.cancel(delivery_id=sent.id, by=cast.general.actor, at=NOON)
    assert list(Due.objects.values_list("row_id", flat=True)) == [sent.id]


def test_another_office_cannot_cancel_it(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        [delivery] = pretend.enqueued("1")
    with viewer.acting(cast.outsider.id), pytest.raises(Delivery.DoesNotExist):
        actions.cancel(delivery_id=delivery.id, by=cast.outsider.actor, at=NOON)


@pytest.mark.parametrize(("was_sent", "state", "due"), [(True, State.SENT, 0), (False, State.WAITING, 1)])
def test_a_person_decides_about_a_doubt(cast: Cast, was_sent: bool, state: State, due: int) -> None:
    with viewer.acting(cast.general.id):
        [delivery] = pretend.enqueued("1")
        Delivery.objects.update(state=State.UNCERTAIN, due_at=None, settled_at=NOON)
        Due.objects.all().delete()
        assert [row.id for row in queries.to_decide()] == [delivery.id]
        settled = actions.settle_uncertain(
            delivery_id=delivery.id, was_sent=was_sent, by=cast.general.actor, at=NOON + HOUR
        )
        with pytest.raises(NotOpen):
            actions.settle_uncertain(delivery_id=delivery.id, was_sent=was_sent, by=cast.general.actor, at=NOON)
    assert settled.state == state
    assert Due.objects.count() == due
    [fact] = pretend.FACTS
    assert isinstance(fact, DeliverySettled)
    assert fact.was_sent is was_sent


def test_a_message_that_comes_in_twice_is_one_and_is_told_once(cast: Cast) -> None:
    referral_id = uuid7()
    with viewer.acting(cast.general.id):
        pretend.enqueued("1", referral_id=referral_id)
        for _ in range(2):
            received = actions.receive(
                channel="email", address="front@harbor.example.org", body="Yes", reference="m-1", at=NOON + HOUR
            )
        assert ReceivedMessage.objects.count() == 1
    assert received.referral_id == referral_id, "it is about what this address was last written about"
    [fact] = pretend.FACTS
    assert isinstance(fact, MessageReceived)
    assert (fact.message_id, fact.referral_id) == (received.id, referral_id)


def test_a_conversation_shows_what_arrived_and_what_came_back_in_the_order_of_time(cast: Cast) -> None:
    here: dict[str, Any] = {"channel": "email", "address": "front@harbor.example.org"}
    with viewer.acting(cast.general.id):
        first, second, waiting = pretend.enqueued("1", "2", "3")
        for minute, row in ((1, first), (3, second)):
            at = NOON + timedelta(minutes=minute)
            Delivery.objects.filter(id=row.id).update(state=State.SENT, due_at=None, settled_at=at)
        answer = actions.receive(**here, body="Yes", reference="m-1", at=NOON + timedelta(minutes=2))
        actions.receive(**here | {"address": "x@y.example"}, body="No", reference="m-2", at=NOON)
        lines = queries.conversation(**here)
        assert [line.id for line in lines] == [first.id, answer.id, second.id]
        assert [line.is_ours for line in lines] == [True, False, True]
        [phone] = queries.correspondents("email")
        assert (phone.address, phone.recipient) == ("front@harbor.example.org", "Harbor")
        assert queries.correspondents("asked") == ()
    with viewer.acting(cast.outsider.id):
        assert queries.conversation(**here) == ()
        assert queries.correspondents("email") == ()
    assert waiting.state == State.WAITING

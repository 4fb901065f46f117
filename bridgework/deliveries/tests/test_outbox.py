"""What becomes of a delivery when its time has come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from bridgework.access import due, viewer
from bridgework.access.models import Due
from bridgework.audit.models import Event
from bridgework.deliveries import actions, outbox
from bridgework.deliveries.facts import DeliveryFailed, DeliverySettled, DeliveryUncertain
from bridgework.deliveries.models import Delivery, State
from bridgework.deliveries.outbox import BACKOFF, INTERRUPTED, LOOK_AGAIN
from bridgework.deliveries.tests import pretend
from bridgework.deliveries.tests.pretend import CHANNELS, FACTS, OBJECTIONS, enqueued
from bridgework.deliveries.transport import InDoubt, Message, PermanentFailure, TransientFailure
from tests.cast import NOON, Cast

MINUTE = timedelta(minutes=1)
LATER = NOON + timedelta(minutes=5)  # every lease of NOON has run out


def claimed(organization_id: UUID, at: datetime = NOON) -> list[UUID]:
    return [row.row_id for row in due.claim(at=at) if row.organization_id == organization_id]


def work(cast: Cast, at: datetime = NOON) -> None:
    outbox.work(cast.general.id, claimed(cast.general.id, at), at)


def rows(cast: Cast) -> list[Delivery]:
    with viewer.acting(cast.general.id):
        return list(Delivery.objects.order_by("dedupe_key"))


def states(cast: Cast) -> list[str]:
    return [row.state for row in rows(cast)]


def enqueue(cast: Cast, *keys: str, **more: Any) -> list[Delivery]:
    with viewer.acting(cast.general.id):
        return enqueued(*keys, **more)


def raising(error: Exception):
    def falls(message: Message) -> None:
        raise error

    return falls


def test_what_is_due_is_sent_once_and_settled(cast: Cast) -> None:
    made = enqueue(cast, "1", "2", "3")
    work(cast)
    work(cast, LATER)
    assert CHANNELS["email"].sent == [row.id for row in made]
    for row in rows(cast):
        assert (row.state, row.attempts, row.attempted_at, row.settled_at) == (State.SENT, 1, NOON, NOON)
    assert Due.objects.count() == 0
    with viewer.acting(cast.general.id):
        assert list(Event.objects.values_list("act", "actor_id")) == [("delivery.sent", "outbox")] * 3


def test_what_is_due_later_waits(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        actions.enqueue(pretend.a_message(), at=NOON, due_at=NOON + MINUTE)
    work(cast)
    assert CHANNELS["email"].sent == []
    work(cast, NOON + MINUTE)
    assert states(cast) == [State.SENT]


def test_a_message_put_off_after_the_claim_is_not_sent(cast: Cast) -> None:
    enqueue(cast, "1")
    ids = claimed(cast.general.id)
    with viewer.acting(cast.general.id):
        Delivery.objects.update(due_at=LATER)
    outbox.work(cast.general.id, ids, NOON)
    assert states(cast) == [State.WAITING]
    assert Due.objects.get().due_at == LATER
    work(cast, LATER)
    assert states(cast) == [State.SENT]


def test_it_is_checked_again_at_the_moment_of_sending_and_withheld(cast: Cast) -> None:
    good, bad = enqueue(cast, "1", "2")
    OBJECTIONS[bad.id] = "The referral ended."
    work(cast)
    assert CHANNELS["email"].sent == [good.id]
    withheld = rows(cast)[1]
    assert (withheld.state, withheld.explanation, withheld.attempts) == (State.WITHHELD, "The referral ended.", 0)
    assert Due.objects.count() == 0


def test_the_check_of_a_later_batch_sees_what_happened_during_the_earlier_one(cast: Cast) -> None:
    made = enqueue(cast, "1", "2", "3")

    def falls(message: Message) -> None:
        OBJECTIONS[made[2].id] = "The patient has died."

    CHANNELS["email"].falls = falls
    work(cast)
    assert states(cast) == [State.SENT, State.SENT, State.WITHHELD]


def test_nothing_is_sent_inside_a_transaction(committed_cast: Cast) -> None:
    from django.db import connection

    enqueue(committed_cast, "1")
    seen = []
    CHANNELS["email"].falls = lambda message: seen.append((connection.in_atomic_block, states(committed_cast)))
    work(committed_cast)
    assert seen == [(False, [State.ATTEMPTED])]


def test_a_temporary_failure_is_tried_again_after_longer_and_longer_and_then_given_up(cast: Cast) -> None:
    [made] = enqueue(cast, "1")
    CHANNELS["email"].falls = raising(TransientFailure("The server is full."))
    at = NOON
    for number, pause in enumerate(BACKOFF, start=1):
        work(cast, at)
        [row] = rows(cast)
        assert (row.state, row.attempts, row.due_at) == (State.WAITING, number, at + pause)
        assert claimed(cast.general.id, at + pause - timedelta(seconds=1)) == []
        at += pause
    assert FACTS == []
    work(cast, at)
    [row] = rows(cast)
    assert (row.state, row.explanation, row.due_at) == (State.FAILED, "The server is full.", None)
    assert Due.objects.count() == 0
    [fact] = FACTS
    assert isinstance(fact, DeliveryFailed)
    assert fact.delivery_id == made.id


def test_a_temporary_failure_that_passes_ends_well(cast: Cast) -> None:
    enqueue(cast, "1")
    CHANNELS["email"].falls = raising(TransientFailure("Busy."))
    work(cast)
    CHANNELS["email"].falls = lambda message: None
    work(cast, NOON + BACKOFF[0])
    [row] = rows(cast)
    assert (row.state, row.attempts, row.explanation) == (State.SENT, 2, "")


def test_a_permanent_failure_is_not_tried_again_and_a_person_is_told(cast: Cast) -> None:
    bad, _ = enqueue(cast, "1", "2")

    def falls(message: Message) -> None:
        if message.reference == bad.id:
            raise PermanentFailure("No such mailbox.")

    CHANNELS["email"].falls = falls
    work(cast)
    assert states(cast) == [State.FAILED, State.SENT]
    assert Due.objects.count() == 0
    assert [type(fact) for fact in FACTS] == [DeliveryFailed]


def test_a_doubt_of_the_channel_is_never_sent_again(cast: Cast) -> None:
    [made] = enqueue(cast, "1")
    CHANNELS["email"].falls = raising(InDoubt("The line broke."))
    work(cast)
    CHANNELS["email"].falls = lambda message: None
    work(cast, LATER)
    [row] = rows(cast)
    assert (row.state, row.explanation) == (State.UNCERTAIN, "The line broke.")
    assert CHANNELS["email"].sent == []
    [fact] = FACTS
    assert isinstance(fact, DeliveryUncertain)
    assert fact.delivery_id == made.id


class Killed(BaseException):
    """Nothing of the worker runs any more."""


def test_a_worker_killed_while_sending_leaves_a_doubt_and_the_rest_is_sent(cast: Cast) -> None:
    first, second, third = enqueue(cast, "1", "2", "3")

    def falls(message: Message) -> None:
        if message.reference == second.id:
            raise Killed

    CHANNELS["email"].falls = falls
    with pytest.raises(Killed):
        work(cast)
    assert states(cast) == [State.ATTEMPTED, State.ATTEMPTED, State.WAITING]
    CHANNELS["email"].falls = lambda message: None
    work(cast, NOON + MINUTE)
    assert CHANNELS["email"].sent == [first.id], "the lease still runs"
    work(cast, LATER)
    assert CHANNELS["email"].sent == [first.id, third.id]
    assert states(cast) == [State.UNCERTAIN, State.UNCERTAIN, State.SENT]
    assert rows(cast)[0].explanation == INTERRUPTED
    assert [type(fact) for fact in FACTS] == [DeliveryUncertain, DeliveryUncertain]
    assert Due.objects.count() == 0


def test_a_channel_that_can_be_asked_resolves_what_was_interrupted(cast: Cast) -> None:
    sent, lost = enqueue(cast, "1", "2", channel="asked")

    def falls(message: Message) -> None:
        if message.reference == lost.id:
            raise Killed

    CHANNELS["asked"].falls = falls
    with pytest.raises(Killed):
        work(cast)
    work(cast, LATER)
    assert CHANNELS["asked"].sent == [sent.id]
    assert states(cast) == [State.SENT, State.UNCERTAIN]


def test_a_slow_worker_sends_nothing_that_another_has_claimed_since(cast: Cast) -> None:
    made = enqueue(cast, "1", "2", "3", "4")
    ids = claimed(cast.general.id)
    work(cast, LATER)
    assert len(CHANNELS["email"].sent) == 4
    with viewer.acting(cast.general.id):  # as if the second worker had only got as far as claiming
        Delivery.objects.update(state=State.WAITING, due_at=NOON, settled_at=None)
        for row in made:
            due.schedule(organization_id=cast.general.id, kind=actions.KIND, row_id=row.id, due_at=NOON)
    assert len(due.claim(at=LATER)) == 4
    outbox.work(cast.general.id, ids, NOON)
    assert len(CHANNELS["email"].sent) == 4
    assert states(cast) == [State.WAITING] * 4


def test_a_worker_given_up_too_early_puts_the_doubt_right(cast: Cast) -> None:
    [made] = enqueue(cast, "1")

    def falls(message: Message) -> None:
        CHANNELS["email"].falls = lambda message: None
        work(cast, LATER)  # another worker finds the row while this one still talks to the server
        assert states(cast) == [State.UNCERTAIN]

    CHANNELS["email"].falls = falls
    work(cast)
    assert states(cast) == [State.SENT]
    assert CHANNELS["email"].sent == [made.id]
    assert [type(fact) for fact in FACTS] == [DeliveryUncertain, DeliverySettled]


def test_a_channel_that_cannot_send_lets_messages_wait_without_counting(cast: Cast) -> None:
    enqueue(cast, "1")
    CHANNELS["email"].hindrance = "No server is set."
    for number in range(10):
        work(cast, NOON + number * LOOK_AGAIN)
    [row] = rows(cast)
    assert (row.state, row.attempts, row.explanation) == (State.WAITING, 0, "No server is set.")
    CHANNELS["email"].hindrance = ""
    work(cast, NOON + 10 * LOOK_AGAIN)
    assert states(cast) == [State.SENT]


def test_a_channel_that_was_taken_away_fails_its_messages(cast: Cast) -> None:
    enqueue(cast, "1", channel="asked")
    del CHANNELS["asked"]
    work(cast)
    assert states(cast) == [State.FAILED]
    assert [type(fact) for fact in FACTS] == [DeliveryFailed]


def test_a_due_row_without_open_delivery_is_settled(cast: Cast) -> None:
    enqueue(cast, "1")
    with viewer.acting(cast.general.id):
        Delivery.objects.update(state=State.CANCELLED, due_at=None)
    work(cast)
    assert Due.objects.count() == 0
    assert CHANNELS["email"].sent == []


def test_one_office_never_works_on_the_row_of_another(cast: Cast) -> None:
    enqueue(cast, "1")
    outbox.work(cast.outsider.id, claimed(cast.general.id), NOON)
    assert states(cast) == [State.WAITING]
    assert CHANNELS["email"].sent == []
    assert Due.objects.count() == 1

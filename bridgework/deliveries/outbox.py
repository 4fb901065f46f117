"""Sends what is due: check again, mark as attempted, send outside any transaction, record what became of it.

A crash in between leaves a row attempted. When its lease has run out it is found again, and then it is *uncertain*,
unless the channel can be asked: never a second message for a doubt (docs/decisions/0006).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from bridgework.access import due, viewer
from bridgework.access.publishing import publish
from bridgework.audit import actions as audit
from bridgework.deliveries.actions import KIND
from bridgework.deliveries.facts import DeliveryFailed, DeliverySettled, DeliveryUncertain
from bridgework.deliveries.models import Delivery, State
from bridgework.deliveries.transport import (
    Asks,
    InDoubt,
    Message,
    PermanentFailure,
    TransientFailure,
    Transport,
    channels,
    guards,
)
from bridgework.lib.actor import Actor
from bridgework.lib.facts import Fact

BACKOFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
LOOK_AGAIN = timedelta(minutes=10)  # when a channel cannot send at all
INTERRUPTED = "Sending was interrupted, so nobody knows whether it arrived."
GONE = "This way of sending does not exist any more."
OUTBOX = Actor(kind="job", id="outbox", name="Outbox")

Fate = Literal["sent", "transient", "permanent", "doubt", "obstacle"]


@dataclass(frozen=True)
class Result:
    """What became of a message, and why. An obstacle is the channel's, so it does not count as an attempt."""

    fate: Fate
    sentence: str = ""


@dataclass(frozen=True)
class Attempt:
    """A message as it is about to go out; the number tells a late worker whether the row is still its own."""

    number: int
    message: Message


def work(organization_id: UUID, row_ids: Sequence[UUID], at: datetime) -> None:
    """Send those of the organization's deliveries that may still go out, and settle every one that is done with.

    Opens its own transactions; call it outside any. `row_ids` were claimed at `at`; each row is held for as long as
    nobody else has claimed it since.
    """
    by_state: dict[str, dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    with viewer.acting(organization_id):
        rows = Delivery.objects.filter(organization_id=viewer.current(), id__in=row_ids).order_by("due_at", "id")
        for row_id, channel, state in rows.values_list("id", "channel", "state"):
            by_state[state][channel].append(row_id)
        waiting, interrupted = by_state.pop(State.WAITING, {}), by_state.pop(State.ATTEMPTED, {})
        due.settle(KIND, [row_id for closed in by_state.values() for ids in closed.values() for row_id in ids])
    for channel, ids in interrupted.items():
        _resolve(organization_id, channels().get(channel), ids, at)
    for channel, ids in waiting.items():
        _send_all(organization_id, channels().get(channel), ids, at)


def _send_all(organization_id: UUID, transport: Transport | None, ids: list[UUID], at: datetime) -> None:
    if transport is None:
        _settle(organization_id, State.WAITING, dict.fromkeys(ids, Result("permanent", GONE)), at)
    elif sentence := transport.obstacle():
        _settle(organization_id, State.WAITING, dict.fromkeys(ids, Result("obstacle", sentence)), at)
    else:
        for batch in _slices(ids, transport.batch):
            attempts = _begin(organization_id, batch, at)
            results = {row_id: _send(transport, attempt.message) for row_id, attempt in attempts.items()}
            _record(organization_id, attempts, results, at)


def _begin(organization_id: UUID, ids: list[UUID], at: datetime) -> dict[UUID, Attempt]:
    """Check a batch again and mark what may go out as attempted."""
    with viewer.acting(organization_id):
        attempts = {}
        rows = _held(ids, State.WAITING, at)
        for row in rows:
            if row.due_at is not None and row.due_at > at:  # put off by somebody meanwhile
                due.schedule(organization_id=organization_id, kind=KIND, row_id=row.id, due_at=row.due_at)
            elif sentence := _objection(row, at):
                _close(row, State.WITHHELD, sentence, at)
            else:
                row.state, row.attempted_at = State.ATTEMPTED, at
                row.attempts += 1
                attempts[row.id] = Attempt(row.attempts, _message(row))
        _save(rows)
        due.settle(KIND, [row.id for row in rows if row.state == State.WITHHELD])
    return attempts


def _objection(row: Delivery, at: datetime) -> str | None:
    guard = guards().get(row.purpose)
    return guard(row, at) if guard else "Messages for this purpose are not sent any more."


def _send(transport: Transport, message: Message) -> Result:
    try:
        transport.send(message)
    except TransientFailure as failure:
        return Result("transient", str(failure))
    except PermanentFailure as failure:
        return Result("permanent", str(failure))
    except InDoubt as doubt:
        return Result("doubt", str(doubt))
    return Result("sent")


def _record(organization_id: UUID, attempts: dict[UUID, Attempt], results: dict[UUID, Result], at: datetime) -> None:
    """Write down what became of a batch.

    A row that another worker has meanwhile called uncertain is put right, for this one knows; any other that moved on
    is left alone.
    """
    if not attempts:
        return
    with viewer.acting(organization_id):
        rows = _locked(list(attempts), [State.ATTEMPTED, State.UNCERTAIN])
        _finish([row for row in rows if row.attempts == attempts[row.id].number], results, at)


def _resolve(organization_id: UUID, transport: Transport | None, ids: list[UUID], at: datetime) -> None:
    """Find out about rows whose sending was interrupted: ask the channel if it can be asked, else they are uncertain."""
    results = dict.fromkeys(ids, Result("doubt", INTERRUPTED))
    if asked := _that_can_be_asked(transport):
        results |= {row_id: Result("sent") for row_id in ids if asked.ask(row_id) == "sent"}
    _settle(organization_id, State.ATTEMPTED, results, at)


def _settle(organization_id: UUID, state: State, results: dict[UUID, Result], at: datetime) -> None:
    with viewer.acting(organization_id):
        _finish(_held(list(results), state, at), results, at)


def _finish(rows: list[Delivery], results: dict[UUID, Result], at: datetime) -> None:
    """Write results into locked rows, settle what is done with, and tell the rooms above what people must know."""
    facts = [fact for row in rows for fact in _apply(row, results[row.id], at)]
    _save(rows)
    due.settle(KIND, [row.id for row in rows if row.due_at is None])
    for fact in facts:
        publish(fact)


def _apply(row: Delivery, result: Result, at: datetime) -> Iterator[Fact]:
    """Change a row to what became of it and give the facts that follow."""
    was_uncertain = row.state == State.UNCERTAIN
    if result.fate == "sent":
        _close(row, State.SENT, "", at)
        _audit(row, at)
    elif result.fate == "obstacle":
        _wait(row, result.sentence, at + LOOK_AGAIN)
    elif result.fate == "transient" and row.attempts <= len(BACKOFF):
        _wait(row, result.sentence, at + BACKOFF[row.attempts - 1])
    else:
        _close(row, State.UNCERTAIN if result.fate == "doubt" else State.FAILED, result.sentence, at)
        yield (DeliveryUncertain if result.fate == "doubt" else DeliveryFailed)(
            at=at, referral_id=row.referral_id, delivery_id=row.id,
            purpose=row.purpose, recipient=row.recipient, explanation=result.sentence,
        )  # fmt: skip
    if was_uncertain and row.state != State.UNCERTAIN:
        yield DeliverySettled(
            at=at, referral_id=row.referral_id, delivery_id=row.id,
            was_sent=row.state == State.SENT, settled_by=OUTBOX.name,
        )  # fmt: skip


def _audit(row: Delivery, at: datetime) -> None:
    audit.record(
        "delivery.sent", by=OUTBOX, at=at,
        referral_id=row.referral_id, patient_id=row.patient_id, delivery=str(row.id),
    )  # fmt: skip


def _held(ids: list[UUID], state: State, at: datetime) -> list[Delivery]:
    """Lock the rows that are in this state and still claimed by us. The delivery first: whoever cancels does likewise."""
    rows = _locked(ids, [state])
    ours = due.hold(KIND, [row.id for row in rows], at=at)
    return [row for row in rows if row.id in ours]


def _locked(ids: list[UUID], states: list[State]) -> list[Delivery]:
    rows = Delivery.objects.select_for_update().filter(organization_id=viewer.current(), id__in=ids, state__in=states)
    return list(rows.order_by("id"))


def _wait(row: Delivery, sentence: str, due_at: datetime) -> None:
    row.state, row.due_at, row.settled_at, row.explanation = State.WAITING, due_at, None, sentence
    due.schedule(organization_id=row.organization_id, kind=KIND, row_id=row.id, due_at=due_at)


def _close(row: Delivery, state: State, sentence: str, at: datetime) -> None:
    row.state, row.due_at, row.settled_at, row.explanation = state, None, at, sentence


def _save(rows: list[Delivery]) -> None:
    fields = ["state", "due_at", "attempts", "attempted_at", "settled_at", "explanation"]
    if rows and Delivery.objects.bulk_update(rows, fields) != len(rows):
        raise LookupError("a delivery could not be updated")


def _that_can_be_asked(transport: object) -> Asks | None:
    return transport if isinstance(transport, Asks) else None


def _message(row: Delivery) -> Message:
    return Message(
        reference=row.id,
        address=row.address,
        recipient=row.recipient,
        subject=row.subject,
        body=row.body,
        language=row.language,
    )


def _slices(ids: list[UUID], size: int) -> Iterator[list[UUID]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))

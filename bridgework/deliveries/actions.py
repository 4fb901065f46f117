"""Writing deliveries and received messages. Sending them is the work of `outbox`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bridgework.access import due, jobs, viewer
from bridgework.access.publishing import publish
from bridgework.audit import actions as audit
from bridgework.deliveries.facts import DeliverySettled, MessageReceived
from bridgework.deliveries.models import Delivery, ReceivedMessage, State
from bridgework.deliveries.transport import channels, guards
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import keepable

KIND = "delivery"  # of due work


class Unsendable(Exception):
    """No channel or no purpose of this name; the text says which."""


class NotOpen(Exception):
    """The delivery is not in a state in which this can be done; the text says in which it is."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """What shall be sent. `dedupe_key` is the reason for it: the same reason twice is one message.

    `channel` is a key of config.channels.CHANNELS, `purpose` of GUARDS; `address` is an e-mail address or E.164.
    """

    purpose: str
    channel: str
    address: str
    recipient: str
    body: str
    dedupe_key: str
    subject: str = ""
    language: str = "en"
    referral_id: UUID | None = None
    patient_id: UUID | None = None


@transaction.atomic
def enqueue(outgoing: Outgoing, *, at: datetime, due_at: datetime | None = None) -> Delivery:
    """Write down what shall go out at `due_at` (else at once) and return the row; the former one of the same reason.

    Raises Unsendable when there is no such channel or purpose.
    """
    if outgoing.channel not in channels() or outgoing.purpose not in guards():
        raise Unsendable(f"Nothing can be sent by “{outgoing.channel}” for “{outgoing.purpose}”.")
    made = Delivery(id=uuid7(at), organization_id=viewer.current(), due_at=due_at or at, made_at=at, **asdict(outgoing))
    Delivery.objects.bulk_create([made], ignore_conflicts=True)
    kept = Delivery.objects.get(organization_id=viewer.current(), dedupe_key=outgoing.dedupe_key)
    if kept.id == made.id:
        _schedule(kept, at)
    return kept


@transaction.atomic
def cancel(*, delivery_id: UUID, by: Actor, at: datetime) -> Delivery:
    """Take back a message that still waits. Raises NotOpen when it does not wait any more."""
    delivery = _locked(delivery_id, State.WAITING)
    _save(delivery, state=State.CANCELLED, due_at=None, settled_at=at, explanation=f"Cancelled by {by.name}.")
    due.settle(KIND, [delivery.id])
    _audit("delivery.cancelled", delivery, by, at)
    return delivery


@transaction.atomic
def settle_uncertain(*, delivery_id: UUID, was_sent: bool, by: Actor, at: datetime) -> Delivery:
    """Decide about a message that was perhaps sent: it was, or it goes out again. Raises NotOpen for any other."""
    delivery = _locked(delivery_id, State.UNCERTAIN)
    if was_sent:
        _save(delivery, state=State.SENT, settled_at=at, explanation=f"{by.name} found out that it was sent.")
    else:
        said = f"{by.name} found out that it was not sent."
        _save(delivery, state=State.WAITING, due_at=at, settled_at=None, explanation=said)
        _schedule(delivery, at)
    _audit("delivery.settled", delivery, by, at)
    publish(
        DeliverySettled(
            at=at, referral_id=delivery.referral_id, delivery_id=delivery.id, was_sent=was_sent, settled_by=by.name
        )
    )
    return delivery


@transaction.atomic
def receive(
    *, channel: str, address: str, body: str, reference: str, at: datetime, referral_id: UUID | None = None
) -> ReceivedMessage:
    """Keep a message that came in, and publish it; the same `reference` twice is one message.

    Without `referral_id` it is taken to be about what this address was last written about.
    """
    made = ReceivedMessage(
        id=uuid7(at),
        organization_id=viewer.current(),
        channel=channel,
        address=address,
        body=keepable(body),
        reference=reference,
        referral_id=referral_id or _last_written_about(channel, address),
        received_at=at,
    )
    ReceivedMessage.objects.bulk_create([made], ignore_conflicts=True)
    kept = ReceivedMessage.objects.get(organization_id=viewer.current(), channel=channel, reference=reference)
    if kept.id == made.id:
        publish(
            MessageReceived(at=at, referral_id=kept.referral_id, message_id=kept.id, channel=channel, address=address)
        )
    return kept


def _schedule(delivery: Delivery, at: datetime) -> None:
    assert delivery.due_at is not None
    due.schedule(organization_id=delivery.organization_id, kind=KIND, row_id=delivery.id, due_at=delivery.due_at)
    if delivery.due_at <= at:
        jobs.wake()


def _locked(delivery_id: UUID, state: State) -> Delivery:
    delivery = Delivery.objects.select_for_update().get(organization_id=viewer.current(), id=delivery_id)
    if delivery.state != state:
        raise NotOpen(f"This message is not “{state.label}” but “{State(delivery.state).label}”.")
    return delivery


def _save(delivery: Delivery, **changes: object) -> None:
    for name, value in changes.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=list(changes))


def _audit(act: str, delivery: Delivery, by: Actor, at: datetime) -> None:
    audit.record(
        act, by=by, at=at, referral_id=delivery.referral_id, patient_id=delivery.patient_id, delivery=str(delivery.id)
    )


def _last_written_about(channel: str, address: str) -> UUID | None:
    written = Delivery.objects.filter(
        organization_id=viewer.current(), channel=channel, address=address, referral_id__isnull=False
    )
    return written.order_by("-made_at", "-id").values_list("referral_id", flat=True).first()

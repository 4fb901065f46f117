"""What deliveries tell the rooms above: what came in, and what went wrong on the way out."""

from dataclasses import dataclass
from uuid import UUID

from bridgework.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Fact):
    """A message came in; its text is in the row."""

    message_id: UUID
    channel: str
    address: str


@dataclass(frozen=True, kw_only=True)
class DeliveryFailed(Fact):
    """A message will not go out any more: a permanent failure, or too many temporary ones."""

    delivery_id: UUID
    purpose: str
    recipient: str
    explanation: str


@dataclass(frozen=True, kw_only=True)
class DeliveryUncertain(Fact):
    """A message was perhaps sent: nobody sends it again until a person has decided."""

    delivery_id: UUID
    purpose: str
    recipient: str
    explanation: str


@dataclass(frozen=True, kw_only=True)
class DeliverySettled(Fact):
    """What was uncertain is known now: a person said it, or the worker that was given up came back."""

    delivery_id: UUID
    was_sent: bool
    settled_by: str

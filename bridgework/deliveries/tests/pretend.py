"""Channels, guards and reactions of the tests: what they are asked is kept, what they answer is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from bridgework.access import publishing
from bridgework.deliveries import actions
from bridgework.deliveries.facts import DeliveryFailed, DeliverySettled, DeliveryUncertain, MessageReceived
from bridgework.deliveries.models import Delivery
from bridgework.deliveries.transport import Message
from bridgework.lib.facts import Fact
from tests.cast import NOON


class Channel:
    """A way out that sends into a list. `falls` raises or interferes before the message is kept."""

    batch = 2

    def __init__(self) -> None:
        self.sent: list[UUID] = []
        self.hindrance = ""
        self.falls: Callable[[Message], None] = lambda message: None

    def obstacle(self) -> str:
        return self.hindrance

    def send(self, message: Message) -> None:
        self.falls(message)
        self.sent.append(message.reference)


class Asked(Channel):
    """A way out that can say what it has sent."""

    def ask(self, reference: UUID) -> Literal["sent", "unknown"]:
        return "sent" if reference in self.sent else "unknown"


CHANNELS: dict[str, Channel] = {}
OBJECTIONS: dict[UUID, str] = {}
FACTS: list[Fact] = []


def object_if_told(delivery: Delivery, at: datetime) -> str | None:
    return OBJECTIONS.get(delivery.id)


GUARDS = {"office_notice": object_if_told}
REACTIONS = dict.fromkeys((DeliveryFailed, DeliverySettled, DeliveryUncertain, MessageReceived), (FACTS.append,))


@contextmanager
def wired(settings: object) -> Iterator[None]:
    """Put the tables of this module in the place of the product's."""
    CHANNELS.clear()
    CHANNELS.update(email=Channel(), asked=Asked())
    OBJECTIONS.clear()
    FACTS.clear()
    for table in ("CHANNELS", "GUARDS", "REACTIONS"):
        setattr(settings, table, f"{__name__}.{table}")
    publishing.reactions.cache_clear()
    yield
    publishing.reactions.cache_clear()


def a_message(key: str = "1", **more: Any) -> actions.Outgoing:
    """Describe a message to an office."""
    given: dict[str, Any] = {
        "channel": "email",
        "address": "front@harbor.example.org",
        "body": "A referral has come.",
        **more,
    }
    return actions.Outgoing(purpose="office_notice", recipient="Harbor", dedupe_key=key, **given)


def enqueued(*keys: str, at: datetime = NOON, **more: Any) -> list[Delivery]:
    """Enqueue a message a key, as the present viewer."""
    return [actions.enqueue(a_message(key, **more), at=at) for key in keys]

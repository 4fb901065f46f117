"""What a channel must be able to do, and how it says what became of a message.

`config/channels.py` names the channels and the guards; `settings.CHANNELS` and `settings.GUARDS` point to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, cast, runtime_checkable
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from bridgework.deliveries.models import Delivery

Guard = Callable[[Delivery, datetime], str | None]


@dataclass(frozen=True, kw_only=True)
class Message:
    """What a channel gets to see of a delivery. `reference` is the delivery's id: the same at every attempt."""

    reference: UUID
    address: str
    recipient: str
    subject: str
    body: str
    language: str


class TransientFailure(Exception):
    """It was certainly not sent, and may succeed later. The text is one sentence for people."""


class PermanentFailure(Exception):
    """It was certainly not sent, and trying again would not help. The text is one sentence for people."""


class InDoubt(Exception):
    """Perhaps it was sent. The text is one sentence for people."""


class Transport(Protocol):
    """A way out. `batch` messages are marked as attempted together, so as many may be in doubt after a crash."""

    batch: int

    def obstacle(self) -> str:
        """Say in one sentence why nothing can be sent at present, or return an empty string."""

    def send(self, message: Message) -> None:
        """Send; raise TransientFailure, PermanentFailure or InDoubt. Called outside any transaction."""


@runtime_checkable
class Asks(Protocol):
    """A way out that can be asked whether it has sent a message."""

    def ask(self, reference: UUID) -> Literal["sent", "unknown"]:
        """Ask by our reference. Called outside any transaction."""


def channels() -> Mapping[str, Transport]:
    """Return the table of channels."""
    return cast(Mapping[str, Transport], import_string(settings.CHANNELS))


def guards() -> Mapping[str, Guard]:
    """Return the table of what is asked, purpose by purpose, at the moment of sending."""
    return cast(Mapping[str, Guard], import_string(settings.GUARDS))

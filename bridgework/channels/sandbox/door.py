"""What is typed on the pretend phone comes in here."""

from __future__ import annotations

from datetime import datetime

from bridgework.deliveries import actions
from bridgework.deliveries.models import ReceivedMessage


def reply(*, channel: str, address: str, body: str, reference: str, at: datetime) -> ReceivedMessage:
    """Take a reply from the phone of `address`; the form's `reference` posted twice is one message.

    `channel` is the one that the phone was written to by, for in a demo every channel ends here.
    """
    return actions.receive(channel=channel, address=address, body=body.strip(), reference=reference, at=at)

"""The pretend phone: whatever is sent stays here, and the sandbox page shows it."""

from __future__ import annotations

from bridgework.deliveries.transport import Message


class Sandbox:
    """Sends to nobody. The delivery, recorded as sent, is what the phone page shows (deliveries.queries)."""

    batch = 200

    def obstacle(self) -> str:
        """Return an empty string: the phone is always there."""
        return ""

    def send(self, message: Message) -> None:
        """Do nothing: the stored delivery is the message on the phone."""

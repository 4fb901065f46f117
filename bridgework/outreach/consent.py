"""Who does not want to be written to any more."""

from __future__ import annotations

from bridgework.access import viewer
from bridgework.deliveries.models import ReceivedMessage

# 47 CFR 64.1200(a)(10): replying with one of these words revokes consent; the Spanish ones are those that we offer.
STOP = frozenset(
    {"stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe", "stopall", "alto", "parar", "basta"}
)
START = frozenset({"start", "unstop", "empezar"})
LOOKED_AT = 50  # of an address's newest messages


def has_stopped(channel: str, address: str) -> bool:
    """Tell whether the last of the words STOP and START that came from an address was the former."""
    messages = ReceivedMessage.objects.filter(
        organization_id=viewer.current(), channel=channel, address=address
    ).order_by("-received_at", "-id")
    for body in messages.values_list("body", flat=True)[:LOOKED_AT]:
        word = " ".join(body.casefold().strip(" \t\r\n.!¡\"'").split())
        if word in STOP | START:
            return word in STOP
    return False

"""Who does not want to be written to any more."""

from __future__ import annotations

from django.db.models.functions import Length

from bridgework.access import viewer
from bridgework.deliveries.models import ReceivedMessage

# 47 CFR 64.1200(a)(10): replying with one of these words revokes consent; the Spanish ones are those that we offer.
STOP = frozenset(
    {"stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe", "stopall", "alto", "parar", "basta"}
)
START = frozenset({"start", "unstop", "empezar"})
HELP = frozenset({"help", "info", "ayuda"})
LONGEST = 40  # characters of a message that may be one of these words and nothing else


def has_stopped(channel: str, address: str) -> bool:
    """Tell whether the last of the words STOP and START that came from an address was the former."""
    messages = ReceivedMessage.objects.filter(organization_id=viewer.current(), channel=channel, address=address)
    short = messages.annotate(length=Length("body")).filter(length__lte=LONGEST).order_by("-received_at", "-id")
    words = (keyword(body) for body in short.values_list("body", flat=True))
    return next((word in STOP for word in words if word in STOP | START), False)


def keyword(body: str) -> str:
    """Return a message as one of the words above would be written, to be looked up in them."""
    return " ".join(body.casefold().strip(" \t\r\n.!¡\"'").split())

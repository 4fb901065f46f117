"""The unseen key of a form or button: a second press with it does nothing more, and it tells what the page showed."""

from __future__ import annotations

from uuid import uuid4


def made(status: str) -> str:
    """Make the key of a form on a page that shows a referral in this status."""
    return f"{status}.{uuid4()}"


def seen(key: str) -> str:
    """Return the status that the page showed; nothing for a key from elsewhere."""
    status, dot, _ = key.partition(".")
    return status if dot else ""

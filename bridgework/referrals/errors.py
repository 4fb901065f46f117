"""What an action on a referral may refuse, each in one sentence for the person at the desk."""

from __future__ import annotations


class Refused(Exception):
    """The action does not fit where the referral stands. The message is the sentence to show; nothing was written."""


class NoSuchReferral(Exception):
    """There is no such referral, or the viewer is not a party: the two look the same from outside."""

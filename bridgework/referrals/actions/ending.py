"""Changing what was asked, stopping, ending, and going on again."""

from __future__ import annotations

from uuid import UUID

from bridgework.referrals import story
from bridgework.referrals.errors import Refused
from bridgework.referrals.lifecycle import closing_refusal
from bridgework.referrals.recording import Telling, record
from bridgework.referrals.timeline import (
    Amended,
    CancellationRequested,
    Closed,
    CloseOutcome,
    Corrected,
    Entry,
    Reopened,
    RequestChanges,
)


def amend(*, referral_id: UUID, telling: Telling, changes: RequestChanges, note: str = "") -> Entry:
    """Change what is asked for; the receiving office sees what and when."""
    return record("amend", Amended(changes=changes, note=note), referral_id=referral_id, telling=telling)


def recall(*, referral_id: UUID, telling: Telling, note: str = "") -> Entry:
    """Take the referral back before it was accepted."""
    return record("recall", Closed(outcome="recalled", note=note), referral_id=referral_id, telling=telling)


def request_cancellation(*, referral_id: UUID, telling: Telling, reason: str = "") -> Entry:
    """Ask the receiving office to stop, once it has accepted."""
    body = CancellationRequested(reason=reason)
    return record("request_cancellation", body, referral_id=referral_id, telling=telling)


def confirm_cancellation(*, referral_id: UUID, telling: Telling, note: str = "") -> Entry:
    """Stop, as the referring office asked."""
    body = Closed(outcome="cancelled", note=note)
    return record("confirm_cancellation", body, referral_id=referral_id, telling=telling)


def close(*, referral_id: UUID, telling: Telling, outcome: CloseOutcome, note: str = "") -> Entry:
    """End the referral with an honest outcome: completed only with a closed loop, a red flag only by a person."""
    story.lock(referral_id)
    standing = story.load(referral_id).standing
    if sentence := closing_refusal(standing, outcome, by_person=telling.by.kind == "person"):
        raise Refused(sentence)
    return record("close", Closed(outcome=outcome, note=note), referral_id=referral_id, telling=telling)


def reopen(*, referral_id: UUID, telling: Telling, reason: str = "") -> Entry:
    """Go on from where it was."""
    return record("reopen", Reopened(reason=reason), referral_id=referral_id, telling=telling)


def correct(*, referral_id: UUID, telling: Telling, correction: Corrected) -> Entry:
    """Correct an earlier entry of one's own office with a new one; the old one stays and is shown as corrected.

    Raises Refused when the entry is not on this timeline or was written by another office.
    """
    known = story.load(referral_id)
    target = next((entry for entry in known.entries if entry.id == correction.target), None)
    if target is None:
        raise Refused("The line to correct is not on this referral.")
    if target.organization_id != story.here():
        raise Refused("Only the office that wrote a line can correct it. Add a note instead.")
    private = target.audience is not None
    return record("correct", correction, referral_id=referral_id, telling=telling, is_private=private)

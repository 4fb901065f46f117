"""The receiving office's answer, and what the two offices do until there is one."""

from __future__ import annotations

from uuid import UUID

from bridgework.referrals.recording import Telling, record
from bridgework.referrals.timeline import (
    Accepted,
    Declined,
    DeclineReason,
    Entry,
    MoreInformationAsked,
    MoreInformationGiven,
    Received,
    Redirected,
    Resubmitted,
)


def receive(*, referral_id: UUID, telling: Telling, channel: str = "portal") -> Entry:
    """Record that the receiving office has it; the speed-to-contact clock starts."""
    return record("receive", Received(channel=channel), referral_id=referral_id, telling=telling)


def accept(*, referral_id: UUID, telling: Telling, provider_name: str = "", note: str = "") -> Entry:
    """Take the patient."""
    return record("accept", Accepted(provider_name=provider_name, note=note), referral_id=referral_id, telling=telling)


def ask_for_more(*, referral_id: UUID, telling: Telling, question: str) -> Entry:
    """Ask the referring office for what is missing; the referral waits and then goes on where it was."""
    return record("ask_for_more", MoreInformationAsked(question=question), referral_id=referral_id, telling=telling)


def give_more(*, referral_id: UUID, telling: Telling, answer: str = "") -> Entry:
    """Answer the receiving office's question."""
    return record("give_more", MoreInformationGiven(answer=answer), referral_id=referral_id, telling=telling)


def decline(*, referral_id: UUID, telling: Telling, reason: DeclineReason, note: str = "") -> Entry:
    """Say no, with a reason; the referring office may resubmit or redirect."""
    return record("decline", Declined(reason=reason, note=note), referral_id=referral_id, telling=telling)


def redirect(
    *, referral_id: UUID, telling: Telling, to_organization: UUID, to_office: UUID | None = None, to_name: str = "",
    reason: str = "",
) -> Entry:  # fmt: skip
    """Pass the referral on to another office; who had it before keeps what it saw up to now."""
    body = Redirected(to_organization=to_organization, to_office=to_office, to_name=to_name, reason=reason)
    return record("redirect", body, referral_id=referral_id, telling=telling)


def resubmit(*, referral_id: UUID, telling: Telling, note: str = "") -> Entry:
    """Send it again to the office that declined it."""
    return record("resubmit", Resubmitted(note=note), referral_id=referral_id, telling=telling)

"""The patient: reached, booked, come or not come."""

from __future__ import annotations

from uuid import UUID

from bridgework.referrals.recording import Telling, record
from bridgework.referrals.timeline import (
    Attended,
    Booked,
    Cancelled,
    Confirmed,
    ContactAttempted,
    Entry,
    NoShow,
    PatientAnswered,
    Rescheduled,
    Visit,
)


def record_contact_attempt(*, referral_id: UUID, telling: Telling, attempt: ContactAttempted) -> Entry:
    """Record that the office tried to reach the patient."""
    return record("record_contact_attempt", attempt, referral_id=referral_id, telling=telling)


def record_answer(*, referral_id: UUID, telling: Telling, channel: str, summary: str = "") -> Entry:
    """Record that the patient or guardian answered, and somebody has to act on it."""
    body = PatientAnswered(channel=channel, summary=summary)
    return record("record_contact_attempt", body, referral_id=referral_id, telling=telling)


def book(*, referral_id: UUID, telling: Telling, booking: Booked) -> Entry:
    """Book a visit; the visit's own time is in the booking."""
    return record("book", booking, referral_id=referral_id, telling=telling)


def reschedule(*, referral_id: UUID, telling: Telling, move: Rescheduled) -> Entry:
    """Move the visit."""
    return record("reschedule", move, referral_id=referral_id, telling=telling)


def cancel_appointment(*, referral_id: UUID, telling: Telling, cancellation: Cancelled) -> Entry:
    """Call the visit off; the referral goes on."""
    return record("cancel_appointment", cancellation, referral_id=referral_id, telling=telling)


def confirm(*, referral_id: UUID, telling: Telling, visit: Visit = "consult", channel: str = "") -> Entry:
    """Record that the patient says they will come."""
    return record("confirm", Confirmed(visit=visit, channel=channel), referral_id=referral_id, telling=telling)


def record_attended(*, referral_id: UUID, telling: Telling, visit: Visit = "consult", walk_in: bool = False) -> Entry:
    """Record that the patient came, booked or not."""
    return record("record_attended", Attended(visit=visit, walk_in=walk_in), referral_id=referral_id, telling=telling)


def record_no_show(*, referral_id: UUID, telling: Telling, visit: Visit = "consult") -> Entry:
    """Record that the patient did not come."""
    return record("record_no_show", NoShow(visit=visit), referral_id=referral_id, telling=telling)

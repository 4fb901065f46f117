"""Names, times and stored words as people say them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

OUTCOME_WORDS: dict[str, str] = {
    "completed": "completed",
    "declined_by_patient": "the patient does not want it",
    "declined_by_office": "the office does not take the patient",
    "unreachable": "the patient could not be reached",
    "went_elsewhere": "the patient went elsewhere",
    "not_needed": "not needed any more",
    "expired": "expired",
    "redirected": "passed on to another office",
    "cancelled": "cancelled",
    "recalled": "taken back",
    "deceased": "the patient has died",
    "duplicate": "sent twice",
}
DECLINE_WORDS: dict[str, str] = {
    "out_of_scope": "not what the office does",
    "no_capacity": "no free times",
    "insurance_not_taken": "the insurance is not taken",
    "missing_information": "information is missing",
    "patient_not_suitable": "not right for this patient",
    "other": "another reason",
}
CONTACT_WORDS: dict[str, str] = {
    "reached": "reached",
    "left_message": "a message was left",
    "message_sent": "a message was sent",
    "no_answer": "no answer",
    "wrong_number": "wrong number",
}
CHANNEL_WORDS: dict[str, str] = {
    "phone": "by phone", "voice": "by phone", "sms": "by text", "email": "by email", "fax": "by fax",
    "letter": "by letter", "link": "by secure link", "portal": "in Bridgework", "document": "as a document",
    "fhir": "from their system", "hl7": "from their system", "patient_page": "on the patient’s page",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names that sentences need, short: "Elena", "Maple Street", and the zone of the viewer's office.

    `offices` holds more organizations by id (former receivers, an office that it was passed on to); `viewer` is the
    organization that reads, so that its own lines need no name.
    """

    patient: str
    sender: str
    receiver: str
    zone: str
    offices: Mapping[UUID, str] = field(default_factory=dict)
    viewer: UUID | None = None


def clock_words(at: datetime, zone: str) -> str:
    """Say a time of day: "5 PM", "8:30 AM"."""
    local = at.astimezone(ZoneInfo(zone))
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes} {'AM' if local.hour < 12 else 'PM'}"


def date_words(at: datetime, zone: str) -> str:
    """Say a moment in full, without its year: "Fri, Nov 6, 8:30 AM"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{_DAYS[local.weekday()][:3]}, {_MONTHS[local.month - 1]} {local.day}, {clock_words(at, zone)}"


def day_words(at: datetime, now: datetime, zone: str) -> str:
    """Say which day as seen from now: "today", "on Tuesday", "on Nov 5", "on Nov 5, 2025"."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    away = (local.date() - today.date()).days
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get(away)
    if near:
        return near
    if abs(away) < 7:
        return f"on {_DAYS[local.weekday()]}"
    year = "" if local.year == today.year else f", {local.year}"
    return f"on {_MONTHS[local.month - 1]} {local.day}{year}"


def moment_words(at: datetime, now: datetime, zone: str) -> str:
    """Say day and time as seen from now: "today at 5 PM"."""
    return f"{day_words(at, now, zone)} at {clock_words(at, zone)}"


def by_channel(channel: str) -> str:
    """Say through what something came, with a leading space; nothing when unknown."""
    words = CHANNEL_WORDS.get(channel, "")
    return f" {words}" if words else ""

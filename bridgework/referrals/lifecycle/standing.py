"""What is true now: the result of the fold, the same for every party."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from bridgework.referrals.timeline import Request, Side, Visit

Status = Literal[
    "draft", "sent", "received", "information_asked", "accepted", "declined", "cancellation_requested", "closed"
]
PatientTrack = Literal["to_contact", "contacted", "booked", "attended"]
TreatmentTrack = Literal["none", "proposed", "accepted", "declined", "scheduled", "completed", "post_op_concluded"]
CommunicationTrack = Literal["nothing_owed", "owed", "sent", "received", "read"]
AuthorizationTrack = Literal["none", "valid", "expired"]
PathologyTrack = Literal["none", "specimen_taken", "result_received"]
Holder = Literal["sender", "receiver", "patient", "nobody"]

# The receiving office works on it, or decides whether to.
ACTIVE: frozenset[str] = frozenset({"sent", "received", "information_asked", "accepted"})


@dataclass(frozen=True, kw_only=True)
class Ball:
    """Who has to act, since when (the `happened_at` that gave it), and what they owe: a key of `sentences.OWES`."""

    holder: Holder
    since: datetime | None
    owes: str


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """The visit that is booked. `is_missed` after a no-show, until it is booked anew or called off."""

    visit: Visit
    starts_at: datetime
    minutes: int
    office_id: UUID | None = None
    provider_id: UUID | None = None
    provider_name: str = ""
    is_confirmed: bool = False
    is_missed: bool = False


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """An entry that does not fit what else is known, and why, in one sentence for a person."""

    entry_id: UUID
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Four tracks and the status, who holds the ball, and the times that clocks and lists need.

    `is_receiver_unlisted` (and sender) = that office does not work in Bridgework, so the other side records for it.
    `sent_at` is when it went to the present receiver, `first_sent_at` when it first left. Report times are those of
    the latest report; `loop_closed_at` never moves on with them. `patient_flags`: confirmed, no_show, cancelled.
    """

    status: Status = "draft"
    sender: UUID | None = None
    receiver: UUID | None = None
    receiver_office: UUID | None = None
    receiver_provider: UUID | None = None
    receiver_provider_name: str = ""
    former_receivers: tuple[UUID, ...] = ()
    is_sender_unlisted: bool = False
    is_receiver_unlisted: bool = False
    request: Request = field(default_factory=Request)

    patient: PatientTrack = "to_contact"
    patient_flags: frozenset[str] = frozenset()
    treatment: TreatmentTrack = "none"
    communication: CommunicationTrack = "nothing_owed"
    authorization: AuthorizationTrack = "none"
    authorization_until: date | None = None
    pathology: PathologyTrack = "none"
    ball: Ball = field(default_factory=lambda: Ball(holder="nobody", since=None, owes=""))
    appointment: Appointment | None = None

    drafted_at: datetime | None = None
    first_sent_at: datetime | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    opened_at: datetime | None = None
    received_at: datetime | None = None
    accepted_at: datetime | None = None
    information_asked_at: datetime | None = None
    declined_at: datetime | None = None
    cancellation_requested_at: datetime | None = None
    first_contact_at: datetime | None = None
    last_contact_at: datetime | None = None
    answered_at: datetime | None = None
    booked_at: datetime | None = None
    appointment_cancelled_at: datetime | None = None
    no_show_at: datetime | None = None
    attended_at: datetime | None = None
    consult_completed_at: datetime | None = None
    communication_since: datetime | None = None
    report_sent_at: datetime | None = None
    report_received_at: datetime | None = None
    report_read_at: datetime | None = None
    treatment_since: datetime | None = None
    returned_at: datetime | None = None
    closed_at: datetime | None = None
    changed_at: datetime | None = None

    contact_attempts: int = 0
    no_shows: int = 0
    question: str = ""
    decline_reason: str = ""
    outcome: str = ""
    is_treatment_recommended: bool = False
    is_report_final: bool = False
    is_loop_closed: bool = False
    loop_closed_at: datetime | None = None
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def is_red_flag(self) -> bool:
        """Whether a sign was given that no timer may close (suspected cancer, spreading infection, airway, trauma)."""
        return bool(self.request.red_flags)

    @property
    def is_confirmed(self) -> bool:
        """Whether the patient said that they will come to the visit that is booked."""
        return self.appointment is not None and self.appointment.is_confirmed


def side_of(standing: Standing, organization_id: UUID) -> Side | Literal["former"] | None:
    """Say on which side an organization stands; "former" received it once and keeps what it saw, None is a stranger."""
    if organization_id == standing.sender:
        return "sender"
    if organization_id == standing.receiver:
        return "receiver"
    return "former" if organization_id in standing.former_receivers else None


def at_day(standing: Standing, day: date) -> Standing:
    """Judge the authorization on a day, given in the receiving office's time zone: past its last day it is expired."""
    if standing.authorization_until is None or standing.authorization == "expired":
        return standing
    return replace(standing, authorization="expired" if day > standing.authorization_until else "valid")

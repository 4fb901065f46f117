"""The fold's working memory: the fields of a Standing, changeable, and a little that only the fold needs."""

from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

from bridgework.referrals.envelope import Entry
from bridgework.referrals.lifecycle.standing import (
    ACTIVE,
    Appointment,
    AuthorizationTrack,
    Ball,
    CommunicationTrack,
    Contradiction,
    PathologyTrack,
    PatientTrack,
    Standing,
    Status,
    TreatmentTrack,
)
from bridgework.referrals.timeline import Request, Visit

_START = vars(Standing())
_NAMES = tuple(field.name for field in fields(Standing))
# What belongs to one receiving office and begins anew with the next.
_OF_ONE_RECEIVER = (
    "patient", "patient_flags", "treatment", "communication", "pathology", "delivered_at", "opened_at", "received_at",
    "accepted_at", "declined_at", "decline_reason", "information_asked_at", "question", "first_contact_at",
    "last_contact_at", "answered_at", "booked_at", "appointment_cancelled_at", "no_show_at", "attended_at",
    "consult_completed_at", "communication_since", "report_sent_at", "report_received_at", "report_read_at",
    "treatment_since", "returned_at", "contact_attempts", "no_shows", "is_treatment_recommended", "is_report_final",
    "is_loop_closed", "loop_closed_at", "cancellation_requested_at",
)  # fmt: skip


class Course:
    """Where the fold has come to. Names and meanings are those of Standing; those not in Standing are explained here."""

    status: Status
    sender: UUID | None
    receiver: UUID | None
    receiver_office: UUID | None
    receiver_provider: UUID | None
    receiver_provider_name: str
    former_receivers: tuple[UUID, ...]
    is_sender_unlisted: bool
    is_receiver_unlisted: bool
    request: Request
    patient: PatientTrack
    patient_flags: frozenset[str]
    treatment: TreatmentTrack
    communication: CommunicationTrack
    authorization: AuthorizationTrack
    authorization_until: date | None
    pathology: PathologyTrack
    ball: Ball
    appointment: Appointment | None
    drafted_at: datetime | None
    first_sent_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None
    received_at: datetime | None
    accepted_at: datetime | None
    information_asked_at: datetime | None
    declined_at: datetime | None
    cancellation_requested_at: datetime | None
    first_contact_at: datetime | None
    last_contact_at: datetime | None
    answered_at: datetime | None
    booked_at: datetime | None
    appointment_cancelled_at: datetime | None
    no_show_at: datetime | None
    attended_at: datetime | None
    consult_completed_at: datetime | None
    communication_since: datetime | None
    report_sent_at: datetime | None
    report_received_at: datetime | None
    report_read_at: datetime | None
    treatment_since: datetime | None
    returned_at: datetime | None
    closed_at: datetime | None
    changed_at: datetime | None
    contact_attempts: int
    no_shows: int
    question: str
    decline_reason: str
    outcome: str
    is_treatment_recommended: bool
    is_report_final: bool
    is_loop_closed: bool
    loop_closed_at: datetime | None

    def __init__(self) -> None:
        self.__dict__.update(_START)
        self.held: list[Status] = []  # statuses to come back to, the next one last
        self.visits: dict[Visit, Appointment] = {}
        self.is_answer_awaited = False  # the patient was reached and has not answered since
        self.first_report_at: datetime | None = None  # the referring office has the consultation report
        self.found: list[Contradiction] = []

    def contradict(self, entry: Entry, sentence: str) -> None:
        """Note that an entry does not fit."""
        self.found.append(Contradiction(entry_id=entry.id, sentence=sentence))

    @property
    def is_active(self) -> bool:
        """Whether the receiving office works on it or decides whether to."""
        return self.status in ACTIVE

    def note_receipt(self, at: datetime) -> None:
        """Take it as received, because somebody acted on it."""
        self.received_at = self.received_at or at
        if self.status == "sent":
            self.status = "received"

    def note_loop(self) -> None:
        """Close the loop when the visit happened and the referring office has the report, in whichever order."""
        if self.attended_at and self.first_report_at and not self.is_loop_closed:
            self.is_loop_closed = True
            self.loop_closed_at = max(self.attended_at, self.first_report_at)

    def begin_with(self, receiver: UUID | None) -> None:
        """Start anew with another receiving office; what the former one did stays on the timeline alone."""
        for name in _OF_ONE_RECEIVER:
            setattr(self, name, _START[name])
        self.receiver = receiver
        self.held.clear()
        self.visits.clear()
        self.is_answer_awaited = False
        self.first_report_at = None

    def standing(self, contradictions: tuple[Contradiction, ...]) -> Standing:
        """Freeze it."""
        known = self.__dict__
        upcoming = sorted(self.visits.values(), key=lambda visit: (visit.is_missed, visit.starts_at, visit.visit))
        known["appointment"] = upcoming[0] if upcoming else None
        known["contradictions"] = contradictions
        return Standing(**{name: known[name] for name in _NAMES})

"""What can happen to a referral: one frozen dataclass a kind, inside the envelope `Entry`.

A kind is stored as its name and a JSON object (`to_data`, `from_data`). Adding one = a class here, its place in
`lifecycle/moves.py`, its sentence in `sentences.py`. Nothing here knows Django or the time of day.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args
from uuid import UUID

from bridgework.referrals.envelope import KINDS as KINDS
from bridgework.referrals.envelope import Actor as Actor
from bridgework.referrals.envelope import Entry as Entry
from bridgework.referrals.envelope import Kind as Kind
from bridgework.referrals.envelope import UnknownKind as UnknownKind
from bridgework.referrals.envelope import from_data as from_data
from bridgework.referrals.envelope import to_data as to_data

Side = Literal["sender", "receiver"]
Visit = Literal["consult", "treatment"]
ContactOutcome = Literal["reached", "left_message", "message_sent", "no_answer", "wrong_number"]
DeclineReason = Literal[
    "out_of_scope", "no_capacity", "insurance_not_taken", "missing_information", "patient_not_suitable", "other"
]
CloseOutcome = Literal[
    "completed", "declined_by_patient", "declined_by_office", "unreachable", "went_elsewhere", "not_needed",
    "expired", "redirected", "cancelled", "recalled", "deceased", "duplicate",
]  # fmt: skip
OUTCOMES: tuple[str, ...] = get_args(CloseOutcome)
DECLINE_REASONS: tuple[str, ...] = get_args(DeclineReason)
CONTACT_OUTCOMES: tuple[str, ...] = get_args(ContactOutcome)
# Outcomes after which the patient knows that the office is trying: these stop the speed-to-contact clock.
CONTACTED: frozenset[str] = frozenset({"reached", "left_message", "message_sent"})


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked for. Teeth are Universal ids as text ("19", "A"); red flags are keys of `dentistry.urgency`.

    `authorization_until` is the earlier of the referral's and the pre-authorization's last valid day.
    """

    specialty: str = ""
    procedure: str = ""
    urgency: str = "routine"
    red_flags: tuple[str, ...] = ()
    reason: str = ""
    teeth: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    authorization_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class RequestChanges:
    """A partial Request: None leaves the field as it was; `answers` are merged in, one by one."""

    specialty: str | None = None
    procedure: str | None = None
    urgency: str | None = None
    red_flags: tuple[str, ...] | None = None
    reason: str | None = None
    teeth: tuple[str, ...] | None = None
    answers: dict[str, str] | None = None
    authorization_until: date | None = None


# Sending


class Drafted(Kind):
    """The referring office began it."""


class Sent(Kind):
    """The referral left for the receiving office.

    `from_organization` is given when somebody else recorded it (a slip that the receiver typed in): the recorder is
    then the envelope's organization. `channel` "portal" = the receiver works in Bridgework; every other word (email,
    fax, letter, link, phone, document, fhir, hl7 …) means that it was told some other way.
    """

    to_organization: UUID | None
    request: Request
    from_organization: UUID | None = None
    to_office: UUID | None = None
    to_provider: UUID | None = None
    to_provider_name: str = ""
    from_provider_name: str = ""
    to_name: str = ""
    from_name: str = ""
    channel: str = "portal"


class Delivered(Kind):
    """A transport confirmed that the referral arrived."""

    channel: str = ""


class Opened(Kind):
    """Somebody at the receiving office looked at it."""


class Received(Kind):
    """The receiving office has it; the speed-to-contact clock starts."""

    channel: str = "portal"


class Resubmitted(Kind):
    """The referring office sent it again to the office that had declined it."""

    note: str = ""


class Redirected(Kind):
    """Either office passed it on to another; the former receiver keeps what it saw up to now."""

    to_organization: UUID
    to_office: UUID | None = None
    to_provider: UUID | None = None
    to_provider_name: str = ""
    to_name: str = ""
    channel: str = "portal"
    reason: str = ""
    note: str = ""


class Amended(Kind):
    """The referring office changed what it asks for."""

    changes: RequestChanges
    note: str = ""


class CancellationRequested(Kind):
    """The referring office asks the receiving one to stop."""

    reason: str = ""


# Answering


class Accepted(Kind):
    """The receiving office takes the patient."""

    provider_id: UUID | None = None
    provider_name: str = ""
    note: str = ""


class MoreInformationAsked(Kind):
    """The receiving office cannot decide yet."""

    question: str


class MoreInformationGiven(Kind):
    """The referring office answered; the referral goes back to where it was."""

    answer: str = ""


class Declined(Kind):
    """The receiving office does not take the patient."""

    reason: DeclineReason = "other"
    note: str = ""


# The patient


class ContactAttempted(Kind):
    """An office tried to reach the patient, by phone, sms, email, letter …"""

    channel: str
    outcome: ContactOutcome
    note: str = ""


class PatientAnswered(Kind):
    """The patient (or guardian) answered, and the office has to act on it."""

    channel: str = ""
    summary: str = ""


class Booked(Kind):
    """A visit was booked. `starts_at` is the visit's own time, aware."""

    starts_at: datetime
    visit: Visit = "consult"
    minutes: int = 30
    office_id: UUID | None = None
    provider_id: UUID | None = None
    provider_name: str = ""
    booked_by: Literal["receiver", "sender", "patient"] = "receiver"


class Rescheduled(Kind):
    """The visit was moved; an empty provider or office leaves those as they were."""

    starts_at: datetime
    visit: Visit = "consult"
    minutes: int | None = None
    office_id: UUID | None = None
    provider_id: UUID | None = None
    provider_name: str = ""
    by: Literal["patient", "office"] = "office"
    reason: str = ""


class Cancelled(Kind):
    """The visit was called off; the referral goes on."""

    visit: Visit = "consult"
    by: Literal["patient", "office"] = "office"
    reason: str = ""


class Confirmed(Kind):
    """The patient said that they will come."""

    visit: Visit = "consult"
    channel: str = ""


class Attended(Kind):
    """The patient came."""

    visit: Visit = "consult"
    walk_in: bool = False


class NoShow(Kind):
    """The patient did not come."""

    visit: Visit = "consult"


# The consult and its report


class ConsultCompleted(Kind):
    """The consult note: what was found and what is recommended.

    `treatment_recommended` is about treatment by the receiving office. `teeth` are those the specialist confirmed.
    """

    findings: str = ""
    recommendation: str = ""
    treatment_recommended: bool = False
    teeth: tuple[str, ...] = ()
    provider_name: str = ""


class ReportSent(Kind):
    """A report left for the referring office. Not final = an interim note, more will follow."""

    channel: str = "portal"
    title: str = ""
    summary: str = ""
    file_ids: tuple[UUID, ...] = ()
    is_final: bool = True


class ReportReceived(Kind):
    """The referring office has the report."""

    channel: str = "portal"


class ReportRead(Kind):
    """Somebody at the referring office read the report."""


# Treatment and ending


class TreatmentProposed(Kind):
    """The receiving office proposed a plan to the patient."""

    plan: str = ""


class TreatmentAccepted(Kind):
    """The patient wants the treatment."""

    note: str = ""


class TreatmentDeclined(Kind):
    """The patient does not want the treatment."""

    reason: str = ""


class TreatmentScheduled(Kind):
    """The treatment visit was booked."""

    starts_at: datetime
    minutes: int = 60
    office_id: UUID | None = None
    provider_id: UUID | None = None
    provider_name: str = ""


class TreatmentCompleted(Kind):
    """The treatment was done; the referring office is owed a word about it."""

    summary: str = ""
    teeth: tuple[str, ...] = ()


class PostOpConcluded(Kind):
    """The post-operative period is over."""

    summary: str = ""


class SpecimenTaken(Kind):
    """A specimen went to pathology."""

    site: str = ""
    laboratory: str = ""


class ResultReceived(Kind):
    """The pathology result came back; the referring office is owed it."""

    summary: str = ""


class ReturnedToReferrer(Kind):
    """The specialist handed the patient back for the referring office's own next step (the crown, the recall)."""

    next_step: str = ""


class Closed(Kind):
    """The referral ended, honestly coded; every ending can be reopened."""

    outcome: CloseOutcome
    note: str = ""


class Reopened(Kind):
    """It goes on from where it was; also takes back a decline or a request to cancel."""

    reason: str = ""


class Noted(Kind):
    """A note; private to one organization when the envelope has an audience."""

    text: str


class Attached(Kind):
    """Files joined the packet."""

    titles: tuple[str, ...]
    file_ids: tuple[UUID, ...] = ()


class Assigned(Kind):
    """An organization gave its side to one of its people; always private."""

    user_id: str
    user_name: str = ""


class Corrected(Kind):
    """An earlier entry was wrong: taken back, or replaced in time, content or both.

    `replacement` holds `to_data` of the right kind, named by `replacement_kind` (empty: the kind stays).
    A correction may itself be corrected.
    """

    target: UUID
    action: Literal["retract", "replace"]
    happened_at: datetime | None = None
    replacement_kind: str = ""
    replacement: dict[str, Any] | None = None
    reason: str = ""


def replacing(target: UUID, body: Kind | None, happened_at: datetime | None = None, reason: str = "") -> Corrected:
    """Make the correction that puts `body` (None: keep it) and `happened_at` (None: keep it) in the target's place."""
    return Corrected(
        target=target,
        action="replace",
        happened_at=happened_at,
        replacement_kind=body.kind if body else "",
        replacement=to_data(body) if body else None,
        reason=reason,
    )

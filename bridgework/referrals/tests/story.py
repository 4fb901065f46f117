"""Tell the life of a referral in tests: entries at simulated times, an hour apart unless said otherwise."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bridgework.referrals import lifecycle, timeline
from bridgework.referrals.lifecycle import Standing
from bridgework.referrals.timeline import Actor, Entry, Kind, Request

MAPLE = UUID(int=0xA)  # refers
HARBOR = UUID(int=0xB)  # receives
CEDAR = UUID(int=0xC)  # another specialist
STRANGER = UUID(int=0xD)
REFERRAL = UUID(int=0xE)
START = datetime(2026, 11, 5, 15, 0, tzinfo=UTC)
PERSON = Actor(kind="person", id="1", name="Dana Whitfield")
JOB = Actor(kind="job", id="cadence")
REQUEST = Request(specialty="oral_surgery", procedure="extraction", teeth=("19",), reason="Vertical root fracture")


class Story:
    """Entries of one referral, told in order."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.at = START
        self._folded: tuple[list[Entry], Standing] | None = None

    def says(self, organization: UUID | None, body: Kind, *, hours: float = 1, actor: Actor = PERSON) -> Entry:
        """Add what an organization says happened, so many hours after the last."""
        self.at += timedelta(hours=hours)
        number = len(self.entries) + 1
        entry = Entry(
            id=UUID(int=number),
            referral_id=REFERRAL,
            happened_at=self.at,
            recorded_at=self.at,
            organization_id=organization,
            actor=actor,
            body=body,
            origin_id=str(number),
        )
        self.entries.append(entry)
        return entry

    def maple(self, *bodies: Kind) -> "Story":
        """Let the referring office say these, an hour apart."""
        for body in bodies:
            self.says(MAPLE, body)
        return self

    def harbor(self, *bodies: Kind) -> "Story":
        """Let the receiving office say these, an hour apart."""
        for body in bodies:
            self.says(HARBOR, body)
        return self

    def starts(self, action: str, organization: UUID | None = None) -> "Story":
        """Start an action by whichever side may, as a person would; fails when the table refuses it."""
        standing = self.standing
        side: timeline.Side = "receiver" if "receiver" in _sides(action, standing) else "sender"
        refused = lifecycle.refusal(action, standing, side)
        assert refused is None, f"{action} by the {side} in {standing.status}: {refused}"
        self.says(organization or (HARBOR if side == "receiver" else MAPLE), BODIES[action](standing, self.at))
        return self

    @property
    def standing(self) -> Standing:
        if self._folded is None or self._folded[0] != self.entries:
            self._folded = (list(self.entries), lifecycle.fold(self.entries))
        return self._folded[1]

    @property
    def sentences(self) -> list[str]:
        return [found.sentence for found in self.standing.contradictions]


def _sides(action: str, standing: Standing) -> list[timeline.Side]:
    sides: tuple[timeline.Side, ...] = ("sender", "receiver")
    return [side for side in sides if lifecycle.refusal(action, standing, side) is None]


def sent(to: UUID = HARBOR, channel: str = "portal", request: Request = REQUEST) -> timeline.Sent:
    """Make the body of a sending."""
    return timeline.Sent(to_organization=to, request=request, channel=channel)


def booked(at: datetime, visit: timeline.Visit = "consult") -> timeline.Booked:
    """Make the body of a booking."""
    return timeline.Booked(starts_at=at, visit=visit, provider_name="Dr. Okafor")


def _visit(standing: Standing) -> timeline.Visit:
    return standing.appointment.visit if standing.appointment else "consult"


Maker = Callable[[Standing, datetime], Kind]
# What each action writes: the bodies of the entries, as the real actions make them.
BODIES: dict[str, Maker] = {
    "send": lambda s, at: sent(),
    "receive": lambda s, at: timeline.Received(),
    "accept": lambda s, at: timeline.Accepted(provider_name="Dr. Okafor"),
    "ask_for_more": lambda s, at: timeline.MoreInformationAsked(question="Is there a film of #19?"),
    "give_more": lambda s, at: timeline.MoreInformationGiven(answer="Attached."),
    "decline": lambda s, at: timeline.Declined(reason="no_capacity"),
    "redirect": lambda s, at: timeline.Redirected(to_organization=CEDAR if s.receiver == HARBOR else HARBOR),
    "resubmit": lambda s, at: timeline.Resubmitted(),
    "amend": lambda s, at: timeline.Amended(changes=timeline.RequestChanges(teeth=("18",))),
    "recall": lambda s, at: timeline.Closed(outcome="recalled"),
    "record_contact_attempt": lambda s, at: timeline.ContactAttempted(channel="phone", outcome="left_message"),
    "book": lambda s, at: booked(at + timedelta(days=3), lifecycle.bookable_visit(s)),
    "reschedule": lambda s, at: timeline.Rescheduled(starts_at=at + timedelta(days=5), visit=_visit(s)),
    "cancel_appointment": lambda s, at: timeline.Cancelled(visit=_visit(s), by="patient"),
    "confirm": lambda s, at: timeline.Confirmed(visit=_visit(s), channel="sms"),
    "record_attended": lambda s, at: timeline.Attended(visit=_visit(s), walk_in=s.appointment is None),
    "record_no_show": lambda s, at: timeline.NoShow(visit=_visit(s)),
    "complete_consult": lambda s, at: timeline.ConsultCompleted(findings="Fracture", recommendation="Extract #19"),
    "send_report": lambda s, at: timeline.ReportSent(title="Consult report", is_final=False),
    "receive_report": lambda s, at: timeline.ReportReceived(channel="fax"),
    "read_report": lambda s, at: timeline.ReportRead(),
    "propose_treatment": lambda s, at: timeline.TreatmentProposed(plan="Extraction of #19"),
    "accept_treatment": lambda s, at: timeline.TreatmentAccepted(),
    "decline_treatment": lambda s, at: timeline.TreatmentDeclined(reason="cost"),
    "schedule_treatment": lambda s, at: timeline.TreatmentScheduled(starts_at=at + timedelta(days=9)),
    "complete_treatment": lambda s, at: timeline.TreatmentCompleted(summary="Extracted #19"),
    "conclude_post_op": lambda s, at: timeline.PostOpConcluded(summary="Healed"),
    "request_cancellation": lambda s, at: timeline.CancellationRequested(reason="Patient moved"),
    "confirm_cancellation": lambda s, at: timeline.Closed(outcome="cancelled"),
    "close": lambda s, at: timeline.Closed(outcome="completed" if s.is_loop_closed else "unreachable"),
    "reopen": lambda s, at: timeline.Reopened(reason="Closed by mistake"),
    "attach": lambda s, at: timeline.Attached(titles=("Panoramic",)),
    "note": lambda s, at: timeline.Noted(text="Prefers mornings"),
    "assign": lambda s, at: timeline.Assigned(user_id="1", user_name="Dana Whitfield"),
}

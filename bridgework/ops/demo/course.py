"""The life of one referral as a list of steps with times, drawn by chance within the habits of the two offices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from bridgework.accounts.models import Role
from bridgework.lib.actor import Actor
from bridgework.ops.demo import workdays
from bridgework.ops.demo.cases import Complaint
from bridgework.ops.demo.diary import Diary
from bridgework.ops.demo.directory import House
from bridgework.ops.demo.people import Patient
from bridgework.referrals import timeline
from bridgework.referrals.snapshot import Snapshot
from bridgework.referrals.timeline import Kind, Request


@dataclass(frozen=True, kw_only=True)
class PatientWrites:
    """The patient answers a text of the office on the pretend phone."""

    text: str


@dataclass(frozen=True, kw_only=True)
class TasksDone:
    """Somebody settles the open tasks of a kind about the referral."""

    kind: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that somebody does at a time: the entry that it becomes, or what happens beside the timeline."""

    at: datetime
    house: House
    by: Actor
    body: Kind | PatientWrites | TasksDone


@dataclass(kw_only=True)
class Plan:
    """One referral: who refers whom, where to, what for, and everything that happens. The first step is the sending.

    `key` names it in every run alike.
    """

    key: str
    sender: House
    receiver: House
    patient: Patient
    request: Request
    doctor: str  # who refers
    provider: str  # who treats
    steps: list[Step] = field(default_factory=list)
    film: str = ""  # periapical, panoramic, or none went along
    takes_opening: bool = False  # an offered time was taken before the patient left

    @property
    def is_typed_in(self) -> bool:
        """Tell whether the receiving office enters what came by telephone, fax or letter."""
        return not self.sender.is_member

    @property
    def sent_at(self) -> datetime:
        """Return when it was sent."""
        return self.steps[0].at

    @property
    def snapshot(self) -> Snapshot:
        """Return what the referral carries of the patient and the referrer."""
        who = self.patient
        letterhead = self.sender.letterhead
        return Snapshot(
            language=who.language, preferred_channel="text" if who.may_text else "call", may_text=who.may_text,
            anxiety=who.anxiety, address=who.address, guardian=who.speaker,
            allergies=who.said("allergy"), medications=who.said("medication"), conditions=who.said("condition"),
            insurance=who.said("insurance"), history_as_of=workdays.local_day(self.sent_at),
            referrer=type(letterhead)(
                office=letterhead.office, provider=self.doctor, phone=letterhead.phone, fax=letterhead.fax,
                email=letterhead.email,
            ),
            source="portal" if not self.is_typed_in else self.sender.channel,
        )  # fmt: skip

    def says(
        self, at: datetime, house: House, body: Kind | PatientWrites | TasksDone, *, role: str = Role.COORDINATOR
    ) -> None:
        """Add a step; clinical ones are the doctor's."""
        by = house.clinician(self.provider) if role == Role.CLINICIAN else house.actor(role)
        self.steps.append(Step(at=at, house=house, by=by, body=body))

    def send(self, at: datetime) -> None:
        """Begin with the sending, by whoever enters it."""
        house, role = (self.receiver, Role.FRONT_DESK) if self.is_typed_in else (self.sender, Role.COORDINATOR)
        self.says(at, house, self.sending, role=role)

    @property
    def sending(self) -> timeline.Sent:
        """Return the sending as the product writes it."""
        return timeline.Sent(
            to_organization=self.receiver.id, to_office=self.receiver.office_id, to_name=self.receiver.name,
            to_provider_name=self.provider, from_organization=self.sender.id, from_name=self.sender.name,
            from_provider_name=self.doctor, request=self.request, channel=self.sender.channel,
        )  # fmt: skip


@dataclass(frozen=True)
class Course:
    """Draws what happens to one plan after its sending, until it ends."""

    plan: Plan
    complaint: Complaint
    diary: Diary
    rng: Random

    def run(self) -> None:
        """Fill the plan."""
        plan = self.plan
        at = self._after(plan.sent_at, 0.3, 7 if not plan.is_typed_in else 2.5)
        if self.rng.random() < 0.025:
            self._decline(at)
            return
        self._receiver(at, timeline.Accepted(provider_name=plan.provider))
        reached_at = self._reach(at)
        if reached_at is not None:
            visit = self._book(reached_at)
            seen_at = self._visit(visit, reached_at, missed=0)
            if seen_at is not None:
                self._treat(seen_at)

    def _decline(self, at: datetime) -> None:
        reason = self.rng.choice(("insurance_not_taken", "out_of_scope", "no_capacity"))
        self._receiver(at, timeline.Declined(reason=reason))  # type: ignore[arg-type]
        self._sender(self._after(at, 2, 14), timeline.Closed(outcome="declined_by_office"))

    def _reach(self, accepted_at: datetime) -> datetime | None:
        """Try to reach the patient; give when that succeeds, None when it never does."""
        rng, at = self.rng, accepted_at
        for attempt in range(4):
            at = self._after(at, 0.4, 8) if attempt == 0 else self._after(at, 14, 34)
            if rng.random() < (0.74, 0.6, 0.5, 0.45)[attempt]:
                if attempt or rng.random() < 0.6:  # else the booking says that they were reached
                    contact = timeline.ContactAttempted(channel="phone", outcome="reached")
                    self._receiver(at, contact, role=self._caller())
                if rng.random() < 0.045:
                    note = rng.choice(("Too expensive at present.", "Feels better, wants to wait.", "Is afraid."))
                    self._sender(at, timeline.Closed(outcome="declined_by_patient", note=note))
                    return None
                return at + timedelta(minutes=rng.randint(2, 9))
            outcome = rng.choice(("left_message", "left_message", "no_answer"))
            contact = timeline.ContactAttempted(channel="phone", outcome=outcome)  # type: ignore[arg-type]
            self._receiver(at, contact, role=self._caller())
        self._receiver(self._after(at, 20, 40), timeline.Closed(outcome="unreachable"))
        return None

    def _book(self, at: datetime) -> timeline.Booked:
        waits = {"urgent": (0, 1), "soon": (2, 6)}.get(self.complaint.urgency, (4, 13))
        starts_at = self.diary.next_free(self.plan.provider, self._day(at, *waits), at)
        body = timeline.Booked(
            starts_at=starts_at, minutes=30, office_id=self.plan.receiver.office_id, provider_name=self.plan.provider
        )
        self._receiver(at, body)
        return body

    def _visit(self, visit: timeline.Booked, booked_at: datetime, *, missed: int) -> datetime | None:
        """Let the patient come or stay away; give when they were seen."""
        rng, starts_at = self.rng, visit.starts_at
        asked_at = workdays.earlier(starts_at, rng.uniform(8, 18)).replace(second=0, microsecond=0)
        if asked_at > booked_at and rng.random() < 0.4:
            channel = "sms" if self.plan.patient.may_text else "phone"
            self._receiver(asked_at, timeline.Confirmed(channel=channel), role=Role.FRONT_DESK)
        if rng.random() < (0.13 if missed == 0 else 0.25):
            return self._miss(starts_at, missed + 1)
        if rng.random() < 0.6:  # else the note says that they came
            came_at = starts_at + timedelta(minutes=rng.randint(-4, 8))
            self._receiver(came_at, timeline.Attended(), role=Role.FRONT_DESK)
        return starts_at + timedelta(minutes=35)

    def _miss(self, starts_at: datetime, missed: int) -> datetime | None:
        at = starts_at + timedelta(minutes=40)
        self._receiver(at, timeline.NoShow(), role=Role.FRONT_DESK)
        again_at = self._after(at, 3, 15)
        if missed == 2 or self.rng.random() < 0.2:
            self._receiver(self._after(again_at, 20, 50), timeline.Closed(outcome="unreachable"))
            return None
        visit = timeline.Booked(
            starts_at=self.diary.next_free(self.plan.provider, self._day(again_at, 3, 9), again_at), minutes=30,
            office_id=self.plan.receiver.office_id, provider_name=self.plan.provider,
        )  # fmt: skip
        self._receiver(again_at, visit)
        return self._visit(visit, again_at, missed=missed)

    def _treat(self, seen_at: datetime) -> None:
        """Write the note, report, and go on to treatment when the patient wants it."""
        complaint, rng = self.complaint, self.rng
        wants = rng.random() < complaint.type.converts
        is_late = rng.random() < 0.14 and isinstance(self.plan.steps[-1].body, timeline.Attended)
        note_at = self._after(seen_at, 9, 40) if is_late else seen_at
        note = timeline.ConsultCompleted(
            findings=complaint.words(complaint.type.findings), provider_name=self.plan.provider, teeth=complaint.teeth,
            recommendation=complaint.words(complaint.type.recommendation), treatment_recommended=bool(complaint.type.plan),
        )  # fmt: skip
        self._receiver(note_at, note, role=Role.CLINICIAN)
        if complaint.type.plan:
            plan = timeline.TreatmentProposed(plan=complaint.words(complaint.type.plan))
            self._receiver(note_at + timedelta(minutes=3), plan)
        told_at = self._report(note_at, title="Consult note", summary=f"{note.findings}\n\n{note.recommendation}")
        if not complaint.type.plan:
            self._close(self._after(told_at, 3, 20))
        elif wants:
            self._operate(told_at)
        else:
            reason = rng.choice(("Wants to think about it.", "Cost.", "Second opinion."))
            declined_at = self._after(told_at, 6, 30)
            self._receiver(declined_at, timeline.TreatmentDeclined(reason=reason))
            self._close(self._after(declined_at, 2, 12))

    def _operate(self, told_at: datetime) -> None:
        accepted_at = self._after(told_at, 0.5, 14)
        self._receiver(accepted_at, timeline.TreatmentAccepted())
        booked_at = accepted_at + timedelta(minutes=self.rng.randint(3, 20))
        starts_at = self.diary.next_free(self.plan.provider, self._day(booked_at, 4, 15), booked_at)
        booking = timeline.TreatmentScheduled(starts_at=starts_at, minutes=60, provider_name=self.plan.provider)
        self._receiver(booked_at, booking)
        done_at = starts_at + timedelta(minutes=70)
        summary = self.complaint.words(self.complaint.type.done)
        self._receiver(done_at, timeline.TreatmentCompleted(summary=summary), role=Role.CLINICIAN)
        sent_at = self._after(done_at, 0.4, 6) if self.rng.random() < 0.85 else self._after(done_at, 9, 40)
        report = timeline.ReportSent(channel=self._report_channel(), title="Surgery summary", summary=summary)
        self._receiver(sent_at, report)
        read_at = self._arrive(sent_at)
        healed_at = max(self._after(done_at, 45, 60), read_at + timedelta(minutes=5))
        if self.rng.random() < 0.55:
            self._receiver(
                healed_at, timeline.PostOpConcluded(summary="Healed without complaint."), role=Role.CLINICIAN
            )
        self._close(self._after(healed_at, 1, 12))

    def _report(self, note_at: datetime, *, title: str, summary: str) -> datetime:
        """Tell the referring office what was found; on Bridgework the note goes by itself. Give when it was taken in."""
        if not self.plan.is_typed_in:
            return self._arrive(note_at)
        sent_at = self._after(note_at, 0.3, 7)
        self._receiver(sent_at, timeline.ReportSent(channel=self._report_channel(), title=title, summary=summary))
        return self._arrive(sent_at)

    def _arrive(self, sent_at: datetime) -> datetime:
        """Let the report be read; of an office without an account Harbor hears it."""
        if self.plan.is_typed_in:
            at = sent_at + timedelta(minutes=self.rng.randint(4, 30))
            self._receiver(at, timeline.ReportRead(), role=Role.FRONT_DESK)  # they said so on the telephone
            return at
        at = self._after(sent_at, 1, 15)
        self._sender(at, timeline.ReportRead(), role=Role.CLINICIAN)
        return at

    def _close(self, at: datetime) -> None:
        self._sender(at, timeline.Closed(outcome="completed"))

    def _report_channel(self) -> str:
        by = self.plan.sender.channel
        return by if by in ("portal", "email", "fax", "letter") else "fax"

    def _caller(self) -> str:
        return self.rng.choice((Role.FRONT_DESK, Role.COORDINATOR))

    def _receiver(self, at: datetime, body: Kind, *, role: str = Role.COORDINATOR) -> None:
        self.plan.says(at, self.plan.receiver, body, role=role)

    def _sender(self, at: datetime, body: Kind, *, role: str = Role.COORDINATOR) -> None:
        house = self.plan.receiver if self.plan.is_typed_in else self.plan.sender
        self.plan.says(at, house, body, role=role if not self.plan.is_typed_in else Role.COORDINATOR)

    def _after(self, at: datetime, least: float, most: float) -> datetime:
        return workdays.later(at, self.rng.uniform(least, most)).replace(second=0, microsecond=0)

    def _day(self, at: datetime, least: int, most: int) -> date:
        return workdays.shifted(workdays.local_day(at), self.rng.randint(least, most))

"""What the planted stories are told with: the offices, the people, and times counted back from the present."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bridgework.ops.demo import workdays
from bridgework.ops.demo.course import Plan
from bridgework.ops.demo.diary import Diary
from bridgework.ops.demo.directory import House
from bridgework.ops.demo.people import Patient, Population
from bridgework.referrals import timeline
from bridgework.referrals.timeline import Request

OKAFOR, LINDGREN = "Dr. Amara Okafor", "Dr. Benjamin Lindgren"


@dataclass(kw_only=True)
class Stage:
    """The network at `now`; plans that are told on it collect in `plans`."""

    now: datetime
    houses: dict[str, House]
    population: Population
    diary: Diary
    plans: list[Plan] = field(default_factory=list)

    def ago(self, hours: float) -> datetime:
        """Give the moment so many working hours ago."""
        return workdays.earlier(self.now, hours).replace(second=0, microsecond=0)

    def day(self, days: int, hour: float) -> datetime:
        """Give an hour of the working day so many before the present one (negative) or after it."""
        today = workdays.local_day(self.ago(0))
        return workdays.moment(workdays.shifted(today, days), hour)

    @property
    def visiting_day(self) -> date:
        """Return today, or the next day on which patients come."""
        return workdays.shifted(workdays.local_day(self.now), 0)

    def person(self, name: str, age: int, sex: str, **more: object) -> Patient:
        """Invent somebody by name."""
        given, _, family = name.partition(" ")
        born = workdays.local_day(self.now) - timedelta(days=round(age * 365.25) + 40)
        plain: dict[str, object] = {
            "email": f"{given}.{family}@mail.example".lower().encode("ascii", "ignore").decode(),
            "history": (("insurance", "Cascadia Dental PPO"),),
        }
        known = {"given": given, "family": family, "born": born, "sex": sex, "phone": self.population.phone()}
        return Patient(**(known | plain | more))  # type: ignore[arg-type]

    def plan(self, way: str, patient: Patient, request: Request, at: datetime, *, film: str = "") -> Plan:
        """Tell that somebody was referred. `way` is "maple > harbor", or "referrer 4 > harbor"."""
        sender, receiver = (self.houses[key] for key in way.split(" > "))
        plan = Plan(
            key=f"story {patient.given} {patient.family}", sender=sender, receiver=receiver, patient=patient,
            request=request, doctor=sender.doctors[0], provider=receiver.doctors[0], film=film,
        )  # fmt: skip
        plan.send(at)
        self.plans.append(plan)
        return plan

    def says(self, plan: Plan, side: str, *steps: tuple[datetime, timeline.Kind], role: str = "coordinator") -> None:
        """Let one side of a plan do things, each at its time."""
        house = plan.sender if side == "sender" and not plan.is_typed_in else plan.receiver
        for at, body in steps:
            plan.says(at, house, body, role=role)

    def booked(self, plan: Plan, starts_at: datetime) -> timeline.Booked:
        """Take a time for a visit."""
        self.diary.take(plan.provider, starts_at)
        return timeline.Booked(
            starts_at=starts_at, minutes=30, office_id=plan.receiver.office_id, provider_name=plan.provider
        )


def surgery(procedure: str, reason: str, *teeth: str, urgency: str = "routine", **more: object) -> Request:
    """Ask an oral surgeon for something."""
    asked = {"specialty": "oral_surgery", "procedure": procedure, "reason": reason, "teeth": teeth, "urgency": urgency}
    return Request(**(asked | more))  # type: ignore[arg-type]


def reached(channel: str = "phone") -> timeline.ContactAttempted:
    """Say that the patient was spoken with."""
    return timeline.ContactAttempted(channel=channel, outcome="reached")

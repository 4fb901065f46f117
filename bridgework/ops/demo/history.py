"""The first two years: plans as timelines, with what the product's own reactions add, written as sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from bridgework.access import viewer
from bridgework.correspondence.notices import BY_ITSELF
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7_from
from bridgework.ops.demo import charts
from bridgework.ops.demo.course import Plan, Step
from bridgework.ops.demo.directory import SETTING_UP, House
from bridgework.referrals import snapshot
from bridgework.referrals.history import Past, record_history
from bridgework.referrals.models import Referral
from bridgework.referrals.reactions import PORTAL
from bridgework.referrals.timeline import ConsultCompleted, Entry, Kind, Received, ReportReceived, ReportSent, Sent

AT_ONCE = 250  # referrals in one transaction
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def record(plans: Sequence[Plan], *, until: datetime, rng: Random, progress: Callable[[int], None]) -> None:
    """Write what happened before `until` of plans that began before it. `progress` is told how many are written."""
    by_receiver: dict[UUID, list[Past]] = defaultdict(list)
    numbers: set[str] = set()
    for plan in plans:
        by_receiver[plan.receiver.id].append(_past(plan, _number(rng, numbers), until))
    done = 0
    for organization_id, past in by_receiver.items():
        for start in range(0, len(past), AT_ONCE):
            with viewer.acting(organization_id):
                record_history(past[start : start + AT_ONCE], by=SETTING_UP, at=until)
            done += len(past[start : start + AT_ONCE])
            progress(done)


def key_of(plan: Plan) -> UUID:
    """Return the key of a plan's referral."""
    return uuid7_from(f"referral {plan.key}", plan.sent_at)


def _past(plan: Plan, number: str, until: datetime) -> Past:
    who = plan.patient.identity
    referral = Referral(
        id=key_of(plan), number=number, patient_given=who.given, patient_family=who.family,
        patient_birth_date=who.birth_date, patient_sex=who.sex, patient_phone=who.phone, patient_email=who.email,
        snapshot=snapshot.to_json(plan.snapshot), made_at=plan.sent_at,
    )  # fmt: skip
    return Past(referral=referral, entries=tuple(_entries(plan, until)), charts=charts.of(plan, with_receiver=True))


def _entries(plan: Plan, until: datetime) -> Iterator[Entry]:
    for number, step in enumerate(plan.steps):
        if step.at < until and isinstance(step.body, Kind):
            entry = _entry(plan, step.at, step.house, step.by, step.body, str(number))
            yield entry
            yield from _what_follows(plan, step, entry)


def _what_follows(plan: Plan, step: Step, entry: Entry) -> Iterator[Entry]:
    """Add what reactions record by themselves: receipt by portal, the report out of the note, its arrival."""
    at, is_portal = step.at, not plan.is_typed_in
    if isinstance(entry.body, Sent):
        channel, by = ("portal", PORTAL) if is_portal else (entry.body.channel, step.by)
        received_at = at + timedelta(microseconds=1) if is_portal else at
        yield _entry(plan, received_at, plan.receiver, by, Received(channel=channel), f"{entry.id} received")
    report = entry
    if isinstance(entry.body, ConsultCompleted) and is_portal:
        words = "\n\n".join((entry.body.findings, entry.body.recommendation))
        body = ReportSent(channel="portal", title="Consult note", summary=words)
        report = _entry(plan, at, plan.receiver, BY_ITSELF, body, f"report:{entry.id}")
        yield report
    if isinstance(report.body, ReportSent) and report.body.channel == "portal":
        yield _entry(plan, at, plan.sender, BY_ITSELF, ReportReceived(), f"received:{report.id}")


def _entry(plan: Plan, at: datetime, house: House, by: Actor, body: Kind, key: str) -> Entry:
    return Entry(
        id=uuid7_from(f"entry {plan.key} {key}", at), referral_id=key_of(plan), happened_at=at, recorded_at=at,
        organization_id=house.id, actor=by, body=body, origin_id=key if ":" in key else "",
    )  # fmt: skip


def _number(rng: Random, taken: set[str]) -> str:
    while True:
        number = "BW-" + "".join(rng.choices(_ALPHABET, k=7))
        if number not in taken:
            taken.add(number)
            return number

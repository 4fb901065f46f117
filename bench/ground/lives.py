"""The courses that referrals take: what was told, when and by which side. The product's own fold makes columns of them.

A course is laid down once, around a fixed moment; filling shifts its times for every referral that takes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bridgework.access import viewer
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.referrals import models, projection, story
from bridgework.referrals import timeline as t
from bridgework.referrals.lifecycle import fold
from bridgework.referrals.snapshot import Referrer, Snapshot, to_json
from bridgework.referrals.story import Story

SENT = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)  # when the fixed course was sent
SHARES = 10_000
YEARS = (40.0, 5 * 365.0)  # days ago that closed referrals were sent
Told = tuple[tuple[float, str, t.Kind], ...]


@dataclass(frozen=True)
class Life:
    """One course: how many of ten thousand referrals take it, and how many days ago these were sent."""

    share: int
    days: tuple[float, float]
    told: Told
    urgency: str = "soon"
    red_flags: tuple[str, ...] = ()


def _at(days: float) -> datetime:
    return SENT + timedelta(days=days)


ACCEPTED: Told = ((0, "receiver", t.Received()), (3, "receiver", t.Accepted(provider_name="Dr. Okafor")))
REACHED: Told = (*ACCEPTED, (5, "receiver", t.ContactAttempted(channel="phone", outcome="reached")))
BOOKED: Told = (*REACHED, (6, "receiver", t.Booked(starts_at=_at(12))))
SEEN: Told = (*BOOKED, (12 * 24 + 1, "receiver", t.Attended()))
NOTED: Told = (
    *SEEN,
    (12 * 24 + 2, "receiver", t.ConsultCompleted(findings="Fracture", recommendation="Extract")),
    (12 * 24 + 3, "receiver", t.ReportSent(title="Consult report")),
    (12 * 24 + 3, "sender", t.ReportReceived()),
)
READ: Told = (*NOTED, (13 * 24, "sender", t.ReportRead()))
TREATED: Told = (
    *READ,
    (13 * 24 + 1, "receiver", t.TreatmentProposed(plan="Extraction")),
    (13 * 24 + 2, "receiver", t.TreatmentAccepted()),
    (13 * 24 + 3, "receiver", t.TreatmentScheduled(starts_at=_at(20))),
)


def _closed(told: Told, days: float, outcome: t.CloseOutcome) -> Told:
    return (*told, (days * 24, "receiver", t.Closed(outcome=outcome)))


LIVES = (
    Life(6_600, YEARS, _closed(READ, 14, "completed")),
    Life(1_000, YEARS, _closed(TREATED, 30, "completed")),
    Life(700, YEARS, _closed(REACHED, 30, "unreachable")),
    Life(500, YEARS, _closed(REACHED, 9, "declined_by_patient")),
    Life(300, YEARS, _closed(ACCEPTED, 11, "went_elsewhere")),
    Life(300, YEARS, _closed(ACCEPTED, 2, "cancelled")),
    Life(60, (0.0, 2.0), ACCEPTED[:1]),
    Life(2, (0.0, 0.2), ACCEPTED[:1], "emergency", ("spreading_infection",)),
    Life(28, (0.2, 6.0), (ACCEPTED[0], (2, "receiver", t.MoreInformationAsked(question="Is there a film?")))),
    Life(60, (0.2, 12.0), ACCEPTED, "urgent"),
    Life(60, (0.5, 20.0), REACHED),
    Life(150, (0.5, 11.0), BOOKED),
    Life(70, (8.0, 11.5), (*BOOKED, (9 * 24, "receiver", t.Confirmed(channel="sms")))),
    Life(30, (12.5, 25.0), (*BOOKED, (12 * 24 + 2, "receiver", t.NoShow()))),
    Life(50, (12.2, 16.0), SEEN),
    Life(60, (12.3, 20.0), NOTED),
    Life(30, (13.5, 20.0), TREATED),
)
assert sum(life.share for life in LIVES) == SHARES


@dataclass(frozen=True)
class Laid:
    """A course as rows: both sides' cases and the entries of the timeline."""

    life: Life
    cases: tuple[models.Case, models.Case]
    entries: tuple[models.Entry, ...]


@dataclass(frozen=True)
class Pair:
    """Who plays sender and receiver while courses are laid."""

    sender: UUID
    receiver: UUID
    office: UUID


def lay(life: Life, pair: Pair) -> Laid:
    """Fold a course by the product's own rules into the columns that its lists show."""
    referral = _referral()
    entries = tuple(_entries(life, pair, referral.id))
    known, standing = Story(referral, entries), fold(entries)
    cases = []
    for side in (pair.sender, pair.receiver):
        with viewer.acting(side):
            columns = projection.columns_of(known, standing, side)
            cases.append(projection.row_of(referral, columns, side, at=SENT))
    with viewer.acting(pair.sender):
        rows = tuple(story.to_row(entry) for entry in entries)
    return Laid(life, (cases[0], cases[1]), rows)


def snapshot() -> dict[str, object]:
    """Give the snapshot that every made-up referral carries."""
    return to_json(
        Snapshot(
            may_text=True,
            address="12 Alder Street, Portland OR 97204",
            allergies=("Penicillin",),
            medications=("Lisinopril 10 mg", "Metformin 500 mg"),
            conditions=("Hypertension",),
            history_as_of=date(2026, 1, 5),
            referrer=Referrer(office="Bench", provider="Dr. Hannah Cole", phone="+15035550120"),
        )
    )


def _referral() -> models.Referral:
    return models.Referral(
        id=uuid7(), number="BW-BENCH", patient_given="Elena", patient_family="Marquez", snapshot={}, made_at=SENT
    )


def _entries(life: Life, pair: Pair, referral_id: UUID) -> list[t.Entry]:
    request = t.Request(
        specialty="oral_surgery",
        procedure="extraction",
        urgency=life.urgency,
        red_flags=life.red_flags,
        reason="Pain on biting for two weeks, cold sensitivity, vertical fracture seen on the film. Please evaluate.",
        teeth=("19",),
    )
    sent = t.Sent(
        to_organization=pair.receiver, to_office=pair.office, to_name="Receiver", from_organization=pair.sender,
        from_name="Sender", request=request,
    )  # fmt: skip
    told: Told = ((0.0, "sender", sent), *life.told)
    return [
        t.Entry(
            id=uuid7(),
            referral_id=referral_id,
            happened_at=SENT + timedelta(hours=hours, seconds=count),
            recorded_at=SENT + timedelta(hours=hours, seconds=count),
            organization_id=pair.sender if side == "sender" else pair.receiver,
            actor=Actor(kind="person", id="bench", name="Dana Whitfield"),
            body=body,
            origin_system="bridgework",
            origin_id="",
        )
        for count, (hours, side, body) in enumerate(told)
    ]

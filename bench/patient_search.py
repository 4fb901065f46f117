"""A chart is found in a million charts of one organization, as the app role, under row-level security, audit on."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection

from bench.ground.database import Link, as_owner, copy_rows, without_indexes
from bench.ground.watch import p95, timed
from bridgework.access import viewer
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.lib.names import name_key
from bridgework.patients import queries, searching
from bridgework.patients.models import Contact, ContactKind, Patient

ROWS = 1_000_000
ROUNDS = 40
AT = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
BY = Actor(kind="job", id="bench", name="bench")

GIVEN = """Maria Elena Ana Luis Juan Carlos James Robert Michael David Linda Barbara Susan Karen Jessica Sarah Emma Olivia
Noah Liam Mia Sofia Mateo Diego Camila Wei Mei Hiro Priya Amir Fatima Yusuf Grace Henry Jack Owen Ella Nora Hazel Iris""".split()
FAMILY_BEGINS = (
    "Mar Smi John Gar Rod Wil Bro Cru Her Lop Gon And Tay Moo Lee Ngu Kim Pat Sha Oba Fer Ali Ros Win".split()
)
FAMILY_MIDDLES = "quez th son cia ri lia wn zer nan pe der lor re yen el ma no vi sa ba der li se ter ton den".split()
FAMILY_ENDS = ["", "s", "ez", "er", "man", "son", "ley", "field", "berg", "ski", "ton", "ard"]


def run(rows: int) -> tuple[dict[str, float], dict[str, float]]:
    """Fill a practice with `rows` charts and search them; milliseconds, 95th percentile over all sorts of search."""
    practice = load(rows)
    people = sample(practice)
    with viewer.acting(practice):
        figures = {
            f"{sort}_p95_ms": p95([timed(partial(found, text)) for text in texts])
            for sort, texts in searches(people).items()
        }
        floor = p95([timed(partial(bare, practice, key)) for key in keys(people)])
    figures["search_p95_ms"] = max(figures.values())
    return figures, {"search_p95_ms": floor, "one_word_p95_ms": floor}


def found(text: str) -> tuple[queries.PatientRow, ...]:
    """Search as the page does, audit row included."""
    return queries.search(text, by=BY, at=AT)


def bare(practice: UUID, key: str) -> list[tuple[object, ...]]:
    """Ask the same range by the bare statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select key, patient_id from patients_search"
            " where organization_id = %s and key >= %s and key < %s order by key, patient_id limit 80",
            [practice, key, key + "\U0010ffff"],
        )
        rows: list[tuple[object, ...]] = cursor.fetchall()
        return rows


def searches(people: list[tuple[str, str, date, str]]) -> dict[str, list[str]]:
    """Give what a desk types, by sort."""
    return {
        "one_word": [family for _, family, _, _ in people],
        "three_letters": [family[:3] for _, family, _, _ in people],
        "one_letter": [family[:1] for _, family, _, _ in people],
        "both_names": [f"{given} {family}" for given, family, _, _ in people],
        "two_beginnings": [f"{given[:3]} {family[:3]}" for given, family, _, _ in people],
        "two_letters": [f"{given[:1]} {family[:1]}" for given, family, _, _ in people],
        "birth_date": [f"{born.month}/{born.day}/{born.year}" for *_, born, _ in people],
        "birth_year_and_name": [f"{given} {born.year}-{born.month:02}" for given, _, born, _ in people],
        "phone": [phone for *_, phone in people],
        "last_four_and_name": [f"{family} {phone[-4:]}" for _, family, _, phone in people],
        "nobody": [f"{given} {family}xq" for given, family, _, _ in people],
        "two_that_never_meet": [f"{given}q {family}q" for given, family, _, _ in people],
    }


def keys(people: list[tuple[str, str, date, str]]) -> list[str]:
    """Give the ranges of the one-word searches."""
    return ["n:" + name_key(family) for _, family, _, _ in people]


def sample(practice: UUID) -> list[tuple[str, str, date, str]]:
    """Pick charts from all over the practice: given and family name, birth date, phone."""
    with viewer.acting(practice):
        picked = list(Patient.objects.filter(chart_number__gt="").order_by("id")[:ROUNDS])
        contacts = Contact.objects.filter(patient_id__in=[one.id for one in picked]).order_by("id")
        phones = {contact.patient_id: contact.value for contact in contacts}
        return [(one.given, one.family, one.birth_date or AT.date(), phones[one.id]) for one in picked]


def load(rows: int) -> UUID:
    """Fill one practice by COPY as the owner of the tables."""
    practice, chance = uuid7(), random.Random(2)
    with as_owner() as link:
        link.execute(
            "insert into network_organization (id, name, name_key, slug, kind, specialty, is_member, made_at)"
            " values (%s, 'Bench', 'bench', %s, 'general', '', true, %s)",
            [practice, f"bench-{practice.hex[-8:]}", AT],
        )
        with without_indexes(link, "patients_search"):
            for first in range(0, rows, 20_000):
                people = [person(practice, chance, number) for number in range(first, min(first + 20_000, rows))]
                copy(link, people)
        link.execute("vacuum analyze patients_patient, patients_contact, patients_search")
    return practice


def person(practice: UUID, chance: random.Random, number: int) -> tuple[Patient, Contact]:
    """Make up a chart; one in `ROWS / ROUNDS` gets a chart number, which the sample picks."""
    family = chance.choice(FAMILY_BEGINS) + chance.choice(FAMILY_MIDDLES) + chance.choice(FAMILY_ENDS)
    patient = Patient(
        organization_id=practice,
        given=chance.choice(GIVEN),
        middle=chance.choice(GIVEN) if chance.random() < 0.5 else "",
        family=family,
        birth_date=date(1935, 1, 1) + timedelta(days=chance.randrange(32_000)),
        chart_number=str(number) if number % 997 == 0 else "",
        made_at=AT,
    )
    patient.name_key = name_key(f"{patient.family} {patient.given} {patient.middle}")
    phone = f"+1503{chance.randrange(2_000_000, 9_999_999)}"
    contact = Contact(organization_id=practice, patient_id=patient.id, kind=ContactKind.PHONE, value=phone)
    return patient, contact


def copy(link: Link, people: list[tuple[Patient, Contact]]) -> None:
    """Write charts, phones and search keys as the product would."""
    copy_rows(link, "patients_patient", [patient for patient, _ in people])
    copy_rows(link, "patients_contact", [contact for _, contact in people])
    with (
        link.cursor() as cursor,
        cursor.copy("copy patients_search (organization_id, key, patient_id) from stdin") as sink,
    ):
        for patient, contact in people:
            for key in searching.keys_of(patient, [contact]):
                sink.write_row((patient.organization_id, key, patient.id))

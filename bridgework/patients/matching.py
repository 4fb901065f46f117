"""Is the person of a referral one of our patients already? Candidates with their reason; a person decides unless sure.

Nobody is taken for somebody else by a phone or a family name alone: families share both, and twins a birth date too. A
given name that could be the same is always asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from uuid import UUID

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.lib import names, phones
from bridgework.lib.actor import Actor
from bridgework.lib.names import name_key
from bridgework.patients import queries, searching
from bridgework.patients.models import Contact, ContactKind, Patient
from bridgework.patients.queries import PatientRow

MOST_COMPARED = 300
MOST_CANDIDATES = 10
_SURE = 95
_ALIKE = 0.8  # of SequenceMatcher.ratio: one letter wrong in five


@dataclass(frozen=True, kw_only=True)
class Described:
    """A person as a referral or document describes them. Phones may be written in any way."""

    given: str
    family: str
    birth_date: date | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A chart that may be the person's, with the reason in words. `is_sure`: a name and a birth date say so."""

    row: PatientRow
    reason: str
    is_sure: bool
    score: int  # higher is likelier


@dataclass(frozen=True)
class _Agreement:
    """What a chart and a description have in common."""

    same_given: bool
    like_given: bool
    same_family: bool
    like_family: bool
    same_birth: bool
    other_birth: bool  # both are known and differ
    swapped_birth: bool  # they differ by two digits changing places, or by one digit
    same_contact: bool


def likely_same(described: Described, *, by: Actor, at: datetime) -> tuple[Candidate, ...]:
    """List the viewer's charts that may belong to the person described: likeliest first, then by key."""
    numbers = frozenset(filter(None, (phones.to_e164(text) for text in described.phones)))
    candidates = []
    for patient, values in _compared(described, numbers):
        verdict = _verdict(_agreement(patient, values, described, numbers))
        if verdict:
            candidates.append((*verdict, patient))
    candidates.sort(key=lambda found: (-found[0], found[2].id))
    candidates = candidates[:MOST_CANDIDATES]
    rows = {row.id: row for row in queries.rows_of([patient.id for *_, patient in candidates])}
    audit.record("patients.compared", by=by, at=at, patients=[str(one) for one in rows])
    return tuple(
        Candidate(rows[patient.id], reason, is_sure=score >= _SURE, score=score)
        for score, reason, patient in candidates
    )


def the_same(described: Described, *, by: Actor, at: datetime) -> Candidate | None:
    """Give the one chart that surely is the person's; None when there is none or more than one."""
    sure = [candidate for candidate in likely_same(described, by=by, at=at) if candidate.is_sure]
    return sure[0] if len(sure) == 1 else None


def _verdict(found: _Agreement) -> tuple[int, str] | None:
    """Weigh what agrees; None when it speaks of two people."""
    if not found.like_given:
        return None
    same_name = found.same_given and found.same_family
    rules = (
        (same_name and found.same_birth and found.same_contact, 100, "Same name, birth date and contact."),
        (same_name and found.same_birth, 95, "Same name and birth date."),
        (
            found.like_family and found.same_birth and found.same_contact,
            90,
            "Same birth date and contact, similar name.",
        ),
        (found.like_family and found.same_birth, 80, "Same birth date, similar name."),
        (found.same_birth and found.same_contact, 75, "Same birth date and contact, another family name."),
        (same_name and found.same_contact and found.swapped_birth, 70, "Same name and contact; check the birth date."),
        (same_name and found.swapped_birth, 60, "Same name; the birth dates differ by a slip."),
        (found.other_birth, 0, ""),
        (same_name and found.same_contact, 65, "Same name and contact; a birth date is missing."),
        (found.like_family and found.same_contact, 55, "Same contact, similar name; a birth date is missing."),
        (same_name, 40, "Same name; a birth date is missing."),
    )
    score, reason = next(((score, reason) for holds, score, reason in rules if holds), (0, ""))
    return (score, reason) if score else None


def _compared(described: Described, numbers: frozenset[str]) -> list[tuple[Patient, frozenset[str]]]:
    """Fetch the charts that share a phone, the birth date or the name, with their contacts."""
    keys = {"p:" + number.removeprefix("+") for number in numbers}
    if described.birth_date:
        keys |= names.birth_date_keys(described.birth_date)
    found = dict.fromkeys(searching.holders(keys, most=MOST_COMPARED)) if keys else {}
    found |= dict.fromkeys(searching.matching(f"{described.family} {described.given}", limit=50))
    patients = Patient.objects.filter(organization_id=viewer.current(), id__in=list(found)).order_by("id")
    contacts = Contact.objects.filter(organization_id=viewer.current(), patient_id__in=list(found)).order_by("id")
    values: dict[UUID, set[str]] = {}
    for contact in contacts:
        value = contact.value if contact.kind == ContactKind.PHONE else contact.value.lower()
        values.setdefault(contact.patient_id, set()).add(value)
    return [(patient, frozenset(values.get(patient.id, ()))) for patient in patients]


def _agreement(patient: Patient, values: frozenset[str], described: Described, numbers: frozenset[str]) -> _Agreement:
    known = [name_key(name) for name in (patient.given, patient.preferred_name) if name]
    given, family = name_key(described.given), name_key(described.family)
    born, other = patient.birth_date, described.birth_date
    both = born is not None and other is not None
    return _Agreement(
        same_given=bool(given) and given in known,
        like_given=bool(given) and any(_alike(given, name) for name in known),
        same_family=bool(family) and family == name_key(patient.family),
        like_family=bool(family) and _alike(family, name_key(patient.family)),
        same_birth=both and born == other,
        other_birth=both and born != other,
        swapped_birth=born is not None and other is not None and _differ_by_a_slip(born, other),
        same_contact=bool(values & (numbers | {email.strip().lower() for email in described.emails})),
    )


def _alike(one: str, other: str) -> bool:
    """Tell whether two folded names could be one: a part of the other (Ana, Ana Lucía; J, John), or a slip."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter:
        return False
    if longer.startswith(shorter) or set(shorter.split()) & set(longer.split()):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _differ_by_a_slip(one: date, other: date) -> bool:
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return one != other
    pairs = [(a, b) for a, b in zip(one.isoformat(), other.isoformat(), strict=True) if a != b]
    swapped = len(pairs) == 2 and pairs[0] == pairs[1][::-1]
    return len(pairs) == 1 or swapped

"""Reading charts. Whoever reads is written down in the same call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.lib.actor import Actor
from bridgework.patients import searching
from bridgework.patients.models import Contact, ContactKind, Guardian, HistoryItem, HistoryKind, Patient


class After(NamedTuple):
    """The last row of the page before."""

    name_key: str
    patient_id: UUID


@dataclass(frozen=True)
class PatientRow:
    """A patient as lists and search results show them. `phone` is E.164 or empty."""

    id: UUID
    given: str
    family: str
    preferred_name: str
    name_key: str
    birth_date: date | None
    phone: str
    chart_number: str
    is_deceased: bool

    @property
    def name(self) -> str:
        """Write the name in the order in which people say it."""
        return f"{self.given} {self.family}".strip()

    @property
    def after(self) -> After:
        """Give the place of this row, from which the next page goes on."""
        return After(self.name_key, self.id)


@dataclass(frozen=True)
class Chart:
    """A whole chart. Contacts come preferred first, history as it was noted."""

    patient: Patient
    contacts: tuple[Contact, ...]
    guardian: Guardian | None
    history: tuple[HistoryItem, ...]

    @property
    def phone(self) -> str:
        """Give the phone to call first, E.164, or nothing."""
        return next((contact.value for contact in self.contacts if contact.kind == ContactKind.PHONE), "")

    @property
    def email(self) -> str:
        """Give the e-mail address to write to first, or nothing."""
        return next((contact.value for contact in self.contacts if contact.kind == ContactKind.EMAIL), "")

    def standing(self, kind: str) -> tuple[HistoryItem, ...]:
        """List what holds today of one kind of history."""
        return tuple(item for item in self.history if item.kind == kind and item.ended_on is None)

    @property
    def allergies(self) -> tuple[str, ...]:
        """List the allergies that hold today, in words."""
        return tuple(item.text for item in self.standing(HistoryKind.ALLERGY))

    @property
    def medications(self) -> tuple[str, ...]:
        """List the medications that the patient takes today, in words."""
        return tuple(item.text for item in self.standing(HistoryKind.MEDICATION))

    @property
    def conditions(self) -> tuple[str, ...]:
        """List the conditions that hold today, in words."""
        return tuple(item.text for item in self.standing(HistoryKind.CONDITION))

    @property
    def insurance(self) -> tuple[str, ...]:
        """List the insurances that hold today, in words."""
        return tuple(item.text for item in self.standing(HistoryKind.INSURANCE))


def search(text: str, *, by: Actor, at: datetime, limit: int = 20) -> tuple[PatientRow, ...]:
    """Find patients by any word of the name in any order, birth date, phone or its last four; several narrow.

    Ordered by the key that matched, then by chart. Four statements, in a million charts as in ten.
    """
    rows = rows_of(searching.matching(text, limit=limit))
    audit.record("patients.searched", by=by, at=at, patients=[str(row.id) for row in rows])
    return rows


def by_name(*, by: Actor, at: datetime, after: After | None = None, limit: int = 50) -> tuple[PatientRow, ...]:
    """List patients by family name, then given name, then key, from `after` on."""
    patients = Patient.objects.filter(organization_id=viewer.current())
    if after is not None:
        # The first bound is implied by the second and lets the index begin there.
        patients = patients.filter(name_key__gte=after.name_key)
        patients = patients.filter(Q(name_key__gt=after.name_key) | Q(name_key=after.name_key, id__gt=after.patient_id))
    found = tuple(patients.order_by("name_key", "id")[:limit])
    rows = _as_rows(found)
    audit.record("patients.listed", by=by, at=at, patients=[str(row.id) for row in rows])
    return rows


def chart(patient_id: UUID, *, by: Actor, at: datetime) -> Chart:
    """Open a chart; that it was looked at is written down. Raises Patient.DoesNotExist."""
    patient = Patient.objects.get(organization_id=viewer.current(), id=patient_id)
    audit.record("patient.viewed", by=by, at=at, patient_id=patient.id)
    contacts = Contact.objects.filter(organization_id=viewer.current(), patient_id=patient_id)
    guardians = Guardian.objects.filter(organization_id=viewer.current(), patient_id=patient_id)
    history = HistoryItem.objects.filter(organization_id=viewer.current(), patient_id=patient_id)
    return Chart(
        patient=patient,
        contacts=tuple(contacts.order_by("-is_preferred", "kind", "id")),
        guardian=guardians.order_by("id").first(),
        history=tuple(history.order_by("kind", "noted_on", "id")),
    )


def rows_of(patient_ids: Sequence[UUID]) -> tuple[PatientRow, ...]:
    """Give the rows of these charts in the order of the ids; the caller writes down who reads them."""
    patients = Patient.objects.filter(organization_id=viewer.current(), id__in=patient_ids).order_by("id")
    by_id = {patient.id: patient for patient in patients}
    return _as_rows(tuple(by_id[one] for one in patient_ids if one in by_id))


def _as_rows(patients: Sequence[Patient]) -> tuple[PatientRow, ...]:
    ids = [patient.id for patient in patients]
    phones = Contact.objects.filter(organization_id=viewer.current(), patient_id__in=ids, kind=ContactKind.PHONE)
    numbers: dict[UUID, str] = {}
    for contact in phones.order_by("-is_preferred", "id"):
        numbers.setdefault(contact.patient_id, contact.value)
    return tuple(_row(patient, numbers.get(patient.id, "")) for patient in patients)


def _row(patient: Patient, phone: str) -> PatientRow:
    return PatientRow(
        id=patient.id,
        given=patient.given,
        family=patient.family,
        preferred_name=patient.preferred_name,
        name_key=patient.name_key,
        birth_date=patient.birth_date,
        phone=phone,
        chart_number=patient.chart_number,
        is_deceased=patient.is_deceased,
    )

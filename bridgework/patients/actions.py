"""Writing charts. Each action leaves the search keys as the chart says and its line in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.lib.names import name_key
from bridgework.patients import searching
from bridgework.patients.models import Contact, Guardian, HistoryItem, Patient
from bridgework.patients.particulars import (
    Particulars,
    Reach,
    Speaker,
    UnfitChart,
    clean_contacts,
    clean_history,
    clean_particulars,
    clean_speaker,
)


class NoSuchChart(UnfitChart):
    """There is no such chart in the viewer's organization."""


@transaction.atomic
def make_patient(
    *,
    particulars: Particulars,
    contacts: Sequence[Reach] = (),
    guardian: Speaker | None = None,
    patient_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Patient:
    """Open a chart. With `patient_id`, the same call again (a form sent twice) gives the chart that is there.

    Raises Unfit.
    """
    if patient_id and (made := Patient.objects.filter(organization_id=viewer.current(), id=patient_id).first()):
        return made
    cleaned = clean_particulars(particulars, on=at.date())
    patient = Patient(id=patient_id or uuid7(), organization_id=viewer.current(), made_at=at)
    _fill(patient, cleaned)
    patient.save(force_insert=True)
    _write_contacts(patient, clean_contacts(contacts))
    if guardian is not None:
        _write_guardian(patient, clean_speaker(guardian))
    searching.refresh_keys(patient)
    audit.record("patient.made", by=by, at=at, patient_id=patient.id)
    return patient


@transaction.atomic
def change_patient(*, patient_id: UUID, particulars: Particulars, by: Actor, at: datetime) -> Patient:
    """Change what a chart says of the person. Raises NoSuchChart or Unfit."""
    patient = _chart(patient_id)
    before = {name: getattr(patient, name) for name in asdict(particulars)}
    _fill(patient, clean_particulars(particulars, on=at.date()))
    changed = sorted(name for name, value in before.items() if getattr(patient, name) != value)
    if changed:
        patient.save(force_update=True)
        searching.refresh_keys(patient)
        audit.record("patient.changed", by=by, at=at, patient_id=patient.id, fields=changed)
    return patient


@transaction.atomic
def set_contacts(*, patient_id: UUID, contacts: Sequence[Reach], by: Actor, at: datetime) -> Patient:
    """Replace all phone numbers and e-mail addresses of a chart. Raises NoSuchChart, NotAPhone, NotAnEmail or Unfit."""
    patient = _chart(patient_id)
    cleaned = clean_contacts(contacts)
    Contact.objects.filter(organization_id=viewer.current(), patient_id=patient.id).delete()
    _write_contacts(patient, cleaned)
    searching.refresh_keys(patient)
    audit.record("patient.contacts_set", by=by, at=at, patient_id=patient.id)
    return patient


@transaction.atomic
def set_guardian(*, patient_id: UUID, guardian: Speaker | None, by: Actor, at: datetime) -> Patient:
    """Say who speaks for the patient, or that nobody has to any more. Raises NoSuchChart or Unfit."""
    patient = _chart(patient_id)
    cleaned = clean_speaker(guardian) if guardian else None
    Guardian.objects.filter(organization_id=viewer.current(), patient_id=patient.id).delete()
    if cleaned:
        _write_guardian(patient, cleaned)
    audit.record("patient.guardian_set", by=by, at=at, patient_id=patient.id)
    return patient


@transaction.atomic
def note_history(*, patient_id: UUID, kind: str, text: str, by: Actor, at: datetime) -> HistoryItem:
    """Note an allergy, medication, condition or insurance; one that stands there already is returned as it is.

    Raises NoSuchChart or Unfit.
    """
    patient = _chart(patient_id)
    words = clean_history(kind, text)
    items = HistoryItem.objects.filter(organization_id=viewer.current(), patient_id=patient.id, kind=kind)
    standing = items.filter(ended_on__isnull=True, text__iexact=words).order_by("id").first()
    if standing:
        return standing
    item = HistoryItem.objects.create(
        organization_id=viewer.current(), patient_id=patient.id, kind=kind, text=words, noted_on=at.date()
    )
    audit.record("patient.history_noted", by=by, at=at, patient_id=patient.id, kind=kind, item_id=str(item.id))
    return item


@transaction.atomic
def end_history(*, item_id: UUID, by: Actor, at: datetime) -> HistoryItem:
    """Say that a medication was stopped, an allergy ruled out, an insurance ended; the line stays in the chart.

    Raises NoSuchChart.
    """
    items = HistoryItem.objects.select_for_update().filter(organization_id=viewer.current(), id=item_id)
    item = items.first()
    if item is None:
        raise NoSuchChart("This line is not in the chart.", "item")
    if item.ended_on is None:
        item.ended_on = at.date()
        item.save(update_fields=["ended_on"])
        audit.record("patient.history_ended", by=by, at=at, patient_id=item.patient_id, item_id=str(item.id))
    return item


def _chart(patient_id: UUID) -> Patient:
    """Lock a chart, so that two people who change it at once come one after the other."""
    rows = Patient.objects.select_for_update().filter(organization_id=viewer.current(), id=patient_id)
    patient = rows.first()
    if patient is None:
        raise NoSuchChart("There is no such patient in your practice.", "patient")
    return patient


def _fill(patient: Patient, cleaned: Particulars) -> None:
    for name, value in asdict(cleaned).items():
        setattr(patient, name, value)
    patient.name_key = name_key(f"{cleaned.family} {cleaned.given} {cleaned.middle}")


def _write_contacts(patient: Patient, contacts: Sequence[Reach]) -> None:
    Contact.objects.bulk_create(
        Contact(organization_id=patient.organization_id, patient_id=patient.id, **asdict(contact))
        for contact in contacts
    )


def _write_guardian(patient: Patient, speaker: Speaker) -> None:
    Guardian.objects.create(organization_id=patient.organization_id, patient_id=patient.id, **asdict(speaker))

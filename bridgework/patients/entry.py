"""A whole chart as one form holds it: person, contacts, guardian and history, saved together or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bridgework.access import viewer
from bridgework.lib.actor import Actor
from bridgework.patients import actions
from bridgework.patients.models import HistoryItem, Patient
from bridgework.patients.particulars import Particulars, Reach, Speaker, clean_contacts, clean_history, clean_speaker
from bridgework.patients.queries import Chart


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Everything that the form of a patient asks. `history` holds, by kind, the lines that are true today."""

    particulars: Particulars
    contacts: Sequence[Reach] = ()
    guardian: Speaker | None = None
    history: Mapping[str, Sequence[str]] = field(default_factory=dict)


@transaction.atomic
def open_chart(*, patient_id: UUID, entry: Entry, by: Actor, at: datetime) -> Patient:
    """Open a chart under a key that the form carries; the same form sent twice opens one chart. Raises Unfit."""
    if known := Patient.objects.filter(organization_id=viewer.current(), id=patient_id).first():
        return known
    patient = actions.make_patient(
        particulars=entry.particulars,
        contacts=entry.contacts,
        guardian=entry.guardian,
        patient_id=patient_id,
        by=by,
        at=at,
    )
    _write_history(patient.id, entry.history, (), by, at)
    return patient


@transaction.atomic
def change_chart(*, chart: Chart, entry: Entry, by: Actor, at: datetime) -> Patient:
    """Bring a chart up to what the form says; what did not change is not touched. Raises NoSuchChart or Unfit."""
    patient_id = chart.patient.id
    patient = actions.change_patient(patient_id=patient_id, particulars=entry.particulars, by=by, at=at)
    if clean_contacts(entry.contacts) != contacts_of(chart):
        actions.set_contacts(patient_id=patient_id, contacts=entry.contacts, by=by, at=at)
    guardian = clean_speaker(entry.guardian) if entry.guardian else None
    if guardian != guardian_of(chart):
        actions.set_guardian(patient_id=patient_id, guardian=guardian, by=by, at=at)
    _write_history(patient_id, entry.history, chart.history, by, at)
    return patient


def contacts_of(chart: Chart) -> tuple[Reach, ...]:
    """Give the contacts of a chart as a form holds them."""
    return tuple(
        Reach(kind=one.kind, value=one.value, label=one.label, is_preferred=one.is_preferred) for one in chart.contacts
    )


def guardian_of(chart: Chart) -> Speaker | None:
    """Give the guardian of a chart as a form holds them."""
    one = chart.guardian
    return Speaker(name=one.name, relation=one.relation, phone=one.phone, email=one.email) if one else None


def _write_history(
    patient_id: UUID, wanted: Mapping[str, Sequence[str]], present: Sequence[HistoryItem], by: Actor, at: datetime
) -> None:
    for kind, texts in wanted.items():
        lines = {clean_history(kind, text).casefold(): text for text in texts if text.strip()}
        for item in present:
            if item.kind == kind and item.ended_on is None and not lines.pop(item.text.casefold(), None):
                actions.end_history(item_id=item.id, by=by, at=at)
        for text in lines.values():
            actions.note_history(patient_id=patient_id, kind=kind, text=text, by=by, at=at)

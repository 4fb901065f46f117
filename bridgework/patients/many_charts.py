"""Opening very many charts at once, when an office moves in with those it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bridgework.access import copying, viewer
from bridgework.audit import actions as audit
from bridgework.lib.actor import Actor
from bridgework.lib.names import name_key
from bridgework.patients import searching
from bridgework.patients.models import Contact, Guardian, HistoryItem, Patient, PatientSearch
from bridgework.patients.particulars import (
    Particulars,
    Reach,
    Speaker,
    clean_contacts,
    clean_history,
    clean_particulars,
    clean_speaker,
)


@dataclass(frozen=True, kw_only=True)
class NewChart:
    """A chart as it shall be. `history` pairs a kind of history with its words."""

    id: UUID
    particulars: Particulars
    made_at: datetime
    contacts: tuple[Reach, ...] = ()
    guardian: Speaker | None = None
    history: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def open_charts(charts: Sequence[NewChart], *, by: Actor, at: datetime) -> None:
    """Open charts in the viewer's organization, each as `make_patient` would have done at its own time. Raises Unfit."""
    here = viewer.current()
    patients, contacts, guardians, history, keys = [], [], [], [], []
    for chart in charts:
        patient = _patient(chart, here)
        mine = {"organization_id": here, "patient_id": patient.id}
        reaches = [Contact(**mine, **asdict(reach)) for reach in clean_contacts(chart.contacts)]
        patients.append(patient)
        contacts += reaches
        if chart.guardian is not None:
            guardians.append(Guardian(**mine, **asdict(clean_speaker(chart.guardian))))
        noted_on = chart.made_at.date()
        for kind, text in chart.history:
            history.append(HistoryItem(**mine, kind=kind, text=clean_history(kind, text), noted_on=noted_on))
        keys += [PatientSearch(**mine, key=key) for key in sorted(searching.keys_of(patient, reaches))]
    for rows in (patients, contacts, guardians, history, keys):
        copying.insert_rows(rows)
    audit.record_each("patient.made", by=by, at=at, patient_ids=[patient.id for patient in patients])


def _patient(chart: NewChart, organization_id: UUID) -> Patient:
    cleaned = clean_particulars(chart.particulars, on=chart.made_at.date())
    name = f"{cleaned.family} {cleaned.given} {cleaned.middle}"
    return Patient(
        id=chart.id, organization_id=organization_id, made_at=chart.made_at, name_key=name_key(name), **asdict(cleaned)
    )

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bridgework.access import viewer
from bridgework.audit.models import Event
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import Unfit
from bridgework.patients import actions, searching
from bridgework.patients.many_charts import NewChart, open_charts
from bridgework.patients.models import Contact, Guardian, HistoryItem, Patient, PatientSearch
from bridgework.patients.particulars import Particulars, Reach, Speaker
from tests.cast import NOON, Cast

NIA = Particulars(family="de la Cruz-Pérez", given="Nia", birth_date=date(2014, 5, 6), sex="female", language="es")
REACHES = (Reach(kind="phone", value="(541) 555-0142", is_preferred=True), Reach(kind="email", value="n@example.org"))
MOTHER = Speaker(name="Rosa Pérez", relation="mother", phone="541 555 0142")


def rows_of(patient: Patient) -> list[Any]:
    """Give everything that a chart consists of, without its keys."""
    found: list[Any] = []
    for model in (Patient, Contact, Guardian, HistoryItem, PatientSearch):
        mine = {"id": patient.id} if model is Patient else {"patient_id": patient.id}
        for row in model.objects.filter(**mine).values():
            found.append((model.__name__, {k: v for k, v in row.items() if k not in ("id", "pk", "patient_id")}))
    return sorted(found, key=repr)


def test_charts_opened_together_equal_those_opened_one_by_one(cast: Cast) -> None:
    by = cast.surgery.actor
    with viewer.acting(cast.surgery.id):
        single = actions.make_patient(particulars=NIA, contacts=REACHES, guardian=MOTHER, by=by, at=NOON)
        actions.note_history(patient_id=single.id, kind="allergy", text="Latex", by=by, at=NOON)
        chart = NewChart(
            id=uuid7(NOON), particulars=NIA, contacts=REACHES, guardian=MOTHER, made_at=NOON,
            history=(("allergy", "Latex"),),
        )  # fmt: skip
        open_charts([chart], by=by, at=NOON)
        together = Patient.objects.get(id=chart.id)
        assert rows_of(together) == rows_of(single)
        assert set(searching.matching("perez", limit=5)) == {single.id, together.id}
        assert Event.objects.filter(patient_id=together.id, act="patient.made").count() == 1
    with viewer.acting(cast.outsider.id):
        assert not Patient.objects.exists()


def test_one_unfit_chart_stops_all(cast: Cast) -> None:
    born_tomorrow = Particulars(family="Early", birth_date=date(2026, 4, 1))
    charts = [NewChart(id=uuid7(), particulars=person, made_at=NOON) for person in (NIA, born_tomorrow)]
    with viewer.acting(cast.surgery.id), pytest.raises(Unfit):
        open_charts(charts, by=cast.surgery.actor, at=NOON)

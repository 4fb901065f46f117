from dataclasses import dataclass, replace
from datetime import date

from bridgework.access import viewer
from bridgework.patients import charts, queries
from bridgework.patients.charts import History
from bridgework.patients.models import Patient
from tests.cast import NOON, Cast


@dataclass(frozen=True)
class Referred:
    given: str = "Elena"
    family: str = "Márquez"
    birth_date: date | None = date(1968, 3, 4)
    sex: str = "female"
    phone: str = "+15035550142"
    email: str = "elena@example.org"


HISTORY = History(allergies=["Latex", "latex"], medications=["Warfarin 5 mg", " "], insurance=["Delta"])


def test_chart_of_a_referred_patient_is_opened_once_with_what_came_along(cast: Cast) -> None:
    by = cast.surgery.actor
    with viewer.acting(cast.surgery.id):
        made = charts.find_or_make(Referred(), HISTORY, by=by, at=NOON)
        again = charts.find_or_make(Referred(given="elena", phone=""), History(allergies=["Nickel"]), by=by, at=NOON)
        chart = queries.chart(made, by=by, at=NOON)
    assert again == made
    assert (chart.allergies, chart.medications, chart.insurance) == (("Latex",), ("Warfarin 5 mg",), ("Delta",))
    assert (chart.phone, chart.email, chart.patient.sex) == ("+15035550142", "elena@example.org", "female")


def test_what_is_only_likely_the_same_person_gets_a_chart_of_its_own(cast: Cast) -> None:
    by = cast.surgery.actor
    with viewer.acting(cast.surgery.id):
        made = charts.find_or_make(Referred(), HISTORY, by=by, at=NOON)
        for other in (replace(Referred(), given="Rosa"), replace(Referred(), birth_date=None)):
            assert charts.find_or_make(other, History(), by=by, at=NOON) != made
        assert Patient.objects.count() == 3


def test_what_cannot_be_used_is_left_out(cast: Cast) -> None:
    wrong = Referred(given="x" * 300, birth_date=date(2090, 1, 1), sex="F", phone="555-0142", email="nobody")
    with viewer.acting(cast.surgery.id):
        made = charts.find_or_make(wrong, History(conditions=["y" * 2000]), by=cast.surgery.actor, at=NOON)
        chart = queries.chart(made, by=cast.surgery.actor, at=NOON)
    assert (chart.patient.birth_date, chart.patient.sex, chart.contacts) == (None, "unknown", ())
    assert len(chart.conditions[0]) == 500

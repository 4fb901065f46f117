from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bridgework.access import viewer
from bridgework.audit.models import Event
from bridgework.patients import actions, queries
from bridgework.patients.models import Patient
from bridgework.patients.particulars import Particulars, Reach
from tests.cast import NOON, Cast

PEOPLE = [
    ("Elena", "Sofía", "Márquez", date(1968, 3, 4), "5035550142"),
    ("Elena", "", "Ortiz", date(1968, 3, 9), "5035550143"),
    ("Juan", "Carlos", "de la Cruz", date(2015, 7, 21), "5035550142"),
    ("María", "", "Cruz", date(1991, 12, 2), "9715550199"),
    ("Shaun", "", "O’Brien", date(1950, 1, 1), "5415550177"),
    ("Sam", "", "Smith", date(1980, 5, 5), "5035551234"),
    ("Smith", "", "Samuels", date(1981, 6, 6), "5035554321"),
]


def make(given: str, middle: str, family: str, born: date | None, phone: str, cast: Cast) -> Patient:
    return actions.make_patient(
        particulars=Particulars(given=given, middle=middle, family=family, birth_date=born),
        contacts=[Reach(kind="phone", value=phone)] if phone else [],
        by=cast.general.actor,
        at=NOON,
    )


@contextmanager
def charts(cast: Cast) -> Iterator[None]:
    with viewer.acting(cast.general.id):
        for person in PEOPLE:
            make(*person, cast=cast)
        yield


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("marquez", {"Elena Márquez"}),
        ("MÁRQ", {"Elena Márquez"}),
        ("sofia", {"Elena Márquez"}),
        ("elena", {"Elena Márquez", "Elena Ortiz"}),
        ("Márquez, Elena", {"Elena Márquez"}),
        ("elena mar", {"Elena Márquez"}),
        ("ele mar", {"Elena Márquez"}),
        ("mar ele", {"Elena Márquez"}),
        ("elena sofia marquez", {"Elena Márquez"}),
        ("el so ma", {"Elena Márquez"}),
        ("so ma", {"Elena Márquez"}),
        ("marq el sof", {"Elena Márquez"}),
        ("marq el sofx", set()),
        ("el m", {"Elena Márquez"}),
        ("e ma", {"Elena Márquez"}),
        ("m e", set()),
        ("mari cru", {"María Cruz"}),
        ("cruz mari", {"María Cruz"}),
        ("1968-03-04 0142", {"Elena Márquez"}),
        ("cruz", {"Juan de la Cruz", "María Cruz"}),
        ("de la cruz", {"Juan de la Cruz"}),
        ("dela", {"Juan de la Cruz"}),
        ("cruz ju", {"Juan de la Cruz"}),
        ("obrien", {"Shaun O’Brien"}),
        ("o'brien", {"Shaun O’Brien"}),
        ("smith", {"Sam Smith", "Smith Samuels"}),
        ("sam smith", {"Sam Smith", "Smith Samuels"}),
        ("3/4/1968", {"Elena Márquez"}),
        ("1968-03", {"Elena Márquez", "Elena Ortiz"}),
        ("(503) 555-0142", {"Elena Márquez", "Juan de la Cruz"}),
        ("+1 503 555 0142", {"Elena Márquez", "Juan de la Cruz"}),
        ("0142", {"Elena Márquez", "Juan de la Cruz"}),
        ("5550142", {"Elena Márquez", "Juan de la Cruz"}),
        ("cruz 0142", {"Juan de la Cruz"}),
        ("elena 3/9/1968", {"Elena Ortiz"}),
        ("elena (503) 555 0142", {"Elena Márquez"}),
        ("", set()),
        ("  %_ ", set()),
        ("nobody", set()),
        ("'; drop table patients_patient; --", set()),
    ],
)
def test_patient_is_found(cast: Cast, text: str, names: set[str]) -> None:
    with charts(cast):
        rows = queries.search(text, by=cast.general.actor, at=NOON)
        assert {row.name for row in rows} == names
        assert len(rows) == len(names)


def test_search_stops_at_its_limit_and_keeps_its_order(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        made = [make("Ana", f"B{n}", "Abel", None, "", cast) for n in range(25)]
        first = queries.search("ana", by=cast.general.actor, at=NOON, limit=10)
        everyone = queries.search("ana", by=cast.general.actor, at=NOON, limit=100)
        assert first == everyone[:10]
        assert {row.id for row in everyone} == {patient.id for patient in made}


def test_search_writes_down_whom_it_showed_and_takes_few_statements(cast: Cast) -> None:
    with charts(cast):
        with CaptureQueriesContext(connection) as statements:
            (row,) = queries.search("marq", by=cast.general.actor, at=NOON)
        event = Event.objects.get(act="patients.searched")
        assert event.detail == {"patients": [str(row.id)]}
        assert len(statements) == 4
        assert row.phone == "+15035550142"


def test_list_pages_by_name_without_gap_or_repetition(cast: Cast) -> None:
    by = cast.general.actor
    with charts(cast):
        for _ in range(4):
            make("Ana", "", "Cruz", None, "", cast)
        whole = queries.by_name(by=by, at=NOON)
        paged: list[queries.PatientRow] = []
        while page := queries.by_name(by=by, at=NOON, after=paged[-1].after if paged else None, limit=2):
            paged += page
    assert paged == list(whole)
    assert [row.name_key for row in whole] == sorted(row.name_key for row in whole)
    assert len({row.id for row in whole}) == 11

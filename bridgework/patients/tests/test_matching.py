from datetime import date

import pytest

from bridgework.access import viewer
from bridgework.audit.models import Event
from bridgework.patients import actions, matching
from bridgework.patients.matching import Candidate, Described
from bridgework.patients.particulars import Particulars, Reach
from tests.cast import NOON, Cast

BORN = date(1968, 3, 4)


def candidates(cast: Cast, described: Described) -> tuple[Candidate, ...]:
    with viewer.acting(cast.surgery.id):
        person = Particulars(given="Elena", family="Márquez", preferred_name="Lena", birth_date=BORN)
        contacts = [Reach(kind="phone", value="5035550142"), Reach(kind="email", value="elena@example.org")]
        actions.make_patient(particulars=person, contacts=contacts, by=cast.surgery.actor, at=NOON)
        undated = Particulars(given="Pat", family="Undated")
        actions.make_patient(particulars=undated, by=cast.surgery.actor, at=NOON)
        return matching.likely_same(described, by=cast.surgery.actor, at=NOON)


@pytest.mark.parametrize(
    ("described", "is_sure"),
    [
        (Described(given="Elena", family="Marquez", birth_date=BORN), True),
        (Described(given="ELENA", family="MÁRQUEZ", birth_date=BORN, phones=("503-555-0142",)), True),
        (Described(given="Lena", family="Marquez", birth_date=BORN), True),
        (Described(given="Elena Sofía", family="Marquez", birth_date=BORN), False),
        (Described(given="Elna", family="Marquez", birth_date=BORN), False),
        (Described(given="Elena", family="Marques", birth_date=BORN), False),
        (Described(given="Elena", family="Ruiz", birth_date=BORN, phones=("5035550142",)), False),
        (Described(given="Elena", family="Marquez", birth_date=date(1968, 4, 3)), False),
        (Described(given="Elena", family="Marquez", birth_date=date(1986, 3, 4), emails=("ELENA@example.org",)), False),
        (Described(given="Elena", family="Marquez"), False),
        (Described(given="Elena", family="Marquez", phones=("5035550142",)), False),
    ],
)
def test_likely_the_same_person_is_proposed_with_a_reason(cast: Cast, described: Described, is_sure: bool) -> None:
    (found,) = candidates(cast, described)
    assert (found.row.name, found.is_sure) == ("Elena Márquez", is_sure)
    assert found.reason.endswith(".")


@pytest.mark.parametrize(
    "described",
    [
        Described(given="Rosa", family="Marquez", birth_date=BORN, phones=("5035550142",)),
        Described(given="Luis", family="Marquez", phones=("5035550142",)),
        Described(given="Elena", family="Marquez", birth_date=date(1999, 9, 9)),
        Described(given="Elena", family="Marquez", birth_date=date(1999, 9, 9), phones=("5035550142",)),
        Described(given="Elena", family="Ortiz", birth_date=BORN),
        Described(given="", family=""),
        Described(given="", family="Marquez", birth_date=BORN, phones=("not a phone",)),
    ],
    ids=["twin", "brother", "namesake", "daughter", "stranger", "nobody", "half a name"],
)
def test_somebody_else_is_not_proposed(cast: Cast, described: Described) -> None:
    assert candidates(cast, described) == ()


def test_one_sure_chart_is_the_same_and_two_are_a_question(cast: Cast) -> None:
    elena = Described(given="Elena", family="Marquez", birth_date=BORN)
    (found,) = candidates(cast, elena)
    by = cast.surgery.actor
    with viewer.acting(cast.surgery.id):
        the_same = matching.the_same(elena, by=by, at=NOON)
        assert the_same is not None
        assert the_same.row.id == found.row.id
        twice = Particulars(given="Elena", family="Márquez", birth_date=BORN)
        actions.make_patient(particulars=twice, by=by, at=NOON)
        assert matching.the_same(elena, by=by, at=NOON) is None
        assert Event.objects.filter(act="patients.compared").count() == 3


def test_another_organizations_chart_is_never_proposed(cast: Cast) -> None:
    elena = Described(given="Elena", family="Marquez", birth_date=BORN, phones=("5035550142",))
    assert candidates(cast, elena)
    with viewer.acting(cast.outsider.id):
        assert matching.likely_same(elena, by=cast.outsider.actor, at=NOON) == ()

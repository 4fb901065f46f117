import threading
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from bridgework.access import viewer
from bridgework.accounts import first_run, queries
from bridgework.accounts.first_run import FirstPerson
from bridgework.accounts.models import User
from bridgework.audit.models import Event
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import Unfit
from bridgework.network.listing import Place, Practice
from bridgework.network.models import Office, Organization
from tests.cast import NOON, Cast, raw

ANA = FirstPerson(email="ana@alder.example.org", name="Ana Alder", password="quiet-copper-lantern", role="everyone")
PRACTICE = Practice(name="Alder Dental")
PLACE = Place(name="Alder Dental", city="Salem", zone="America/Los_Angeles")


def set_up(person: FirstPerson = ANA, **more: Any) -> User:
    given: dict[str, Any] = {"practice": PRACTICE, "place": PLACE, "person": person, "at": NOON} | more
    with viewer.acting(uuid7()):
        return first_run.set_up(**given)


def test_first_person_gets_a_practice_with_an_office_and_may_do_everything(db: None) -> None:
    assert not first_run.is_set_up()
    user = set_up()
    assert first_run.is_set_up()
    assert user.check_password(ANA.password)
    (row,) = queries.memberships_of(user.id)
    assert (row.organization_name, row.role) == ("Alder Dental", "everyone")
    with viewer.acting(row.organization_id):
        assert Office.objects.get().city == "Salem"
        told = Event.objects.order_by("id").values_list("act", "actor_id")
        assert set(told) == {
            (act, str(user.id)) for act in ("organization.registered", "office.added", "membership.granted")
        }


def test_second_practice_is_not_set_up_this_way(cast: Cast) -> None:
    before = raw("select count(*) from accounts_user")
    assert first_run.is_set_up()
    with pytest.raises(first_run.SetUpAlready):
        set_up()
    assert raw("select count(*) from accounts_user") == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"person": replace(ANA, password="ana@alder.example.org")}, "password"),
        ({"person": replace(ANA, password="short")}, "password"),
        ({"person": replace(ANA, role="front_desk")}, "role"),
        ({"person": replace(ANA, role="owner")}, "role"),
        ({"person": replace(ANA, email="ana")}, "email"),
        ({"person": replace(ANA, name=" ")}, "name"),
        ({"practice": Practice(name="")}, "name"),
        ({"place": replace(PLACE, zone="Mars/Olympus")}, "zone"),
    ],
)
def test_what_cannot_be_used_keeps_nothing(db: None, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Unfit) as refused:
        set_up(**wrong)
    assert refused.value.field == field
    assert raw("select count(*) from accounts_user") == [(0,)]
    assert not first_run.is_set_up()


def test_of_two_people_at_once_one_sets_it_up(transactional_db: None) -> None:
    together, ends = threading.Barrier(2), []

    def run(number: int) -> None:
        together.wait(timeout=10)
        try:
            set_up(replace(ANA, email=f"ana{number}@alder.example.org"))
            ends.append("set up")
        except first_run.SetUpAlready:
            ends.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(ends) == ["set up", "too late"]
    with viewer.acting(uuid7()):
        assert Organization.objects.count() == 1
    assert User.objects.count() == 1

from dataclasses import replace
from datetime import date, time

import pytest

from bridgework.access import viewer
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import Unfit
from bridgework.network import actions, queries
from bridgework.network.listing import NotAnNpi, NotAPhone, Person, Place, Practice
from bridgework.network.models import Affiliation, Office, Organization, Provider
from tests.cast import NOON, Cast

TODAY = date(2026, 3, 3)
ELM = Place(
    name="Elm Street Dental", street="14 Elm St", city="Salem", state="OR", postal_code="97301", phone="503 555 0188",
    fax="(503) 555-0189", reached_by="fax",
)  # fmt: skip
LINDQVIST = Person(given="Ingrid", family="Lindqvist", credentials="DDS", npi="1234567893")


def unlisted(cast: Cast, place: Place = ELM) -> Office:
    practice = Practice(name=place.name)
    return actions.add_unlisted_office(practice=practice, place=place, by=cast.general.actor, at=NOON)


def test_practice_registers_itself_and_everyone_finds_it(cast: Cast) -> None:
    fresh = uuid7()
    with viewer.acting(fresh):
        practice = Practice(name="  Núñez Endodontics ", kind="specialist", specialty="endodontics")
        made = actions.register_organization(practice=practice, by=cast.general.actor, at=NOON)
        place = replace(ELM, name="Núñez Downtown", reached_by="portal")
        actions.add_office(organization_id=made.id, place=place, by=cast.general.actor, at=NOON)
    assert (made.id, made.name, made.name_key, made.slug) == (
        fresh,
        "Núñez Endodontics",
        "nunez endodontics",
        made.slug,
    )
    assert made.slug == "nunez-endodontics"
    with viewer.acting(cast.general.id):
        (row,) = queries.directory(queries.Wish(specialty="endodontics"), on=TODAY)
    assert (row.organization.id, row.organization.is_member, row.office.phone) == (fresh, True, "+15035550188")


def test_two_practices_of_one_name_get_two_slugs(cast: Cast) -> None:
    slugs = set()
    for _ in range(2):
        with viewer.acting(uuid7()):
            made = actions.register_organization(
                practice=Practice(name="Maple Street Family Dental"), by=cast.general.actor, at=NOON
            )
            slugs.add(made.slug)
    assert len(slugs | {cast.general.organization.slug}) == 3


def test_unlisted_office_is_first_class_for_whoever_typed_it_in_and_nobody_else_sees_it(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        office = unlisted(cast)
        card = queries.office_card(office.id, on=TODAY)
        assert (card.is_ours, card.row.organization.is_member, card.row.reached_by_label) == (True, False, "Fax")
    with viewer.acting(cast.outsider.id):
        assert "Elm Street Dental" not in [row.office.name for row in queries.directory(queries.Wish(), on=TODAY)]
        with pytest.raises(Office.DoesNotExist):
            queries.office_card(office.id, on=TODAY)
        with pytest.raises(actions.NotYours):
            actions.change_office(office_id=office.id, place=ELM, by=cast.outsider.actor, at=NOON)
        with pytest.raises(actions.NotYours):
            actions.add_office(organization_id=office.organization_id, place=ELM, by=cast.outsider.actor, at=NOON)


def test_a_members_entry_is_changed_by_itself_alone(cast: Cast) -> None:
    place = replace(ELM, name="Harbor Oral Surgery East", weekly_hours={0: [(time(8), time(12)), (time(13), time(17))]})
    with viewer.acting(cast.general.id), pytest.raises(actions.NotYours):
        actions.change_office(office_id=cast.surgery.office.id, place=place, by=cast.general.actor, at=NOON)
    with viewer.acting(cast.general.id), pytest.raises(actions.NotYours):
        actions.change_organization(
            organization_id=cast.surgery.id, practice=Practice(name="Mine now"), by=cast.general.actor, at=NOON
        )
    with viewer.acting(cast.surgery.id):
        actions.change_office(office_id=cast.surgery.office.id, place=place, by=cast.surgery.actor, at=NOON)
        office = Office.objects.get(id=cast.surgery.office.id)
        changed = actions.change_organization(
            organization_id=cast.surgery.id,
            practice=Practice(name="Harbor Surgery", kind="specialist", specialty="oral_surgery"),
            by=cast.surgery.actor,
            at=NOON,
        )
    assert office.weekly_hours == {"0": [["08:00", "12:00"], ["13:00", "17:00"]]}
    assert (changed.name, changed.slug) == ("Harbor Surgery", cast.surgery.organization.slug)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": 3}, "name"),
        ({"phone": "555-0120"}, "phone"),
        ({"fax": "call us"}, "fax"),
        ({"email": "office at example"}, "email"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"zone": None}, "zone"),
        ({"postal_code": "9730"}, "postal_code"),
        ({"latitude": 44.9}, "latitude"),
        ({"latitude": 144.9, "longitude": 0.0}, "latitude"),
        ({"weekly_hours": {7: [(time(8), time(12))]}}, "weekly_hours"),
        ({"weekly_hours": {0: [(time(12), time(8))]}}, "weekly_hours"),
        ({"weekly_hours": {0: [(time(8), time(12)), (time(11), time(17))]}}, "weekly_hours"),
        ({"report_days": 0}, "report_days"),
        ({"report_days": "soon"}, "report_days"),
        ({"reached_by": "email"}, "email"),
        ({"reached_by": "letter", "street": ""}, "street"),
        ({"reached_by": "portal"}, "reached_by"),
        ({"reached_by": "pigeon"}, "reached_by"),
    ],
)
def test_office_that_makes_no_sense_is_refused_with_its_field(cast: Cast, wrong: dict[str, object], field: str) -> None:
    with viewer.acting(cast.general.id), pytest.raises(Unfit) as refused:
        unlisted(cast, replace(ELM, **wrong))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("npi", "sentence"),
    [("12345", "ten digits"), ("1234567890", "typing mistake"), ("12345678AB", "ten digits")],
)
def test_wrong_npi_is_told_in_a_sentence(cast: Cast, npi: str, sentence: str) -> None:
    with viewer.acting(cast.general.id), pytest.raises(NotAnNpi, match=sentence):
        actions.add_provider(person=replace(LINDQVIST, npi=npi), by=cast.general.actor, at=NOON)


def test_provider_is_listed_once_by_npi_and_two_martinez_without_one_stay_two(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        first = actions.add_provider(person=LINDQVIST, by=cast.general.actor, at=NOON)
    with viewer.acting(cast.surgery.id):
        by = cast.surgery.actor
        again = actions.add_provider(person=replace(LINDQVIST, given="I.", npi="1234 567 893"), by=by, at=NOON)
        with pytest.raises(actions.NpiTaken, match="Ingrid Lindqvist"):
            actions.add_provider(person=replace(LINDQVIST, family="Martinez"), by=by, at=NOON)
        twins = {actions.add_provider(person=Person(family="Martinez"), by=by, at=NOON).id for _ in range(2)}
    assert again.id == first.id
    assert len(twins) == 2


def test_provider_works_in_several_offices_over_time(cast: Cast) -> None:
    by = cast.surgery.actor
    with viewer.acting(cast.surgery.id):
        second = actions.add_office(
            organization_id=cast.surgery.id, place=replace(ELM, reached_by="portal"), by=by, at=NOON
        )
        provider = actions.add_provider(person=LINDQVIST, by=by, at=NOON)
        here = actions.affiliate(
            provider_id=provider.id, office_id=cast.surgery.office.id, works_from=date(2020, 1, 1), by=by, at=NOON
        )
        actions.end_affiliation(affiliation_id=here.id, works_until=date(2026, 2, 28), by=by, at=NOON)
        actions.affiliate(provider_id=provider.id, office_id=second.id, works_from=date(2026, 3, 1), by=by, at=NOON)
        then = queries.office_card(cast.surgery.office.id, on=date(2026, 2, 28)).row.providers
        now = queries.office_card(cast.surgery.office.id, on=TODAY)
        assert [one.name for one in then] == ["Ingrid Lindqvist"]
        assert (now.row.providers, [one.works_until for one in now.left]) == ((), [date(2026, 2, 28)])
        assert [one.name for one in queries.providers_of(cast.surgery.id, on=TODAY)] == ["Ingrid Lindqvist"]
        with pytest.raises(actions.WorksThereAlready):
            actions.affiliate(
                provider_id=provider.id, office_id=cast.surgery.office.id, works_from=date(2026, 2, 1), by=by, at=NOON
            )
        with pytest.raises(Unfit, match="before the first"):
            actions.end_affiliation(affiliation_id=here.id, works_until=date(2019, 1, 1), by=by, at=NOON)


def test_nobody_puts_a_provider_into_another_organizations_office(cast: Cast) -> None:
    with viewer.acting(cast.outsider.id):
        provider = actions.add_provider(person=LINDQVIST, by=cast.outsider.actor, at=NOON)
        with pytest.raises(actions.NotYours):
            actions.affiliate(
                provider_id=provider.id, office_id=cast.surgery.office.id, works_from=TODAY,
                by=cast.outsider.actor, at=NOON,
            )  # fmt: skip
    assert_nothing_written(cast)


def assert_nothing_written(cast: Cast) -> None:
    with viewer.acting(cast.surgery.id):
        assert not Affiliation.objects.filter(office=cast.surgery.office).exists()
        assert Organization.objects.get(id=cast.surgery.id).name == "Harbor Oral Surgery"
        assert Provider.objects.count() == 1


def test_phone_without_area_code_is_refused(cast: Cast) -> None:
    with viewer.acting(cast.general.id), pytest.raises(NotAPhone, match="with its area code"):
        unlisted(cast, replace(ELM, phone="5550120"))

from dataclasses import replace
from datetime import date

import pytest

from bridgework.access import viewer
from bridgework.network import actions, matching
from bridgework.network.listing import Person, Place, Practice
from bridgework.network.matching import Clues
from bridgework.network.models import Affiliation, Office, Organization, Provider
from tests.cast import NOON, Cast

LINDQVIST = Clues(
    provider="Ingrid Lindqvist, DDS", npi="1234567893", office="Elm Street Dental", phone="503-555-0188",
    fax="503-555-0189", email="front@elm.example.org", street="14 Elm St", city="Salem", state="OR",
    postal_code="97301-1234",
)  # fmt: skip


def met(cast: Cast, clues: Clues = LINDQVIST) -> matching.Referrer:
    return matching.find_or_make_referrer(clues=clues, by=cast.surgery.actor, at=NOON)


def test_unknown_referrer_is_typed_in_as_unlisted_with_all_that_the_document_says(cast: Cast) -> None:
    with viewer.acting(cast.surgery.id):
        referrer = met(cast)
        office, provider = referrer.office, referrer.provider
        assert provider is not None
        assert Affiliation.objects.get(provider=provider).office == office
    assert referrer.is_new
    assert (office.name, office.city, office.postal_code) == ("Elm Street Dental", "Salem", "97301")
    assert (office.phone, office.fax, office.reached_by) == ("+15035550188", "+15035550189", "email")
    assert (provider.given, provider.family, provider.npi) == ("Ingrid", "Lindqvist", "1234567893")
    assert not office.organization.is_member


@pytest.mark.parametrize(
    "seen_again",
    [
        LINDQVIST,
        Clues(npi="1234567893"),
        Clues(fax="(503) 555 0189", office="Elm St. Dental"),
        Clues(phone="+1 503 555 0188", provider="Ingrid Lindqvist"),
        Clues(email="Front@Elm.example.org"),
        Clues(office="ELM STREET DENTAL", city="salem"),
        Clues(office="Elm Street Dental", postal_code="97301"),
    ],
    ids=lambda clues: next(name for name, value in vars(clues).items() if value),
)
def test_same_referrer_is_known_again(cast: Cast, seen_again: Clues) -> None:
    with viewer.acting(cast.surgery.id):
        first = met(cast)
        again = met(cast, seen_again)
        assert (again.office.id, again.is_new) == (first.office.id, False)
        assert again.reason
        assert Provider.objects.count() == 1


def test_two_doctors_of_one_name_in_two_towns_stay_two(cast: Cast) -> None:
    one = Clues(provider="Dr. Ana Martinez", office="Martinez Dental", city="Salem")
    with viewer.acting(cast.surgery.id):
        salem = met(cast, one)
        bend = met(cast, replace(one, city="Bend"))
        assert salem.office.id != bend.office.id
        assert salem.provider != bend.provider
        assert met(cast, one).provider == salem.provider
        assert [found.is_sure for found in matching.find_offices(replace(one, city=""), on=NOON.date())] == [False] * 2


def test_doctor_who_writes_from_a_new_office_is_not_put_into_the_old_one(cast: Cast) -> None:
    with viewer.acting(cast.surgery.id):
        first = met(cast)
        moved = met(cast, Clues(provider="Ingrid Lindqvist", npi="1234567893", office="Pine Dental", city="Bend"))
        assert moved.is_new
        assert moved.provider == first.provider
        candidates = matching.find_offices(Clues(npi="1234567893", office="Oak", city="Eugene"), on=NOON.date())
        assert {candidate.office.id for candidate in candidates} == {first.office.id, moved.office.id}
        assert not any(candidate.is_sure for candidate in candidates)


def test_member_is_recognized_and_says_itself_who_works_there(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        provider = actions.add_provider(
            person=Person(given="Ingrid", family="Lindqvist", npi="1234567893"), by=cast.general.actor, at=NOON
        )
        actions.affiliate(
            provider_id=provider.id, office_id=cast.general.office.id, works_from=date(2020, 1, 1),
            by=cast.general.actor, at=NOON,
        )  # fmt: skip
    with viewer.acting(cast.surgery.id):
        referrer = met(cast, Clues(npi="1234567893", provider="I. Lindqvist", city="Portland"))
        assert (referrer.organization_id, referrer.provider) == (cast.general.id, provider)
        newcomer = met(cast, Clues(office="Maple Street Family Dental", city="Portland", provider="Max Brand"))
        assert newcomer.organization_id == cast.general.id
        assert not Affiliation.objects.filter(provider=newcomer.provider).exists()


def test_own_office_never_refers_to_itself(cast: Cast) -> None:
    with viewer.acting(cast.surgery.id):
        assert met(cast, Clues(office="Harbor Oral Surgery", city="Portland")).is_new


@pytest.mark.parametrize(
    "clues",
    [
        Clues(),
        Clues(provider="x" * 900, office="y" * 900, state="z" * 90, city="\x00"),
        Clues(npi="1234567890", phone="12", fax="no", email="@", postal_code="ABC"),
        Clues(provider="'; drop table network_office; --", office="<script>alert(1)</script>"),
    ],
)
def test_what_a_document_says_wrongly_never_stops_it(cast: Cast, clues: Clues) -> None:
    with viewer.acting(cast.surgery.id):
        referrer = met(cast, clues)
        assert referrer.is_new
        assert referrer.office.reached_by == "unknown"
        assert referrer.provider is None or referrer.provider.npi is None


def test_another_organizations_unlisted_office_is_not_found(cast: Cast) -> None:
    with viewer.acting(cast.outsider.id):
        actions.add_unlisted_office(
            practice=Practice(name="Elm Street Dental"),
            place=Place(name="Elm Street Dental", city="Salem", phone="5035550188", reached_by="phone"),
            by=cast.outsider.actor,
            at=NOON,
        )
    with viewer.acting(cast.surgery.id):
        assert met(cast).is_new
        assert Organization.objects.filter(is_member=False).count() == 1
        assert Office.objects.filter(name="Elm Street Dental").count() == 1

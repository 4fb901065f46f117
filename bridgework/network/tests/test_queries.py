from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bridgework.access import viewer
from bridgework.lib.office_hours import add_working_hours
from bridgework.network import actions, queries
from bridgework.network.calendar import federal_holidays
from bridgework.network.listing import Person, Place, Practice
from bridgework.network.models import Office
from bridgework.network.queries import Wish
from tests.cast import HOURS, NOON, Cast

TODAY = date(2026, 3, 3)
PLACE = Place(name="Elm", city="Bend", postal_code="97701", phone="5035550188", reached_by="phone")


def make_offices(cast: Cast, *names: str) -> None:
    for name in names:
        practice, place = Practice(name=name), replace(PLACE, name=name)
        actions.add_unlisted_office(practice=practice, place=place, by=cast.general.actor, at=NOON)


def test_directory_pages_by_name_without_gap_or_repetition(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        make_offices(cast, "Cedar", "Alder", "Birch", "Birch", "Ñandu", "Zelkova")
        whole = queries.directory(Wish(), on=TODAY, limit=100)
        paged: list[queries.DirectoryRow] = []
        while page := queries.directory(Wish(), on=TODAY, after=paged[-1].after if paged else None, limit=3):
            paged += page
    names = [row.organization.name for row in whole]
    assert [row.office.id for row in paged] == [row.office.id for row in whole]
    assert names[:3] == ["Alder", "Birch", "Birch"]
    assert names.index("Maple Street Family Dental") < names.index("Ñandu") < names.index("Nosy Neighbor Dental")


def test_directory_is_searched_by_name_town_and_provider_who_works_there_today(cast: Cast) -> None:
    by = cast.surgery.actor
    with viewer.acting(cast.surgery.id):
        provider = actions.add_provider(person=Person(given="José", family="Núñez"), by=by, at=NOON)
        actions.affiliate(
            provider_id=provider.id, office_id=cast.surgery.office.id, works_from=date(2025, 1, 1),
            works_until=date(2026, 6, 30), by=by, at=NOON,
        )  # fmt: skip
    with viewer.acting(cast.general.id):
        make_offices(cast, "Elm Street Dental")

        def found(on: date = TODAY, **wish: Any) -> list[str]:
            return [row.organization.name for row in queries.directory(Wish(**wish), on=on)]

        assert found(text="harbor") == found(text="nunez") == found(text="NÚÑEZ oral") == ["Harbor Oral Surgery"]
        assert found(text="nunez", on=date(2026, 7, 1)) == []
        assert found(text="bend") == found(near_zip="97759") == ["Elm Street Dental"]
        assert found(specialty="oral_surgery") == ["Harbor Oral Surgery"]
        assert "Harbor Oral Surgery" not in found(specialty="general")
        assert found(text="%") == found()
        assert found(text="'; drop table network_office; --") == []


def test_directory_takes_three_statements_whatever_the_size(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        make_offices(cast, *(f"Office {n}" for n in range(12)))
        with CaptureQueriesContext(
            connection,
        ) as few:
            queries.directory(Wish(text="office"), on=TODAY, limit=2)
        with CaptureQueriesContext(connection) as many:
            assert len(queries.directory(Wish(text="office"), on=TODAY, limit=50)) == 12
    assert len(few) == len(many) <= 3


def test_distance_is_given_only_when_both_offices_have_coordinates(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        make_offices(cast, "Elm")
        portland = Office(latitude=45.5152, longitude=-122.6784)
        assert {row.miles for row in queries.directory(Wish(seen_from=portland), on=TODAY)} == {None}
        Office.objects.filter(name="Elm").update(latitude=44.9429, longitude=-123.0351)
        (row,) = queries.directory(Wish(text="elm", seen_from=portland), on=TODAY)
        assert row.miles == pytest.approx(43.2, abs=0.5)
        (row,) = queries.directory(Wish(text="elm"), on=TODAY)
        assert row.miles is None


def test_closed_office_leaves_the_directory_and_keeps_its_page(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        make_offices(cast, "Elm")
        office = Office.objects.get(name="Elm")
        actions.change_office(office_id=office.id, place=replace(PLACE, is_open=False), by=cast.general.actor, at=NOON)
        assert queries.directory(Wish(text="elm"), on=TODAY) == ()
        assert queries.office_card(office.id, on=TODAY).row.office.is_open is False


def test_working_hours_skip_federal_holidays_and_the_offices_own_closed_days() -> None:
    office = Office(zone="America/Los_Angeles", weekly_hours=HOURS, closed_dates=["2026-07-06"])
    thursday = datetime(2026, 7, 2, 22, 0, tzinfo=UTC)  # 15:00; Friday 3 July is the holiday, Monday their own
    assert add_working_hours(thursday, 3, queries.office_hours(office)) == datetime(2026, 7, 7, 16, 0, tzinfo=UTC)
    office.closed_dates = []
    assert add_working_hours(thursday, 3, queries.office_hours(office)) == datetime(2026, 7, 6, 16, 0, tzinfo=UTC)
    assert date(2026, 7, 3) in federal_holidays()


def test_everyone_sits_in_their_own_office_else_in_the_first(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        own = actions.add_office(organization_id=cast.general.id, place=PLACE, by=cast.general.actor, at=NOON)
        assert queries.home_offices(cast.general.id, own.id).first() == own
        assert queries.home_offices(cast.general.id, None).first() == cast.general.office
        assert queries.home_offices(cast.general.id, cast.surgery.office.id).first() == cast.general.office
        assert [office.name for office in queries.own_offices()] == ["Elm", "Maple Street Family Dental"]

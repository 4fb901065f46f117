"""Lists show every case once, in their order, page by page; and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from bridgework.access import viewer
from bridgework.referrals import actions, queries
from bridgework.referrals.models import Case
from bridgework.referrals.queries import Cursor, Filters
from bridgework.referrals.tests.desk import ELENA, order, telling
from tests.cast import Cast

NAMES = ("Alvarez", "Alva", "Alvarez", "Brown", "Alvarez", "Alvarez")


@pytest.fixture
def seven(cast: Cast) -> Cast:
    """Six referrals to the surgeon, three of them at one moment, and one of hers in a closed state."""
    with viewer.acting(cast.general.id):
        for number, family in enumerate(NAMES):
            who = replace(ELENA, family=family)
            actions.send(order(cast.general, cast.surgery, patient=who), telling=telling(cast.general, number // 3))
        gone = actions.send(order(cast.general, cast.surgery), telling=telling(cast.general))
        actions.recall(referral_id=gone.id, telling=telling(cast.general, 1))
    return cast


def pages(filters: Filters) -> list[list[Case]]:
    found: list[list[Case]] = []
    after: Cursor | None = None
    while True:
        page = queries.listed(filters, after, size=2)
        found.append(list(page.rows))
        if page.more is None:
            return found
        after = page.more


def ids(rows: list[list[Case]]) -> list[UUID]:
    return [case.id for page in rows for case in page]


@pytest.mark.parametrize(("state", "count"), [("open", 6), ("closed", 1), ("all", 7), ("received", 6), ("declined", 0)])
def test_pages_hold_every_case_once_newest_change_first(seven: Cast, state: str, count: int) -> None:
    with viewer.acting(seven.surgery.id):
        found = pages(Filters(side="receiver", state=state))
        rows = [case for page in found for case in page]
    assert len({case.id for case in rows}) == len(rows) == count
    assert rows == sorted(rows, key=lambda case: (case.changed_at, case.id), reverse=True)
    assert all(len(page) == 2 for page in found[:-1])


def test_what_is_searched_for_comes_by_name_and_once_on_either_side(seven: Cast) -> None:
    for member in (seven.general, seven.surgery):
        with viewer.acting(member.id):
            names = [case.patient_name for page in pages(Filters(search="alva")) for case in page]
        assert names == ["Elena Alva", *["Elena Alvarez"] * 4]


def test_a_number_finds_its_referral_whatever_its_case(seven: Cast) -> None:
    with viewer.acting(seven.surgery.id):
        case = Case.objects.filter(status="closed").get()
        assert ids(pages(Filters(search=case.number.lower()))) == [case.id]


def test_an_outsider_finds_nothing(seven: Cast) -> None:
    with viewer.acting(seven.outsider.id):
        assert ids(pages(Filters(state="all"))) == ids(pages(Filters(search="alva"))) == []


def test_hurry_narrows_the_open_list(seven: Cast) -> None:
    with viewer.acting(seven.surgery.id):
        assert ids(pages(Filters(urgency="emergency"))) == []
        assert len(ids(pages(Filters(urgency="soon")))) == 6


def test_a_place_in_the_middle_of_equal_moments_loses_nothing(seven: Cast) -> None:
    with viewer.acting(seven.surgery.id):
        everything = ids(pages(Filters(state="all")))
        for place, case_id in enumerate(everything[:-1]):
            case = Case.objects.get(id=case_id)
            page = queries.listed(Filters(state="all"), Cursor(case.id, changed_at=case.changed_at), size=1)
            assert page.rows[0].id == everything[place + 1]

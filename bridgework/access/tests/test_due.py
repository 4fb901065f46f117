"""Due work is found when it is due, by one worker at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from bridgework.access import due
from bridgework.lib.ids import uuid7
from tests.cast import NOON

MINUTE = timedelta(minutes=1)
HERE = uuid7()

pytestmark = pytest.mark.django_db


def scheduled(minutes: int = 0):
    row_id = uuid7()
    due.schedule(organization_id=HERE, kind="delivery", row_id=row_id, due_at=NOON + minutes * MINUTE)
    return row_id


def claimed(at=NOON, **more):
    return [row.row_id for row in due.claim(at=at, **more)]


def test_the_oldest_are_claimed_first_and_what_is_due_later_is_not() -> None:
    second, first, _later = scheduled(-1), scheduled(-2), scheduled(1)
    assert claimed(limit=1) == [first]
    assert claimed() == [second]
    assert claimed() == []


def test_a_claimed_row_is_found_again_when_its_lease_has_run_out() -> None:
    row_id = scheduled()
    assert claimed() == [row_id]
    assert claimed(NOON + settings.DUE_LEASE - MINUTE) == []
    assert claimed(NOON + settings.DUE_LEASE) == [row_id]


def test_a_row_scheduled_anew_is_due_at_the_new_time_and_leased_by_nobody() -> None:
    row_id = scheduled()
    claimed()
    due.schedule(organization_id=HERE, kind="delivery", row_id=row_id, due_at=NOON + MINUTE)
    assert claimed() == []
    assert claimed(NOON + MINUTE) == [row_id]


def test_a_settled_row_is_not_found_again() -> None:
    row_id = scheduled()
    due.settle("delivery", [row_id])
    assert claimed() == []


def test_only_the_last_who_claimed_holds_the_row() -> None:
    row_id = scheduled()
    claimed()
    assert due.hold("delivery", [row_id], at=NOON) == {row_id}
    later = NOON + settings.DUE_LEASE
    claimed(later)
    assert due.hold("delivery", [row_id], at=NOON) == set()
    assert due.hold("delivery", [row_id], at=later) == {row_id}
    due.settle("delivery", [row_id])
    assert due.hold("delivery", [row_id], at=later) == set()


def test_the_next_moment_is_when_something_is_due_or_a_lease_ends() -> None:
    assert due.next_at(before=NOON + 60 * MINUTE) is None
    scheduled(30)
    assert due.next_at(before=NOON + 60 * MINUTE) == NOON + 30 * MINUTE
    assert due.next_at(before=NOON + 30 * MINUTE) is None
    scheduled()
    claimed()
    assert due.next_at(before=NOON + 60 * MINUTE) == NOON + settings.DUE_LEASE

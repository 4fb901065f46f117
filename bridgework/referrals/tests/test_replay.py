"""A case equals a replay of its timeline, and one that does not is found, column by column."""

from __future__ import annotations

from uuid import UUID

import pytest

from bridgework.access import viewer
from bridgework.referrals import actions, replay
from bridgework.referrals.models import Case
from bridgework.referrals.tests.desk import later, send, telling
from bridgework.referrals.timeline import Booked
from tests.cast import Cast, Member


def differences(member: Member, referral_id: UUID) -> list[str]:
    with viewer.acting(member.id):
        return replay.differences(Case.objects.get(organization_id=member.id, referral_id=referral_id))


@pytest.fixture
def worked(cast: Cast) -> UUID:
    """A referral that was accepted, booked and passed on to the health center."""
    referral_id = send(cast.general, cast.surgery).id
    with viewer.acting(cast.surgery.id):
        actions.accept(referral_id=referral_id, telling=telling(cast.surgery, 1))
        booking = Booked(starts_at=later(90))
        actions.book(referral_id=referral_id, telling=telling(cast.surgery, 2), booking=booking)
        actions.redirect(
            referral_id=referral_id, telling=telling(cast.surgery, 3), to_organization=cast.health_center.id
        )
    return referral_id


def test_every_party_has_what_a_replay_gives_also_one_that_passed_it_on(cast: Cast, worked: UUID) -> None:
    assert [differences(member, worked) for member in (cast.general, cast.surgery, cast.health_center)] == [[], [], []]
    with viewer.acting(cast.health_center.id):
        actions.accept(referral_id=worked, telling=telling(cast.health_center, 4))
    assert [differences(member, worked) for member in (cast.general, cast.surgery, cast.health_center)] == [[], [], []]


@pytest.mark.parametrize(
    ("column", "value"),
    [("no_shows", 3), ("owes", "to_report"), ("patient_name", "Somebody Else"), ("clock_due_at", later(1))],
)
def test_a_column_that_was_changed_past_the_timeline_is_named(
    cast: Cast, worked: UUID, column: str, value: object
) -> None:
    with viewer.acting(cast.general.id):
        Case.objects.filter(organization_id=cast.general.id, referral_id=worked).update(**{column: value})
    assert differences(cast.general, worked) == [column]
    assert differences(cast.health_center, worked) == []

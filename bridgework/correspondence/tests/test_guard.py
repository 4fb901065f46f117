"""A notice to an office goes out only as long as it is true."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bridgework.access import viewer
from bridgework.correspondence.guard import ENDED, NOT_OURS, PASSED_ON, office_notice
from bridgework.deliveries.models import Delivery
from bridgework.lib.ids import uuid7
from bridgework.referrals.models import Case
from tests.cast import NOON, Cast, Member
from tests.ready_case import a_case

HOUR = timedelta(hours=1)


def a_notice(member: Member, referral_id: UUID | None) -> Delivery:
    return Delivery(organization=member.organization, purpose="office_notice", referral_id=referral_id, made_at=NOON)


def test_a_notice_about_an_open_referral_may_go(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        notice = a_notice(cast.general, a_case(cast.general).referral_id)
        assert office_notice(notice, NOON) is None
        assert office_notice(a_notice(cast.general, None), NOON) is None


def test_a_notice_about_a_referral_of_others_is_withheld(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        referral_id = a_case(cast.general).referral_id
    with viewer.acting(cast.outsider.id):
        assert office_notice(a_notice(cast.outsider, referral_id), NOON) == NOT_OURS
        assert office_notice(a_notice(cast.outsider, uuid7()), NOON) == NOT_OURS


@pytest.mark.parametrize(
    ("after", "is_loop_closed", "verdict"),
    [(HOUR, False, ENDED), (timedelta(0), False, None), (-HOUR, False, None), (HOUR, True, None)],
    ids=["ended since", "tells of the ending", "written after it", "news of a closed loop"],
)
def test_a_notice_is_stale_once_the_referral_has_ended(
    cast: Cast, after: timedelta, is_loop_closed: bool, verdict: str | None
) -> None:
    with viewer.acting(cast.general.id):
        case = a_case(cast.general)
        Case.objects.update(status="closed", closed_at=NOON + after, is_loop_closed=is_loop_closed)
        assert office_notice(a_notice(cast.general, case.referral_id), NOON + HOUR) == verdict


def test_a_notice_is_stale_once_the_referral_was_passed_on(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        case = a_case(cast.general)
        Case.objects.update(left_at=NOON + HOUR, status="closed", closed_at=NOON + HOUR)
        assert office_notice(a_notice(cast.general, case.referral_id), NOON + HOUR) == PASSED_ON

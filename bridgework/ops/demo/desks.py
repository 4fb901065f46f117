"""What lies about beside the referrals: times that specialists offer, a document in the Inbox, a draft."""

from __future__ import annotations

from bridgework.access import viewer
from bridgework.accounts.models import Role
from bridgework.interop import inbox
from bridgework.ops.demo import charts, diary, document, workdays
from bridgework.ops.demo.directory import SETTING_UP, House
from bridgework.ops.demo.stage import Stage
from bridgework.referrals import actions
from bridgework.scheduling import actions as scheduling
from bridgework.scheduling.actions import Slot

OFFERING = ("harbor", "rose", "riverbend")
WORKDAYS_OFFERED = 10


def offer_times(stage: Stage) -> None:
    """Let the offices that treat offer times of the next two weeks, each doctor at another hour."""
    for key in OFFERING:
        house = stage.houses[key]
        with viewer.acting(house.id):
            scheduling.offer(_slots(stage, house), by=house.actor(Role.COORDINATOR), at=stage.day(-5, 8.2))


def receive_document(stage: Stage) -> None:
    """Bring a referral note of another system into Harbor's Inbox."""
    at = stage.ago(2.6)
    inbox.receive_file(
        organization_id=stage.houses["harbor"].id, name=document.NAME, content=document.referral_note(at),
        by=SETTING_UP, at=at,
    )  # fmt: skip


def leave_draft(stage: Stage) -> None:
    """Leave a referral half written at Maple Street."""
    maple = stage.houses["maple"]
    begun = next(plan for plan in stage.plans if plan.sender is maple)
    with viewer.acting(maple.id):
        by = maple.actor(Role.COORDINATOR)
        actions.begin_draft(by=by, at=stage.ago(0.4), patient_id=charts.key_of(begun, maple))


def _slots(stage: Stage, house: House) -> tuple[Slot, ...]:
    first = workdays.local_day(stage.now)
    return tuple(
        Slot(
            office_id=house.office_id,
            starts_at=workdays.moment(workdays.shifted(first, days), hour),
            provider_name=name,
        )
        for days in range(1, WORKDAYS_OFFERED + 1)
        for name, hour in zip(house.doctors, diary.OFFERED, strict=False)
    )

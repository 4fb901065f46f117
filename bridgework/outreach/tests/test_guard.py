"""A message to a patient goes out only to the living, about a referral that is open."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bridgework.access import viewer
from bridgework.deliveries.models import Delivery, ReceivedMessage
from bridgework.lib.ids import uuid7
from bridgework.outreach.guard import DECEASED, ENDED, NOT_OURS, STOPPED, patient_notice
from bridgework.patients.models import Patient
from bridgework.referrals.models import Case
from tests.cast import NOON, Cast, Member
from tests.ready_case import a_case

PHONE = "+15035550142"


def a_notice(member: Member, referral_id: UUID | None = None, patient_id: UUID | None = None) -> Delivery:
    return Delivery(
        organization=member.organization, purpose="patient_notice", made_at=NOON, channel="sandbox", address=PHONE,
        referral_id=referral_id, patient_id=patient_id,
    )  # fmt: skip


def a_patient(member: Member, *, is_deceased: bool = False) -> Patient:
    return Patient.objects.create(
        organization=member.organization, given="Elena", family="Marquez", name_key="marquez", made_at=NOON,
        is_deceased=is_deceased,
    )  # fmt: skip


def test_a_patient_with_an_open_referral_is_written_to(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        case, patient = a_case(cast.general), a_patient(cast.general)
        assert patient_notice(a_notice(cast.general, case.referral_id, patient.id), NOON) is None
        assert patient_notice(a_notice(cast.general), NOON) is None


def test_nobody_writes_to_the_dead(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        case, patient = a_case(cast.general), a_patient(cast.general, is_deceased=True)
        assert patient_notice(a_notice(cast.general, None, patient.id), NOON) == DECEASED
        Case.objects.update(patient_id=patient.id)
        assert patient_notice(a_notice(cast.general, case.referral_id), NOON) == DECEASED


def test_nothing_is_said_about_a_referral_that_has_ended_or_is_not_ours(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        case = a_case(cast.general)
        Case.objects.update(status="closed", closed_at=NOON + timedelta(hours=1))
        assert patient_notice(a_notice(cast.general, case.referral_id), NOON) == ENDED
        assert patient_notice(a_notice(cast.general, uuid7()), NOON) == NOT_OURS


def received(member: Member, *bodies: str, address: str = PHONE) -> None:
    for minute, body in enumerate(bodies):
        ReceivedMessage.objects.create(
            organization=member.organization, channel="sandbox", address=address, body=body, reference=f"{minute}",
            received_at=NOON + timedelta(minutes=minute),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("bodies", "verdict"),
    [
        (["STOP"], STOPPED),
        (["Alto."], STOPPED),
        (["opt  out"], STOPPED),
        (["stop", "Yes, what time?"], STOPPED),
        (["stop", "Start"], None),
        (["start", "STOP!"], STOPPED),
        (["Please do not stop"], None),
        ([], None),
    ],
)
def test_who_says_stop_is_not_written_to_until_they_say_start(
    cast: Cast, bodies: list[str], verdict: str | None
) -> None:
    with viewer.acting(cast.general.id):
        received(cast.general, *bodies)
        assert patient_notice(a_notice(cast.general), NOON) == verdict


def test_what_somebody_else_says_stops_nothing(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        received(cast.general, "STOP", address="+15035550143")
    with viewer.acting(cast.surgery.id):
        received(cast.surgery, "STOP")
    with viewer.acting(cast.general.id):
        assert patient_notice(a_notice(cast.general), NOON) is None

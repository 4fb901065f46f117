"""A referral as its sender sees it, written without the actions, for tests of what reads a case."""

from __future__ import annotations

from bridgework.referrals.models import Case, Referral
from tests.cast import NOON, Member


def a_case(member: Member, number: str = "BW-1") -> Case:
    """Write a sent referral with the case of `member`, the present viewer."""
    referral = Referral(number=number, patient_given="Elena", patient_family="Marquez", made_at=NOON)
    case = Case.objects.create(
        organization=member.organization, referral_id=referral.id, number=number, patient_name="Elena Marquez",
        patient_name_key="marquez elena", side="sender", specialty="endodontics", urgency="routine", status="sent",
        patient_track="to_contact", treatment_track="none", communication_track="nothing_owed",
        authorization_track="none", ball="receiver", made_at=NOON, changed_at=NOON,
    )  # fmt: skip
    referral.save(force_insert=True)
    return case

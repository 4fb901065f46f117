"""Messages that need a person: perhaps sent, or not deliverable."""

from __future__ import annotations

from datetime import timedelta

from bridgework.access import viewer
from bridgework.deliveries.facts import DeliveryFailed, DeliverySettled, DeliveryUncertain
from bridgework.referrals.models import Case
from bridgework.worklist import actions
from bridgework.worklist.actions import Errand

LOOK_WITHIN = timedelta(hours=8)
UNCERTAIN, FAILED = "uncertain_delivery", "failed_delivery"


def ask_whether_it_arrived(fact: DeliveryUncertain) -> None:
    """Open a task: somebody finds out whether the message arrived, for it is never sent again on a guess."""
    _ask(fact, UNCERTAIN, f"Did the message to {fact.recipient} arrive? {fact.explanation}")


def ask_to_reach_them_otherwise(fact: DeliveryFailed) -> None:
    """Open a task: somebody reaches them in another way."""
    _ask(fact, FAILED, f"The message to {fact.recipient} could not be delivered. {fact.explanation}")


def put_away_when_known(fact: DeliverySettled) -> None:
    """Put the question away, because what was uncertain is known now."""
    actions.put_away([UNCERTAIN], fact.delivery_id, at=fact.at)


def _ask(fact: DeliveryUncertain | DeliveryFailed, kind: str, sentence: str) -> None:
    here = viewer.current()
    case = Case.objects.filter(organization_id=here, referral_id=fact.referral_id).first() if fact.referral_id else None
    errand = Errand(
        kind=kind,
        subject_id=fact.delivery_id,
        sentence=sentence,
        due_at=fact.at + LOOK_WITHIN,
        referral_id=fact.referral_id,
        patient_name=case.patient_name if case else "",
        is_red_flag=case.is_red_flag if case else False,
        owner_id=case.owner_id if case else None,
    )
    actions.open_task(errand, at=fact.at)

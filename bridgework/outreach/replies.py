"""A patient wrote back: it joins the referral and a person is asked to look."""

from __future__ import annotations

from datetime import timedelta

from bridgework.access import viewer
from bridgework.deliveries.facts import MessageReceived
from bridgework.deliveries.models import ReceivedMessage
from bridgework.lib.actor import Actor
from bridgework.referrals import actions
from bridgework.referrals.models import Case
from bridgework.worklist import actions as worklist

ANSWER_WITHIN = timedelta(hours=1)


def hand_to_person(fact: MessageReceived) -> None:
    """Open a task for the reply and record on the referral that the patient answered."""
    message = ReceivedMessage.objects.get(organization_id=viewer.current(), id=fact.message_id)
    case = _case(fact)
    errand = worklist.Errand(
        kind="reply",
        subject_id=fact.message_id,
        referral_id=case.referral_id if case else None,
        patient_name=case.patient_name if case else "",
        sentence=f"“{message.body}”",
        due_at=fact.at + ANSWER_WITHIN,
    )
    worklist.open_task(errand, at=fact.at)
    if case is not None:
        telling = actions.Telling(
            by=Actor(kind="guest", id="patient", name=case.patient_name), at=fact.at, key=str(fact.message_id),
            is_report=True,
        )  # fmt: skip
        actions.record_answer(referral_id=case.referral_id, telling=telling, channel=fact.channel, summary=message.body)


def _case(fact: MessageReceived) -> Case | None:
    if fact.referral_id is None:
        return None
    return Case.objects.filter(organization_id=viewer.current(), referral_id=fact.referral_id).first()

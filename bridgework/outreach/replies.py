"""A patient wrote back: it joins the referral and a person is asked to look."""

from __future__ import annotations

from datetime import timedelta

from bridgework.access import viewer
from bridgework.deliveries import actions as deliveries
from bridgework.deliveries.facts import MessageReceived
from bridgework.deliveries.models import ReceivedMessage
from bridgework.lib import phones
from bridgework.lib.actor import Actor
from bridgework.network import offices
from bridgework.network.models import Organization
from bridgework.outreach import consent
from bridgework.outreach.notices import PURPOSE
from bridgework.referrals import actions
from bridgework.referrals.models import Case, Referral
from bridgework.referrals.snapshot import from_json
from bridgework.worklist import actions as worklist

ANSWER_WITHIN = timedelta(hours=1)
STOPPED = "wrote “{body}” and gets no more messages. Call instead."
RESUMED = "wrote “{body}” and may be written to again."
HELP = {
    "en": "{office}: We write about your referral. Call us at {phone}. Reply STOP to stop.",
    "es": "{office}: Escribimos sobre su referido. Llámenos al {phone}. Responda ALTO para no recibir mensajes.",
}


def hand_to_person(fact: MessageReceived) -> None:
    """Open a task for the reply and record on the referral that the patient answered.

    STOP holds from this moment (`consent.has_stopped` asks for it before anything is sent) and START takes it back; HELP
    is answered by itself. None of the three counts as an answer that somebody waits for.
    """
    message = ReceivedMessage.objects.get(organization_id=viewer.current(), id=fact.message_id)
    case, word = _case(fact), consent.keyword(message.body)
    sentence = f"“{message.body}”"
    if word in consent.STOP | consent.START:
        sentence = (STOPPED if word in consent.STOP else RESUMED).format(body=message.body)
    _ask(fact, case, sentence[:1].upper() + sentence[1:])
    if case is None:
        return
    if word in consent.HELP:
        _explain(message, case, fact)
    telling = actions.Telling(
        by=Actor(kind="guest", id="patient", name=case.patient_name), at=fact.at, key=str(fact.message_id),
        is_report=True,
    )  # fmt: skip
    if word in consent.STOP | consent.START | consent.HELP:
        actions.note(
            referral_id=case.referral_id, telling=telling, text=f"{case.patient_name} {sentence}", is_private=True
        )
    else:
        actions.record_answer(referral_id=case.referral_id, telling=telling, channel=fact.channel, summary=message.body)


def _ask(fact: MessageReceived, case: Case | None, sentence: str) -> None:
    errand = worklist.Errand(
        kind="reply",
        subject_id=fact.message_id,
        referral_id=case.referral_id if case else None,
        patient_name=case.patient_name if case else "",
        sentence=sentence,
        due_at=fact.at + ANSWER_WITHIN,
    )
    worklist.open_task(errand, at=fact.at)


def _explain(message: ReceivedMessage, case: Case, fact: MessageReceived) -> None:
    """Answer HELP with who writes, how to reach us, and how to stop (CTIA Messaging Principles, section 5.1.3)."""
    here, office = Organization.objects.get(id=viewer.current()), offices.to_write_to(viewer.current())
    language = from_json(Referral.objects.get(id=case.referral_id).snapshot).language
    words = HELP.get(language, HELP["en"])
    phone = phones.display(office.phone) if office and office.phone else ""
    deliveries.enqueue(
        deliveries.Outgoing(
            purpose=PURPOSE, channel=message.channel, address=message.address, recipient=case.patient_name,
            body=words.format(office=here.name, phone=phone), language=language, dedupe_key=f"help:{message.id}",
            referral_id=case.referral_id,
        ),
        at=fact.at,
    )  # fmt: skip


def _case(fact: MessageReceived) -> Case | None:
    if fact.referral_id is None:
        return None
    return Case.objects.filter(organization_id=viewer.current(), referral_id=fact.referral_id).first()

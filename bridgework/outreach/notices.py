"""What the patient is told by itself: that the referral was sent, and when the visit is. Never why."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from bridgework.access import viewer
from bridgework.deliveries import actions as deliveries
from bridgework.network import offices
from bridgework.referrals.facts import Recorded
from bridgework.referrals.snapshot import from_json
from bridgework.referrals.timeline import Booked, Rescheduled

PURPOSE = "patient_notice"

WORDS = {
    "en": {
        "sent": "{office}: We sent your referral to {other}. They will contact you to find a time. Reply STOP to stop.",
        "visit": "{office}: Your visit is on {when}. Reply if you need another time. Reply STOP to stop.",
        "subject": "Your visit",
    },
    "es": {
        "sent": "{office}: Enviamos su referido a {other}. Le van a contactar para darle una cita. "
        "Responda ALTO para no recibir mensajes.",
        "visit": "{office}: Su cita es el {when}. Responda si necesita otra hora. "
        "Responda ALTO para no recibir mensajes.",
        "subject": "Su cita",
    },
}


def tell_patient_it_was_sent(fact: Recorded) -> None:
    """Before acceptance the patient hears one thing: that the referral was sent. The referring office says it."""
    here = viewer.current()
    if fact.side(here) == "sender" and fact.entry.organization_id == here and fact.after.receiver:
        _write(fact, "sent", other=fact.names.get(fact.after.receiver, ""))


def tell_patient_the_visit(fact: Recorded) -> None:
    """Tell the patient when the visit is, in the name of the office that treats, also when somebody else booked it."""
    body = fact.entry.body
    if isinstance(body, Booked | Rescheduled) and fact.side(viewer.current()) == "receiver":
        zone = ZoneInfo(offices.zone_of(fact.after.receiver_office))
        _write(fact, "visit", when=_spoken(body.starts_at.astimezone(zone), from_json(fact.referral.snapshot).language))


def _write(fact: Recorded, wording: str, **words: str) -> None:
    snapshot = from_json(fact.referral.snapshot)
    way = _way(fact, may_text=snapshot.may_text)
    if way is None or not fact.is_live:
        return
    here = viewer.current()
    text = WORDS.get(snapshot.language, WORDS["en"])
    deliveries.enqueue(
        deliveries.Outgoing(
            purpose=PURPOSE,
            channel=way[0],
            address=way[1],
            recipient=f"{fact.referral.patient_given} {fact.referral.patient_family}",
            subject=text["subject"],
            body=text[wording].format(office=fact.names.get(here, ""), **words),
            language=snapshot.language,
            dedupe_key=f"{wording}:{fact.entry.id}",
            referral_id=fact.referral.id,
        ),
        at=fact.at,
    )


def _way(fact: Recorded, *, may_text: bool) -> tuple[str, str] | None:
    """Choose the channel: a text when the patient agreed and texts go anywhere here, else e-mail, else nothing."""
    if settings.IS_PRETEND and may_text and fact.referral.patient_phone:
        return "sandbox", fact.referral.patient_phone
    return ("email", fact.referral.patient_email) if fact.referral.patient_email else None


_MONTHS_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_DAYS_ES = "lunes martes miércoles jueves viernes sábado domingo".split()


def _spoken(when: datetime, language: str) -> str:
    clock = f"{when:%I:%M %p}".lstrip("0")
    if language == "es":
        return f"{_DAYS_ES[when.weekday()]} {when.day} de {_MONTHS_ES[when.month - 1]}, {clock}"
    return f"{when:%A, %B} {when.day} at {clock}"

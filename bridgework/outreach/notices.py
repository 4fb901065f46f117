"""What the patient is told by itself: that the referral was sent, and when the visit is. Never why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from bridgework.access import viewer
from bridgework.deliveries import actions as deliveries
from bridgework.network import offices
from bridgework.referrals.facts import Recorded
from bridgework.referrals.snapshot import Snapshot, from_json
from bridgework.referrals.timeline import Booked, Rescheduled

PURPOSE = "patient_notice"
ADULT_DAYS = 18 * 365.25

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
    """Tell the patient when the visit is: the office that treats does, or who refers when that one has no account."""
    body, teller = fact.entry.body, "sender" if fact.after.is_receiver_unlisted else "receiver"
    if isinstance(body, Booked | Rescheduled) and fact.side(viewer.current()) == teller:
        zone = ZoneInfo(offices.zone_of(fact.after.receiver_office))
        _write(fact, "visit", when=_spoken(body.starts_at.astimezone(zone), from_json(fact.referral.snapshot).language))


def _write(fact: Recorded, wording: str, **words: str) -> None:
    snapshot = from_json(fact.referral.snapshot)
    reader = _reader(fact, snapshot)
    way = _way(reader, may_text=snapshot.may_text)
    if way is None or not fact.is_live:
        return
    here = viewer.current()
    text = WORDS.get(snapshot.language, WORDS["en"])
    deliveries.enqueue(
        deliveries.Outgoing(
            purpose=PURPOSE,
            channel=way[0],
            address=way[1],
            recipient=reader.name,
            subject=text["subject"],
            body=text[wording].format(office=fact.names.get(here, ""), **words),
            language=snapshot.language,
            dedupe_key=f"{wording}:{fact.entry.id}",
            referral_id=fact.referral.id,
        ),
        at=fact.at,
    )


@dataclass(frozen=True)
class _Reader:
    """Who reads what is meant for the patient. Phone is E.164."""

    name: str
    phone: str
    email: str


def _reader(fact: Recorded, snapshot: Snapshot) -> _Reader:
    """Choose who is written to: the patient, or the guardian, and never a child by themselves."""
    referral, guardian = fact.referral, snapshot.guardian
    born = referral.patient_birth_date
    if guardian is not None:
        return _Reader(guardian.name, guardian.phone, guardian.email)
    if born is not None and (fact.at.date() - born).days < ADULT_DAYS:
        return _Reader("", "", "")
    return _Reader(
        f"{referral.patient_given} {referral.patient_family}", referral.patient_phone, referral.patient_email
    )


def _way(reader: _Reader, *, may_text: bool) -> tuple[str, str] | None:
    """Choose the channel: a text when they agreed and texts go anywhere here, else e-mail, else nothing."""
    if settings.IS_PRETEND and may_text and reader.phone:
        return "sandbox", reader.phone
    return ("email", reader.email) if reader.email else None


_MONTHS_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_DAYS_ES = "lunes martes miércoles jueves viernes sábado domingo".split()


def _spoken(when: datetime, language: str) -> str:
    clock = f"{when:%I:%M %p}".lstrip("0")
    if language == "es":
        return f"{_DAYS_ES[when.weekday()]} {when.day} de {_MONTHS_ES[when.month - 1]}, {clock}"
    return f"{when:%A, %B} {when.day} at {clock}"

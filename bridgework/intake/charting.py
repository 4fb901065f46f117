"""The own chart of a patient whom a document names: the one that surely is theirs, else a new one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from bridgework.intake.fields import Fields
from bridgework.lib import phones
from bridgework.lib.actor import Actor
from bridgework.lib.plain_text import Unfit
from bridgework.patients import actions, matching
from bridgework.patients.models import ContactKind, HistoryKind
from bridgework.patients.particulars import HISTORY_LENGTH, Particulars, Reach, clean_contacts


def find_or_make(fields: Fields, *, by: Actor, at: datetime) -> UUID:
    """Return the chart of the document's patient.

    When no chart surely is theirs, one is opened with what the document says; a person can merge later. What a known
    chart says is not changed: the referral's snapshot keeps the document's words beside it.
    """
    who = fields.patient
    described = matching.Described(
        given=who.given, family=who.family, birth_date=fields.born, phones=who.phones, emails=who.emails
    )
    known = matching.the_same(described, by=by, at=at)
    if known is not None:
        return known.row.id
    patient = actions.make_patient(particulars=_particulars(fields), contacts=_contacts(fields), by=by, at=at)
    for kind, entries in _history(fields).items():
        for text in dict.fromkeys(entries):
            actions.note_history(patient_id=patient.id, kind=kind, text=text[:HISTORY_LENGTH], by=by, at=at)
    return patient.id


def _particulars(fields: Fields) -> Particulars:
    who = fields.patient
    return Particulars(
        family=who.family or who.given,
        given=who.given if who.family else "",
        birth_date=fields.born,
        sex=who.sex or "unknown",
        language=who.language or "en",
        address=who.address,
    )


def _contacts(fields: Fields) -> list[Reach]:
    """Take over the numbers and addresses that can be used; the others stay in the document."""
    numbers = (phones.to_e164(text) for text in fields.patient.phones)
    reaches = [Reach(kind=ContactKind.PHONE, value=number) for number in numbers if number]
    reaches += [Reach(kind=ContactKind.EMAIL, value=text) for text in fields.patient.emails if _is_usable(text)]
    return reaches


def _is_usable(email: str) -> bool:
    try:
        clean_contacts([Reach(kind=ContactKind.EMAIL, value=email)])
    except Unfit:
        return False
    return True


def _history(fields: Fields) -> dict[str, tuple[str, ...]]:
    return {
        HistoryKind.ALLERGY: fields.allergies,
        HistoryKind.MEDICATION: fields.medications,
        HistoryKind.CONDITION: fields.conditions,
        HistoryKind.INSURANCE: fields.insurance,
    }

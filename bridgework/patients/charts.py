"""The own chart of somebody who was referred: found when it is surely theirs, else opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction

from bridgework.lib.actor import Actor
from bridgework.lib.plain_text import Unfit
from bridgework.patients import actions, matching
from bridgework.patients.models import ContactKind, HistoryKind, Sex
from bridgework.patients.particulars import (
    HISTORY_LENGTH,
    OLDEST,
    Particulars,
    Reach,
    clean_email,
    clean_phone,
)

_NAME_LENGTH, _ADDRESS_LENGTH = 100, 500


class Identity(Protocol):
    """A person as a referral carries them. `phone` is E.164 or as somebody wrote it."""

    @property
    def given(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def sex(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class History:
    """What came along about the patient, in words. `phones` and `emails` are further ones, written in any way."""

    allergies: Sequence[str] = ()
    medications: Sequence[str] = ()
    conditions: Sequence[str] = ()
    insurance: Sequence[str] = ()
    address: str = ""
    language: str = ""
    phones: Sequence[str] = ()
    emails: Sequence[str] = ()


@transaction.atomic
def find_or_make(person: Identity, history: History, *, by: Actor, at: datetime) -> UUID:
    """Give the chart that is surely the person's, else a new one with what came along.

    A chart that was found is left as it is: what another office says of a known patient is for a person to take over.
    """
    known = matching.the_same(described(person), by=by, at=at)
    return known.row.id if known else open_chart(person, history, by=by, at=at)


@transaction.atomic
def open_chart(person: Identity, history: History, *, by: Actor, at: datetime) -> UUID:
    """Open a chart from a referral. What cannot be used (half a phone number, a birth date to come) is left out."""
    patient = actions.make_patient(
        particulars=_particulars(person, history, at), contacts=_contacts(person, history), by=by, at=at
    )
    kinds = (
        (HistoryKind.ALLERGY, history.allergies),
        (HistoryKind.MEDICATION, history.medications),
        (HistoryKind.CONDITION, history.conditions),
        (HistoryKind.INSURANCE, history.insurance),
    )
    for kind, texts in kinds:
        for text in filter(None, (text.strip()[:HISTORY_LENGTH] for text in texts)):
            actions.note_history(patient_id=patient.id, kind=kind, text=text, by=by, at=at)
    return patient.id


def described(person: Identity) -> matching.Described:
    """Describe a referred person for matching."""
    return matching.Described(
        given=person.given,
        family=person.family,
        birth_date=person.birth_date,
        phones=(person.phone,) if person.phone else (),
        emails=(person.email,) if person.email else (),
    )


def _particulars(person: Identity, history: History, at: datetime) -> Particulars:
    born = person.birth_date
    return Particulars(
        given=person.given[:_NAME_LENGTH],
        family=person.family[:_NAME_LENGTH],
        birth_date=born if born and OLDEST <= born <= at.date() else None,
        sex=person.sex if person.sex in Sex.values else Sex.UNKNOWN,
        address=history.address[:_ADDRESS_LENGTH],
        language=history.language or "en",
    )


def _contacts(person: Identity, history: History) -> tuple[Reach, ...]:
    named = [(ContactKind.PHONE, value, clean_phone) for value in (person.phone, *history.phones)]
    named += [(ContactKind.EMAIL, value, clean_email) for value in (person.email, *history.emails)]
    reaches: dict[Reach, None] = {}
    for kind, value, clean in named:
        try:
            reaches[Reach(kind=kind, value=clean(value))] = None
        except Unfit:
            continue
    return tuple(reaches)

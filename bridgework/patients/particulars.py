"""What a chart says of a person, checked before it is written: name and birth, ways to reach them, who speaks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from bridgework.lib import phones
from bridgework.lib.names import name_key
from bridgework.lib.plain_text import Unfit, one_line, paragraph, required
from bridgework.patients.models import Anxiety, Channel, ContactKind, HistoryKind, Sex

OLDEST = date(1890, 1, 1)
MOST_CONTACTS = 20
HISTORY_LENGTH = 500

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # RFC 5646


class UnfitChart(Unfit):
    """What was given about a patient cannot be used."""


class NotAPhone(UnfitChart):
    """The number is no phone number."""


class NotAnEmail(UnfitChart):
    """The text is no e-mail address."""


class NotABirthDate(UnfitChart):
    """Nobody alive was born on that day."""


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """A person as somebody enters them. `language` is a tag like "en" or "es-MX"; the channel words are the model's."""

    family: str
    given: str = ""
    middle: str = ""
    preferred_name: str = ""
    birth_date: date | None = None
    sex: str = Sex.UNKNOWN
    language: str = "en"
    preferred_channel: str = Channel.TEXT
    may_text: bool = False
    anxiety: str = Anxiety.UNKNOWN
    address: str = ""
    chart_number: str = ""
    is_deceased: bool = False


@dataclass(frozen=True, kw_only=True)
class Reach:
    """A phone number or e-mail address; `label` is a word like "mobile" or "work"."""

    kind: str
    value: str
    label: str = ""
    is_preferred: bool = False


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who speaks for a minor, or for somebody who cannot speak for themselves."""

    name: str
    relation: str
    phone: str = ""
    email: str = ""


def clean_particulars(given: Particulars, *, on: date) -> Particulars:
    """Check and tidy a person on the day `on`. Raises Unfit with the field that is wrong."""
    cleaned = replace(
        given,
        family=one_line(given.family, field="family_name", most=100),
        given=one_line(given.given, field="given_name", most=100),
        middle=one_line(given.middle, field="middle_name", most=100),
        preferred_name=one_line(given.preferred_name, field="preferred_name", most=100),
        language=one_line(given.language, field="language", most=35) or "en",
        address=paragraph(given.address, field="address", most=500),
        chart_number=one_line(given.chart_number, field="chart_number", most=60),
    )
    if not name_key(f"{cleaned.given} {cleaned.family}"):
        raise UnfitChart("Enter the patient’s name.", "family_name")
    if not _LANGUAGE.fullmatch(cleaned.language):
        raise UnfitChart("Choose the language of the patient.", "language")
    _check_birth_date(cleaned.birth_date, on)
    _check_choices(cleaned)
    return cleaned


def clean_contacts(contacts: Sequence[Reach]) -> tuple[Reach, ...]:
    """Check and tidy the ways to reach a person; the same one twice counts once, one at most is preferred.

    Phones become E.164, e-mail addresses keep their letters. Raises NotAPhone, NotAnEmail or UnfitChart.
    """
    kept: dict[tuple[str, str], Reach] = {}
    preferred = False
    for contact in contacts:
        cleaned = _clean_contact(contact)
        cleaned = replace(cleaned, is_preferred=cleaned.is_preferred and not preferred)
        preferred = preferred or cleaned.is_preferred
        kept.setdefault((cleaned.kind, cleaned.value.lower()), cleaned)
    if len(kept) > MOST_CONTACTS:
        raise UnfitChart(f"A chart holds {MOST_CONTACTS} ways to reach somebody at most.", "contacts")
    return tuple(kept.values())


def clean_speaker(speaker: Speaker) -> Speaker:
    """Check and tidy a guardian. Raises Unfit."""
    return Speaker(
        name=required(speaker.name, field="guardian_name"),
        relation=one_line(speaker.relation, field="relation", most=60),
        phone=clean_phone(speaker.phone, field="guardian_phone") if speaker.phone else "",
        email=clean_email(speaker.email, field="guardian_email") if speaker.email else "",
    )


def clean_history(kind: object, text: object) -> str:
    """Check an allergy, medication, condition or insurance in words. Raises Unfit."""
    if kind not in HistoryKind.values:
        raise UnfitChart("Choose allergy, medication, condition or insurance.", "kind")
    return required(text, field="text", most=HISTORY_LENGTH)


def clean_phone(text: object, *, field: str = "phone") -> str:
    """Write a typed phone number as E.164. Raises NotAPhone."""
    number = phones.to_e164(one_line(text, field=field))
    if number is None:
        raise NotAPhone("Enter the phone number with its area code, like (503) 555-0120.", field)
    return number


def clean_email(text: object, *, field: str = "email") -> str:
    """Check a typed e-mail address. Raises NotAnEmail."""
    address = one_line(text, field=field, most=254)
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NotAnEmail("Enter an e-mail address like elena@example.org.", field) from wrong
    return address


def _clean_contact(contact: Reach) -> Reach:
    if contact.kind == ContactKind.PHONE:
        value = clean_phone(contact.value)
    elif contact.kind == ContactKind.EMAIL:
        value = clean_email(contact.value)
    else:
        raise UnfitChart("A way to reach somebody is a phone number or an e-mail address.", "contacts")
    return replace(contact, value=value, label=one_line(contact.label, field="label", most=40))


def _check_birth_date(born: object, on: date) -> None:
    if born is None:
        return
    if not isinstance(born, date):
        raise NotABirthDate("Enter the birth date as month, day and year, like 3/4/1968.", "birth_date")
    if born > on + timedelta(days=1):  # a day: the date line
        raise NotABirthDate("The birth date lies in the future.", "birth_date")
    if born < OLDEST:
        raise NotABirthDate("Nobody alive was born so long ago. Check the year of birth.", "birth_date")


def _check_choices(given: Particulars) -> None:
    choices = (
        (given.sex, Sex.values, "sex"),
        (given.preferred_channel, Channel.values, "preferred_channel"),
        (given.anxiety, Anxiety.values, "anxiety"),
    )
    for value, allowed, field in choices:
        if value not in allowed:
            raise UnfitChart(f"Choose one of the answers for {field.replace('_', ' ')}.", field)

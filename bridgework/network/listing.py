"""What an entry of the directory says, checked before it is written: practices, places and people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from bridgework.dentistry.specialties import SPECIALTIES
from bridgework.lib import npi as npis
from bridgework.lib import phones
from bridgework.lib.plain_text import Unfit, one_line, required
from bridgework.network.models import OrganizationKind, ReachedBy

Hours = Mapping[int, Sequence[tuple[time, time]]]  # Monday is 0; local times

_POSTAL_CODE = re.compile(r"\d{5}(-\d{4})?")
_TAXONOMY = re.compile(r"[0-9]{3}[0-9A-Z]{6}X")  # NUCC Health Care Provider Taxonomy
MOST_REPORT_DAYS = 60


class UnfitEntry(Unfit):
    """What was given about an organization, an office or a provider cannot be used."""


class NotAnNpi(UnfitEntry):
    """The number is no National Provider Identifier."""


class NotAPhone(UnfitEntry):
    """The number is no phone or fax number."""


@dataclass(frozen=True, kw_only=True)
class Practice:
    """An organization as somebody enters it. `specialty` is a key of dentistry.specialties, empty for a general dentist."""

    name: str
    kind: str = OrganizationKind.GENERAL
    specialty: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """An office as somebody enters it. `zone` is an IANA name, `report_days` are working days."""

    name: str
    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    fax: str = ""
    email: str = ""
    zone: str = "America/Los_Angeles"
    weekly_hours: Hours | None = None
    closed_dates: Sequence[date] = ()
    reached_by: str = ReachedBy.PORTAL
    report_days: int = 2
    is_open: bool = True


@dataclass(frozen=True, kw_only=True)
class Person:
    """A provider as somebody enters them."""

    family: str
    given: str = ""
    credentials: str = ""
    npi: str = ""
    taxonomy: str = ""


def clean_practice(practice: Practice) -> Practice:
    """Check and tidy an organization. Raises Unfit."""
    if practice.kind not in OrganizationKind.values:
        raise UnfitEntry("Choose what kind of practice it is.", "kind")
    if practice.specialty and practice.specialty not in SPECIALTIES:
        raise UnfitEntry("Choose one of the specialties.", "specialty")
    return replace(practice, name=required(practice.name, field="name"))


def clean_place(place: Place, *, is_member: bool) -> Place:
    """Check and tidy an office; an office is reached only by a way that it has an address for. Raises Unfit."""
    cleaned = replace(
        place,
        name=required(place.name, field="name"),
        street=one_line(place.street, field="street"),
        city=one_line(place.city, field="city"),
        state=one_line(place.state, field="state", most=40),
        postal_code=_postal_code(place.postal_code),
        phone=phone_number(place.phone, field="phone"),
        fax=phone_number(place.fax, field="fax"),
        email=email_address(place.email),
    )
    _check_position(cleaned)
    _check_calendar(cleaned)
    _check_way(cleaned, is_member=is_member)
    return cleaned


def clean_person(person: Person) -> Person:
    """Check and tidy a provider. Raises NotAnNpi or Unfit."""
    taxonomy = one_line(person.taxonomy, field="taxonomy").upper()
    if taxonomy and not _TAXONOMY.fullmatch(taxonomy):
        raise UnfitEntry("A taxonomy code has ten characters and ends in X, like 1223E0200X.", "taxonomy")
    return replace(
        person,
        family=required(person.family, field="family_name"),
        given=one_line(person.given, field="given_name"),
        credentials=one_line(person.credentials, field="credentials", most=60),
        npi=clean_npi(person.npi),
        taxonomy=taxonomy,
    )


def clean_npi(text: object) -> str:
    """Check a National Provider Identifier; empty stays empty. Raises NotAnNpi."""
    digits = re.sub(r"[\s-]", "", one_line(text, field="npi"))
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        raise NotAnNpi("An NPI has ten digits.", "npi")
    if not npis.is_valid(digits):
        raise NotAnNpi("This NPI has a typing mistake: its last digit does not fit the others.", "npi")
    return digits


def phone_number(text: object, *, field: str) -> str:
    """Check a phone or fax number and write it as E.164; empty stays empty. Raises NotAPhone."""
    typed = one_line(text, field=field)
    if not typed:
        return ""
    number = phones.to_e164(typed)
    if number is None:
        raise NotAPhone(f"Enter the {field} number with its area code, like (503) 555-0120.", field)
    return number


def email_address(text: object) -> str:
    """Check an e-mail address; empty stays empty. Raises UnfitEntry."""
    address = one_line(text, field="email", most=254)
    if address:
        try:
            validate_email(address)
        except ValidationError as wrong:
            raise UnfitEntry("Enter an e-mail address like office@example.org.", "email") from wrong
    return address


def hours_as_stored(hours: Hours | None) -> dict[str, list[list[str]]]:
    """Write opening hours as the office row keeps them: {"0": [["08:00", "17:00"]], …}."""
    return {
        str(day): [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in sorted(openings)]
        for day, openings in sorted((hours or {}).items())
        if openings
    }


def _postal_code(text: object) -> str:
    code = one_line(text, field="postal_code", most=20)
    if code and code[0].isdigit() and not _POSTAL_CODE.fullmatch(code):
        raise UnfitEntry("Enter the ZIP code with five digits, like 97204.", "postal_code")
    return code


def _check_position(place: Place) -> None:
    latitude, longitude = place.latitude, place.longitude
    if (latitude is None) != (longitude is None):
        raise UnfitEntry("Enter both latitude and longitude, or neither.", "latitude")
    if latitude is not None and longitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise UnfitEntry("Latitude lies between -90 and 90, longitude between -180 and 180.", "latitude")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _check_calendar(place: Place) -> None:
    if place.zone not in _zones():
        raise UnfitEntry("Choose the time zone of the office.", "zone")
    for day, openings in (place.weekly_hours or {}).items():
        _check_day(day, openings)
    if not _is_whole_number(place.report_days) or not 1 <= place.report_days <= MOST_REPORT_DAYS:
        raise UnfitEntry(f"The report is promised within 1 to {MOST_REPORT_DAYS} working days.", "report_days")


def _is_whole_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _check_day(day: int, openings: Sequence[tuple[time, time]]) -> None:
    if day not in range(7):
        raise UnfitEntry("Opening hours are given by weekday.", "weekly_hours")
    ended = None
    for opens, closes in sorted(openings):
        if closes <= opens:
            raise UnfitEntry("An office closes after it opens.", "weekly_hours")
        if ended is not None and opens < ended:
            raise UnfitEntry("Two openings of a day overlap.", "weekly_hours")
        ended = closes


def _check_way(place: Place, *, is_member: bool) -> None:
    needs: dict[str, tuple[bool, str, str]] = {
        ReachedBy.PORTAL: (is_member, "An office without an account cannot be told in Bridgework.", "reached_by"),
        ReachedBy.EMAIL: (bool(place.email), "Enter the e-mail address by which the office wants to be told.", "email"),
        ReachedBy.FAX: (bool(place.fax), "Enter the fax number by which the office wants to be told.", "fax"),
        ReachedBy.PHONE: (bool(place.phone), "Enter the phone number by which the office wants to be told.", "phone"),
        ReachedBy.LETTER: (
            bool(place.street and place.city),
            "Enter street and city, so that a letter can reach the office.",
            "street",
        ),
        ReachedBy.UNKNOWN: (not is_member, "Choose how your office wants to be told.", "reached_by"),
    }
    if place.reached_by not in needs:
        raise UnfitEntry("Choose how the office wants to be told.", "reached_by")
    has_address, sentence, field = needs[place.reached_by]
    if not has_address:
        raise UnfitEntry(sentence, field)

"""Names, phones, addresses, dates and provider numbers as FHIR writes them, put as people write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bridgework.interop.fhir import terms
from bridgework.interop.fhir.datatypes import Address, ContactPoint, HumanName, Identifier
from bridgework.interop.notes import Notes
from bridgework.lib import npi, phones

_NAME_USES = ("official", "usual", "", "temp", "nickname", "anonymous", "old", "maiden")
_PHONE_USES = ("mobile", "home", "", "work", "temp", "old")
_OFFICE_PHONE_USES = ("work", "", "mobile", "temp", "home", "old")
_ADDRESS_USES = ("home", "", "temp", "billing", "work", "old")
_COUNTRIES = {"USA": "US", "UNITED STATES": "US", "CAN": "CA", "CANADA": "CA", "MEX": "MX", "MEXICO": "MX", "GBR": "GB"}
_TITLE = re.compile(r"^(dr|mr|mrs|ms|miss|prof)\b\.?\s*", re.I)
_CREDENTIALS = re.compile(r",\s*(md|do|dds|dmd|phd|rdh|rn|np|pa|ms|msd|facs|jr|sr|ii|iii)\b.*$", re.I)


@dataclass(frozen=True)
class PersonName:
    """A name in its two parts, and how sure the parting is."""

    family: str
    given: str
    confidence: float


def person_name(names: Iterable[HumanName]) -> PersonName:
    """Choose the name in use (official before usual before old) and part it; empty when there is none."""
    known = [name for name in names if name.family or name.given or name.text]
    if not known:
        return PersonName("", "", 0.0)
    name = min(known, key=lambda one: (_at(_NAME_USES, one.use), bool(one.period and one.period.end)))
    family, given = terms.one_line(name.family), terms.one_line(" ".join(name.given))
    if not (family or given):
        return parted(name.text, 0.7)
    return PersonName(family, given, 1.0)


def parted(text: str, confidence: float) -> PersonName:
    """Part a written name: "Rivera, Jordan" at the comma, else the last word is the family name."""
    plain = _TITLE.sub("", _CREDENTIALS.sub("", terms.one_line(text)))
    family, comma, given = (part.strip() for part in plain.partition(","))
    if not comma:
        given, _, family = plain.rpartition(" ")
    return PersonName(family, given, confidence)


def provider_name(names: Iterable[HumanName]) -> str:
    """Write the name of a provider with title and credentials, as the document gives them."""
    known = [name for name in names if name.family or name.given or name.text]
    if not known:
        return ""
    name = min(known, key=lambda one: _at(_NAME_USES, one.use))
    if not (name.family or name.given):
        return terms.one_line(name.text)
    plain = terms.one_line(" ".join([*name.prefix, *name.given, name.family]))
    return ", ".join([plain, *(terms.one_line(suffix) for suffix in name.suffix if suffix)])


def phone_numbers(telecom: Iterable[ContactPoint], region: str, notes: Notes) -> tuple[list[str], float]:
    """Give the person's phones as E.164, the mobile first, and how sure the least sure of them is."""
    points = [point for point in telecom if point.system in ("phone", "sms") and point.value]
    points.sort(key=lambda point: (point.rank or 99, _at(_PHONE_USES, point.use)))
    read = [_phone(point.value, region, notes) for point in points]
    kept = [(number, sure) for number, sure in read if number]
    return list(dict.fromkeys(number for number, _ in kept)), min((sure for _, sure in kept), default=1.0)


def office_number(system: str, telecom: Iterable[ContactPoint], notes: Notes) -> tuple[str, float]:
    """Give the one phone or fax number at which an office is reached, "" when there is none."""
    points = [point for point in telecom if point.system == system and point.value]
    points.sort(key=lambda point: (_at(_OFFICE_PHONE_USES, point.use), point.rank or 99))
    for point in points:
        number, sure = _phone(point.value, "US", notes)
        if number:
            return number, sure
    return "", 0.0


def emails(telecom: Iterable[ContactPoint]) -> list[str]:
    """Give the e-mail addresses, each once."""
    found = (terms.one_line(point.value) for point in telecom if point.system == "email" and point.use != "old")
    return list(dict.fromkeys(address for address in found if re.fullmatch(r"[^@\s]+@[^@\s]+", address)))


def address_text(addresses: Iterable[Address]) -> str:
    """Write the address on one line: "123 Test Dr., Denver, CO 80204"."""
    known = sorted(addresses, key=lambda one: (_at(_ADDRESS_USES, one.use), one.type == "postal"))
    for address in known:
        place = " ".join(filter(None, [address.state, address.postal_code]))
        country = "" if region_of([address]) == "US" else address.country
        parts = [*address.line, address.city, place, country]
        written = ", ".join(text for part in parts if (text := terms.one_line(part)))
        if written or address.text:
            return written or terms.one_line(address.text)
    return ""


def region_of(addresses: Iterable[Address]) -> str:
    """Say in which country local phone numbers are meant; the United States when no address says otherwise."""
    for address in addresses:
        country = address.country.strip().upper()
        if country in _COUNTRIES or re.fullmatch(r"[A-Z]{2}", country):
            return _COUNTRIES.get(country, country)
    return "US"


def day(written: str) -> str:
    """Give the day of a FHIR date or time as written there (YYYY-MM-DD); "" when it names no real day."""
    found = re.match(r"(\d{4}-\d{2}-\d{2})(T|$)", written)
    try:
        return date.fromisoformat(found[1]).isoformat() if found else ""
    except ValueError:
        return ""


def npi_of(identifiers: Iterable[Identifier], owner: str, notes: Notes) -> tuple[str, float]:
    """Give the NPI; one whose check digit is wrong is kept with a warning (US Core us-core-16 and 17)."""
    found = sorted(one.value for one in identifiers if one.value and _is_npi(one))
    if not found:
        return "", 0.0
    best = next((number for number in found if npi.is_valid(number)), found[0])
    if npi.is_valid(best):
        return best, 1.0
    notes.warn(
        f"The NPI {best[:40]}{f' of {owner}' if owner else ''} is not valid: its length or check digit is wrong."
    )
    return best, 0.5


def _is_npi(identifier: Identifier) -> bool:
    return terms.system_of(identifier.system) == terms.NPI or terms.has_type(identifier, "NPI")


def _phone(value: str, region: str, notes: Notes) -> tuple[str, float]:
    """Read a phone number; digits that no exchange can have are kept for a person to check, with little trust."""
    if number := phones.to_e164(value, region):
        return number, 1.0
    digits = re.sub(r"\D", "", re.split(r"(?i)\bx|ext", value)[0])
    is_american = region == "US" and re.fullmatch(r"1?[1-9]\d{9}", digits)
    notes.warn(f"The phone number {terms.one_line(value)[:40]} cannot be right.")
    return (f"+1{digits[-10:]}", 0.3) if is_american else ("", 0.0)


def _at(order: tuple[str, ...], word: str) -> int:
    return order.index(word) if word in order else len(order) // 2

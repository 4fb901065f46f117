"""Recognizing a referring office and doctor in what a document says of them, and listing them when nobody knows them.

A number that belongs to one office alone (NPI, fax, phone) decides. A name decides only together with a town or ZIP
code, and two doctors of one name stay two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from bridgework.access import viewer
from bridgework.lib import npi as npis
from bridgework.lib import phones
from bridgework.lib.actor import Actor
from bridgework.lib.names import name_key, name_words
from bridgework.lib.plain_text import LINE_LIMIT, Unfit, one_line
from bridgework.network import actions
from bridgework.network.listing import Person, Place, Practice, email_address
from bridgework.network.models import Affiliation, Office, OrganizationKind, Provider, ReachedBy

MOST_CANDIDATES = 10


@dataclass(frozen=True, kw_only=True)
class Clues:
    """What a document says about who refers. Everything may be missing, and phones may be written in any way."""

    provider: str = ""  # "Ingrid Lindqvist, DDS"
    npi: str = ""
    office: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    taxonomy: str = ""


@dataclass(frozen=True)
class OfficeCandidate:
    """An office that may be meant; `is_sure` when a number of its own says so."""

    office: Office
    provider: Provider | None
    reason: str
    is_sure: bool


@dataclass(frozen=True)
class Referrer:
    """Who refers, as rows of the directory. `is_new` when the office was typed in just now."""

    office: Office
    provider: Provider | None
    reason: str
    is_new: bool

    @property
    def organization_id(self) -> UUID:
        return self.office.organization_id


def find_provider(clues: Clues) -> Provider | None:
    """Find the provider by NPI alone: a name may belong to two people."""
    number = clues.npi.strip()
    return Provider.objects.filter(npi=number).first() if npis.is_valid(number) else None


def find_offices(clues: Clues, *, on: date) -> tuple[OfficeCandidate, ...]:
    """List the offices that may be meant, the surest first; an office of the viewer's own is never meant.

    By NPI (where that provider works on the day), fax, phone, e-mail, then by name within the town or ZIP code.
    """
    provider = find_provider(clues)
    candidates: dict[UUID, OfficeCandidate] = {}
    for found, reason, is_sure in _ways(clues, provider, on):
        for office in found:
            candidates.setdefault(office.id, OfficeCandidate(office, provider, reason, is_sure))
    ordered = sorted(candidates.values(), key=lambda one: (not one.is_sure, _rank(one, clues), one.office.id))
    return tuple(ordered[:MOST_CANDIDATES])


@transaction.atomic
def find_or_make_referrer(*, clues: Clues, by: Actor, at: datetime) -> Referrer:
    """Give the office and provider that a document names; an office that nobody knows is typed in as unlisted.

    What a document says wrongly (a broken phone or NPI) is left out, never a reason to refuse. A doctor who is new to
    a known unlisted office of ours is noted as working there; a member says itself who works for it.
    """
    candidates = find_offices(clues, on=at.date())
    sure = [candidate for candidate in candidates if candidate.is_sure]
    if sure:
        office, reason = sure[0].office, sure[0].reason
        return Referrer(office, _provider_at(office, clues, by, at), reason, is_new=False)
    office = actions.add_unlisted_office(practice=_practice(clues), place=_place(clues), by=by, at=at)
    return Referrer(office, _provider_at(office, clues, by, at), "Nobody in the directory fits.", is_new=True)


def _ways(clues: Clues, provider: Provider | None, on: date) -> Iterable[tuple[Iterable[Office], str, bool]]:
    offices = Office.objects.filter(is_open=True).exclude(organization_id=viewer.current())
    offices = offices.select_related("organization").order_by("id")
    if provider:
        there = _offices_of(provider, offices, on)
        # Somebody who works in several offices is known, but not where they wrote from.
        yield _told_apart(there, clues), "The NPI fits.", True
        yield there, "The doctor works there.", False
    for column, text, reason in (("fax", clues.fax, "The fax number fits."), ("phone", clues.phone, "The phone fits.")):
        if number := phones.to_e164(text):
            found = list(offices.filter(**{column: number})[: MOST_CANDIDATES + 1])
            yield found, reason, len(found) == 1
    if clues.email.strip():
        found = list(offices.filter(email__iexact=clues.email.strip())[: MOST_CANDIDATES + 1])
        yield found, "The e-mail address fits.", len(found) == 1
    if key := name_key(clues.office):
        same = list(offices.filter(_named(key))[: MOST_CANDIDATES + 1])
        near = [office for office in same if _is_near(office, clues)]
        yield near, "Name and town fit.", len(near) == 1
        yield same, "The name fits.", False


def _named(key: str) -> Q:
    return Q(organization__name_key=key) | Q(name__iexact=key)


def _offices_of(provider: Provider, offices: QuerySet[Office], on: date) -> list[Office]:
    works = Affiliation.objects.filter(provider=provider, works_from__lte=on)
    works = works.filter(Q(works_until__isnull=True) | Q(works_until__gte=on))
    return list(offices.filter(id__in=works.values("office_id")))


def _told_apart(there: list[Office], clues: Clues) -> list[Office]:
    """Keep the one office that the other clues point to; without other clues, the only one."""
    if not any((clues.office, clues.phone, clues.fax, clues.city, clues.postal_code)):
        return there if len(there) == 1 else []
    for points_to in (_same_number, _is_near, _same_name):
        fitting = [office for office in there if points_to(office, clues)]
        if len(fitting) == 1:
            return fitting
    return []


def _same_number(office: Office, clues: Clues) -> bool:
    numbers = {phones.to_e164(clues.phone), phones.to_e164(clues.fax)} - {None}
    return bool(numbers & {office.phone, office.fax})


def _same_name(office: Office, clues: Clues) -> bool:
    key = name_key(clues.office)
    return bool(key) and key in (office.organization.name_key, name_key(office.name))


def _is_near(office: Office, clues: Clues) -> bool:
    same_zip = bool(clues.postal_code) and office.postal_code[:5] == clues.postal_code.strip()[:5]
    same_town = bool(clues.city) and name_key(office.city) == name_key(clues.city)
    return same_zip or same_town


def _rank(candidate: OfficeCandidate, clues: Clues) -> int:
    """Count what speaks against a candidate: fewer is better."""
    office = candidate.office
    return sum(not speaks_for(office, clues) for speaks_for in (_same_name, _is_near, _same_number))


def _provider_at(office: Office, clues: Clues, by: Actor, at: datetime) -> Provider | None:
    listed = find_provider(clues) or _same_name_there(office, clues)
    if listed is None and clues.provider.strip():
        listed = actions.add_provider(person=_person(clues), by=by, at=at)
    if listed and not office.organization.is_member and not _works_there(listed, office):
        actions.affiliate(provider_id=listed.id, office_id=office.id, works_from=at.date(), by=by, at=at)
    return listed


def _same_name_there(office: Office, clues: Clues) -> Provider | None:
    """Find the doctor of that name who works in that very office, unless the two have different NPIs."""
    person = _person(clues)
    key = name_key(f"{person.family} {person.given}")
    there = Provider.objects.filter(affiliations__office=office, name_key=key).order_by("id").distinct()
    fitting = [one for one in there if not (one.npi and person.npi)]
    return fitting[0] if key and len(fitting) == 1 else None


def _works_there(provider: Provider, office: Office) -> bool:
    return Affiliation.objects.filter(provider=provider, office=office, works_until__isnull=True).exists()


def _person(clues: Clues) -> Person:
    """Read "Ingrid Lindqvist, DDS" or "Lindqvist, Ingrid" as a person."""
    typed = _line(clues.provider)
    first, _, rest = typed.partition(",")
    if name_words(rest) and not _are_credentials(rest):
        family, given, credentials = first, rest, ""
    else:
        given, _, family = first.strip().rpartition(" ")
        credentials = rest
    number = clues.npi.strip()
    return Person(
        family=family.strip() or "Unknown",
        given=" ".join(word for word in given.split() if word.rstrip(".").lower() != "dr"),
        credentials=credentials.strip()[:60],
        npi=number if npis.is_valid(number) else "",
    )


def _are_credentials(text: str) -> bool:
    words = text.replace(".", "").replace(",", " ").split()
    return all(word.isupper() or word in ("PhD", "Jr", "Sr") for word in words)


def _practice(clues: Clues) -> Practice:
    of_doctor = f"Office of {clues.provider}" if clues.provider.strip() else "Unknown office"
    return Practice(name=_line(clues.office) or _line(of_doctor), kind=OrganizationKind.GENERAL)


def _place(clues: Clues) -> Place:
    """Take over what can be used of the address, and the best way to reach the office that it leaves."""
    email, fax, phone = _usable_email(clues.email), phones.to_e164(clues.fax) or "", phones.to_e164(clues.phone) or ""
    street, city, digits = _line(clues.street), _line(clues.city), clues.postal_code.strip()[:5]
    letter = street and city
    ways = ((ReachedBy.EMAIL, email), (ReachedBy.FAX, fax), (ReachedBy.PHONE, phone), (ReachedBy.LETTER, letter))
    return Place(
        name=_practice(clues).name,
        street=street,
        city=city,
        state=_line(clues.state, 40),
        postal_code=digits if len(digits) == 5 and digits.isascii() and digits.isdigit() else "",
        phone=phone,
        fax=fax,
        email=email,
        reached_by=next((way for way, address in ways if address), ReachedBy.UNKNOWN),
    )


def _line(text: str, most: int = LINE_LIMIT) -> str:
    return one_line(text[:most], field="office", most=most)


def _usable_email(text: str) -> str:
    try:
        return email_address(text)
    except Unfit:
        return ""

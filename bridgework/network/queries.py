"""Reading the directory: whom to refer to, how each office wants to be told, who works there today."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from bridgework.access import viewer
from bridgework.dentistry.specialties import SPECIALTIES
from bridgework.lib.names import name_key
from bridgework.network.calendar import office_hours
from bridgework.network.models import Affiliation, Office, Organization, OrganizationKind, Provider, ReachedBy

__all__ = ["directory", "home_offices", "office_card", "office_hours", "own_offices", "provider_card"]

_EARTH_MILES = 3958.8
_NEARBY_DIGITS = 3  # of a ZIP code: the region of one sorting center


class After(NamedTuple):
    """The last row of the page before: its organization's name key and the office's id."""

    name_key: str
    office_id: UUID


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody looks for in the directory; empty fields do not narrow."""

    text: str = ""  # a word of the organization's, office's, town's or a provider's name
    specialty: str = ""  # key of dentistry.specialties; "general" finds general dentists
    near_zip: str = ""
    seen_from: Office | None = None  # gives the distance, when both offices have coordinates
    without: UUID | None = None  # leaves an organization out: nobody refers to themselves


@dataclass(frozen=True)
class WorksThere:
    """A provider who works in an office on the day asked for."""

    affiliation_id: UUID
    provider_id: UUID
    name: str
    credentials: str
    npi: str
    works_from: date
    works_until: date | None


@dataclass(frozen=True)
class DirectoryRow:
    """An office as the directory shows it."""

    office: Office
    organization: Organization
    providers: tuple[WorksThere, ...]
    miles: float | None

    @property
    def specialty_label(self) -> str:
        """Say what the practice does."""
        specialty = SPECIALTIES.get(self.organization.specialty)
        return specialty.label if specialty else OrganizationKind(self.organization.kind).label

    @property
    def reached_by_label(self) -> str:
        """Say how the office wants to be told."""
        return ReachedBy(self.office.reached_by).label

    @property
    def after(self) -> After:
        """Give the place of this row, from which the next page goes on."""
        return After(self.organization.name_key, self.office.id)


@dataclass(frozen=True)
class OfficeCard:
    """Everything that the directory knows of an office, for its page."""

    row: DirectoryRow
    is_ours: bool  # the viewer may change it
    left: tuple[WorksThere, ...]  # providers of former or later times, last first
    siblings: tuple[Office, ...]  # other offices of the same organization


def directory(wish: Wish, *, on: date, after: After | None = None, limit: int = 25) -> tuple[DirectoryRow, ...]:
    """List open offices by the name of their organization, with who works there on a day.

    Ask for one row more than you show to learn whether there is another page. Three statements, whatever the size.
    """
    offices = _narrowed(Office.objects.filter(is_open=True), wish, on)
    if after is not None:
        later = Q(organization__name_key=after.name_key, id__gt=after.office_id)
        offices = offices.filter(Q(organization__name_key__gt=after.name_key) | later)
    found = list(offices.select_related("organization").order_by("organization__name_key", "id")[:limit])
    providers = _providers_by_office(found, on)
    return tuple(
        DirectoryRow(office, office.organization, providers.get(office.id, ()), _miles(wish.seen_from, office))
        for office in found
    )


def office_card(office_id: UUID, *, on: date, seen_from: Office | None = None) -> OfficeCard:
    """Give an office's page. Raises Office.DoesNotExist for one that the viewer does not see."""
    office = Office.objects.select_related("organization").get(id=office_id)
    affiliations = list(_affiliations([office]).order_by("-works_from", "id"))
    now_there = [row for row in affiliations if _works(row, on)]
    siblings = Office.objects.filter(organization_id=office.organization_id).exclude(id=office.id)
    organization, me = office.organization, viewer.current()
    return OfficeCard(
        row=DirectoryRow(office, organization, _by_name(now_there), _miles(seen_from, office)),
        is_ours=organization.id == me or (organization.made_by_id == me and not organization.is_member),
        left=tuple(_works_there(row) for row in affiliations if not _works(row, on)),
        siblings=tuple(siblings.order_by("name", "id")),
    )


def own_offices() -> tuple[Office, ...]:
    """List the offices of the viewer's organization: open ones first, by name, then key."""
    offices = Office.objects.filter(organization_id=viewer.current())
    return tuple(offices.select_related("organization").order_by("-is_open", "name", "id"))


def home_offices(organization_id: UUID, office_id: UUID | None) -> QuerySet[Office]:
    """Select an organization's offices, each with its organization.

    In front stands the one where somebody sits: their own, else the first open one.
    """
    offices = Office.objects.filter(organization_id=organization_id).select_related("organization")
    own = Case(When(id=office_id, then=0), default=1) if office_id else Value(1)
    return offices.order_by(own, "-is_open", "id")


def provider_card(provider_id: UUID) -> Provider:
    """Give a provider. Raises Provider.DoesNotExist."""
    return Provider.objects.get(id=provider_id)


def office_of_affiliation(affiliation_id: UUID) -> UUID | None:
    """Give the office in which somebody works or worked; None for one that the viewer does not see."""
    return Affiliation.objects.filter(id=affiliation_id).values_list("office_id", flat=True).first()


def providers_of(organization_id: UUID, *, on: date) -> tuple[WorksThere, ...]:
    """List everybody who works in any office of an organization on a day: by name, then key."""
    rows = Affiliation.objects.filter(organization_id=organization_id).select_related("provider")
    return _by_name([row for row in rows.order_by("id") if _works(row, on)])


def _narrowed(offices: QuerySet[Office], wish: Wish, on: date) -> QuerySet[Office]:
    if wish.without:
        offices = offices.exclude(organization_id=wish.without)
    if wish.specialty == "general":
        offices = offices.filter(organization__kind=OrganizationKind.GENERAL)
    elif wish.specialty:
        offices = offices.filter(organization__specialty=wish.specialty)
    if region := wish.near_zip.strip()[:_NEARBY_DIGITS]:
        offices = offices.filter(postal_code__startswith=region)
    for word in name_key(wish.text).split():
        offices = offices.filter(_mentions(word, on))
    return offices


def _mentions(word: str, on: date) -> Q:
    working = Affiliation.objects.filter(_begins("provider__name_key", word), office=OuterRef("id"))
    there = working.filter(works_from__lte=on).filter(Q(works_until__isnull=True) | Q(works_until__gte=on))
    named = _begins("organization__name_key", word) | _begins("name", word) | _begins("city", word)
    return named | Q(Exists(there))


def _begins(column: str, word: str) -> Q:
    """Match any word of a name by its beginning."""
    return Q(**{f"{column}__istartswith": word}) | Q(**{f"{column}__icontains": f" {word}"})


def _affiliations(offices: Sequence[Office]) -> QuerySet[Affiliation]:
    organizations = {office.organization_id for office in offices}
    rows = Affiliation.objects.filter(organization_id__in=organizations, office__in=[office.id for office in offices])
    return rows.select_related("provider")


def _providers_by_office(offices: Sequence[Office], on: date) -> dict[UUID, tuple[WorksThere, ...]]:
    if not offices:
        return {}
    rows = [row for row in _affiliations(offices).order_by("id") if _works(row, on)]
    return {office.id: _by_name(row for row in rows if row.office_id == office.id) for office in offices}


def _works(row: Affiliation, on: date) -> bool:
    return row.works_from <= on and (row.works_until is None or row.works_until >= on)


def _by_name(rows: Iterable[Affiliation]) -> tuple[WorksThere, ...]:
    ordered = sorted(rows, key=lambda row: (row.provider.name_key, row.provider_id, row.id))
    return tuple(_works_there(row) for row in ordered)


def _works_there(row: Affiliation) -> WorksThere:
    provider = row.provider
    return WorksThere(
        affiliation_id=row.id,
        provider_id=provider.id,
        name=str(provider),
        credentials=provider.credentials,
        npi=provider.npi or "",
        works_from=row.works_from,
        works_until=row.works_until,
    )


def _miles(one: Office | None, other: Office) -> float | None:
    """Work out the distance over the ground (haversine formula), when both offices have coordinates."""
    if one is None or None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    a, b = math.radians(one.latitude or 0.0), math.radians(other.latitude or 0.0)
    across = math.radians((other.longitude or 0.0) - (one.longitude or 0.0))
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * _EARTH_MILES * math.asin(min(1.0, math.sqrt(half)))

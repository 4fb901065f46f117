"""Writing the directory: organizations, offices, providers, and who works where over time."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.lib.names import name_key
from bridgework.network.listing import (
    Person,
    Place,
    Practice,
    UnfitEntry,
    clean_person,
    clean_place,
    clean_practice,
    hours_as_stored,
)
from bridgework.network.models import Affiliation, Office, Organization, Provider

_SLUG_LENGTH = 70


class NotYours(UnfitEntry):
    """Only the organization itself, or whoever typed an unlisted office in, changes an entry."""


class NpiTaken(UnfitEntry):
    """The NPI belongs to another provider of the directory."""


class WorksThereAlready(UnfitEntry):
    """The provider works in that office at that time already."""


@transaction.atomic
def register_organization(*, practice: Practice, by: Actor, at: datetime) -> Organization:
    """Register a practice that works with Bridgework, as the viewer itself: act for a fresh id and register it.

    Raises Unfit when the entry makes no sense.
    """
    cleaned = clean_practice(practice)
    own_id = viewer.current()
    slug = slugify(cleaned.name)[:_SLUG_LENGTH].strip("-") or "practice"
    if Organization.objects.filter(slug=slug).exists():
        slug = _slug_with_id(slug, own_id)
    organization = Organization.objects.create(
        id=own_id,
        name=cleaned.name,
        name_key=name_key(cleaned.name),
        slug=slug,
        kind=cleaned.kind,
        specialty=cleaned.specialty,
        made_at=at,
    )
    audit.record("organization.registered", by=by, at=at, organization_id=str(organization.id))
    return organization


@transaction.atomic
def change_organization(*, organization_id: UUID, practice: Practice, by: Actor, at: datetime) -> Organization:
    """Change name, kind or specialty; the slug stays, because addresses were given out. Raises NotYours or Unfit."""
    cleaned = clean_practice(practice)
    organization = _organization_of_ours(organization_id)
    organization.name, organization.name_key = cleaned.name, name_key(cleaned.name)
    organization.kind, organization.specialty = cleaned.kind, cleaned.specialty
    organization.save(update_fields=["name", "name_key", "kind", "specialty"])
    audit.record("organization.changed", by=by, at=at, organization_id=str(organization.id))
    return organization


@transaction.atomic
def add_office(
    *, organization_id: UUID, place: Place, office_id: UUID | None = None, by: Actor, at: datetime
) -> Office:
    """Add an office to the viewer's organization, or to an unlisted one that it typed in.

    With `office_id`, the same call again (a form sent twice) gives the office that is there. Raises NotYours or Unfit.
    """
    organization = _organization_of_ours(organization_id)
    if office_id and (made := Office.objects.filter(organization_id=organization_id, id=office_id).first()):
        return made
    office = Office(id=office_id or uuid7(), organization=organization)
    _fill(office, clean_place(place, is_member=organization.is_member))
    office.save(force_insert=True)
    audit.record("office.added", by=by, at=at, office_id=str(office.id))
    return office


@transaction.atomic
def change_office(*, office_id: UUID, place: Place, by: Actor, at: datetime) -> Office:
    """Change an office's address, hours or preferred way to be told. Raises NotYours or Unfit."""
    office = _office_of_ours(office_id)
    before = {name: getattr(office, name) for name in _OFFICE_FIELDS}
    _fill(office, clean_place(place, is_member=office.organization.is_member))
    office.save(force_update=True)
    changed = [name for name in _OFFICE_FIELDS if getattr(office, name) != before[name]]
    audit.record("office.changed", by=by, at=at, office_id=str(office.id), fields=changed)
    return office


@transaction.atomic
def add_unlisted_office(
    *, practice: Practice, place: Place, organization_id: UUID | None = None, by: Actor, at: datetime
) -> Office:
    """Type in an office that is not in the directory: an organization without users, with one office.

    Only the viewer's organization sees it. With `organization_id`, the same call again gives the office that is there.
    Raises Unfit.
    """
    cleaned = clean_practice(practice)
    ours = Office.objects.filter(organization__made_by_id=viewer.current()).select_related("organization")
    if organization_id and (made := ours.filter(organization_id=organization_id).order_by("id").first()):
        return made
    organization_id = organization_id or uuid7()
    organization = Organization.objects.create(
        id=organization_id,
        name=cleaned.name,
        name_key=name_key(cleaned.name),
        slug=_slug_with_id(slugify(cleaned.name)[:_SLUG_LENGTH].strip("-") or "office", organization_id),
        kind=cleaned.kind,
        specialty=cleaned.specialty,
        is_member=False,
        made_by_id=viewer.current(),
        made_at=at,
    )
    return add_office(organization_id=organization.id, place=place, by=by, at=at)


@transaction.atomic
def add_provider(*, person: Person, provider_id: UUID | None = None, by: Actor, at: datetime) -> Provider:
    """List a dentist or doctor; somebody whose NPI is listed under the same family name is returned as they are.

    Without an NPI nobody is taken for somebody else. With `provider_id`, the same call again gives the one that is
    there. Raises NotAnNpi, NpiTaken or Unfit.
    """
    cleaned = clean_person(person)
    if provider_id and (made := Provider.objects.filter(id=provider_id, made_by_id=viewer.current()).first()):
        return made
    if cleaned.npi and (listed := Provider.objects.filter(npi=cleaned.npi).first()):
        return _same_family(listed, cleaned)
    provider = Provider(
        id=provider_id or uuid7(),
        given=cleaned.given,
        family=cleaned.family,
        name_key=name_key(f"{cleaned.family} {cleaned.given}"),
        credentials=cleaned.credentials,
        npi=cleaned.npi or None,
        taxonomy=cleaned.taxonomy,
        made_by_id=viewer.current(),
    )
    try:
        with transaction.atomic():
            provider.save(force_insert=True)
    except IntegrityError:
        # Somebody listed the same NPI, or sent the same form, a moment ago.
        listed = Provider.objects.filter(npi=cleaned.npi or None).first() or Provider.objects.get(id=provider.id)
        return _same_family(listed, cleaned)
    audit.record("provider.listed", by=by, at=at, provider_id=str(provider.id))
    return provider


@transaction.atomic
def affiliate(
    *, provider_id: UUID, office_id: UUID, works_from: date, works_until: date | None = None, by: Actor, at: datetime
) -> Affiliation:
    """Say that a provider works in an office from a day on, perhaps until one. Raises NotYours or WorksThereAlready."""
    office = _office_of_ours(office_id)
    if not Provider.objects.filter(id=provider_id).exists():
        raise NotYours("This provider is not in the directory.", "provider")
    _check_days(works_from, works_until)
    there = Affiliation.objects.filter(organization_id=office.organization_id, office=office, provider_id=provider_id)
    for known in there.order_by("works_from", "id"):
        if _overlap(known, works_from, works_until):
            raise WorksThereAlready("This provider works in that office at that time already.", "works_from")
    affiliation = Affiliation.objects.create(
        organization_id=office.organization_id,
        office=office,
        provider_id=provider_id,
        works_from=works_from,
        works_until=works_until,
    )
    audit.record("provider.joined", by=by, at=at, provider_id=str(provider_id), office_id=str(office_id))
    return affiliation


@transaction.atomic
def end_affiliation(*, affiliation_id: UUID, works_until: date, by: Actor, at: datetime) -> Affiliation:
    """Say that a provider leaves an office; what they did there stays theirs. Raises NotYours or Unfit."""
    affiliation = Affiliation.objects.select_for_update().filter(id=affiliation_id).first()
    if affiliation is None:
        raise NotYours("This office belongs to somebody else.", "affiliation")
    _check_days(affiliation.works_from, works_until)
    affiliation.works_until = works_until
    affiliation.save(update_fields=["works_until"])
    audit.record("provider.left", by=by, at=at, provider_id=str(affiliation.provider_id))
    return affiliation


_OFFICE_FIELDS = (
    *("name", "street", "city", "state", "postal_code", "latitude", "longitude", "phone", "fax", "email"),
    *("zone", "weekly_hours", "closed_dates", "reached_by", "report_days", "is_open"),
)


def _fill(office: Office, place: Place) -> None:
    for name in _OFFICE_FIELDS:
        setattr(office, name, getattr(place, name))
    office.weekly_hours = hours_as_stored(place.weekly_hours)
    office.closed_dates = [day.isoformat() for day in sorted(set(place.closed_dates))]


def _slug_with_id(slug: str, organization_id: UUID) -> str:
    """Add the random end of the id: unlisted slugs never meet, and none tells that another one is taken."""
    return f"{slug}-{organization_id.hex[-8:]}"


# The policy for changes hides what others wrote from `for update`.
def _organization_of_ours(organization_id: UUID) -> Organization:
    organization = Organization.objects.select_for_update().filter(id=organization_id).first()
    if organization is None:
        raise NotYours("This organization belongs to somebody else.", "organization")
    return organization


def _office_of_ours(office_id: UUID) -> Office:
    office = Office.objects.select_for_update(of=("self",)).select_related("organization").filter(id=office_id).first()
    if office is None:
        raise NotYours("This office belongs to somebody else.", "office")
    return office


def _same_family(listed: Provider, wished: Person) -> Provider:
    if name_key(listed.family) != name_key(wished.family):
        raise NpiTaken(f"This NPI belongs to {listed} in the directory.", "npi")
    return listed


def _check_days(works_from: date, works_until: date | None) -> None:
    if works_until is not None and works_until < works_from:
        raise UnfitEntry("The last day cannot lie before the first.", "works_until")


def _overlap(known: Affiliation, works_from: date, works_until: date | None) -> bool:
    begins_before_it_ends = works_until is None or known.works_from <= works_until
    return begins_before_it_ends and (known.works_until is None or known.works_until >= works_from)

"""Who refers and who is asked: providers and offices behind the references of a request or document."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bridgework.interop.document import ReadRecipient, ReadReferrer
from bridgework.interop.fhir import contacts, terms
from bridgework.interop.fhir.datatypes import CodeableConcept, ContactPoint, Identifier, Reference
from bridgework.interop.fhir.resources import Found, Held
from bridgework.interop.fhir.scope import Scope, extension_references
from bridgework.interop.fhir.structs import (
    Encounter,
    HealthcareService,
    Location,
    Organization,
    Practitioner,
    PractitionerRole,
)

BY_REFERENCE, BY_DOCUMENT, BY_WORDS = 1.0, 0.9, 0.6
_OFFICES = ("Organization", "HealthcareService", "Location")
_OFFICE_WORDS = re.compile(
    r"\b(practice|clinic|cent(er|re)|hospital|office|department|group|associates|dental)\b", re.I
)
_PERSON_WORDS = re.compile(r"\b(dr|dds|dmd|md|do|rdh)\b", re.I)
_NO_PROVIDERS = ("Patient", "RelatedPerson", "Device")
# A role knows both provider and office, so it speaks first when several performers are named.
_MOST_TELLING = ("PractitionerRole", "Practitioner", "HealthcareService", "Organization", "Location")


@dataclass
class Party:
    """A provider, an office or both, gathered from the resources that describe them; each field with its confidence."""

    fields: dict[str, tuple[str, float]] = field(default_factory=dict)
    specialties: list[CodeableConcept] = field(default_factory=list)

    def put(self, name: str, value: str, confidence: float) -> None:
        """Set a field unless it is set already."""
        if value and name not in self.fields:
            self.fields[name] = (value, confidence)

    @property
    def is_hearsay(self) -> bool:
        """Whether nothing but words of a reference is known."""
        return all(confidence <= BY_WORDS for _, confidence in self.fields.values())

    def value(self, name: str) -> str:
        """Give a field, "" when it is not known."""
        return self.fields.get(name, ("", 0.0))[0]


def read_referrer(scope: Scope) -> ReadReferrer:
    """Find who asked for the visit: the requester, else the author of the referral note, else whom a report is sent to."""
    party = Party()
    if scope.request:
        _describe(party, scope.request.view.requester, scope.request.held, scope)
    if scope.task:
        _describe(party, scope.task.view.requester, scope.task.held, scope, only_if_empty=True)
    if head := scope.composition:
        recipients = extension_references(head.view.extension, "informationrecipient")
        named = recipients if scope.kind == "consult_report" else _authors(scope)
        for reference in named:
            _describe(party, reference, head.held, scope, only_if_empty=True)
        if scope.kind == "referral":
            _office_of_document(party, scope)
    fields = {name: party.value(name) for name in ("provider", "npi", "office", "phone", "fax", "email")}
    _trust(party, "referrer", fields, scope)
    return ReadReferrer(**fields)


def read_recipient(scope: Scope) -> tuple[ReadRecipient, list[CodeableConcept]]:
    """Find who is asked to see the patient, and what specialties they have; of a report, else who wrote it."""
    party = Party()
    if scope.request:
        for reference in _telling_first(scope.request.view.performer, scope.request.held, scope):
            _describe(party, reference, scope.request.held, scope)
    if scope.task:
        _describe(party, scope.task.view.owner, scope.task.held, scope, only_if_empty=True)
    if head := scope.composition:
        recipients = extension_references(head.view.extension, "informationrecipient")
        named = _authors(scope) if scope.kind == "consult_report" else recipients
        for reference in named:
            _describe(party, reference, head.held, scope, only_if_empty=True)
    for destination in scope.header.view.destination if scope.header else ():
        if scope.header and scope.kind == "referral":
            _describe(party, destination.receiver, scope.header.held, scope, only_if_empty=True)
    fields = {name: party.value(name) for name in ("provider", "npi", "office", "phone", "fax")}
    _trust(party, "recipient", fields, scope)
    return ReadRecipient(**fields), party.specialties


def _describe(
    party: Party, reference: Reference | None, origin: Held, scope: Scope, *, only_if_empty: bool = False
) -> None:
    """Add what is known about whom a reference means; `only_if_empty`: unless somebody is known by more than words."""
    if reference is None or (only_if_empty and not party.is_hearsay):
        return
    held = scope.resources.held(reference, origin)
    if held and only_if_empty:
        party.fields.clear()
    if held is None:
        _by_words(party, reference, scope)
    elif held.type in _NO_PROVIDERS:
        scope.notes.warn("The request was made by the patient or a relative, not by a provider.")
    elif held.type == "PractitionerRole":
        _describe_role(party, scope.resources.read(held, PractitionerRole), scope)
    elif held.type == "Practitioner":
        _describe_practitioner(party, scope.resources.read(held, Practitioner), scope)
        for role in _roles_of(held, scope):
            _describe_role(party, role, scope)
    else:
        _describe_place(party, held, scope)


def _describe_place(party: Party, held: Held, scope: Scope) -> None:
    if held.type == "Organization":
        _describe_organization(party, scope.resources.read(held, Organization), scope)
    elif held.type == "HealthcareService":
        _describe_service(party, scope.resources.read(held, HealthcareService), scope)
    elif held.type == "Location":
        place = scope.resources.read(held, Location)
        _office(party, place.view.name, (), place.view.telecom, scope)
        _owner(party, place.view.managing_organization, held, scope)


def _describe_role(party: Party, role: Found[PractitionerRole], scope: Scope) -> None:
    view, follow = role.view, scope.resources.follow
    party.specialties += [*view.specialty, *view.code]
    _reach(party, view.telecom, scope)
    if practitioner := follow(view.practitioner, Practitioner, role.held):
        _describe_practitioner(party, practitioner, scope)
    elif view.practitioner:
        _by_words(party, view.practitioner, scope)
    _number(party, view.identifier, scope)
    _owner(party, view.organization, role.held, scope)
    for reference in view.healthcare_service:
        if service := follow(reference, HealthcareService, role.held):
            _describe_service(party, service, scope)
    for reference in view.location:
        if place := follow(reference, Location, role.held):
            _office(party, place.view.name, (), place.view.telecom, scope)


def _describe_practitioner(party: Party, found: Found[Practitioner], scope: Scope) -> None:
    party.put("provider", contacts.provider_name(found.view.name), BY_REFERENCE)
    _number(party, found.view.identifier, scope)
    _reach(party, found.view.telecom, scope)
    party.specialties += [one.code for one in found.view.qualification if one.code]


def _describe_organization(party: Party, found: Found[Organization], scope: Scope) -> None:
    _office(party, found.view.name, found.view.identifier, found.view.telecom, scope)
    party.specialties += found.view.type


def _describe_service(party: Party, found: Found[HealthcareService], scope: Scope) -> None:
    party.specialties += [*found.view.specialty, *found.view.type]
    _reach(party, found.view.telecom, scope)
    _owner(party, found.view.provided_by, found.held, scope)
    party.put("office", terms.one_line(found.view.name), BY_REFERENCE)


def _owner(party: Party, reference: Reference | None, origin: Held, scope: Scope) -> None:
    """Add the organization behind a place or service."""
    if organization := scope.resources.follow(reference, Organization, origin):
        _describe_organization(party, organization, scope)
    elif reference:
        party.put("office", terms.one_line(reference.display), BY_WORDS)


def _office(
    party: Party, name: str, identifiers: Iterable[Identifier], telecom: list[ContactPoint], scope: Scope
) -> None:
    """Add an office; its own NPI stands only where no provider is named, since it is not the provider's."""
    party.put("office", terms.one_line(name), BY_REFERENCE)
    if not party.value("provider"):
        _number(party, identifiers, scope)
    _reach(party, telecom, scope)


def _number(party: Party, identifiers: Iterable[Identifier], scope: Scope) -> None:
    owner = party.value("provider") or party.value("office")
    if not party.value("npi"):
        party.put("npi", *contacts.npi_of(identifiers, owner, scope.notes))


def _reach(party: Party, telecom: list[ContactPoint], scope: Scope) -> None:
    for system in ("phone", "fax"):
        if not party.value(system):
            party.put(system, *contacts.office_number(system, telecom, scope.notes))
    party.put("email", next(iter(contacts.emails(telecom)), ""), BY_REFERENCE)


def _by_words(party: Party, reference: Reference, scope: Scope) -> None:
    """Take the words of a reference whose resource is not in the file."""
    kind = reference.reference.rstrip("/").rpartition("/")[0].rpartition("/")[2]
    is_office = kind in _OFFICES or (kind != "Practitioner" and _OFFICE_WORDS.search(reference.display))
    name = "office" if is_office and not _PERSON_WORDS.search(reference.display) else "provider"
    party.put(name, terms.one_line(reference.display), BY_WORDS)
    if reference.identifier:
        _number(party, [reference.identifier], scope)


def _roles_of(practitioner: Held, scope: Scope) -> list[Found[PractitionerRole]]:
    roles = scope.resources.of_type(PractitionerRole)
    held = scope.resources.held
    return [role for role in roles if held(role.view.practitioner, role.held, quietly=True) is practitioner]


def _authors(scope: Scope) -> list[Reference]:
    """Give the authors of the document that are neither patient nor machine."""
    if scope.composition is None:
        return []
    held = [scope.resources.held(author, scope.composition.held) for author in scope.composition.view.author]
    authors = zip(scope.composition.view.author, held, strict=True)
    return [author for author, resource in authors if resource is None or resource.type not in _NO_PROVIDERS]


def _office_of_document(party: Party, scope: Scope) -> None:
    """Where the request names no office: the custodian of the document, else where the visit before it was."""
    head = scope.composition
    if head is None or party.value("office"):
        return
    places = [head.view.custodian]
    if visit := scope.resources.follow(head.view.encounter, Encounter, head.held):
        places.append(visit.view.service_provider)
    for reference in places:
        organization = scope.resources.follow(reference, Organization, head.held)
        if organization and not party.value("office"):
            _describe_organization(party, organization, scope)
            party.fields["office"] = (party.value("office"), BY_DOCUMENT)
        elif reference:
            party.put("office", terms.one_line(reference.display), BY_WORDS)


def _telling_first(references: Iterable[Reference], origin: Held, scope: Scope) -> list[Reference]:
    def rank(reference: Reference) -> int:
        held = scope.resources.held(reference, origin, quietly=True)
        return _MOST_TELLING.index(held.type) if held and held.type in _MOST_TELLING else len(_MOST_TELLING)

    return sorted(references, key=rank)


def _trust(party: Party, prefix: str, fields: dict[str, str], scope: Scope) -> None:
    for name in fields:
        if name in party.fields:
            scope.notes.trust(f"{prefix}.{name}", party.fields[name][1])

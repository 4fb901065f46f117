"""What of a file belongs to the one referral or report in it: its kind, its head, its requests, its patient."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

import msgspec

from bridgework.interop.fhir import sections, terms
from bridgework.interop.fhir.datatypes import Extension, Reference, View
from bridgework.interop.fhir.resources import Found, Held, Resources, Tree, first
from bridgework.interop.fhir.sections import Part, Role
from bridgework.interop.fhir.structs import (
    Appointment,
    Bundle,
    Composition,
    MessageHeader,
    Patient,
    ServiceRequest,
    Task,
)
from bridgework.interop.notes import Notes

V = TypeVar("V", bound=View)
Kind = Literal["referral", "consult_report", "status", "appointment", "other"]

_REFERRAL_NOTES = {"57134-9", "57133-1"}  # dentistry referral note, referral note
_CONSULT_NOTES = {"34756-7", "11488-4"}  # dentistry consult note, consult note
_REASON_FOR_REFERRAL = "42349-1"
# HL7 v2 trigger events (table 0003) and BaRS message events
_EVENTS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"I1[2345]|O19|servicerequest-request", re.I), "referral"),
    (re.compile(r"S(1[2-9]|2[0-6])|booking-(request|response)", re.I), "appointment"),
    (re.compile(r"O51|O20|servicerequest-response", re.I), "status"),
)
_STATUS_ORDER = ("entered-in-error", "revoked", "unknown", "draft", "completed", "on-hold", "active")
_INTENT_ORDER = ("option", "proposal", "plan", "directive", "order")
_IS_REFERRAL = re.compile(
    r"refer|consult|transfer of care|dental|dentist|oral|tooth|orthodont|endodont|periodont", re.I
)


@dataclass(frozen=True)
class Scope:
    """One referral, report, status or appointment and the resources around it."""

    kind: Kind
    resources: Resources
    notes: Notes
    bundle: Bundle | None = None
    composition: Found[Composition] | None = None
    header: Found[MessageHeader] | None = None
    task: Found[Task] | None = None
    requests: list[Found[ServiceRequest]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    patient: Found[Patient] | None = None
    patient_named: Reference | None = None

    @property
    def request(self) -> Found[ServiceRequest] | None:
        """The request that leads; others of the same document only add reasons, teeth and procedures."""
        return first(self.requests)

    def parts_for(self, *roles: Role) -> list[Part]:
        """Give the sections with one of these roles, in the document's order."""
        return [part for part in self.parts if part.role in roles]

    def entries(self, *roles: Role) -> list[Held]:
        """Give the resources that the sections with one of these roles name."""
        if self.composition is None:
            return []
        origin = self.composition.held
        found = (self.resources.held(entry, origin) for part in self.parts_for(*roles) for entry in part.entries)
        return [held for held in found if held is not None]

    def own(self, view_type: type[V], subject: Callable[[V], Reference | None]) -> list[Found[V]]:
        """Give the resources of a type that are about the patient."""
        every = self.resources.of_type(view_type)
        return [one for one in every if self.is_about_patient(subject(one.view), one.held)]

    def is_about_patient(self, subject: Reference | None, origin: Held) -> bool:
        """Tell whether a resource is about the patient; only a subject that is someone else says no."""
        held = self.resources.held(subject, origin, quietly=True)
        return held is None or held.type != "Patient" or self.patient is None or held is self.patient.held


def survey(root: Tree, resources: Resources, notes: Notes) -> Scope:
    """Find out what a file is about."""
    bundle = msgspec.convert(root, Bundle) if root["resourceType"] == "Bundle" else None
    composition = first(resources.of_type(Composition))
    header = first(resources.of_type(MessageHeader))
    task = first(resources.of_type(Task))
    parts = sections.parts_of(composition.view) if composition else []
    kind = _kind(resources, composition, header)
    requests = _requests(kind, resources, composition, notes)
    patient, named = _patient(resources, composition, task, requests)
    if len(resources.of_type(Patient)) > 1:
        notes.warn("The file holds more than one patient; only what belongs to the one referred was read.")
    return Scope(kind, resources, notes, bundle, composition, header, task, requests, parts, patient, named)


def extension_references(extensions: Iterable[Extension], *names: str) -> list[Reference]:
    """Give the references of the extensions whose URL ends in one of the names, case and dashes aside."""
    return [
        extension.value_reference
        for extension in extensions
        if extension.value_reference and _plain(extension.url.rpartition("/")[2]).startswith(names)
    ]


def _kind(resources: Resources, composition: Found[Composition] | None, header: Found[MessageHeader] | None) -> Kind:
    types = resources.types()
    if composition:
        return _kind_of_document(composition.view)
    if header and header.view.event_coding:
        code = header.view.event_coding.code
        return next((kind for pattern, kind in _EVENTS if pattern.fullmatch(code)), "other")
    if "ServiceRequest" in types:
        return "referral"
    if "Appointment" in types:
        return "appointment"
    return "status" if "Task" in types else "other"


def _kind_of_document(composition: Composition) -> Kind:
    codes = set(terms.codes_of(composition.type, terms.LOINC))
    said = " ".join([*terms.all_words(composition.type), composition.title]).casefold()
    if codes & _CONSULT_NOTES:
        return "consult_report"
    if codes & _REFERRAL_NOTES or "referral" in said:
        return "referral"
    if "consult" in said:
        return "consult_report"
    loincs = {part.loinc for part in sections.parts_of(composition)}
    return "referral" if _REASON_FOR_REFERRAL in loincs else "other"


def _requests(
    kind: Kind, resources: Resources, composition: Found[Composition] | None, notes: Notes
) -> list[Found[ServiceRequest]]:
    """Find the requests that are the referral, the leading one first."""
    every = sorted(resources.of_type(ServiceRequest), key=_merit, reverse=True)
    if composition is None:
        if len(every) > 1 and kind != "other":
            notes.warn(f"The file holds {len(every)} requests; only the one that looks most like a referral was read.")
        return every[:1]
    fulfilled = extension_references(composition.view.extension, "orderextension", "infulfillmentof")
    parts = sections.parts_of(composition.view)
    named = [*fulfilled, *(entry for part in parts if part.role == "reason" for entry in part.entries)]
    chosen = {id(held) for held in (resources.held(entry, composition.held) for entry in named) if held}
    planned = [entry for part in parts if part.role == "plan" for entry in part.entries]
    wanted = [request for request in every if id(request.held) in chosen]
    if wanted:
        return wanted
    if kind == "consult_report":
        later = {id(held) for held in (resources.held(entry, composition.held) for entry in planned) if held}
        every = [request for request in every if id(request.held) not in later]
    return every[:1]


def _merit(request: Found[ServiceRequest]) -> tuple[bool, int, int, str]:
    """Rank requests: those that speak of referral before laboratory orders, live ones before others."""
    view = request.view
    concepts = [*view.category, *([view.code] if view.code else [])]
    said = " ".join(word for concept in concepts for word in terms.all_words(concept))
    return (
        bool(_IS_REFERRAL.search(said)),
        _at(_STATUS_ORDER, view.status),
        _at(_INTENT_ORDER, view.intent),
        view.authored_on,
    )


def _patient(
    resources: Resources,
    composition: Found[Composition] | None,
    task: Found[Task] | None,
    requests: list[Found[ServiceRequest]],
) -> tuple[Found[Patient] | None, Reference | None]:
    """Find the patient: the subject of what leads, else the only patient in the file; else at least a name."""
    heads: list[tuple[Reference | None, Found[View]]] = []
    heads += [(request.view.subject, Found[View](request.view, request.held)) for request in requests]
    heads += [(composition.view.subject, Found[View](composition.view, composition.held))] if composition else []
    heads += [(task.view.subject, Found[View](task.view, task.held))] if task else []
    for appointment in resources.of_type(Appointment):
        heads += [(who.actor, Found[View](appointment.view, appointment.held)) for who in appointment.view.participant]
    for subject, head in heads:
        if patient := _as_patient(resources, subject, head.held):
            return patient, subject
    named = next((subject for subject, _ in heads if _names_patient(subject)), None)
    patients = resources.of_type(Patient)
    if len(patients) == 1:
        return patients[0], named
    for subject, head in heads:
        resources.held(subject, head.held)
    return None, named


def _as_patient(resources: Resources, subject: Reference | None, origin: Held) -> Found[Patient] | None:
    held = resources.held(subject, origin, quietly=True)
    return resources.follow(subject, Patient, origin) if held and held.type == "Patient" else None


def _names_patient(subject: Reference | None) -> bool:
    return subject is not None and bool(subject.display) and "ractitioner" not in subject.reference


def _plain(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _at(order: tuple[str, ...], word: str) -> int:
    return order.index(word) if word in order else -1

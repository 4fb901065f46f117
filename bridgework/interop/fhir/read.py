"""FHIR R4 to the product's own words: HL7 Dental Data Exchange referral and consult notes, and looser FHIR files.

The whole way: the tree (JSON, or XML by the table of R4) is held to R4 (`fit`), its resources are found by reference
(`resources`), what belongs to the one referral is told apart (`scope`), and each field is read by a file of its own.
"""

from dataclasses import replace

from bridgework.interop.decoding import Json
from bridgework.interop.document import ReadDocument
from bridgework.interop.fhir import identity, terms
from bridgework.interop.fhir.clinical import read_allergies, read_conditions, read_medications
from bridgework.interop.fhir.enclosures import read_documents, read_insurance
from bridgework.interop.fhir.fit import fit_resource
from bridgework.interop.fhir.original import original_sections
from bridgework.interop.fhir.parties import read_recipient, read_referrer
from bridgework.interop.fhir.patient import read_patient
from bridgework.interop.fhir.procedures import read_procedures
from bridgework.interop.fhir.reason import read_reason
from bridgework.interop.fhir.request import look_over, read_identifiers, read_referred_date, read_urgency
from bridgework.interop.fhir.resources import Resources, Tree
from bridgework.interop.fhir.scope import Scope, survey
from bridgework.interop.fhir.specialty import read_specialty
from bridgework.interop.fhir.teeth import of_everything, read_teeth
from bridgework.interop.notes import Notes

FORMAT = "fhir"


def read(name: str, tree: Json, notes: Notes) -> ReadDocument:
    """Read one FHIR tree; an array of resources counts as a collection. What cannot be understood is kind "other"."""
    if isinstance(tree, list):
        tree = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": part} for part in tree]}
    fitted = fit_resource(tree, notes)
    if fitted is None:
        return ReadDocument(file=name, format=FORMAT, warnings=("This file holds no resource that FHIR R4 knows.",))
    scope = survey(fitted, Resources(fitted, notes), notes)
    return _other(name, scope, fitted) if scope.kind == "other" else _understood(name, scope, fitted)


def _understood(name: str, scope: Scope, fitted: Tree) -> ReadDocument:
    look_over(scope)
    patient, referrer = read_patient(scope), read_referrer(scope)
    recipient, specialties = read_recipient(scope)
    reason = read_reason(scope)
    teeth = read_teeth(scope, reason)
    procedures, conditions, insurance = read_procedures(scope), read_conditions(scope), read_insurance(scope)
    medications, allergies = read_medications(scope), read_allergies(scope)
    understood = ReadDocument(
        file=name,
        format=FORMAT,
        kind=scope.kind,
        patient=patient,
        referrer=referrer,
        recipient=recipient,
        specialty=read_specialty(scope, specialties),
        urgency=read_urgency(scope),
        reason=reason,
        teeth=teeth.in_order(),
        procedures=procedures.texts,
        conditions=conditions.texts,
        medications=medications.texts,
        allergies=allergies.texts,
        insurance=insurance.texts,
        documents=read_documents(scope),
        referred_date=read_referred_date(scope),
        identifiers=read_identifiers(scope),
        codes=(*procedures.codes, *conditions.codes, *medications.codes, *allergies.codes, *insurance.codes),
    )
    return _with_notes(understood, scope, fitted)


def _other(name: str, scope: Scope, fitted: Tree) -> ReadDocument:
    """Say what the file holds instead of a referral; what it states of a patient is read all the same."""
    teeth = of_everything(scope)
    if teeth:
        scope.notes.trust("teeth", teeth.confidence)
    conditions, medications, allergies = read_conditions(scope), read_medications(scope), read_allergies(scope)
    procedures, insurance = read_procedures(scope), read_insurance(scope)
    found = ReadDocument(
        file=name,
        format=FORMAT,
        patient=read_patient(scope),
        teeth=teeth.in_order(),
        procedures=procedures.texts,
        conditions=conditions.texts,
        medications=medications.texts,
        allergies=allergies.texts,
        insurance=insurance.texts,
        documents=read_documents(scope),
        codes=(*procedures.codes, *conditions.codes, *medications.codes, *allergies.codes, *insurance.codes),
    )
    return _with_notes(found, scope, fitted)


def _with_notes(document: ReadDocument, scope: Scope, fitted: Tree) -> ReadDocument:
    warnings = scope.notes.warnings()
    if document.kind == "other":
        warnings = (_what_it_is(scope), *warnings)
    return replace(
        document,
        confidence=scope.notes.confidence(),
        warnings=warnings,
        original_sections=original_sections(scope),
        identity=identity.identity(scope, fitted),
    )


def _what_it_is(scope: Scope) -> str:
    held = sorted(scope.resources.types())
    if scope.composition:
        title = terms.words(scope.composition.view.type) or terms.one_line(scope.composition.view.title)
        return f"This is a FHIR document of another kind ({title[:80] or 'not named'}), not a referral or consult note."
    if not held:
        return "This FHIR bundle is empty."
    named = ", ".join(held[:6]) + (" and more" if len(held) > 6 else "")
    return f"This FHIR file holds no referral, report, status or appointment, but: {named}."

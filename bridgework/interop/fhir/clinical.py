"""What a dentist must know of the patient: conditions, medications, allergies.

Every resource of the file that is about the patient is read, whichever section names it; a section that says something
in words alone is read line by line, with less trust. Statements are in the document's own words.
"""

from bridgework.interop.fhir import procedures, terms
from bridgework.interop.fhir.datatypes import CodeableConcept, Reference
from bridgework.interop.fhir.resources import Held, Resources
from bridgework.interop.fhir.scope import Scope
from bridgework.interop.fhir.statements import (
    MISTAKES,
    Statement,
    Statements,
    gather,
    status_of,
    with_status,
    with_teeth,
)
from bridgework.interop.fhir.structs import (
    AllergyIntolerance,
    Condition,
    Medication,
    MedicationRequest,
    MedicationStatement,
    Observation,
    Procedure,
)


def read_conditions(scope: Scope) -> Statements:
    """Give the conditions of the patient, each with its tooth if it has one, past ones marked.

    What was done to the patient before is history too: a joint or a heart valve replaced matters in the chair.
    """
    found = []
    for one in scope.own(Condition, lambda view: view.subject):
        if status_of(one.view.verification_status) in MISTAKES or terms.says_none(one.view.code):
            continue
        named = with_teeth(terms.words(one.view.code), one.held, scope.resources)
        found.append(Statement(with_status(named, status_of(one.view.clinical_status)), one.view.code))
    return gather(scope, "conditions", [*found, *procedures.history(scope)], "problems")


def read_medications(scope: Scope) -> Statements:
    """Give the medications that the patient takes or was prescribed, past ones marked."""
    found = []
    for asked in scope.own(MedicationRequest, lambda view: view.subject):
        view = asked.view
        if view.status not in MISTAKES and not view.do_not_perform:
            concept = view.medication_codeable_concept or _medication(scope, view.medication_reference, asked.held)
            found.append(_medication_statement(concept, view.medication_reference, view.status))
    for said in scope.own(MedicationStatement, lambda view: view.subject):
        if said.view.status not in MISTAKES | {"not-taken"}:
            reference = said.view.medication_reference
            concept = said.view.medication_codeable_concept or _medication(scope, reference, said.held)
            found.append(_medication_statement(concept, reference, said.view.status))
    return gather(scope, "medications", [one for one in found if not terms.says_none(one.concept)], "medications")


def read_allergies(scope: Scope) -> Statements:
    """Give what the patient does not tolerate; "no known allergies" is no allergy."""
    found = []
    for one in scope.own(AllergyIntolerance, lambda view: view.patient):
        if status_of(one.view.verification_status) in MISTAKES or terms.says_none(one.view.code):
            continue
        substances = [reaction.substance for reaction in one.view.reaction if reaction.substance]
        concept = one.view.code or next(iter(substances), None)
        found.append(Statement(with_status(terms.words(concept), status_of(one.view.clinical_status)), concept))
    return gather(scope, "allergies", found, "allergies")


def concept_of(held: Held, resources: Resources) -> CodeableConcept | None:
    """Give what a condition, observation or procedure is: a diagnosis, a finding's value, an act."""
    if held.type == "Condition":
        return resources.read(held, Condition).view.code
    if held.type == "Observation":
        view = resources.read(held, Observation).view
        return view.value_codeable_concept or view.code
    return resources.read(held, Procedure).view.code if held.type == "Procedure" else None


def _medication(scope: Scope, reference: Reference | None, origin: Held) -> CodeableConcept | None:
    medication = scope.resources.follow(reference, Medication, origin)
    return medication.view.code if medication else None


def _medication_statement(concept: CodeableConcept | None, reference: Reference | None, status: str) -> Statement:
    named = terms.words(concept) or (terms.one_line(reference.display) if reference else "")
    return Statement(with_status(named, status), concept)

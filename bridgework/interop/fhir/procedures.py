"""What is asked for, what is planned, and what was done before."""

from bridgework.interop.fhir import clinical, contacts, terms
from bridgework.interop.fhir.datatypes import CodeableConcept
from bridgework.interop.fhir.resources import Found, Held
from bridgework.interop.fhir.scope import Scope
from bridgework.interop.fhir.statements import CODED, MISTAKES, Statement, Statements, codes_of
from bridgework.interop.fhir.structs import Encounter, Procedure, ServiceRequest


def read_procedures(scope: Scope) -> Statements:
    """Give what the request asks for and the plan names, then what was done before, with its day.

    Of a report, what was done comes first. CDT codes are those of the document, written before its words.
    """
    wanted, done = [*_asked(scope), *_planned(scope)], []
    for one in scope.own(Procedure, lambda view: view.subject):
        if one.view.status in MISTAKES:
            continue
        if one.view.status == "preparation":
            wanted.append(Statement(_named(one, scope), one.view.code))
        else:
            done.append(Statement(_done(one, scope), one.view.code))
    groups = (done, wanted) if scope.kind == "consult_report" else (wanted, done)
    texts = tuple(text for group in groups for text in terms.unique(one.text for one in group))
    if texts:
        scope.notes.trust("procedures", CODED)
    return Statements(tuple(dict.fromkeys(texts)), codes_of("procedures", [*wanted, *done]))


def _asked(scope: Scope) -> list[Statement]:
    concepts = [concept for one in scope.requests for concept in (one.view.code, *one.view.order_detail)]
    return [Statement(terms.words_with_cdt(concept), concept) for concept in concepts if concept]


def _planned(scope: Scope) -> list[Statement]:
    concepts = [concept for held in scope.entries("plan") for concept in _concepts_of_plan(held, scope)]
    return [Statement(terms.words_with_cdt(concept), concept) for concept in concepts]


def _concepts_of_plan(held: Held, scope: Scope) -> list[CodeableConcept]:
    if held.type == "Encounter":
        return scope.resources.read(held, Encounter).view.type
    if held.type == "ServiceRequest":
        code = scope.resources.read(held, ServiceRequest).view.code
        return [code] if code else []
    return []


def _named(one: Found[Procedure], scope: Scope) -> str:
    return clinical.with_teeth(terms.words_with_cdt(one.view.code), one.held, scope.resources)


def _done(one: Found[Procedure], scope: Scope) -> str:
    """Say a procedure of the past: "Insertion of insulin pump (procedure), done 2013-11-03"."""
    named = _named(one, scope)
    period = one.view.performed_period
    on = contacts.day(one.view.performed_date_time or (period.start if period else ""))
    return f"{named}, done {on}" if named and on else named

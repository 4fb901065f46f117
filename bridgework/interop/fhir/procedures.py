"""What is asked for and planned, and what was done: of a referral history, of a report its content."""

from bridgework.interop.fhir import contacts, terms
from bridgework.interop.fhir.datatypes import CodeableConcept
from bridgework.interop.fhir.resources import Found, Held
from bridgework.interop.fhir.scope import Scope
from bridgework.interop.fhir.statements import CODED, MISTAKES, Statement, Statements, codes_of, with_teeth
from bridgework.interop.fhir.structs import Encounter, Procedure, ServiceRequest


def read_procedures(scope: Scope) -> Statements:
    """Give what the request asks for and the plan names; of a report, before that what was done.

    CDT codes are those of the document, written before its words.
    """
    wanted = [*_asked(scope), *_planned(scope), *_of_status(scope, is_done=False)]
    done = [] if _is_history(scope) else _of_status(scope, is_done=True)
    texts = tuple(text for group in (done, wanted) for text in terms.unique(one.text for one in group))
    if texts:
        scope.notes.trust("procedures", CODED)
    return Statements(tuple(dict.fromkeys(texts)), codes_of("procedures", [*wanted, *done]))


def history(scope: Scope) -> list[Statement]:
    """Give what was done before the referral, with its day; nothing of a report, whose acts are its content."""
    return _of_status(scope, is_done=True) if _is_history(scope) else []


def _is_history(scope: Scope) -> bool:
    return scope.kind not in ("consult_report", "other")


def _of_status(scope: Scope, *, is_done: bool) -> list[Statement]:
    found = [one for one in scope.own(Procedure, lambda view: view.subject) if one.view.status not in MISTAKES]
    return [_statement(one, scope) for one in found if (one.view.status != "preparation") == is_done]


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


def _statement(one: Found[Procedure], scope: Scope) -> Statement:
    """Say a procedure: "Insertion of insulin pump (procedure), done 2013-11-03"."""
    named = with_teeth(terms.words_with_cdt(one.view.code), one.held, scope.resources)
    period = one.view.performed_period
    on = contacts.day(one.view.performed_date_time or (period.start if period else ""))
    return Statement(f"{named}, done {on}" if named and on else named, one.view.code)

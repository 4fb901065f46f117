"""The request itself: how urgent, since when, under which numbers, and what about it a person should look at."""

from bridgework.interop.document import ReadIdentifiers
from bridgework.interop.fhir import terms
from bridgework.interop.fhir.contacts import day
from bridgework.interop.fhir.datatypes import Identifier
from bridgework.interop.fhir.scope import Scope

UNKNOWN = "unknown"
_OHIA_REFERRAL = "urn:ohia:referral-id"
_INFERRED = 0.8
_PLACER, _FILLER = "PLAC", "FILL"  # HL7 table 0203
# Identifiers of a request, the most fit to name the referral first.
_USES = ("official", "usual", "", "secondary", "temp", "old")


def read_urgency(scope: Scope) -> str:
    """Give the urgency that the request (or the task on it) states; "unknown" when nothing does."""
    stated = [request.view.priority for request in scope.requests]
    stated += [scope.task.view.priority] if scope.task else []
    for priority in filter(None, stated):
        if priority in terms.URGENCY:
            scope.notes.trust("urgency", 1.0)
            return terms.URGENCY[priority]
        scope.notes.warn(f"The priority “{terms.one_line(priority)[:40]}” is none of FHIR's; the urgency is left open.")
    return UNKNOWN


def read_referred_date(scope: Scope) -> str:
    """Give the day on which the patient was referred, as written: of the request, else of the referral note."""
    if scope.request and (authored := day(scope.request.view.authored_on)):
        scope.notes.trust("referred_date", 1.0)
        return authored
    later = [scope.task.view.authored_on] if scope.task else []
    if scope.kind == "referral":
        later += [scope.composition.view.date] if scope.composition else []
        later += [scope.bundle.timestamp] if scope.bundle else []
    found = next((on for written in later if (on := day(written))), "")
    if found:
        scope.notes.trust("referred_date", _INFERRED)
    return found


def read_identifiers(scope: Scope) -> ReadIdentifiers:
    """Give the referral's numbers by type (PLAC, FILL); an untyped one of the request is the placer's."""
    every = [identifier for request in scope.requests[:1] for identifier in request.view.identifier]
    every += [request.view.requisition for request in scope.requests[:1] if request.view.requisition]
    of_task = scope.task.view.identifier if scope.task else []
    filler = _typed([*every, *of_task], _FILLER)
    typed = _typed([*every, *of_task], _PLACER) or _of_system([*every, *of_task], _OHIA_REFERRAL)
    untyped = sorted((one for one in every if not terms.has_type(one, _FILLER)), key=_fitness)
    placer = typed or next((one.value for one in untyped if one.value), "")
    for name, value, confidence in (("placer", placer, 1.0 if typed else 0.9), ("filler", filler, 1.0)):
        if value:
            scope.notes.trust(f"identifiers.{name}", confidence)
    return ReadIdentifiers(placer=placer, filler=filler)


def look_over(scope: Scope) -> None:
    """Warn about a request that is a mere plan, no longer stands, or is absent from a referral note."""
    for request in scope.requests:
        intent, status = request.view.intent, request.view.status
        if intent not in ("", "order", "original-order", "reflex-order", "filler-order", "instance-order"):
            scope.notes.warn(
                f"The request is marked as a {intent[:40]}, not as an order; make sure that it was meant to be sent."
            )
        if status not in ("", "active"):
            scope.notes.warn(f"The request is marked as {status[:40]}, not as active.")
    if scope.kind == "referral" and not scope.requests:
        scope.notes.warn("The file holds no request; the fields were read from the sections of the document.")
    if scope.composition and scope.composition.view.status not in ("", "final", "amended"):
        scope.notes.warn(f"The document is marked as {scope.composition.view.status[:40]}, not as final.")


def _typed(identifiers: list[Identifier], code: str) -> str:
    return next(iter(sorted(one.value for one in identifiers if one.value and terms.has_type(one, code))), "")


def _of_system(identifiers: list[Identifier], system: str) -> str:
    return next(iter(sorted(one.value for one in identifiers if one.value and one.system == system)), "")


def _fitness(identifier: Identifier) -> tuple[int, str, str]:
    use = _USES.index(identifier.use) if identifier.use in _USES else len(_USES)
    return use, identifier.system, identifier.value

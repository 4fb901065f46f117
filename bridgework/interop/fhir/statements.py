"""Lists of what a file states about the patient: coded ones first, then what sections say in words alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from bridgework.interop.document import Coded
from bridgework.interop.fhir import teeth, terms
from bridgework.interop.fhir.datatypes import CodeableConcept
from bridgework.interop.fhir.resources import Held, Resources
from bridgework.interop.fhir.scope import Scope
from bridgework.interop.fhir.sections import Part, Role

CODED, IN_WORDS = 1.0, 0.6
MISTAKES = frozenset({"entered-in-error", "refuted", "cancelled", "draft", "not-done", "retracted"})
_PAST = {"resolved": "resolved", "remission": "in remission", "inactive": "inactive", "stopped": "stopped"}
_PAST |= {"completed": "completed", "on-hold": "on hold"}
_LONGEST = 300


@dataclass(frozen=True)
class Statement:
    """One thing stated: the words to show and the coded concept behind them."""

    text: str
    concept: CodeableConcept | None = None


@dataclass(frozen=True)
class Statements:
    """What one field says: the texts to show, in alphabetical order, and the file's own codes."""

    texts: tuple[str, ...]
    codes: tuple[Coded, ...] = ()


def gather(scope: Scope, field: str, found: list[Statement], role: Role) -> Statements:
    """Put a field together: what is coded, and what the sections of this role say without naming a resource."""
    coded = [one.text for one in found if one.text]
    said = [text for part in scope.parts_for(role) for text in _said_alone(part, scope)]
    more = [text for text in said if not _is_covered(text, coded)]
    if coded or more:
        scope.notes.trust(field, IN_WORDS if more else CODED)
    return Statements(terms.unique([*coded, *more]), codes_of(field, found))


def codes_of(field: str, found: Iterable[Statement]) -> tuple[Coded, ...]:
    """Give the codes of statements as the document has them, CDT under its one system name."""
    codes = {
        Coded(field=field, text=one.text, system=coding.system, code=coding.code)
        for one in found
        for coding in terms.codings(one.concept)
        if one.text and coding.code
    }
    return tuple(sorted(codes, key=lambda one: (one.field, one.text, one.system, one.code)))


def with_status(text: str, status: str) -> str:
    """Mark what is over: "Pulpitis (resolved)"."""
    return f"{text} ({_PAST[status]})" if text and status in _PAST else text


def with_teeth(text: str, held: Held, resources: Resources) -> str:
    """Say the tooth beside a statement: "Dental caries, tooth 18"."""
    numbers = teeth.of_resource(held, resources).in_order()
    if not (text and numbers):
        return text
    return f"{text}, {'tooth' if len(numbers) == 1 else 'teeth'} {', '.join(numbers)}"


def status_of(concept: CodeableConcept | None) -> str:
    """Give the code of a status concept; they have one coding."""
    return next((coding.code for coding in terms.codings(concept) if coding.code), "")


def _said_alone(part: Part, scope: Scope) -> list[str]:
    """Give what a section says when none of its entries is in the file: displays of entries, else its lines."""
    head = scope.composition
    if head and any(scope.resources.held(entry, head.held, quietly=True) for entry in part.entries):
        missing = (entry for entry in part.entries if not scope.resources.held(entry, head.held, quietly=True))
        return [terms.one_line(entry.display) for entry in missing if entry.display]
    return [item[:_LONGEST] for item in part.items]


def _is_covered(text: str, coded: list[str]) -> bool:
    plain = text.casefold()
    names = (one.casefold().partition(" (")[0] for one in coded)
    return any(plain in name or name in plain for name in names if name)

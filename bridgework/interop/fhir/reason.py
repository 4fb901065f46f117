"""Why the patient is referred, in the document's own words."""

from collections.abc import Iterator

from bridgework.interop.fhir import clinical, terms
from bridgework.interop.fhir.narrative import says_nothing
from bridgework.interop.fhir.scope import Scope

_SAID, _CODED, _FROM_ASSESSMENT = 1.0, 1.0, 0.7
_LONGEST = 4000


def read_reason(scope: Scope) -> str:
    """Give the reason: the section "reason for referral", then coded reasons and remarks that it leaves out.

    Without either, the assessment stands in. Separate statements are joined by semicolons.
    """
    said = [text for part in scope.parts_for("reason") for text in part.statements]
    coded = [text for text in terms.unique(_coded(scope)) if not _is_in(text, said)]
    remarks = [text for text in _remarks(scope) if not _is_in(text, [*said, *coded])]
    found = [*said, *coded, *remarks]
    confidence = _SAID if said else _CODED
    if not found:
        found = [text for part in scope.parts_for("assessment") for text in part.statements]
        confidence = _FROM_ASSESSMENT
    if found:
        scope.notes.trust("reason", confidence)
    return "; ".join(dict.fromkeys(text.strip(" ;") for text in found))[:_LONGEST]


def _coded(scope: Scope) -> Iterator[str]:
    for request in scope.requests:
        yield from (terms.words(code) for code in request.view.reason_code)
        for reference in request.view.reason_reference:
            held = scope.resources.held(reference, request.held)
            concept = clinical.concept_of(held, scope.resources) if held else None
            yield terms.words(concept) or terms.one_line(reference.display)


def _remarks(scope: Scope) -> list[str]:
    """Give the remarks on the requests, in a fixed order."""
    notes = [note.text for request in scope.requests for note in request.view.note]
    return list(terms.unique(terms.one_line(text) for text in notes if not says_nothing(text)))


def _is_in(text: str, said: list[str]) -> bool:
    """Tell whether something is said already: "Toothache (finding)" beside "Toothache"."""
    name = text.partition(" (")[0].casefold()
    return any(name in one.casefold() for one in said)

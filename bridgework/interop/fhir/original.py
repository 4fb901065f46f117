"""Everything that a FHIR file says in words, as plain text beside the fields, so that nothing of it is lost."""

from bridgework.interop.document import Section
from bridgework.interop.fhir import contacts, narrative, terms
from bridgework.interop.fhir.datatypes import CodeableConcept, Quantity
from bridgework.interop.fhir.scope import Scope
from bridgework.interop.fhir.structs import Communication, Observation, ObservationComponent


def original_sections(scope: Scope) -> tuple[Section, ...]:
    """Give the sections of the document in its order, then remarks, messages, observations and other narratives."""
    found = [Section(title=part.title, loinc=part.loinc, text=part.text) for part in scope.parts]
    found += [Section(title="Remark on the request", loinc="", text=text) for text in _remarks(scope)]
    found += [Section(title="Message", loinc="", text=text) for text in _messages(scope)]
    if observed := "\n".join(terms.unique(map(_observation, _observations(scope)))):
        found.append(Section(title="Observations", loinc="", text=observed))
    for kind, xhtml in scope.resources.narratives():
        found.append(Section(title=kind, loinc="", text=narrative.text_of(narrative.lines(xhtml))))
    return tuple(section for section in dict.fromkeys(found) if section.text)


def _remarks(scope: Scope) -> list[str]:
    texts = [note.text for request in scope.requests for note in request.view.note]
    texts += [request.view.patient_instruction for request in scope.requests]
    return list(terms.unique(text.strip() for text in texts))


def _messages(scope: Scope) -> tuple[str, ...]:
    said = scope.resources.of_type(Communication)
    return terms.unique(part.content_string.strip() for one in said for part in one.view.payload)


def _observations(scope: Scope) -> list[Observation]:
    every = scope.resources.of_type(Observation)
    return [one.view for one in every if scope.is_about_patient(one.view.subject, one.held)]


def _observation(view: Observation) -> str:
    """Say an observation on one line: "Overjet: 3 mm (2020-02-16)"."""
    parts = [value for part in view.component if (value := _named_value(part))]
    value = _value(view.value_quantity, view.value_codeable_concept, view.value_string) or ", ".join(parts)
    on = contacts.day(view.effective_date_time)
    return f"{terms.words(view.code)}: {value}{f' ({on})' if on else ''}" if value else ""


def _named_value(part: ObservationComponent) -> str:
    value = _value(part.value_quantity, part.value_codeable_concept, part.value_string)
    return f"{terms.words(part.code)} {value}" if value else ""


def _value(quantity: Quantity | None, concept: CodeableConcept | None, text: str) -> str:
    if quantity and quantity.value is not None:
        return f"{quantity.comparator}{quantity.value} {quantity.unit or quantity.code}".strip()
    return terms.words(concept) or terms.one_line(text)

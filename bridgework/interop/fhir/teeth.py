"""Which teeth a referral is about.

Teeth come coded (SNOMED CT, Universal, FDI; `dentistry.teeth.from_coding`), by the ODE extension on the body site, by a
BodyStructure, or only in words; a code that is known always goes before the words beside it, because published displays
are wrong. What counts, in this order, the first that names any tooth:

1. the codes of the request: its body sites, the conditions and findings that are its reasons, and those of the section
   "reason for referral";
2. the words of the request and of the reason ("extract #30");
3. the section "dental findings", of a report also its procedures;
4. the problem list, then any condition, finding or procedure of the file.

A chart of findings lists every tooth with a filling; a specialist asked to treat #30 must not read #19 as well. So the
later sources never add to the earlier ones; teeth that findings name besides are said in a warning.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bridgework.dentistry import teeth, tooth_words
from bridgework.dentistry.numbering import TEETH
from bridgework.interop.fhir import terms
from bridgework.interop.fhir.datatypes import CodeableConcept, Extension
from bridgework.interop.fhir.resources import Held, Resources
from bridgework.interop.fhir.scope import Scope, extension_references
from bridgework.interop.fhir.sections import Role
from bridgework.interop.fhir.structs import BodyStructure, Condition, Observation, Procedure

CODED, IN_WORDS, LISTED, MENTIONED = 1.0, 0.7, 0.6, 0.6
_LONGEST, _LONGEST_REASON = 300, 4000  # letters of a display that can name a tooth, and of a reason
_CONCEPT_ID = re.compile(r"\b\d{6,18}\b")  # also inside a SNOMED CT expression ("245568002 : 272741003 = 24028007")


@dataclass(frozen=True)
class Teeth:
    """Teeth with how sure they are."""

    universal: frozenset[str] = frozenset()
    confidence: float = CODED

    def __bool__(self) -> bool:
        return bool(self.universal)

    def in_order(self) -> tuple[str, ...]:
        """Give the teeth in the order of the Universal numbers."""
        order = list(TEETH)
        return tuple(sorted(self.universal, key=order.index))

    def at_most(self, confidence: float) -> "Teeth":
        """Give the same teeth, believed no more than this."""
        return Teeth(self.universal, min(self.confidence, confidence))


def union(found: Iterable[Teeth]) -> Teeth:
    """Put teeth together; the least sure decides."""
    kept = [some for some in found if some]
    together = frozenset(tooth for some in kept for tooth in some.universal)
    return Teeth(together, min((some.confidence for some in kept), default=CODED))


def read_teeth(scope: Scope, reason: str) -> Teeth:
    """Give the teeth of the referral (see above for what counts), with a warning where a person should look."""
    asked = _asked(scope) or _mentioned(scope, reason)
    charted = _charted(scope)
    if asked:
        if besides := Teeth(charted.universal - asked.universal):
            scope.notes.warn(f"The findings also name {_say(besides)}; the request does not.")
        found = asked
    else:
        found = charted or _in_section(scope, "problems") or of_everything(scope).at_most(LISTED)
    if found:
        scope.notes.trust("teeth", found.confidence)
    if found and found.confidence < CODED:
        scope.notes.warn(
            f"No code of the request names a tooth; {_say(found)} was read from other words or parts of the file."
        )
    return found


def of_concept(concept: CodeableConcept | None) -> Teeth:
    """Read the teeth that one body site names: by code if any code is known, else by its words."""
    if concept is None:
        return Teeth()
    inside = [extension.value_codeable_concept for extension in concept.extension]
    inside += [CodeableConcept(coding=[one.value_coding]) for one in concept.extension if one.value_coding]
    every = [concept, *(found for found in inside if found)]
    coded = frozenset(tooth for one in every for tooth in _coded(one))
    if coded:
        return Teeth(coded, CODED)
    # HL7's own tooth value set spells one display so.
    words = [word[:_LONGEST].replace("masillary", "maxillary") for one in every for word in terms.all_words(one)]
    named = frozenset(tooth for word in words if (tooth := teeth.from_display(word)))
    return Teeth(named or _typed(words), IN_WORDS)


def of_sites(
    sites: Iterable[CodeableConcept], extensions: Iterable[Extension], held: Held, resources: Resources
) -> Teeth:
    """Read the teeth of body sites and of the body structures that the standard extension `bodySite` points to."""
    found = [of_concept(site) for site in sites]
    pointed = [reference for site in sites for reference in extension_references(site.extension, "bodysite")]
    for reference in (*extension_references(extensions, "bodysite"), *pointed):
        if structure := resources.follow(reference, BodyStructure, held):
            described = CodeableConcept(text=structure.view.description)
            found.append(of_concept(structure.view.location) or of_concept(described))
        elif reference.display:
            found.append(of_concept(CodeableConcept(text=reference.display)))
    return union(found)


def _charted(scope: Scope) -> Teeth:
    found = _in_section(scope, "findings")
    return union([found, _in_section(scope, "procedures")]) if scope.kind == "consult_report" else found


def _in_section(scope: Scope, role: Role) -> Teeth:
    return union(of_resource(held, scope.resources) for held in scope.entries(role)).at_most(LISTED)


def _asked(scope: Scope) -> Teeth:
    found: list[Teeth] = []
    for request in scope.requests:
        own = of_sites(request.view.body_site, request.view.extension, request.held, scope.resources)
        reasons = (scope.resources.held(reason, request.held) for reason in request.view.reason_reference)
        of_reasons = union(of_resource(held, scope.resources) for held in reasons if held)
        for site in request.view.body_site:
            if not own and (words := terms.words(site)):
                scope.notes.warn(f"The body site “{words[:80]}” names no tooth.")
        if own and of_reasons.universal - own.universal:
            scope.notes.warn(f"The request names {_say(own)}, its reasons {_say(of_reasons)}; check which are meant.")
        found += [own, of_reasons]
    named = [held for held in scope.entries("reason") if held.type != "ServiceRequest"]
    return union([*found, *(of_resource(held, scope.resources) for held in named)])


def of_resource(held: Held, resources: Resources) -> Teeth:
    """Read the teeth that a condition, procedure, observation or body structure is about."""
    if held.type == "Condition":
        condition = resources.read(held, Condition).view
        return of_sites(condition.body_site, condition.extension, held, resources)
    if held.type == "Procedure":
        procedure = resources.read(held, Procedure).view
        return of_sites(procedure.body_site, procedure.extension, held, resources)
    if held.type == "Observation":
        return _of_observation(held, resources)
    if held.type == "BodyStructure":
        return of_concept(resources.read(held, BodyStructure).view.location)
    return Teeth()


def _of_observation(held: Held, resources: Resources) -> Teeth:
    """Read the body site, values that are teeth, and the observations of a panel (one level deep)."""
    seen = resources.read(held, Observation).view
    values = [seen.value_codeable_concept, *(part.value_codeable_concept for part in seen.component)]
    sites = [seen.body_site] if seen.body_site else []
    coded = Teeth(frozenset(tooth for value in values if value for tooth in _coded(value)))
    members = (resources.held(member, held, quietly=True) for member in seen.has_member)
    deeper = [of_resource(member, resources) for member in members if member and not _has_members(member)]
    return union([of_sites(sites, seen.extension, held, resources), coded, *deeper])


def _has_members(held: Held) -> bool:
    return "hasMember" in held.tree


def of_everything(scope: Scope) -> Teeth:
    """Read the teeth of all conditions, findings and procedures of the patient: for files without request and sections."""
    found = [one.held for one in scope.own(Condition, lambda view: view.subject)]
    found += [one.held for one in scope.own(Observation, lambda view: view.subject)]
    found += [one.held for one in scope.own(Procedure, lambda view: view.subject)]
    return union(of_resource(held, scope.resources) for held in found)


def _mentioned(scope: Scope, reason: str) -> Teeth:
    """Read teeth that the request's and the reason's own words name exactly."""
    said = [reason, *(word for request in scope.requests for word in terms.all_words(request.view.code))]
    mentions = (mention for text in said for mention in tooth_words.exact_mentions(text[:_LONGEST_REASON]))
    return Teeth(frozenset(one.teeth[0] for one in mentions if one.notation != "fdi or extra"), MENTIONED)


def _coded(concept: CodeableConcept) -> Iterable[str]:
    for coding in concept.coding:
        system = terms.system_of(coding.system)
        whole = teeth.from_coding(system, coding.code)
        pieces = _CONCEPT_ID.findall(coding.code) if system == terms.SNOMED and not whole else []
        found = [whole, *(teeth.from_coding(system, piece) for piece in pieces)]
        yield from (tooth for tooth in found if tooth)


def _typed(words: list[str]) -> frozenset[str]:
    """Read a body site that holds bare numbers ("30", "#3, #14"), all of which must be teeth."""
    for word in words:
        found, unreadable = teeth.parse_typed(word)
        if found and not unreadable:
            return frozenset(found)
    return frozenset()


def _say(found: Teeth) -> str:
    numbers = found.in_order()
    return f"tooth {numbers[0]}" if len(numbers) == 1 else f"teeth {', '.join(numbers)}"

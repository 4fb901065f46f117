"""Which specialty a referral asks for, from what the file says, the surest first; "unknown" rather than a guess.

1. Who is asked: provider taxonomy (NUCC) and practice setting (SNOMED CT) of the performer or the performer type.
2. What is asked, in words that name a specialty ("Referral to endodontist").
3. What is asked, by the category of a CDT code (D3… is endodontics); single codes are not known here.
4. What for: diagnoses that only one specialty treats, named or by chapter of ICD-10-CM.
5. A request for "dental care" as such: general dentistry.

Two different answers at one step are no answer.
"""

import re
from collections.abc import Callable, Iterable

from bridgework.interop.fhir import clinical, terms
from bridgework.interop.fhir.datatypes import CodeableConcept
from bridgework.interop.fhir.scope import Scope

UNKNOWN = "unknown"

# NUCC Health Care Provider Taxonomy. 1223D0008X is how some claim forms print radiology.
_NUCC = {
    "122300000X": "general",
    "1223G0001X": "general",
    "1223D0001X": "general",
    "124Q00000X": "general",
    "261QD0000X": "general",
    "1223E0200X": "endodontics",
    "1223P0106X": "oral_pathology",
    "1223X0008X": "oral_radiology",
    "1223D0008X": "oral_radiology",
    "1223S0112X": "oral_surgery",
    "204E00000X": "oral_surgery",
    "1223X0400X": "orthodontics",
    "1223P0221X": "pediatric",
    "1223P0300X": "periodontics",
    "1223P0700X": "prosthodontics",
    "1223X2210X": "oral_medicine",
    "125Q00000X": "oral_medicine",
}
_NUCC_PHYSICIAN = re.compile(r"20[0-9A-Z]{7}X|36[34][0-9A-Z]{6}X")
# SNOMED CT, HL7 value set "practice setting" (c80-practice-codes)
_SNOMED = {
    "394812008": "general",
    "408444009": "general",
    "394606000": "general",
    "394607009": "pediatric",
    "408441001": "endodontics",
    "408465003": "oral_surgery",
    "394605001": "oral_surgery",
    "408449004": "oral_surgery",
    "394608004": "orthodontics",
    "408461007": "periodontics",
    "408460008": "prosthodontics",
}
_NAMED = (
    (re.compile(r"endodont", re.I), "endodontics"),
    (re.compile(r"periodontist|periodontics|periodontology|periodontal surg", re.I), "periodontics"),
    (re.compile(r"orthodon", re.I), "orthodontics"),
    (re.compile(r"oral (and|&) maxillofacial (patholog)|oral patholog", re.I), "oral_pathology"),
    (re.compile(r"oral (and|&) maxillofacial radiolog|oral radiolog|dental radiolog", re.I), "oral_radiology"),
    (re.compile(r"oral (and|&) maxillofacial|oral surg|maxillofacial surg|\bomfs\b|\boms\b", re.I), "oral_surgery"),
    (re.compile(r"p(a)?ediatric dent|pedodont|paedodont", re.I), "pediatric"),
    (re.compile(r"prosthodont", re.I), "prosthodontics"),
    (re.compile(r"oral medicine|orofacial pain", re.I), "oral_medicine"),
    (re.compile(r"general dent", re.I), "general"),
)
# The categories of CDT by their first digits; implants (D60 to D61) belong to several specialties.
_CDT = (
    (re.compile(r"D3\d{3}"), "endodontics"),
    (re.compile(r"D4\d{3}"), "periodontics"),
    (re.compile(r"D(5[0-8]|6[2-9])\d{2}"), "prosthodontics"),
    (re.compile(r"D7\d{3}"), "oral_surgery"),
    (re.compile(r"D8\d{3}"), "orthodontics"),
    (re.compile(r"D(01|1|2)\d{2,3}"), "general"),
)
_DIAGNOSES = (
    (re.compile(r"K04(\.|$)"), "endodontics"),
    (re.compile(r"K05\.[3-6]"), "periodontics"),
    (re.compile(r"M26\.[234]"), "orthodontics"),
    (re.compile(r"K01(\.|$)"), "oral_surgery"),
)
_DIAGNOSES_IN_WORDS = (
    (re.compile(r"pulpitis|root canal|pulp necrosis|periapical", re.I), "endodontics"),
    (re.compile(r"\bperiodontitis", re.I), "periodontics"),
    (re.compile(r"malocclusion|crowding of teeth|overjet|crossbite", re.I), "orthodontics"),
    (re.compile(r"impacted (tooth|teeth|third|wisdom|molar|canine)|wisdom (tooth|teeth)", re.I), "oral_surgery"),
)
_DENTAL_CARE = "103697008"  # patient referral for dental care
_DENTAL_CARE_IN_WORDS = re.compile(r"\bdental (care|evaluation|consultation|referral|clearance)\b|\bdentist\b", re.I)
_TO_MEDICAL_PROFILE = "ode-dental-to-medical-referral"


def read_specialty(scope: Scope, performers: list[CodeableConcept]) -> str:
    """Name the specialty that is asked for, in the words of `dentistry.specialties`; "unknown" when the file does not say."""
    steps: tuple[tuple[float, Callable[[], set[str]]], ...] = (
        (1.0, lambda: _of_codes([*performers, *_asked_of(scope)])),
        (0.9, lambda: _in_words([*performers, *_asked_of(scope)])),
        (0.8, lambda: _in_words(_asked_for(scope))),
        (0.8, lambda: _of_cdt(_asked_for(scope))),
        (0.8, lambda: {"medical"} if _is_to_medical(scope) else set()),
        (0.5, lambda: _of_diagnoses(_reasons(scope))),
        (0.6, lambda: _of_dental_care(_asked_for(scope))),
    )
    for confidence, answer in steps:
        found = answer()
        if len(found) > 1:
            found -= {"general"}
        if len(found) == 1:
            scope.notes.trust("specialty", confidence)
            return found.pop()
        if found:
            scope.notes.warn(f"The file points to more than one specialty: {', '.join(sorted(found))}.")
            return UNKNOWN
    return UNKNOWN


def _asked_of(scope: Scope) -> list[CodeableConcept]:
    return [request.view.performer_type for request in scope.requests if request.view.performer_type]


def _asked_for(scope: Scope) -> list[CodeableConcept]:
    views = [request.view for request in scope.requests]
    found = [concept for view in views for concept in (view.code, *view.order_detail, *view.category)]
    return [concept for concept in found if concept]


def _reasons(scope: Scope) -> list[CodeableConcept]:
    """Give the coded reasons of the requests: codes, conditions and observations."""
    found = [code for request in scope.requests for code in request.view.reason_code]
    for request in scope.requests:
        for reference in request.view.reason_reference:
            held = scope.resources.held(reference, request.held, quietly=True)
            code = clinical.concept_of(held, scope.resources) if held else None
            found += [code] if code else []
    return found


def _of_codes(concepts: Iterable[CodeableConcept]) -> set[str]:
    found = set()
    for concept in concepts:
        for code in terms.codes_of(concept, terms.NUCC):
            found.add(_NUCC.get(code, "medical" if _NUCC_PHYSICIAN.fullmatch(code) else UNKNOWN))
        found |= {_SNOMED.get(code, UNKNOWN) for code in terms.codes_of(concept, terms.SNOMED)}
    return found - {UNKNOWN}


def _in_words(concepts: Iterable[CodeableConcept]) -> set[str]:
    found = set()
    for concept in concepts:
        for word in terms.all_words(concept):
            found |= {name for pattern, name in _NAMED if pattern.search(word)} - _swallowed(word)
    return found


def _swallowed(word: str) -> set[str]:
    """Oral and maxillofacial pathology or radiology is no surgery."""
    return {"oral_surgery"} if re.search(r"patholog|radiolog", word, re.I) else set()


def _of_cdt(concepts: Iterable[CodeableConcept]) -> set[str]:
    codes = [code for concept in concepts for code in terms.codes_of(concept, terms.CDT)]
    return {name for code in codes for pattern, name in _CDT if pattern.fullmatch(code)}


def _of_diagnoses(concepts: Iterable[CodeableConcept]) -> set[str]:
    found = set()
    for concept in concepts:
        codes = terms.codes_of(concept, terms.ICD_10_CM)
        found |= {name for code in codes for pattern, name in _DIAGNOSES if pattern.match(code)}
        words = terms.all_words(concept)
        found |= {name for word in words for pattern, name in _DIAGNOSES_IN_WORDS if pattern.search(word)}
    return found


def _of_dental_care(concepts: Iterable[CodeableConcept]) -> set[str]:
    for concept in concepts:
        said = " ".join(terms.all_words(concept))
        if _DENTAL_CARE in terms.codes_of(concept, terms.SNOMED) or _DENTAL_CARE_IN_WORDS.search(said):
            return {"general"}
    return set()


def _is_to_medical(scope: Scope) -> bool:
    """Tell a referral from dentistry to medicine by its profile (ODE draft 0.1.0)."""
    metas = [request.held.tree.get("meta") for request in scope.requests]
    profiles = [meta.get("profile") for meta in metas if isinstance(meta, dict)]
    return any(_TO_MEDICAL_PROFILE in str(profile) for profile in profiles)

"""Codes and words of FHIR: which system a URI means, which words a coded value has, what a priority is here.

No code list of anybody is kept: CDT and SNODENT codes are passed on as the document gives them (ADA licences).
"""

import re
from collections.abc import Iterable

from bridgework.interop.fhir.datatypes import CodeableConcept, Coding, Identifier

CDT = "http://www.ada.org/cdt"
SNODENT = "http://www.ada.org/snodent"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
NUCC = "http://nucc.org/provider-taxonomy"
UNIVERSAL = "http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem"
NPI = "http://hl7.org/fhir/sid/us-npi"
SSN = "http://hl7.org/fhir/sid/us-ssn"

# Other spellings of one system: with and without "www", the OIDs of HL7 v3 (FHIR R4, section 4.3.0).
_SPELLINGS = {
    "ada.org/cdt": CDT,
    "urn:oid:2.16.840.1.113883.6.13": CDT,
    "ada.org/snodent": SNODENT,
    "urn:oid:2.16.840.1.113883.3.3150": SNODENT,
    "snomed.info/sct": SNOMED,
    "urn:oid:2.16.840.1.113883.6.96": SNOMED,
    "loinc.org": LOINC,
    "urn:oid:2.16.840.1.113883.6.1": LOINC,
    "hl7.org/fhir/sid/icd-10-cm": ICD_10_CM,
    "urn:oid:2.16.840.1.113883.6.90": ICD_10_CM,
    "nlm.nih.gov/research/umls/rxnorm": RXNORM,
    "urn:oid:2.16.840.1.113883.6.88": RXNORM,
    "nucc.org/provider-taxonomy": NUCC,
    "urn:oid:2.16.840.1.113883.6.101": NUCC,
    "hl7.org/fhir/sid/us-npi": NPI,
    "urn:oid:2.16.840.1.113883.4.6": NPI,
    "hl7.org/fhir/sid/us-ssn": SSN,
    "urn:oid:2.16.840.1.113883.4.1": SSN,
}
_SHORT = {CDT: "CDT", SNODENT: "SNODENT", SNOMED: "SNOMED CT", ICD_10_CM: "ICD-10-CM", RXNORM: "RxNorm", LOINC: "LOINC"}
# Whose words are taken when a concept has none of its own; equal concepts then read alike in any order of codings.
_WORDS_FIRST = (SNOMED, ICD_10_CM, SNODENT, RXNORM, LOINC, CDT)
_NO_VALUE = (
    "http://terminology.hl7.org/CodeSystem/data-absent-reason",
    "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
)
_WEB = re.compile(r"^https?://(www\.)?", re.IGNORECASE)

# FHIR R4 request-priority -> the product's urgency
URGENCY = {"routine": "routine", "asap": "soon", "urgent": "urgent", "stat": "emergency"}

# "Nothing" said as a code: SNOMED CT situations for no known allergy, drug allergy, problem, current medication.
SAYS_NONE = frozenset(
    {"716186003", "409137002", "160244002", "429625007", "428607008", "160245001", "182904002", "787481004"}
)


def system_of(uri: str) -> str:
    """Give the one spelling of a code system's URI; both CDT spellings become http://www.ada.org/cdt."""
    trimmed = uri.strip().rstrip("/")
    return _SPELLINGS.get(_WEB.sub("", trimmed).lower(), trimmed)


def codings(concept: CodeableConcept | None) -> list[Coding]:
    """Give the codings of a concept in a fixed order, with one spelling of systems; "unknown" is no coding."""
    found = [
        Coding(system=system_of(coding.system), code=coding.code, display=one_line(coding.display))
        for coding in (concept.coding if concept else ())
        if coding.system not in _NO_VALUE
    ]
    return sorted(found, key=lambda coding: (_rank(coding.system), coding.system, coding.code, coding.display))


def codes_of(concept: CodeableConcept | None, system: str) -> list[str]:
    """Give the codes that a concept has in one system."""
    return [coding.code for coding in codings(concept) if coding.system == system and coding.code]


def words(concept: CodeableConcept | None) -> str:
    """Say a concept in the document's own words: its text, else the words of a coding, else the bare code."""
    if concept is None:
        return ""
    found = codings(concept)
    if concept.coding and not found and concept.text.lower() in ("", "unknown"):
        return ""
    texts = [one_line(concept.text), *(coding.display for coding in found)]
    texts += [f"{_SHORT.get(coding.system, '')} {coding.code}".strip() for coding in found if coding.code]
    return next((text for text in texts if text), "")


def words_with_cdt(concept: CodeableConcept | None) -> str:
    """Say a procedure as dentists write it: the CDT code of the document before its words."""
    text = words(concept)
    missing = [code for code in codes_of(concept, CDT) if code.lower() not in text.lower()]
    return " ".join([*missing, text]).strip()


def all_words(concept: CodeableConcept | None) -> list[str]:
    """Give every wording of a concept: its text and all displays."""
    texts = [one_line(concept.text) if concept else "", *(coding.display for coding in codings(concept))]
    return [text for text in texts if text]


def has_type(identifier: Identifier, code: str) -> bool:
    """Tell whether an identifier is of a type, such as PLAC or FILL (HL7 table 0203)."""
    return any(coding.code.upper() == code for coding in (identifier.type.coding if identifier.type else ()))


def says_none(concept: CodeableConcept | None) -> bool:
    """Tell a code that says "nothing known" from a finding."""
    return any(coding.code in SAYS_NONE for coding in codings(concept))


def one_line(text: str) -> str:
    """Put text on one line with single blanks."""
    return " ".join(text.split())


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Give each non-empty text once, in alphabetical order, so that the order of a file does not show."""
    return tuple(sorted({text for text in texts if text}, key=lambda text: (text.casefold(), text)))


def _rank(system: str) -> int:
    return _WORDS_FIRST.index(system) if system in _WORDS_FIRST else len(_WORDS_FIRST)

"""The sections of a FHIR document, flattened, and what each is for (LOINC document sections of C-CDA and HL7 Dental)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bridgework.interop.fhir import narrative, terms
from bridgework.interop.fhir.datatypes import Reference
from bridgework.interop.fhir.structs import Composition, CompositionSection

Role = Literal[
    "reason",
    "findings",
    "problems",
    "medications",
    "allergies",
    "procedures",
    "plan",
    "assessment",
    "payers",
    "other",
]

_ROLE_BY_LOINC: dict[str, Role] = {
    "42349-1": "reason",  # reason for referral
    "29299-5": "reason",  # reason for visit
    "46239-0": "reason",  # chief complaint and reason for visit
    "10154-3": "reason",  # chief complaint
    "8704-9": "findings",  # physical findings of mouth, throat and teeth
    "11450-4": "problems",
    "75310-3": "problems",  # health concerns
    "11348-0": "problems",  # past illness
    "10160-0": "medications",
    "29549-3": "medications",  # administered
    "48765-2": "allergies",
    "47519-4": "procedures",
    "46264-8": "procedures",  # medical equipment
    "18776-5": "plan",
    "51848-0": "assessment",
    "51847-2": "assessment",  # assessment and plan
    "48768-6": "payers",
}
# For sections without a code that is known.
_ROLE_BY_TITLE: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"reason for|chief complaint", re.I), "reason"),
    (re.compile(r"dental finding|oral finding|findings of (the )?mouth", re.I), "findings"),
    (re.compile(r"problem|health concern|conditions|diagnos", re.I), "problems"),
    (re.compile(r"medication", re.I), "medications"),
    (re.compile(r"allerg", re.I), "allergies"),
    (re.compile(r"procedure", re.I), "procedures"),
    (re.compile(r"plan", re.I), "plan"),
    (re.compile(r"assessment", re.I), "assessment"),
    (re.compile(r"payer|insurance|coverage", re.I), "payers"),
)
_KNOWN_WITHOUT_ROLE = {"10164-2", "11369-6", "29762-2", "8716-3", "61146-7", "69730-0", "10157-6", "30954-2", "42348-3"}


@dataclass(frozen=True)
class Part:
    """One section: its words, and the resources that it names."""

    title: str
    loinc: str
    role: Role
    lines: tuple[narrative.Line, ...]
    entries: tuple[Reference, ...]

    @property
    def text(self) -> str:
        """All words of the section as plain text."""
        return narrative.text_of(list(self.lines))

    @property
    def statements(self) -> list[str]:
        """Each thing that the section says, without headings of tables; nothing when it says "none"."""
        if narrative.says_nothing(self.text) or self.text.casefold() == self.title.casefold():
            return []
        found = [line.text for line in self.lines if not line.is_heading]
        return [text for text in found if not narrative.says_nothing(text)]

    @property
    def items(self) -> list[str]:
        """As `statements`, but of a row of a table its first filled cell alone: the name of the thing."""
        if not self.statements:
            return []
        firsts = (next(filter(None, line.cells), "") for line in self.lines if not line.is_heading)
        return [text for text in firsts if not narrative.says_nothing(text)]


def parts_of(composition: Composition) -> list[Part]:
    """Give the sections of a document in its order, those inside others after them."""
    return list(_flatten(composition.section))


def _flatten(sections: Iterable[CompositionSection]) -> Iterable[Part]:
    for section in sections:
        title = terms.one_line(section.title) or terms.words(section.code)
        loinc = next(iter(terms.codes_of(section.code, terms.LOINC)), "")
        lines = narrative.lines(section.text.div) if section.text else []
        yield Part(title, loinc, _role(title, loinc), tuple(lines), tuple(section.entry))
        yield from _flatten(section.section)


def _role(title: str, loinc: str) -> Role:
    if loinc in _ROLE_BY_LOINC:
        return _ROLE_BY_LOINC[loinc]
    if loinc in _KNOWN_WITHOUT_ROLE:
        return "other"
    return next((role for pattern, role in _ROLE_BY_TITLE if pattern.search(title)), "other")

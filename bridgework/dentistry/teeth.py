"""Teeth for the rest of the product: one door to numbers, codes and words."""

import re
from typing import Literal

from bridgework.dentistry.numbering import (
    ARCHES,
    PERMANENT,
    PRIMARY,
    TEETH,
    Tooth,
    from_fdi,
    from_palmer,
    is_primary,
    label,
    name,
    parse_universal,
    to_fdi,
    to_palmer,
)
from bridgework.dentistry.tooth_codes import SNOMED_BY_UNIVERSAL, UNIVERSAL_BY_SNOMED
from bridgework.dentistry.tooth_words import exact_mentions, from_display

__all__ = [
    "ARCHES",
    "PERMANENT",
    "PRIMARY",
    "TEETH",
    "UNIVERSAL_BY_SNOMED",
    "Tooth",
    "expected_dentition",
    "from_coding",
    "from_display",
    "from_fdi",
    "from_palmer",
    "is_primary",
    "label",
    "name",
    "parse_typed",
    "parse_universal",
    "to_fdi",
    "to_palmer",
    "to_snomed",
]

UNIVERSAL_SYSTEM = "http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem"

_FIRST_PERMANENT_TOOTH = 6
_LAST_PRIMARY_TOOTH_LOST = 13
# How systems that carry tooth numbers can be told apart, compared without case and punctuation.
_UNIVERSAL_SYSTEMS = ("adauniversaltooth", "toothuniversal", "universaltooth")
_FDI_SYSTEMS = ("extooth", "iso3950", "fditooth", "fdinotation")
_SNOMED_SYSTEMS = ("snomed", "2168401113883696")


def parse_typed(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read a field of typed teeth ("19, 3.6, UR6, 1-3") as Universal identifiers and the pieces that cannot be read.

    A bare number is Universal, a number with a dot is FDI. Each tooth comes once, in the order typed.
    """
    teeth: dict[str, None] = {}
    unreadable: list[str] = []
    for chunk in filter(None, (part.strip() for part in re.split(r"[,;/\n]|\band\b", text))):
        whole = _read_chunk(chunk)
        for piece, found in [(chunk, whole)] if whole else [(word, _read_chunk(word)) for word in chunk.split()]:
            teeth.update(dict.fromkeys(found))
            unreadable += [] if found else [piece]
    return tuple(teeth), tuple(unreadable)


def from_coding(system: str, code: str) -> str | None:
    """Read a coded tooth as Universal, or None when the system names no teeth or the code is unknown.

    Understands the ADA Universal system, FDI (HL7's ex-tooth, ISO 3950), Palmer, SNOMED CT and the X12 qualifiers JP and
    JO, with URI, OID or plain name. Codes are trimmed (published ones end in U+00A0); displays are never asked.
    """
    plain = re.sub(r"[^a-z0-9]", "", system.lower())
    trimmed = code.strip("\N{NO-BREAK SPACE}\t\n\r ")
    if plain == "jp" or any(word in plain for word in _UNIVERSAL_SYSTEMS):
        return parse_universal(trimmed)
    if plain in ("jo", "fdi") or any(word in plain for word in _FDI_SYSTEMS):
        return from_fdi(trimmed)
    if plain == "sct" or any(word in plain for word in _SNOMED_SYSTEMS):
        return UNIVERSAL_BY_SNOMED.get(trimmed)
    return from_palmer(trimmed) if "palmer" in plain else None


def to_snomed(universal: str) -> str:
    """Give the SNOMED CT code of the entire tooth; "" for an extra tooth. Raises KeyError when unknown."""
    return "" if TEETH[universal].is_extra else SNOMED_BY_UNIVERSAL[universal]


def expected_dentition(age_years: float) -> Literal["primary", "mixed", "permanent"]:
    """Say which teeth a mouth of this age is expected to hold (eruption charts of the American Dental Association)."""
    if age_years < _FIRST_PERMANENT_TOOTH:
        return "primary"
    return "mixed" if age_years < _LAST_PRIMARY_TOOTH_LOST else "permanent"


def _read_chunk(chunk: str) -> tuple[str, ...]:
    """Read one piece: a number, a dotted FDI number, a range, a Palmer number or words."""
    if tooth := parse_universal(chunk):
        return (tooth,)
    if re.fullmatch(r"#?\d\.\d", chunk):
        tooth = from_fdi(chunk.removeprefix("#"))
        return (tooth,) if tooth else ()
    if span := re.fullmatch(r"#?(\w{1,2})\s*(?:-|–|to)\s*#?(\w{1,2})", chunk, re.I):
        return _range(span[1].upper(), span[2].upper())
    named = exact_mentions(chunk)
    return tuple(mention.teeth[0] for mention in named if mention.notation != "fdi or extra")


def _range(first: str, last: str) -> tuple[str, ...]:
    for row in (PERMANENT, PRIMARY):
        if first in row and last in row and row.index(first) <= row.index(last):
            return row[row.index(first) : row.index(last) + 1]
    return ()

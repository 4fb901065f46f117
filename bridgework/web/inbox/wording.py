"""What arrived, in words."""

from __future__ import annotations

_FORMATS = {"fhir": "FHIR", "cda": "CDA", "hl7v2": "HL7 v2", "paper": "Scan or picture", "tabular": "Table"}
_WAYS = {"file": "From a file"}


def format_words(key: str) -> str:
    """Return the format of a document as people call it; nothing that nobody knows."""
    return _FORMATS.get(key, key.upper())


def way_words(key: str) -> str:
    """Return how a document came."""
    return _WAYS.get(key, key.capitalize())

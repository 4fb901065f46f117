"""The proposed fields of an Inbox item, as `bridgework read` prints them, checked at the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec


@dataclass(frozen=True, kw_only=True)
class PatientFields:
    """The person who is referred. Dates are YYYY-MM-DD, phones E.164, the language a code such as "es"."""

    family: str = ""
    given: str = ""
    birth_date: str = ""
    sex: str = "unknown"
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str = ""
    language: str = ""
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PartyFields:
    """Who refers: the provider and the office that is called back."""

    provider: str = ""
    npi: str = ""
    office: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class RecipientFields:
    """Who is asked to see the patient."""

    provider: str = ""
    npi: str = ""
    office: str = ""
    phone: str = ""
    fax: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentFields:
    """A document or image that the file names or carries besides itself."""

    title: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class Fields:
    """What a document was understood to say. Absent is empty, never invented (docs: `read`, one object a file)."""

    patient: PatientFields = PatientFields()
    referrer: PartyFields = PartyFields()
    recipient: RecipientFields = RecipientFields()
    specialty: str = "unknown"
    urgency: str = "unknown"
    reason: str = ""
    teeth: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    medications: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    insurance: tuple[str, ...] = ()
    documents: tuple[DocumentFields, ...] = ()
    referred_date: str = ""
    identifiers: dict[str, str] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def born(self) -> date | None:
        """Return the birth date, when the text is a whole date."""
        try:
            return date.fromisoformat(self.patient.birth_date)
        except ValueError:
            return None


def from_json(data: Mapping[str, Any]) -> Fields:
    """Rebuild the fields of a stored item; keys that are not fields (file, format, kind) are passed over."""
    return msgspec.convert(data, Fields)


def to_json(fields: Fields) -> dict[str, Any]:
    """Return the fields as plain JSON values, for the column."""
    plain: dict[str, Any] = msgspec.to_builtins(fields)
    return plain

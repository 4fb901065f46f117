"""What a referral carries of the patient and the referrer, as it was at sending."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec


@dataclass(frozen=True, kw_only=True)
class SnapshotGuardian:
    """Who speaks for the patient. Phone is E.164."""

    name: str
    relation: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Referrer:
    """Who refers, in words, so that the letterhead survives every later change of the directory."""

    office: str = ""
    provider: str = ""
    npi: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The part of a referral that never changes. Lists are in words, as the referring office wrote them."""

    language: str = "en"
    preferred_channel: str = "text"
    may_text: bool = False
    anxiety: str = "unknown"
    address: str = ""
    guardian: SnapshotGuardian | None = None
    allergies: tuple[str, ...] = ()
    medications: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    insurance: tuple[str, ...] = ()
    history_as_of: date | None = None
    referrer: Referrer = field(default_factory=Referrer)
    identifiers: dict[str, str] = field(default_factory=dict)  # placer, filler
    documents: tuple[str, ...] = ()  # titles of documents that were named but did not come along
    source: str = "portal"  # how it came: portal, file, phone, …


@dataclass(frozen=True, kw_only=True)
class PatientIdentity:
    """The patient as the referral names them. Phone is E.164."""

    given: str
    family: str
    birth_date: date | None = None
    sex: str = "unknown"
    phone: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        """Return the name as people say it."""
        return f"{self.given} {self.family}".strip()


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    """Return the snapshot as plain JSON values, for the column."""
    plain: dict[str, Any] = msgspec.to_builtins(snapshot)
    return plain


def from_json(data: dict[str, Any]) -> Snapshot:
    """Rebuild a snapshot from what `to_json` gave."""
    return msgspec.convert(data, Snapshot)

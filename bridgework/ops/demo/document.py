"""A referral note as another system sends it: a small FHIR document about somebody invented."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

NAME = "referral-riverside-dental.json"
_LOINC, _UNIVERSAL = "http://loinc.org", "http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem"
_BASE = "http://riverside-dental.example/fhir/"


def referral_note(at: datetime) -> bytes:
    """Write the document, dated `at` (HL7 Dental Data Exchange, referral note)."""
    resources = [_composition(at), *_parties(), _request(at), *_health()]
    bundle = {
        "resourceType": "Bundle",
        "id": "riverside-note",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{UUID(int=0x5EED0D0C)}"},
        "type": "document",
        "timestamp": at.isoformat(),
        "entry": [{"fullUrl": f"{_BASE}{one['resourceType']}/{one['id']}", "resource": one} for one in resources],
    }
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode()


def _composition(at: datetime) -> dict[str, Any]:
    return {
        "resourceType": "Composition", "id": "note", "status": "final", "title": "Referral note",
        "type": {"coding": [{"system": _LOINC, "code": "57134-9", "display": "Dentistry Referral note"}]},
        "subject": {"reference": "Patient/carla"}, "date": at.isoformat(),
        "author": [{"reference": "Practitioner/engstrom"}], "custodian": {"reference": "Organization/riverside"},
        "section": [
            _section("Reason for Referral", "42349-1", "Root rests after a fracture, lower right.", "ServiceRequest/ask"),
            _section("Problems", "11450-4", "", "Condition/pressure"),
            _section("Medications", "10160-0", "", "MedicationStatement/lisinopril"),
            _section("Allergies", "48765-2", "", "AllergyIntolerance/penicillin"),
        ],
    }  # fmt: skip


def _section(title: str, code: str, words: str, reference: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "title": title,
        "code": {"coding": [{"system": _LOINC, "code": code}]},
        "entry": [{"reference": reference}],
    }
    if words:
        made["text"] = {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{words}</div>'}
    return made


def _parties() -> list[dict[str, Any]]:
    return [
        {
            "resourceType": "Patient", "id": "carla", "name": [{"family": "Benning", "given": ["Carla", "June"]}],
            "telecom": [{"system": "phone", "value": "(503) 555-0188", "use": "mobile"}], "gender": "female",
            "birthDate": "1972-08-19",
            "address": [{"line": ["88 Salal Ct"], "city": "Milwaukie", "state": "OR", "postalCode": "97222"}],
        },
        {
            "resourceType": "Practitioner", "id": "engstrom",
            "name": [{"family": "Engstrom", "given": ["Paul"], "suffix": ["DDS"]}],
        },
        {
            "resourceType": "Organization", "id": "riverside", "name": "Riverside Dental",
            "telecom": [{"system": "phone", "value": "(971) 555-0111"}],
        },
        {"resourceType": "Organization", "id": "harbor", "name": "Harbor Oral Surgery"},
    ]  # fmt: skip


def _request(at: datetime) -> dict[str, Any]:
    return {
        "resourceType": "ServiceRequest", "id": "ask", "status": "active", "intent": "order", "priority": "routine",
        "identifier": [{"system": f"{_BASE}referrals", "value": "RD-2207"}],
        "code": {"text": "Extraction of root rests"}, "subject": {"reference": "Patient/carla"},
        "authoredOn": at.isoformat(), "requester": {"reference": "Practitioner/engstrom"},
        "performer": [{"reference": "Organization/harbor"}],
        "reasonCode": [{"text": "Root rests after a fracture, lower right"}],
        "bodySite": [{"coding": [{"system": _UNIVERSAL, "code": "29", "display": "Tooth 29"}]}],
    }  # fmt: skip


def _health() -> list[dict[str, Any]]:
    her = {"reference": "Patient/carla"}
    return [
        {"resourceType": "Condition", "id": "pressure", "code": {"text": "High blood pressure"}, "subject": her},
        {
            "resourceType": "MedicationStatement", "id": "lisinopril", "status": "active", "subject": her,
            "medicationCodeableConcept": {"text": "Lisinopril 10 mg"},
        },
        {"resourceType": "AllergyIntolerance", "id": "penicillin", "code": {"text": "Penicillin"}, "patient": her},
    ]  # fmt: skip

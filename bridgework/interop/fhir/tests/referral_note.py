"""A dental referral note as FHIR trees, with dental defaults; the patients and providers are invented."""

import copy
from typing import Any

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
SNODENT = "http://www.ada.org/snodent"
UNIVERSAL = "http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem"
FDI = "http://terminology.hl7.org/CodeSystem/ex-tooth"
CDT = "http://www.ada.org/cdt"
NPI = "http://hl7.org/fhir/sid/us-npi"
BASE = "http://example.org/fhir/"
BODY_SITE = "http://hl7.org/fhir/StructureDefinition/bodySite"
ODE_TOOTH = "https://oralhealthalliance.net/fhir/StructureDefinition/ode-tooth"

Tree = dict[str, Any]


def coded(system: str, code: str, display: str = "", text: str = "") -> Tree:
    """Make a concept with one coding."""
    coding = {"system": system, "code": code} | ({"display": display} if display else {})
    return {"coding": [coding]} | ({"text": text} if text else {})


def entry(resource: Tree) -> Tree:
    """Wrap a resource as bundle entry with its full address."""
    return {"fullUrl": f"{BASE}{resource['resourceType']}/{resource['id']}", "resource": resource}


def section(title: str, loinc: str, words: str = "", *references: str) -> Tree:
    """Make a section with one paragraph and the resources that it names."""
    made: Tree = {"title": title, "code": coded(LOINC, loinc)}
    if words:
        made["text"] = {
            "status": "generated",
            "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{words}</p></div>',
        }
    if references:
        made["entry"] = [{"reference": reference} for reference in references]
    return made


def condition(key: str, words: str, **more: Any) -> Tree:
    """Make a confirmed condition of the patient."""
    return {
        "resourceType": "Condition",
        "id": key,
        "clinicalStatus": coded("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"),
        "code": {"text": words},
        "subject": {"reference": "Patient/ana"},
    } | more


PATIENT: Tree = {
    "resourceType": "Patient",
    "id": "ana",
    "identifier": [{"system": "http://office.example", "value": "7781"}],
    "name": [{"use": "official", "family": "Ortiz", "given": ["Ana", "Lucía"]}],
    "telecom": [{"system": "phone", "value": "(303) 555-0142", "use": "mobile"}],
    "gender": "female",
    "birthDate": "1988-07-09",
    "address": [{"line": ["12 Elm St"], "city": "Denver", "state": "CO", "postalCode": "80204"}],
    "communication": [{"language": coded("urn:ietf:bcp:47", "es-US"), "preferred": True}],
}
REFERRER: Tree = {
    "resourceType": "Practitioner",
    "id": "lee",
    "identifier": [{"system": NPI, "value": "1234567893"}],
    "name": [{"family": "Lee", "given": ["Mina"], "suffix": ["DDS"]}],
    "telecom": [{"system": "phone", "value": "303-555-0110", "use": "work"}],
}
OFFICE: Tree = {
    "resourceType": "Organization",
    "id": "elm",
    "name": "Elm Street Dental",
    "telecom": [{"system": "fax", "value": "303-555-0111"}, {"system": "email", "value": "desk@elm.example"}],
}
ROLE: Tree = {
    "resourceType": "PractitionerRole",
    "id": "lee-at-elm",
    "practitioner": {"reference": "Practitioner/lee"},
    "organization": {"reference": "Organization/elm"},
}
SPECIALIST: Tree = {
    "resourceType": "PractitionerRole",
    "id": "roy-at-peak",
    "practitioner": {"reference": "Practitioner/roy"},
    "organization": {"reference": "Organization/peak"},
    "specialty": [coded("http://nucc.org/provider-taxonomy", "1223E0200X", "Endodontics")],
    "telecom": [{"system": "phone", "value": "303-555-0199"}],
}
SPECIALIST_PERSON: Tree = {
    "resourceType": "Practitioner",
    "id": "roy",
    "identifier": [{"system": NPI, "value": "1245319599"}],
    "name": [{"family": "Roy", "given": ["Dana"]}],
}
SPECIALIST_OFFICE: Tree = {"resourceType": "Organization", "id": "peak", "name": "Peak Endodontics"}
REQUEST: Tree = {
    "resourceType": "ServiceRequest",
    "id": "referral",
    "identifier": [{"system": "http://elm.example/referrals", "value": "R-100"}],
    "status": "active",
    "intent": "order",
    "priority": "urgent",
    "code": coded(CDT, "D3330", "Root canal of a molar"),
    "subject": {"reference": "Patient/ana"},
    "authoredOn": "2026-03-02T09:15:00-07:00",
    "requester": {"reference": "Practitioner/lee"},
    "performer": [{"reference": "PractitionerRole/roy-at-peak"}],
    "reasonReference": [{"reference": "Condition/pulpitis"}],
    "bodySite": [coded(UNIVERSAL, "19", "Tooth 19")],
}
COMPOSITION: Tree = {
    "resourceType": "Composition",
    "id": "note",
    "status": "final",
    "type": coded(LOINC, "57134-9", "Dentistry Referral note"),
    "subject": {"reference": "Patient/ana"},
    "date": "2026-03-02T09:20:00-07:00",
    "author": [{"reference": "Practitioner/lee"}],
    "custodian": {"reference": "Organization/elm"},
    "title": "Referral note",
    "section": [
        section("Reason for Referral", "42349-1", "Pain to cold on the lower left", "ServiceRequest/referral"),
        section("Problems", "11450-4", "", "Condition/pulpitis", "Condition/asthma"),
        section("Medications", "10160-0", "", "MedicationRequest/inhaler"),
        section("Allergies", "48765-2", "", "AllergyIntolerance/latex"),
        section("Payers", "48768-6", "", "Coverage/plan"),
        section("Dental findings", "8704-9", "No information"),
        section("Plan", "18776-5", "Root canal treatment"),
    ],
}
RESOURCES: tuple[Tree, ...] = (
    PATIENT,
    REFERRER,
    OFFICE,
    ROLE,
    SPECIALIST,
    SPECIALIST_PERSON,
    SPECIALIST_OFFICE,
    REQUEST,
    condition("pulpitis", "Irreversible pulpitis"),
    condition("asthma", "Asthma"),
    {
        "resourceType": "MedicationRequest",
        "id": "inhaler",
        "status": "active",
        "intent": "order",
        "medicationReference": {"reference": "#salbutamol"},
        "contained": [{"resourceType": "Medication", "id": "salbutamol", "code": {"text": "Salbutamol inhaler"}}],
        "subject": {"reference": "Patient/ana"},
    },
    {
        "resourceType": "AllergyIntolerance",
        "id": "latex",
        "code": {"text": "Latex"},
        "patient": {"reference": "Patient/ana"},
    },
    {
        "resourceType": "Coverage",
        "id": "plan",
        "status": "active",
        "subscriberId": "W1",
        "beneficiary": {"reference": "Patient/ana"},
        "payor": [{"display": "Delta Dental"}],
    },
    {
        "resourceType": "DocumentReference",
        "id": "film",
        "status": "current",
        "date": "2026-03-01T10:00:00Z",
        "subject": {"reference": "Patient/ana"},
        "content": [{"attachment": {"contentType": "image/jpeg", "title": "Periapical film"}}],
    },
)


def referral_bundle() -> Tree:
    """Make a fresh document bundle: an endodontic referral for tooth 19."""
    return copy.deepcopy(
        {
            "resourceType": "Bundle",
            "id": "document",
            "identifier": {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:1f5d3a0e-8f0e-4a36-9a50-2f0c0c8f1a11"},
            "type": "document",
            "timestamp": "2026-03-02T16:20:00Z",
            "entry": [entry(COMPOSITION), *map(entry, RESOURCES)],
        }
    )


def resource(bundle: Tree, kind: str, key: str = "") -> Tree:
    """Find a resource of a bundle by type and, when given, id."""
    return next(
        one["resource"]
        for one in bundle["entry"]
        if one["resource"]["resourceType"] == kind and key in ("", one["resource"]["id"])
    )


def part(bundle: Tree, loinc: str) -> Tree:
    """Find a section of the composition by its LOINC code."""
    return next(one for one in resource(bundle, "Composition")["section"] if one["code"]["coding"][0]["code"] == loinc)

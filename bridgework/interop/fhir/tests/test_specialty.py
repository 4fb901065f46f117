"""Which specialty a referral asks for, and when nothing is said."""

import json

import pytest

from bridgework.interop.fhir.tests.referral_note import CDT, REQUEST, SNOMED, coded
from bridgework.interop.reading import read_file

NUCC = "http://nucc.org/provider-taxonomy"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"


def specialty(**request):
    bare = {name: REQUEST[name] for name in ("resourceType", "id", "status", "intent", "subject")}
    document = read_file("request", json.dumps({**bare, **request}).encode())
    return document.specialty, document.confidence.get("specialty", 0.0)


def contained(resource):
    return {"contained": [{"id": "who", **resource}], "performer": [{"reference": "#who"}]}


@pytest.mark.parametrize(
    ("request_parts", "expected", "confidence"),
    [
        ({"performerType": coded(NUCC, "1223P0300X")}, "periodontics", 1.0),
        ({"performerType": coded(NUCC, "207R00000X")}, "medical", 1.0),
        ({"performerType": coded(SNOMED, "408465003")}, "oral_surgery", 1.0),
        (
            contained({"resourceType": "PractitionerRole", "specialty": [coded(NUCC, "1223X0400X")]}),
            "orthodontics",
            1.0,
        ),
        (contained({"resourceType": "HealthcareService", "type": [{"text": "Pediatric dentistry"}]}), "pediatric", 0.9),
        ({"code": {"text": "Referral to oral and maxillofacial surgeon"}}, "oral_surgery", 0.8),
        ({"code": {"text": "Oral and maxillofacial pathology consult"}}, "oral_pathology", 0.8),
        ({"code": coded("http://ada.org/cdt", "D7240")}, "oral_surgery", 0.8),
        ({"code": coded(CDT, "D8080")}, "orthodontics", 0.8),
        ({"reasonCode": [coded(ICD, "K04.01")]}, "endodontics", 0.5),
        ({"reasonCode": [{"text": "Impacted wisdom tooth"}]}, "oral_surgery", 0.5),
        ({"code": coded(SNOMED, "103697008")}, "general", 0.6),
        ({"code": coded(SNOMED, "103697008"), "reasonCode": [{"text": "Malocclusion"}]}, "orthodontics", 0.5),
    ],
)
def test_the_specialty_is_read_from_the_surest_thing_said(request_parts, expected, confidence):
    assert specialty(**request_parts) == (expected, confidence)


@pytest.mark.parametrize(
    "request_parts",
    [
        {},
        {"reasonCode": [{"text": "Toothache"}]},
        {"code": coded(SNOMED, "103696004", "Patient referral to specialist")},
        {"code": coded(CDT, "D6010")},
        {"reasonCode": [{"text": "Irreversible pulpitis"}, {"text": "Malocclusion"}]},
    ],
)
def test_what_is_not_said_is_unknown(request_parts):
    assert specialty(**request_parts) == ("unknown", 0.0)

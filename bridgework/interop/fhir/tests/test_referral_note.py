"""The referral note document of HL7 Dental Data Exchange, as JSON and as XML."""

import json

import pytest

from bridgework.interop.fhir.tests.as_xml import to_xml
from bridgework.interop.fhir.tests.referral_note import referral_bundle
from bridgework.interop.reading import read_file, to_json_line
from tests.public_data import public_data

DOCUMENT = "Complete-Dental-Referral-Note-Document-Bundle-Example"


UNDERSTOOD = {
    "file": "note.json",
    "format": "fhir",
    "kind": "referral",
    "patient": {
        "family": "Ortiz",
        "given": "Ana Lucía",
        "birth_date": "1988-07-09",
        "sex": "female",
        "phones": ["+13035550142"],
        "emails": [],
        "address": "12 Elm St, Denver, CO 80204",
        "language": "es",
        "identifiers": ["http://office.example|7781"],
    },
    "referrer": {
        "provider": "Mina Lee, DDS",
        "npi": "1234567893",
        "office": "Elm Street Dental",
        "phone": "+13035550110",
        "fax": "+13035550111",
        "email": "desk@elm.example",
    },
    "recipient": {
        "provider": "Dana Roy",
        "npi": "1245319599",
        "office": "Peak Endodontics",
        "phone": "+13035550199",
        "fax": "",
    },
    "specialty": "endodontics",
    "urgency": "urgent",
    "reason": "Pain to cold on the lower left; Irreversible pulpitis",
    "teeth": ["19"],
    "procedures": ["D3330 Root canal of a molar"],
    "conditions": ["Asthma", "Irreversible pulpitis"],
    "medications": ["Salbutamol inhaler"],
    "allergies": ["Latex"],
    "insurance": ["Delta Dental, member W1"],
    "documents": [{"title": "Periapical film", "date": "2026-03-01"}],
    "referred_date": "2026-03-02",
    "identifiers": {"placer": "R-100", "filler": ""},
    "warnings": [],
}


@pytest.fixture
def published():
    path = public_data("dental-data-exchange", "examples-json", f"Bundle-{DOCUMENT}.json")
    return read_file("note", path.read_bytes())


def test_every_field_of_a_referral_note_is_read():
    note = read_file("note.json", json.dumps(referral_bundle()).encode())
    printed = json.loads(to_json_line(note))
    del printed["confidence"]
    assert printed == UNDERSTOOD


def test_json_and_xml_of_one_document_are_the_same_object():
    bundle = referral_bundle()
    assert read_file("note", to_xml(bundle)) == read_file("note", json.dumps(bundle).encode())


def test_published_json_and_xml_are_the_same_object(published):
    path = public_data("dental-data-exchange", "examples", f"{DOCUMENT}.xml")
    assert read_file("note", path.read_bytes()) == published


def test_published_note_tells_who_refers_whom(published):
    assert published.kind == "referral"
    assert (published.patient.family, published.patient.given, published.patient.birth_date) == (
        "A",
        "Patient",
        "1990-01-01",
    )
    assert published.patient.address == "123 Test Dr., Denver, CO 80204"
    assert published.referrer.provider == "Dr John M"
    assert published.referrer.office == "Good Health Clinic"
    assert published.referrer.phone == "+13033036443"
    assert published.recipient.provider == published.recipient.office == ""


def test_published_note_tells_what_for(published):
    assert published.reason == "Toothache; Left lower quadrant pain; Bleeding gums"
    assert (published.urgency, published.specialty, published.teeth) == ("soon", "general", ())
    assert published.referred_date == "2020-01-14"
    assert published.identifiers.placer == "urn:uid:0c2aacfc-ce7d-4652-b9ea-7280ea21dec4"
    assert "D0150 Comprehensive Oral Evaluation" in published.procedures
    assert {"Toothache (finding)", "Hypertensive disorder (disorder)"} < set(published.conditions)
    assert published.medications == ("Lisinopril 10 mg Oral Tablet",)
    assert published.allergies == ("Penicillin G (Ingredient)",)
    assert published.insurance == ("Aetna Full Coverage: Medical, Dental, Pharmacy, Vision, EHC, member 123456",)


def test_what_a_section_says_in_words_alone_is_proposed_with_less_trust(published):
    assert "Neuropathy due to diabetes mellitus" in published.conditions
    assert published.confidence["conditions"] < 1.0


def test_published_note_warns_of_its_own_faults(published):
    said = "\n".join(published.warnings)
    assert "NPI 1234569999" in said
    assert "marked as a plan" in said
    assert "123-456-7890 cannot be right" in said
    assert "Condition/LLQP-example but does not hold it" in said


def test_both_spellings_of_the_cdt_system_are_one(published):
    assert {code.system for code in published.codes if code.code == "D0150"} == {"http://www.ada.org/cdt"}


def test_no_word_of_the_document_is_lost(published):
    shown = "\n".join(section.text for section in published.original_sections)
    for words in ("1 tab once/day", "occassional bleeding", "Insulin Pump", "Body temperature: 36.9 C", "120/80"):
        assert words in shown
    titles = [section.title for section in published.original_sections]
    assert titles[:2] == ["Allergies and Intolerances Section", "Medication Section"]
    assert all("<" not in section.text for section in published.original_sections)


def test_a_document_is_named_by_its_bundle_and_told_from_its_next_version():
    versions = [referral_bundle() for _ in range(4)]
    versions[1]["entry"][1]["resource"]["birthDate"] = "1988-07-10"
    versions[2]["identifier"]["value"] = "urn:uuid:2"
    versions[3]["meta"] = {"versionId": "9", "lastUpdated": "2026-03-05T10:00:00Z"}
    first, corrected, renamed, stored = (read_file("note", json.dumps(one).encode()).identity for one in versions)
    assert len({first, corrected, renamed}) == 3
    assert stored == first
    assert first.partition("#")[0] == corrected.partition("#")[0]


def test_a_document_without_identifiers_is_named_by_its_content():
    bundle = referral_bundle()
    del bundle["identifier"]
    assert read_file("a", json.dumps(bundle).encode()).identity == read_file("b", to_xml(bundle)).identity


def test_confidence_names_only_fields_that_are_there():
    note = read_file("note", json.dumps(referral_bundle()).encode())
    assert note.confidence["teeth"] == note.confidence["patient.family"] == 1.0
    assert "recipient.fax" not in note.confidence
    assert all(0.0 < value <= 1.0 for value in note.confidence.values())

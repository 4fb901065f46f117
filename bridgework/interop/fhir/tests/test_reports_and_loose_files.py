"""Consult notes, bundles that are no documents, and single resources."""

import json

import pytest

from bridgework.interop.fhir.tests.referral_note import (
    BASE,
    LOINC,
    NPI,
    REQUEST,
    coded,
    entry,
    part,
    referral_bundle,
    resource,
    section,
)
from bridgework.interop.reading import read_file
from tests.public_data import public_data

ORDER = "http://hl7.org/fhir/us/ccda/StructureDefinition/OrderExtension"


def read(tree):
    return read_file("file", json.dumps(tree).encode())


def consult_note():
    """The endodontist's report on the referral, with the loop's link back to it."""
    bundle = referral_bundle()
    note = resource(bundle, "Composition")
    note["type"] = coded(LOINC, "34756-7", "Dentistry Consult note")
    note["title"] = "Consult note"
    note["author"] = [{"reference": "PractitionerRole/roy-at-peak"}]
    note["extension"] = [{"url": ORDER, "valueReference": {"reference": "ServiceRequest/referral"}}]
    note["section"] = [
        section("Reason for visit", "29299-5", "Root canal of the lower left molar"),
        section("Procedures", "47519-4", "", "Procedure/rct"),
        section("Plan of treatment", "18776-5", "", "ServiceRequest/crown"),
    ]
    treated = {
        "resourceType": "Procedure",
        "id": "rct",
        "status": "completed",
        "code": {"text": "Root canal treatment"},
        "subject": {"reference": "Patient/ana"},
        "performedDateTime": "2026-03-09",
    }
    crown = {
        "resourceType": "ServiceRequest",
        "id": "crown",
        "status": "active",
        "intent": "order",
        "code": {"text": "Crown"},
        "subject": {"reference": "Patient/ana"},
        "requester": {"reference": "PractitionerRole/roy-at-peak"},
    }
    bundle["entry"] += [entry(treated), entry(crown)]
    return bundle


def test_a_consult_note_names_the_referral_that_it_answers():
    report = read(consult_note())
    assert report.kind == "consult_report"
    assert report.identifiers.placer == "R-100"
    assert (report.referrer.provider, report.recipient.provider) == ("Mina Lee, DDS", "Dana Roy")
    assert report.referred_date == "2026-03-02"
    assert report.procedures[0] == "Root canal treatment, done 2026-03-09"
    assert "Crown" in report.procedures
    assert report.teeth == ("19",)


def test_a_consult_note_without_its_order_takes_no_later_request_for_it():
    bundle = consult_note()
    del resource(bundle, "Composition")["extension"]
    bundle["entry"] = [one for one in bundle["entry"] if one["resource"]["id"] != "referral"]
    report = read(bundle)
    assert report.identifiers.placer == ""
    assert report.recipient.provider == "Dana Roy"
    assert report.referrer.provider == ""


def test_what_was_done_before_is_history_in_a_referral():
    bundle = referral_bundle()
    hip = {
        "resourceType": "Procedure",
        "id": "hip",
        "status": "completed",
        "code": {"text": "Hip replacement"},
        "subject": {"reference": "Patient/ana"},
        "performedPeriod": {"start": "2025-11-03T08:00:00Z"},
    }
    bundle["entry"].append(entry(hip))
    note = read(bundle)
    assert "Hip replacement, done 2025-11-03" in note.conditions
    assert note.procedures == ("D3330 Root canal of a molar",)


def test_a_request_alone_is_a_referral_with_what_it_says_itself():
    request = {**REQUEST, "subject": {"reference": "Patient/ana", "display": "Ortiz, Ana"}}
    found = read(request)
    assert found.kind == "referral"
    assert (found.patient.family, found.patient.given) == ("Ortiz", "Ana")
    assert found.confidence["patient.family"] < 1.0
    assert (found.teeth, found.urgency, found.specialty) == (("19",), "urgent", "endodontics")


def test_placer_and_filler_are_told_apart_by_type():
    typed = "http://terminology.hl7.org/CodeSystem/v2-0203"
    identifiers = [
        {"type": coded(typed, "FILL"), "value": "F-1"},
        {"type": coded(typed, "PLAC"), "value": "P-1"},
        {"value": "other"},
    ]
    found = read({**REQUEST, "identifier": identifiers})
    assert (found.identifiers.placer, found.identifiers.filler) == ("P-1", "F-1")


def test_the_request_is_chosen_among_laboratory_orders_and_the_rest_is_said():
    laboratory = {**REQUEST, "id": "lab", "code": {"text": "Blood count"}, "identifier": [{"value": "LAB"}]}
    referral = {**REQUEST, "code": {"text": "Referral to endodontist"}}
    for order in ([laboratory, referral], [referral, laboratory]):
        found = read({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in order]})
        assert found.identifiers.placer == "R-100"
        assert any("holds 2 requests" in warning for warning in found.warnings)


def test_another_patients_history_is_not_taken_over():
    bundle = referral_bundle()
    other = {"resourceType": "Patient", "id": "ben", "name": [{"family": "Roe"}]}
    stranger = {
        "resourceType": "Condition",
        "id": "x",
        "code": {"text": "Hepatitis"},
        "subject": {"reference": "Patient/ben"},
    }
    bundle["entry"] += [entry(other), entry(stranger)]
    note = read(bundle)
    assert "Hepatitis" not in note.conditions
    assert note.patient.family == "Ortiz"
    assert any("more than one patient" in warning for warning in note.warnings)


def test_mistakes_and_denials_are_left_out_and_the_past_is_marked():
    bundle = referral_bundle()
    status = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
    pulpitis, asthma = resource(bundle, "Condition", "pulpitis"), resource(bundle, "Condition", "asthma")
    asthma["verificationStatus"] = coded(status, "refuted")
    pulpitis["clinicalStatus"] = coded("http://terminology.hl7.org/CodeSystem/condition-clinical", "resolved")
    resource(bundle, "AllergyIntolerance")["code"] = coded("http://snomed.info/sct", "716186003", "No known allergy")
    note = read(bundle)
    assert note.conditions == ("Irreversible pulpitis (resolved)",)
    assert note.allergies == ()


def test_absent_data_that_carry_a_reason_stay_absent():
    bundle = referral_bundle()
    reason = {
        "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]
    }
    lee = resource(bundle, "Practitioner", "lee")
    lee["name"] = [{"family": "UNK", "_family": reason}]
    patient = resource(bundle, "Patient")
    patient["birthDate"], patient["_birthDate"] = "1900-01-01", reason
    note = read(bundle)
    assert note.referrer.provider == ""
    assert note.referrer.office == "Elm Street Dental"
    assert note.patient.birth_date == ""


@pytest.mark.parametrize(
    ("priority", "urgency"),
    [("routine", "routine"), ("asap", "soon"), ("urgent", "urgent"), ("stat", "emergency"), ("later", "unknown")],
)
def test_priority_is_urgency(priority, urgency):
    found = read({**REQUEST, "priority": priority})
    assert found.urgency == urgency
    assert ("urgency" in found.confidence) == (urgency != "unknown")


def test_a_false_npi_is_kept_with_a_warning():
    bundle = referral_bundle()
    resource(bundle, "Practitioner", "lee")["identifier"] = [{"system": NPI, "value": "1234567890"}]
    note = read(bundle)
    assert note.referrer.npi == "1234567890"
    assert note.confidence["referrer.npi"] < 1.0
    assert any("NPI 1234567890 of Mina Lee, DDS is not valid" in warning for warning in note.warnings)


def test_a_year_is_no_birth_date_and_social_security_numbers_stay_out():
    bundle = referral_bundle()
    patient = resource(bundle, "Patient")
    patient["birthDate"] = "1988"
    patient["identifier"].append({"system": "http://hl7.org/fhir/sid/us-ssn", "value": "078-05-1120"})
    note = read(bundle)
    assert note.patient.birth_date == ""
    assert "078-05-1120" not in repr(note.patient)
    assert len(note.warnings) == 2


def test_a_plan_is_read_with_a_warning():
    note = read({**REQUEST, "intent": "plan"})
    assert any("marked as a plan" in warning for warning in note.warnings)


def test_a_missing_resource_is_named_and_its_words_are_used():
    bundle = referral_bundle()
    bundle["entry"] = [one for one in bundle["entry"] if one["resource"]["id"] not in ("lee", "lee-at-elm")]
    resource(bundle, "ServiceRequest")["requester"]["display"] = "Dr. Mina Lee"
    note = read(bundle)
    assert note.referrer.provider == "Dr. Mina Lee"
    assert "The file refers to Practitioner/lee (Dr. Mina Lee) but does not hold it." in note.warnings


@pytest.mark.parametrize(
    ("display", "provider", "office"),
    [
        ("Elm Dental Practice", "", "Elm Dental Practice"),
        ("Mina Lee, DDS, Elm Dental", "Mina Lee, DDS, Elm Dental", ""),
    ],
)
def test_words_for_a_role_are_an_office_or_a_person(display, provider, office):
    found = read({**REQUEST, "requester": {"reference": "PractitionerRole/1", "display": display}})
    assert (found.referrer.provider, found.referrer.office) == (provider, office)


def test_an_appointment_and_a_task_say_what_they_are():
    patient = {"reference": "Patient/ana", "display": "Ana Ortiz"}
    appointment = {"resourceType": "Appointment", "status": "booked", "participant": [{"actor": patient}]}
    task = {
        "resourceType": "Task",
        "status": "accepted",
        "for": patient,
        "focus": {"reference": f"{BASE}ServiceRequest/1"},
    }
    assert (read(appointment).kind, read(task).kind) == ("appointment", "status")
    assert read(appointment).patient.family == read(task).patient.family == "Ortiz"


def test_a_discharge_summary_is_no_referral():
    bundle = referral_bundle()
    resource(bundle, "Composition")["type"] = coded(LOINC, "18842-5", "Discharge summary")
    resource(bundle, "Composition")["title"] = "Discharge summary"
    part(bundle, "42349-1")["code"] = coded(LOINC, "8648-8")
    found = read(bundle)
    assert found.kind == "other"
    assert found.warnings[0] == (
        "This is a FHIR document of another kind (Discharge summary), not a referral or consult note."
    )


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (("us-core-6.1.0", "examples", "servicerequest-rehab.json"), "referral"),
        (("us-core-6.1.0", "examples", "patient-child-example.json"), "other"),
        (("ohia-test-data", "site1-lexington-appointments.json"), "appointment"),
        (("ode-draft", "ode-medication-list-example.json"), "other"),
        (("fhir-converter-samples", "hl7v2-expected-fhir", "REF-I12-01-expected.json"), "referral"),
        (("fhir-converter-samples", "hl7v2-expected-fhir", "SIU-S26-01-expected.json"), "appointment"),
        (("fhir-converter-samples", "hl7v2-expected-fhir", "ORU-R01-01-expected.json"), "other"),
        (("fhir-converter-samples", "ccda", "Referral_Note-expected.json"), "referral"),
        (("ecqm-cms50", "tests", "03556842-5a83-41e6-8f43-5801d151336b.json"), "referral"),
        (("nhs-bars", "examples", "process_message", "POST-body.json"), "appointment"),
        (("nhs-bars", "examples", "service_request", "POST-success.json"), "referral"),
        (("nhs-bars", "examples", "conflict.json"), "other"),
    ],
)
def test_published_fhir_files_of_other_makers_are_told_apart(parts, kind):
    assert read_file("file", public_data(*parts).read_bytes()).kind == kind

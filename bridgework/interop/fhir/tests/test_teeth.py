"""Which teeth a referral is about."""

import json

import pytest

from bridgework.interop.fhir.datatypes import CodeableConcept, Coding
from bridgework.interop.fhir.teeth import of_concept
from bridgework.interop.fhir.tests.referral_note import (
    FDI,
    SNODENT,
    SNOMED,
    UNIVERSAL,
    coded,
    condition,
    entry,
    part,
    referral_bundle,
    resource,
)
from bridgework.interop.reading import read_file
from tests.public_data import public_data


def read(bundle):
    return read_file("note", json.dumps(bundle).encode())


def without_tooth():
    """A referral whose request names no tooth."""
    bundle = referral_bundle()
    del resource(bundle, "ServiceRequest")["bodySite"]
    return bundle


def finding(key: str, tooth: str):
    return {
        "resourceType": "Observation",
        "id": key,
        "status": "final",
        "code": {"text": "Caries"},
        "subject": {"reference": "Patient/ana"},
        "bodySite": coded(UNIVERSAL, tooth),
    }


def concept(*codings: tuple[str, str, str], text: str = "") -> CodeableConcept:
    return CodeableConcept([Coding(*one) for one in codings], text)


@pytest.mark.parametrize(
    ("system", "code", "tooth"),
    [
        (SNOMED, "245568002", "3"),
        (SNOMED, "865995000", "3"),
        (SNOMED, "422653006", "8"),
        (SNOMED, "48402004", "18"),
        (SNOMED, "245615002", "A"),
        (UNIVERSAL, "30\N{NO-BREAK SPACE}", "30"),
        (UNIVERSAL, "AS", "AS"),
        (FDI, "46", "30"),
        (FDI, "85", "T"),
        (SNOMED, "245592005 : 272741003 = 24028007", "30"),
    ],
)
def test_a_coded_tooth_is_read_whatever_its_display_says(system, code, tooth):
    found = of_concept(concept((system, code, "Entire permanent maxillary left first molar tooth")))
    assert (found.in_order(), found.confidence) == ((tooth,), 1.0)


@pytest.mark.parametrize(
    ("words", "teeth"),
    [
        ("Permanent lower left second molar tooth", ("18",)),
        ("Entire deciduous masillary right first molar tooth", ("B",)),
        ("Tooth #30", ("30",)),
        ("3, 14", ("3", "14")),
        ("Posterior segment of maxilla", ()),
        ("30 mm from midline", ()),
    ],
)
def test_words_are_read_where_no_code_is_known(words, teeth):
    found = of_concept(concept((SNODENT, "161372D", words)))
    assert found.in_order() == teeth
    assert not found or found.confidence < 1.0


def test_published_conditions_name_their_teeth():
    folder = public_data("dental-data-exchange", "examples")
    for number in ("2", "4", "6", "8", "10", "12", "14"):
        content = (folder / f"Condition-CariesTooth{number}-example-dental-condition.json").read_bytes()
        assert read_file("condition", content).teeth == (number,)
    assert read_file("condition", (folder / "Tooth-infection18.xml").read_bytes()).teeth == ("18",)


def test_the_tooth_of_a_reason_counts_as_asked_for():
    bundle = without_tooth()
    resource(bundle, "Condition", "pulpitis")["bodySite"] = [coded(FDI, "36")]
    note = read(bundle)
    assert (note.teeth, note.confidence["teeth"]) == (("19",), 1.0)
    assert "Irreversible pulpitis, tooth 19" in note.conditions


def test_request_and_reason_that_differ_are_both_kept_with_a_warning():
    bundle = referral_bundle()
    resource(bundle, "Condition", "pulpitis")["bodySite"] = [coded(UNIVERSAL, "30")]
    note = read(bundle)
    assert note.teeth == ("19", "30")
    assert any("check which are meant" in warning for warning in note.warnings)


def test_a_chart_of_findings_does_not_add_teeth_to_a_request():
    bundle = referral_bundle()
    bundle["entry"] += [entry(finding("a", "3")), entry(finding("b", "14"))]
    part(bundle, "8704-9")["entry"] = [{"reference": "Observation/a"}, {"reference": "Observation/b"}]
    note = read(bundle)
    assert note.teeth == ("19",)
    assert any("findings also name teeth 3, 14" in warning for warning in note.warnings)


def test_findings_name_the_teeth_when_the_request_does_not():
    bundle = without_tooth()
    bundle["entry"].append(entry(finding("a", "3")))
    part(bundle, "8704-9")["entry"] = [{"reference": "Observation/a"}]
    note = read(bundle)
    assert note.teeth == ("3",)
    assert note.confidence["teeth"] < 1.0


def test_words_of_the_request_go_before_the_problem_list():
    bundle = without_tooth()
    resource(bundle, "ServiceRequest")["code"]["text"] = "Root canal treatment of tooth #30"
    bundle["entry"].append(entry(condition("caries", "Caries", bodySite=[coded(UNIVERSAL, "3")])))
    part(bundle, "11450-4")["entry"].append({"reference": "Condition/caries"})
    assert read(bundle).teeth == ("30",)


def test_the_problem_list_is_the_last_to_be_asked():
    bundle = without_tooth()
    resource(bundle, "Condition", "asthma")["bodySite"] = [coded(UNIVERSAL, "3")]
    note = read(bundle)
    assert note.teeth == ("3",)
    assert any("tooth 3 was read from other words or parts" in warning for warning in note.warnings)


def test_a_body_site_that_is_no_tooth_is_said():
    bundle = without_tooth()
    resource(bundle, "ServiceRequest")["bodySite"] = [{"text": "Floor of the mouth"}]
    note = read(bundle)
    assert note.teeth == ()
    assert "The body site “Floor of the mouth” names no tooth." in note.warnings

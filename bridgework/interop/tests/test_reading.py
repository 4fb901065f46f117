"""Any file at all gives one object, and what cannot be understood says why in one sentence."""

import codecs
import copy
import io
import json
import random
import zipfile
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bridgework.interop import decoding
from bridgework.interop.fhir.tests.as_xml import to_xml
from bridgework.interop.fhir.tests.referral_note import PATIENT, referral_bundle
from bridgework.interop.reading import ReadDocument, read_file, to_json_line
from tests.public_data import public_data

CHOICES = {
    "format": {"", "fhir", "cda", "hl7v2", "paper", "tabular"},
    "kind": {"referral", "consult_report", "status", "appointment", "other"},
    "urgency": {"routine", "soon", "urgent", "emergency", "unknown"},
}
KEYS = [
    "file", "format", "kind", "patient", "referrer", "recipient", "specialty", "urgency", "reason", "teeth", "procedures",
    "conditions", "medications", "allergies", "insurance", "documents", "referred_date", "identifiers", "confidence", "warnings",
]  # fmt: skip


def check(document: ReadDocument) -> ReadDocument:
    """Hold a document to its own types and choices, through the line that is printed."""
    line = to_json_line(document)
    assert "\n" not in line
    printed = json.loads(line)
    assert list(printed) == KEYS
    again = msgspec.convert(printed, ReadDocument)
    assert all(getattr(again, name) in values for name, values in CHOICES.items())
    assert again.kind != "other" or (again.warnings and again.warnings[0].endswith("."))
    assert 0 < len(document.identity) < 1000
    assert "\x00" not in line
    assert "\\u0000" not in line
    return document


def archive(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr(name, "x")
    return content.getvalue()


FOREIGN = {
    "empty": (b"", "", "This file is empty."),
    "blank": (b" \r\n\t", "", "This file is empty."),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "paper", "This is a PDF; Bridgework cannot read those yet."),
    "png": (b"\x89PNG\r\n\x1a\n\x00", "paper", "This is a PNG picture; Bridgework cannot read those yet."),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "paper", "This is a JPEG picture; Bridgework cannot read those yet."),
    "fax": (b"II*\x00\x08\x00", "paper", "This is a TIFF picture, as fax machines make; Bridgework cannot read those yet."),
    "dicom": (b"\x00" * 128 + b"DICM" + b"\x02", "", "This is a DICOM image; Bridgework cannot read those yet."),
    "letter": (b"Dear Dr. Roy,\nplease see Ana.\n", "paper", "This is a plain text file; Bridgework cannot read those yet."),
    "bmw": (b"BMW drivers grind their teeth.", "paper", "This is a plain text file; Bridgework cannot read those yet."),
    "html": (b"<!DOCTYPE html><html><body>", "", "This is a web page, not a referral document."),
    "hl7 v2": (b"MSH|^~\\&|A|B\rPID|1", "hl7v2", "This is an HL7 v2 message; Bridgework cannot read those yet."),
    "framed hl7 v2": (b"\x0bMSH|^~\\&|A|B\r\x1c\r", "hl7v2", "This is an HL7 v2 message; Bridgework cannot read those yet."),
    "x12": (b"ISA*00*   *00*", "", "This is an X12 claim or inquiry; Bridgework cannot read those yet."),
    "csv": (b"name,tooth\nAna,19\n", "tabular", "This is a table of values; Bridgework cannot read those yet."),
    "excel": (archive("xl/workbook.xml"), "tabular", "This is an Excel workbook; Bridgework cannot read those yet."),
    "word": (archive("word/document.xml"), "paper", "This is a Word letter; Bridgework cannot read those yet."),
    "zip": (archive("a.txt"), "", "This is a compressed file; unpack it and send what is inside."),
    "json": (b'{"a": 1}', "", "This JSON file is not FHIR: it holds no resource."),
    "xml": (b"<a/>", "", "This XML file is not FHIR: it names no FHIR resource."),
    "cda": (
        b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>',
        "cda",
        "This is a clinical document of the CDA kind; Bridgework cannot read those yet.",
    ),
    "broken json": (b'{"resourceType": "Patient",\n "id"', "fhir", "This JSON file is broken: it breaks off before its end."),
    "wrong json": (b'{"resourceType":\n tru}', "fhir", "This JSON file is broken: it cannot be read from line 2 on."),
    "broken xml": (
        b'<Patient xmlns="http://hl7.org/fhir">\n<id></Patient>',
        "fhir",
        "This XML file is broken near line 2 and cannot be read.",
    ),
    "deep json": (b"[" * 100_000, "", "This JSON file is nested too deeply to be a referral; it was not read."),
    "binary": (b"\x93\x00\x01\xfe" * 50, "", "This file holds no text that Bridgework can read."),
    "unknown resource": (b'{"resourceType": "Pigeon"}', "fhir", "This file holds no resource that FHIR R4 knows."),
    "no resource type": (b'{"resourceType": 7}', "fhir", "This file holds no resource that FHIR R4 knows."),
    "empty bundle": (b'{"resourceType": "Bundle"}', "fhir", "This FHIR bundle is empty."),
    "outcome": (
        b'{"resourceType": "OperationOutcome", "issue": []}',
        "fhir",
        "This FHIR file holds no referral, report, status or appointment, but: OperationOutcome.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "form", "sentence"), FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_or_broken_file_says_what_it_is(content, form, sentence):
    document = check(read_file("file", content))
    assert (document.kind, document.format, document.warnings) == ("other", form, (sentence,))


def test_a_file_name_that_is_no_text_can_be_printed():
    name = b"note-\xff.json".decode("utf-8", "surrogateescape")
    assert to_json_line(check(read_file(name, b"{}"))).encode().startswith(b'{"file": "note-?.json"')


def test_a_file_over_the_limit_is_not_read(monkeypatch):
    monkeypatch.setattr(decoding, "MAX_BYTES", 1024 * 1024)
    document = check(read_file("file", b"{" + b" " * (1024 * 1024)))
    assert document.warnings == ("This file is larger than 1 MB, more than Bridgework reads.",)


def test_json_with_more_parts_than_any_referral_is_not_read():
    document = check(read_file("file", b"[" + b"[]," * decoding.MAX_PARTS + b"[]]"))
    assert document.warnings == ("This JSON file has more parts than a referral can have; it was not read.",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read(encoding):
    text = json.dumps({**PATIENT, "name": [{"family": "Ångström"}]}, ensure_ascii=False)
    assert check(read_file("file", text.encode(encoding))).patient.family == "Ångström"
    written = (
        '<?xml version="1.0"?><Patient xmlns="http://hl7.org/fhir"><name><family value="Ångström"/></name></Patient>'
    )
    assert check(read_file("file", written.encode(encoding))).patient.family == "Ångström"


def test_xml_says_its_own_encoding():
    written = '<?xml version="1.0" encoding="ISO-8859-1"?><Patient xmlns="http://hl7.org/fhir"><name><family value="Å"/></name></Patient>'
    assert read_file("file", written.encode("latin-1")).patient.family == "Å"
    assert codecs.BOM_UTF8 not in written.encode()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b"\x00")
def test_no_bytes_raise(content):
    check(read_file("file", content))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_a_document_cut_or_damaged_anywhere_does_not_raise(seed, as_xml):
    rng = random.Random(seed)
    content = bytearray(to_xml(referral_bundle()) if as_xml else json.dumps(referral_bundle()).encode())
    for _ in range(rng.randrange(4)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    check(read_file("file", bytes(content[: rng.randrange(len(content))] if rng.random() < 0.5 else content)))


WRONG: list[Any] = [
    None, True, 0, -1, 1.5, 10**40, "", "x", "\x00\x01", "<script>", "\N{NO-BREAK SPACE}", "A" * 5000, [], {}, [None], [[]],
    ["x"], {"x": 1}, [{}], {"value": {}}, {"reference": "#"}, {"reference": "Patient/ana"}, {"resourceType": "Patient"},
    {"coding": "x"}, {"coding": [{"system": 1, "code": []}]}, "9999-99-99", "#30", "http://www.ada.org/cdt",
]  # fmt: skip


def places(tree: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """List every place of a tree."""
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(place for step, inner in steps for place in places(inner, (*path, step)))]


def has_place(tree: object, step: object) -> bool:
    """Tell whether a tree can be entered by this step."""
    if isinstance(tree, dict):
        return step in tree
    return isinstance(tree, list) and isinstance(step, int) and step < len(tree)


PLACES = places(referral_bundle())[1:]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(WRONG)), min_size=1, max_size=4))
def test_wrong_types_in_any_place_leave_an_object_of_the_right_shape(changes):
    tree = referral_bundle()
    for path, wrong in changes:
        spot: Any = tree
        for step in path[:-1]:
            spot = spot[step] if has_place(spot, step) else None
        if isinstance(spot, dict) or has_place(spot, path[-1]):
            spot[path[-1]] = copy.deepcopy(wrong)
    check(read_file("file", json.dumps(tree).encode()))


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["entry", "resource", "section", "code", "coding", "text", "div", "id"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    ),
    st.sampled_from(
        ["Bundle", "Composition", "ServiceRequest", "Patient", "Condition", "Task", "Appointment", "MessageHeader"]
    ),
)
def test_any_json_that_calls_itself_a_resource_does_not_raise(inner, kind):
    tree = (
        {"resourceType": kind, **inner}
        if isinstance(inner, dict)
        else {"resourceType": kind, "entry": inner, "section": inner}
    )
    check(read_file("file", json.dumps({**tree, "resourceType": kind}).encode()))


def test_an_unknown_element_is_said_alike_in_json_and_xml():
    request = {"resourceType": "ServiceRequest", "intent": "plan", "shoeSize": "42"}
    written = (
        b'<ServiceRequest xmlns="http://hl7.org/fhir"><intent value="plan"/><shoeSize value="42"/></ServiceRequest>'
    )
    document = check(read_file("file", json.dumps(request).encode()))
    assert document.warnings[-1] == "ServiceRequest.shoeSize is not an element of FHIR R4; it was left out."
    assert document == replace(read_file("file", written), identity=document.identity)


def test_a_flood_of_misfits_does_not_hide_what_a_person_should_see():
    request = {"resourceType": "ServiceRequest", "intent": "plan"} | {f"a{number}": 1 for number in range(100)}
    warnings = check(read_file("file", json.dumps(request).encode())).warnings
    assert any("marked as a plan" in warning for warning in warnings)
    assert warnings[-1] == "And 90 more of this kind."


def test_a_resource_that_contains_itself_by_reference_ends():
    loop = {
        "resourceType": "Observation",
        "id": "a",
        "code": {"text": "x"},
        "hasMember": [{"reference": "Observation/a"}],
    }
    request = {"resourceType": "ServiceRequest", "reasonReference": [{"reference": "Observation/a"}]}
    location = {"resourceType": "Location", "id": "l", "managingOrganization": {"reference": "Location/l"}}
    request["performer"] = [{"reference": "Location/l"}]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": one} for one in (loop, request, location)]}
    check(read_file("file", json.dumps(bundle).encode()))


@pytest.mark.parametrize("folder", ["cda-examples", "fhir-converter-samples/hl7v2", "ihe-360x"])
def test_published_files_of_other_formats_are_told_by_name(folder):
    sentences = {
        "hl7v2": "This is an HL7 v2 message; Bridgework cannot read those yet.",
        "cda": "This is a clinical document of the CDA kind; Bridgework cannot read those yet.",
    }
    for path in sorted(public_data(*folder.split("/")).iterdir()):
        if path.suffix in (".xml", ".hl7"):
            document = check(read_file(path.name, path.read_bytes()))
            assert document.warnings == (sentences["hl7v2" if path.suffix == ".hl7" else "cda"],)


@pytest.mark.slow
def test_every_published_file_gives_an_object():
    for path in sorted(public_data().rglob("*")):
        if path.is_file():
            check(read_file(path.name, path.read_bytes()))

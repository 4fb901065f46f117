"""FHIR XML by the table of R4, without trusting the sender."""

import json
from decimal import Decimal

import pytest

from bridgework.interop import decoding
from bridgework.interop.fhir import xml
from bridgework.interop.fhir.fit import fit_resource
from bridgework.interop.fhir.narrative import lines, says_nothing, text_of
from bridgework.interop.fhir.tests.as_xml import to_xml
from bridgework.interop.fhir.tests.referral_note import referral_bundle
from bridgework.interop.notes import Notes
from bridgework.interop.reading import read_file
from bridgework.interop.unreadable import Unreadable

PATIENT = b'<Patient xmlns="http://hl7.org/fhir">%s</Patient>'


def tree_of(content: bytes):
    notes = Notes()
    return xml.resource_tree(decoding.xml_tree(content.decode()), notes), notes.warnings()


def test_the_tree_of_xml_is_that_of_json():
    bundle = referral_bundle()
    notes = Notes()
    tree = xml.resource_tree(decoding.xml_tree(to_xml(bundle).decode()), notes)
    assert fit_resource(tree, notes) == fit_resource(decoding.json_tree(json.dumps(bundle)), notes)
    assert notes.warnings() == ()


def test_what_may_repeat_is_a_list_even_when_it_stands_once():
    tree, _ = tree_of(PATIENT % b'<name><family value="Roe"/><given value="Ben"/></name>')
    assert tree["name"] == [{"family": "Roe", "_family": None, "given": ["Ben"], "_given": [None]}]


def test_numbers_keep_their_digits_and_flags_are_flags():
    quantity = (
        b'<Observation xmlns="http://hl7.org/fhir"><valueQuantity><value value="36.90"/></valueQuantity></Observation>'
    )
    tree, _ = tree_of(quantity)
    assert tree["valueQuantity"]["value"] == Decimal("36.90")
    assert str(tree["valueQuantity"]["value"]) == "36.90"
    tree, _ = tree_of(PATIENT % b'<active value="true"/><multipleBirthInteger value="2"/>')
    assert (tree["active"], tree["multipleBirthInteger"]) == (True, 2)


def test_elements_that_r4_does_not_know_are_said():
    _, warnings = tree_of(PATIENT % b'<shoeSize value="42"/>')
    assert warnings == ("Patient.shoeSize is not an element of FHIR R4; it was left out.",)


def test_narrative_keeps_its_words_and_loses_its_markup():
    div = "<div xmlns='http://www.w3.org/1999/xhtml'><p>Take <b>2</b> &amp; rest</p><script>alert(1)</script><ul><li>a</li><li>b</li></ul></div>"
    assert text_of(lines(div)) == "Take 2 & rest\na\nb"


def test_rows_of_a_table_are_lines_and_its_head_is_known():
    div = "<table><tr><th>Drug</th><th>Dose</th></tr><tr><td>Ibuprofen</td><td>400 mg</td></tr></table>"
    assert [(line.text, line.is_heading) for line in lines(div)] == [
        ("Drug · Dose", True),
        ("Ibuprofen · 400 mg", False),
    ]


@pytest.mark.parametrize(
    "words", ["No Information", "None known.", "NKDA", "No known drug allergies", "N/A", "-", "Not on file"]
)
def test_nothing_is_told_from_something(words):
    assert says_nothing(words)


@pytest.mark.parametrize(
    "words", ["No response to antibiotics", "No teeth in the upper jaw", "None of the fillings hold"]
)
def test_a_denial_of_something_else_is_content(words):
    assert not says_nothing(words)


HOSTILE = {
    "billion laughs": b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + PATIENT % b"&b;",
    "external entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + PATIENT % b"&a;",
    "external document type": b'<!DOCTYPE Patient SYSTEM "http://127.0.0.1:1/x.dtd">' + PATIENT % b"",
    "undeclared entity": PATIENT % b"&a;",
    "nesting": PATIENT % (b"<name>" * 300 + b"</name>" * 300),
    "unfinished": (PATIENT % b"")[:-5],
    "two roots": PATIENT % b"" + PATIENT % b"",
    "control characters": PATIENT % b'<gender value="&#1;"/>',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_refused_in_one_sentence(content):
    with pytest.raises(Unreadable):
        decoding.xml_tree(content.decode())
    document = read_file("file.xml", content)
    assert (document.kind, document.format, len(document.warnings)) == ("other", "fhir", 1)
    assert document.warnings[0].endswith(".")


def test_xml_in_the_sizes_of_a_bomb_is_not_parsed():
    with pytest.raises(Unreadable):
        decoding.xml_tree("<a>" + "<b/>" * (2 * decoding.MAX_PARTS) + "</a>")

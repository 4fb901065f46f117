"""The table of FHIR R4 and the views that lean on it."""

import json
import types
import typing
from decimal import Decimal

import msgspec
import pytest

from bridgework.interop.fhir import datatypes, structs
from bridgework.interop.fhir.definitions import NUMBERS, elements_of, is_resource
from bridgework.interop.fhir.write_definitions import table

# Views of backbone elements -> their path in R4
PATHS = {
    "PatientCommunication": "Patient.communication",
    "PractitionerQualification": "Practitioner.qualification",
    "CompositionSection": "Composition.section",
    "ObservationComponent": "Observation.component",
    "AllergyReaction": "AllergyIntolerance.reaction",
    "CoverageClass": "Coverage.class",
    "DocumentContent": "DocumentReference.content",
    "CommunicationPayload": "Communication.payload",
    "AppointmentParticipant": "Appointment.participant",
    "MessageDestination": "MessageHeader.destination",
}
VIEWS = sorted(
    {
        view
        for module in (datatypes, structs)
        for view in vars(module).values()
        if isinstance(view, type) and issubclass(view, datatypes.View) and view is not datatypes.View
    },
    key=lambda view: view.__name__,
)


def expected_kind(annotation: object) -> tuple[str, bool]:
    """Say which R4 type an annotation of a view can hold, and whether it is a list."""
    is_list = typing.get_origin(annotation) is list
    inner = typing.get_args(annotation)[0] if is_list else annotation
    options = typing.get_args(inner) if typing.get_origin(inner) in (typing.Union, types.UnionType) else (inner,)
    named = [option for option in options if option is not type(None)]
    if set(named) <= {int, Decimal}:
        return "number", is_list
    name = {str: "text", bool: "boolean"}.get(named[0]) or PATHS.get(named[0].__name__, named[0].__name__)
    return name, is_list


def kind_of(type_name: str) -> str:
    if type_name in NUMBERS:
        return "number"
    return type_name if type_name == "boolean" or type_name[:1].isupper() else "text"


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_view_agrees_with_r4_in_names_types_and_number(view):
    elements = elements_of(PATHS.get(view.__name__, view.__name__))
    assert elements is not None
    hints = typing.get_type_hints(view)
    for field in msgspec.structs.fields(view):
        element = elements[field.encode_name]
        assert expected_kind(hints[field.name]) == (kind_of(element.type), element.is_list), field.encode_name


def element(type_name: str, name: str):
    elements = elements_of(type_name)
    assert elements is not None
    return elements[name]


def test_choices_content_references_and_backbones_are_in_the_table():
    assert element("Observation", "valueQuantity").type == "Quantity"
    assert element("Observation.component", "referenceRange").type == "Observation.referenceRange"
    assert element("Composition.section", "section").is_list
    assert element("Patient.contact", "name").type == "HumanName"
    assert elements_of("Pigeon") is None
    assert is_resource("Patient")
    assert not is_resource("HumanName")


def test_the_table_is_made_from_structure_definitions():
    definition = {
        "snapshot": {
            "element": [
                {"path": "Thing", "max": "*"},
                {"path": "Thing.id", "max": "1", "type": [{"code": "http://hl7.org/fhirpath/System.String"}]},
                {"path": "Thing.value[x]", "max": "1", "type": [{"code": "string"}, {"code": "Quantity"}]},
                {"path": "Thing.part", "max": "*", "type": [{"code": "BackboneElement"}]},
                {"path": "Thing.part.again", "max": "*", "contentReference": "#Thing.part"},
            ]
        }
    }
    assert json.loads(json.dumps(table([definition]))) == {
        "Thing": {"valueString": "string", "valueQuantity": "Quantity", "part": "Thing.part*"},
        "Thing.part": {"again": "Thing.part*"},
    }

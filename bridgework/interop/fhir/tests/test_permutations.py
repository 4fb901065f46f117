"""The same document written in another way is understood alike."""

import copy
import json
import random
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bridgework.dentistry import teeth
from bridgework.interop.fhir.tests.as_xml import to_xml
from bridgework.interop.fhir.tests.referral_note import (
    BASE,
    BODY_SITE,
    FDI,
    ODE_TOOTH,
    SNOMED,
    UNIVERSAL,
    Tree,
    coded,
    part,
    referral_bundle,
    resource,
)
from bridgework.interop.reading import ReadDocument, read_file

SEEDS = st.integers(0, 2**32 - 1)
ONE_TOOTH = [*teeth.PERMANENT, *teeth.PRIMARY]
CODINGS = ("universal", "fdi", "snomed", "ode", "structure", "words")


def understood(bundle: Tree, *, as_xml: bool = False) -> ReadDocument:
    """Read a bundle and keep what may not change when it is only written differently."""
    document = read_file("note", to_xml(bundle) if as_xml else json.dumps(bundle).encode())
    order_of_sections = tuple(sorted(document.original_sections, key=lambda one: (one.title, one.text)))
    return replace(document, original_sections=order_of_sections, identity="")


def shuffle_lists(tree: object, rng: random.Random) -> None:
    """Put entries, sections, references and codings in another order; names and lines keep theirs."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            if isinstance(value, list) and name not in ("given", "prefix", "suffix", "line", "name", "telecom"):
                rng.shuffle(value)
            shuffle_lists(value, rng)
    elif isinstance(tree, list):
        for one in tree:
            shuffle_lists(one, rng)


def restyle_references(bundle: Tree, rng: random.Random) -> None:
    """Write each resource's address and each reference to it in one of the ways that FHIR allows."""
    for one in bundle["entry"]:
        old = f"{one['resource']['resourceType']}/{one['resource']['id']}"
        key = f"{rng.getrandbits(64):016x}"
        style = rng.choice(("relative", "absolute", "versioned", "urn", "elsewhere"))
        kind = one["resource"]["resourceType"]
        new = {
            "relative": f"{kind}/{key}",
            "absolute": f"{BASE}{kind}/{key}",
            "versioned": f"{kind}/{key}/_history/3",
            "urn": f"urn:uuid:{key}",
            "elsewhere": f"https://other.example/r4/{kind}/{key}",
        }[style]
        one["resource"]["id"] = key
        one["fullUrl"] = f"urn:uuid:{key}" if style == "urn" else f"{BASE}{kind}/{key}"
        replace_references(bundle, old, new)


def replace_references(tree: object, old: str, new: str) -> None:
    """Point every reference to `old` at `new`."""
    if isinstance(tree, dict):
        if tree.get("reference") == old:
            tree["reference"] = new
        for value in tree.values():
            replace_references(value, old, new)
    elif isinstance(tree, list):
        for one in tree:
            replace_references(one, old, new)


def put_tooth(bundle: Tree, tooth: str, coding: str) -> None:
    """Name the tooth of the request in one of the ways that senders use."""
    request = resource(bundle, "ServiceRequest")
    site = {
        "universal": coded(UNIVERSAL, tooth, "Tooth 1"),
        "fdi": coded(FDI, teeth.to_fdi(tooth)),
        "snomed": coded(SNOMED, teeth.to_snomed(tooth) + "\N{NO-BREAK SPACE}", "Entire permanent tooth"),
        "ode": {"extension": [{"url": ODE_TOOTH, "valueCodeableConcept": coded(UNIVERSAL, tooth)}], "text": "Tooth"},
        "words": {"text": f"Tooth #{tooth}"},
        "structure": {},
    }[coding]
    request["bodySite"] = [site] if site else []
    if coding == "structure":
        structure = {"resourceType": "BodyStructure", "id": "place", "location": coded(UNIVERSAL, tooth)}
        request["contained"] = [structure | {"patient": {"reference": "Patient/ana"}}]
        request["extension"] = [{"url": BODY_SITE, "valueReference": {"reference": "#place"}}]


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.booleans())
def test_order_does_not_change_what_is_understood(seed, as_xml):
    bundle = referral_bundle()
    shuffle_lists(bundle, random.Random(seed))
    assert understood(bundle, as_xml=as_xml) == understood(referral_bundle())


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.booleans())
def test_ids_and_ways_of_referring_do_not_change_what_is_understood(seed, as_xml):
    bundle = referral_bundle()
    restyle_references(bundle, random.Random(seed))
    assert understood(bundle, as_xml=as_xml) == understood(referral_bundle())


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_document_in_another_order_keeps_its_identity(seed):
    bundle = referral_bundle()
    shuffle_lists(bundle, random.Random(seed))
    read = [read_file("note", json.dumps(one).encode()) for one in (bundle, referral_bundle())]
    assert read[0].identity == read[1].identity


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(ONE_TOOTH), st.sampled_from(CODINGS), st.booleans())
def test_every_coding_of_a_tooth_is_the_same_tooth(tooth, coding, as_xml):
    bundle = referral_bundle()
    put_tooth(bundle, tooth, coding)
    document = understood(bundle, as_xml=as_xml)
    assert document.teeth == (tooth,)
    assert (document.confidence["teeth"] == 1.0) == (coding != "words")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(ONE_TOOTH), min_size=2, max_size=5, unique=True), SEEDS)
def test_several_teeth_come_in_the_order_of_their_numbers(chosen, seed):
    bundle = referral_bundle()
    sites = [coded(UNIVERSAL, tooth) for tooth in chosen]
    random.Random(seed).shuffle(sites)
    resource(bundle, "ServiceRequest")["bodySite"] = sites
    assert understood(bundle).teeth == tuple(sorted(chosen, key=ONE_TOOTH.index))


OPTIONAL = {
    "Patient": ("telecom", "address", "communication", "identifier", "gender"),
    "ServiceRequest": ("priority", "performer", "identifier", "authoredOn", "reasonReference", "bodySite", "code"),
    "Composition": ("custodian", "date", "author"),
    "Practitioner": ("identifier", "telecom"),
}


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.booleans())
def test_a_part_that_is_missing_empties_its_field_and_no_other_patient_data(seed, as_xml):
    rng, bundle = random.Random(seed), referral_bundle()
    kind = rng.choice(sorted(OPTIONAL))
    gone = rng.choice(OPTIONAL[kind])
    resource(bundle, kind).pop(gone)
    whole, partial = understood(referral_bundle()), understood(bundle, as_xml=as_xml)
    assert partial.kind == "referral"
    assert (partial.patient.family, partial.patient.birth_date) == (whole.patient.family, whole.patient.birth_date)
    assert set(partial.conditions) == set(whole.conditions)
    assert set(partial.confidence) <= set(whole.confidence)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_sections_without_codes_are_known_by_their_titles(seed):
    rng, bundle = random.Random(seed), referral_bundle()
    for one in resource(bundle, "Composition")["section"]:
        if rng.random() < 0.5:
            del one["code"]
    bare = [replace(one, loinc="") for one in understood(bundle).original_sections]
    whole = understood(referral_bundle())
    assert replace(understood(bundle), original_sections=()) == replace(whole, original_sections=())
    assert bare == [replace(one, loinc="") for one in whole.original_sections]


def test_the_reason_in_words_alone_is_enough():
    bundle = referral_bundle()
    bundle["entry"] = [one for one in bundle["entry"] if one["resource"]["resourceType"] in ("Composition", "Patient")]
    part(bundle, "42349-1").pop("entry")
    document = understood(copy.deepcopy(bundle))
    assert document.reason == "Pain to cold on the lower left"
    assert any(re.search("holds no request", warning) for warning in document.warnings)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.dentistry.safety import SAFETY_FLAGS, safety_flags

entries = st.lists(st.text(max_size=40), max_size=4)


def kinds(*, medications: str = "", allergies: str = "", conditions: str = "") -> list[str]:
    flags = safety_flags([medications], [allergies], [conditions])
    return [flag.kind for flag in flags]


@pytest.mark.parametrize(
    ("medication", "kind"),
    [
        ("Eliquis 5 mg BID", "anticoagulant"),
        ("warfarin sodium 2.5mg tablet, once daily", "anticoagulant"),
        ("WARFERIN 5 mg", "anticoagulant"),
        ("Xarelto", "anticoagulant"),
        ("ASA 81 mg", "antiplatelet"),
        ("Plavix (clopidogrel) 75", "antiplatelet"),
        ("Fosamax 70 mg weekly", "antiresorptive"),
        ("alendronat 70", "antiresorptive"),
        ("Prolia inj every 6 months", "antiresorptive"),
        ("zoledronic acid 5 mg/100 mL", "antiresorptive"),
        ("Evenity", "antiresorptive"),
        ("Humira pen 40 mg", "immunosuppression"),
        ("prednisone 10mg daily", "immunosuppression"),
    ],
)
def test_drug_is_recognised_with_its_dose(medication: str, kind: str) -> None:
    assert kinds(medications=medication) == [kind]


@pytest.mark.parametrize(
    ("allergy", "kind"),
    [
        ("Penicillin: hives", "penicillin_allergy"),
        ("PCN", "penicillin_allergy"),
        ("Amoxicilin", "penicillin_allergy"),
        ("Latex", "latex_allergy"),
        ("natural rubber", "latex_allergy"),
        ("lidocaine", "anaesthetic_allergy"),
        ("local anesthetics", "anaesthetic_allergy"),
        ("Novocaine", "anaesthetic_allergy"),
        ("articaine with epinephrine", "anaesthetic_allergy"),
    ],
)
def test_allergy_is_recognised(allergy: str, kind: str) -> None:
    assert kinds(allergies=allergy) == [kind]
    assert kinds(conditions=f"Allergic to {allergy}") == [kind]


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ("Mitral valve replaced 2019", "antibiotic_cover"),
        ("prosthetic heart valve", "antibiotic_cover"),
        ("Mechanical aortic valve", "antibiotic_cover"),
        ("s/p TAVR", "antibiotic_cover"),
        ("history of infective endocarditis", "antibiotic_cover"),
        ("Congenital heart disease, unrepaired", "antibiotic_cover"),
        ("Pregnant, 24 weeks", "pregnancy"),
        ("second trimester", "pregnancy"),
        ("radiation to neck 2018", "head_neck_radiation"),
        ("tongue cancer, irradiated", "head_neck_radiation"),
        ("kidney transplant", "immunosuppression"),
        ("HIV", "immunosuppression"),
        ("hemophilia A", "bleeding_disorder"),
        ("Uncontrolled type 2 diabetes", "diabetes"),
        ("Type 2 diabetes mellitus with hyperglycemia", "diabetes"),
        ("diabetes, HbA1c 9.4", "diabetes"),
        ("on warfarin for a-fib", "anticoagulant"),
    ],
)
def test_condition_is_recognised(condition: str, kind: str) -> None:
    assert kinds(conditions=condition) == [kind]


@pytest.mark.parametrize(
    "condition",
    [
        "Type 2 diabetes, HbA1c 6.4",
        "hip replacement 2020",
        "radiation for breast cancer",
        "not pregnant",
        "Pregnancy test negative",
        "no history of endocarditis",
        "mitral valve prolapse",
        "hypertension",
        "allergic rhinitis",
        "no latex allergy",
    ],
)
def test_condition_that_changes_nothing_raises_no_flag(condition: str) -> None:
    assert kinds(conditions=condition) == []


@pytest.mark.parametrize(
    "medication",
    [
        "Flomax 0.4",
        "risperidone 1 mg",
        "primidone",
        "Actos 30 mg",
        "Humulin",
        "lisinopril 10 mg",
        "prilosec",
        "Brintellix",
        "metformin",
        "No aspirin",
        "ibuprofen",
    ],
)
def test_drug_that_only_looks_alike_raises_no_flag(medication: str) -> None:
    assert kinds(medications=medication) == []


@pytest.mark.parametrize(
    "allergy",
    [
        "NKDA",
        "No known drug allergies",
        "none",
        "Denies latex, penicillin",
        "peanuts",
        "codeine",
        "penicillamine",
        "Novolin",
    ],
)
def test_absent_allergy_raises_no_flag(allergy: str) -> None:
    assert kinds(allergies=allergy) == []


def test_note_behind_a_drug_hides_it_never() -> None:
    assert kinds(medications="warfarin - no missed doses") == ["anticoagulant"]
    assert kinds(medications="Eliquis (not stopped)") == ["anticoagulant"]


def test_taking_a_penicillin_is_no_allergy() -> None:
    assert kinds(medications="amoxicillin 500 mg") == []


def test_flags_come_once_in_order_and_quote_their_entries() -> None:
    flags = safety_flags(["Fosamax", "Eliquis 5 mg", "warfarin"], ["latex"], [])
    assert [flag.kind for flag in flags] == ["anticoagulant", "antiresorptive", "latex_allergy"]
    assert flags[0].because == "From the record: “Eliquis 5 mg”, “warfarin”."


@given(entries, entries, entries)
def test_any_entries_are_read_without_trouble(
    medications: list[str], allergies: list[str], conditions: list[str]
) -> None:
    found = [flag.kind for flag in safety_flags(medications, allergies, conditions)]
    assert found == [kind for kind in SAFETY_FLAGS if kind in found]


@given(st.sampled_from(["Eliquis", "warfarin", "Plavix", "Prolia"]), st.text(" .,;:()0123456789mgBID/-", max_size=20))
def test_dose_behind_a_name_hides_it_never(name: str, dose: str) -> None:
    assert kinds(medications=f"{name} {dose}")

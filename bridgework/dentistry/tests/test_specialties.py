import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.dentistry import questions, specialties
from bridgework.dentistry.urgency import URGENCIES

FORMS = [
    (specialty.key, procedure)
    for specialty in specialties.SPECIALTIES.values()
    for procedure in ("", *(procedure.key for procedure in specialty.procedures))
]


def test_keys_are_those_of_the_command_line_contract() -> None:
    words = "endodontics periodontics orthodontics oral_surgery pediatric prosthodontics oral_medicine oral_radiology"
    assert list(specialties.SPECIALTIES) == [*words.split(), "oral_pathology", "general", "medical", "unknown"]


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("1223E0200X", "endodontics"),
        ("1223P0300X", "periodontics"),
        ("1223X0400X", "orthodontics"),
        ("1223S0112X", "oral_surgery"),
        ("204E00000X", "oral_surgery"),
        ("1223P0221X", "pediatric"),
        ("1223P0700X", "prosthodontics"),
        ("1223X0008X", "oral_radiology"),
        ("1223D0008X", "oral_radiology"),
        ("1223P0106X", "oral_pathology"),
        ("1223G0001X", "general"),
        ("122300000X", "general"),
        ("207Q00000X", "medical"),
        ("", "unknown"),
        ("101YA0400X", "unknown"),
    ],
)
def test_taxonomy_code_tells_the_specialty(code: str, key: str) -> None:
    assert specialties.from_nucc(code) == key


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Harbor Oral Surgery", "oral_surgery"),
        ("Oral and Maxillofacial Surgery", "oral_surgery"),
        ("Oral & Maxillofacial Pathology", "oral_pathology"),
        ("Endodontist", "endodontics"),
        ("Pediatric Dentistry", "pediatric"),
        ("Periodontal treatment", "periodontics"),
        ("Oral and maxillofacial radiology", "oral_radiology"),
        ("Dentist", "general"),
        ("Family medicine physician", "medical"),
        ("Chiropractor", "unknown"),
        ("", "unknown"),
    ],
)
def test_words_tell_the_specialty(words: str, key: str) -> None:
    assert specialties.from_words(words) == key


@pytest.mark.parametrize(("specialty", "procedure"), FORMS)
def test_every_form_is_complete(specialty: str, procedure: str) -> None:
    asked = specialties.questions_for(specialty, procedure)
    keys = [question.key for question in asked]
    assert asked
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch("[a-z][a-z0-9_]*", key) for key in keys)
    for question in asked:
        assert bool(question.choices) == (question.kind in ("choice", "yes_no"))
        assert bool(question.unit and question.bounds) == (question.kind == "number")
    assert specialties.default_urgency(specialty, procedure) in URGENCIES
    assert all(
        kind in specialties.FILM_KINDS for film in specialties.films_for(specialty, procedure) for kind in film.kinds
    )


def test_procedures_of_one_specialty_differ() -> None:
    for specialty in specialties.SPECIALTIES.values():
        keys = [procedure.key for procedure in specialty.procedures]
        assert keys
        assert len(keys) == len(set(keys))


def test_procedure_decides_questions_films_teeth_and_urgency() -> None:
    assert {"restorable", "percussion", "cold_test"} <= {
        q.key for q in specialties.questions_for("endodontics", "root_canal")
    }
    assert specialties.films_for("oral_surgery", "wisdom_teeth")[0].kinds == ("panoramic", "cbct")
    assert "tip" in specialties.films_for("endodontics")[0].must_show
    assert specialties.asks_teeth("oral_surgery", "extraction")
    assert not specialties.asks_teeth("oral_surgery", "pathology")
    assert not specialties.asks_teeth("orthodontics", "evaluation")
    assert specialties.default_urgency("oral_surgery", "infection") == "urgent"
    assert specialties.default_urgency("endodontics", "root_canal") == "soon"


def test_unknown_procedure_falls_back_to_the_specialty() -> None:
    assert specialties.questions_for("endodontics", "gone") == specialties.SPECIALTIES["endodontics"].questions
    with pytest.raises(KeyError):
        specialties.questions_for("astrology")


def test_unanswered_required_questions_are_named() -> None:
    asked = specialties.questions_for("oral_surgery", "extraction")
    assert [question.key for question in questions.unanswered(asked, {"why": "caries", "swelling": " "})] == [
        "swelling"
    ]


@pytest.mark.parametrize(
    ("key", "answer", "is_fine"),
    [
        ("deepest_pocket", "6", True),
        ("deepest_pocket", "6.5", True),
        ("deepest_pocket", "60", False),
        ("deepest_pocket", "deep", False),
        ("deepest_pocket", "nan", False),
        ("deepest_pocket", "", True),
        ("mobility", "2", True),
        ("mobility", "9", False),
        ("last_scaling", "2026-03-01", True),
        ("last_scaling", "March", False),
        ("diabetes", "yes", True),
        ("diabetes", "perhaps", False),
    ],
)
def test_answer_that_cannot_be_is_refused_with_a_sentence(key: str, answer: str, is_fine: bool) -> None:
    question = next(q for q in specialties.questions_for("periodontics") if q.key == key)
    objection = questions.objection(question, answer)
    assert (objection is None) == is_fine
    assert objection is None or objection.endswith(".")


def test_answers_are_shown_in_words_and_none_is_lost() -> None:
    asked = specialties.questions_for("periodontics")
    answers = {"smoking": "under_10", "deepest_pocket": "7", "asked_before": "old answer", "hba1c": ""}
    assert questions.shown(asked, answers) == (
        ("Deepest pocket", "7 mm"),
        ("Tobacco", "Under 10 cigarettes a day"),
        ("asked_before", "old answer"),
    )


@given(st.sampled_from(FORMS), st.text(max_size=30))
def test_any_answer_is_accepted_or_refused(form: tuple[str, str], answer: str) -> None:
    for question in specialties.questions_for(*form):
        assert isinstance(questions.objection(question, answer), str | None)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.dentistry import specialties, urgency
from bridgework.dentistry.plain_words import duration_in_days


def kinds(text: str, **answers: str) -> list[str]:
    return [flag.kind for flag in urgency.red_flags_in(text, answers)]


@pytest.mark.parametrize(
    ("text", "kind", "least"),
    [
        ("ulcer for five weeks", "suspected_cancer", "urgent"),
        ("Ulcer, no pain, six weeks, left tongue", "suspected_cancer", "urgent"),
        ("lesion x 4 wks", "suspected_cancer", "urgent"),
        ("white patch on tongue", "suspected_cancer", "urgent"),
        ("erythroplakia floor of mouth", "suspected_cancer", "urgent"),
        ("numb lip since Monday", "suspected_cancer", "urgent"),
        ("her chin is numb", "suspected_cancer", "urgent"),
        ("socket sore, non-healing socket #30", "suspected_cancer", "urgent"),
        ("rule out squamous cell carcinoma", "suspected_cancer", "urgent"),
        ("lump in the neck", "suspected_cancer", "urgent"),
        ("swelling closing eye", "spreading_infection", "emergency"),
        ("Swelling under the jaw since yesterday", "spreading_infection", "emergency"),
        ("trismus", "spreading_infection", "emergency"),
        ("can’t open her mouth", "spreading_infection", "emergency"),
        ("facial swelling", "spreading_infection", "urgent"),
        ("abscess with fever", "spreading_infection", "urgent"),
        ("cannot swallow", "airway", "emergency"),
        ("trouble breathing", "airway", "emergency"),
        ("floor of mouth is raised", "airway", "emergency"),
        ("tooth avulsed at soccer", "trauma", "emergency"),
        ("knocked out #8", "trauma", "emergency"),
        ("fell off his bike, #9 luxated", "trauma", "urgent"),
        ("mandible fracture", "trauma", "emergency"),
    ],
)
def test_words_that_need_somebody_now_are_seen(text: str, kind: str, least: str) -> None:
    (flag,) = urgency.red_flags_in(text, {})
    assert (flag.kind, flag.urgency) == (kind, least)
    assert flag.because.startswith("The reason says “")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Pain lower left 6 for two weeks, cracked under old amalgam. Please extract and advise on implant.",
        "No swelling, fever or trismus",
        "Denies fever, facial swelling, trismus",
        "does not have trismus",
        "doesn't have facial swelling",
        "trismus: none",
        "denies difficulty swallowing",
        "facial swelling resolved",
        "avulsed 8 as a child, now resorption",
        "history of breast cancer, in remission",
        "canker sore 3 days",
        "trauma from occlusion, fractured tooth under crown",
        "periapical lesion for 3 months",
    ],
)
def test_what_is_usual_or_denied_raises_no_flag(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Pain not improving, facial swelling",
        "no relief from ibuprofen, facial swelling",
        "could not sleep, facial swelling",
        "no fever but facial swelling",
        "antibiotics not helping facial swelling",
        "no pain. Facial swelling",
        "swollen face, swelling no better",
    ],
)
def test_denial_of_something_else_hides_no_flag(text: str) -> None:
    assert kinds(text) == ["spreading_infection"]


@pytest.mark.parametrize(
    ("answers", "kind", "least"),
    [
        ({"swelling": "spreading"}, "spreading_infection", "emergency"),
        ({"swelling": "face"}, "spreading_infection", "urgent"),
        ({"swelling": "local", "opening": "under_20"}, "spreading_infection", "emergency"),
        ({"swallowing": "yes"}, "airway", "emergency"),
        ({"injury": "knocked_out"}, "trauma", "emergency"),
        ({"duration": "over_3_weeks", "form": "ulcer"}, "suspected_cancer", "urgent"),
        ({"duration": "unknown", "colour": "red"}, "suspected_cancer", "urgent"),
        ({"neck_lump": "yes"}, "suspected_cancer", "urgent"),
    ],
)
def test_answers_that_need_somebody_now_are_seen(answers: dict[str, str], kind: str, least: str) -> None:
    (flag,) = urgency.red_flags_in("", answers)
    assert (flag.kind, flag.urgency) == (kind, least)


@pytest.mark.parametrize(
    "answers",
    [
        {"swelling": "none", "opening": "under_20", "fever": "yes"},
        {"swelling": "local"},
        {"duration": "over_3_weeks", "form": "bone"},
        {"duration": "under_2_weeks", "colour": "white"},
        {"injury": "broken", "unconscious": "no"},
    ],
)
def test_harmless_answers_raise_no_flag(answers: dict[str, str]) -> None:
    assert kinds("", **answers) == []


def test_gravest_flag_comes_first_and_each_kind_once() -> None:
    flags = urgency.red_flags_in("white patch, facial swelling, cannot swallow, trismus", {"swelling": "face"})
    assert [flag.kind for flag in flags] == ["airway", "spreading_infection", "suspected_cancer"]
    assert flags[1].urgency == "emergency"


def test_flags_raise_the_suggestion_and_never_lower_it() -> None:
    flags = urgency.red_flags_in("numb lip", {})
    assert urgency.suggested("routine", flags) == "urgent"
    assert urgency.suggested("emergency", flags) == "emergency"
    assert urgency.suggested("soon", ()) == "soon"


def test_answers_that_rules_read_are_answers_that_forms_offer() -> None:
    offered = {
        question.key: dict(question.choices)
        for specialty in specialties.SPECIALTIES.values()
        for procedure in ("", *(procedure.key for procedure in specialty.procedures))
        for question in specialties.questions_for(specialty.key, procedure)
    }
    read = {
        "swelling": ["local", "face", "spreading"],
        "opening": ["under_20"],
        "injury": ["knocked_out", "jaw", "moved"],
        "duration": ["over_3_weeks", "under_2_weeks"],
        "form": ["bone"],
        "colour": ["red", "white", "red_and_white"],
    }
    read |= {key: ["yes"] for key in ("swallowing", "fever", "unconscious", "hard", "numbness", "neck_lump")}
    assert all(word in offered[key] for key, words in read.items() for word in words)


def test_every_urgency_has_its_times_and_they_shrink() -> None:
    steps = list(urgency.URGENCIES.values())
    assert [step.key for step in steps] == ["routine", "soon", "urgent", "emergency"]
    assert all(step.contact_hours < step.limit_hours for step in steps)
    assert [step.visit_days for step in steps] == sorted((step.visit_days for step in steps), reverse=True)


@given(st.text(max_size=200))
def test_any_text_is_read_without_trouble(text: str) -> None:
    assert {flag.kind for flag in urgency.red_flags_in(text, {})} <= set(urgency.RED_FLAGS)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("for five weeks", 35),
        ("x 4 wks", 28),
        ("3-4 months", 90),
        ("two to 3 years", 730),
        ("several days", 3),
        ("a week", 7),
    ],
)
def test_duration_in_words_is_read(text: str, days: int) -> None:
    assert duration_in_days(text) == days


def test_no_duration_is_none() -> None:
    assert duration_in_days("since Monday") is None

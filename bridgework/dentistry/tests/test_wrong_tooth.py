import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.dentistry import teeth
from bridgework.dentistry.wrong_tooth import check

NOTE = "Pain lower left 6 for two weeks, cracked under old amalgam. Please extract and advise on implant."
NOTES = ["", "lower left", "pain upper right molar", "#19, tooth 18", "FDI 55", "lower left second molar"]
permanent_teeth = st.sampled_from(teeth.PERMANENT)
normal_teeth = st.sampled_from(teeth.PERMANENT + teeth.PRIMARY)


def test_tooth_words_and_film_agree() -> None:
    guard = check(["19"], NOTE, 34, ["Periapical #19"])
    assert guard.verdict == "agrees"
    assert guard.sentence == (
        "The tooth agrees with your words. “Lower left 6” is FDI 36, which is #19. The film is labeled #19 too."
    )


@pytest.mark.parametrize(
    ("picked", "text", "suggested", "hint"),
    [
        ("30", "Pain lower left 6", ("19",), "the other side"),
        ("14", "lower left first molar", ("19",), "the other jaw"),
        ("18", "FDI 18", ("1",), "“FDI 18” is #1."),
        ("30", "LL6", ("19",), "“LL6” is FDI 36, which is #19."),
        ("14", "upper right canine", ("6",), "#6"),
        ("30", "#19 hurts", ("19",), "lower left first molar"),
        ("30", "tooth 31, root canal", ("31",), "#30"),
        ("30", "extract 36", ("19",), "FDI 36"),
        ("30", "pain lower left", ("19",), "lower right"),
        ("24", "lower left molar is cracked", (), "lower left"),
    ],
)
def test_wrong_tooth_is_caught_and_the_right_one_suggested(
    picked: str, text: str, suggested: tuple[str, ...], hint: str
) -> None:
    guard = check([picked], text, 34)
    assert (guard.verdict, guard.suggested) == ("disagrees", suggested)
    assert hint in guard.sentence


@pytest.mark.parametrize(
    ("picked", "text"),
    [
        ("19", "FDI 36"),
        ("19", "tooth 36"),
        ("19", "36 needs extraction, extract 36"),
        ("30", "#30"),
        ("30", "tooth 30"),
        ("6", "upper right canine"),
        ("19", "LL6 and swelling lower right"),
        ("A", "baby tooth upper right second primary molar"),
    ],
)
def test_each_notation_can_confirm(picked: str, text: str) -> None:
    assert check([picked], text, 9).verdict == "agrees"


def test_number_that_means_two_teeth_is_said_so() -> None:
    guard = check(["1"], "tooth 18", 34)
    assert (guard.verdict, guard.suggested) == ("cannot_tell", ("18",))
    assert "can mean two teeth" in guard.sentence
    assert check(["18"], "tooth 18", 34).verdict == "agrees"


def test_tooth_left_out_or_added_is_said_so() -> None:
    guard = check(["19", "18"], "#19", 34)
    assert (guard.verdict, guard.suggested) == ("cannot_tell", ())
    assert "#18" in guard.sentence
    guard = check(["19"], "#18 and #19", 34)
    assert (guard.verdict, guard.suggested) == ("cannot_tell", ("18",))


def test_words_without_tooth_cannot_tell() -> None:
    assert check(["19"], "Pain since Monday, 34 years old", 34).verdict == "cannot_tell"
    assert check(["19"], "pain lower left", 34).headline == "The tooth fits your words, but they do not name it."
    assert check([], "", None).sentence == "No tooth is picked."
    assert check([], "lower left 6", None).suggested == ("19",)


def test_film_of_another_tooth_is_caught() -> None:
    guard = check(["19"], "#19", 34, ["PA_30.jpg"])
    assert (guard.verdict, guard.suggested) == ("disagrees", ("30",))
    assert check(["19"], "", 34, ["Tooth 19", "panoramic"]).verdict == "agrees"
    assert check(["19"], "#19", 34, ["IMG_0030.jpg", "bitewings"]).verdict == "agrees"


@pytest.mark.parametrize(
    ("picked", "age", "suggested"),
    [("K", 40, ("20",)), ("18", 5, ("K",)), ("19", 1, ("L",)), ("17", 8, ()), ("6", 5, ("C",))],
)
def test_tooth_that_does_not_fit_the_age_is_caught(picked: str, age: int, suggested: tuple[str, ...]) -> None:
    guard = check([picked], "", age)
    assert (guard.verdict, guard.suggested) == ("disagrees", suggested)
    assert f"the patient is {age}" in guard.sentence


def test_age_only_casts_doubt_on_what_words_confirm() -> None:
    assert check(["18"], "#18", 5).verdict == "cannot_tell"


@pytest.mark.parametrize(
    ("picked", "text", "age"),
    [
        ("K", "retained primary lower left second molar", 40),
        ("11", "impacted upper left canine", 7),
        ("K", "lower left second molar", 5),
        ("19", "#19", 5),
        ("17", "#17 germ", 10),
        ("18", "#18", None),
        ("32", "#32", 15),
    ],
)
def test_unusual_but_explained_tooth_agrees(picked: str, text: str, age: int | None) -> None:
    assert check([picked], text, age).verdict == "agrees"


def test_second_molar_in_words_is_the_primary_one_only_in_a_young_mouth() -> None:
    assert check(["K"], "lower left second molar", 40).suggested == ("18",)
    assert check(["18"], "lower left second molar", 40).verdict == "agrees"


def test_unknown_identifier_is_refused() -> None:
    with pytest.raises(KeyError, match="99"):
        check(["99"], "", 34)


@given(permanent_teeth)
def test_every_tooth_agrees_with_its_own_words(picked: str) -> None:
    for words in (f"#{picked}", teeth.name(picked), f"FDI {teeth.to_fdi(picked)}", teeth.to_palmer(picked)):
        assert check([picked], f"Please see {words}, painful.", 34).verdict == "agrees"


@given(normal_teeth, normal_teeth)
def test_no_tooth_agrees_with_the_words_of_another(picked: str, written: str) -> None:
    for words in (f"#{written}", teeth.name(written), f"FDI {teeth.to_fdi(written)}"):
        verdict = check([picked], f"Please see {words}, painful.", None).verdict
        assert (verdict == "agrees") == (picked == written)


@given(st.lists(normal_teeth, max_size=5), st.text(max_size=80), st.none() | st.floats(0, 110), st.sampled_from(NOTES))
def test_guard_always_answers_in_sentences_and_suggests_only_other_teeth(
    picked: list[str], text: str, age: float | None, words: str
) -> None:
    guard = check(picked, f"{text} {words}", age)
    assert guard.sentence.endswith(".")
    assert not set(guard.suggested) & set(picked)
    assert set(guard.suggested) <= set(teeth.TEETH)

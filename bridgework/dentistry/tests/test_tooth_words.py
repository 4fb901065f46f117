import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.dentistry import numbering, tooth_words


def named(text: str) -> list[str]:
    return [mention.teeth[0] for mention in tooth_words.exact_mentions(text)]


@pytest.mark.parametrize(
    ("text", "teeth"),
    [
        ("Pain lower left 6 for two weeks, cracked under old amalgam. Please extract and advise on implant.", ["19"]),
        ("ext #1, 16, 17, 32", ["1", "16", "17", "32"]),
        ("teeth 18, 19 and 20 are mobile", ["18", "19", "20"]),
        ("veneers #6-9", ["6", "7", "8", "9"]),
        ("caries on teeth D, E, F & G", ["D", "E", "F", "G"]),
        ("Please extract 36 under sedation", ["19"]),
        ("upper right 16 and lower left 19", ["3", "19"]),
        ("exo LR8, UR8", ["32", "1"]),
        ("#30-B recession, tooth 19 - 2 weeks", ["30", "19"]),
        ("lower right second premolar is hopeless", ["29"]),
    ],
)
def test_teeth_in_notes_are_found(text: str, teeth: list[str]) -> None:
    assert named(text) == teeth


@pytest.mark.parametrize(
    "text",
    [
        "34 yo, HbA1c 7.2, INR 2.5, BP 120/80, pain 10/10 for 12 days",
        "lower left 2 weeks, 6 mm pocket, 500 mg",
        "A tooth a bit sore. Tooth I think.",
        "pain at 10 pm, implant 12 months ago",
        "call 503-555-0148, seen 11/23/2026",
    ],
)
def test_ages_doses_and_dates_are_no_teeth(text: str) -> None:
    assert named(text) == []


def test_quarter_of_the_mouth_is_kept_as_such() -> None:
    (mention,) = tooth_words.mentions("swelling lower left since Monday")
    assert not mention.is_exact
    assert set(mention.teeth) == {str(number) for number in range(17, 25)}
    assert set(mention.other) == set("KLMNO")


def test_number_that_two_notations_share_keeps_both_readings() -> None:
    (mention,) = tooth_words.mentions("tooth 18")
    assert (mention.teeth, mention.other) == (("18",), ("1",))
    (mention,) = tooth_words.mentions("#18")
    assert (mention.teeth, mention.other) == (("18",), ())


def test_molar_in_words_may_be_a_primary_one() -> None:
    (mention,) = tooth_words.mentions("lower left second molar")
    assert (mention.teeth, mention.other) == (("18",), ("K",))


@given(st.text(max_size=200))
def test_any_text_is_searched_without_trouble(text: str) -> None:
    for mention in tooth_words.mentions(text):
        assert mention.teeth
        assert set(mention.teeth + mention.other) <= set(numbering.TEETH)


@given(st.text(alphabet="#tooh0123456789 ,-.ULRLlower left upper right molar", max_size=80))
def test_text_full_of_numbers_is_searched_without_trouble(text: str) -> None:
    assert all(mention.teeth for mention in tooth_words.mentions(text))

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.lib.plain_text import Unfit, keepable, keepable_tree, one_line, paragraph, required

anything = st.text(st.characters(exclude_categories=[]), max_size=80)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Ana\t  María \r\n Cruz ", "Ana María Cruz"),
        ("Rob\x00ert'); DROP TABLE patients;--", "Robert'); DROP TABLE patients;--"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("film\u202egnp.exe", "filmgnp.exe"),
        ("Mu\u0308ller", "Müller"),
    ],
)
def test_line_is_cleaned_and_its_words_are_kept(given_text: str, kept: str) -> None:
    assert one_line(given_text, field="name") == kept


def test_line_breaks_of_a_note_stay() -> None:
    assert paragraph("Cold test +\r\n\r\n  percussion\t-\x07", field="note") == "Cold test +\n\n percussion -"


@given(anything)
def test_whatever_is_typed_can_be_stored_and_cleaning_again_changes_nothing(text: str) -> None:
    for cleaned in (one_line(text, field="name"), paragraph(text, field="note")):
        cleaned.encode()
        assert "\x00" not in cleaned
        assert not {unicodedata.category(c) for c in cleaned.replace("\n", "")} & {"Cc", "Cs"}
        assert paragraph(cleaned, field="note") == cleaned


@pytest.mark.parametrize("wrong", [None, 3, b"Ana", ["Ana"], 3.5])
def test_what_is_no_text_is_refused_with_a_sentence_and_its_field(wrong: object) -> None:
    with pytest.raises(Unfit, match=r"^The given name must be text\.$") as refused:
        one_line(wrong, field="given_name")
    assert refused.value.field == "given_name"


def test_too_long_and_empty_are_refused() -> None:
    with pytest.raises(Unfit, match="too long: 200 characters at most"):
        one_line("a" * 201, field="name")
    with pytest.raises(Unfit, match=r"^Enter the family name\.$"):
        required(" \x00 ", field="family_name")


def test_what_a_database_cannot_keep_is_marked_where_it_stood() -> None:
    assert keepable("a\x00b\ud800c🦷\n") == "a\ufffdb\ufffdc🦷\n"
    tree = {"na\x00me": ["\udfff", {"deep": ("x\x00", 7, None, 0.5)}]}
    assert keepable_tree(tree) == {"na\ufffdme": ["\ufffd", {"deep": ["x\ufffd", 7, None, 0.5]}]}

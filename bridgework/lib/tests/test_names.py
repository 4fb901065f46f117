import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.lib import names

WORDS = ["Elena", "Márquez", "de", "la", "Cruz", "O’Brien", "D'Angelo", "van", "Dyke", "Mc", "Donald", "Mac"]
WORDS += ["St.", "John", "Pérez-Galdós", "Łukasz", "Søren", "Strauß", "José", "Nguyễn", "Al-Rashid", "Ng", "X Æ", "Dr"]
parts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
families = st.tuples(parts, st.sampled_from(["", " Jr.", ", III"])).map("".join)
anything = st.text(max_size=30)


def finds(typed: str, keys: frozenset[str]) -> bool:
    term = names.parse_search(typed)
    assert term is not None
    return any(term.prefix <= key < term.end for key in keys)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("María de la Cruz-Pérez Jr.", "maria delacruz perez"),
        ("O’Brien", "obrien"),
        ("o'brien", "obrien"),
        ("Mc Donald", "mcdonald"),
        ("McDonald", "mcdonald"),
        ("D'Angelo", "dangelo"),
        ("St. John", "stjohn"),
        ("van der Berg", "vanderberg"),
        ("von Trapp", "vontrapp"),
        ("Dr. Ingrid Lindqvist, DDS", "ingrid lindqvist"),
        ("Strauß", "strauss"),
        ("Søren Łukasz", "soren lukasz"),
        ("Smith, John, Jr", "smith john"),
        ("Jr", "jr"),
        ("  ", ""),
    ],
)
def test_name_is_folded_to_its_key(text: str, key: str) -> None:
    assert names.name_key(text) == key


@given(anything)
def test_folding_a_key_again_changes_no_letter(text: str) -> None:
    key = names.name_key(text)
    assert set(names.name_key(key).replace(" ", "")) <= set(key.replace(" ", ""))
    assert key == key.strip()


@given(parts, families, st.data())
def test_patient_is_found_while_the_name_is_typed_in_either_order(first: str, family: str, data: st.DataObject) -> None:
    keys = names.search_keys(first, "", family)
    for whole in (f"{first} {family}", f"{family} {first}", f"{family}, {first}"):
        typed = whole[: data.draw(st.integers(min_value=1, max_value=len(whole)))]
        assert finds(typed, keys), typed


@given(parts, parts, parts, parts)
def test_patient_is_found_by_any_word_of_the_name(first: str, middle: str, family: str, preferred: str) -> None:
    keys = names.search_keys(first, middle, family, preferred)
    for part in (first, middle, family, preferred):
        for word in names.name_words(part):
            assert finds(word, keys), word


@pytest.mark.parametrize(
    "typed",
    [
        *("juan cruz", "carlos cruz", "perez juan", "cruz perez", "de la cru", "lacruz", "cruz-perez", "cruzperez"),
        *("juan carlos m de la cruz", "jc cru", "cruz jc", "de la cruz perez juan", "DE LA CRUZ PÉREZ, JUAN", "juan c"),
    ],
)
def test_desk_finds_a_long_name_however_it_is_typed(typed: str) -> None:
    assert finds(typed, names.search_keys("Juan Carlos", "M.", "de la Cruz-Pérez Jr.", "JC"))


def test_apostrophe_may_be_typed_as_space_or_left_out() -> None:
    keys = names.search_keys("Sean", "", "O’Brien")
    assert all(finds(typed, keys) for typed in ("obrien", "o brien", "o'bri", "sean o br", "brien", "O´BRIEN SEAN"))


def test_another_name_is_not_found() -> None:
    keys = names.search_keys("Elena", "", "Márquez")
    assert not any(finds(typed, keys) for typed in ("marquis", "helena", "elena martinez", "lena", "555"))


def test_plain_name_costs_two_rows() -> None:
    assert names.search_keys("Elena", "", "Márquez") == {"n:elena marquez", "n:marquez elena"}


def test_no_name_gives_no_key() -> None:
    assert names.search_keys("", "", "") == frozenset()


@given(parts, parts, parts)
def test_no_key_begins_another(first: str, middle: str, family: str) -> None:
    keys = names.search_keys(first, middle, family)
    assert not any(one != other and other.startswith(one) for one in keys for other in keys)


@pytest.mark.parametrize(
    ("typed", "kind", "prefix"),
    [
        ("3/4/1968", "birth_date", "b:1968-03-04"),
        ("03-04-1968", "birth_date", "b:1968-03-04"),
        ("1968-03-04", "birth_date", "b:1968-03-04"),
        ("03041968", "birth_date", "b:1968-03-04"),
        ("19680304", "birth_date", "b:1968-03-04"),
        ("24/3/1968", "birth_date", "b:1968-03-24"),
        ("3/4/68", "birth_date", "b:1968-03-04"),
        ("3/4/18", "birth_date", "b:2018-03-04"),
        ("3/1968", "birth_date", "b:1968-03"),
        ("1968-03", "birth_date", "b:1968-03"),
        ("555-0148", "phone", "p:5550148"),
        ("0148", "phone", "p:0148"),
        ("(503) 555-0148", "phone", "p:5035550148"),
        ("+1 503 555 0148", "phone", "p:5035550148"),
        ("+52 55 1234 5678", "phone", "p:525512345678"),
        ("99999999", "phone", "p:99999999"),
        ("marquez el", "name", "n:marquez el"),
        ("Márquez, Elena", "name", "n:marquez elena"),
    ],
)
def test_typed_text_is_understood(typed: str, kind: str, prefix: str) -> None:
    assert names.parse_search(typed) == names.SearchTerm(kind, prefix)  # type: ignore[arg-type]


@given(anything)
def test_any_text_is_understood_or_nothing(typed: str) -> None:
    term = names.parse_search(typed)
    assert term is None or (term.prefix[:2] in {"n:", "p:", "b:"} and len(term.prefix) > 2 and term.prefix < term.end)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_birth_date_is_found_in_every_spelling(born: date) -> None:
    keys = names.birth_date_keys(born)
    for typed in (born.isoformat(), f"{born.month}/{born.day}/{born.year}", born.strftime("%m%d%Y"), f"{born:%m/%Y}"):
        assert finds(typed, keys), typed


@given(st.text(string.digits, min_size=7, max_size=7))
def test_phone_is_found_by_each_part_people_type(line: str) -> None:
    keys = names.phone_keys("+1503" + line)
    typed = [f"+1 503 {line}", f"1503{line}", f"503-{line}", f"(503) {line[:3]}-{line[3:]}", line[-4:]]
    assert all(finds(one, keys) for one in typed)
    assert finds(f"{line[:3]}-{line[3:]}", keys)


def test_phone_without_digits_gives_no_key() -> None:
    assert names.phone_keys("") == frozenset()

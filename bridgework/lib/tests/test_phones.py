import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.lib import phones


@pytest.mark.parametrize(
    "typed", ["503-555-0148", "(503) 555 0148", "1.503.555.0148", "+15035550148", "5035550148 x12"]
)
def test_typed_number_becomes_e164(typed: str) -> None:
    assert phones.to_e164(typed) == "+15035550148"


@pytest.mark.parametrize("typed", ["", "555-0148", "call me", "1234567890", "503-155-0148", "5" * 300, "none", "+"])
def test_what_nobody_can_dial_is_no_number(typed: str) -> None:
    assert phones.to_e164(typed) is None


def test_number_abroad_keeps_its_country() -> None:
    assert phones.to_e164("+52 55 1234 5678") == "+525512345678"
    assert phones.to_e164("55 1234 5678", region="MX") == "+525512345678"


def test_number_is_shown_as_people_write_it() -> None:
    assert phones.display("+15035550148") == "(503) 555-0148"
    assert phones.display("+525512345678") == "+52 55 1234 5678"
    assert phones.display("front desk") == "front desk"


def test_last_four_digits() -> None:
    assert phones.last_four("+15035550148") == "0148"


@given(st.from_regex(r"[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True))
def test_shown_number_reads_back(digits: str) -> None:
    assert phones.to_e164(phones.display("+1" + digits)) == "+1" + digits


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = phones.to_e164(text)
    assert number is None or (number.startswith("+") and number[1:].isdigit())

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.lib import npi


def test_published_example_is_valid() -> None:
    assert npi.is_valid("1234567893")  # example of the CMS check digit paper


@pytest.mark.parametrize(
    "text", ["1234567890", "", "123456789", "12345678931", "123456789X", "１２３４５６７８９３", "-123456789"]
)
def test_anything_else_is_not(text: str) -> None:
    assert not npi.is_valid(text)


@given(st.from_regex(r"[12][0-9]{8}", fullmatch=True))
def test_exactly_one_check_digit_fits(nine_digits: str) -> None:
    assert sum(npi.is_valid(nine_digits + check) for check in "0123456789") == 1


@given(st.from_regex(r"[12][0-9]{9}", fullmatch=True), st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, digit: str) -> None:
    changed = number[:place] + digit + number[place + 1 :]
    assert changed == number or not (npi.is_valid(number) and npi.is_valid(changed))

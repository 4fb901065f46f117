"""Kinds go into the database and come back as they were."""

import json
from datetime import UTC, date, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.referrals import timeline
from bridgework.referrals.tests.story import START
from bridgework.referrals.timeline import KINDS, Kind, Request, RequestChanges, UnknownKind, from_data, to_data

text = st.text(max_size=20)
zones = st.sampled_from([UTC, timezone(timedelta(hours=-6))])
whens = st.datetimes(min_value=START.replace(year=2000, tzinfo=None), timezones=zones)
st.register_type_strategy(str, text)
st.register_type_strategy(type(START), whens)


def any_kind() -> st.SearchStrategy[Kind]:
    replacement = st.none() | st.just({"outcome": "expired"})
    corrected = st.builds(timeline.Corrected, replacement=replacement)
    return st.one_of([corrected, *(st.builds(kind) for kind in KINDS.values() if kind is not timeline.Corrected)])


@given(any_kind())
def test_every_kind_survives_the_database(body: Kind) -> None:
    stored = json.loads(json.dumps(to_data(body)))
    assert from_data(body.kind, stored) == body


def test_kinds_are_named_by_what_happened() -> None:
    assert {"more_information_asked", "no_show", "post_op_concluded", "sent", "corrected"} < set(KINDS)
    assert all(kind.__doc__ for kind in KINDS.values())


def test_a_kind_cannot_be_changed_after_it_was_made() -> None:
    with pytest.raises(AttributeError):
        timeline.Noted(text="a").text = "b"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("kind", "data"), [("beamed", {}), ("closed", {"outcome": "vanished"}), ("booked", {}), ("noted", {"text": 7})]
)
def test_what_cannot_be_read_says_so(kind: str, data: dict[str, object]) -> None:
    with pytest.raises(UnknownKind, match=kind):
        from_data(kind, data)


def test_fields_of_a_later_version_are_no_reason_to_fail() -> None:
    assert from_data("noted", {"text": "a", "colour": "red"}) == timeline.Noted(text="a")
    assert from_data("accepted", {}) == timeline.Accepted()


def test_a_replacement_carries_the_right_kind() -> None:
    body = timeline.Sent(
        to_organization=UUID(int=1), request=Request(teeth=("19",), authorization_until=date(2026, 12, 11))
    )
    correction = timeline.replacing(UUID(int=2), body)
    assert correction.replacement is not None
    assert from_data(correction.replacement_kind, correction.replacement) == body
    assert timeline.replacing(UUID(int=2), None, START).replacement is None
    assert RequestChanges().teeth is None

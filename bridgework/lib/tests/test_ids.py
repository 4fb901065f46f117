from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.lib import clock, ids

moments = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


@given(moments)
def test_key_is_version_7_and_carries_its_time(at: datetime) -> None:
    key = ids.uuid7(at)
    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    assert key.int >> 80 == milliseconds(at)


def test_keys_only_grow_and_never_repeat() -> None:
    keys = [ids.uuid7() for _ in range(20_000)]
    assert keys == sorted(set(keys))


def test_keys_of_many_threads_never_repeat() -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: ids.uuid7(), range(4_000)))
    assert len(set(keys)) == len(keys)


def test_keys_grow_when_the_clock_steps_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    times = iter([now, now.replace(year=now.year - 1), now.replace(year=now.year - 1)])
    monkeypatch.setattr(clock, "now", lambda: next(times))
    first, second, third = ids.uuid7(), ids.uuid7(), ids.uuid7()
    assert first < second < third


@given(moments)
def test_keys_made_for_the_same_past_moment_grow(at: datetime) -> None:
    assert ids.uuid7(at) < ids.uuid7(at)


@given(st.text(), st.text(), moments)
def test_seeded_key_depends_on_text_and_time_alone(one: str, other: str, at: datetime) -> None:
    assert (ids.uuid7_from(one, at) == ids.uuid7_from(other, at)) == (one == other)
    assert ids.uuid7_from(one, at).version == 7


def test_time_without_zone_or_before_1970_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        ids.uuid7(datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="1970"):
        ids.uuid7(datetime(1960, 1, 1, tzinfo=UTC))

"""Lanes work side by side up to a moment, and a lane that breaks off stops the making with one sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops.demo.lanes import side_by_side

MOMENT = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bridgework.ops.demo.lanes._leave_database", lambda: None)


def broken(moment: datetime) -> int:
    raise ValueError("A lane that breaks off says why.")


@pytest.mark.parametrize("count", [1, 3])
def test_all_lanes_work_and_their_counts_add_up(count: int) -> None:
    with side_by_side([lambda moment: moment.day] * count) as all_up_to:
        assert all_up_to(MOMENT) == 3 * count
        assert all_up_to(MOMENT.replace(day=5)) == 5 * count


def test_a_lane_that_breaks_off_is_told_in_one_sentence() -> None:
    with pytest.raises(ConfigurationError, match="could not be made"), side_by_side([broken, broken]) as all_up_to:
        all_up_to(MOMENT)

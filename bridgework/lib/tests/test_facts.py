from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest

from bridgework.lib import clock
from bridgework.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Booked(Fact):
    appointment_id: UUID


def test_fact_cannot_be_changed_after_it_happened() -> None:
    fact = Booked(at=datetime(2026, 1, 1, tzinfo=UTC), appointment_id=UUID(int=1))
    assert fact.referral_id is None
    with pytest.raises(FrozenInstanceError):
        fact.at = clock.now()  # type: ignore[misc]


def test_clock_always_names_its_zone() -> None:
    assert clock.now().tzinfo is UTC

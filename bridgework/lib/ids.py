"""Keys of all rows: UUID version 7, made here and never by the database."""

import hashlib
import secrets
import threading
from datetime import datetime
from uuid import UUID

from bridgework.lib import clock

_RANDOM_BITS = 74  # 12 bits beside the version, 62 beside the variant
_STEP_BITS = 32


class _Sequence:
    """Hands out pairs of millisecond and random part that only grow as long as the given time does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millisecond = -1
        self._random = 0

    def next(self, millisecond: int, *, never_back: bool) -> tuple[int, int]:
        with self._lock:
            if never_back and millisecond < self._millisecond:
                millisecond = self._millisecond
            if millisecond == self._millisecond:
                self._random += 1 + secrets.randbits(_STEP_BITS)
            else:
                self._random = secrets.randbits(_RANDOM_BITS - 1)  # top bit free: room to count up
            self._millisecond = millisecond + (self._random >> _RANDOM_BITS)
            self._random %= 1 << _RANDOM_BITS
            return self._millisecond, self._random


_live = _Sequence()
_historic = _Sequence()


def uuid7(at: datetime | None = None) -> UUID:
    """Make a key that sorts by time (RFC 9562 section 5.7).

    Without `at` the keys of one process only grow, also when the clock steps back. With `at` (history, simulated
    times) the key carries that time; calls in a row with the same time still grow.
    Raises ValueError when `at` has no time zone or lies before 1970.
    """
    if at is None:
        return _assemble(*_live.next(_milliseconds(clock.now()), never_back=True))
    return _assemble(*_historic.next(_milliseconds(at), never_back=False))


def uuid7_from(seed_text: str, at: datetime) -> UUID:
    """Make the same key for the same text and time, for data that must come out equal in every run."""
    digest = hashlib.sha256(seed_text.encode()).digest()
    return _assemble(_milliseconds(at), int.from_bytes(digest, "big") % (1 << _RANDOM_BITS))


def _milliseconds(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError("A key needs a time with a time zone.")
    milliseconds = int(at.timestamp() * 1000)
    if milliseconds < 0:
        raise ValueError("A key cannot carry a time before 1970.")
    return milliseconds


def _assemble(millisecond: int, random: int) -> UUID:
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=millisecond << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)

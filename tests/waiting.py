"""Waiting for something that another process or thread will do, bounded in time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic

EVERY = 0.02


def until(condition: Callable[[], object], what: str, *, seconds: float = 300) -> None:
    """Ask again and again whether `condition` holds, and fail with `what` when it does not in time.

    The bound is generous: what waits for every running transaction of the server also waits for the other tests'.
    """
    ends, pause = monotonic() + seconds, Event()
    while not condition():
        assert monotonic() < ends, f"waited {seconds:g} s in vain: {what}"
        pause.wait(EVERY)

"""Measuring: one call in milliseconds, many clients at once, and the few numbers that tell of a distribution."""

from __future__ import annotations

import math
import statistics
import threading
import time
from collections.abc import Callable, Sequence


def timed(work: Callable[[], object]) -> float:
    """Measure one call in milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def p95(values: Sequence[float]) -> float:
    """Give the value that 95 of 100 calls stay under."""
    return round(sorted(values)[max(0, int(len(values) * 0.95) - 1)], 2)


def median(values: Sequence[float]) -> float:
    """Give the middle one: what a quiet moment of a noisy machine looks like."""
    return round(statistics.median(values), 2)


def spread(name: str, values: Sequence[float]) -> dict[str, float]:
    """Give p95, median and minimum of many calls under the names NAME_p95_ms_1_client and so on."""
    return {
        f"{name}_p95_ms_1_client": p95(values),
        f"{name}_median_ms_1_client": median(values),
        f"{name}_min_ms_1_client": round(min(values), 2),
    }


def together(
    clients: Sequence[Callable[[], object]], *, seconds: float = math.inf, calls: float = math.inf
) -> tuple[float, list[float]]:
    """Let every client repeat its call in a thread of its own, for so long or so often.

    Gives the calls a second, all clients together, and the milliseconds of each.

    Raises the first error that a client met.
    """
    start, found, errors = threading.Barrier(len(clients) + 1), [], []

    def repeat(work: Callable[[], object]) -> None:
        mine: list[float] = []
        start.wait()
        until = time.perf_counter() + seconds
        try:
            while len(mine) < calls and time.perf_counter() < until:
                mine.append(timed(work))
        except (OSError, RuntimeError, AssertionError, StopIteration) as error:
            errors.append(error)
        found.extend(mine)

    threads = [threading.Thread(target=repeat, args=[work]) for work in clients]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return round(len(found) / (time.perf_counter() - begun), 1), found

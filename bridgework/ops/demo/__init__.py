"""The living demo: a network of practices with two years of referrals behind them and a full day ahead.

Everything is invented and follows from a seed and the present. Months 24 to 3 are made-up timelines, folded by the
product and written as sets; what happened since goes through the real actions and due work at simulated times.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bridgework.ops.demo.directory import Login as Login
from bridgework.ops.demo.directory import logins

Progress = Callable[[str, int, int], None]
SEED = 20


def build(*, seed: int = SEED, now: datetime, progress: Progress, scale: float = 1.0) -> tuple[Login, ...]:
    """Fill an empty database with the demo as it stands at `now`, and return who can sign in.

    `progress` hears what is being made, how much of it is done and how much there is. `scale` thins the everyday
    referrals out; the planted stories are always whole. The same seed and time give the same content.
    """
    from bridgework.ops.demo.building import Building

    Building(seed=seed, now=now, progress=progress, scale=scale).build()
    return logins()

"""What row-level security costs the worklist: the same statements as the app role and as the owner, in turns."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.ground.database import Link, as_app, run_bare
from bench.ground.network import Member
from bench.ground.watch import timed
from bridgework.access import viewer
from bridgework.referrals import queries

OFFICES, ROUNDS = 40, 25


def measure(owner: Link, members: Sequence[Member]) -> dict[str, float]:
    """Give how many times longer the statements of `listed` and `mine` take under the policies.

    Sums over offices of all sizes, each statement at its fastest, for what else the machine does would drown the rest.
    The owner is bound by no policy; the statements filter by organization themselves, so both read the same rows.
    """
    bound, free = 0.0, 0.0
    with as_app() as app:
        for member in members[:: max(1, len(members) // OFFICES)]:
            for statement in _statements(member):
                one, other = _pair(app, owner, member.organization_id, statement)
                bound, free = bound + one, free + other
    return {"policy_ratio": round(bound / free, 3), "with_policies_ms": round(bound, 2), "without_ms": round(free, 2)}


def _statements(member: Member) -> list[str]:
    with viewer.acting(member.organization_id), CaptureQueriesContext(connection) as seen:
        queries.listed(queries.Filters(side=member.side))
        queries.listed(queries.Filters(side=member.side, state="all"))
        queries.mine()
    return [query["sql"] for query in seen.captured_queries]


def _pair(app: Link, owner: Link, organization_id: UUID, statement: str) -> tuple[float, float]:
    bound, free = [], []
    tell = f"select set_config('app.viewer', '{organization_id}', true)"
    for _ in range(ROUNDS):
        with app.transaction():
            run_bare(app, [tell])
            bound.append(timed(lambda: run_bare(app, [statement])))
        with owner.transaction():
            run_bare(owner, [tell])
            free.append(timed(lambda: run_bare(owner, [statement])))
    return min(bound), min(free)

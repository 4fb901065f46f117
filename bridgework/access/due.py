"""Due work in sets: schedule rows, claim what is due under a lease, settle what is done.

The domain row says what is due and staff may edit it; `Due` only finds it. Cost follows what is due, not what exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from bridgework.access.models import Due
from bridgework.lib.ids import uuid7

LEASE = timedelta(minutes=2)


@dataclass(frozen=True)
class DueRow:
    """A claimed row: whose it is, what sort of work, and which domain row."""

    organization_id: UUID
    kind: str
    row_id: UUID
    due_at: datetime


def schedule(*, organization_id: UUID, kind: str, row_id: UUID, due_at: datetime) -> None:
    """Say that `row_id` is due at `due_at`; an earlier saying about the same row is replaced and its lease ends."""
    Due.objects.bulk_create(
        [Due(id=uuid7(), organization_id=organization_id, kind=kind, row_id=row_id, due_at=due_at)],
        update_conflicts=True,
        unique_fields=["kind", "row_id"],
        update_fields=["due_at", "leased_until"],
    )


def settle(kind: str, row_ids: Iterable[UUID]) -> None:
    """Say that nothing is due about these rows any more."""
    Due.objects.filter(kind=kind, row_id__in=list(row_ids)).delete()


@transaction.atomic
def claim(*, at: datetime, limit: int = 200, lease: timedelta = LEASE) -> list[DueRow]:
    """Claim up to `limit` rows that are due and not leased, oldest first.

    A worker that dies keeps its lease until it runs out; then the next claim finds the row again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "update access_due set leased_until = %s where id in ("
            " select id from access_due where due_at <= %s and (leased_until is null or leased_until <= %s)"
            " order by due_at, id limit %s for update skip locked)"
            " returning organization_id, kind, row_id, due_at",
            [at + lease, at, at, limit],
        )
        return [DueRow(*row) for row in cursor.fetchall()]

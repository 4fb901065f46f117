"""Due work in sets: schedule rows, claim what is due under a lease, settle what is done.

The domain row says what is due and staff may edit it; `Due` only finds it. Cost follows what is due, not what exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from bridgework.access.models import Due
from bridgework.lib.ids import uuid7


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


def settle_before(kind: str, row_ids: Iterable[UUID], *, at: datetime) -> None:
    """Say that what was due about these rows by `at` is done; what was scheduled for later stays."""
    Due.objects.filter(kind=kind, row_id__in=list(row_ids), due_at__lte=at).delete()


@transaction.atomic
def claim(*, at: datetime, limit: int = 200) -> list[DueRow]:
    """Claim up to `limit` rows that are due and not leased, oldest first.

    A worker that dies keeps its lease until it runs out (`settings.DUE_LEASE`); then the next claim finds the row
    again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "update access_due set leased_until = %s where id in ("
            " select id from access_due where due_at <= %s and (leased_until is null or leased_until <= %s)"
            " order by due_at, id limit %s for update skip locked)"
            " returning organization_id, kind, row_id, due_at",
            [at + settings.DUE_LEASE, at, at, limit],
        )
        return sorted((DueRow(*row) for row in cursor.fetchall()), key=lambda row: (row.due_at, row.row_id))


@transaction.atomic
def hold(kind: str, row_ids: Iterable[UUID], *, at: datetime) -> set[UUID]:
    """Lock, until the transaction ends, those rows that are still the caller's, who claimed at `at`; return them.

    Whoever is slower than the lease may find that another worker has claimed the row since: its lease ends later, so
    the row is not returned, nor is one that has been settled. Call it before doing what must not be done twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "update access_due set leased_until = %s where kind = %s and row_id = any(%s)"
            " and (leased_until is null or leased_until <= %s) returning row_id",
            [at + settings.DUE_LEASE, kind, list(row_ids), at + settings.DUE_LEASE],
        )
        return {row_id for (row_id,) in cursor.fetchall()}


def next_at(*, before: datetime) -> datetime | None:
    """Return when the next row is due or loses its lease, if that is before `before`."""
    with connection.cursor() as cursor:
        cursor.execute("select min(greatest(due_at, leased_until)) from access_due where due_at < %s", [before])
        (moment,) = cursor.fetchone()
    return moment if moment is not None and moment < before else None

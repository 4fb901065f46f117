"""Writing down who saw and changed what, and sealing it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from bridgework.access import copying, viewer
from bridgework.audit.models import Event, Seal
from bridgework.lib.actor import Actor


def record(
    act: str,
    *,
    by: Actor,
    at: datetime,
    referral_id: UUID | None = None,
    patient_id: UUID | None = None,
    **detail: str | int | list[str],
) -> None:
    """Write down that `by` did `act` in the present viewer's organization.

    `detail` holds ids and names of fields, never what they contain.
    """
    Event.objects.create(
        organization_id=viewer.current(),
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        act=act,
        referral_id=referral_id,
        patient_id=patient_id,
        detail=detail,
    )


def record_each(
    act: str, *, by: Actor, at: datetime, referral_ids: Iterable[UUID] = (), patient_ids: Iterable[UUID] = ()
) -> None:
    """Write down that `by` did `act` to each of many referrals, or of many patients, in one statement."""
    here = viewer.current()
    subjects: list[dict[str, UUID]] = [{"referral_id": key} for key in referral_ids]
    subjects += [{"patient_id": key} for key in patient_ids]
    copying.insert_rows(
        [
            Event(
                organization_id=here, at=at, actor_kind=by.kind, actor_id=by.id, actor_name=by.name, act=act, **subject
            )
            for subject in subjects
        ]
    )  # fmt: skip


@transaction.atomic
def seal(*, at: datetime) -> Seal | None:
    """Seal the viewer's events of every transaction that has ended; return None when there is nothing new.

    A transaction below the oldest running one can add no event any more, so the chain never has to be locked by a
    request. The digest covers the former digest and the events in the order of transaction and id.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('audit seal ' || app_viewer(), 0))")
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (below,) = cursor.fetchone()
    last = Seal.objects.filter(organization_id=viewer.current()).order_by("-number").first()
    since = last.until_transaction if last else 0
    digest, events = _digest(last.digest if last else "", since, below)
    if not events:
        return None
    return Seal.objects.create(
        organization_id=viewer.current(),
        number=last.number + 1 if last else 1,
        sealed_at=at,
        until_transaction=below,
        events=events,
        digest=digest,
    )


def broken_seals() -> Iterator[int]:
    """Yield the numbers of the viewer's seals that no longer fit their events."""
    former, since = "", 0
    for link in Seal.objects.filter(organization_id=viewer.current()).order_by("number"):
        digest, events = _digest(former, since, link.until_transaction)
        if (digest, events) != (link.digest, link.events):
            yield link.number
        former, since = link.digest, link.until_transaction


def _digest(former: str, since: int, below: int) -> tuple[str, int]:
    digest, events = hashlib.sha256(former.encode()), 0
    rows = Event.objects.filter(
        organization_id=viewer.current(), transaction__gte=since, transaction__lt=below
    ).order_by("transaction", "id")
    for row in rows.values_list(
        "id", "at", "actor_kind", "actor_id", "actor_name", "act", "referral_id", "patient_id", "detail"
    ).iterator():
        digest.update(json.dumps(row, default=str, sort_keys=True).encode())
        events += 1
    return digest.hexdigest(), events

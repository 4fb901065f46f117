"""Seals every organization's audit; each in a transaction of its own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from bridgework.access import viewer
from bridgework.audit import actions


def seal_all(*, at: datetime) -> int:
    """Seal wherever events wait for it, and return in how many organizations a seal was set. Call it without a viewer."""
    sealed = 0
    for organization_id in _waiting():
        with viewer.acting(organization_id):
            sealed += actions.seal(at=at) is not None
    return sealed


def _waiting() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select organization_id from app_to_seal(pg_snapshot_xmin(pg_current_snapshot())::text::bigint) order by 1"
        )
        return [organization_id for (organization_id,) in cursor.fetchall()]

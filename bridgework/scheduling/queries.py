"""Reading offered times."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from bridgework.scheduling.models import Opening, OpeningState


def next_openings(
    organization_id: UUID, *, at: datetime, office_id: UUID | None = None, limit: int = 3
) -> tuple[Opening, ...]:
    """Return an office's next open times, as anybody who refers may see them."""
    rows = Opening.objects.filter(organization_id=organization_id, state=OpeningState.OPEN, starts_at__gt=at)
    if office_id is not None:
        rows = rows.filter(office_id=office_id)
    return tuple(rows.order_by("starts_at", "id")[:limit])

"""Reading tasks."""

from __future__ import annotations

from uuid import UUID

from bridgework.access import viewer
from bridgework.worklist.models import Task, TaskState


def open_tasks(*, limit: int = 200) -> tuple[Task, ...]:
    """Return the viewer's open tasks, the first due in front, in one query."""
    rows = Task.objects.filter(organization_id=viewer.current(), state=TaskState.OPEN).select_related("owner")
    return tuple(rows.order_by("due_at", "id")[:limit])


def open_task(task_id: UUID) -> Task | None:
    """Return one of the viewer's open tasks."""
    return Task.objects.filter(organization_id=viewer.current(), id=task_id, state=TaskState.OPEN).first()


def tasks_of(referral_id: UUID) -> tuple[Task, ...]:
    """Return a referral's tasks at the viewer's office, open ones last, in the order in which they were settled."""
    rows = Task.objects.filter(organization_id=viewer.current(), referral_id=referral_id).select_related("owner")
    return tuple(rows.order_by("settled_at", "due_at", "id"))

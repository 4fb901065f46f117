"""Opening and settling tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.worklist.models import Task, TaskState


class NoSuchTask(Exception):
    """There is no such open task here."""


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What somebody must do. `subject_id` is the row that it is about, the referral for tasks about a referral."""

    kind: str
    subject_id: UUID
    sentence: str
    due_at: datetime
    referral_id: UUID | None = None
    patient_name: str = ""
    is_red_flag: bool = False
    owner_id: UUID | None = None


@transaction.atomic
def open_task(errand: Errand, *, at: datetime) -> Task:
    """Open a task, or return the one that is open already about the same thing."""
    here = viewer.current()
    task = Task(
        id=uuid7(at), organization_id=here, kind=errand.kind, subject_id=errand.subject_id, sentence=errand.sentence,
        due_at=errand.due_at, referral_id=errand.referral_id, patient_name=errand.patient_name,
        is_red_flag=errand.is_red_flag, owner_id=errand.owner_id, made_at=at,
    )  # fmt: skip
    Task.objects.bulk_create([task], ignore_conflicts=True)
    return Task.objects.get(organization_id=here, kind=errand.kind, subject_id=errand.subject_id, state=TaskState.OPEN)


@transaction.atomic
def finish_task(*, task_id: UUID, outcome: str, by: Actor, at: datetime) -> Task:
    """Record that somebody did it, and with what outcome.

    Raises NoSuchTask when it is not open any more.
    """
    task = _open(task_id)
    task.state, task.outcome, task.settled_at, task.settled_by = TaskState.DONE, outcome, at, by.name
    task.save(update_fields=["state", "outcome", "settled_at", "settled_by"])
    audit.record("task.finished", by=by, at=at, referral_id=task.referral_id, task=str(task.id))
    return task


@transaction.atomic
def reopen_task(*, task_id: UUID, by: Actor, at: datetime) -> Task:
    """Take the finishing back.

    Raises NoSuchTask when there is none, or another one about the same thing is open by now.
    """
    task = Task.objects.select_for_update().filter(organization_id=viewer.current(), id=task_id).first()
    if task is None or task.state == TaskState.OPEN:
        raise NoSuchTask("This task is open already.")
    if Task.objects.filter(
        organization_id=viewer.current(), kind=task.kind, subject_id=task.subject_id, state=TaskState.OPEN
    ).exists():
        raise NoSuchTask("A newer task about the same thing is open.")
    task.state, task.outcome, task.settled_at, task.settled_by = TaskState.OPEN, "", None, ""
    task.save(update_fields=["state", "outcome", "settled_at", "settled_by"])
    audit.record("task.reopened", by=by, at=at, referral_id=task.referral_id, task=str(task.id))
    return task


@transaction.atomic
def give_task(*, task_id: UUID, owner_id: UUID | None, by: Actor, at: datetime) -> Task:
    """Give the task to somebody, or to nobody in particular.

    Raises NoSuchTask when it is not open any more.
    """
    task = _open(task_id)
    task.owner_id = owner_id
    task.save(update_fields=["owner"])
    audit.record("task.given", by=by, at=at, referral_id=task.referral_id, task=str(task.id), owner=str(owner_id))
    return task


def put_away(kinds: Iterable[str], subject_id: UUID, *, at: datetime) -> int:
    """Settle the open tasks of these kinds about a row, because they are no longer needed; return how many."""
    return Task.objects.filter(
        organization_id=viewer.current(), kind__in=list(kinds), subject_id=subject_id, state=TaskState.OPEN
    ).update(state=TaskState.MOOT, settled_at=at, settled_by="Bridgework")


def _open(task_id: UUID) -> Task:
    task = Task.objects.select_for_update().filter(organization_id=viewer.current(), id=task_id).first()
    if task is None or task.state != TaskState.OPEN:
        raise NoSuchTask("This task was settled already.")
    return task

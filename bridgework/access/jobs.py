"""Puts jobs into the queue in the transaction of the action: rolled back with it, seen by workers once it commits.

The only place that defers. A plain `Task.defer()` goes through the app's own connector, which inside a worker is
another connection: the job would run although its transaction was rolled back (docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager

WORK_DUE = "work_due"  # the task of config/jobs.py that claims what is due
_LATER = "work_due later"

_here = JobManager(DjangoConnector())


def enqueue(task: str, **ids: str) -> None:
    """Enqueue a task of config/jobs.py by its name, in the running transaction.

    Raises procrastinate's TaskNotFound for a name that no task has.
    """
    _defer(task, None, None, **ids)


def wake() -> None:
    """Say that something is due now. However often it is said, there is one job for the running transaction.

    The lock bears the transaction's number: a common one would make every writer wait for every other's commit.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select mine, exists (select from procrastinate_jobs where queueing_lock = mine and status = 'todo')"
            " from (select %s || ' ' || pg_current_xact_id()::text as mine) as this_transaction",
            [WORK_DUE],
        )
        lock, is_said = cursor.fetchone()
    if not is_said:
        _defer(WORK_DUE, lock, None)


def wake_at(moment: datetime) -> None:
    """Say that something will be due at `moment`, unless a later look is planned already. Not inside a transaction."""
    try:
        _defer(WORK_DUE, _LATER, moment)
    except AlreadyEnqueued:
        return


def waiting_wakes() -> list[int]:
    """Return the numbers of the jobs that wait to look for due work."""
    with connection.cursor() as cursor:
        cursor.execute("select id from procrastinate_jobs where task_name = %s and status = 'todo'", [WORK_DUE])
        return [number for (number,) in cursor.fetchall()]


def take_back(numbers: Iterable[int]) -> None:
    """Remove waiting jobs whose work has been done meanwhile; one that a worker has begun is left to it."""
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where id = any(%s) and status = 'todo'", [list(numbers)])


def _defer(task: str, queueing_lock: str | None, schedule_at: datetime | None, **ids: str) -> None:
    deferrer = app.configure_task(task, allow_unknown=False, queueing_lock=queueing_lock, schedule_at=schedule_at)
    deferrer.job_manager = _here
    deferrer.defer(**ids)

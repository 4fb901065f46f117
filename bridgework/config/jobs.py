"""The jobs of the worker. A job only says "there is work": it claims due rows in sets, across organizations.

Every job may run twice, for a worker can be killed at any moment.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.conf import settings
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from bridgework.access import due, jobs
from bridgework.access.due import DueRow
from bridgework.accounts import password_links
from bridgework.audit import sealing
from bridgework.deliveries import outbox
from bridgework.deliveries.actions import KIND as DELIVERY
from bridgework.lib import clock
from bridgework.referrals.projection import CLOCK
from bridgework.worklist import reactions as worklist

log = logging.getLogger(__name__)

EVERY_MINUTE, EVERY_FIVE_MINUTES = "* * * * *", "*/5 * * * *"
TICK = timedelta(minutes=1)

Handler = Callable[[UUID, Sequence[UUID], datetime], None]

# The kind of due work -> who does it for one organization. It opens its own transactions and settles what is done.
DUE_WORK: Mapping[str, Handler] = {
    DELIVERY: outbox.work,
    CLOCK: worklist.ring,
}


class DueWorkFailed(Exception):
    """Some due work broke off; it is tried again when its lease has run out. The log says where."""


@app.periodic(cron=EVERY_MINUTE, queueing_lock="work_due tick")
@app.task(name=jobs.WORK_DUE)
def work_due(timestamp: int | None = None) -> None:
    """Do what is due, set by set, until nothing is."""
    at, failed = clock.now(), 0
    while rows := due.claim(at=at):
        _plan_to_look_again(at)
        failed += sum(not _did(*piece, at) for piece in _pieces(rows))
        at = clock.now()
    _plan_to_look_again(at)
    if failed:
        raise DueWorkFailed(f"{failed} sets of due work broke off.")


@app.periodic(cron=EVERY_MINUTE, queueing_lock="retry_stalled")
@app.task(name="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int | None = None) -> None:
    """Give the jobs of workers that have died to others; one whose like waits already is not needed any more."""
    silent = settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"]
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent):
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=True)


@app.periodic(cron=EVERY_FIVE_MINUTES, queueing_lock="seal_audit")
@app.task(name="seal_audit")
def seal_audit(timestamp: int | None = None) -> None:
    """Seal what has been written into the audit since the last time."""
    sealing.seal_all(at=clock.now())


@app.task(name=password_links.SEND, retry=RetryStrategy(max_attempts=5, exponential_wait=5, retry_exceptions=[OSError]))
def send_password_link(user_id: str) -> None:
    """Send a person the link that they asked for; a mail server that does not answer is asked again."""
    password_links.send(UUID(user_id))


def work_everything_due(at: datetime) -> int:
    """Do everything that is due at `at`, also at a simulated one, and return how many rows that was.

    The jobs that would have done it are taken back. Errors are raised as they are. Call it outside any transaction.
    """
    done, wakes = 0, jobs.waiting_wakes()
    while rows := due.claim(at=at):
        for organization_id, kind, row_ids in _pieces(rows):
            DUE_WORK[kind](organization_id, row_ids, at)
        done += len(rows)
        wakes += jobs.waiting_wakes()
    jobs.take_back(wakes)
    return done


def _plan_to_look_again(at: datetime) -> None:
    """Plan a look for when something more is due, or a lease ends, before the next minute's look would find it.

    Done as soon as a set is claimed: the worker may be killed over it, and what is left over is others' work meanwhile.
    """
    if moment := due.next_at(before=at + TICK):
        jobs.wake_at(max(moment, at))


def _pieces(rows: Iterable[DueRow]) -> Iterator[tuple[UUID, str, list[UUID]]]:
    """Group claimed rows by organization and kind."""

    def owner(row: DueRow) -> tuple[UUID, str]:
        return row.organization_id, row.kind

    for (organization_id, kind), mine in groupby(sorted(rows, key=owner), key=owner):
        yield organization_id, kind, [row.row_id for row in mine]


def _did(organization_id: UUID, kind: str, row_ids: list[UUID], at: datetime) -> bool:
    """Do one piece; one organization's broken row must not stop the others' work.

    The log tells where it broke off, never the error's text, for a database's may quote a patient.
    """
    try:
        DUE_WORK[kind](organization_id, row_ids, at)
    except Exception as error:  # noqa: BLE001
        place = "".join(traceback.format_tb(error.__traceback__))
        log.error("Due work %s of %s broke off: %s\n%s", kind, organization_id, type(error).__name__, place)
        return False
    return True

"""The jobs, run by a real worker inside the test where that matters."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import TaskNotFound

from bridgework.access import due, viewer
from bridgework.access import jobs as queue
from bridgework.access.models import Due
from bridgework.audit import actions as audit
from bridgework.audit.models import Seal
from bridgework.config import jobs
from bridgework.deliveries import actions, outbox
from bridgework.deliveries.models import Delivery, State
from bridgework.deliveries.tests import pretend
from bridgework.lib import clock
from tests.cast import NOON, Cast, Member, raw
from tests.waiting import until


@pytest.fixture(autouse=True)
def _wired(settings: Any) -> Iterator[None]:
    with pretend.wired(settings):
        yield


def enqueue(member: Member, *keys: str, **more: Any) -> list[Delivery]:
    with viewer.acting(member.id):
        return pretend.enqueued(*keys, **more)


def states(member: Member) -> list[str]:
    with viewer.acting(member.id):
        return list(Delivery.objects.order_by("dedupe_key").values_list("state", flat=True))


def run_worker() -> None:
    """Run every waiting job in a worker of this process, as the worker does it: with a connection of its own."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="successful")


@pytest.fixture
def task() -> Iterator[Callable[[str, Callable[[], None]], None]]:
    """Register tasks that exist for one test."""
    names: list[str] = []

    def register(name: str, function: Callable[[], None]) -> None:
        names.append(name)
        app.task(name=name)(function)

    yield register
    for name in names:
        del app.tasks[name]


@pytest.fixture
def _no_periodic_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})


@pytest.mark.usefixtures("_no_periodic_jobs")
def test_what_a_worker_enqueues_is_rolled_back_with_its_transaction(
    committed_cast: Cast, task: Callable[..., None]
) -> None:
    def break_off() -> None:
        with viewer.acting(committed_cast.general.id):
            pretend.enqueued("1")
            raise ValueError("changed its mind")

    task("break_off", break_off)
    queue.enqueue("break_off")
    run_worker()
    assert states(committed_cast.general) == []
    assert Due.objects.count() == 0
    assert raw("select task_name, status::text from procrastinate_jobs") == [("break_off", "failed")]


@pytest.mark.usefixtures("_no_periodic_jobs")
def test_what_a_worker_enqueues_and_commits_is_done(committed_cast: Cast, task: Callable[..., None]) -> None:
    def write() -> None:
        enqueue(committed_cast.general, "1")

    task("write", write)
    queue.enqueue("write")
    run_worker()
    assert states(committed_cast.general) == [State.SENT]
    assert raw("select task_name from procrastinate_jobs") == []


def test_jobs_are_told_nothing_but_when(committed_cast: Cast) -> None:
    enqueue(committed_cast.general, "1")
    assert raw("select args from procrastinate_jobs") == [("{}",)]


def test_an_unknown_job_is_refused(db: None) -> None:
    with pytest.raises(TaskNotFound):
        queue.enqueue("no_such_job")


def test_everything_due_is_done_at_a_simulated_time_and_leaves_no_job(cast: Cast) -> None:
    enqueue(cast.general, "1", "2")
    enqueue(cast.surgery, "1")
    with viewer.acting(cast.general.id):
        actions.enqueue(pretend.a_message("3"), at=NOON, due_at=NOON + timedelta(days=1))
    assert jobs.work_everything_due(NOON) == 3
    assert queue.waiting_wakes() == []
    assert jobs.work_everything_due(NOON) == 0
    assert jobs.work_everything_due(NOON + timedelta(days=1)) == 1
    assert states(cast.general) == [State.SENT] * 3
    assert Due.objects.count() == 0


def test_two_workers_at_once_send_nothing_twice(committed_cast: Cast) -> None:
    made = enqueue(committed_cast.general, *map(str, range(60)))
    start = threading.Barrier(2, timeout=10)

    def work() -> None:
        try:
            start.wait()
            while rows := due.claim(at=NOON, limit=3):
                outbox.work(committed_cast.general.id, [row.row_id for row in rows], NOON)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    sent = pretend.CHANNELS["email"].sent
    assert sorted(sent) == sorted(row.id for row in made)
    assert set(states(committed_cast.general)) == {State.SENT}


def test_one_offices_broken_work_stops_nobody_elses_and_the_log_keeps_quiet_about_patients(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    enqueue(cast.general, "1")
    enqueue(cast.surgery, "1")

    secret = "Elena Marquez"

    def work(organization_id: Any, row_ids: Any, at: Any) -> None:
        if organization_id == cast.general.id:
            raise ValueError(secret)
        outbox.work(organization_id, row_ids, at)

    monkeypatch.setattr(jobs, "DUE_WORK", {actions.KIND: work})
    with caplog.at_level(logging.ERROR), pytest.raises(jobs.DueWorkFailed):
        jobs.work_due()
    assert states(cast.general) == [State.WAITING]
    assert states(cast.surgery) == [State.SENT]
    assert "ValueError" in caplog.text
    assert secret not in caplog.text


def test_the_job_plans_to_look_again_when_something_is_due_within_the_minute(committed_cast: Cast) -> None:
    soon = clock.now() + timedelta(seconds=40)
    with viewer.acting(committed_cast.general.id):
        actions.enqueue(pretend.a_message(), at=soon - timedelta(minutes=1), due_at=soon)
    jobs.work_due()
    jobs.work_due()
    assert raw("select scheduled_at from procrastinate_jobs") == [(soon,)]


@pytest.mark.usefixtures("_no_periodic_jobs")
def test_the_job_of_a_worker_that_died_is_given_to_another(committed_cast: Cast) -> None:
    enqueue(committed_cast.general, "1")
    raw("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour')")
    raw(
        "update procrastinate_jobs set status = 'doing', attempts = 1,"
        " worker_id = (select max(id) from procrastinate_workers)"
    )
    queue.enqueue("retry_stalled")
    run_worker()
    assert states(committed_cast.general) == [State.SENT]
    assert raw("select * from procrastinate_jobs") == []


@pytest.mark.usefixtures("_no_periodic_jobs")
def test_the_job_of_a_worker_that_died_is_dropped_when_its_like_waits_already(committed_cast: Cast) -> None:
    queue.wake_at(NOON)
    raw("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour')")
    raw("update procrastinate_jobs set status = 'doing', worker_id = (select max(id) from procrastinate_workers)")
    queue.wake_at(NOON)
    queue.enqueue("retry_stalled")
    run_worker()
    assert raw("select * from procrastinate_jobs") == []


def test_the_audit_is_sealed(committed_cast: Cast) -> None:
    for member in (committed_cast.general, committed_cast.surgery):
        with viewer.acting(member.id):
            audit.record("referral.viewed", by=member.actor, at=NOON)

    def sealed(member: Member) -> list[tuple[int, int]]:
        with viewer.acting(member.id):
            return list(Seal.objects.values_list("number", "events"))

    def both_are_sealed() -> bool:
        jobs.seal_audit()  # not before every transaction that was running on this server has ended
        return all(sealed(member) for member in (committed_cast.general, committed_cast.surgery))

    until(both_are_sealed, "the audit of both offices is sealed")
    jobs.seal_audit()
    assert sealed(committed_cast.general) == sealed(committed_cast.surgery) == [(1, 1)]


def test_the_periodic_jobs_are_planned() -> None:
    planned = {name: task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items()}
    assert planned == {"work_due": "* * * * *", "retry_stalled": "* * * * *", "seal_audit": "*/5 * * * *"}


def test_every_kind_of_due_work_has_somebody_who_does_it() -> None:
    assert set(jobs.DUE_WORK) == {"delivery", "clock"}

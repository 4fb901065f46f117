"""The promise: no message is lost and none goes out twice, however often the worker is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.db import connection

from bridgework.access import jobs, viewer
from bridgework.access.models import Due
from bridgework.channels.email.tests.smtp_server import OK, Inbox, running
from bridgework.channels.email.transport import message_id
from bridgework.deliveries import actions
from bridgework.deliveries.models import Delivery, State
from bridgework.lib import clock
from bridgework.ops.children import command
from bridgework.worklist.models import Task
from tests.cast import Cast, Member, raw
from tests.ready_case import a_case
from tests.waiting import until

MESSAGES, KILLS = 200, 5
LEASE_SECONDS, HEARTBEAT_SECONDS = 2, 0.5


class DeadlyInbox(Inbox):
    """Kills the worker while it talks to the server: before the text is taken, after it, or soon after the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.worker: subprocess.Popen[bytes] | None = None
        self.countdown, self.moment = 0, ""
        self.soon_after = Event()
        self.at_data = self._maybe_kill

    def kill_at(self, worker: subprocess.Popen[bytes], countdown: int, moment: str) -> None:
        """Arm: the message after `countdown` others is the worker's last."""
        self.worker, self.countdown, self.moment = worker, countdown, moment
        self.soon_after.clear()

    def _maybe_kill(self, server: object) -> str:
        self.countdown -= 1
        if self.worker is None or self.countdown >= 0:
            return OK
        if self.moment == "soon after":
            self.soon_after.set()
            return OK
        self.worker.kill()
        return OK if self.moment == "after" else "451 The other side is gone"


def start_worker(server: SimpleNamespace, data: Path) -> subprocess.Popen[bytes]:
    """Start a real worker on the database of the test."""
    database = connection.settings_dict
    url = f"postgresql://{quote(database['USER'])}:{quote(database['PASSWORD'])}@/{database['NAME']}"
    environ = os.environ | {
        "DATABASE_URL": f"{url}?host={quote(database['HOST'])}&port={database['PORT']}",
        "BRIDGEWORK_MODE": "test",
        "BRIDGEWORK_DATA": str(data),
        "BRIDGEWORK_EMAIL_URL": f"smtp://{server.host}:{server.port}",
        "BRIDGEWORK_LEASE_SECONDS": str(LEASE_SECONDS),
        "BRIDGEWORK_HEARTBEAT_SECONDS": str(HEARTBEAT_SECONDS),
    }
    with (data / "worker.log").open("ab") as log:
        return subprocess.Popen(command("worker"), env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def enqueue(member: Member, numbers: range) -> list[Delivery]:
    """Write messages as an action does it: each in a transaction of its own, which enqueues its own job."""
    made = []
    for number in numbers:
        with viewer.acting(member.id):
            outgoing = actions.Outgoing(
                purpose="office_notice", channel="email", address=f"office-{number}@harbor.example.org",
                recipient=f"Office {number}", subject="A referral", body="One referral has come.",
                dedupe_key=f"notice:{number}", referral_id=a_case(member, f"BW-{number}").referral_id,
            )  # fmt: skip
            made.append(actions.enqueue(outgoing, at=clock.now()))
    return made


def states(member: Member) -> dict[str, str]:
    """Give the state of each message, by the identifier that it bears at the server."""
    with viewer.acting(member.id):
        return {message_id(key): state for key, state in Delivery.objects.values_list("id", "state")}


def is_all_done() -> bool:
    """Say whether nothing is due and no job waits or is said to be running; one that is, may be a dead worker's."""
    jobs_left = {str(status) for (status,) in raw("select distinct status::text from procrastinate_jobs")}
    if jobs_left == {"doing"}:
        jobs.enqueue("retry_stalled")  # else a matter of a minute
    return not jobs_left and not Due.objects.exists()


@contextmanager
def working(server: SimpleNamespace, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a real worker for a while."""
    worker = start_worker(server, data)
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(120)


def die(worker: subprocess.Popen[bytes], inbox: DeadlyInbox, draw: random.Random, moment: str) -> None:
    """Let the worker send for a while, then kill it at the given moment of a message."""
    inbox.kill_at(worker, draw.randrange(5, 30), moment)
    if moment == "soon after":
        assert inbox.soon_after.wait(120), "the worker sends"
        Event().wait(draw.random() / 100)
        worker.kill()
    assert worker.wait(120) == -signal.SIGKILL


@pytest.mark.slow
def test_two_hundred_messages_survive_five_kills(committed_cast: Cast, tmp_path: Path) -> None:
    general, draw, inbox = committed_cast.general, random.Random(5), DeadlyInbox()
    made = enqueue(general, range(MESSAGES))
    with running(inbox) as server:
        moments = [*"before after".split(), "soon after", *draw.choices(["before", "after", "soon after"], k=KILLS - 3)]
        for moment in moments:
            with working(server, tmp_path) as worker:
                die(worker, inbox, draw, moment)
        assert 0 < len(inbox.messages) < MESSAGES
        inbox.worker = None
        with working(server, tmp_path):
            until(is_all_done, "the last worker finishes everything")

    known = states(general)
    taken = Counter(inbox.ids)
    assert set(known) == {message_id(row.id) for row in made} >= set(taken)
    assert set(known.values()) == {State.SENT, State.UNCERTAIN}, (tmp_path / "worker.log").read_text()
    assert [key for key, count in taken.items() if count > 1] == [], "sent twice"
    assert [key for key, state in known.items() if state == State.SENT and key not in taken] == [], "lost"
    doubts = {key for key, state in known.items() if state == State.UNCERTAIN}
    assert 1 <= len(doubts) <= KILLS * 4, "one at most for each of the four jobs that a worker runs at once"
    with viewer.acting(general.id):
        asked = Task.objects.filter(kind="uncertain_delivery", state="open").values_list("subject_id", flat=True)
        assert {message_id(key) for key in asked} == doubts

"""The product's own web server on loopback, and people who are signed in to it."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bridgework.accounts.models import User
from bridgework.ops import children, lifeline

HOST = "127.0.0.1"
READY_SECONDS = 60
NOT_STATEMENTS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Site:
    """A web server that runs: its port, and the session of its processes."""

    port: int
    session: int

    def processor_ms(self) -> float:
        """Give the processor time that its processes have used, whatever else the machine does (proc(5), Linux)."""
        used = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                used += int(fields[11]) + int(fields[12]) if int(fields[3]) == self.session else 0
        return used * 1000 / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serving(data: Path) -> Iterator[Site]:
    """Run `bridgework web` as it is shipped, on a free port, for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    reads, keeps = lifeline.new()
    process = children.start(["web", "--data", str(data), "--port", str(port)], os.environ, reads)
    try:
        _wait_until_ready(port)
        yield Site(port, process.pid)
    finally:
        children.end(process, 20)
        os.close(keeps)
        os.close(reads)


def _wait_until_ready(port: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if Visitor(port, "").get("/readyz").status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("The web server did not start.")


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    body: bytes
    location: str


@dataclass
class Visitor:
    """One browser: a connection that stays open, and the cookies of whoever is signed in."""

    port: int
    cookies: str
    link: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.link = http.client.HTTPConnection(HOST, self.port, timeout=60)

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, form: str | None) -> Answer:
        headers = {"Cookie": self.cookies}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request(method, path, body=form, headers=headers)
        said = self.link.getresponse()
        return Answer(said.status, said.read(), said.getheader("Location", ""))


def sign_in(user_id: UUID) -> Client:
    """Sign somebody in, past the password, and give their browser."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(id=user_id), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def cookies_of(client: Client) -> str:
    """Give the cookies of a signed-in browser as one header."""
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def statements_of(client: Client, path: str, form: dict[str, str] | None = None) -> list[str]:
    """Ask for a page, or post a form, in this process; give every statement that was sent, with its values.

    BEGIN and COMMIT are among them.
    """
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path) if form is None else client.post(path, form)
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{path} answers {answer.status_code}")
    return [query["sql"] for query in seen.captured_queries]


def queries_in(statements: list[str]) -> int:
    """Count the statements that ask or tell something."""
    return sum(not statement.startswith(NOT_STATEMENTS) for statement in statements)

"""Behind `bridgework up`: the database, the web server and the worker of one installation, kept alive and ended together."""

import contextlib
import http.client
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from types import FrameType

from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import children, installation, lifeline, migrating, pid_file, server_places
from bridgework.ops.children import Child
from bridgework.ops.embedded_postgres import EmbeddedServer

READY_SECONDS = 120
LOOK_SECONDS = 0.1
DATABASE_LOOK_SECONDS = 2.0
WORKER_PATIENCE, WEB_PATIENCE, STEP_PATIENCE = 20.0, 10.0, 5.0


class Stopped(BaseException):
    """Somebody asked the supervisor to stop: Ctrl-C, TERM or a closed terminal."""


@dataclass(frozen=True)
class Plan:
    """What to run. `prepare` are commands run to their end after migrate, before web and worker.

    `is_unfinished` says that an earlier start may have left a half-made demo behind, which is thrown away.
    """

    data: Path
    host: str
    port: int
    mode: str
    prepare: Sequence[Sequence[str]] = ()
    is_unfinished: bool = False

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


def run(plan: Plan, when_ready: Callable[[], None]) -> None:
    """Run an installation until it is told to stop; everything it started has ended when this returns.

    Raises `ConfigurationError` when it cannot start: then too, nothing is left running.
    """
    server_places.make_data_folder(plan.data)
    with pid_file.alone(plan.data, os.getpid(), plan.address), _stop_signals(), contextlib.suppress(Stopped):
        _check_port(plan)
        _check_kind(plan)
        _Installation(plan).run(when_ready)


class _Installation:
    """The running parts, from the first start to the last end."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.line, self._held_end = lifeline.new()
        self.server = None if os.environ.get("DATABASE_URL") else EmbeddedServer(plan.data)
        self.web: Child | None = None
        self.worker: Child | None = None
        self._next_database_look = 0.0

    def run(self, when_ready: Callable[[], None]) -> None:
        try:
            app, owner = self._start_database()
            self._migrate(owner)
            for arguments in self.plan.prepare:
                self._to_the_end(arguments, app)
            self.web = Child("The web server", self._web_arguments(), app, self.line)
            self.worker = Child("The worker", ["worker"], app, self.line)
            self._wait_until_ready(self.web)
            self.worker.keep_alive()
            when_ready()
            while True:
                self._look_after(self.web, self.worker)
                sleep(LOOK_SECONDS)
        finally:
            self._end()

    def _start_database(self) -> tuple[dict[str, str], dict[str, str]]:
        """Start the database if it is ours; return the surroundings of the app's processes and of the owner's."""
        shared = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in ("DATABASE_OWNER_URL", "BRIDGEWORK_ROLE")
            },
            "BRIDGEWORK_DATA": str(self.plan.data),
            "BRIDGEWORK_MODE": self.plan.mode,
            "BRIDGEWORK_PUBLIC_URL": os.environ.get("BRIDGEWORK_PUBLIC_URL") or self.plan.address,
        }
        owner_url = os.environ.get("DATABASE_OWNER_URL", "")
        if self.server is not None:
            addresses = self.server.start()
            if self.plan.is_unfinished and self.plan.mode == "demo":
                self.server.recreate_database()
            shared["DATABASE_URL"], owner_url = addresses.app_url, addresses.owner_url
        return shared, {**shared, "DATABASE_OWNER_URL": owner_url, "BRIDGEWORK_ROLE": "owner"}

    def _migrate(self, owner: Mapping[str, str]) -> None:
        """Bring the tables up to date, unless somebody else does it: with no owner's address they are taken as they are."""
        url = owner["DATABASE_OWNER_URL"]
        if url and not migrating.is_up_to_date(self.plan.data, url):
            self._to_the_end(["migrate"], owner)
            migrating.note(self.plan.data, url)

    def _to_the_end(self, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        process = children.start(arguments, environ, self.line)
        try:
            status = process.wait()
        except Stopped:
            children.end(process, STEP_PATIENCE)
            raise
        if status:
            raise ConfigurationError(f"Bridgework does not start because {arguments[0]} failed; the reason is above.")

    def _web_arguments(self) -> list[str]:
        return ["web", "--host", self.plan.host, "--port", str(self.plan.port)]

    def _wait_until_ready(self, web: Child) -> None:
        """Start the web server and wait until it is ready; when it ends before that, it never will be.

        The worker comes after it: loading both at once would make people wait longer for the first page.
        """
        deadline = monotonic() + READY_SECONDS
        web.keep_alive()
        while not _answers(self.plan):
            if web.has_ended():
                raise ConfigurationError("Bridgework does not start because the web server ended; the reason is above.")
            if monotonic() > deadline:
                raise ConfigurationError(
                    f"The web server is not ready within {READY_SECONDS} seconds; its log says why."
                )
            sleep(LOOK_SECONDS)

    def _look_after(self, *parts: Child) -> None:
        if self.server is not None and monotonic() >= self._next_database_look:
            self._next_database_look = monotonic() + DATABASE_LOOK_SECONDS
            self._revive(self.server)
        for part in parts:
            part.keep_alive()

    def _revive(self, server: EmbeddedServer) -> None:
        """Start the database again when it was killed; rows that were committed are recovered from its log."""
        if server.is_running():
            return
        print("The database ended and is started again.", file=sys.stderr, flush=True)
        try:
            server.start()
        except ConfigurationError as problem:
            print(problem, file=sys.stderr, flush=True)
        if self.worker is not None:  # what it listened on is gone; the web server's pool mends itself
            self.worker.end(STEP_PATIENCE)

    def _end(self) -> None:
        """End the worker with the job in its hand done, then the web server, then the database."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if self.worker is not None:
            self.worker.end(WORKER_PATIENCE)
        if self.web is not None:
            self.web.end(WEB_PATIENCE)
        if self.server is not None:
            self.server.stop()
        os.close(self.line)
        os.close(self._held_end)


@contextlib.contextmanager
def _stop_signals() -> Iterator[None]:
    """Turn the signals that mean "stop" into `Stopped`, raised where the supervisor is at that moment."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _check_port(plan: Plan) -> None:
    with socket.socket(socket.AF_INET6 if ":" in plan.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((plan.host, plan.port))
        except OSError as problem:
            raise ConfigurationError(
                f"Port {plan.port} cannot be used ({problem.strerror}): choose another with --port."
            ) from None


def _check_kind(plan: Plan) -> None:
    """Keep a demo and real patients out of each other's data folder."""
    path = plan.data / installation.KIND
    wanted = "demo" if plan.mode == "demo" else "real"
    if not path.exists():
        path.write_text("real" if server_places.load(plan.data) else wanted, encoding="ascii")
    found = path.read_text(encoding="ascii")
    if found == wanted:
        return
    if found == "demo":
        raise ConfigurationError(
            f"{plan.data} holds a demo: start it with bin/demo, or choose another folder with --data."
        )
    raise ConfigurationError(f"{plan.data} holds real data: choose another folder for the demo with --data.")


def _answers(plan: Plan) -> bool:
    """Say whether the web server is ready to serve."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (asked for, not bound)
    connection = http.client.HTTPConnection(everywhere.get(plan.host, plan.host), plan.port, timeout=10)
    try:
        connection.request("GET", "/readyz", headers={"Host": f"localhost:{plan.port}"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()

"""A whole installation under test: `bridgework up` in a process of its own, and what runs below it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bridgework.lib.data_folder import CHECKOUT
from bridgework.ops import children

SECONDS = 120.0


@dataclass
class Installation:
    """A started supervisor; `said` is what it printed until it was ready."""

    process: subprocess.Popen[str]
    port: int
    said: str

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal and wait for its end."""
        self.process.send_signal(number)
        return self.process.wait(SECONDS)


def surroundings(**more: str) -> dict[str, str]:
    """Give an environment without the settings of the test run itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BRIDGEWORK_", "DATABASE_"))}
    return {**kept, "PYTHONPATH": str(CHECKOUT), **more}


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    argv = children.command(*arguments)
    return subprocess.run(
        argv, env=surroundings(**more), capture_output=True, text=True, timeout=SECONDS, check=False, cwd="/"
    )


@contextlib.contextmanager
def up(data: Path, port: int | None = None) -> Iterator[Installation]:
    """Start an installation and wait until it is ready; it is ended afterwards however the test went."""
    port = port or free_port()
    argv = children.command("up", "--data", str(data), "--port", str(port))
    with subprocess.Popen(
        argv, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd="/"
    ) as process:
        assert process.stdout is not None
        try:
            yield Installation(process, port, process.stdout.readline())
        finally:
            if process.poll() is None:
                process.terminate()


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], bool], seconds: float = 40.0) -> bool:
    """Say whether a condition came true in time."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.1)):
        if condition():
            return True
        pause.wait(0.1)
    return condition()


def is_alive(number: int) -> bool:
    """Say whether a process runs; one that ended and was not asked about yet does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def below(number: int) -> dict[int, str]:
    """List the living processes that a process started, at any depth, with their command lines."""
    parents: dict[int, int] = {}
    lines: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            lines[int(entry.name)] = (entry / "cmdline").read_text(encoding="utf-8").replace("\0", " ")
            parents[int(entry.name)] = int(fields[1])
    found = {number}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {child: lines[child] for child in found - {number} if is_alive(child)}


def child(installation: Installation, command: str) -> int | None:
    """Find the process that the supervisor started for one command."""
    for number, line in below(installation.process.pid).items():
        stat = Path(f"/proc/{number}/stat")
        with contextlib.suppress(FileNotFoundError):
            parent = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            if parent == installation.process.pid and f"bridgework.ops.cli {command}" in line:
                return number
    return None


IS_LINUX = sys.platform == "linux"

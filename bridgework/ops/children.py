"""A process that the supervisor keeps alive."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic

from bridgework.lib.data_folder import CHECKOUT
from bridgework.ops import lifeline

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
LIVED_WELL_SECONDS = 60


def command(*arguments: str) -> list[str]:
    """Give the command line of one of our own commands."""
    return [sys.executable, "-P", "-m", "bridgework.ops.cli", *arguments]


def start(arguments: Sequence[str], environ: Mapping[str, str], line: int) -> subprocess.Popen[bytes]:
    """Start one of our commands in a session of its own, so that Ctrl-C reaches the supervisor alone, on the lifeline."""
    return subprocess.Popen(
        command(*arguments),
        env={**environ, lifeline.VARIABLE: str(line), "PYTHONPATH": _import_path(environ)},
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
        pass_fds=[line],
    )


def end(process: subprocess.Popen[bytes], patience: float) -> None:
    """End a process and everything that it started: politely, then after `patience` seconds by force."""
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    _clear_group(process)


def _clear_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _import_path(environ: Mapping[str, str]) -> str:
    return os.pathsep.join(filter(None, [str(CHECKOUT), environ.get("PYTHONPATH", "")]))


@dataclass
class Child:
    """A command that is started again whenever it ends; the pauses between starts double while it keeps failing."""

    name: str
    arguments: Sequence[str]
    environ: Mapping[str, str]
    line: int
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    _pause: float = FIRST_PAUSE
    _started_at: float = field(default=0.0)
    _next_start_at: float = field(default=0.0)

    def keep_alive(self) -> None:
        """Start it when it is due; note its end and when to start it again."""
        if self.process is not None:
            if self.process.poll() is None:
                return
            self._note_end(self.process)
        elif monotonic() >= self._next_start_at:
            self.process = start(self.arguments, self.environ, self.line)
            self.starts += 1
            self._started_at = monotonic()

    def has_ended(self) -> bool:
        """Say whether the process started last is there no more."""
        return self.process is None or self.process.poll() is not None

    def end(self, patience: float) -> None:
        """End it for good."""
        if self.process is not None:
            end(self.process, patience)
            self.process = None

    def _note_end(self, process: subprocess.Popen[bytes]) -> None:
        _clear_group(process)
        self.process = None
        if monotonic() - self._started_at > LIVED_WELL_SECONDS:
            self._pause = FIRST_PAUSE
        self._next_start_at = monotonic() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        print(f"{self.name} ended (status {process.returncode}) and is started again.", file=sys.stderr, flush=True)

"""Looks at the processes of a cluster: is its server alive, and what did a kill -9 leave behind?"""

import contextlib
import os
import signal
from pathlib import Path
from time import monotonic, sleep

SHUTDOWN_SECONDS = 30
PROCESSES = Path("/proc")


def find(cluster: Path) -> int | None:
    """Give the process number of the cluster's server, None when it is not alive.

    A number alone proves nothing, for after a restart of the machine it may be anybody's: where the system tells command
    lines, the one found must name the cluster.
    """
    try:
        number = int((cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        os.kill(number, 0)
    except PermissionError:
        pass  # alive, and another user's; its command line decides
    except (OSError, ValueError, IndexError):
        return None
    return number if _names(number, cluster) else None


def clear_after_a_kill(cluster: Path) -> None:
    """Remove what a killed server left: its number file, and children still at work on the cluster. None must be alive."""
    if find(cluster) is not None:
        return
    (cluster / "postmaster.pid").unlink(missing_ok=True)
    for number in _at_work_in(cluster):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(number, signal.SIGQUIT)


def shut_down(cluster: Path) -> None:
    """Stop the server of a cluster that no data folder points to any more, and wait until it has ended."""
    number = find(cluster)
    if number is None:
        return
    os.kill(number, signal.SIGINT)
    deadline = monotonic() + SHUTDOWN_SECONDS
    while find(cluster) is not None and monotonic() < deadline:
        sleep(0.1)


def _names(number: int, cluster: Path) -> bool:
    """Say whether a process was started for this cluster; true where the system does not tell."""
    try:
        words = (PROCESSES / str(number) / "cmdline").read_bytes().split(b"\0")
    except FileNotFoundError:
        return not PROCESSES.joinpath("self").exists()
    return os.fsencode(cluster) in words


def _at_work_in(cluster: Path) -> list[int]:
    """List the processes whose working folder is the cluster, as far as this user may know."""
    found = []
    for entry in PROCESSES.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(entry / "cwd") == str(cluster.resolve()):
                found.append(int(entry.name))
    return found

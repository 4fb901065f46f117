"""One supervisor for one data folder: a locked file says which process it is."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from bridgework.lib.data_folder import ConfigurationError

NAME = "bridgework.pid"


@contextlib.contextmanager
def alone(data: Path, pid: int, address: str) -> Iterator[None]:
    """Hold the data folder; raise `ConfigurationError` when another supervisor does.

    The lock, not the number, decides: the system gives it up when its holder dies, so a stale file never stands in the way.
    """
    with (data / NAME).open("a+", encoding="utf-8") as file:
        if not _lock(file.fileno()):
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise ConfigurationError(f"Bridgework is running on this data folder already ({holder}).")
        file.truncate(0)
        file.write(f"process {pid}, {address}\n")
        file.flush()
        yield
        file.truncate(0)


def is_held(data: Path) -> bool:
    """Say whether a supervisor is running on a data folder."""
    try:
        with (data / NAME).open("r+", encoding="utf-8") as file:
            return not _lock(file.fileno())
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

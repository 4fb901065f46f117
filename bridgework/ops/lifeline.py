"""Makes processes end when the one that started them is gone, even by kill -9.

The supervisor holds the writing end of a pipe and gives the reading end to its children. Nobody ever writes: when the
supervisor dies, the system closes its end and every child reads the end of the file. This works on every system that has pipes.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from time import sleep

VARIABLE = "BRIDGEWORK_LIFELINE"
GRACE_SECONDS = 20


def new() -> tuple[int, int]:
    """Make a lifeline; return the end for the children and the end that the supervisor must keep open."""
    return os.pipe()


def watch() -> None:
    """End this process, politely at first, when the supervisor that started it is gone. Nothing happens without one."""
    given = os.environ.pop(VARIABLE, "")
    if given:
        _end_after(lambda: os.read(int(given), 1))


def watch_parent() -> None:
    """End this process, one of several that serve together, when the process that leads them is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        _end_after(parent.join)


def _end_after(wait: Callable[[], object]) -> None:
    def end() -> None:
        wait()
        os.kill(os.getpid(), signal.SIGTERM)
        sleep(GRACE_SECONDS)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=end, name="lifeline", daemon=True).start()

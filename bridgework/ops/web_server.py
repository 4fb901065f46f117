"""The web server's processes."""

import gc
import os
from collections.abc import Callable
from typing import Any

from bridgework.ops import lifeline

THREADS = 8  # one below the size of the connection pool, so that no request waits for a connection
APPLICATION = "bridgework.config.wsgi:application"


def serve(*, host: str, port: int, processes: int | None = None) -> None:
    """Serve the pages until told to stop; a process that dies is replaced.

    The application is loaded before the processes are forked, so that they share its memory.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    load_application()
    gc.freeze()
    Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes or min(2, os.cpu_count() or 1),
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
    ).serve(target_loader=load_application_in_process, wrap_loader=False)


def load_application() -> Callable[..., Any]:
    """Import the WSGI application."""
    from importlib import import_module

    application: Callable[..., Any] = import_module("bridgework.config.wsgi").application
    return application


def load_application_in_process() -> Callable[..., Any]:
    """Import the WSGI application in one of the serving processes, which ends when its leader does."""
    lifeline.watch_parent()
    return load_application()

"""The web server: a small leading process, and a few that load the application and serve."""

import functools
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.synchronize import Event
from typing import Any

from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import lifeline

THREADS = 8  # in each process; fewer than its connection pool holds, so that no request waits for a connection


def serve(*, host: str, port: int, processes: int | None = None) -> None:
    """Serve the pages until told to stop; a process that dies is replaced.

    Raises `ConfigurationError` when the processes refuse to serve; each says why.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    refused = multiprocessing.Event()
    Granian(
        "bridgework",  # only a name: `load` gives the application
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes or min(2, os.cpu_count() or 1),
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
    ).serve(target_loader=functools.partial(load, refused), wrap_loader=False)
    if refused.is_set():
        raise ConfigurationError("The web server does not start.")


def load(refused: Event) -> Callable[..., Any]:
    """Load the application in a serving process, which ends when its leader does, and never serves as a role too strong."""
    from bridgework.ops import cli, installation, static_files

    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until the server sets its own, a forked process has its leader's
    lifeline.watch_parent()
    try:
        installation.start_django()
        installation.check_app_role()
        static_files.collect_if_changed()
    except cli.refusals() as problem:
        if not refused.is_set():
            refused.set()
            print(problem, file=sys.stderr, flush=True)
            os.kill(os.getppid(), signal.SIGTERM)
        raise SystemExit(1) from None
    from django.conf import settings
    from django.utils.module_loading import import_string

    application: Callable[..., Any] = import_string(settings.WSGI_APPLICATION)
    _spare_the_collector()
    return application


def _spare_the_collector() -> None:
    """Let the garbage collector leave alone what was loaded for good, and come less often: it made one page in twenty slow."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)

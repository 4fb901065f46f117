"""Folders for installations under test: reachable for the server's user, and removed with all that runs in them."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bridgework.ops.embedded_postgres import EmbeddedServer

NOBODY = 65534
IS_ROOT = os.geteuid() == 0


@contextlib.contextmanager
def fresh_folder() -> Iterator[Path]:
    """Make a folder that others may pass through (pytest's own are closed to them) and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bw-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def server_in(data: Path, *, is_durable: bool = False) -> Iterator[EmbeddedServer]:
    """Give the server of a data folder, which is removed afterwards."""
    server = EmbeddedServer(data, for_tests=not is_durable)
    try:
        yield server
    finally:
        server.remove()

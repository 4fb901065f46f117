"""Finds the database of an installation for a single command, and starts Django on it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import pid_file

if TYPE_CHECKING:  # loads the database's driver, which a process with DATABASE_URL may never need
    from bridgework.ops.embedded_postgres import Addresses

SETTINGS = "bridgework.config.settings"
KIND = "kind"  # the file that says whether a data folder holds a demo or real data


def use_running_database(data: Path) -> None:
    """Point this process at the database of a running installation, as the app role.

    Raises `ConfigurationError` when there is neither `DATABASE_URL` nor a running embedded server.
    """
    _use_folder(data)
    if os.environ.get("DATABASE_URL"):
        return
    from bridgework.ops.embedded_postgres import EmbeddedServer

    server = EmbeddedServer(data)
    if not server.is_running():
        raise ConfigurationError(
            f"The database in {data} is not running: start bin/bridgework up, or set DATABASE_URL."
        )
    _point_at(server.addresses())


@contextlib.contextmanager
def database(data: Path, *, as_owner: bool = False) -> Iterator[None]:
    """Point this process at the database, and start an embedded server for as long as the command lasts if need be."""
    _use_folder(data)
    if as_owner:
        os.environ["BRIDGEWORK_ROLE"] = "owner"
    if as_owner and os.environ.get("DATABASE_URL") and not os.environ.get("DATABASE_OWNER_URL"):
        raise ConfigurationError("Set DATABASE_OWNER_URL as well: the app role of DATABASE_URL may not change tables.")
    if os.environ.get("DATABASE_URL") or (as_owner and os.environ.get("DATABASE_OWNER_URL")):
        yield
        return
    from bridgework.ops.embedded_postgres import EmbeddedServer

    server = EmbeddedServer(data)
    was_running = server.is_running()
    _point_at(server.start())
    try:
        yield
    finally:
        if not was_running and not pid_file.is_held(data):
            server.stop()


def start_django() -> None:
    """Load the settings and all rooms."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


def check_app_role() -> None:
    """Refuse to go on when the role of `DATABASE_URL` could see or change more than its organization's rows.

    Raises `ConfigurationError` with every fault found and the script that mends them.
    """
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    from bridgework.access import roles

    faults = roles.check_app_role()
    refusal = roles.refusal(faults) if faults else ""
    connection = connections["default"]
    assert isinstance(connection, DatabaseWrapper)
    connection.close()
    connection.close_pool()  # none of its threads may be there when the web server forks
    if refusal:
        raise ConfigurationError(refusal)


def _use_folder(data: Path) -> None:
    """Point this process at a data folder; on a demo's, messages go to the sandbox phone whoever runs the command."""
    os.environ["BRIDGEWORK_DATA"] = str(data)
    kind = data / KIND
    if kind.exists() and kind.read_text(encoding="ascii") == "demo":
        os.environ.setdefault("BRIDGEWORK_MODE", "demo")


def _point_at(addresses: "Addresses") -> None:
    os.environ["DATABASE_URL"] = addresses.app_url
    if os.environ.get("BRIDGEWORK_ROLE") == "owner":
        os.environ["DATABASE_OWNER_URL"] = addresses.owner_url

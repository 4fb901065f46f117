"""Brings the tables up to date, as their owner."""

import hashlib
import subprocess
import sys
from pathlib import Path

import psycopg

from bridgework.lib.data_folder import CHECKOUT, ConfigurationError
from bridgework.ops import children, installation

STAMP = "migrated"


def migrate(*, verbosity: int = 0) -> None:
    """Apply what is missing; this process connects as the owner (`BRIDGEWORK_ROLE=owner`)."""
    installation.start_django()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)


def migrate_in_a_process_of_its_own(data: Path) -> None:
    """Do the same from a process that goes on as the app role."""
    done = subprocess.run([*children.command("migrate"), "--data", str(data)], check=False, stdout=sys.stderr)
    if done.returncode:
        raise ConfigurationError("The tables could not be brought up to date; the reason is above.")


def is_up_to_date(data: Path, owner_url: str) -> bool:
    """Say whether nothing changed, in the program or in the database, since `note` was called; this saves a second."""
    try:
        return (data / STAMP).read_text(encoding="ascii") == _fingerprint(owner_url)
    except (OSError, psycopg.Error):
        return False


def note(data: Path, owner_url: str) -> None:
    """Note that the tables are up to date now."""
    (data / STAMP).write_text(_fingerprint(owner_url), encoding="ascii")


def _fingerprint(owner_url: str) -> str:
    """Hash which migrations there are (ours by name, others' by the pinned versions) and which the database has."""
    ours = sorted(str(path) for path in CHECKOUT.glob("bridgework/*/migrations/*.py"))
    pinned = (CHECKOUT / "requirements" / "product.txt").read_text(encoding="utf-8")
    with psycopg.connect(owner_url) as connection:
        applied = connection.execute("select app, name from django_migrations order by app, name").fetchall()
    return hashlib.sha256(repr((ours, pinned, applied)).encode()).hexdigest()

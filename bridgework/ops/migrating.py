"""Brings the tables up to date, as their owner."""

import subprocess
import sys
from pathlib import Path

from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import children, installation


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

"""The user that PostgreSQL's programs run as: never root, for PostgreSQL refuses that."""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bridgework.lib.data_folder import ConfigurationError

NAMES = ("bridgework", "nobody")


@dataclass(frozen=True)
class ServerUser:
    """Who owns the cluster. `is_other` says that it is not the user of this process, which is root then."""

    uid: int
    gid: int
    is_other: bool


class ProgramFailed(Exception):
    """One of PostgreSQL's programs ended badly; the message ends with what it printed."""


def choose(cluster: Path) -> ServerUser:
    """Pick the user: ourselves, but for root the owner of a cluster made earlier, else `bridgework` or `nobody`."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid(), is_other=False)
    if cluster.exists():
        found = cluster.stat()
        return ServerUser(found.st_uid, found.st_gid, is_other=True)
    for name in NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(entry.pw_uid, entry.pw_gid, is_other=True)
    raise ConfigurationError(
        "PostgreSQL does not run as root and there is no user nobody: make a system user bridgework, or start as another user."
    )


def own(user: ServerUser, folder: Path) -> None:
    """Make a folder of ours private to the server's user."""
    if user.is_other:
        os.chown(folder, user.uid, user.gid)
    folder.chmod(0o700)


def can_reach(user: ServerUser, folder: Path) -> bool:
    """Try whether the server's user can write and run programs in a folder."""
    script = 'cd "$1" && printf "#!/bin/sh\\n" > .try && chmod 700 .try && ./.try; result=$?; rm -f .try; exit $result'
    try:
        run(user, ["/bin/sh", "-c", script, "sh", str(folder)])
    except ProgramFailed:
        return False
    return True


def run(user: ServerUser, argv: Sequence[str], *, timeout: int = 300) -> str:
    """Run a program as the server's user, with nothing of our environment, and return what it printed.

    Raises `ProgramFailed` when it does not end well.
    """
    identity = {"user": user.uid, "group": user.gid, "extra_groups": []} if user.is_other else {}
    surroundings = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
    with tempfile.TemporaryFile() as output:  # a file, because a pipe would stay open in the server that pg_ctl leaves
        try:
            done = subprocess.run(
                list(argv),
                cwd="/",
                env=surroundings,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                timeout=timeout,
                umask=0o077,
                check=False,
                **identity,  # type: ignore[call-overload]
            )
        except subprocess.TimeoutExpired:
            raise ProgramFailed(f"{Path(argv[0]).name} did not end within {timeout} seconds.") from None
        except OSError as problem:
            raise ProgramFailed(f"{Path(argv[0]).name} cannot be run: {problem.strerror}.") from None
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    if done.returncode:
        end = " / ".join(said.strip().splitlines()[-4:])
        raise ProgramFailed(f"{Path(argv[0]).name} failed: {end or 'it said nothing'}")
    return said

"""Where an embedded PostgreSQL lives, and its passwords: one small file in the data folder points to all of it."""

import hashlib
import json
import os
import secrets
import shutil
import stat
import tempfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import postmaster, server_user
from bridgework.ops.server_user import ServerUser

RECORD = "database.json"
ELSEWHERE = Path("/var/lib/bridgework")
LONGEST_SOCKET_PATH = 100  # bytes; the system allows 107 and PostgreSQL adds a lock file's ending
SOCKET_NAME = ".s.PGSQL.5432"
DATABASE = "bridgework"
OWNER_ROLE, APP_ROLE, SUPERUSER = "bridgework_owner", "bridgework_app", "postgres"


def _password() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Record:
    """What the data folder knows of its server. `is_prepared` says that the roles and the database were made."""

    home: str
    socket: str = ""
    superuser_password: str = field(default_factory=_password, repr=False)
    owner_password: str = field(default_factory=_password, repr=False)
    app_password: str = field(default_factory=_password, repr=False)
    is_prepared: bool = False

    def url(self, role: str, database: str = DATABASE) -> str:
        """Give the address of a role, with its password, over the unix socket."""
        passwords = {OWNER_ROLE: self.owner_password, APP_ROLE: self.app_password, SUPERUSER: self.superuser_password}
        return f"postgresql://{role}:{quote(passwords[role])}@/{database}?host={quote(self.socket)}"


def load(data: Path) -> Record | None:
    """Read the record of a data folder; None when no server was made there yet."""
    path = data / RECORD
    try:
        return Record(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except PermissionError:
        raise ConfigurationError(
            f"The data folder {data} belongs to another user: start as that user or choose another with --data."
        ) from None
    except (ValueError, TypeError):
        raise ConfigurationError(f"{path} is damaged; without its passwords the database cannot be opened.") from None


def save(data: Path, record: Record) -> None:
    """Write the record in one step, readable by its owner only."""
    handle, made = tempfile.mkstemp(dir=data)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(record), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(made, data / RECORD)


def make_data_folder(data: Path) -> None:
    """Make the data folder, private; a folder that exists is left as it is.

    Made by root, its group is that of the server's user, who may pass through it to the cluster and list nothing.
    """
    if any(sign in str(data) for sign in '"$`\\\n\r'):
        raise ConfigurationError(f"The path {str(data)!r} holds a sign that PostgreSQL's programs cannot bear.")
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        data.mkdir(mode=0o700)
        user = server_user.choose(data / "none yet")
        if user.is_other:
            os.chown(data, -1, user.gid)
            data.chmod(0o710)
    except FileExistsError:
        pass
    except OSError as problem:
        raise ConfigurationError(f"The data folder {data} cannot be made: {problem.strerror}.") from None
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        raise ConfigurationError(f"The data folder {data} cannot be written by this user: choose another with --data.")


def choose_home(data: Path, user: ServerUser) -> Path:
    """Make the folder of engine and cluster: in the data folder, or under `/var/lib` where the server's user gets to.

    That is needed when a folder above is closed to others, as root's home is. No folder above is ever opened for it.
    """
    near = data / "postgres"
    near.mkdir(exist_ok=True)
    server_user.own(user, near)
    if server_user.can_reach(user, near):
        return near
    near.rmdir()
    if not user.is_other:
        raise ConfigurationError(f"Programs cannot be run in {data}: choose another data folder with --data.")
    ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
    far = ELSEWHERE / hashlib.sha256(str(data).encode()).hexdigest()[:16]
    if far.exists():
        _set_aside(far)
    far.mkdir()
    server_user.own(user, far)
    if not server_user.can_reach(user, far):
        far.rmdir()
        raise ConfigurationError(f"PostgreSQL's user can reach neither {data} nor {far}: choose another data folder.")
    return far


def choose_socket(record: Record, user: ServerUser) -> str:
    """Give the folder of the socket, made if need be: beside the cluster, or a short private one when that is too long."""
    near = Path(record.home) / "socket"
    if len(os.fsencode(near / SOCKET_NAME)) < LONGEST_SOCKET_PATH:
        near.mkdir(exist_ok=True)
        server_user.own(user, near)
        return str(near)
    if record.socket and _is_private(Path(record.socket), user):
        return record.socket
    parent = "/run" if os.access("/run", os.W_OK) else "/tmp"  # noqa: S108 (mkdtemp makes a fresh private folder)
    made = Path(tempfile.mkdtemp(prefix="bridgework-", dir=parent))
    server_user.own(user, made)
    return str(made)


def with_socket(record: Record, socket: str) -> Record:
    """Give the record with another socket folder."""
    return replace(record, socket=socket)


def remove(data: Path, record: Record) -> None:
    """Delete cluster, engine, socket folder and record of a stopped server. The data are gone."""
    shutil.rmtree(record.home, ignore_errors=True)
    shutil.rmtree(record.socket, ignore_errors=True)
    (data / RECORD).unlink(missing_ok=True)


def _is_private(folder: Path, user: ServerUser) -> bool:
    """Say whether a folder found again is a real one, of the server's user, closed to all others."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == user.uid and stat.S_IMODE(found.st_mode) == 0o700


def _set_aside(home: Path) -> None:
    """Keep what a deleted data folder of the same path left behind, under the next free name."""
    postmaster.shut_down(home / "cluster")
    number = 1
    while (aside := home.with_name(f"{home.name}.{number}")).exists():
        number += 1
    home.rename(aside)

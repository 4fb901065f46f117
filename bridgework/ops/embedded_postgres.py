"""A private PostgreSQL in the data folder, so that nobody installs a database to run one office.

Its own small supervision over `initdb` and `pg_ctl`: the programs run as an ordinary user, listen on a unix socket only, and
ask for a password there. What the folder holds, and where, says `server_places`.
"""

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep

import psycopg
from psycopg import sql

from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import engine, postmaster, server_places, server_user
from bridgework.ops.server_places import APP_ROLE, DATABASE, OWNER_ROLE, SUPERUSER, Record
from bridgework.ops.server_user import ServerUser

START_SECONDS = 120
STOP_SECONDS = 60
ORPHAN_SECONDS = 15
BUILTIN_LOCALE_SINCE = 17

SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '"{socket}"'
max_connections = 100
shared_buffers = 64MB
effective_cache_size = 1GB
work_mem = 8MB
random_page_cost = 1.1
jit = off
max_logical_replication_workers = 0
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_truncate_on_rotation = on
log_error_verbosity = terse
log_min_error_statement = panic
"""
SETTINGS_FOR_TESTS = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nmax_connections = 200\n"


@dataclass(frozen=True)
class Addresses:
    """The addresses of the two roles: the app works with rows, the owner makes the tables."""

    app_url: str
    owner_url: str


class EmbeddedServer:
    """The server of one data folder.

    `for_tests` lets the owner create databases and gives up durability for speed. `binaries` names the folder of another
    PostgreSQL's programs (15 or later) in place of the embedded ones.
    """

    def __init__(self, data: Path, *, for_tests: bool = False, binaries: Path | None = None) -> None:
        self.data = data.absolute()
        self.for_tests = for_tests
        self.binaries = binaries

    def start(self) -> Addresses:
        """Start the server, made at the first call; one that runs already, or was left by a kill, is used or recovered."""
        server_places.make_data_folder(self.data)
        with self._alone():
            record = server_places.load(self.data) or self._choose_home()
            record = self._start_until_it_answers(record)
            if not record.is_prepared:
                _make_roles(record, may_create_databases=self.for_tests)
                record = replace(record, is_prepared=True)
                server_places.save(self.data, record)
        return _addresses(record)

    def stop(self) -> None:
        """Stop the server; open transactions are rolled back. Nothing happens when it does not run."""
        record = server_places.load(self.data)
        if record is None or not self.is_running():
            return
        with self._alone():
            try:
                self._control(record, "stop", "-m", "fast", "-w", "-t", str(STOP_SECONDS))
            except server_user.ProgramFailed:
                if self.is_running():
                    self._control(record, "stop", "-m", "immediate", "-w", "-t", str(STOP_SECONDS))

    def is_running(self) -> bool:
        """Say whether the postmaster of this cluster is alive."""
        record = server_places.load(self.data)
        return record is not None and postmaster.find(_cluster(record)) is not None

    def addresses(self) -> Addresses:
        """Give the addresses of a server that was started before."""
        record = server_places.load(self.data)
        if record is None:
            raise ConfigurationError(f"There is no database in {self.data} yet: start it with bin/bridgework up.")
        return _addresses(record)

    def recreate_database(self) -> None:
        """Throw the database away and make an empty one in its place; the server must run."""
        record = server_places.load(self.data)
        if record is None:
            return
        with psycopg.connect(record.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(DATABASE)))
        _make_roles(record, may_create_databases=self.for_tests)

    def remove(self) -> None:
        """Stop the server and delete everything it kept, also what lies outside of the data folder."""
        self.stop()
        record = server_places.load(self.data)
        if record is not None:
            server_places.remove(self.data, record)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one process at a time start or stop the server of this folder."""
        with open(self.data / "database.lock", "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _choose_home(self) -> Record:
        home = server_places.choose_home(self.data, server_user.choose(self.data / "none yet"))
        record = Record(home=str(home))
        server_places.save(self.data, record)
        return record

    def _programs(self, record: Record) -> Path:
        return self.binaries or engine.install(Path(record.home) / "engine")

    def _control(self, record: Record, *arguments: str) -> None:
        cluster = _cluster(record)
        argv = [str(self._programs(record) / "pg_ctl"), "-D", str(cluster), *arguments]
        server_user.run(server_user.choose(cluster), argv)

    def _start_until_it_answers(self, record: Record) -> Record:
        """Start the server unless it runs; one found running may be ending, or be recovering from a kill."""
        deadline = monotonic() + START_SECONDS
        while True:
            if not self.is_running():
                record = self._launch(record)
            try:
                psycopg.connect(record.url(SUPERUSER, "postgres"), connect_timeout=5).close()
                return record
            except psycopg.OperationalError as problem:
                if monotonic() > deadline:
                    raise ConfigurationError(f"The embedded PostgreSQL does not answer: {problem}") from None
                sleep(0.1)

    def _launch(self, record: Record) -> Record:
        """Make the cluster if there is none, write its settings, start it and wait until it answers."""
        user = server_user.choose(_cluster(record))
        if not _cluster(record).exists():
            if record.is_prepared:
                raise ConfigurationError(f"The database that was in {_cluster(record)} is gone: put the folder back.")
            _make_cluster(record, self._programs(record))
        record = replace(record, socket=server_places.choose_socket(record, user))
        server_places.save(self.data, record)
        socket = record.socket.replace("'", "''")
        settings = SETTINGS.format(socket=socket) + (SETTINGS_FOR_TESTS if self.for_tests else "")
        (_cluster(record) / "bridgework.conf").write_text(settings, encoding="utf-8")
        (_cluster(record) / "bridgework.conf").chmod(0o644)
        self._start_postmaster(record)
        return record

    def _start_postmaster(self, record: Record) -> None:
        """Start it; after a kill -9 its children may live on for a moment and hold the memory, so try again for a while."""
        cluster = _cluster(record)
        deadline = monotonic() + ORPHAN_SECONDS
        log = str(Path(record.home) / "start.log")
        while True:
            postmaster.clear_after_a_kill(cluster)
            try:
                return self._control(record, "-l", log, "-w", "-t", str(START_SECONDS), "start")
            except server_user.ProgramFailed as problem:
                if monotonic() > deadline:
                    raise ConfigurationError(
                        f"The embedded PostgreSQL does not start ({problem}); see {log}."
                    ) from None
                sleep(0.5)


def _cluster(record: Record) -> Path:
    return Path(record.home) / "cluster"


def _addresses(record: Record) -> Addresses:
    return Addresses(app_url=record.url(APP_ROLE), owner_url=record.url(OWNER_ROLE))


def _make_cluster(record: Record, programs: Path) -> None:
    """Run initdb beside the final place, so that a cluster is either whole or absent."""
    home = Path(record.home)
    user = server_user.choose(home / "cluster")
    fresh, password = home / "cluster.new", home / "password"
    server_user.run(user, ["rm", "-rf", str(fresh), str(password)])
    password.touch(mode=0o600)
    password.write_text(record.superuser_password, encoding="ascii")
    if user.is_other:
        os.chown(password, user.uid, user.gid)
    flags = [
        "--username",
        SUPERUSER,
        "--pwfile",
        str(password),
        "--auth",
        "scram-sha-256",
        "--encoding",
        "UTF8",
        "--data-checksums",
    ]
    try:
        server_user.run(user, [str(programs / "initdb"), "-D", str(fresh), *flags, *_locale(user, programs)])
    except server_user.ProgramFailed as problem:
        raise ConfigurationError(f"The database cannot be made in {home}: {problem}") from None
    finally:
        password.unlink()
    with (fresh / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\ninclude = 'bridgework.conf'\n")
    fresh.rename(home / "cluster")


def _locale(user: ServerUser, programs: Path) -> list[str]:
    """Sort by code point, the same everywhere; before 17 the C library's C.UTF-8 comes closest."""
    version = server_user.run(user, [str(programs / "postgres"), "--version"])  # postgres (PostgreSQL) 18.4
    if _major(version) < BUILTIN_LOCALE_SINCE:
        return ["--locale", "C.UTF-8"]
    return ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]


def _major(version: str) -> int:
    """Read the 18 of "postgres (PostgreSQL) 18.4" and of "... 18beta1"."""
    found = re.search(r"\) (\d+)", version)
    if found is None:
        raise ConfigurationError(f"These programs are not PostgreSQL's: they call themselves {version.strip()!r}.")
    return int(found[1])


def _make_roles(record: Record, *, may_create_databases: bool) -> None:
    """Make the two roles and the database, as far as they are missing; neither role is a superuser."""
    with psycopg.connect(record.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        passwords = {OWNER_ROLE: record.owner_password, APP_ROLE: record.app_password}
        for role, password in passwords.items():
            known = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
            verb = "alter" if known else "create"
            extra = "createdb" if role == OWNER_ROLE and may_create_databases else "nocreatedb"
            statement = f"{verb} role {{}} login nosuperuser nocreaterole nobypassrls {extra} password {{}}"
            connection.execute(sql.SQL(statement).format(sql.Identifier(role), sql.Literal(password)))
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            names = sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE)
            connection.execute(sql.SQL("create database {} owner {}").format(*names))

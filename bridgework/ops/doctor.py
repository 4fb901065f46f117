"""Looks at an installation and says, one line each, what is well and what is not, with the mend."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_POSTGRESQL = 150000
ROOM_BYTES = 1_000_000_000
STALLED_SECONDS = 30


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `mend` is what to do, empty when it is well."""

    about: str
    sentence: str
    mend: str = ""

    @property
    def is_well(self) -> bool:
        return not self.mend


def findings() -> Iterator[Finding]:
    """Look at everything in turn; what needs the database is left out when it does not answer.

    Configuration was read before, so a wrong setting never gets here.
    """
    from django.conf import settings

    yield Finding("configuration", f"{settings.MODE} mode, {settings.PUBLIC_URL}, data in {settings.ENVIRONMENT.data}.")
    database = _database()
    yield database
    if database.is_well:
        yield _roles()
        tables = _migrations()
        yield tables
        if tables.is_well:
            yield from (look() for look in (_queue, _replay, _seals))
    yield _storage()
    yield _email()


def _database() -> Finding:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('server_version_num')::int, current_setting('server_version')")
            number, name = cursor.fetchone() or (0, "")
    except DatabaseError as problem:
        said = (str(problem).strip().splitlines() or ["no reason given"])[0]
        return Finding("database", f"It does not answer ({said}).", "Start it, or correct DATABASE_URL.")
    mend = "" if number >= OLDEST_POSTGRESQL else "Use PostgreSQL 15 or later."
    return Finding("database", f"PostgreSQL {name} answers.", mend)


def _roles() -> Finding:
    from bridgework.access import roles

    faults = roles.check_app_role()
    if faults:
        return Finding("roles", " ".join(faults), "Take these rights away: docs/operate/own-postgresql.md says how.")
    return Finding("roles", "The app role owns nothing and row-level security binds it.")


def _migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return Finding("tables", f"{len(missing)} migrations are missing.", "Run bin/bridgework migrate.")
    return Finding("tables", "They are up to date.")


def _queue() -> Finding:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from procrastinate_jobs where status = 'todo' and coalesce(scheduled_at, now()) <= now()),"
            " (select count(*) from procrastinate_jobs where status = 'failed'),"
            " (select count(*) from procrastinate_workers"
            f"   where last_heartbeat > now() - interval '{STALLED_SECONDS} seconds')"
        )
        waiting, failed, workers = cursor.fetchone() or (0, 0, 0)
    sentence = f"{workers} workers, {waiting} jobs waiting, {failed} failed."
    if not workers:
        return Finding("queue", sentence, "Start bin/bridgework worker (up does it): nothing is sent without one.")
    mend = "Look at the worker's log for the reason, then retry or delete them." if failed else ""
    return Finding("queue", sentence, mend)


def _replay() -> Finding:
    """Fold the newest referrals of every organization again and compare them with what the lists show."""
    from bridgework.ops import replay_check

    compared, different = replay_check.compare()
    if different:
        said = f"{len(different)} of {compared} differ from their timeline, first {different[0]}."
        return Finding("referrals", said, "Report this with the version; the timeline is right, the list is not.")
    return Finding("referrals", f"{compared} looked at; the lists show what the timelines say.")


def _seals() -> Finding:
    from bridgework.ops import seal_check

    found = seal_check.look()
    sentence = f"{found.seals} seals fit, {found.waiting} events wait for one."
    if found.broken:
        sentence = f"{len(found.broken)} seals do not fit their events, first {found.broken[0]}."
        return Finding("audit", sentence, "Somebody changed the audit past the product: compare it with a backup.")
    return Finding("audit", sentence)


def _storage() -> Finding:
    from django.conf import settings

    data: Path = settings.ENVIRONMENT.data
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return Finding("storage", f"{data} cannot be written.", "Give the folder to the user that runs Bridgework.")
    free = shutil.disk_usage(data).free
    mend = "Make room: below this PostgreSQL may stop." if free < ROOM_BYTES else ""
    return Finding("storage", f"{data} can be written; {free // 1_000_000_000} GB are free.", mend)


def _email() -> Finding:
    from django.conf import settings

    from bridgework.channels.email import checks

    if settings.IS_PRETEND:
        return Finding("e-mail", "Messages go to the sandbox phone only, for this is no production.")
    if obstacle := checks.obstacle():
        return Finding("e-mail", obstacle)
    if fault := checks.server_fault():
        return Finding("e-mail", fault, "Correct BRIDGEWORK_EMAIL_URL.")
    return Finding("e-mail", "The server answers and lets us in.")

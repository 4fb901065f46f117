"""The test database: made and emptied by the owner, used by the app role, so that row-level security binds every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as hypothesis_settings

from bridgework.access.backend.base import DatabaseWrapper, guard

pytest_plugins = ["tests.cast"]

# A busy machine must not turn a property red: the answer counts, not how long one example took.
hypothesis_settings.register_profile("bridgework", deadline=None)
hypothesis_settings.load_profile("bridgework")

# Filled by migrations or owned by the machinery: a test may not leave anything in them.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def _become(role: dict[str, Any]) -> None:
    """Connect as `role` from now on; `settings_dict` is one dictionary for all threads."""
    database = cast(DatabaseWrapper, connection)
    database.close()
    if database.pool:
        database.close_pool()
    name = connection.settings_dict["NAME"]
    connection.settings_dict.update(role, NAME=name)
    settings.DATABASE_AS_OWNER = role is settings.OWNER
    connection.execute_wrappers.clear()
    if role is settings.APP:
        connection.execute_wrappers.append(guard)


def _owner_connection() -> psycopg.Connection[Any]:
    owner, name = settings.OWNER, connection.settings_dict["NAME"]
    return psycopg.connect(
        host=str(owner["HOST"]), port=str(owner["PORT"] or 5432), user=str(owner["USER"]), password=str(owner["PASSWORD"]),
        dbname=name, autocommit=True, options="-c lock_timeout=3s",
    )  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test inherit that a practice was set up: the rows of the one before are gone."""
    from bridgework.web.setup.gate import FirstRun

    monkeypatch.setattr(FirstRun, "is_set_up", False)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Make the test database as the owner, then hand it to the app role."""
    with django_db_blocker.unblock():
        _become(settings.OWNER)
        made = setup_databases(verbosity=0, interactive=False, aliases={"default": True}, serialized_aliases=set())
        owner = _owner_connection()
        rows = owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        tables = [name for (name,) in rows if name not in KEPT]
        _become(settings.APP)
    before = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def flush(_test: TransactionTestCase) -> None:
        connection.close()
        full = [name for name in tables if owner.execute(f'select from "{name}" limit 1').fetchone() is not None]
        if full:
            owner.execute("truncate " + ", ".join(f'"{name}"' for name in full) + " restart identity cascade")

    TransactionTestCase._fixture_teardown = flush  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = before  # type: ignore[attr-defined]
    owner.close()
    with django_db_blocker.unblock():
        _become(settings.OWNER)
        teardown_databases(made, verbosity=0)

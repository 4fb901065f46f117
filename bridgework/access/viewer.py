"""Who asks: the one organization that a request, job or call acts for.

The viewer lives as long as its transaction (`set_config(…, true)`), so that a pooled connection can never carry it
to the next request. Two settings are told to the database: the *viewer*, whose rows may be seen and written, and the
*starter*, the organization that began the transaction; only a starter who is a party may bring another organization
into a referral.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast
from uuid import UUID

from django.db import connection as default_connection
from django.db import transaction

from bridgework.access.backend.base import DatabaseWrapper, NoViewer

__all__ = ["NoViewer", "acting", "acting_for", "current", "remembered"]
T = TypeVar("T")


def _connection() -> DatabaseWrapper:
    return cast(DatabaseWrapper, default_connection)


def current() -> UUID:
    """Return the organization that this transaction acts for.

    Raises NoViewer outside `acting`.
    """
    if (viewer := _connection().viewer) is None:
        raise NoViewer("No viewer is set. Use viewer.acting(…).")
    return viewer


def is_set() -> bool:
    """Tell whether a viewer is set."""
    return _connection().viewer is not None


@contextmanager
def acting(organization_id: UUID) -> Iterator[UUID]:
    """Open the transaction of one organization. A second one inside raises RuntimeError."""
    with _as(organization_id, organization_id, durable=True):
        _connection().memory = {}
        yield organization_id


@contextmanager
def acting_for(organization_id: UUID) -> Iterator[UUID]:
    """Act for another party inside the running transaction; the former viewer comes back afterwards.

    Called from two places only: publishing a fact and holding an opening.
    """
    starter = _connection().starter
    if starter is None:
        raise NoViewer("Only somebody who acts already can act for another organization.")
    with _as(organization_id, starter, durable=False):
        yield organization_id


@contextmanager
def _as(viewer: UUID, starter: UUID, *, durable: bool) -> Iterator[None]:
    connection = _connection()
    before = connection.viewer, connection.starter
    with transaction.atomic(durable=durable):
        _tell(viewer, starter)
        connection.viewer, connection.starter = viewer, starter
        try:
            yield
        finally:
            connection.viewer, connection.starter = before
    # RELEASE SAVEPOINT keeps the inner setting, ROLLBACK TO restores the former one by itself.
    if connection.in_atomic_block:
        _tell(*before)


def remembered(key: Hashable, find: Callable[[], T]) -> T:
    """Return what `find` gave when this viewer first asked for `key` in the running transaction.

    For what every step of an action asks anew and none of them changes, such as an office's hours.
    """
    memory = _connection().memory
    mine = (current(), key)
    if mine not in memory:
        memory[mine] = find()
    return cast(T, memory[mine])


def _tell(viewer: UUID | None, starter: UUID | None) -> None:
    with _connection().cursor() as cursor:
        cursor.execute(
            "select set_config('app.viewer', %s, true), set_config('app.starter', %s, true)",
            [str(viewer or ""), str(starter or "")],
        )

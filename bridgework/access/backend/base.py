"""PostgreSQL engine whose every connection knows its viewer and refuses tenant tables without one.

Row-level security is the second net: it answers with no rows. This guard is the first, because it is loud
(docs/decisions/0005-row-level-security-and-two-roles.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.backends.postgresql import base as postgresql

from bridgework.access.tables import tenant_tables

_WORD = re.compile(r"[a-z_][a-z0-9_]*")


class NoViewer(RuntimeError):
    """A tenant table was asked for outside `viewer.acting(organization)`."""


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """A connection that carries the viewer: never a context variable, which threads and tasks would inherit."""

    viewer: UUID | None = None
    starter: UUID | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.memory: dict[Hashable, object] = {}  # viewer.remembered, emptied by every viewer.acting
        if not settings.DATABASE_AS_OWNER:
            self.execute_wrappers.append(guard)


def guard(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Refuse any statement that names a tenant's table while nobody acts; raises NoViewer."""
    connection = context["connection"]
    if connection.viewer is None:
        text = sql if isinstance(sql, str) else sql.as_string(connection.connection)
        hit = tenant_tables().intersection(_WORD.findall(text.lower()))
        if hit:
            raise NoViewer(f"No viewer is set, so {', '.join(sorted(hit))} cannot be read. Use viewer.acting(…).")
    return execute(sql, params, many, context)

"""Connections past the product: as the owner to fill tables, as the app role to run its statements bare."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence

import psycopg
from django.conf import settings
from django.db import connection, models

Link = psycopg.Connection[tuple[object, ...]]


def as_owner() -> Link:
    """Connect as the owner of the tables, whom the policies do not bind."""
    return _connect(settings.OWNER)


def as_app() -> Link:
    """Connect as the role that the product uses, under the policies."""
    return _connect(settings.APP)


def _connect(role: Mapping[str, object]) -> Link:
    link = psycopg.connect(
        host=str(role.get("HOST") or ""),
        port=str(role.get("PORT") or ""),
        user=str(role.get("USER") or ""),
        password=str(role.get("PASSWORD") or ""),
        dbname=str(connection.settings_dict["NAME"]),
        autocommit=True,
    )
    link.prepare_threshold = None  # as the product's own connections
    return link


def run_bare(link: Link, statements: Sequence[str]) -> None:
    """Send statements as they are and fetch what they answer."""
    with link.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.encode())
            if cursor.description:
                cursor.fetchall()


def copy_rows(link: Link, table: str, rows: Sequence[models.Model]) -> None:
    """Write unsaved rows of a model into a table with its columns, by COPY."""
    fields = [field for field in type(rows[0])._meta.concrete_fields if field.db_default is models.NOT_PROVIDED]
    columns = ", ".join(str(field.column) for field in fields)
    with link.cursor() as cursor, cursor.copy(f"copy {table} ({columns}) from stdin") as sink:
        for row in rows:
            sink.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])


@contextlib.contextmanager
def without_indexes(link: Link, *tables: str) -> Iterator[None]:
    """Take secondary indexes and foreign keys off while tables are filled; they are built again at the end, in one go."""
    again: list[str] = []
    for table in tables:
        keys = link.execute(
            "select conname, pg_get_constraintdef(oid) from pg_constraint"
            " where conrelid = %s::regclass and contype in ('f', 'u') order by contype desc, conname", [table]
        ).fetchall()  # fmt: skip
        again += [f"alter table {table} add constraint {name} {what}" for name, what in keys]
        for name, _ in reversed(keys):
            link.execute(f"alter table {table} drop constraint {name}")
        indexes = link.execute(
            "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index"
            " where indrelid = %s::regclass and not indisprimary", [table]
        ).fetchall()  # fmt: skip
        again[:0] = [str(what) for _, what in indexes]
        for name, _ in indexes:
            link.execute(f"drop index {name}")
    yield
    for statement in again:
        link.execute(statement)

"""Writing very many rows at once: COPY into a temporary table, then one INSERT … SELECT under the policies.

PostgreSQL refuses COPY into a row-secured table itself. Tens of thousands of rows a second go this way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model as the present viewer; database defaults and generated columns are left out.

    Raises LookupError when not every row arrived, and the database's errors when a policy refuses one.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = [field for field in model._meta.concrete_fields if field.db_default is models.NOT_PROVIDED]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    aside = connection.ops.quote_name(f"copied_{model._meta.db_table}")
    value_of = [_reader(field) for field in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"create temporary table if not exists {aside} on commit drop as select {names} from {table} limit 0"  # noqa: S608
        )
        with cursor.copy(f"copy {aside} ({names}) from stdin") as copy:
            for row in rows:
                copy.write_row([read(row) for read in value_of])
        cursor.execute(f"insert into {table} ({names}) select {names} from {aside}")  # noqa: S608
        if cursor.rowcount != len(rows):
            raise LookupError(f"{cursor.rowcount} of {len(rows)} rows of {model._meta.label} were written")
        cursor.execute(f"delete from {aside}")  # noqa: S608


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """Return what takes a field's value out of a row in a form that the driver can copy."""
    value = attrgetter(field.attname)
    return (lambda row: Jsonb(value(row))) if isinstance(field, models.JSONField) else value

"""Row-level security policies, written once beside each model's migration.

Policies call `app_viewer()` inside a scalar sub-select, so that PostgreSQL evaluates it once a statement.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

VIEWER = "(select app_viewer())"


def enable(table: str, *policies: str) -> RunSQL:
    """Return the operation that switches row-level security on for `table` and creates `policies`.

    Each policy is what follows `create policy`, without the table: `"own" using (…)` becomes
    `create policy own on table using (…)`.
    """
    statements = [f"alter table {table} enable row level security"]
    for policy in policies:
        name, _, rest = policy.partition(" ")
        statements.append(f"create policy {name} on {table} {rest}")
    return RunSQL(";\n".join(statements), RunSQL.noop)


def own(table: str, column: str = "organization_id") -> RunSQL:
    """Return the operation that shows and accepts only the viewer's own rows of `table`."""
    return enable(table, f"own using ({column} = {VIEWER}) with check ({column} = {VIEWER})")


def same_organization(table: str, column: str, target: str, *, viewer_column: str = "organization_id") -> RunSQL:
    """Return the operation that ties `column` to a row of the same organization in `target`.

    Foreign keys ignore row-level security; a composite key does not let a forged id of another tenant in.
    """
    name = f"{table}_{column}_same_org"
    return RunSQL(
        f"alter table {table} add constraint {name} foreign key ({viewer_column}, {column}) "
        f"references {target} (organization_id, id) deferrable initially deferred",
        RunSQL.noop,
    )


def append_only(table: str) -> RunSQL:
    """Return the operation that takes UPDATE and DELETE on `table` from the app role."""
    return RunSQL(f"select app_append_only('{table}')", RunSQL.noop)

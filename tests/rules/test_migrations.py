"""Migrations say all that the models say, in one line, and lean on no code that will change under them."""

import ast
import io

from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.rules.tree import Source, layers, parse, sources

# The writers of policies, which only write SQL and change by adding; the maker of keys, a default in every table.
MAY_IMPORT = {"bridgework.access", "bridgework.access.row_security", "bridgework.lib.ids"}


def app_imports(source: Source) -> list[str]:
    """List what a migration imports of the product beside the writers of policies."""
    found: list[str] = []
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names]
    return [name for name in found if name.startswith("bridgework.") and name not in MAY_IMPORT]


def test_models_and_migrations_agree(db: None) -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=said, no_color=True)
    except SystemExit:
        raise AssertionError(said.getvalue()) from None


def test_each_app_has_one_line_of_migrations() -> None:
    leaves = MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes()
    ours = [app for app, _ in leaves if app in layers()]
    assert sorted(ours) == sorted(set(ours))


def test_migrations_import_no_code_that_will_change() -> None:
    migrations = [source for source in sources() if source.is_migration]
    found = {source.path: names for source in migrations if (names := app_imports(source))}
    assert found == {}
    assert app_imports(parse("from bridgework.files.actions import keep")) == ["bridgework.files.actions"]

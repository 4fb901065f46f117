"""One organization never sees another's rows: every model, constraint, job and page is sorted, none is forgotten."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from bridgework.access.roles import check_app_role
from bridgework.access.tables import PUBLIC as PUBLIC_TABLES
from tests.cast import raw
from tests.rules.tree import Source, dotted, functions, parse, product

# Seen by every party through its own case; `organization_id` there, if any, says who wrote the row.
SHARED = {"referrals.Referral", "referrals.Entry", "referrals.PacketItem"}
# The directory: everyone who is signed in looks up where to refer; only the owner writes.
DIRECTORY = {"network.Organization", "network.Office", "network.Provider", "network.Affiliation"}
# A policy that shows rows of an organization to everyone who is signed in: (table, policy) -> why
OFFERED = {("scheduling_opening", "offered"): "open times are there for whoever refers"}
# No content of any organization. label -> why it needs no viewer
PUBLIC = {
    "access.Due": "finds work across organizations by ids alone",
    "accounts.User": "sign-in happens before anyone is a viewer",
}
# Addresses without a door of ours: the sign-in library's own, which are about one user and show nothing of any organization.
OPEN_ROUTES = {
    "account/" + route
    for route in (
        "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        "inactive/",
        "login/",
        "logout/",
        "password/change/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/done/",
        "signup/",
    )
}
# What a job may be told: ids, and the words that Procrastinate adds.
JOB_ARGUMENT = re.compile(r"^(id|ids|\w+_id|\w+_ids|kind|context|timestamp)$")


def ours() -> Iterator[type[models.Model]]:
    """Give every model of the product."""
    return (model for model in apps.get_models() if model.__module__.startswith("bridgework."))


def tenant_models() -> list[type[models.Model]]:
    """List the models whose every row belongs to one organization."""
    elsewhere = SHARED | DIRECTORY | set(PUBLIC)
    return [model for model in ours() if has_organization(model) and model._meta.label not in elsewhere]


def has_organization(model: type[models.Model]) -> bool:
    """Say whether a row of the model names an organization."""
    return any(getattr(field, "attname", "") == "organization_id" for field in model._meta.get_fields())


def job_arguments(source: Source) -> Iterator[tuple[int, str]]:
    """Give line and name of every argument that a task takes or is enqueued with."""
    for _, function in functions(source):
        decorators = [part.func if isinstance(part, ast.Call) else part for part in function.decorator_list]
        if any(dotted(decorator).rpartition(".")[2] == "task" for decorator in decorators):
            arguments = (*function.args.args, *function.args.kwonlyargs)
            yield from ((function.lineno, argument.arg) for argument in arguments)
    for node in source.nodes:
        if isinstance(node, ast.Call) and dotted(node.func).endswith("jobs.enqueue"):
            yield from ((node.lineno, keyword.arg or "**") for keyword in node.keywords)


def views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Give every route with its view."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def test_every_model_is_tenant_shared_directory_or_public() -> None:
    labels = {model._meta.label for model in ours()}
    named = SHARED | DIRECTORY | set(PUBLIC)
    assert labels - named - {model._meta.label for model in tenant_models()} == set(), (
        "give it an organization or sort it"
    )
    assert named - labels == set(), "gone: take it off the list"


def test_every_table_that_is_not_public_has_row_level_security_and_a_policy(db: None) -> None:
    secured = {
        str(table)
        for (table,) in raw(
            "select c.relname from pg_class c where c.relrowsecurity and not c.relforcerowsecurity"
            " and exists (select from pg_policy p where p.polrelid = c.oid)"
        )
    }
    needed = {model._meta.db_table for model in ours() if model._meta.label not in PUBLIC}
    assert needed - secured == set()


def test_every_policy_asks_for_the_viewer(db: None) -> None:
    silent = raw(
        "select tablename, policyname from pg_policies where schemaname = 'public' and tablename = any(string_to_array(%s, ','))"
        " and coalesce(qual, '') || coalesce(with_check, '') not like '%%app_viewer()%%'"
        " and coalesce(qual, '') || coalesce(with_check, '') not like '%%app_may_%%'",
        ",".join(model._meta.db_table for model in tenant_models()),
    )
    assert set(silent) == set(OFFERED)


def test_nobody_goes_around_the_policies(db: None) -> None:
    assert check_app_role() == []


def test_unique_constraints_of_tenants_begin_with_the_organization() -> None:
    wrong = []
    for model in tenant_models():
        wrong += [
            f"{model._meta.label}.{field.name}"
            for field in model._meta.fields
            if field.unique and not field.primary_key
        ]
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and first_column(constraint) != "organization":
                wrong.append(f"{model._meta.label}: {constraint.name}")
    assert wrong == [], "a unique check ignores row-level security and would tell of another's rows"


def first_column(constraint: models.UniqueConstraint) -> str:
    """Name the first field of a unique constraint, written as fields or as expressions."""
    if constraint.fields:
        return constraint.fields[0].removesuffix("_id")
    return str(getattr(constraint.expressions[0], "name", "")).removesuffix("_id")


def test_keys_between_tenant_tables_carry_the_organization(db: None) -> None:
    kept = {
        (str(table), str(column))
        for table, column in raw(
            "select c.conrelid::regclass::text, a.attname from pg_constraint c"
            " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)"
            " where c.contype = 'f' and cardinality(c.conkey) > 1 and exists (select from pg_attribute o"
            " where o.attrelid = c.confrelid and o.attnum = any(c.confkey) and o.attname = 'organization_id')"
        )
    }
    tenants = set(tenant_models())
    needed = {
        (model._meta.db_table, field.column)
        for model in tenants
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.related_model in tenants
    }
    assert needed - kept == set(), "add row_security.same_organization to the migration"


def test_jobs_are_told_ids_only() -> None:
    told = [
        f"{source.path}:{line} {name}"
        for source in product()
        for line, name in job_arguments(source)
        if not JOB_ARGUMENT.match(name)
    ]
    assert told == []
    bad = parse("@app.task(queue='q')\ndef send(address): ...\ndef f(): jobs.enqueue(send, text='x', row_id=1)")
    assert [name for _, name in job_arguments(bad) if not JOB_ARGUMENT.match(name)] == ["address", "text"]


def test_every_address_has_a_door_or_a_reason() -> None:
    doorless = {
        route
        for route, view in views(get_resolver().url_patterns)
        if getattr(view, "door", None) not in ("member", "guest", "public")
    }
    assert doorless - OPEN_ROUTES == set(), "wrap the view by a door of bridgework.web.doors"
    assert OPEN_ROUTES - doorless == set(), "gone or guarded now: take it off the list"


def test_the_guard_of_queries_lets_the_same_tables_pass() -> None:
    assert {apps.get_model(label)._meta.db_table for label in PUBLIC} == PUBLIC_TABLES


@pytest.mark.parametrize("label", sorted(PUBLIC))
def test_public_tables_hold_no_free_text(label: str) -> None:
    fields = {field.name for field in apps.get_model(label)._meta.fields}
    assert fields & {"name", "body", "text", "reason", "data", "note", "title"} <= {"name"}

"""Which tables belong to somebody, and the short list of those that do not."""

from __future__ import annotations

from functools import cache

from django.apps import apps

# Without rows of any organization's content: sign-in happens before anyone is a viewer, and due work is found
# across organizations by ids alone.
PUBLIC = frozenset({"accounts_user", "access_due"})


@cache
def tenant_tables() -> frozenset[str]:
    """Return the table of every model of ours that may only be read under a viewer."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("bridgework."))
    return frozenset(model._meta.db_table for model in ours) - PUBLIC

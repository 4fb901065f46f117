"""Grants, default privileges and the functions that policies ask. Runs before anything else makes a table."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations


def grant(apps: object, editor: object) -> None:
    app = editor.quote_name(settings.APP_ROLE)  # type: ignore[attr-defined]
    editor.execute(  # type: ignore[attr-defined]
        f"""
        grant usage on schema public to {app};
        revoke create on schema public from public;
        alter default privileges in schema public grant select, insert, update, delete on tables to {app};
        alter default privileges in schema public grant usage, select on sequences to {app};
        grant select on django_migrations to {app};

        create function app_viewer() returns uuid language sql stable parallel safe as
          $$ select nullif(current_setting('app.viewer', true), '')::uuid $$;
        create function app_starter() returns uuid language sql stable parallel safe as
          $$ select nullif(current_setting('app.starter', true), '')::uuid $$;

        create function app_transaction() returns bigint language sql volatile as
          $$ select pg_current_xact_id()::text::bigint $$;

        create function app_append_only(name text) returns void language plpgsql as $$
          begin execute format('revoke update, delete on %I from %I', name, '{settings.APP_ROLE}'); end $$;
        revoke execute on function app_append_only(text) from public;

        create function app_grant_execute(signature text) returns void language plpgsql as $$
          begin execute format('grant execute on function %s to %I', signature, '{settings.APP_ROLE}'); end $$;
        revoke execute on function app_grant_execute(text) from public;
        """,
        params=None,
    )


class Migration(migrations.Migration):
    initial = True
    run_before = [
        ("contenttypes", "0001_initial"),
        ("auth", "0001_initial"),
        ("sessions", "0001_initial"),
        ("account", "0001_initial"),
        ("procrastinate", "0001_initial"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

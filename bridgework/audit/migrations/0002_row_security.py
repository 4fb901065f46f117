"""Events and seals are an organization's own, and only ever added."""

from django.db import migrations

from bridgework.access import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
    ]
    operations = [
        row_security.own("audit_event"),
        row_security.own("audit_seal"),
        row_security.append_only("audit_event"),
        row_security.append_only("audit_seal"),
        migrations.RunSQL(
            """
            create function app_to_seal(below bigint) returns table (organization_id uuid)
            language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
              with recursive organizations(id) as (  -- a skip from one to the next, not a look at every event
                (select e.organization_id from audit_event e order by 1 limit 1)
                union all
                select (select e.organization_id from audit_event e where e.organization_id > o.id order by 1 limit 1)
                from organizations o where o.id is not null)
              select o.id from organizations o where o.id is not null and exists (
                select from audit_event e where e.organization_id = o.id and e.transaction < below
                  and e.transaction >= coalesce((select s.until_transaction from audit_seal s
                    where s.organization_id = o.id order by s.number desc limit 1), 0))
            $$;
            revoke execute on function app_to_seal(bigint) from public;
            select app_grant_execute('app_to_seal(bigint)');
            """,
            migrations.RunSQL.noop,
        ),
    ]

"""Who works where is an organization's own; sign-in asks one function for one person."""

from django.db import migrations

from bridgework.access import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]
    operations = [
        row_security.own("accounts_membership"),
        migrations.RunSQL(
            """
            create function app_memberships_of(person uuid)
            returns table (organization_id uuid, organization_name text, role text, office_id uuid)
            language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
              select m.organization_id, o.name, m.role, m.office_id
              from accounts_membership m
              join network_organization o on o.id = m.organization_id
              join accounts_user u on u.id = m.user_id
              where m.user_id = person and m.is_active and u.is_active
              order by o.name_key, o.id
            $$;
            revoke execute on function app_memberships_of(uuid) from public;
            select app_grant_execute('app_memberships_of(uuid)');
            """,
            migrations.RunSQL.noop,
        ),
    ]

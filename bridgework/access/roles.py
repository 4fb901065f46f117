"""Is the app role as weak as it must be? Asked before anything starts, by `doctor`, and by a test."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

# What row-level security cannot bind: each row of the answer is a fault.
_FAULTS = """
select 'The role ' || current_user || ' is a superuser or may bypass row-level security.'
  where (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
union all select 'The role ' || current_user || ' may become ' || rolname || ', who owns tables or bypasses security.'
  from pg_roles r where rolname <> current_user and pg_has_role(current_user, r.oid, 'MEMBER')
  and (rolsuper or rolbypassrls
       or exists (select from pg_class where relowner = r.oid and relnamespace = 'public'::regnamespace))
union all select 'The role ' || current_user || ' owns or may truncate ' || relname || '.'
  from pg_class where relkind in ('r', 'p', 'v', 'm') and relnamespace = 'public'::regnamespace
  and (relowner = current_user::regrole or has_table_privilege(oid, 'TRUNCATE'))
union all select 'The table ' || c.relname || ' has no row-level security.'
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
  where c.relkind in ('r', 'p') and not c.relrowsecurity and has_table_privilege(c.oid, 'SELECT')
  and c.relname <> 'access_due' and c.relnamespace = 'public'::regnamespace
union all select 'The view ' || relname || ' runs as its owner and would show every organization.'
  from pg_class where relnamespace = 'public'::regnamespace and has_table_privilege(oid, 'SELECT')
  and (relkind = 'm' or relkind = 'v' and not coalesce(reloptions::text like '%security_invoker=%', false))
"""

GRANT_SCRIPT = """\
create role bridgework_owner login password '…';
create role bridgework_app login password '…';
create database bridgework owner bridgework_owner;
-- DATABASE_OWNER_URL=postgresql://bridgework_owner:…@host/bridgework   (migrate only)
-- DATABASE_URL=postgresql://bridgework_app:…@host/bridgework           (everything else)
-- then run: bridgework migrate"""


def check_app_role() -> list[str]:
    """Return one sentence a fault of the role that the product connects as; an empty list is good."""
    with connection.cursor() as cursor:
        cursor.execute(_FAULTS)
        return [row[0] for row in cursor.fetchall()]


def refusal(faults: list[str]) -> str:
    """Return what to tell the person who started the product with a role that is too strong."""
    role = settings.APP_ROLE
    return "\n".join(
        [*faults, f"Bridgework does not start with the role {role}. Make two roles, like this:", GRANT_SCRIPT]
    )

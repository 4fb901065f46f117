"""The directory is read by everyone who is signed in; unlisted offices by whoever typed them in."""

from django.db import migrations

from bridgework.access import row_security

VIEWER = row_security.VIEWER
OURS = (
    f"organization_id = {VIEWER} or exists (select from network_organization o"
    f" where o.id = organization_id and o.made_by_id = {VIEWER} and not o.is_member)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0001_initial"),
    ]
    operations = [
        row_security.enable(
            "network_organization",
            f"read for select using (is_member or id = {VIEWER} or made_by_id = {VIEWER})",
            f"make for insert with check (id = {VIEWER} or (made_by_id = {VIEWER} and not is_member))",
            f"change for update using (id = {VIEWER} or (made_by_id = {VIEWER} and not is_member))",
        ),
        row_security.enable(
            "network_office",
            "read for select using (exists (select from network_organization o where o.id = organization_id))",
            f"make for insert with check ({OURS})",
            f"change for update using ({OURS})",
        ),
        row_security.enable(
            "network_affiliation",
            "read for select using (exists (select from network_organization o where o.id = organization_id))",
            f"make for insert with check ({OURS})",
            f"change for update using ({OURS})",
        ),
        row_security.enable(
            "network_provider",
            "read for select using (true)",
            f"make for insert with check (made_by_id = {VIEWER})",
            f"change for update using (made_by_id = {VIEWER})",
        ),
        row_security.same_organization("network_affiliation", "office_id", "network_office"),
    ]

"""An opening is its office's; while it is open everyone may see it."""

from django.db import migrations

from bridgework.access import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0001_initial"),
    ]
    operations = [
        row_security.own("scheduling_opening"),
        row_security.enable("scheduling_opening", "offered for select using (state = 'open')"),
        row_security.same_organization("scheduling_opening", "office_id", "network_office"),
    ]

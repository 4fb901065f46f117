"""Tasks are the own organization's."""

from django.db import migrations

from bridgework.access import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0001_initial"),
    ]
    operations = [
        row_security.own("worklist_task"),
    ]

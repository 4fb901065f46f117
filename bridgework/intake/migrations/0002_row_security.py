"""The Inbox is the own organization's."""

from django.db import migrations

from bridgework.access import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("files", "0002_row_security"),
    ]
    operations = [
        row_security.own("intake_inboxitem"),
        row_security.same_organization("intake_inboxitem", "original_id", "files_storedfile"),
    ]

"""Messages are the own organization's."""

from django.db import migrations

from bridgework.access import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("deliveries", "0001_initial"),
    ]
    operations = [
        row_security.own("deliveries_delivery"),
        row_security.own("deliveries_receivedmessage"),
    ]

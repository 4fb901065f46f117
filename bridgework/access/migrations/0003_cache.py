"""The cache table: sign-in rate limits count together in all processes."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps: object, editor: object) -> None:
    call_command("createcachetable", verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("access", "0002_due")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]

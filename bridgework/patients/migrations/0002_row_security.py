"""Charts are the own organization's, and so is everything that hangs on them."""

from django.db import migrations

from bridgework.access import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0001_initial"),
    ]
    operations = [
        row_security.own("patients_patient"),
        *(
            operation
            for table in ("patients_contact", "patients_guardian", "patients_historyitem", "patients_search")
            for operation in (
                row_security.own(table),
                row_security.same_organization(table, "patient_id", "patients_patient"),
            )
        ),
    ]

"""A file is its owner's; a share lets one more organization read it."""

from django.db import migrations

from bridgework.access import row_security

VIEWER = row_security.VIEWER


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
    ]
    operations = [
        row_security.enable(
            "files_fileshare",
            f"read for select using (organization_id = {VIEWER} or owner_id = {VIEWER})",
            f"make for insert with check (owner_id = {VIEWER})",
            f"take for delete using (owner_id = {VIEWER})",
        ),
        row_security.own("files_storedfile"),
        row_security.enable(
            "files_storedfile",
            "shared for select using (exists (select from files_fileshare s"
            f" where s.file_id = files_storedfile.id and s.organization_id = {VIEWER}))",
        ),
        row_security.same_organization("files_fileshare", "file_id", "files_storedfile", viewer_column="owner_id"),
    ]

"""A case is its organization's; a referral, its timeline and packet are seen through one's case.

Joining needs more than "my organization": a referral is joined by whoever makes it, or at the hand of a party
(`app_starter()`). Otherwise anybody who guesses an id could read it.
"""

from django.db import migrations

from bridgework.access import row_security

VIEWER = row_security.VIEWER


def party(referral: str, more: str = "") -> str:
    """Return the condition that the viewer has a case of `referral`."""
    return (
        "exists (select from referrals_case c"
        f" where c.referral_id = {referral} and c.organization_id = {VIEWER} {more})"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_initial"),
        ("patients", "0002_row_security"),
        ("files", "0002_row_security"),
    ]
    operations = [
        migrations.RunSQL(
            """
            create function app_may_join(wanted uuid) returns boolean
            language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
              select not exists (select from referrals_case where referral_id = wanted)
                or exists (select from referrals_case where referral_id = wanted and organization_id = app_starter())
            $$;
            revoke execute on function app_may_join(uuid) from public;
            select app_grant_execute('app_may_join(uuid)');
            """,
            migrations.RunSQL.noop,
        ),
        row_security.enable(
            "referrals_case",
            f"read for select using (organization_id = {VIEWER})",
            f"make for insert with check (organization_id = {VIEWER} and app_may_join(referral_id))",
            f"change for update using (organization_id = {VIEWER})"
            f" with check (organization_id = {VIEWER} and app_may_join(referral_id))",
        ),
        row_security.enable(
            "referrals_referral",
            f"read for select using ({party('referrals_referral.id')})",
            f"make for insert with check ({party('referrals_referral.id')})",
        ),
        row_security.enable(
            "referrals_entry",
            "read for select using ("
            f"(audience_id is null or audience_id = {VIEWER})"
            f" and {party('referrals_entry.referral_id', 'and (c.left_at is null or recorded_at <= c.left_at)')})",
            f"make for insert with check (organization_id = {VIEWER}"
            f" and (audience_id is null or audience_id = {VIEWER}) and {party('referrals_entry.referral_id')})",
        ),
        row_security.enable(
            "referrals_packetitem",
            "read for select using ("
            f"{party('referrals_packetitem.referral_id', 'and (c.left_at is null or attached_at <= c.left_at)')})",
            f"make for insert with check (organization_id = {VIEWER} and {party('referrals_packetitem.referral_id')})",
        ),
        row_security.append_only("referrals_referral"),
        row_security.append_only("referrals_entry"),
        row_security.append_only("referrals_packetitem"),
        row_security.same_organization("referrals_case", "patient_id", "patients_patient"),
        row_security.own("referrals_draft"),
        row_security.same_organization("referrals_draft", "patient_id", "patients_patient"),
        row_security.own("referrals_draftitem"),
        row_security.same_organization("referrals_draftitem", "draft_id", "referrals_draft"),
        row_security.same_organization("referrals_draftitem", "file_id", "files_storedfile"),
        row_security.same_organization("referrals_packetitem", "file_id", "files_storedfile"),
    ]

from dataclasses import replace

import pytest
from django.test import override_settings

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import doctor, organizations, replay_check, seal_check
from bridgework.ops.doctor import Finding
from bridgework.referrals.models import Case
from bridgework.referrals.tests.desk import send
from tests.cast import NOON, Cast


def by_subject() -> dict[str, Finding]:
    return {finding.about: finding for finding in doctor.findings()}


def test_healthy_installation_without_a_worker_needs_only_the_worker(cast: Cast) -> None:
    found = by_subject()
    assert list(found) == [
        "configuration", "database", "roles", "tables", "queue", "referrals", "audit", "storage", "e-mail",
    ]  # fmt: skip
    assert [about for about, finding in found.items() if not finding.is_well] == ["queue"]
    assert "bin/bridgework worker" in found["queue"].mend


def test_list_row_that_differs_from_its_timeline_is_found(cast: Cast) -> None:
    referral = send(cast.general, cast.surgery)
    assert replay_check.compare() == (2, [])
    with viewer.acting(cast.surgery.id):
        Case.objects.filter(organization_id=cast.surgery.id).update(no_shows=7)
    assert replay_check.compare() == (2, [referral.number])
    assert "timeline is right" in by_subject()["referrals"].mend


def test_events_wait_for_a_seal_and_are_counted(cast: Cast) -> None:
    before = seal_check.look()
    with viewer.acting(cast.general.id):
        audit.record("referral.viewed", by=cast.general.actor, at=NOON)
    assert seal_check.look() == replace(before, waiting=before.waiting + 1)


@override_settings(IS_PRETEND=False)
def test_no_mail_server_is_told_but_is_no_fault(db: None) -> None:
    finding = by_subject()["e-mail"]
    assert finding.is_well
    assert "BRIDGEWORK_EMAIL_URL" in finding.sentence


def test_organizations_are_found_by_slug_before_anybody_acts(cast: Cast) -> None:
    assert organizations.id_of("harbor-oral-surgery") == cast.surgery.id
    assert set(organizations.members()) == {cast.general.id, cast.surgery.id, cast.health_center.id, cast.outsider.id}
    with pytest.raises(ConfigurationError, match="nobody-here"):
        organizations.id_of("nobody-here")

"""Who is written to: the patient, the guardian, never a child by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bridgework.access import viewer
from bridgework.deliveries.models import Delivery
from bridgework.referrals.snapshot import Snapshot, SnapshotGuardian
from bridgework.referrals.tests.desk import ELENA, send
from tests.cast import Cast

CHILD = replace(ELENA, given="Mia", birth_date=date(2018, 5, 1))
MOTHER = SnapshotGuardian(name="Ana Marquez", relation="mother", phone="+15035550199", email="ana@example.org")


@pytest.fixture(autouse=True)
def pretend(settings: object) -> None:
    settings.IS_PRETEND = True  # type: ignore[attr-defined]


def written(cast: Cast) -> list[tuple[str, str]]:
    with viewer.acting(cast.general.id):
        rows = Delivery.objects.filter(purpose="patient_notice").order_by("id")
        return list(rows.values_list("recipient", "address"))


def test_an_adult_is_written_to(cast: Cast) -> None:
    send(cast.general, cast.surgery)
    assert written(cast) == [("Elena Marquez", "+15035550148")]


def test_the_guardian_is_written_to_about_a_child(cast: Cast) -> None:
    send(cast.general, cast.surgery, patient=CHILD, snapshot=Snapshot(may_text=True, guardian=MOTHER))
    assert written(cast) == [("Ana Marquez", "+15035550199")]


def test_a_child_without_a_guardian_is_not_written_to(cast: Cast) -> None:
    send(cast.general, cast.surgery, patient=CHILD, snapshot=Snapshot(may_text=True))
    assert written(cast) == []


def test_without_consent_to_texts_an_email_is_sent(cast: Cast) -> None:
    send(cast.general, cast.surgery, snapshot=Snapshot(may_text=False))
    assert written(cast) == [("Elena Marquez", "elena@example.org")]

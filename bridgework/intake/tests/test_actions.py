"""What arrives is kept once, whatever is in it, and becomes one referral on a day that can be."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bridgework.access import viewer
from bridgework.intake import actions
from bridgework.intake.actions import Arrival, CannotConfirm, NoSuchItem
from bridgework.intake.fields import from_json
from bridgework.intake.models import InboxItem
from bridgework.patients.models import Patient
from bridgework.referrals.models import Referral
from bridgework.referrals.projection import clocks_of
from bridgework.referrals.tests.desk import story_of
from tests.cast import NOON, Cast, Member

FIELDS: dict[str, Any] = {
    "patient": {"family": "Marquez", "given": "Elena", "birth_date": "1968-03-04"},
    "referrer": {"provider": "Dr. Hannah Cole", "office": "Elm Street Dental"},
    "specialty": "oral_surgery",
    "reason": "Cracked lower left 6",
    "teeth": ["19"],
    "referred_date": "2026-03-01",
}


def arrival(**changes: Any) -> Arrival:
    plain = Arrival(
        name="note.json", content=b"{}", came_by="file", format="fhir", kind="referral", identity="1", fields=FIELDS
    )
    return replace(plain, **changes)


def take_in(member: Member, **changes: Any) -> InboxItem:
    with viewer.acting(member.id):
        return actions.take_in(arrival(**changes), by=member.actor, at=NOON).item


def confirm(member: Member, item: InboxItem) -> Referral:
    with viewer.acting(member.id):
        return actions.confirm(item_id=item.id, by=member.actor, at=NOON + timedelta(hours=1))


@pytest.mark.parametrize(
    ("day", "tells"),
    [
        ("2026-03-01", "2026-03-01"),
        ("0001-01-01", "2026-03-03"),
        ("2031-01-01", "2026-03-03"),
        ("", "2026-03-03"),
        ("last week", "2026-03-03"),
    ],
)
def test_a_referral_happened_on_the_documents_day_if_it_can_be(cast: Cast, day: str, tells: str) -> None:
    referral = confirm(cast.surgery, take_in(cast.surgery, fields={**FIELDS, "referred_date": day}))
    sent_at = story_of(cast.surgery, referral.id).standing.sent_at
    assert sent_at is not None
    assert str(sent_at.date()) == tells


def test_the_clock_of_a_late_letter_runs_from_its_arrival(cast: Cast) -> None:
    referral = confirm(cast.surgery, take_in(cast.surgery, fields={**FIELDS, "referred_date": "2020-01-14"}))
    standing = story_of(cast.surgery, referral.id).standing
    with viewer.acting(cast.surgery.id):
        running = {clock.kind: clock for clock in clocks_of(standing, "receiver", NOON + timedelta(hours=2))}
    assert running["accept"].due_at > NOON
    assert running["contact"].due_at > NOON


def test_confirmed_twice_it_is_one_referral_and_one_chart(cast: Cast) -> None:
    item = take_in(cast.surgery)
    assert confirm(cast.surgery, item) == confirm(cast.surgery, item)
    with viewer.acting(cast.surgery.id):
        assert (Referral.objects.count(), Patient.objects.count()) == (1, 1)


def test_what_is_missing_is_named_and_nothing_is_written(cast: Cast) -> None:
    item = take_in(cast.surgery, fields={**FIELDS, "patient": {}, "referrer": {}})
    with pytest.raises(CannotConfirm, match="add the patient's name and who refers first"):
        confirm(cast.surgery, item)
    with viewer.acting(cast.surgery.id):
        assert (Referral.objects.count(), Patient.objects.count()) == (0, 0)


def test_what_is_set_aside_is_brought_back_before_it_is_confirmed(cast: Cast) -> None:
    item = take_in(cast.surgery)
    with viewer.acting(cast.surgery.id):
        actions.set_aside(item_id=item.id, by=cast.surgery.actor, at=NOON)
    with pytest.raises(NoSuchItem, match="Bring it back first"):
        confirm(cast.surgery, item)
    with viewer.acting(cast.surgery.id):
        actions.bring_back(item_id=item.id, by=cast.surgery.actor, at=NOON)
    assert confirm(cast.surgery, item).patient_family == "Marquez"


def test_an_item_of_another_office_is_not_there(cast: Cast) -> None:
    item = take_in(cast.surgery)
    with pytest.raises(NoSuchItem):
        confirm(cast.general, item)


@pytest.mark.parametrize("nasty", ["\x00", "\ud800", "a\x00b\udfff", "\u202e", "é" * 5000])
def test_a_document_may_hold_any_character(cast: Cast, nasty: str) -> None:
    fields = {**FIELDS, "reason": f"x{nasty}y", "patient": {"family": f"Marquez{nasty[:50]}"}, "warnings": [nasty]}
    sections = ({"title": nasty, "code": "", "text": nasty},)
    item = take_in(cast.surgery, fields=fields, sections=sections, name=f"{nasty[:80]}.json", identity=nasty)
    with viewer.acting(cast.surgery.id):
        kept = InboxItem.objects.get(id=item.id)
    assert from_json(kept.fields).reason[0] == "x"
    assert json.dumps(kept.fields).count("\\u0000") == 0
    assert confirm(cast.surgery, item).patient_family.startswith("Marquez")

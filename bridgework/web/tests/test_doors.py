"""For whom a person works: chosen among their own organizations only, and every page and row follows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bridgework.access import viewer
from bridgework.accounts.models import Membership, Role
from bridgework.lib.ids import uuid7
from bridgework.patients import actions as patients
from bridgework.patients.particulars import Particulars
from bridgework.referrals.tests.desk import send
from tests.cast import NOON, Cast, Member

SWITCH = "/settings/switch"


@pytest.fixture
def both(cast: Cast, client: Client) -> Client:
    """A browser of somebody who coordinates at the general office and answers the phone at the surgery."""
    with viewer.acting(cast.surgery.id):
        Membership.objects.create(organization=cast.surgery.organization, user=cast.general.user, role=Role.FRONT_DESK)
    client.force_login(cast.general.user)
    to(client, cast.general)
    return client


def to(client: Client, member: Member) -> Any:
    return client.post(SWITCH, {"organization": str(member.id)}, follow=True)


def page(client: Client, name: str, *ids: object) -> str:
    return client.get(reverse(name, args=ids)).content.decode()


def a_patient(member: Member, family: str) -> str:
    with viewer.acting(member.id):
        given = Particulars(family=family, given="Alex")
        return str(patients.make_patient(particulars=given, by=member.actor, at=NOON).id)


def test_pages_and_rows_follow_the_organization(cast: Cast, both: Client) -> None:
    ours, theirs = a_patient(cast.general, "Ourson"), a_patient(cast.surgery, "Theirsen")
    send(cast.general, cast.surgery)
    for member, here, elsewhere, hers in (
        (cast.general, "Ourson", "Theirsen", (ours, theirs)),
        (cast.surgery, "Theirsen", "Ourson", (theirs, ours)),
        (cast.general, "Ourson", "Theirsen", (ours, theirs)),
    ):
        said = to(both, member).content.decode()
        assert f"You work for {member.organization.name} now." in said
        found = page(both, "patients:list")
        assert here in found
        assert elsewhere not in found
        statuses = [both.get(reverse("patients:page", args=[patient])).status_code for patient in hers]
        assert statuses == [200, 404]
    assert "New to accept" not in page(both, "worklist:today")
    to(both, cast.surgery)
    assert "New to accept" in page(both, "worklist:today")


def test_what_is_written_belongs_to_the_organization_one_works_for(cast: Cast, both: Client) -> None:
    to(both, cast.surgery)
    both.post(reverse("network:unlisted"), {
        "practice-name": "Cedar Dental", "practice-kind": "general", "place-name": "Cedar Dental",
        "place-zone": "America/Los_Angeles", "reached-reached_by": "phone", "reached-phone": "(503) 555-0177",
    })  # fmt: skip
    assert "Cedar Dental" in page(both, "network:directory")
    to(both, cast.general)
    assert "Cedar Dental" not in page(both, "network:directory")


def test_role_is_that_of_the_organization(cast: Cast, both: Client) -> None:
    referral_id = send(cast.general, cast.surgery).id
    note = reverse("referrals:do", args=[referral_id, "complete_consult"])
    assert both.get(reverse("network:new")).status_code == 200
    to(both, cast.surgery)
    assert both.get(reverse("network:new")).status_code == 403
    assert both.get(note).status_code == 403


def test_menu_offers_the_own_organizations_and_no_other(cast: Cast, both: Client) -> None:
    said = page(both, "worklist:today")
    assert "Work as" in said
    assert f'value="{cast.surgery.id}"' in said
    assert str(cast.outsider.id) not in said
    alone = Client()
    alone.force_login(cast.outsider.user)
    assert "Work as" not in page(alone, "worklist:today")


@pytest.mark.parametrize("forged", ["", "x", "\x00", "' or true --", "00000000-0000-0000-0000-000000000000"])
def test_forged_organization_is_refused_and_nothing_changes(cast: Cast, both: Client, forged: str) -> None:
    for wanted in (forged, str(cast.outsider.id), str(cast.health_center.id).upper()):
        assert both.post(SWITCH, {"organization": wanted}).status_code == 404
    assert cast.general.organization.name in page(both, "worklist:today")


def test_switching_takes_a_press(both: Client) -> None:
    assert both.get(SWITCH).status_code == 405


@pytest.mark.parametrize("planted", ["outsider", "unknown", "nonsense"])
def test_session_that_names_a_strangers_organization_opens_the_own(cast: Cast, both: Client, planted: str) -> None:
    wanted = {"outsider": str(cast.outsider.id), "unknown": str(uuid7()), "nonsense": "x"}[planted]
    session = both.session
    session["organization"] = wanted
    session.save()
    said = both.get("/", follow=True).content.decode()
    assert cast.outsider.organization.name not in said
    assert cast.general.organization.name in said or cast.surgery.organization.name in said


def test_who_leaves_the_chosen_organization_is_back_in_the_other_at_the_next_click(cast: Cast, both: Client) -> None:
    theirs = a_patient(cast.surgery, "Theirsen")
    to(both, cast.surgery)
    with viewer.acting(cast.surgery.id):
        Membership.objects.filter(user=cast.general.user).update(is_active=False)
    told = both.post(reverse("patients:new"), {"family": "Lost"}, follow=True).content.decode()
    assert "You do not work for that practice any more. This is Maple Street Family Dental." in told
    assert "Lost" not in page(both, "patients:list")
    assert both.get(reverse("patients:page", args=[theirs])).status_code == 404
    assert "Work as" not in page(both, "worklist:today")


def test_organization_chosen_by_one_person_is_not_the_next_ones(cast: Cast, both: Client) -> None:
    to(both, cast.surgery)
    both.post("/account/logout/")
    both.force_login(cast.health_center.user)
    assert cast.health_center.organization.name in page(both, "worklist:today")

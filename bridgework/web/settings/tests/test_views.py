import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bridgework.access import viewer
from bridgework.accounts import queries
from bridgework.accounts.models import Membership, Role, User
from bridgework.accounts.queries import PersonRow
from bridgework.network.models import Organization
from tests.cast import Cast

SAM = {"name": "Sam Lee", "email": "sam@maple.example.org", "role": "front_desk", "office": ""}


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    with viewer.acting(cast.general.id):
        Membership.objects.filter(user=cast.general.user).update(role=Role.EVERYONE)
    client.force_login(cast.general.user)
    return client


def people(cast: Cast) -> dict[str, PersonRow]:
    with viewer.acting(cast.general.id):
        return {person.name: person for person in queries.people()}


def invited(cast: Cast, desk: Client) -> UUID:
    desk.post(reverse("settings:invite"), SAM)
    return people(cast)["Sam Lee"].membership_id


def test_administrator_invites_a_person_who_chooses_a_password_by_link(
    cast: Cast, desk: Client, client: Client
) -> None:
    page = desk.post(reverse("settings:invite"), SAM, follow=True).content.decode()
    assert "Sam Lee has no password yet." in page
    membership_id = people(cast)["Sam Lee"].membership_id
    shown = desk.post(reverse("settings:password_link", args=[membership_id]))
    assert shown["Cache-Control"] == "private, no-store"
    link = re.search(r"http://[^/]+(/account/[^ <]+)", shown.content.decode())
    assert link is not None
    fresh = Client()
    chosen = fresh.get(link[1], follow=True)
    address = chosen.redirect_chain[-1][0]
    answer = fresh.post(address, {"password1": "a-fine-long-secret-7", "password2": "a-fine-long-secret-7"})
    assert answer.status_code == 302
    assert User.objects.get(email=SAM["email"]).check_password("a-fine-long-secret-7")
    assert (
        "has a password"
        in desk.post(reverse("settings:password_link", args=[membership_id]), follow=True).content.decode()
    )


def test_invitation_sent_twice_is_one_and_mistakes_are_told(cast: Cast, desk: Client) -> None:
    invited(cast, desk)
    again = desk.post(reverse("settings:invite"), SAM)
    assert (again.status_code, "works here already" in again.content.decode()) == (422, True)
    for wrong, sentence in (
        ({"email": "nobody"}, "Enter an e-mail address"),
        ({"name": ""}, "This field is required."),
        ({"role": "owner"}, "Select a valid choice"),
        ({"office": str(cast.surgery.office.id)}, "Select a valid choice"),
    ):
        page = desk.post(reverse("settings:invite"), SAM | {"email": "b@example.org"} | wrong)
        assert (page.status_code, sentence in page.content.decode()) == (422, True), wrong
    assert len(people(cast)) == 2


def test_role_is_changed_and_access_ended_and_given_back(cast: Cast, desk: Client) -> None:
    membership_id = invited(cast, desk)
    page = reverse("settings:person", args=[membership_id])
    desk.post(page, {"role": "clinician", "office": str(cast.general.office.id)})
    assert people(cast)["Sam Lee"].role == "clinician"
    for is_active in (False, True):
        desk.post(reverse("settings:leave", args=[membership_id]))
        assert people(cast)["Sam Lee"].is_active is is_active


def test_last_person_who_manages_people_cannot_leave(cast: Cast, desk: Client) -> None:
    own = people(cast)[cast.general.user.name].membership_id
    page = desk.post(reverse("settings:leave", args=[own]), follow=True).content.decode()
    assert "Somebody must stay who can manage people." in page
    page = desk.post(reverse("settings:person", args=[own]), {"role": "clinician", "office": ""}).content.decode()
    assert "Somebody must stay who can manage people." in page


def test_practice_is_renamed(cast: Cast, desk: Client) -> None:
    data = {"name": "Maple Street Dental Group", "kind": "specialist", "specialty": "endodontics"}
    assert desk.post(reverse("settings:practice"), data).status_code == 302
    with viewer.acting(cast.general.id):
        assert Organization.objects.get(id=cast.general.id).specialty == "endodontics"
    assert desk.post(reverse("settings:practice"), data | {"name": " "}).status_code == 422


def test_person_of_two_practices_switches_and_nobody_switches_to_a_strangers(cast: Cast, desk: Client) -> None:
    assert desk.post(reverse("settings:switch"), {"organization": str(cast.surgery.id)}).status_code == 404
    with viewer.acting(cast.surgery.id):
        Membership.objects.create(organization=cast.surgery.organization, user=cast.general.user, role=Role.COORDINATOR)
    answer = desk.post(reverse("settings:switch"), {"organization": str(cast.surgery.id)})
    assert answer["Location"] == reverse("worklist:today")
    assert "Harbor Oral Surgery" in desk.get(reverse("network:directory")).content.decode()
    with viewer.acting(cast.surgery.id):
        Membership.objects.filter(user=cast.general.user).update(is_active=False)
    page = desk.get(reverse("settings:home"), follow=True).content.decode()
    assert "This is Maple Street Family Dental." in page, "back in the practice where they still work"


def test_outsider_and_front_desk_see_no_people(cast: Cast, desk: Client) -> None:
    membership_id = invited(cast, desk)
    outsider = Client()
    outsider.force_login(cast.outsider.user)
    assert outsider.get(reverse("settings:people")).status_code == 403
    with viewer.acting(cast.outsider.id):
        Membership.objects.filter(user=cast.outsider.user).update(role=Role.ADMINISTRATOR)
    assert "Sam Lee" not in outsider.get(reverse("settings:people")).content.decode()
    assert outsider.get(reverse("settings:person", args=[membership_id])).status_code == 404
    for name in ("settings:leave", "settings:password_link", "settings:person"):
        assert outsider.post(reverse(name, args=[membership_id]), {"role": "everyone", "office": ""}).status_code == 404
    assert people(cast)["Sam Lee"].is_active


def test_people_take_few_statements_whatever_their_number(cast: Cast, desk: Client) -> None:
    counts = []
    for count in (1, 8):
        for n in range(count):
            desk.post(reverse("settings:invite"), SAM | {"email": f"p{count}{n}@example.org"})
        with CaptureQueriesContext(connection) as taken:
            desk.get(reverse("settings:people"))
        counts.append(len(taken))
    assert counts[0] == counts[1] <= 20

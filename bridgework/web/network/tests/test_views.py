import re
from datetime import date, time
from html import unescape

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bridgework.access import viewer
from bridgework.accounts.models import Membership, Role
from bridgework.lib.ids import uuid7
from bridgework.network import actions
from bridgework.network.listing import Place, Practice
from bridgework.network.models import Affiliation, Office, Provider
from bridgework.web.network.forms import Hours
from tests.cast import NOON, Cast

UNLISTED = {
    "practice-name": "Elm Street Dental", "practice-kind": "general", "practice-specialty": "",
    "place-name": "Elm Street Dental", "place-street": "14 Elm St", "place-city": "Salem", "place-state": "OR",
    "place-postal_code": "97301", "place-zone": "America/Los_Angeles",
    "reached-phone": "", "reached-fax": "503 555 0189", "reached-email": "", "reached-reached_by": "fax",
}  # fmt: skip
OWN = {name: value for name, value in UNLISTED.items() if not name.startswith("practice")} | {
    "reached-reached_by": "portal", "hours-monday": "8-12, 1-5", "hours-friday": "8:30 to 14:00",
    "calendar-closed_dates": "12/24/2026\r\n12/31/2026", "calendar-report_days": "3",
}  # fmt: skip


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.general.user)
    return client


def make_offices(cast: Cast, count: int) -> None:
    with viewer.acting(cast.general.id):
        for n in range(count):
            name = f"Alder {n:02}"
            place = Place(name=name, city="Salem", phone="5035550188", reached_by="phone")
            actions.add_unlisted_office(practice=Practice(name=name), place=place, by=cast.general.actor, at=NOON)


def office_of(cast: Cast, name: str) -> Office:
    with viewer.acting(cast.general.id):
        return Office.objects.get(name=name)


def test_unlisted_office_is_added_once_and_can_be_referred_to(cast: Cast, desk: Client) -> None:
    data = UNLISTED | {"practice-key": str(uuid7())}
    page = desk.post(reverse("network:unlisted"), data, follow=True).content.decode()
    for shown in ("Elm Street Dental is in your directory.", "No account", "(503) 555-0189", "Refer a patient", "Fax"):
        assert shown in page, shown
    desk.post(reverse("network:unlisted"), data)
    assert office_of(cast, "Elm Street Dental").city == "Salem"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"practice-name": ""}, "This field is required."),
        ({"reached-fax": "12"}, "Enter the fax number with its area code"),
        ({"reached-fax": ""}, "Enter the fax number by which the office wants to be told."),
        ({"reached-reached_by": "portal"}, "Select a valid choice"),
        ({"place-postal_code": "973"}, "five digits"),
        ({"place-zone": "Mars/Olympus"}, "Select a valid choice"),
    ],
)
def test_mistake_is_told_beside_its_field(cast: Cast, desk: Client, wrong: dict[str, str], sentence: str) -> None:
    page = desk.post(reverse("network:unlisted"), UNLISTED | wrong)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "14 Elm St" in page.content.decode()
    with viewer.acting(cast.general.id):
        assert not Office.objects.filter(city="Salem").exists()


def test_own_office_is_changed_with_its_hours_and_way(cast: Cast, desk: Client) -> None:
    url = reverse("network:edit", args=[cast.general.office.id])
    page = desk.post(url, OWN | {"place-name": "Maple East"}, follow=True).content.decode()
    for shown in (
        "Maple East",
        "8 AM to 12 PM, 1 PM to 5 PM",
        "Tuesday to Thursday",
        "Closed",
        "Dec 24",
        "within 3 working",
    ):
        assert shown in page, shown
    office = office_of(cast, "Maple East")
    assert office.weekly_hours == {"0": [["08:00", "12:00"], ["13:00", "17:00"]], "4": [["08:30", "14:00"]]}
    assert office.closed_dates == ["2026-12-24", "2026-12-31"]


def test_office_form_unchanged_changes_nothing(cast: Cast, desk: Client) -> None:
    before = office_of(cast, cast.general.office.name)
    url = reverse("network:edit", args=[before.id])
    page = desk.get(url).content.decode()
    shown = {
        found[1]: unescape((re.search(r'value="([^"]*)"', tag) or ["", ""])[1])
        for tag in re.findall(r"<input[^>]*>", page)
        if (found := re.search(r'name="([^"]+-[^"]+)"', tag)) and ("radio" not in tag or "checked" in tag)
    }
    data = shown | {"place-zone": before.zone, "calendar-closed_dates": ""}
    assert desk.post(url, data).status_code == 302
    after = office_of(cast, before.name)
    assert {name: value for name, value in vars(after).items() if name != "_state"} == {
        name: value for name, value in vars(before).items() if name != "_state"
    }


def test_second_office_is_added_once(cast: Cast, desk: Client) -> None:
    data = OWN | {"place-name": "Maple West", "place-key": str(uuid7())}
    first, second = (desk.post(reverse("network:new"), data) for _ in range(2))
    assert first["Location"] == second["Location"] == reverse("network:office", args=[office_of(cast, "Maple West").id])


def test_provider_joins_once_and_leaves(cast: Cast, desk: Client) -> None:
    url = reverse("network:add_provider", args=[cast.general.office.id])
    data = {
        "given": "Ingrid",
        "family": "Lindqvist",
        "npi": "1234567890",
        "works_from": "1/2/2026",
        "key": str(uuid7()),
    }
    assert "typing mistake" in desk.post(url, data).content.decode()
    for _ in range(2):
        assert desk.post(url, data | {"npi": ""}).status_code == 302
    with viewer.acting(cast.general.id):
        provider = Provider.objects.get()
        affiliation = Affiliation.objects.get(provider=provider)
        assert affiliation.works_from == date(2026, 1, 2)
    page = desk.post(reverse("network:provider_left", args=[affiliation.id]), follow=True).content.decode()
    assert "Today is the last day" in page
    with viewer.acting(cast.general.id):
        assert Affiliation.objects.get().works_until is not None


def test_directory_is_searched_and_goes_on(cast: Cast, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_offices(cast, 5)
    monkeypatch.setattr("bridgework.web.network.pages.PAGE", 3)
    url = reverse("network:directory")
    first = desk.get(url, {"q": "alder"}).content.decode()
    onward = re.search(r'href="([^"]+after=[^"]+)"', first)
    assert onward is not None
    second = desk.get(unescape(onward[1])).content.decode()
    assert re.findall(r">(Alder \d\d)</a>", first) == ["Alder 00", "Alder 01", "Alder 02"]
    assert re.findall(r">(Alder \d\d)</a>", second) == ["Alder 03", "Alder 04"]
    assert "Harbor Oral Surgery" in desk.get(url, {"specialty": "oral_surgery"}).content.decode()
    assert desk.get(url, {"q": "<script>'\x00", "specialty": "x", "after": "~~"}).status_code == 200


def test_outsider_sees_members_but_changes_nothing_and_finds_no_unlisted_office(cast: Cast, client: Client) -> None:
    make_offices(cast, 1)
    client.force_login(cast.outsider.user)
    assert "Alder" not in client.get(reverse("network:directory")).content.decode()
    unlisted = office_of(cast, "Alder 00")
    for office in (unlisted, cast.surgery.office):
        for name in ("network:edit", "network:add_provider"):
            assert client.get(reverse(name, args=[office.id])).status_code == 404
            assert client.post(reverse(name, args=[office.id]), OWN).status_code == 404
    assert client.get(reverse("network:office", args=[unlisted.id])).status_code == 404
    member = client.get(reverse("network:office", args=[cast.surgery.office.id])).content.decode()
    assert "Harbor Oral Surgery" in member
    assert reverse("network:edit", args=[cast.surgery.office.id]) not in member
    assert client.post(reverse("network:provider_left", args=[uuid7()])).status_code == 404


def test_front_desk_adds_unlisted_offices_but_does_not_change_the_practice(cast: Cast, desk: Client) -> None:
    with viewer.acting(cast.general.id):
        Membership.objects.filter(user=cast.general.user).update(role=Role.FRONT_DESK)
    assert desk.get(reverse("network:unlisted")).status_code == 200
    assert desk.get(reverse("network:edit", args=[cast.general.office.id])).status_code == 403
    assert desk.get(reverse("network:new")).status_code == 403


def test_nobody_is_sent_to_another_site_after_adding(cast: Cast, desk: Client) -> None:
    for onward, goes_there in (("https://evil.example/", False), ("//evil.example/", False), ("/referrals/", True)):
        answer = desk.post(f"{reverse('network:unlisted')}?next={onward}", UNLISTED)
        assert (answer["Location"] == onward) == goes_there


def test_pages_take_few_statements_whatever_the_size(cast: Cast, desk: Client) -> None:
    counts = []
    for count in (1, 12):
        make_offices(cast, count)
        with CaptureQueriesContext(connection) as taken:
            desk.get(reverse("network:directory"))
        counts.append(len(taken))
    assert counts[0] == counts[1] <= 20
    with CaptureQueriesContext(connection) as taken:
        desk.get(reverse("network:office", args=[cast.surgery.office.id]))
    assert len(taken) <= 20


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("8-5", [(time(8), time(17))]),
        ("8-12, 1-5", [(time(8), time(12)), (time(13), time(17))]),
        ("8:30am to 12 pm; 13:00–17:30", [(time(8, 30), time(12)), (time(13), time(17, 30))]),
        ("6:30-2", [(time(6, 30), time(14))]),
        ("12-8", [(time(12), time(20))]),
        ("01:00-05:00", [(time(1), time(5))]),
        ("closed", []),
        ("", []),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, hours: list[tuple[time, time]]) -> None:
    assert Hours(required=False).clean(typed) == hours


@pytest.mark.parametrize("typed", ["mornings", "8", "8-", "25-26", "8:99-9", "8-9-10", "<script>"])
def test_hours_that_cannot_be_read_are_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        Hours(required=False).clean(typed)

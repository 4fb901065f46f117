import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bridgework.access import viewer
from bridgework.accounts import first_run, queries
from bridgework.accounts.models import User
from bridgework.lib import clock
from bridgework.network.models import Office, Organization
from bridgework.network.offices import hours_of
from bridgework.web.setup import views
from tests.cast import Cast, raw

ALDER = {
    "practice": "Alder Dental",
    "kind": "general",
    "specialty": "",
    "city": "Salem",
    "state": "OR",
    "zone": "America/Los_Angeles",
    "name": "Ana Alder",
    "email": "ana@alder.example.org",
    "password": "quiet-copper-lantern",
    "again": "quiet-copper-lantern",
    "role": "everyone",
}
SETUP = "/setup"


@pytest.mark.parametrize("address", ["/", "/account/login/", "/account/password/reset/", "/referrals/", "/nowhere"])
def test_every_page_of_a_fresh_installation_leads_to_the_first(db: None, client: Client, address: str) -> None:
    for method in (client.get, client.post):
        assert method(address)["Location"] == SETUP
    page = client.get(SETUP)
    assert (page.status_code, "Set up your practice" in page.content.decode()) == (200, True)


def test_cookie_of_an_earlier_installation_leads_there_too(db: None, client: Client) -> None:
    client.cookies["sessionid"] = "of-another-time"
    assert client.get("/", follow=True).redirect_chain[-1][0] == SETUP


def test_health_is_told_before_anything_is_set_up(db: None, client: Client) -> None:
    assert [client.get(address).status_code for address in ("/livez", "/readyz")] == [200, 200]


def test_practice_is_set_up_in_one_go_and_its_first_person_is_on_today(db: None, client: Client) -> None:
    today = client.post(SETUP, ALDER, follow=True)
    assert today.redirect_chain == [("/", 302)]
    said = today.content.decode()
    assert "Welcome to Bridgework" in said
    assert "Alder Dental is set up." in said
    for name in ("referrals:new", "network:unlisted", "settings:invite"):
        assert f'href="{reverse(name)}"' in said
    assert said.count("btn fill") == 1
    (row,) = queries.memberships_of(User.objects.get(email="ana@alder.example.org").id)
    assert row.role == "everyone"
    with viewer.acting(row.organization_id):
        office = Office.objects.get()
        assert (office.name, office.city, office.zone) == ("Alder Dental", "Salem", "America/Los_Angeles")
        assert hours_of(office.id).weekly[0] != ()
        assert 5 not in hours_of(office.id).weekly
    for follow_up in ("referrals:list", "settings:people", "network:directory", "patients:list"):
        assert client.get(reverse(follow_up)).status_code == 200


def test_specialist_is_taught_to_receive(db: None, client: Client) -> None:
    kind = {"kind": "specialist", "specialty": "oral_surgery", "role": "administrator"}
    said = client.post(SETUP, ALDER | kind, follow=True).content.decode()
    filled = re.search(r'<a class="btn fill" href="([^"]+)"', said)
    assert filled is not None
    assert filled[1] == reverse("network:unlisted")


def test_afterwards_there_is_nothing_there(cast: Cast, client: Client) -> None:
    before = raw("select count(*) from accounts_user")
    assert client.get(SETUP).status_code == 404
    assert client.post(SETUP, ALDER).status_code == 404
    assert client.get("/")["Location"].startswith("/account/login")
    assert raw("select count(*) from accounts_user") == before


def test_second_of_two_people_is_told_that_it_is_done(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form was open when somebody else sent theirs: what it asked first is not true any more."""
    monkeypatch.setattr(first_run, "is_set_up", lambda: False)
    answer = client.post(SETUP, ALDER)
    assert (answer.status_code, views.TOO_LATE in answer.content.decode()) == (409, True)
    assert "sessionid" not in client.cookies
    assert not User.objects.filter(email="ana@alder.example.org").exists()


def test_the_question_is_not_asked_again_once_it_was_answered(cast: Cast, client: Client) -> None:
    client.get("/account/login/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/account/login/")
    assert [query["sql"] for query in asked if "network_organization" in query["sql"]] == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"practice": " "}, "This field is required."),
        ({"practice": "\u202e"}, 'aria-describedby="id_practice_error"'),
        ({"name": "\u202e"}, 'aria-describedby="id_name_error"'),
        ({"kind": "casino"}, "Select a valid choice"),
        ({"kind": "specialist"}, "Choose what you specialize in."),
        ({"city": ""}, "This field is required."),
        ({"zone": ""}, "This field is required."),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"email": "ana"}, "Enter an e-mail address"),
        ({"name": ""}, "This field is required."),
        ({"again": "something-else-long"}, "The two passwords are not the same."),
        ({"password": "short", "again": "short"}, "at least 12 characters"),
        ({"password": "1q2w3e4r5t6y", "again": "1q2w3e4r5t6y"}, "too common"),
        ({"role": "front_desk"}, "Select a valid choice"),
    ],
)
def test_mistake_is_told_and_nothing_is_kept(db: None, client: Client, wrong: dict[str, str], sentence: str) -> None:
    answer = client.post(SETUP, ALDER | wrong)
    said = answer.content.decode()
    assert (answer.status_code, sentence in said) == (422, True), said
    assert 'value="ana@alder.example.org"' in said or "email" in wrong, "what was typed stays"
    assert "quiet-copper-lantern" not in said, "but never the password"
    assert not first_run.is_set_up()
    assert User.objects.count() == 0


def test_empty_post_is_checked(db: None, client: Client) -> None:
    assert client.post(SETUP).status_code == 422


def test_form_from_elsewhere_is_refused(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SETUP, ALDER).status_code == 403
    assert not first_run.is_set_up()
    strict.get(SETUP)
    token = strict.cookies["csrftoken"].value
    assert strict.post(SETUP, ALDER | {"csrfmiddlewaretoken": token}).status_code == 302


def test_session_begins_anew_with_the_first_sign_in(db: None, client: Client) -> None:
    client.session.save()
    client.cookies["sessionid"] = before = client.session.session_key or ""
    client.post(SETUP, ALDER)
    assert client.cookies["sessionid"].value not in ("", before)
    assert client.cookies["sessionid"]["max-age"] == "", "it ends with the browser, like any other"


def test_what_was_done_is_written_down_by_who_did_it(db: None, client: Client) -> None:
    client.post(SETUP, ALDER)
    user = User.objects.get()
    (row,) = queries.memberships_of(user.id)
    with viewer.acting(row.organization_id):
        assert raw("select distinct actor_id from audit_event") == [(str(user.id),)]
        assert Organization.objects.get(id=row.organization_id).made_at <= clock.now()

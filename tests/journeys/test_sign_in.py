"""Signing in and out over the real forms: who gets in, who does not, and what ends a session."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from bridgework.access import viewer
from bridgework.accounts import password_links
from bridgework.accounts.models import Membership, Role, User
from bridgework.channels.email.tests.smtp_server import Inbox, running
from bridgework.config import jobs
from tests.cast import PASSWORD, Cast, raw

LOGIN, RESET = "/account/login/", "/account/password/reset/"
WRONG, WAIT = "The email or the password is wrong.", "Too many attempts"
FRESH = "quiet-copper-lantern"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def gets_in(client: Client, email: str, password: str = PASSWORD) -> bool:
    return sign_in(client, email, password).status_code == 302 and is_in(client)


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


@pytest.fixture
def email(cast: Cast) -> str:
    return cast.general.user.email


# --- getting in


def test_right_password_leads_to_today(email: str, client: Client) -> None:
    assert sign_in(client, email)["Location"] == "/"
    assert is_in(client)


def test_address_may_be_written_in_any_case_with_spaces(email: str, client: Client) -> None:
    assert gets_in(client, f" {email.upper()} ")


def test_wrong_password_and_unknown_person_are_told_the_same(email: str, client: Client) -> None:
    answers = [sign_in(client, email, "not it"), sign_in(client, "nobody@example.org", "not it")]
    for answer in answers:
        assert answer.status_code == 200
        assert WRONG in answer.content.decode()
    pages = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers]
    assert pages[0] == pages[1]
    assert not is_in(client)


@pytest.mark.parametrize("data", [{}, {"login": "x"}, {"password": "x"}, {"login": "\x00", "password": "\x00"}])
def test_incomplete_form_is_asked_again(email: str, client: Client, data: dict[str, str]) -> None:
    answer = client.post(LOGIN, data)
    assert answer.status_code == 200
    assert "Please look at" in answer.content.decode()


def test_page_that_was_wanted_is_opened_afterwards(email: str, client: Client) -> None:
    asked = client.get("/patients/?q=el")["Location"]
    assert asked == f"{LOGIN}?next=/patients/%3Fq%3Del"
    page = client.get(asked).content.decode()
    assert 'name="next" value="/patients/?q=el"' in page
    assert sign_in(client, email, PASSWORD, query_params={"next": "/patients/?q=el"})["Location"] == "/patients/?q=el"


def test_form_sent_after_the_session_ended_is_not_sent_again(email: str, client: Client) -> None:
    assert client.post("/settings/switch")["Location"] == f"{LOGIN}?next=/"
    part = client.post("/patients/new", headers={"HX-Request": "true"})
    assert (part.status_code, part.content) == (401, b"Sign in again.")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "http://localhost:9999/",
        "\thttps://evil.example",
    ],
)
def test_nobody_is_led_to_another_host(email: str, client: Client, elsewhere: str) -> None:
    page = client.get(LOGIN, {"next": elsewhere}).content.decode()
    assert not re.search(r'(href|action)="[^"]*(evil|javascript:|9999)', page)
    for answer in (
        client.post(LOGIN, {"login": email, "password": PASSWORD, "next": elsewhere}),
        client.get(LOGIN, {"next": elsewhere}),  # signed in already
        client.post("/account/logout/", {"next": elsewhere}),
    ):
        assert answer.status_code == 302
        assert answer["Location"] in ("/", LOGIN)


def test_form_of_another_site_is_refused(email: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, email).status_code == 403
    strict.get(LOGIN)
    token = strict.cookies["csrftoken"].value
    assert strict.post(LOGIN, {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}).status_code == 302
    assert strict.cookies["csrftoken"].value != token, "the token, too, begins anew"


def test_nobody_signs_up(cast: Cast, client: Client) -> None:
    before = User.objects.count()
    data = {"email": "new@example.org", "password1": FRESH, "password2": FRESH}
    for answer in (client.get("/account/signup/"), client.post("/account/signup/", data)):
        assert "Accounts are made by your practice" in answer.content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize(
    "address", ["email/", "password/set/", "confirm-email/", "reauthenticate/", "login/code/confirm/"]
)
def test_what_the_product_does_not_offer_is_not_there(email: str, client: Client, address: str) -> None:
    sign_in(client, email)
    assert client.get(f"/account/{address}").status_code == 404


# --- the session


def test_session_begins_anew_at_sign_in(email: str, client: Client) -> None:
    session = client.session
    session["organization"] = "left by somebody"
    session.save()
    before = client.cookies["sessionid"].value
    assert gets_in(client, email)
    assert client.cookies["sessionid"].value != before
    planted = Client()
    planted.cookies["sessionid"] = before
    assert not is_in(planted)


def test_session_cookie_is_not_for_scripts_or_other_sites_and_ends_with_the_browser(email: str, client: Client) -> None:
    sign_in(client, email)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Lax", "", "")
    assert client.session.get_expiry_age() <= 12 * 3600


def test_signing_out_takes_a_press_not_a_look(email: str, client: Client) -> None:
    sign_in(client, email)
    kept = client.cookies["sessionid"].value
    assert client.get("/account/logout/").status_code == 200
    assert is_in(client)
    assert client.post("/account/logout/")["Location"] == LOGIN
    assert not is_in(client)
    stolen = Client()
    stolen.cookies["sessionid"] = kept
    assert not is_in(stolen), "nor does the old cookie help"


def test_person_who_was_switched_off_is_out_at_the_next_click(cast: Cast, email: str, client: Client) -> None:
    sign_in(client, email)
    User.objects.filter(email=email).update(is_active=False)
    assert client.get("/")["Location"].startswith(LOGIN)
    assert client.post("/patients/new", {"family": "X"})["Location"].startswith(LOGIN)
    assert sign_in(client, email)["Location"] == "/account/inactive/"
    assert "This account is closed" in client.get("/account/inactive/").content.decode()
    assert not is_in(client)


def test_person_who_left_is_out_at_the_next_click(cast: Cast, email: str, client: Client) -> None:
    sign_in(client, email)
    with viewer.acting(cast.general.id):
        Membership.objects.filter(user=cast.general.user).update(is_active=False)
    for answer in (client.get("/"), client.post("/patients/new", {"family": "X"})):
        assert (answer.status_code, "You do not belong to a practice yet" in answer.content.decode()) == (403, True)


def test_changed_role_holds_at_the_next_click(cast: Cast, email: str, client: Client) -> None:
    sign_in(client, email)
    assert client.get("/settings/").status_code == 403
    with viewer.acting(cast.general.id):
        Membership.objects.filter(user=cast.general.user).update(role=Role.ADMINISTRATOR)
    assert client.get("/settings/").status_code == 200


def test_joining_another_practice_moves_nobody_in_the_middle_of_their_work(
    cast: Cast, email: str, client: Client
) -> None:
    sign_in(client, email)
    with viewer.acting(cast.surgery.id):  # its name comes first
        Membership.objects.create(organization=cast.surgery.organization, user=cast.general.user, role=Role.FRONT_DESK)
    assert f"<b>{cast.general.organization.name}</b>" in client.get("/").content.decode()


# --- guessing


def test_guessing_one_account_is_stopped_and_the_right_password_waits_too(email: str, client: Client) -> None:
    for _ in range(5):
        assert WRONG in sign_in(client, email, "guess").content.decode()
    for password in ("guess", PASSWORD):
        stopped = sign_in(client, email, password)
        assert (stopped.status_code, WAIT in stopped.content.decode()) == (429, True)
    assert not is_in(client)


def test_guessing_an_account_that_does_not_exist_looks_the_same(email: str, client: Client) -> None:
    codes = [sign_in(client, "nobody@example.org", "guess").status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


def test_others_sign_in_meanwhile(cast: Cast, email: str, client: Client) -> None:
    for _ in range(6):
        sign_in(client, email, "guess")
    assert gets_in(Client(), cast.surgery.user.email)


@pytest.mark.parametrize(
    "varied",
    [lambda n: {"HTTP_HOST": f"localhost:{8000 + n}"}, lambda n: {"REMOTE_ADDR": f"192.0.2.{n}"}],
    ids=["port", "address"],
)
def test_neither_another_port_nor_another_address_gives_more_guesses(
    email: str, client: Client, varied: Callable[[int], dict[str, str]]
) -> None:
    codes = [sign_in(client, email, "guess", **varied(n)).status_code for n in range(1, 7)]
    assert codes == [200] * 5 + [429]


def test_what_a_visitor_says_of_their_address_is_not_believed(email: str, client: Client) -> None:
    codes = [
        sign_in(client, f"{n}@example.org", "guess", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
        for n in range(1, 12)
    ]
    assert codes == [200] * 10 + [429]


def test_behind_a_proxy_each_visitor_is_counted_alone(email: str, client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(1, 12):
        said = f"203.0.113.{n}, 192.0.2.1"  # the first is the visitor's word, the last the proxy's
        answer = sign_in(client, f"{n}@example.org", "guess", headers={"X-Forwarded-For": said})
    assert answer.status_code == 429
    assert sign_in(client, email, headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 302


def test_who_signs_in_rightly_many_times_is_not_stopped(email: str) -> None:
    assert all(gets_in(Client(), email) for _ in range(12))


# --- passwords


@pytest.fixture
def mail(settings: Any) -> Iterator[Inbox]:
    """A real mail server on loopback."""
    inbox = Inbox()
    with running(inbox) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        yield inbox


def work() -> None:
    """Do what the pages left to the worker, and take it out of the queue."""
    for job_id, args in raw("select id, args from procrastinate_jobs where task_name = %s", password_links.SEND):
        jobs.send_password_link(**json.loads(str(args)))
        raw("delete from procrastinate_jobs where id = %s", job_id)


def link_in(mail: Inbox) -> str:
    (message,) = mail.messages
    found = re.search(r"http://localhost:8000(/account/password/reset/key/\S+)", str(message.get_payload()))
    assert found is not None
    return found[1]


def choose(client: Client, link: str, password: str = FRESH) -> Any:
    opened = client.get(link, follow=True)
    assert link not in opened.redirect_chain[-1][0], "the address that is shown and kept holds no key"
    return client.post(opened.redirect_chain[-1][0], {"password1": password, "password2": password})


def test_forgotten_password_is_replaced_by_a_link_that_works_once(email: str, client: Client, mail: Inbox) -> None:
    elsewhere = Client()
    assert gets_in(elsewhere, email)
    asked = client.post(RESET, {"email": email.upper()}, follow=True)
    assert "Look in your mail" in asked.content.decode()
    assert mail.messages == [], "no page waits for the mail server"
    work()
    assert mail.messages[0]["To"] == email
    link = link_in(mail)
    assert choose(client, link).status_code == 302
    assert not is_in(elsewhere), "other computers are signed out"
    assert not gets_in(client, email, PASSWORD)
    assert gets_in(client, email, FRESH)
    again = Client().get(link, follow=True)
    assert "This link does not work any more" in again.content.decode()


def test_new_password_ends_the_waiting_after_wrong_ones(email: str, client: Client, mail: Inbox) -> None:
    for _ in range(6):
        sign_in(client, email, "guess")
    client.post(RESET, {"email": email})
    work()
    choose(client, link_in(mail))
    assert gets_in(client, email, FRESH)


def test_weak_password_is_refused(email: str, client: Client, mail: Inbox) -> None:
    client.post(RESET, {"email": email})
    work()
    answer = choose(client, link_in(mail), "short")
    assert (answer.status_code, "at least 12 characters" in answer.content.decode()) == (200, True)
    assert gets_in(client, email, PASSWORD)


def test_link_leads_to_the_configured_address_whatever_the_request_calls_it(
    email: str, client: Client, mail: Inbox
) -> None:
    client.post(RESET, {"email": email}, headers={"Host": "localhost:6666"})
    work()
    assert "6666" not in str(mail.messages[0])
    assert link_in(mail)


def test_unknown_and_closed_accounts_get_no_mail_and_the_page_does_not_tell(
    cast: Cast, email: str, client: Client, mail: Inbox
) -> None:
    cast.surgery.user.is_active = False
    cast.surgery.user.save()
    pages = {
        client.post(RESET, {"email": address}, follow=True).content
        for address in (email, "nobody@example.org", cast.surgery.user.email)
    }
    assert len(pages) == 1
    work()
    assert [message["To"] for message in mail.messages] == [email]


def test_link_of_a_person_closed_meanwhile_is_not_sent(email: str, client: Client, mail: Inbox) -> None:
    client.post(RESET, {"email": email})
    User.objects.filter(email=email).update(is_active=False)
    work()
    assert mail.messages == []


def test_asking_for_links_is_limited(email: str, client: Client) -> None:
    codes = [client.post(RESET, {"email": email}).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]


def test_job_knows_the_person_by_id_alone(email: str, client: Client) -> None:
    client.post(RESET, {"email": email})
    ((args,),) = raw("select args from procrastinate_jobs where task_name = %s", password_links.SEND)
    assert json.loads(str(args)) == {"user_id": str(User.objects.get(email=email).id)}


def test_person_changes_their_password_and_stays(email: str, client: Client) -> None:
    elsewhere = Client()
    assert gets_in(elsewhere, email)
    assert gets_in(client, email)
    change = "/account/password/change/"
    wrong = client.post(change, {"oldpassword": "no", "password1": FRESH, "password2": FRESH})
    assert "This is not your password." in wrong.content.decode()
    right = client.post(change, {"oldpassword": PASSWORD, "password1": FRESH, "password2": FRESH})
    assert right["Location"] == "/"
    assert is_in(client)
    assert not is_in(elsewhere)
    assert Client().get(change)["Location"].startswith(LOGIN)


def test_nothing_of_a_password_is_kept_in_the_session_or_the_counts(email: str, client: Client) -> None:
    sign_in(client, email, "my-mistyped-secret")
    sign_in(client, email)
    with connection.cursor() as cursor:
        cursor.execute("select session_data from django_session union all select value from access_cache")
        kept = str(cursor.fetchall()) + str(dict(client.session))
    assert "secret" not in kept
    assert PASSWORD not in kept

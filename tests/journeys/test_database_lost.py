"""The database goes away in the middle of an action: nothing is half written, and the person is told what is not lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from bridgework.access import publishing, viewer
from bridgework.audit.models import Event
from bridgework.deliveries.models import Delivery
from bridgework.referrals import story
from bridgework.referrals.models import Case, Draft, Referral
from bridgework.referrals.tests.desk import send, story_of
from bridgework.worklist.models import Task
from tests.cast import Cast, Member
from tests.journeys.test_two_at_once import answers_for, ready_draft
from tests.journeys.walking import forms_in

Kill = Callable[[], None]


@pytest.fixture
def kill(committed_cast: Cast) -> Iterator[Kill]:
    """Return a way to end every connection that the product has to its database, as a crash of the server does."""
    owner = settings.OWNER
    with psycopg.connect(
        host=str(owner["HOST"]), port=str(owner["PORT"] or 5432), user=str(settings.APP["USER"]),
        password=str(settings.APP["PASSWORD"]), dbname=str(connection.settings_dict["NAME"]), autocommit=True,
    ) as other:  # fmt: skip

        def everything() -> None:
            other.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()"
            )

        yield everything


def dies_at(monkeypatch: pytest.MonkeyPatch, module: object, name: str, kill: Kill, *, at_call: int = 1) -> None:
    """End the connections when a function is called for the `at_call`-th time, and never again."""
    real, calls = getattr(module, name), iter(range(1, 1_000_000))

    def dying(*args: object, **kwargs: object) -> object:
        if next(calls) == at_call:
            kill()
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, dying)


def browser_of(member: Member) -> Client:
    """Sign a member in at a browser that gets the product's own error pages."""
    client = Client(raise_request_exception=False)
    client.force_login(member.user)
    return client


def everything_of(*members: Member) -> list[tuple[int, ...]]:
    """Count what each office has, in all tables that an action writes to."""
    found = []
    for member in members:
        with viewer.acting(member.id):
            tables = (Referral, Case, Event, Task, Delivery, Draft)
            found.append(tuple(table.objects.count() for table in tables))
    return found


@pytest.mark.parametrize("moment", [1, 2, 3])
def test_sending_broken_off_leaves_the_draft_and_nothing_else(
    committed_cast: Cast, kill: Kill, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    general, surgery = committed_cast.general, committed_cast.surgery
    url, client = ready_draft(committed_cast), browser_of(general)
    before = everything_of(general, surgery)
    dies_at(monkeypatch, publishing, "_for_each", kill, at_call=moment)
    answer = client.post(url, {**answers_for(surgery), "send": "1"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "never half of it" in page
    assert "drafts too" in page
    assert answers_for(surgery)["reason"] in page
    assert everything_of(general, surgery) == before
    assert answers_for(surgery)["reason"] in client.get(url).content.decode()
    [form] = forms_in(url, answer.content)
    sent = client.post(form.url, form.values)
    assert sent.status_code == 302
    assert client.get(sent.headers["Location"]).status_code == 200
    for member in (general, surgery):
        with viewer.acting(member.id):
            assert Referral.objects.count() == 1


def test_an_action_broken_off_between_the_two_offices_is_not_done_at_either(
    committed_cast: Cast, kill: Kill, monkeypatch: pytest.MonkeyPatch
) -> None:
    general, surgery = committed_cast.general, committed_cast.surgery
    referral_id = send(general, surgery).id
    before = everything_of(general, surgery)
    dies_at(monkeypatch, story, "append", kill)
    client, press = browser_of(surgery), reverse("referrals:do", args=[referral_id, "accept"])
    assert client.post(press, {"key": "one press"}).status_code == 503
    assert everything_of(general, surgery) == before
    assert story_of(general, referral_id).standing.accepted_at is None
    assert client.post(press, {"key": "one press"}).status_code == 302
    assert story_of(general, referral_id).standing.accepted_at is not None


def test_the_next_page_after_a_restart_of_the_database_works(committed_cast: Cast, kill: Kill) -> None:
    client = browser_of(committed_cast.general)
    assert client.get("/").status_code == 200
    connection.close()  # as after every request: it goes back into the pool, and dies there
    kill()
    assert client.get("/").status_code == 200


def test_an_outage_shows_no_password_and_offers_nothing_to_strangers(
    committed_cast: Cast, kill: Kill, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allauth.account import forms

    dies_at(monkeypatch, forms.LoginForm, "clean", kill)
    client = Client(raise_request_exception=False)
    answer = client.post(reverse("account_login"), {"login": "a@example.org", "password": "my secret password"})
    assert answer.status_code == 503
    assert "my secret password" not in answer.content.decode()
    assert forms_in("/", answer.content) == []


def test_a_fault_of_ours_says_what_is_safe(committed_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    general, surgery = committed_cast.general, committed_cast.surgery
    referral_id = send(general, surgery).id

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(story, "append", broken)
    client, press = browser_of(surgery), reverse("referrals:do", args=[referral_id, "note"])
    answer = client.post(press, {"key": "k", "text": "Latex allergy <b>seen</b>"})
    assert answer.status_code == 500
    assert "Everything saved before is safe" in answer.content.decode()
    assert "Latex allergy &lt;b&gt;seen&lt;/b&gt;" in answer.content.decode()
    monkeypatch.undo()
    [form] = forms_in(press, answer.content)
    assert client.post(form.url, form.values).status_code == 302

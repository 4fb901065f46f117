"""Every page that is served: nothing inline, nothing from elsewhere, nothing kept, and a look changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver, reverse

from bridgework.access import viewer
from bridgework.accounts.models import Membership, Role
from bridgework.web.referrals.doing import DOINGS
from tests.cast import Cast, Member, raw
from tests.journeys.test_outsider import address, patterns, world

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ACCOUNT = ["login/", "logout/", "inactive/", "signup/", "password/change/", "password/reset/", "password/reset/done/"]
ACCOUNT += ["password/reset/key/done/", "password/reset/key/0-nonsense/"]
# Written by a look on purpose: who saw what, and sessions.
WRITTEN_BY_LOOKING = {"audit_event", "django_session", "access_cache"}


class Strict(HTMLParser):
    """Collects what a strict page may not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("style", "iframe", "object", "embed", "base") or (tag == "script" and "src" not in given):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith(("on", "hx-on")) or value.strip().lower().startswith("javascript:"):
                self.found.append(f"{tag} {name}={value}")
            if name in ("src", "href", "action", "formaction", "hx-get", "hx-post", "data") and "//" in value[:8]:
                self.found.append(f"{tag} {name}={value}")


def faults(page: str) -> list[str]:
    """List what is inline, or leads to another host."""
    parser = Strict()
    parser.feed(page)
    return parser.found


def policy(answer: Any) -> Mapping[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


def check(url: str, answer: Any) -> None:
    """Check headers and content of one answer."""
    assert {name: answer.get(name) for name in HEADERS} == HEADERS, url
    if answer.streaming:
        answer.getvalue()  # a file that is not read stays open
        return
    assert policy(answer) == POLICY, url
    if answer["Content-Type"].startswith("text/html"):
        assert faults(answer.content.decode()) == [], url


def urls(ids: Mapping[str, object]) -> Iterator[str]:
    for room, pattern in patterns(get_resolver()):
        yield address(room, pattern, dict(ids))
    for action in DOINGS:
        yield reverse("referrals:do", args=[ids["referral_id"], action])
    yield from (
        "/?group=contact",
        "/referrals/?side=sent",
        "/inbox/?state=done",
        "/patients/?q=mar",
        "/nowhere",
        "/parts/",
    )
    yield from (f"/account/{part}" for part in ACCOUNT)
    yield from ("/livez", "/readyz", "/setup")


def manager(member: Member) -> Client:
    with viewer.acting(member.id):
        Membership.objects.filter(user=member.user).update(role=Role.EVERYONE)
    client = Client()
    client.force_login(member.user)
    return client


def contents(member: Member) -> dict[str, object]:
    """Take a fingerprint of every table, as the member sees it."""
    tables = {model._meta.db_table for model in apps.get_models()} - WRITTEN_BY_LOOKING
    with viewer.acting(member.id):
        return {
            table: raw(f'select count(*), md5(string_agg(t::text, chr(10) order by t::text)) from "{table}" t')
            for table in sorted(tables)
        }


def test_every_page_is_strict_for_a_member_and_for_a_stranger(cast: Cast) -> None:
    ids, member, stranger = world(cast), manager(cast.general), Client()
    kept, pages = [], 0
    for url in urls(ids):
        answer = member.get(url)
        check(url, answer)
        check(url, stranger.get(url))
        pages += answer.status_code == 200
        if answer.status_code == 200 and not url.startswith(("/account", "/livez", "/readyz")):
            kept += [url] if answer["Cache-Control"] != "private, no-store" else []
        if url.startswith("/account/login") or "password" in url:
            assert "no-store" in stranger.get(url).get("Cache-Control", "no-store")
    assert kept == [], "a page with patients in it may stay in the browser"
    assert pages > 60


def test_mistakes_are_strict_too(cast: Cast) -> None:
    member, strict = manager(cast.general), Client(enforce_csrf_checks=True)
    for url, status in (("/patients/new", 422), ("/settings/people/invite", 422), ("/account/login/", 302)):
        answer = member.post(url)
        assert answer.status_code == status, url
        check(url, answer)
    refused = strict.post("/account/login/", {"login": "x"})
    assert refused.status_code == 403
    check("csrf", refused)
    foreign = strict.get("/", headers={"Host": "evil.example"})
    assert foreign.status_code == 400
    check("host", foreign)
    for _ in range(6):
        slowed = strict_login(Client())
    assert slowed.status_code == 429
    check("429", slowed)


def strict_login(client: Client) -> Any:
    return client.post("/account/login/", {"login": "a@example.org", "password": "guess"})


def test_first_page_of_an_installation_is_strict(db: None, client: Client) -> None:
    check("/setup", client.get("/setup"))
    check("/setup", client.post("/setup"))
    check("/", client.get("/"))


def test_a_look_changes_nothing(cast: Cast) -> None:
    """A link, a preview or a prefetch is a look: only pressing a button may do something."""
    ids = world(cast)
    for member in (cast.surgery, cast.general):
        client = manager(member)
        before = contents(member)
        for url in urls(ids):
            if not url.startswith("/account"):
                check(url, client.get(url))
        assert contents(member) == before


@pytest.mark.parametrize(
    "page",
    [
        "<style>p{}</style>", "<script>x</script>", '<p style="x">', '<b onclick="x()">', '<b hx-on:click="x()">',
        "<a href='JavaScript:x'>", '<img src="//cdn.example/x.png">', '<form action="https://evil.example">', "<base href=/>",
    ],
)  # fmt: skip
def test_a_fault_is_seen(page: str) -> None:
    assert faults(page) != []
    assert faults('<script src="/static/a.js"></script><a href="/x" class="style">x</a>') == []

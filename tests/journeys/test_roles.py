"""What each role may do, page by page: a page that asks for less than before fails here, and so does one that is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from bridgework.access import viewer
from bridgework.accounts import roles
from bridgework.accounts.models import Membership, Role
from bridgework.audit.models import Event
from bridgework.referrals.tests.desk import send
from bridgework.web.referrals.doing import DOINGS
from tests.cast import Cast, Member
from tests.journeys.test_outsider import address, patterns, world

# address -> what a role needs for it. What depends on the row is below.
ACTS = {
    "worklist:today": "look",
    "worklist:task": "work_referrals",
    "worklist:done": "work_referrals",
    "worklist:reopen": "work_referrals",
    "worklist:arrived": "work_referrals",
    "referrals:list": "look",
    "referrals:new": "send_referrals",
    "referrals:draft": "send_referrals",
    "referrals:choose_patient": "send_referrals",
    "referrals:draft_attach": "send_referrals",
    "referrals:draft_file": "look",
    "referrals:draft_detach": "send_referrals",
    "referrals:draft_discard": "send_referrals",
    "referrals:page": "look",
    "referrals:chart": "change_patients",
    "referrals:do": "look",
    "referrals:correct": "work_referrals",
    "referrals:redirect": "work_referrals",
    "referrals:assign": "work_referrals",
    "referrals:attach": "work_referrals",
    "referrals:file": "look",
    "inbox:list": "look",
    "inbox:add": "sort_inbox",
    "inbox:item": "look",
    "inbox:original": "look",
    "inbox:set_aside": "sort_inbox",
    "inbox:bring_back": "sort_inbox",
    "patients:list": "look",
    "patients:page": "look",
    "patients:new": "change_patients",
    "patients:edit": "change_patients",
    "network:directory": "look",
    "network:office": "look",
    "network:unlisted": "unlisted_offices",
    "network:new": "manage_offices",
    "network:edit": "look",
    "network:add_provider": "look",
    "network:provider_left": "look",
    "settings:home": "manage_people",
    "settings:practice": "manage_people",
    "settings:people": "manage_people",
    "settings:invite": "manage_people",
    "settings:person": "manage_people",
    "settings:password_link": "manage_people",
    "settings:leave": "manage_people",
    "settings:switch": "look",
    "sandbox:phone": "look",
    "sandbox:reply": "look",
}
CLINICAL = {"complete_consult", "send_report", "propose_treatment", "complete_treatment", "conclude_post_op"}
NOT_FOR_YOU = "Your role does not include it"


def member_pages() -> Iterator[tuple[str, str, URLPattern]]:
    for room, pattern in patterns(get_resolver()):
        if getattr(pattern.callback, "door", "") == "member":
            yield f"{room}:{pattern.name}", room, pattern


def as_role(member: Member, role: Role) -> Client:
    """Return a browser in which the member's person is signed in, in that role."""
    with viewer.acting(member.id):
        Membership.objects.filter(user=member.user).update(role=role)
    client = Client()
    client.force_login(member.user)
    return client


def visit(client: Client, url: str) -> Any:
    """Look, or press when there is nothing to look at."""
    answer = client.get(url)
    if answer.streaming:
        answer.getvalue()  # a file that is not read stays open
    return client.post(url) if answer.status_code == 405 else answer


def is_refused(answer: Any) -> bool:
    """Tell whether the role was refused; the page then says so."""
    if answer.status_code != 403:
        return False
    assert NOT_FOR_YOU in answer.content.decode()
    return True


def events(member: Member) -> int:
    with viewer.acting(member.id):
        return Event.objects.count()


def test_every_page_asks_for_what_the_table_says() -> None:
    asked = {name: pattern.callback.act for name, _, pattern in member_pages()}  # type: ignore[attr-defined]
    assert asked == ACTS
    assert set(ACTS.values()) <= set(roles.MAY)


@pytest.mark.parametrize("role", list(Role))
def test_role_opens_what_it_may_and_nothing_else(cast: Cast, role: Role) -> None:
    ids = world(cast)
    client, refused = as_role(cast.general, role), set()
    for name, room, pattern in member_pages():
        before = events(cast.general)
        if is_refused(visit(client, address(room, pattern, ids))):
            refused.add(name)
            assert events(cast.general) == before, f"{name} did something before it refused"
    own_office = set() if roles.may(role, "manage_offices") else {"network:edit", "network:add_provider"}
    assert refused == {name for name, act in ACTS.items() if not roles.may(role, act)} | own_office


@pytest.mark.parametrize("role", list(Role))
def test_clinical_entries_are_made_by_who_may_make_them(cast: Cast, role: Role) -> None:
    referral_id = send(cast.general, cast.surgery).id
    client = as_role(cast.surgery, role)
    for action in DOINGS:
        url = reverse("referrals:do", args=[referral_id, action])
        act = "record_clinical" if action in CLINICAL else "work_referrals"
        assert is_refused(client.get(url)) is not roles.may(role, act), action
        if not roles.may(role, act):
            assert is_refused(client.post(url, {"findings": "x", "summary": "x"})), action


@pytest.mark.parametrize("role", list(Role))
def test_document_is_confirmed_by_who_sorts_the_inbox(cast: Cast, role: Role) -> None:
    url = reverse("inbox:item", args=[world(cast)["inbox:item_id"]])
    client = as_role(cast.general, role)
    assert client.get(url).status_code == 200
    assert is_refused(client.post(url)) is not roles.may(role, "sort_inbox")


def test_role_refused_is_told_on_the_page_and_finds_a_way_on(cast: Cast) -> None:
    page = as_role(cast.general, Role.FRONT_DESK).get("/settings/").content.decode()
    assert "This page is not open to you" in page
    assert "Nothing was changed." in page
    assert 'href="/"' in page
    assert "Settings" not in as_role(cast.general, Role.FRONT_DESK).get("/").content.decode()

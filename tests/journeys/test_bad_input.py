"""Whatever is typed or sent: a clear sentence, never a fault, nothing written by halves, and shown as mere text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from bridgework.access import viewer
from bridgework.accounts.models import Membership, Role
from bridgework.referrals import actions as referrals
from bridgework.referrals.models import Draft
from bridgework.referrals.tests.desk import telling
from bridgework.web.referrals.doing import DOINGS
from tests.cast import Cast, Member
from tests.journeys.test_outsider import address, patterns, world
from tests.journeys.walking import Form, forms_of, pages

# Wrong in type, range, length or alphabet for whatever field they land in.
WRONG = (
    "", "x", "-1", "9" * 30, "1e400", "NaN", "٣", "[]", '{"a": [1]}', "2026-13-45T99:99", "0001-01-01T00:00",
    "9999-12-31T23:59", "9999-12-31", "00000000-0000-0000-0000-000000000000", "'; drop table referrals_case; --",
    "\x01\x1b\u202e\ufeff", "🦷\U0010ffff", "é" * 6000,
)  # fmt: skip
WRONG_ALONE = ("x", "9999-12-31T23:59")
STEP = 3
NUL = "before\x00after"
ANSWERS = (200, 302, 404, 405, 409, 422)
MOST_FIELDS = 8  # of a form whose fields are tried one by one with everything


@pytest.fixture
def ids(cast: Cast) -> dict[str, object]:
    """A filled general office and the office that received its referral; both coordinators may do everything."""
    for member in (cast.general, cast.surgery):
        with viewer.acting(member.id):
            Membership.objects.filter(user=member.user).update(role=Role.EVERYONE)
    return world(cast)


def sit_down(member: Member) -> Client:
    """Sign a member in; what a view raises is raised here."""
    client = Client(raise_request_exception=True)
    client.force_login(member.user)
    return client


def each_form(client: Client, ids: Mapping[str, object]) -> list[Form]:
    """Find every form of the product once; signing out is left out."""
    found: dict[tuple[str, ...], Form] = {}
    for page in dict.fromkeys(pages(ids)):
        for form in forms_of(client, page):
            if not form.url.startswith("/account/"):
                found.setdefault((form.url, *form.kinds), form)
    return list(found.values())


def post(client: Client, url: str, values: Mapping[str, object]) -> int:
    """Post and undo what it did, so that every try meets the same world."""
    before = transaction.savepoint()
    try:
        status = client.post(url, values).status_code
        connection.check_constraints()  # as the end of a real transaction does
    finally:
        transaction.savepoint_rollback(before)
    return int(status)


def tries(form: Form) -> Iterator[dict[str, object]]:
    """Yield ways to fill a form wrongly: everything at once, all free text, and field by field.

    Each try gives each field another wrong value than the try before.
    """
    for names in (list(form.kinds), form.texts()):
        for first in range(0, len(WRONG), STEP):
            yield form.filled({name: WRONG[(first + place) % len(WRONG)] for place, name in enumerate(names)})
    for name in form.kinds if len(form.kinds) <= MOST_FIELDS else ():
        for wrong in WRONG_ALONE:
            yield form.filled({name: [wrong, wrong]})


@pytest.mark.slow
@pytest.mark.parametrize("side", ["general", "surgery"])
def test_wrong_types_in_every_field_get_an_answer(cast: Cast, ids: dict[str, object], side: str) -> None:
    client = sit_down(getattr(cast, side))
    forms = each_form(client, ids)
    assert len(forms) > 30
    for form in forms:
        for values in tries(form):
            assert post(client, form.url, values) in ANSWERS, (form.url, values)


@pytest.mark.slow
@pytest.mark.parametrize("side", ["general", "surgery"])
def test_a_character_that_cannot_be_kept_is_marked_where_it_was(cast: Cast, ids: dict[str, object], side: str) -> None:
    client = sit_down(getattr(cast, side))
    for form in each_form(client, ids):
        for names in (form.kinds, form.texts()):
            assert post(client, form.url, form.filled(dict.fromkeys(names, NUL))) in ANSWERS, form.url
    draft = reverse("referrals:draft", args=[ids["draft_id"]])
    client.post(draft, {"reason": NUL, "na\x00me": "kept"})
    with viewer.acting(cast.general.id):
        answers = Draft.objects.get(id=str(ids["draft_id"])).answers
    if side == "general":
        assert (answers["reason"], answers["na\ufffdme"]) == ("before\ufffdafter", "kept")


def test_addresses_may_say_anything_after_the_question_mark(cast: Cast, ids: dict[str, object]) -> None:
    client = sit_down(cast.general)
    names = (
        "q",
        "after",
        "state",
        "side",
        "group",
        "specialty",
        "urgency",
        "address",
        "next",
        "family",
        "as",
        "patient",
    )
    for page in dict.fromkeys(pages(ids)):
        for wrong in (
            "\x00",
            "\x00~\x00",
            "9" * 400,
            "é~" + "0" * 32,
            "9999-12-31T23:59:59+00:00_" + "0" * 32,
            "<script>",
        ):
            answer = read(client.get(page, dict.fromkeys(names, wrong)))
            assert answer.status_code in ANSWERS, (page, wrong)


def test_a_forged_session_is_nobody(cast: Cast) -> None:
    client = Client()
    for forged in ('"' + "a" * 40 + r"\000" + '"', "a" * 5000, "é", "' or 1=1 --"):
        client.cookies["sessionid"] = forged
        answer = client.get("/", headers={"cookie": f"sessionid={forged}"})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login")


def read(answer: Any) -> Any:
    """Read a download to its end, which closes its file."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def strangers_ids(ids: Mapping[str, object]) -> dict[str, object]:
    """Return ids of the same sort that nobody has."""
    return {name: value if name == "action" else uuid4() for name, value in ids.items()}


def test_ids_that_nobody_has_are_not_found(cast: Cast, ids: dict[str, object]) -> None:
    client, unknown = sit_down(cast.general), strangers_ids(ids)
    tried = 0
    for room, pattern in patterns(get_resolver()):
        if not set(pattern.pattern.converters) - {"action"}:
            continue
        url = address(room, pattern, unknown)
        assert client.get(url).status_code in (404, 405), url
        answer = client.post(url)
        assert answer.status_code == 404 or is_explained(client, url, answer), url
        tried += 1
    assert tried > 25


def is_explained(client: Client, url: str, answer: Any) -> bool:
    """Tell whether a POST was refused by its method, or by a sentence on the page that it leads to."""
    if answer.status_code == 405:
        return client.get(url).status_code == 404
    return answer.status_code == 302 and "data-toast" in client.get(answer.headers["Location"]).content.decode()


def test_opening_the_address_of_a_button_does_nothing_and_says_so(cast: Cast, ids: dict[str, object]) -> None:
    client, explained = sit_down(cast.general), 0
    for room, pattern in patterns(get_resolver()):
        answer = read(client.get(address(room, pattern, ids)))
        if answer.status_code == 405:
            assert "Nothing was done" in answer.content.decode()
            assert int(answer.headers["Content-Length"]) == len(answer.content)
            explained += 1
    assert explained > 8
    accept = reverse("referrals:do", args=[ids["referral_id"], "accept"])
    assert sit_down(cast.surgery).get(accept).status_code == 200
    page = client.get(reverse("referrals:page", args=[ids["referral_id"]])).content.decode()
    assert "accepted" not in page.lower()


def test_a_button_pressed_from_elsewhere_is_refused(cast: Cast, ids: dict[str, object]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.general.user)
    for room, pattern in patterns(get_resolver()):
        answer = client.post(address(room, pattern, ids))
        assert answer.status_code in (403, 405), pattern.name
        if answer.status_code == 403:
            assert "That page was open too long" in answer.content.decode()
    with_token = Client(enforce_csrf_checks=True)
    with_token.force_login(cast.general.user)
    with_token.get("/")
    answer = with_token.post(reverse("referrals:new"), {"csrfmiddlewaretoken": with_token.cookies["csrftoken"].value})
    assert answer.status_code == 302


@pytest.mark.parametrize("body", [b'{"reason": "x"}', b"[1, 2", b"\xff\xfe\x00", b"null", b'{"a":' * 5000])
def test_json_posted_to_a_form_is_an_empty_form(cast: Cast, ids: dict[str, object], body: bytes) -> None:
    client = sit_down(cast.general)
    for page in dict.fromkeys(pages(ids)):
        if "/drafts/" in page and page.endswith("/discard"):
            continue
        answer = read(client.post(page, body, content_type="application/json"))
        assert answer.status_code in ANSWERS, page


def test_an_office_that_passed_it_on_is_refused_with_a_sentence(cast: Cast, ids: dict[str, object]) -> None:
    referral_id = UUID(str(ids["referral_id"]))
    with viewer.acting(cast.surgery.id):
        referrals.redirect(
            referral_id=referral_id, telling=telling(cast.surgery, 3), to_organization=cast.health_center.id,
            to_office=cast.health_center.office.id, to_name="Riverbend",
        )  # fmt: skip
    client = sit_down(cast.surgery)
    refused = 0
    for action in DOINGS:
        url = reverse("referrals:do", args=[referral_id, action])
        for form in forms_of(client, url):
            if form.url == url:
                answer = client.post(url, form.filled(dict.fromkeys(form.texts(), "19")))
                assert answer.status_code in ANSWERS, action
                refused += answer.status_code == 409
    assert refused > 10
    for name in ("assign", "redirect", "attach"):
        url = reverse(f"referrals:{name}", args=[referral_id])
        for form in forms_of(client, url):
            if form.url == url:
                assert post(client, url, form.filled({})) in ANSWERS, name


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=20_000)
def test_more_text_than_any_form_takes_is_refused_with_a_sentence(cast: Cast, ids: dict[str, object]) -> None:
    client = Client()
    client.force_login(cast.general.user)
    draft = reverse("referrals:draft", args=[ids["draft_id"]])
    client.post(draft, {"reason": "typed before"})
    answer = client.post(draft, {"reason": "é" * 20_000})
    assert answer.status_code == 400
    assert "Nothing was saved or changed" in answer.content.decode()
    with viewer.acting(cast.general.id):
        assert Draft.objects.get(id=str(ids["draft_id"])).answers["reason"] == "typed before"


def test_a_draft_keeps_a_very_long_reason_whole_or_says_that_it_is_too_long(cast: Cast, ids: dict[str, object]) -> None:
    client, draft = sit_down(cast.general), reverse("referrals:draft", args=[ids["draft_id"]])
    client.post(draft, {"reason": "é" * 9000})
    answer = client.post(draft, {"reason": "é" * 9000, "send": "1"})
    assert answer.status_code == 422
    assert "at most 4000 characters" in answer.content.decode()

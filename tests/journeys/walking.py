"""Walking the product as a browser does: every page, every form on it, every field of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import get_resolver, reverse
from lxml import html

from bridgework.web.referrals.doing import DOINGS
from tests.journeys.test_outsider import address, patterns

FREE_TEXT = ("text", "textarea", "search", "email", "tel", "hidden")


@dataclass(frozen=True)
class Form:
    """A form that posts: where to, and its fields with what a browser would send untouched.

    `kinds` names the sort of each field: a type of input, "textarea" or "select".
    """

    url: str
    values: Mapping[str, list[str]]
    kinds: Mapping[str, str]

    def filled(self, changes: Mapping[str, object]) -> dict[str, object]:
        """Return what to post: the page's own values, with these changes."""
        return {**self.values, **changes}

    def texts(self) -> list[str]:
        """Name the fields in which people write what they like."""
        return [name for name, kind in self.kinds.items() if kind in FREE_TEXT and kind != "hidden"]


def pages(ids: Mapping[str, object]) -> Iterator[str]:
    """Yield every address of the product with the ids given, and each action's own form."""
    for room, pattern in patterns(get_resolver()):
        yield address(room, pattern, dict(ids))
    for action in DOINGS:
        yield reverse("referrals:do", args=[ids["referral_id"], action])


def forms_of(client: Client, page: str) -> list[Form]:
    """Fetch a page and return the forms on it that post; none when it is no page."""
    answer: Any = client.get(page)
    assert answer.status_code < 500, page
    if answer.streaming:
        b"".join(answer.streaming_content)  # to the end, which closes the file
        return []
    return forms_in(page, answer.content) if answer.status_code == 200 else []


def forms_in(page: str, body: bytes) -> list[Form]:
    """Return the forms of a page that post, once for each address that one of its buttons sends to."""
    posting = (element for element in html.fromstring(body).forms if element.method.upper() == "POST")
    return [form for element in posting for form in _forms(page, element)]


def _forms(page: str, element: html.FormElement) -> Iterator[Form]:
    kinds: dict[str, str] = {}
    for field in element.inputs:
        kind = str(field.get("type", field.tag if field.tag != "input" else "text"))
        if field.get("name") not in (None, "csrfmiddlewaretoken") and kind != "file":
            kinds[str(field.get("name"))] = kind
    values: dict[str, list[str]] = {name: [] for name in kinds}
    for name, value in element.form_values():
        if name in values:
            values[name].append(value.removeprefix("\n"))  # HTML drops one behind a textarea's tag
    addresses = {element.action or page, *element.xpath(".//button/@formaction")}
    for url in sorted(addresses):
        parts = urlsplit(urljoin(page, url))
        yield Form(f"{parts.path}?{parts.query}".rstrip("?"), values, kinds)

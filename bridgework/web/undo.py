"""The undo bar: what was just done, and the one press that takes it back, on the next page only."""

from __future__ import annotations

from django.http import HttpRequest

from bridgework.web.components.shapes import Action, Undo

_KEY = "undo"


def offer(request: HttpRequest, words: str, url: str) -> None:
    """Offer to take something back; `url` takes a POST that does it."""
    request.session[_KEY] = [words, url]


def offered(request: HttpRequest) -> Undo | None:
    """Return what is offered, once."""
    words, url = request.session.pop(_KEY, None) or ("", "")
    return Undo(words, Action("Undo", url, method="post")) if url else None

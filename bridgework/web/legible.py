"""What arrives from a browser, made fit to keep before anything reads it: the one place for this.

Nobody types a NUL: it comes from a broken paste or an attacker. Each is replaced by the mark that also stands for
broken UTF-8, so that nothing is dropped unseen and the person finds the place.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

from bridgework.lib.plain_text import keepable

NUL, NUL_ESCAPED = "\x00", "%00"


class Legible:
    """Middleware; outermost but for the security headers, so that cookies are clean before the session is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Clean the address and the cookies."""
        if NUL_ESCAPED in request.META.get("QUERY_STRING", ""):
            request.GET = _cleaned(request.GET)  # type: ignore[assignment]
        for name, value in request.COOKIES.items():  # a quoted cookie may hold any byte as \ooo
            request.COOKIES[name] = keepable(value)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> None:
        """Clean what was posted; the view is the first to see it, after the check against forgery."""
        if request.method == "POST" and any(NUL in text for texts in request.POST.lists() for text in _all(texts)):
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]


def _all(field: tuple[str, list[str]]) -> tuple[str, ...]:
    name, values = field
    return (name, *values)


def _cleaned(given: QueryDict) -> QueryDict:
    made = QueryDict(mutable=True, encoding=given.encoding)
    for name, values in given.lists():
        made.setlist(keepable(name), [keepable(value) for value in values])
    made._mutable = False
    return made

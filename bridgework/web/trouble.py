"""When an answer could not be made: pages that say what failed, what was not lost, and what to do.

They need no database, for that may be what failed; what was typed stays on them and can be sent again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

RETRY_AFTER = "5"  # seconds; the supervisor has a database that died back by then
FORGERY_CHECK = "csrfmiddlewaretoken"


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for what nobody expected: 503 when the database did not answer or was too busy, else 500.

    Whatever a request wrote is one transaction, so nothing is ever half saved.
    """
    is_outage = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if is_outage else 500
    response = HttpResponse(render_to_string(f"{status}.html", _typed(request)), status=status)
    response["Cache-Control"] = "private, no-store"
    if is_outage:
        response["Retry-After"] = RETRY_AFTER
    return response


def _typed(request: HttpRequest) -> dict[str, object]:
    """Return what a member posted through a form of ours, so that it can be sent again; never a password."""
    view = request.resolver_match.func if request.resolver_match else None
    is_ours = getattr(view, "door", "") == "member" and getattr(request, "csrf_processing_done", False)
    if request.method != "POST" or not is_ours or request.FILES:
        return {}
    fields = [(name, text) for name, texts in request.POST.lists() for text in texts if name != FORGERY_CHECK]
    return {
        "url": request.get_full_path(),
        "token": get_token(request),
        "fields": fields,
        "words": [text for _, text in fields if " " in text.strip()],
    }


def explain_wrong_method(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: give who opens the address of a form (a bookmark, a reload after signing in) a page, not a blank."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html").encode()
            response["Content-Length"] = str(len(response.content))
        return response

    return answer

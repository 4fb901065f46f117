"""Leads whoever opens a fresh installation to its first page, and costs nothing once a practice uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bridgework.accounts import first_run

Next = Callable[[HttpRequest], HttpResponse]


class FirstRun:
    """Asks the database until a practice is there, and then never again in this process.

    Nobody can have signed in before, so a request with a session is let through unasked; one with a session of an
    earlier installation is sent to sign in, and asked there.
    """

    is_set_up: ClassVar[bool] = False  # once true it stays so, in every thread of this process

    def __init__(self, get_response: Next) -> None:
        self._get_response = get_response
        self._open = (reverse("setup:begin"), reverse("live"), reverse("ready"))
        self._sign_in = reverse("account_login")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not FirstRun.is_set_up and self._is_stranger(request):
            FirstRun.is_set_up = first_run.is_set_up()
            if not FirstRun.is_set_up:
                return redirect("setup:begin")
        return self._get_response(request)

    def _is_stranger(self, request: HttpRequest) -> bool:
        if request.path in self._open:
            return False
        return request.path == self._sign_in or settings.SESSION_COOKIE_NAME not in request.COOKIES

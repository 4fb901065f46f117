"""What Bridgework decides about sign-in: nobody signs up by themselves, guessing is slowed down, links come by a job."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from bridgework.accounts import password_links, queries
from bridgework.accounts.models import User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Answers what the sign-in library asks."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email or the password is wrong.",
        "enter_current_password": "This is not your password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up: an administrator makes accounts."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt; after too many ask to wait, whether or not there is such an account."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise ImmediateHttpResponse(respond_429(request)) from None

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """Begin the session in one organization, so that joining another one moves nobody in the middle of their work."""
        for first in queries.memberships_of(user.id)[:1]:
            request.session[queries.SESSION_KEY] = str(first.organization_id)
        response: HttpResponse = super().post_login(request, user, **more)
        return response

    def set_password(self, user: User, password: str) -> None:
        """Keep the new password; who has just proved to read the account's mail need not wait for failed attempts."""
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Leave the link to a job: no page waits for a mail server, nor tells by waiting which address has an account."""
        password_links.ask_for(user.id)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go on with the work."""
        return reverse("worklist:today")

    def is_safe_url(self, url: str) -> bool:
        """Lead nobody to another host or port after they have signed in."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # The library puts the Host header in front, by whose port anybody could choose a fresh count for each attempt.
        return str(credentials.get("email", "")).lower()

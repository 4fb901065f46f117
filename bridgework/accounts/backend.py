"""Who is signed in, and for whom they may act, in one query: every page asks both."""

from __future__ import annotations

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from bridgework.accounts import queries
from bridgework.accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Signs people in by e-mail, and finds the person of a session together with their memberships."""

    def get_user(self, user_id: UUID) -> User | None:
        """Return who is signed in; None for somebody who was switched off."""
        user = queries.with_memberships().filter(id=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

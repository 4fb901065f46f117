"""Whoever is signed in comes with their memberships, in one query, and nobody's but their own."""

from __future__ import annotations

from django.utils.functional import SimpleLazyObject

from bridgework.accounts import queries
from bridgework.accounts.backend import Backend
from bridgework.accounts.models import User
from tests.cast import Cast


def as_in_a_request(user: User) -> User:
    wrapped: User = SimpleLazyObject(lambda: user)  # type: ignore[assignment]
    return wrapped


def test_memberships_come_along_and_are_the_same_as_when_asked_for(
    cast: Cast, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        user = Backend().get_user(cast.general.user.id)
        assert user is not None
        came = queries.memberships_with(as_in_a_request(user))
    assert came == queries.memberships_of(cast.general.user.id)
    assert [row.organization_id for row in came] == [cast.general.id]


def test_somebody_who_was_switched_off_is_not_signed_in_any_more(cast: Cast) -> None:
    User.objects.filter(id=cast.general.user.id).update(is_active=False)
    assert Backend().get_user(cast.general.user.id) is None


def test_a_person_without_memberships_has_none(db: None) -> None:
    user = Backend().get_user(User.objects.create_user("nobody@example.org", None, "Nobody").id)
    assert user is not None
    assert queries.memberships_with(user) == ()

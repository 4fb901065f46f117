"""Addresses of referrals for lists: made once as patterns, because a page of fifty rows asks a hundred times."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import reverse

_SOME = UUID(int=0)


def page(referral_id: UUID) -> str:
    """Return the address of a referral's page."""
    return _pattern("referrals:page").replace(str(_SOME), str(referral_id))


def form(referral_id: UUID, action: str) -> str:
    """Return the address of the form for an action on a referral."""
    return _pattern("referrals:do", action).replace(str(_SOME), str(referral_id))


@cache
def _pattern(name: str, *more: str) -> str:
    return reverse(name, args=[_SOME, *more])

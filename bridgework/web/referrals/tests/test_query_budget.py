"""Lists and Today ask the database eight times at most, whoever looks and whatever there is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bridgework.access import viewer
from bridgework.accounts.models import Membership, Role, User
from bridgework.lib.ids import uuid7
from bridgework.network.models import Organization
from bridgework.referrals.tests.desk import send
from tests.cast import NOON, Cast

BUDGET = 8 + 1  # a test is a transaction itself, after which the viewer is told again
NOT_ASKED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def asked(user: User, url: str) -> int:
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return sum(not query["sql"].startswith(NOT_ASKED) for query in seen.captured_queries)


@pytest.mark.parametrize("url", ["worklist:today", "referrals:list"])
def test_a_list_keeps_its_budget_for_both_sides_and_for_nobody(cast: Cast, url: str) -> None:
    for _ in range(3):
        send(cast.general, cast.surgery)
    costs = [asked(member.user, reverse(url)) for member in (cast.general, cast.surgery, cast.outsider)]
    assert max(costs) <= BUDGET
    assert max(costs) - min(costs) <= (url == "worklist:today"), "an empty one asks whether there ever was a referral"


def test_an_organization_without_an_office_sees_its_lists_too(cast: Cast) -> None:
    organization_id = uuid7()
    user = User.objects.create_user("first@example.org", None, "First")
    with viewer.acting(organization_id):
        organization = Organization.objects.create(
            id=organization_id, name="New", name_key="new", slug="new", kind="general", made_at=NOON
        )
        Membership.objects.create(organization=organization, user=user, role=Role.COORDINATOR)
    assert asked(user, reverse("referrals:list")) <= BUDGET

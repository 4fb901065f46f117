"""The cast of every test: a general office, an oral-surgery office, a health center, and an outsider who must see nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from bridgework.access import viewer
from bridgework.accounts.models import Membership, Role, User
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.lib.names import name_key
from bridgework.network.models import Office, Organization

NOON = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)  # Tuesday, noon in Portland
HOURS = {str(day): [["08:00", "17:00"]] for day in range(5)}
PASSWORD = "correct-horse-battery-staple"


@dataclass(frozen=True)
class Member:
    """An organization with one office and one coordinator."""

    organization: Organization
    office: Office
    user: User
    actor: Actor

    @property
    def id(self) -> UUID:
        return self.organization.id


@dataclass(frozen=True)
class Cast:
    general: Member
    surgery: Member
    health_center: Member
    outsider: Member


def make_member(name: str, *, kind: str, specialty: str = "", coordinator: str = "Dana Whitfield") -> Member:
    """Make an organization that is on Bridgework, with an office in Portland and a coordinator who may sign in."""
    organization_id = uuid7()
    slug = name_key(name).replace(" ", "-")
    user = User.objects.filter(email=f"{slug}@example.org").first() or User.objects.create_user(
        f"{slug}@example.org", PASSWORD, coordinator
    )
    with viewer.acting(organization_id):
        organization = Organization.objects.create(
            id=organization_id,
            name=name,
            name_key=name_key(name),
            slug=slug,
            kind=kind,
            specialty=specialty,
            made_at=NOON,
        )
        office = Office.objects.create(
            organization=organization, name=name, city="Portland", state="OR", postal_code="97204",
            phone="+15035550120", email=f"office@{slug}.example.org", weekly_hours=HOURS,
        )  # fmt: skip
        Membership.objects.create(organization=organization, user=user, role=Role.COORDINATOR)
    return Member(organization, office, user, Actor(kind="person", id=str(user.id), name=user.name))


def make_cast() -> Cast:
    """Make all four organizations."""
    return Cast(
        general=make_member("Maple Street Family Dental", kind="general", coordinator="Jess Rowan"),
        surgery=make_member("Harbor Oral Surgery", kind="specialist", specialty="oral_surgery"),
        health_center=make_member("Riverbend Health Center", kind="health_center", coordinator="Luz Ortega"),
        outsider=make_member("Nosy Neighbor Dental", kind="general", coordinator="Nell Nosy"),
    )


@pytest.fixture
def cast(db: None) -> Cast:
    """The four organizations, in a test whose transaction is rolled back."""
    return make_cast()


@pytest.fixture
def committed_cast(transactional_db: None) -> Cast:
    """The four organizations, committed, for tests with threads, workers or a browser."""
    return make_cast()


@pytest.fixture
def elena_born() -> date:
    return date(1968, 3, 4)


def raw(sql: str, *parameters: Any) -> list[tuple[object, ...]]:
    """Run SQL past the ORM, on the same guarded connection."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []

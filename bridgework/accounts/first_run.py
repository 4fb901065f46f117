"""The first minute of an installation: its practice, one office and the first person, made once and never again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from bridgework.access import viewer
from bridgework.accounts import actions, roles
from bridgework.accounts.actions import UnfitPerson
from bridgework.accounts.models import Role, User
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.network import actions as network
from bridgework.network.listing import Place, Practice
from bridgework.network.models import Organization


class SetUpAlready(Exception):
    """A practice uses this installation: whoever wants to join it is invited."""


@dataclass(frozen=True, kw_only=True)
class FirstPerson:
    """The person who sets a practice up, with a role that manages people."""

    email: str
    name: str
    password: str
    role: str


def is_set_up() -> bool:
    """Tell whether any practice uses this installation; needs no viewer.

    A viewer that belongs to no organization sees the members of the directory and nothing else.
    """
    with viewer.acting(uuid7()):
        return _has_members()


@transaction.atomic
def set_up(*, practice: Practice, place: Place, person: FirstPerson, at: datetime) -> User:
    """Register the viewer, a fresh id, as the first practice; its first person did it, and may sign in from now on.

    Of two people who do this at once one succeeds. Raises SetUpAlready, or Unfit when something typed cannot be used;
    nothing is kept then.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('first run', 0))")
    if _has_members():
        raise SetUpAlready("A practice has been set up here.")
    if person.role not in Role.values or not roles.manages_people(person.role):
        raise UnfitPerson("Choose a role that manages people.", "role")
    user = actions.make_user(email=person.email, name=person.name, password=_good_password(person))
    by = Actor(kind="person", id=str(user.id), name=user.name)
    organization = network.register_organization(practice=practice, by=by, at=at)
    network.add_office(organization_id=organization.id, place=place, by=by, at=at)
    actions.grant_membership(user_id=user.id, role=person.role, by=by, at=at)
    return user


def _has_members() -> bool:
    return Organization.objects.filter(is_member=True).exists()


def _good_password(person: FirstPerson) -> str:
    try:
        password_validation.validate_password(person.password, User(email=person.email, name=person.name))
    except ValidationError as weak:
        raise UnfitPerson(" ".join(weak.messages), "password") from weak
    return person.password

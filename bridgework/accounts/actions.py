"""Letting people in, giving them roles, and letting them go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction

from bridgework.access import viewer
from bridgework.accounts import roles
from bridgework.accounts.models import Membership, Role, User
from bridgework.audit import actions as audit
from bridgework.lib.actor import Actor
from bridgework.lib.plain_text import Unfit, one_line, required
from bridgework.network.models import Office


class UnfitPerson(Unfit):
    """What was given about a person cannot be used."""


class AlreadyHere(UnfitPerson):
    """The person works for this organization already."""


class NobodyLeft(UnfitPerson):
    """The change would leave nobody who can manage people."""


class NoSuchPerson(UnfitPerson):
    """No such person works for this organization."""


@dataclass(frozen=True)
class FirstPassword:
    """The two parts of the address at which allauth lets a person choose a password."""

    user: str
    token: str


@transaction.atomic
def invite(*, email: str, name: str, role: str, office_id: UUID | None = None, by: Actor, at: datetime) -> Membership:
    """Let a person work for the viewer's organization; somebody new to Bridgework gets an account without password.

    An account that exists already is joined as it is: its name and password stay its owner's business.
    Raises AlreadyHere or UnfitPerson.
    """
    address = clean_email(email)
    user = User.objects.filter(email=address).first() or make_user(email=address, name=name)
    return grant_membership(user_id=user.id, role=role, office_id=office_id, by=by, at=at)


@transaction.atomic
def make_user(*, email: str, name: str, password: str | None = None) -> User:
    """Make an account; without a password only a link lets them in. Raises UnfitPerson when the e-mail is taken."""
    address = clean_email(email)
    named = required(name, field="name")
    try:
        with transaction.atomic():
            return User.objects.create_user(address, password, named)
    except (IntegrityError, ValidationError) as taken:
        raise UnfitPerson("Somebody signs in with this e-mail address already.", "email") from taken


@transaction.atomic
def grant_membership(*, user_id: UUID, role: str, office_id: UUID | None = None, by: Actor, at: datetime) -> Membership:
    """Give a person a role in the viewer's organization; somebody who had left comes back.

    Raises AlreadyHere, or UnfitPerson for an unknown role or an office of somebody else.
    """
    _check_role_and_office(role, office_id)
    _one_at_a_time()
    membership = Membership.objects.filter(organization_id=viewer.current(), user_id=user_id).first()
    if membership is None:
        membership = Membership(organization_id=viewer.current(), user_id=user_id)
    elif membership.is_active:
        raise AlreadyHere("This person works here already.", "email")
    membership.role, membership.office_id, membership.is_active = role, office_id, True
    membership.save()
    audit.record("membership.granted", by=by, at=at, membership_id=str(membership.id), role=role)
    return membership


@transaction.atomic
def change_role(
    *, membership_id: UUID, role: str, office_id: UUID | None = None, by: Actor, at: datetime
) -> Membership:
    """Give a person another role or office. Raises NobodyLeft, NoSuchPerson or UnfitPerson."""
    _check_role_and_office(role, office_id)
    membership = _membership(membership_id)
    if not roles.manages_people(role):
        _somebody_else_manages(membership)
    before = membership.role
    membership.role, membership.office_id = role, office_id
    membership.save(update_fields=["role", "office"])
    audit.record("membership.changed", by=by, at=at, membership_id=str(membership.id), role=role, before=before)
    return membership


@transaction.atomic
def end_membership(*, membership_id: UUID, by: Actor, at: datetime) -> Membership:
    """Let a person go: at their next click they act for this organization no more.

    Raises NobodyLeft or NoSuchPerson.
    """
    membership = _membership(membership_id)
    _somebody_else_manages(membership)
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    audit.record("membership.ended", by=by, at=at, membership_id=str(membership.id), role=membership.role)
    return membership


@transaction.atomic
def first_password(*, membership_id: UUID, by: Actor, at: datetime) -> FirstPassword:
    """Make the link by which a person without a password chooses their first one; it works once, for three days.

    Raises UnfitPerson when they have one: only they themselves may replace it, by "forgot password".
    """
    user = _membership(membership_id).user
    if user.has_usable_password():
        raise UnfitPerson("This person has a password. They can choose a new one by “Forgot your password?”.")
    audit.record("membership.link_made", by=by, at=at, membership_id=str(membership_id))
    return FirstPassword(user_pk_to_url_str(user), default_token_generator.make_token(user))


def clean_email(text: object) -> str:
    """Check an e-mail address and write it in small letters. Raises UnfitPerson."""
    address = one_line(text, field="email", most=254).lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise UnfitPerson("Enter an e-mail address like dana@example.org.", "email") from wrong
    return address


def _membership(membership_id: UUID) -> Membership:
    _one_at_a_time()
    found = Membership.objects.filter(organization_id=viewer.current(), id=membership_id, is_active=True)
    membership = found.select_related("user").first()
    if membership is None:
        raise NoSuchPerson("This person does not work here any more.")
    return membership


def _one_at_a_time() -> None:
    """Hold changes of one organization's people back until the running one is done.

    Else two administrators who let each other go at the same moment would both succeed.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('people ' || app_viewer(), 0))")


def _check_role_and_office(role: str, office_id: UUID | None) -> None:
    if role not in Role.values:
        raise UnfitPerson("Choose one of the roles.", "role")
    if office_id and not Office.objects.filter(id=office_id, organization_id=viewer.current()).exists():
        raise UnfitPerson("Choose one of your own offices.", "office")


def _somebody_else_manages(leaving: Membership) -> None:
    others = Membership.objects.filter(organization_id=viewer.current(), is_active=True, user__is_active=True)
    if not any(roles.manages_people(other.role) for other in others.exclude(id=leaving.id).order_by("id")):
        raise NobodyLeft("Somebody must stay who can manage people. Give another person that role first.", "role")

"""Who works where: for sign-in (before anyone is a viewer) and for the page of people and roles."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import JSONField, QuerySet
from django.db.models.expressions import RawSQL

from bridgework.access import viewer
from bridgework.accounts.models import Membership, Role, User

SESSION_KEY = "organization"  # where a session remembers for whom its person works


@dataclass(frozen=True)
class MembershipRow:
    """An organization that a person may act for."""

    organization_id: UUID
    organization_name: str
    role: str
    office_id: UUID | None


@dataclass(frozen=True)
class PersonRow:
    """A line of "people and roles"."""

    membership_id: UUID
    user_id: UUID
    name: str
    email: str
    role: str
    office_id: UUID | None
    office_name: str
    is_active: bool
    has_password: bool

    @property
    def role_label(self) -> str:
        """Say the role as people do."""
        return Role(self.role).label


def memberships_of(user_id: UUID) -> tuple[MembershipRow, ...]:
    """List the organizations that a person may act for, by name; needs no viewer.

    Empty for somebody who has left or was switched off.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select organization_id, organization_name, role, office_id from app_memberships_of(%s)", [user_id]
        )
        return tuple(MembershipRow(*row) for row in cursor.fetchall())


def with_memberships() -> QuerySet[User]:
    """Select people together with what `memberships_of` tells of each, for `memberships_with`; needs no viewer."""
    told = RawSQL("(select coalesce(jsonb_agg(m), '[]') from app_memberships_of(accounts_user.id) m)", [], JSONField())
    return User.objects.annotate(works_at=told)


def memberships_with(user: User) -> tuple[MembershipRow, ...]:
    """Give the memberships of a person as they came along with them, else ask for them."""
    told = getattr(user, "works_at", None)  # the person of a request is wrapped, so its dictionary does not say
    return memberships_of(user.id) if told is None else tuple(_membership_row(**row) for row in told)


def people() -> tuple[PersonRow, ...]:
    """List everybody who works or worked for the viewer's organization: active first, by name, then key."""
    rows = Membership.objects.filter(organization_id=viewer.current()).select_related("user", "office")
    return tuple(_person(row) for row in rows.order_by("-is_active", "user__name", "id"))


def person(membership_id: UUID) -> PersonRow:
    """Give one line of "people and roles". Raises Membership.DoesNotExist for another organization's."""
    rows = Membership.objects.filter(organization_id=viewer.current()).select_related("user", "office")
    return _person(rows.get(id=membership_id))


def names_of(user_ids: frozenset[UUID]) -> dict[UUID, str]:
    """Give the names of people by id, for owners of tasks and cases."""
    return dict(User.objects.filter(id__in=user_ids).order_by("id").values_list("id", "name"))


def _membership_row(organization_id: str, organization_name: str, role: str, office_id: str | None) -> MembershipRow:
    return MembershipRow(UUID(organization_id), organization_name, role, UUID(office_id) if office_id else None)


def _person(row: Membership) -> PersonRow:
    return PersonRow(
        membership_id=row.id,
        user_id=row.user_id,
        name=row.user.name,
        email=row.user.email,
        role=row.role,
        office_id=row.office_id,
        office_name=row.office.name if row.office else "",
        is_active=row.is_active,
        has_password=row.user.has_usable_password(),
    )

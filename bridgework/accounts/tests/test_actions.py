from typing import Any
from uuid import UUID

import pytest

from bridgework.access import viewer
from bridgework.accounts import actions, queries, roles
from bridgework.accounts.models import Membership, Role, User
from bridgework.audit.models import Event
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import Unfit
from tests.cast import NOON, Cast


def administrator(cast: Cast) -> Membership:
    user = actions.make_user(email="ada@maple.example.org", name="Ada Bell")
    return actions.grant_membership(user_id=user.id, role="administrator", by=cast.general.actor, at=NOON)


def organizations(user_id: UUID) -> list[UUID]:
    return [row.organization_id for row in queries.memberships_of(user_id)]


def test_invited_person_gets_an_account_without_password_and_can_choose_one(cast: Cast) -> None:
    by = cast.general.actor
    with viewer.acting(cast.general.id):
        membership = actions.invite(email=" Sam@Maple.example.org", name="Sam  Lee", role="front_desk", by=by, at=NOON)
        person = queries.person(membership.id)
        assert (person.name, person.email, person.role_label) == ("Sam Lee", "sam@maple.example.org", "Front desk")
        assert not person.has_password
        link = actions.first_password(membership_id=membership.id, by=by, at=NOON)
        assert link.user == person.user_id.hex
        assert link.token
        assert Event.objects.filter(act="membership.granted", actor_id=by.id).count() == 1
    assert organizations(person.user_id) == [cast.general.id]


def test_somebody_with_an_account_joins_with_their_own_name_and_keeps_their_password(cast: Cast) -> None:
    other = cast.surgery.user
    with viewer.acting(cast.general.id):
        joined = actions.invite(email=other.email, name="Wrong Name", role="clinician", by=cast.general.actor, at=NOON)
        with pytest.raises(actions.UnfitPerson, match="has a password"):
            actions.first_password(membership_id=joined.id, by=cast.general.actor, at=NOON)
    assert User.objects.get(id=other.id).name == other.name
    assert set(organizations(other.id)) == {cast.general.id, cast.surgery.id}


def test_nobody_is_invited_twice_and_who_left_may_come_back(cast: Cast) -> None:
    by = cast.general.actor
    with viewer.acting(cast.general.id):
        administrator(cast)
        membership = actions.invite(email="sam@maple.example.org", name="Sam", role="front_desk", by=by, at=NOON)
        with pytest.raises(actions.AlreadyHere):
            actions.invite(email="sam@maple.example.org", name="Sam", role="front_desk", by=by, at=NOON)
        actions.end_membership(membership_id=membership.id, by=by, at=NOON)
    assert organizations(membership.user_id) == []
    with viewer.acting(cast.general.id):
        again = actions.invite(email="sam@maple.example.org", name="Sam", role="coordinator", by=by, at=NOON)
        assert again.id == membership.id
    assert [row.role for row in queries.memberships_of(membership.user_id)] == ["coordinator"]


def test_somebody_who_manages_people_always_stays(cast: Cast) -> None:
    by = cast.general.actor
    with viewer.acting(cast.general.id):
        only = administrator(cast)
        with pytest.raises(actions.NobodyLeft):
            actions.end_membership(membership_id=only.id, by=by, at=NOON)
        with pytest.raises(actions.NobodyLeft):
            actions.change_role(membership_id=only.id, role="front_desk", by=by, at=NOON)
        actions.change_role(membership_id=only.id, role="everyone", by=by, at=NOON)
        actions.invite(email="second@maple.example.org", name="Second", role="administrator", by=by, at=NOON)
        actions.end_membership(membership_id=only.id, by=by, at=NOON)
        assert [person.is_active for person in queries.people()] == [True, True, False]


def test_another_organizations_people_cannot_be_seen_changed_or_let_go(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        theirs = Membership.objects.get(user=cast.general.user)
    with viewer.acting(cast.outsider.id):
        assert [person.user_id for person in queries.people()] == [cast.outsider.user.id]
        with pytest.raises(Membership.DoesNotExist):
            queries.person(theirs.id)
        with pytest.raises(actions.NoSuchPerson):
            actions.end_membership(membership_id=theirs.id, by=cast.outsider.actor, at=NOON)
        with pytest.raises(actions.UnfitPerson, match="own offices"):
            actions.invite(
                email="x@example.org", name="X", role="clinician", office_id=cast.general.office.id,
                by=cast.outsider.actor, at=NOON,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"email": None}, "email"),
        ({"name": " "}, "name"),
        ({"name": 7}, "name"),
        ({"role": "owner"}, "role"),
        ({"office_id": uuid7()}, "office"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_field(cast: Cast, fields: dict[str, Any], field: str) -> None:
    right: dict[str, Any] = {"email": "sam@maple.example.org", "name": "Sam", "role": "front_desk"}
    with viewer.acting(cast.general.id), pytest.raises(Unfit) as refused:
        actions.invite(**(right | fields), by=cast.general.actor, at=NOON)
    assert refused.value.field == field


def test_everyone_may_everything_and_each_act_has_somebody() -> None:
    assert all(roles.may(Role.EVERYONE, act) for act in roles.MAY)
    assert all(roles.MAY.values())
    assert set(roles.WORDS) == set(roles.MAY)
    assert not roles.may(Role.FRONT_DESK, "sign_off")
    with pytest.raises(KeyError):
        roles.may(Role.EVERYONE, "fly")

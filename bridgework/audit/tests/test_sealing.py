"""Whatever is written down is sealed once, in a chain that shows every later change, organization by organization."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from bridgework.access import viewer
from bridgework.audit import actions, sealing
from bridgework.audit.models import Event, Seal
from tests.cast import NOON, Cast, Member
from tests.waiting import until

pytestmark = pytest.mark.slow


def look(member: Member, times: int = 1) -> None:
    with viewer.acting(member.id):
        for _ in range(times):
            actions.record("referral.viewed", by=member.actor, at=NOON)


def seals(member: Member) -> list[tuple[int, int]]:
    with viewer.acting(member.id):
        return list(Seal.objects.order_by("number").values_list("number", "events"))


def sealed(member: Member, events: int) -> bool:
    """Seal, and tell whether that many of the member's events are covered: other transactions may still run."""
    sealing.seal_all(at=NOON)
    return sum(count for _, count in seals(member)) == events


def broken(member: Member) -> list[int]:
    with viewer.acting(member.id):
        return list(actions.broken_seals())


def as_owner(statement: str, key: UUID) -> None:
    owner: dict[str, Any] = settings.OWNER
    name = connection.settings_dict["NAME"]
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"] or None, user=owner["USER"], password=owner["PASSWORD"], dbname=name
    ) as link:
        link.execute(statement, [key])


def test_every_organization_is_sealed_and_only_what_is_new(committed_cast: Cast) -> None:
    one, other = committed_cast.general, committed_cast.surgery
    look(one, 2)
    look(other)
    until(lambda: sealed(one, 2) and sealed(other, 1), "the events are sealed")
    look(one)
    until(lambda: sealed(one, 3), "the new event is sealed")
    assert sum(count for _, count in seals(one)) == 3
    assert sum(count for _, count in seals(other)) == 1
    assert seals(committed_cast.outsider) == []
    assert sealing.seal_all(at=NOON) == 0
    assert broken(one) == broken(other) == []


@pytest.mark.parametrize(
    "tampering",
    ["update audit_event set actor_name = 'Nobody' where id = %s", "delete from audit_event where id = %s"],
)
def test_an_event_that_was_changed_or_taken_away_breaks_its_seal_and_those_after_keep_telling(
    committed_cast: Cast, tampering: str
) -> None:
    member = committed_cast.general
    look(member)
    until(lambda: sealed(member, 1), "the first event is sealed")
    look(member)
    until(lambda: sealed(member, 2), "the second event is sealed")
    with viewer.acting(member.id):
        first = Event.objects.order_by("transaction", "id").values_list("id", flat=True)[0]
    as_owner(tampering, first)
    assert broken(member)[0] == 1


def test_what_is_still_being_written_is_not_sealed(committed_cast: Cast) -> None:
    member = committed_cast.general
    with viewer.acting(member.id):
        actions.record("referral.viewed", by=member.actor, at=NOON)
        assert actions.seal(at=NOON) is None
    until(lambda: sealed(member, 1), "it is sealed afterwards")

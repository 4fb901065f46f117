"""History written as a set is what the single actions would have written, and sets nothing off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bridgework.access import viewer
from bridgework.access.models import Due
from bridgework.audit.models import Event
from bridgework.deliveries.models import Delivery
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.network import actions as network
from bridgework.network.listing import Place, Practice
from bridgework.referrals import actions, lifecycle, models, story, timeline
from bridgework.referrals.errors import NoSuchReferral
from bridgework.referrals.history import Past, record_history
from bridgework.referrals.recording import record
from bridgework.referrals.tests.desk import order, send
from bridgework.referrals.tests.story import BODIES
from bridgework.referrals.timeline import Corrected, Entry, Redirected
from bridgework.worklist.models import Task
from tests.cast import NOON, Cast, Member

IMPORTER = Actor(kind="import", id="history", name="History")
SIDES: tuple[timeline.Side, ...] = ("sender", "receiver")


class Walk:
    """A referral worked by its offices in random steps, by the real actions."""

    def __init__(self, cast: Cast, *, is_typed_in: bool) -> None:
        self.cast = cast
        self.at = NOON
        self.members = {member.id: member for member in (cast.general, cast.surgery, cast.health_center)}
        self.parties = set(self.members)
        if is_typed_in:
            self.referral = self._type_in()
        else:
            self.referral = send(cast.general, cast.surgery)

    def _type_in(self) -> models.Referral:
        surgery = self.cast.surgery
        with viewer.acting(surgery.id):
            office = network.add_unlisted_office(
                practice=Practice(name="Riverside Dental"), place=Place(name="Riverside Dental", reached_by="unknown"),
                by=surgery.actor, at=NOON,
            )  # fmt: skip
            self.parties.add(office.organization_id)
            receiver = actions.Receiver(organization_id=surgery.id, name="Harbor Oral Surgery", channel="fax")
            typed = replace(order(surgery, surgery), sender_id=office.organization_id, receiver=receiver)
            return actions.send(typed, telling=actions.Telling(by=surgery.actor, at=NOON))

    def known(self) -> story.Story:
        with viewer.acting(self.cast.surgery.id):
            return story.load(self.referral.id)

    def step(self, data: st.DataObject) -> None:
        """Let a member do one thing that the table allows it."""
        self.at += timedelta(hours=data.draw(st.sampled_from([0.5, 5, 30])))
        standing = self._freshest().standing
        choices = [
            (member, action)
            for member in self.members.values()
            for side in SIDES
            if lifecycle.side_of(standing, member.id) == side
            for action in lifecycle.next_actions(standing, side)
        ]
        member, action = data.draw(st.sampled_from(choices))
        with viewer.acting(member.id):
            self._take(member, action, standing)

    def _freshest(self) -> story.Story:
        stories = []
        for organization_id in self.members:
            with viewer.acting(organization_id):
                if models.Case.objects.filter(referral_id=self.referral.id, left_at=None).exists():
                    stories.append(story.load(self.referral.id))
        return max(stories, key=lambda known: sum(entry.audience is None for entry in known.entries))

    def _take(self, member: Member, action: str, standing: lifecycle.Standing) -> None:
        telling = actions.Telling(by=member.actor, at=self.at, happened_at=self.at - timedelta(minutes=20))
        if action == "assign":
            actions.assign(referral_id=self.referral.id, telling=telling, user_id=member.user.id, user_name="Dana")
        elif action == "correct":
            mine = [e for e in story.load(self.referral.id).entries if self._is_retractable(e, member)]
            slip = Corrected(target=mine[-1].id, action="retract", reason="A slip") if mine else None
            body: timeline.Kind = slip or timeline.Noted(text="All is well")
            record("note", body, referral_id=self.referral.id, telling=telling)
        else:
            body = self._redirect(standing) if action == "redirect" else BODIES[action](standing, self.at)
            record(action, body, referral_id=self.referral.id, telling=telling)

    def _is_retractable(self, entry: Entry, member: Member) -> bool:
        is_ours = entry.organization_id == member.id and entry.audience is None
        return is_ours and not isinstance(entry.body, timeline.Sent | Redirected | Corrected)

    def _redirect(self, standing: lifecycle.Standing) -> Redirected:
        there = self.cast.surgery if standing.receiver == self.cast.health_center.id else self.cast.health_center
        return Redirected(to_organization=there.id, to_office=there.office.id, to_name=there.organization.name)

    def entries(self) -> list[Entry]:
        """Give every entry, each office's private ones too, in the order of recording."""
        found: dict[UUID, Entry] = {}
        for organization_id in self.parties:
            with viewer.acting(organization_id):
                rows = models.Entry.objects.filter(referral_id=self.referral.id).order_by("id")
                found |= {row.id: story.to_entry(row) for row in rows}
        return [found[key] for key in sorted(found)]


def again(walk: Walk) -> Past:
    """Make the same past under other keys."""
    kept, entries = walk.referral, walk.entries()
    made = models.Referral(**{f.attname: getattr(kept, f.attname) for f in models.Referral._meta.concrete_fields})
    made.id, made.number = uuid7(kept.made_at), f"{kept.number}-2"
    keys = {entry.id: uuid7(entry.recorded_at) for entry in entries}

    def renewed(entry: Entry) -> Entry:
        body = entry.body
        if isinstance(body, Corrected):
            body = replace(body, target=keys[body.target])
        return replace(entry, id=keys[entry.id], referral_id=made.id, body=body)

    return Past(referral=made, entries=tuple(map(renewed, entries)))


def columns(organization_id: UUID, referral_id: UUID) -> dict[str, Any] | None:
    """Give what an office's case says, without its keys."""
    with viewer.acting(organization_id):
        found = models.Case.objects.filter(referral_id=referral_id).values().first()
    return found and {name: value for name, value in found.items() if name not in ("id", "referral_id", "number")}


def lines(organization_id: UUID, referral_id: UUID) -> list[dict[str, Any]]:
    """Give the timeline as an office reads it, without its keys."""
    with viewer.acting(organization_id):
        rows = list(models.Entry.objects.filter(referral_id=referral_id).order_by("id").values())
    found: list[dict[str, Any]] = [
        {name: value for name, value in row.items() if name not in ("id", "referral_id")} for row in rows
    ]
    for row in found:
        row["data"] = {key: value for key, value in row["data"].items() if key != "target"}
    return found


def clocks(organization_id: UUID, referral_id: UUID) -> list[datetime]:
    """Give when the office's case is next looked at."""
    with viewer.acting(organization_id):
        case_ids = list(models.Case.objects.filter(referral_id=referral_id).values_list("id", flat=True))
    return list(Due.objects.filter(kind="clock", row_id__in=case_ids).values_list("due_at", flat=True))


@settings(
    max_examples=20,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
@pytest.mark.slow
def test_history_equals_what_the_single_actions_write(cast: Cast, data: st.DataObject) -> None:
    walk = Walk(cast, is_typed_in=data.draw(st.booleans()))
    for _ in range(data.draw(st.integers(0, 9))):
        walk.step(data)
    past = again(walk)
    with viewer.acting(cast.surgery.id):
        record_history([past], by=IMPORTER, at=walk.at)
    for organization_id in walk.parties:
        single, as_set = (columns(organization_id, one.id) for one in (walk.referral, past.referral))
        assert as_set == single
        assert lines(organization_id, past.referral.id) == lines(organization_id, walk.referral.id)
        if single and not single["closed_at"] and single["clock_due_at"] and single["clock_due_at"] > walk.at:
            assert clocks(organization_id, past.referral.id) == clocks(organization_id, walk.referral.id)


def test_history_sets_nothing_off(cast: Cast) -> None:
    walk = Walk(cast, is_typed_in=False)
    past = again(walk)
    much_later = NOON + timedelta(days=400)
    with viewer.acting(cast.surgery.id):
        Task.objects.all().delete()
        record_history([past], by=IMPORTER, at=much_later)
        assert not Task.objects.exists()
        assert not Delivery.objects.filter(referral_id=past.referral.id).exists()
        assert Event.objects.get(referral_id=past.referral.id).act == "referral.history_recorded"
    assert clocks(cast.surgery.id, past.referral.id) == []


def test_nobody_records_the_history_of_others(cast: Cast) -> None:
    past = again(Walk(cast, is_typed_in=False))
    with viewer.acting(cast.outsider.id), pytest.raises(NoSuchReferral):
        record_history([past], by=IMPORTER, at=NOON)
    assert columns(cast.surgery.id, past.referral.id) is None

"""The one way in which something joins a referral's timeline: lock, check, write, audit, publish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bridgework.access import viewer
from bridgework.access.publishing import publish
from bridgework.audit import actions as audit
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.referrals import projection, story
from bridgework.referrals.errors import NoSuchReferral, Refused
from bridgework.referrals.facts import Recorded
from bridgework.referrals.lifecycle import Standing, fold, overtaken, refusal
from bridgework.referrals.story import Story
from bridgework.referrals.timeline import Entry, Kind


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Who tells what happened, when we hear it, and when it was.

    `key` makes it safe to be told twice: the form's hidden key, a control id, a file row. `is_report` marks what
    another system says happened: it is never refused, and kept as contradictory when it does not fit. `saw` is the
    status that the page showed to who decides: when it is another one by now, they look again first.
    """

    by: Actor
    at: datetime
    happened_at: datetime | None = None
    key: str = ""
    system: str = "bridgework"
    is_report: bool = False
    saw: str = ""


@transaction.atomic
def record(action: str, body: Kind, *, referral_id: UUID, telling: Telling, is_private: bool = False) -> Entry:
    """Record that `body` happened to a referral, for the present viewer, by the rules of the lifecycle.

    Told twice with the same key, the first entry is returned and nothing happens. Raises NoSuchReferral when the
    viewer is no party, and Refused with one sentence when the action does not fit.
    """
    story.lock(referral_id)
    known = story.load(referral_id)
    if (same := _told_before(known, telling)) is not None:
        return same
    entry = _entry(known, body, telling, viewer.current() if is_private else None)
    _check(action, known, entry, telling)
    story.append([entry])
    audit.record(f"referral.{body.kind}", by=telling.by, at=telling.at, referral_id=referral_id, entry=str(entry.id))
    after = fold((*known.entries, entry))
    tell(Story(known.referral, (*known.entries, entry)), entry, before=known.standing, after=after)
    return entry


def tell(known: Story, entry: Entry, *, before: Standing, after: Standing) -> None:
    """Publish a recorded entry: every party's case is projected first, then its reactions run."""
    fact = Recorded(
        at=entry.recorded_at,
        referral_id=known.referral.id,
        entry=entry,
        referral=known.referral,
        before=before,
        after=after,
        names=known.names,
    )

    def project(organization_id: UUID) -> None:
        projection.project(known, after, organization_id, at=entry.recorded_at)

    private = entry.audience is not None
    everyone = [after.sender, after.receiver, *_left_just_now(before, after)]
    parties = dict.fromkeys([viewer.current(), *(party for party in everyone if party is not None)])
    publish(fact, topic=type(entry.body), participants=[viewer.current()] if private else parties, before=project)


def _left_just_now(before: Standing, after: Standing) -> list[UUID]:
    return [party for party in after.former_receivers if party not in before.former_receivers]


def _told_before(known: Story, telling: Telling) -> Entry | None:
    if not telling.key:
        return None
    here = viewer.current()
    same = (
        entry
        for entry in known.entries
        if (entry.organization_id, entry.origin_system, entry.origin_id) == (here, telling.system, telling.key)
    )
    return next(same, None)


def _entry(known: Story, body: Kind, telling: Telling, audience: UUID | None) -> Entry:
    happened_at = telling.happened_at or telling.at
    if happened_at > telling.at and not telling.is_report:
        raise Refused("That time is still to come. Record what has already happened, or book a visit.")
    return Entry(
        id=uuid7(telling.at),
        referral_id=known.referral.id,
        happened_at=happened_at,
        recorded_at=telling.at,
        organization_id=viewer.current(),
        actor=telling.by,
        body=body,
        origin_system=telling.system,
        origin_id=telling.key,
        audience=audience,
    )


def _check(action: str, known: Story, entry: Entry, telling: Telling) -> None:
    """Refuse what fits neither where the referral stands now nor, told late, where it stood when it happened."""
    here = viewer.current()
    side = known.side(here)
    if side is None:
        raise NoSuchReferral("There is no such referral here.")
    if side == "former":
        if entry.audience is None:
            raise Refused("You passed this referral on, so only your own notes can be added.")
        return
    if telling.is_report:
        return
    if sentence := overtaken(action, telling.saw, known.standing):
        raise Refused(sentence)
    sentence = refusal(action, known.standing, side)
    if sentence and entry.happened_at < entry.recorded_at:
        then = fold(e for e in known.entries if e.happened_at <= entry.happened_at)
        sentence = refusal(action, then, side) and sentence
    if sentence:
        raise Refused(sentence)

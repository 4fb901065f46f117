"""Referrals of the past, written as sets: from another system, from years before Bridgework, from a made-up past.

Every column is what the single actions would have written: the same `lifecycle.fold`, the same `projection`. What
they set off is left out: history writes to nobody, opens no task, and only what is still open has its clocks set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bridgework.access import copying, due, viewer
from bridgework.access.publishing import publish
from bridgework.audit import actions as audit
from bridgework.lib.actor import Actor
from bridgework.referrals import projection, story
from bridgework.referrals.errors import NoSuchReferral
from bridgework.referrals.facts import HistoryRecorded
from bridgework.referrals.lifecycle import Standing, fold
from bridgework.referrals.models import Case, Referral
from bridgework.referrals.story import Story
from bridgework.referrals.timeline import Assigned, Corrected, Entry, Redirected, Sent


@dataclass(frozen=True, kw_only=True)
class Past:
    """A referral that is not yet written and its entries, shared and private, in the order of their recording.

    `charts` names an organization's own chart of the patient.
    """

    referral: Referral
    entries: tuple[Entry, ...]
    charts: Mapping[UUID, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class _View:
    """What one organization's case was last projected from, and since when there is such a case."""

    past: Past
    known: Story
    standing: Standing
    since: datetime


@transaction.atomic
def record_history(past: Sequence[Past], *, by: Actor, at: datetime) -> None:
    """Write many referrals of the past, each with its cases, timeline and, while it is open, its clocks.

    The viewer is a party to every one of them and answers for what the others are quoted as saying; their cases and
    entries are written under their own names as publishing does it (decision 0011). `at` decides which clocks are
    still to ring. Raises NoSuchReferral when the viewer is no party.
    """
    here = viewer.current()
    parties: dict[UUID, list[_View]] = defaultdict(list)
    for one in past:
        views = _views(one)
        if here not in views:
            raise NoSuchReferral("Only what your own office took part in can be recorded as its history.")
        for organization_id, view in views.items():
            parties[organization_id].append(view)
    if not past:
        return
    referral_ids = tuple(one.referral.id for one in past)
    _write(parties[here], here, at)
    audit.record_each("referral.history_recorded", by=by, at=at, referral_ids=referral_ids)

    def write(organization_id: UUID) -> None:
        if organization_id != here:
            _write(parties[organization_id], here, at)

    everyone = dict.fromkeys((here, *parties))
    publish(HistoryRecorded(at=at, referral_ids=referral_ids), participants=everyone, before=write)


def _views(past: Past) -> dict[UUID, _View]:
    """Tell from what each party's case is projected: from all of it, or from what was so when its part ended."""
    if any(isinstance(entry.body, Redirected | Corrected) for entry in past.entries):
        return _replayed(past)
    first, known = past.entries[0], Story(past.referral, past.entries)
    if not isinstance(first.body, Sent):
        return _replayed(past)
    standing = known.standing
    sides = (standing.sender, standing.receiver)
    return {party: _View(past, known, standing, first.recorded_at) for party in sides if party is not None}


def _replayed(past: Past) -> dict[UUID, _View]:
    """Go through the entries as they were recorded, as the single actions did."""
    views: dict[UUID, _View] = {}
    before = Standing()
    for count, entry in enumerate(past.entries, start=1):
        if entry.audience is not None:  # changes no column but the owner
            continue
        earlier = sorted(past.entries[: count - 1], key=lambda one: (one.happened_at, one.id))
        known = Story(past.referral, (*earlier, entry))
        after = fold(known.entries)
        left = [one for one in after.former_receivers if one not in before.former_receivers]
        for party in (entry.organization_id, after.sender, after.receiver, *left):
            if party is not None:
                since = views[party].since if party in views else entry.recorded_at
                views[party] = _View(past, known, after, since)
        before = after
    return views


def _write(views: Sequence[_View], starter: UUID, at: datetime) -> None:
    """Write the viewer's own cases, and then what these let it write: its entries, and first the referrals it starts."""
    here = viewer.current()
    cases = [_case(view, here) for view in views]
    copying.insert_rows(cases)
    if here == starter:
        copying.insert_rows([view.past.referral for view in views])
    copying.insert_rows(
        [
            story.to_row(entry)
            for view in views
            for entry in view.past.entries
            if (entry.organization_id or starter) == here
        ]
    )
    for case, view in zip(cases, views, strict=True):
        ends_at = _next_clock(case, view.standing, at)
        if ends_at is not None:
            due.schedule(organization_id=here, kind=projection.CLOCK, row_id=case.id, due_at=ends_at)


def _case(view: _View, organization_id: UUID) -> Case:
    columns = projection.columns_of(view.known, view.standing, organization_id)
    case = projection.row_of(view.past.referral, columns, organization_id, at=view.since)
    case.patient_id = view.past.charts.get(organization_id)
    for entry in view.past.entries:
        if isinstance(entry.body, Assigned) and entry.audience == organization_id:
            case.owner_id = UUID(entry.body.user_id)
    return case


def _next_clock(case: Case, standing: Standing, at: datetime) -> datetime | None:
    """Return when a clock of a still-open case ends next; one that ended in the past rings for nobody."""
    if case.closed_at is not None or case.clock_due_at is None:
        return None
    if case.clock_due_at > at:
        return case.clock_due_at
    ends = (clock.due_at for clock in projection.clocks_of(standing, case.side, at))
    return min((moment for moment in ends if moment > at), default=None)

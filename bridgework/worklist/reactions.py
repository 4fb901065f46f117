"""Facts that ask for a person, and facts that settle what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import get_args
from uuid import UUID

from bridgework.access import due, viewer
from bridgework.referrals import clocks, story
from bridgework.referrals.facts import Recorded
from bridgework.referrals.lifecycle import Standing
from bridgework.referrals.models import Case
from bridgework.referrals.projection import CLOCK, clocks_of
from bridgework.worklist import actions
from bridgework.worklist.actions import Errand

LOOK_WITHIN = timedelta(hours=8)
CLOCKS: tuple[str, ...] = get_args(clocks.ClockKind)


def ask_when_it_does_not_fit(fact: Recorded) -> None:
    """Ask somebody at each office what is true when an entry contradicts another; the entry is kept."""
    new = [c for c in fact.after.contradictions if c not in fact.before.contradictions]
    if not new or not fact.is_live:
        return
    actions.open_task(
        Errand(
            kind="does_not_fit",
            subject_id=fact.referral.id,
            referral_id=fact.referral.id,
            patient_name=_name(fact),
            sentence=new[0].sentence,
            due_at=fact.at + LOOK_WITHIN,
        ),
        at=fact.at,
    )


def put_away_clock_tasks(fact: Recorded) -> None:
    """Tasks that a clock opened are moot once the clock no longer runs; a settled contradiction asks nobody."""
    running = {clock.kind for clock in clocks_of(fact.after, fact.side(viewer.current()), fact.at)}
    stopped: list[str] = [kind for kind in CLOCKS if kind not in running]
    if not fact.after.contradictions:
        stopped.append("does_not_fit")
    actions.put_away(stopped, fact.referral.id, at=fact.at)


def ring(organization_id: UUID, case_ids: Sequence[UUID], at: datetime) -> None:
    """Due work "clock": open a task for each clock of a case that has ended, and look again at the next one."""
    with viewer.acting(organization_id):
        for case in Case.objects.filter(organization_id=organization_id, id__in=list(case_ids)).order_by("id"):
            _ring(case, at)
        due.settle_before(CLOCK, case_ids, at=at)


def _ring(case: Case, at: datetime) -> None:
    standing = story.load(case.referral_id).standing
    mine = clocks_of(standing, case.side, at)
    for clock in mine:
        if clock.due_at <= at:
            actions.open_task(_errand(case, standing, clock), at=at)
    later = min((clock.due_at for clock in mine if clock.due_at > at), default=None)
    if later is not None:
        due.schedule(organization_id=case.organization_id, kind=CLOCK, row_id=case.id, due_at=later)


def _errand(case: Case, standing: Standing, clock: clocks.Clock) -> Errand:
    return Errand(
        kind=clock.kind,
        subject_id=case.referral_id,
        referral_id=case.referral_id,
        patient_name=case.patient_name,
        sentence=clock.sentence,
        due_at=clock.due_at,
        is_red_flag=standing.is_red_flag,
        owner_id=case.owner_id,
    )


def _name(fact: Recorded) -> str:
    return f"{fact.referral.patient_given} {fact.referral.patient_family}"

"""Is a case what its timeline says? Folds the entries again and compares column by column."""

from __future__ import annotations

from bridgework.referrals import projection, story
from bridgework.referrals.models import Case

# What is the organization's own, or was set once when the case was made.
_PRIVATE = frozenset({"id", "made_at", "patient_id", "owner_id"})


def differences(case: Case) -> list[str]:
    """Name the columns of the viewer's case that a replay of the timeline would write otherwise; none is good.

    Names alone, never values, for these may be about a patient's health. Clocks are worked out by today's office
    hours: a case that nothing has happened to since the hours were changed differs in `clock_due_at`.
    """
    known = story.load(case.referral_id)
    columns = projection.columns_of(known, known.standing, case.organization_id)
    replayed = projection.row_of(known.referral, columns, case.organization_id, at=case.made_at)
    names = [field.attname for field in Case._meta.concrete_fields if field.attname not in _PRIVATE]
    return [name for name in names if getattr(case, name) != getattr(replayed, name)]

"""The viewer's cases of one patient, or with one other organization, for their pages."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from bridgework.access import viewer
from bridgework.referrals.models import Case

MOST = 50


def of_patient(patient_id: UUID) -> tuple[Case, ...]:
    """List the cases of one of the viewer's patients, newest change first, the last fifty."""
    rows = Case.objects.filter(organization_id=viewer.current(), patient_id=patient_id)
    return tuple(rows.order_by("-changed_at", "-id")[:MOST])


def with_organization(organization_id: UUID) -> tuple[Case, ...]:
    """List the viewer's cases in which that organization is the other side, newest change first, the last fifty."""
    rows = Case.objects.filter(organization_id=viewer.current(), other_organization_id=organization_id)
    return tuple(rows.order_by("-changed_at", "-id")[:MOST])


def newest_by_patient(patient_ids: Sequence[UUID]) -> dict[UUID, Case]:
    """Give the case that changed last of each patient who has one, in one query."""
    rows = Case.objects.filter(organization_id=viewer.current(), patient_id__in=patient_ids)
    newest = rows.order_by("patient_id", "-changed_at", "-id").distinct("patient_id")
    return {case.patient_id: case for case in newest if case.patient_id}


def has_any() -> bool:
    """Tell whether the viewer ever sent or received a referral."""
    return Case.objects.filter(organization_id=viewer.current()).exists()

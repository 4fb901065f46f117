"""What is asked at the moment when a message to a patient is about to go out."""

from __future__ import annotations

from datetime import datetime

from bridgework.access import viewer
from bridgework.deliveries.models import Delivery
from bridgework.outreach import consent
from bridgework.patients.models import Patient
from bridgework.referrals.models import Case

DECEASED = "The patient has died."
NOT_OURS = "The referral is not this organization's."
STOPPED = "The patient does not want messages any more."
ENDED = "The referral ended before this went out."


def patient_notice(delivery: Delivery, at: datetime) -> str | None:
    """Say why a message to a patient is withheld, or None when it may go.

    The patient lives and has not asked us to stop, and the referral is ours and open.
    """
    here = viewer.current()
    case = None
    if delivery.referral_id is not None:
        case = Case.objects.filter(organization_id=here, referral_id=delivery.referral_id).first()
        if case is None:
            return NOT_OURS
    charts = [chart for chart in (delivery.patient_id, case.patient_id if case else None) if chart is not None]
    if Patient.objects.filter(organization_id=here, id__in=charts, is_deceased=True).exists():
        return DECEASED
    if consent.has_stopped(delivery.channel, delivery.address):
        return STOPPED
    if case is not None and case.closed_at is not None:
        return ENDED
    return None

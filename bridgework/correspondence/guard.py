"""What is asked at the moment when a notice to another office is about to go out."""

from __future__ import annotations

from datetime import datetime

from bridgework.access import viewer
from bridgework.deliveries.models import Delivery
from bridgework.referrals.models import Case

NOT_OURS = "The referral is not this organization's."
PASSED_ON = "The referral was passed on to another office before this went out."
ENDED = "The referral ended before this went out."


def office_notice(delivery: Delivery, at: datetime) -> str | None:
    """Say why a notice to an office is withheld, or None when it may go.

    What was written before an ending without a closed loop is stale by then; the notice of the ending itself is
    written after it, and the news of a closed loop is never stale.
    """
    if delivery.referral_id is None:
        return None
    case = Case.objects.filter(organization_id=viewer.current(), referral_id=delivery.referral_id).first()
    if case is None:
        return NOT_OURS
    if case.left_at is not None and delivery.made_at < case.left_at:
        return PASSED_ON
    if case.closed_at is not None and not case.is_loop_closed and delivery.made_at < case.closed_at:
        return ENDED
    return None

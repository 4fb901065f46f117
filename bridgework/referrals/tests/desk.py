"""What tests do at a desk: send a referral, tell what happened, look at one's own case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bridgework.access import viewer
from bridgework.lib.actor import Actor
from bridgework.referrals import actions, story
from bridgework.referrals.models import Case, Referral
from bridgework.referrals.snapshot import PatientIdentity, Referrer, Snapshot
from bridgework.referrals.story import Story
from bridgework.referrals.timeline import Request
from tests.cast import NOON, Member

ELENA = PatientIdentity(
    given="Elena", family="Marquez", birth_date=date(1968, 3, 4), sex="female", phone="+15035550148",
    email="elena@example.org",
)  # fmt: skip


def telling(member: Member, hours: float = 0, **more: object) -> actions.Telling:
    """Say that a member's coordinator tells it, some hours after noon."""
    return actions.Telling(by=member.actor, at=NOON + timedelta(hours=hours), **more)  # type: ignore[arg-type]


def order(sender: Member, receiver: Member, **changes: object) -> actions.Order:
    """Make a referral of Elena for an extraction."""
    plain: dict[str, object] = {
        "sender_id": sender.id,
        "sender_name": sender.organization.name,
        "receiver": actions.Receiver(
            organization_id=receiver.id, name=receiver.organization.name, office_id=receiver.office.id
        ),
        "patient": ELENA,
        "snapshot": Snapshot(may_text=True, referrer=Referrer(office=sender.office.name, provider="Dr. Hannah Cole")),
        "request": Request(
            specialty="oral_surgery",
            procedure="extraction",
            urgency="soon",
            reason="Cracked lower left 6",
            teeth=("19",),
        ),
    }
    return actions.Order(**{**plain, **changes})  # type: ignore[arg-type]


def send(sender: Member, receiver: Member, **changes: object) -> Referral:
    """Send Elena's referral at noon, as the sender."""
    with viewer.acting(sender.id):
        return actions.send(order(sender, receiver, **changes), telling=telling(sender))


def case_of(member: Member, referral_id: UUID) -> Case:
    """Return a member's case."""
    with viewer.acting(member.id):
        return Case.objects.get(referral_id=referral_id)


def story_of(member: Member, referral_id: UUID) -> Story:
    """Return the referral as a member knows it."""
    with viewer.acting(member.id):
        return story.load(referral_id)


def job(name: str) -> Actor:
    """Return a job as actor."""
    return Actor(kind="job", id=name, name=name)


def later(hours: float) -> datetime:
    """Return noon plus hours."""
    return (NOON + timedelta(hours=hours)).astimezone(UTC)

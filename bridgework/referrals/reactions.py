"""What follows inside the referral itself when an entry is recorded."""

from __future__ import annotations

from datetime import timedelta

from bridgework.access import viewer
from bridgework.lib.actor import Actor
from bridgework.network.models import Organization
from bridgework.referrals.actions import answering, sending
from bridgework.referrals.facts import Recorded
from bridgework.referrals.recording import Telling
from bridgework.referrals.timeline import Redirected, Sent

PORTAL = Actor(kind="job", id="portal", name="Bridgework")


def receive_by_portal(fact: Recorded) -> None:
    """Record that an office on Bridgework has the referral the moment that it is sent: it is in its list."""
    here, body = viewer.current(), fact.entry.body
    if fact.side(here) != "receiver" or not isinstance(body, Sent | Redirected) or body.channel != "portal":
        return
    if fact.after.status == "sent" and Organization.objects.filter(id=here, is_member=True).exists():
        # Recorded after the redirect that brought it, so that a former receiver does not see it.
        at = fact.at + timedelta(microseconds=1)
        telling = Telling(by=PORTAL, at=at, happened_at=fact.entry.happened_at)
        answering.receive(referral_id=fact.referral.id, telling=telling)


def hand_packet_on(fact: Recorded) -> None:
    """After a redirect each party lets the new receiver read the files that it added."""
    sending.share_packet(fact.referral.id, at=fact.at)

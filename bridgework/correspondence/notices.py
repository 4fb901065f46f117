"""Telling the other office that something happened: a short e-mail without health details, and the report itself.

Each function answers a recorded entry once for every party and acts for one of them: the office whose news it is.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from bridgework.access import viewer
from bridgework.deliveries import actions as deliveries
from bridgework.lib.actor import Actor
from bridgework.network import offices
from bridgework.referrals import actions
from bridgework.referrals.facts import Recorded
from bridgework.referrals.timeline import ConsultCompleted, Redirected, ReportSent, Sent
from bridgework.worklist import actions as worklist

BY_ITSELF = Actor(kind="job", id="correspondence", name="Bridgework")
PURPOSE = "office_notice"
HAND_OVER, HAND_OVER_WITHIN = "hand_over", timedelta(hours=4)

# What the e-mail says, by kind of entry. The patient and the findings stay behind the sign-in.
NEWS: dict[str, str] = {
    "sent": "You have a new referral",
    "redirected": "A referral was passed on to you",
    "resubmitted": "A referral was sent to you again",
    "accepted": "Your referral was accepted",
    "more_information_asked": "The other office has a question about your referral",
    "more_information_given": "Your question about a referral was answered",
    "declined": "Your referral was declined",
    "booked": "A visit was booked for your referral",
    "no_show": "Your patient did not come to the visit",
    "report_sent": "The report on your referral is ready to read",
    "treatment_scheduled": "Treatment was scheduled for your referral",
    "treatment_completed": "Treatment was completed for your referral",
    "post_op_concluded": "The healing period is over for your referral",
    "cancellation_requested": "The referring office asks to cancel a referral",
    "closed": "A referral was closed",
    "reopened": "A referral was reopened",
}


def tell_other_office(fact: Recorded) -> None:
    """Write to the office on the other side, when this side made the news and the other can be written to."""
    here, body = viewer.current(), fact.entry.body
    if not fact.is_live or fact.entry.organization_id != here or fact.entry.audience is not None:
        return
    is_sender = fact.side(here) == "sender"
    if fact.after.is_receiver_unlisted if is_sender else fact.after.is_sender_unlisted:
        return  # no account to read it with: a person hands it over
    other = fact.after.receiver if is_sender else fact.after.sender
    office = offices.to_write_to(other, fact.after.receiver_office) if other else None
    if office is None or not office.email:
        return
    news = NEWS[body.kind]
    deliveries.enqueue(
        deliveries.Outgoing(
            purpose=PURPOSE,
            channel="email",
            address=office.email,
            recipient=office.name,
            subject=f"{news} ({fact.referral.number})",
            body=_letter(news, fact),
            dedupe_key=f"office_notice:{fact.entry.id}",
            referral_id=fact.referral.id,
        ),
        at=fact.at,
    )


def ask_to_hand_over(fact: Recorded) -> None:
    """Ask a person to bring the referral to an office without an account, by the way that it prefers."""
    body, here = fact.entry.body, viewer.current()
    if not isinstance(body, Sent | Redirected) or fact.entry.organization_id != here or not fact.is_live:
        return
    if not fact.after.is_receiver_unlisted or fact.side(here) == "receiver":
        return
    office = body.to_name or "The receiving office"
    errand = worklist.Errand(
        kind=HAND_OVER,
        subject_id=fact.referral.id,
        referral_id=fact.referral.id,
        patient_name=f"{fact.referral.patient_given} {fact.referral.patient_family}",
        sentence=f"{office} has no account. Bring the referral to them ({body.channel}) and mark it as received.",
        due_at=fact.at + HAND_OVER_WITHIN,
        is_red_flag=fact.after.is_red_flag,
    )
    worklist.open_task(errand, at=fact.at)


def put_away_hand_over(fact: Recorded) -> None:
    """Settle that request: the office has it now."""
    worklist.put_away([HAND_OVER], fact.referral.id, at=fact.at)


def _letter(news: str, fact: Recorded) -> str:
    sender = fact.names.get(viewer.current(), "")
    return (
        f"{news}.\n\nReferral {fact.referral.number}, from {sender}.\n\n"
        f"Sign in to read it: {settings.PUBLIC_URL}/referrals/{fact.referral.id}\n\n"
        "This message holds no health information on purpose.\n"
    )


def send_report_from_note(fact: Recorded) -> None:
    """Send the consult note as the report: an office on Bridgework gets it at once, nobody opens a second module."""
    body = fact.entry.body
    if not isinstance(body, ConsultCompleted) or fact.side(viewer.current()) != "receiver":
        return
    if fact.after.is_sender_unlisted or not fact.is_live or not body.findings:
        return
    report = ReportSent(
        channel="portal",
        title="Consult note",
        summary="\n\n".join(part for part in (body.findings, body.recommendation) if part),
    )
    telling = actions.Telling(by=BY_ITSELF, at=fact.at, key=f"report:{fact.entry.id}")
    actions.send_report(referral_id=fact.referral.id, telling=telling, report=report)


def receive_report_by_portal(fact: Recorded) -> None:
    """Record that an office on Bridgework has the report the moment that it is sent."""
    body = fact.entry.body
    if not isinstance(body, ReportSent) or body.channel != "portal" or fact.side(viewer.current()) != "sender":
        return
    if fact.after.is_sender_unlisted:
        return
    telling = actions.Telling(
        by=BY_ITSELF, at=fact.at, happened_at=fact.entry.happened_at, key=f"received:{fact.entry.id}"
    )
    actions.receive_report(referral_id=fact.referral.id, telling=telling)

"""The pretend phone: what a patient would get appears on it, and what they answer moves the referral."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bridgework.access import viewer
from bridgework.config.jobs import work_everything_due
from bridgework.deliveries.models import Delivery, ReceivedMessage, State
from bridgework.outreach.guard import STOPPED
from bridgework.referrals import actions as referrals
from bridgework.referrals.models import Case
from bridgework.referrals.tests.desk import send, story_of, telling
from bridgework.referrals.timeline import Booked, Rescheduled
from bridgework.worklist.models import Task
from tests.cast import NOON, Cast, Member
from tests.journeys.walking import forms_in

PHONE = "+15035550148"


@pytest.fixture
def demo(settings: Any) -> None:
    """Let texts go to the pretend phone, as in demo and training mode."""
    settings.IS_PRETEND = True


@pytest.fixture
def booked(committed_cast: Cast, demo: None) -> UUID:
    """Refer Elena, accept her and book a visit; the text about the visit is on her phone."""
    cast = committed_cast
    referral_id = send(cast.general, cast.surgery).id
    with viewer.acting(cast.surgery.id):
        referrals.accept(referral_id=referral_id, telling=telling(cast.surgery, 1))
    book(cast.surgery, referral_id, hours=2)
    return referral_id


def book(member: Member, referral_id: UUID, *, hours: float) -> None:
    """Book a visit and let the worker send what follows."""
    with viewer.acting(member.id):
        booking = Booked(starts_at=NOON + timedelta(days=3), minutes=30)
        referrals.book(referral_id=referral_id, telling=telling(member, hours), booking=booking)
    work_everything_due(NOON + timedelta(hours=hours))


def at_desk(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def phone_page(client: Client) -> str:
    return str(client.get(reverse("sandbox:phone"), {"address": PHONE}).content.decode())


def reply(client: Client, text: str) -> None:
    """Type on the phone and press Send."""
    url = f"{reverse('sandbox:phone')}?{urlencode({'address': PHONE})}"
    form = next(one for one in forms_in(url, client.get(url).content) if "text" in one.kinds)
    assert client.post(form.url, form.filled({"text": text})).status_code == 302


def texts(member: Member) -> list[tuple[str, str]]:
    """List what the office wrote to the patient, with what became of it."""
    with viewer.acting(member.id):
        rows = Delivery.objects.filter(purpose="patient_notice").order_by("made_at", "id")
        return [(row.body, row.state) for row in rows]


def test_the_visit_appears_on_the_phone_and_the_answer_on_both_desks(committed_cast: Cast, booked: UUID) -> None:
    general, surgery = committed_cast.general, committed_cast.surgery
    client = at_desk(surgery)
    page = phone_page(client)
    assert "Your visit is on Friday, March 6 at 12:00 PM" in page
    assert "Elena Marquez" in page
    reply(client, "Can you call me? <b>now</b>")
    assert "Can you call me? &lt;b&gt;now&lt;/b&gt;" in phone_page(client)
    today = client.get("/").content.decode()
    assert "Replies waiting for a person" in today
    assert "Can you call me?" in today
    for member in (general, surgery):
        timeline = at_desk(member).get(reverse("referrals:page", args=[booked])).content.decode()
        assert "Can you call me?" in timeline
    with viewer.acting(surgery.id):
        assert Task.objects.get(kind="reply").state == "open"


def test_stop_holds_from_the_same_moment_and_asks_a_person_to_call(committed_cast: Cast, booked: UUID) -> None:
    surgery, client = committed_cast.surgery, at_desk(committed_cast.surgery)
    before = story_of(surgery, booked).standing
    reply(client, "stop!")
    with viewer.acting(surgery.id):
        task = Task.objects.get(kind="reply")
        assert "gets no more messages. Call instead." in task.sentence
    assert story_of(surgery, booked).standing.ball == before.ball, "stopping is no answer that waits for a time"
    move(surgery, booked)
    written = texts(surgery)
    assert [state for _, state in written] == [State.SENT, State.WITHHELD]
    with viewer.acting(surgery.id):
        assert Delivery.objects.get(state=State.WITHHELD).explanation == STOPPED
    page = client.get(reverse("referrals:page", args=[booked])).content.decode()
    assert "no more messages" in page
    reply(client, "START")
    move(surgery, booked)
    assert texts(surgery)[-1][1] == State.SENT


def move(member: Member, referral_id: UUID) -> None:
    """Move the visit, which the patient would be told, and let the worker do its work."""
    at = timezone.now()
    with viewer.acting(member.id):
        moved = referrals.Telling(by=member.actor, at=at)
        referrals.reschedule(
            referral_id=referral_id, telling=moved, move=Rescheduled(starts_at=at + timedelta(days=4), minutes=30)
        )
    work_everything_due(timezone.now() + timedelta(seconds=1))


def test_stop_is_not_forgotten_after_a_long_conversation(committed_cast: Cast, booked: UUID) -> None:
    surgery, client = committed_cast.surgery, at_desk(committed_cast.surgery)
    reply(client, "STOP")
    with viewer.acting(surgery.id):
        later = timezone.now()
        ReceivedMessage.objects.bulk_create(
            ReceivedMessage(
                organization_id=surgery.id, channel="sandbox", address=PHONE, body=f"word {number}",
                reference=str(number), received_at=later + timedelta(seconds=number),
            )
            for number in range(120)
        )  # fmt: skip
    move(surgery, booked)
    assert texts(surgery)[-1][1] == State.WITHHELD


def test_help_is_answered_with_who_writes_and_how_to_stop(committed_cast: Cast, booked: UUID) -> None:
    surgery, client = committed_cast.surgery, at_desk(committed_cast.surgery)
    reply(client, "HELP")
    work_everything_due(timezone.now() + timedelta(seconds=1))
    body, state = texts(surgery)[-1]
    assert body.startswith("Harbor Oral Surgery: We write about your referral. Call us at (503) 555-0120.")
    assert body.endswith("Reply STOP to stop.")
    assert state == State.SENT
    assert body in phone_page(client)


def test_an_office_sees_its_own_phones_only(committed_cast: Cast, booked: UUID) -> None:
    outsider = at_desk(committed_cast.outsider)
    assert "Elena" not in phone_page(outsider)
    outsider.post(f"{reverse('sandbox:reply')}?{urlencode({'address': PHONE})}", {"text": "I am Elena", "key": "1"})
    for member in (committed_cast.outsider, committed_cast.surgery):
        with viewer.acting(member.id):
            assert ReceivedMessage.objects.count() == 0
    with viewer.acting(committed_cast.surgery.id):
        assert Case.objects.get().owes != "to_answer"


def test_an_empty_or_endless_reply_does_no_harm(committed_cast: Cast, booked: UUID) -> None:
    client = at_desk(committed_cast.surgery)
    url = f"{reverse('sandbox:reply')}?{urlencode({'address': PHONE})}"
    client.post(url, {"text": "   ", "key": "1"})
    client.post(url, {"text": "é" * 20_000, "key": "2"})
    with viewer.acting(committed_cast.surgery.id):
        assert [len(one.body) for one in ReceivedMessage.objects.all()] == [1000]

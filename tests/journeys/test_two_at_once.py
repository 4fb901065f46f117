"""Two people press at the same moment, or one presses twice: one of them does it, the other gets a sentence."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bridgework.access import viewer
from bridgework.deliveries.models import Delivery, ReceivedMessage
from bridgework.intake import actions as intake
from bridgework.intake.models import InboxItem
from bridgework.patients.models import Patient
from bridgework.referrals import actions as referrals
from bridgework.referrals import story
from bridgework.referrals.actions import drafts
from bridgework.referrals.models import Case, Draft, Referral
from bridgework.referrals.tests.desk import send, story_of, telling
from bridgework.scheduling import actions as scheduling
from bridgework.scheduling.models import Opening
from bridgework.web.referrals import keys
from bridgework.web.referrals.doing import DOINGS
from bridgework.web.referrals.tests.test_pages import a_chart
from bridgework.worklist import actions as worklist
from tests.cast import NOON, Cast, Member
from tests.journeys.walking import forms_in

Meet = Callable[[object, str], None]
Press = tuple[Member, str, dict[str, Any]]
TOGETHER = 20  # seconds to wait for the other one


@pytest.fixture
def meet(monkeypatch: pytest.MonkeyPatch) -> Meet:
    """Return a way to make the two threads of a test wait for each other where a function is called first."""

    def at(module: object, name: str) -> None:
        barrier, met, real = threading.Barrier(2), threading.local(), getattr(module, name)

        def waiting(*args: Any, **kwargs: Any) -> Any:
            if not getattr(met, "already", False):
                met.already = True
                barrier.wait(TOGETHER)
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, waiting)

    return at


def press_together(*presses: Press) -> list[Any]:
    """Let everyone post at once, each from a browser of their own; return the answers in the same order."""
    browsers = [Client() for _ in presses]
    for browser, (member, _, _) in zip(browsers, presses, strict=True):
        browser.force_login(member.user)
    answers: list[Any] = [None] * len(presses)

    def press(number: int) -> None:
        try:
            answers[number] = browsers[number].post(presses[number][1], presses[number][2])
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(len(presses))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * TOGETHER)
    return answers


def statuses(answers: list[Any]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def do(referral_id: UUID, action: str) -> str:
    return reverse("referrals:do", args=[referral_id, action])


def kinds(member: Member, referral_id: UUID) -> Counter[str]:
    """Count the entries of a referral by their kind."""
    return Counter(entry.body.kind for entry in story_of(member, referral_id).entries)


def test_accept_and_decline_at_once_leave_one_answer(committed_cast: Cast, meet: Meet) -> None:
    surgery, referral_id = committed_cast.surgery, send(committed_cast.general, committed_cast.surgery).id
    meet(story, "lock")
    answers = press_together(
        (surgery, do(referral_id, "accept"), {"key": keys.made("received")}),
        (surgery, do(referral_id, "decline"), {"key": keys.made("received"), "reason": "no_capacity", "note": "Full."}),
    )
    assert statuses(answers) == [302, 409]
    [refused] = [answer.content.decode() for answer in answers if answer.status_code == 409]
    assert "while this page was open" in refused or "already" in refused
    found = kinds(surgery, referral_id)
    assert found["accepted"] + found["declined"] == 1


def test_who_was_too_late_may_still_decide_on_what_they_see_now(committed_cast: Cast) -> None:
    surgery, referral_id = committed_cast.surgery, send(committed_cast.general, committed_cast.surgery).id
    client = Client()
    client.force_login(surgery.user)
    form_page = client.get(do(referral_id, "decline"))
    [form] = [one for one in forms_in(do(referral_id, "decline"), form_page.content) if "reason" in one.kinds]
    client.post(do(referral_id, "accept"), {"key": keys.made("received")})
    late = client.post(form.url, form.filled({"reason": "no_capacity", "note": "Our surgeon is away."}))
    assert late.status_code == 409
    assert "It has been accepted while this page was open." in late.content.decode()
    [again] = [one for one in forms_in(form.url, late.content) if "reason" in one.kinds]
    assert again.values["note"] == ["Our surgeon is away."]
    assert client.post(again.url, again.values).status_code == 302
    assert kinds(surgery, referral_id)["declined"] == 1


def test_the_same_press_twice_at_once_is_one(committed_cast: Cast, meet: Meet) -> None:
    surgery, referral_id = committed_cast.surgery, send(committed_cast.general, committed_cast.surgery).id
    meet(story, "lock")
    press: Press = (surgery, do(referral_id, "note"), {"key": "pressed twice", "text": "Allergic to latex?"})
    assert statuses(press_together(press, press)) == [302, 302]
    assert kinds(surgery, referral_id)["noted"] == 1


# A whole life: who does what, with which words.
LIFE: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("surgery", "ask_for_more", {"question": "Which tooth?"}),
    ("general", "give_more", {"answer": "#19"}),
    ("surgery", "decline", {"reason": "no_capacity", "note": "Full."}),
    ("general", "resubmit", {}),
    ("surgery", "accept", {}),
    ("general", "amend", {"reason": "Pain", "urgency": "urgent", "teeth": "19"}),
    ("surgery", "note", {"text": "Prefers mornings", "is_private": "on"}),
    ("surgery", "record_contact_attempt", {"channel": "phone", "outcome": "reached"}),
    ("surgery", "book", {"starts_at": "TOMORROW", "minutes": "30"}),
    ("surgery", "confirm", {}),
    ("surgery", "reschedule", {"starts_at": "TOMORROW", "minutes": "45"}),
    ("surgery", "cancel_appointment", {"by": "patient"}),
    ("surgery", "book", {"starts_at": "TOMORROW", "minutes": "30"}),
    ("surgery", "record_no_show", {}),
    ("surgery", "record_attended", {"walk_in": "on"}),
    ("surgery", "complete_consult", {"findings": "Fracture", "treatment_recommended": "on"}),
    ("general", "read_report", {}),
    ("surgery", "propose_treatment", {"plan": "Extraction"}),
    ("surgery", "decline_treatment", {"reason": "Cost"}),
    ("surgery", "accept_treatment", {}),
    ("surgery", "schedule_treatment", {"starts_at": "TOMORROW", "minutes": "60"}),
    ("surgery", "complete_treatment", {"summary": "Done"}),
    ("surgery", "conclude_post_op", {}),
    ("surgery", "send_report", {"summary": "Healed", "channel": "portal"}),
    ("general", "request_cancellation", {}),
    ("surgery", "confirm_cancellation", {}),
    ("general", "reopen", {}),
    ("general", "close", {"outcome": "not_needed"}),
)


def test_every_action_pressed_twice_is_recorded_once(cast: Cast) -> None:
    referral_id = send(cast.general, cast.surgery).id
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT09:30")
    for number, (side, action, fields) in enumerate(LIFE):
        client, member = Client(), getattr(cast, side)
        client.force_login(member.user)
        values = {name: tomorrow if text == "TOMORROW" else text for name, text in fields.items()}
        counts = []
        for _ in range(2):
            answer = client.post(do(referral_id, action), {**values, "key": f"press {number}"})
            assert answer.status_code == 302, (action, answer.content.decode())
            counts.append(sum(kinds(member, referral_id).values()))
        assert counts[0] == counts[1] > 0, action
    assert story_of(cast.general, referral_id).standing.status == "closed"
    assert {action for _, action, _ in LIFE} >= set(DOINGS) - {"receive", "receive_report", "recall"}


def test_both_offices_act_at_once_and_both_are_heard(committed_cast: Cast, meet: Meet) -> None:
    general, surgery = committed_cast.general, committed_cast.surgery
    referral_id = send(general, surgery).id
    meet(story, "lock")
    answers = press_together(
        (general, do(referral_id, "recall"), {"key": keys.made("received")}),
        (surgery, do(referral_id, "accept"), {"key": keys.made("received")}),
    )
    assert statuses(answers) == [302, 409]
    for member in (general, surgery):
        with viewer.acting(member.id):
            case = Case.objects.get()
            known = story.load(referral_id).standing
            assert case.status == known.status in ("closed", "accepted")
            assert known.contradictions == ()


def ready_draft(cast: Cast) -> str:
    """Write a draft that can be sent; return its address."""
    client, chart = Client(), a_chart(cast.general)
    client.force_login(cast.general.user)
    url = client.post(reverse("referrals:new"), {"patient": str(chart)}).headers["Location"]
    client.post(url, answers_for(cast.surgery))
    return url


def answers_for(receiver: Member) -> dict[str, Any]:
    return {
        "specialty": "oral_surgery", "procedure": "extraction", "urgency": "soon", "teeth": ["19"], "teeth_typed": "19",
        "reason": "Pain lower left 6 for two weeks, cracked. Please extract.", "send_to": str(receiver.office.id),
    }  # fmt: skip


def test_a_draft_sent_twice_at_once_is_one_referral(committed_cast: Cast, meet: Meet) -> None:
    url = ready_draft(committed_cast)
    meet(drafts, "_open")
    press: Press = (committed_cast.general, url, {**answers_for(committed_cast.surgery), "send": "1"})
    answers = press_together(press, press)
    assert statuses(answers) == [302, 302]
    with viewer.acting(committed_cast.surgery.id):
        assert Referral.objects.count() == Case.objects.count() == 1
    assert {answer.headers["Location"] for answer in answers} == {
        reverse("referrals:page", args=[case_id(committed_cast.general)])
    }


def case_id(member: Member) -> UUID:
    with viewer.acting(member.id):
        return Case.objects.get().referral_id


def test_sending_and_discarding_at_once_does_one_of_them(committed_cast: Cast, meet: Meet) -> None:
    url = ready_draft(committed_cast)
    meet(drafts, "_open")
    answers = press_together(
        (committed_cast.general, url, {**answers_for(committed_cast.surgery), "send": "1"}),
        (committed_cast.general, f"{url}/discard", {}),
    )
    assert all(answer.status_code in (302, 409) for answer in answers)
    with viewer.acting(committed_cast.general.id):
        draft, referrals_made = Draft.objects.get(), Referral.objects.count()
    assert (draft.state, referrals_made) in (("sent", 1), ("discarded", 0))


def test_an_open_time_is_given_once(committed_cast: Cast, meet: Meet) -> None:
    cast = committed_cast
    with viewer.acting(cast.surgery.id):
        slot = scheduling.Slot(office_id=cast.surgery.office.id, starts_at=timezone.now() + timedelta(days=2))
        scheduling.offer((slot,), by=cast.surgery.actor, at=timezone.now())
        opening = Opening.objects.get()
    urls = [ready_draft(cast), ready_draft(cast)]
    meet(scheduling, "hold")
    chosen = {**answers_for(cast.surgery), f"opening-{cast.surgery.office.id}": str(opening.id), "send": "1"}
    answers = press_together(*((cast.general, url, chosen) for url in urls))
    assert statuses(answers) == [302, 409]
    [refused] = [answer.content.decode() for answer in answers if answer.status_code == 409]
    assert "That time was just taken" in refused
    with viewer.acting(cast.surgery.id):
        assert Referral.objects.count() == 1
        assert Opening.objects.get().state == "booked"


def test_a_time_of_another_office_cannot_be_taken(committed_cast: Cast) -> None:
    cast = committed_cast
    with viewer.acting(cast.health_center.id):
        slot = scheduling.Slot(office_id=cast.health_center.office.id, starts_at=timezone.now() + timedelta(days=2))
        scheduling.offer((slot,), by=cast.health_center.actor, at=timezone.now())
        opening = Opening.objects.get()
    url, client = ready_draft(cast), Client()
    client.force_login(cast.general.user)
    forged = {**answers_for(cast.surgery), f"opening-{cast.surgery.office.id}": str(opening.id), "send": "1"}
    answer = client.post(url, forged)
    assert answer.status_code == 409
    assert "offered by another office" in answer.content.decode()
    with viewer.acting(cast.health_center.id):
        assert Opening.objects.get().state == "open"
    garbled = client.post(url, {**forged, f"opening-{cast.surgery.office.id}": "no key at all"})
    assert garbled.status_code == 302


def a_task(member: Member) -> UUID:
    with viewer.acting(member.id):
        errand = worklist.Errand(kind="reply", subject_id=member.id, sentence="Elena wrote.", due_at=NOON)
        return worklist.open_task(errand, at=NOON).id


def test_a_task_is_finished_once(committed_cast: Cast, meet: Meet) -> None:
    general = committed_cast.general
    url = reverse("worklist:done", args=[a_task(general)])
    meet(worklist, "_open")
    answers = press_together((general, url, {"outcome": "called"}), (general, url, {"outcome": "wrote"}))
    assert statuses(answers) == [302, 302]
    pages = [pages_after(answer) for answer in answers]
    assert sorted("settled already" in page for page in pages) == [False, True]


def pages_after(answer: Any) -> str:
    """Return the page that an answer leads to, in the same browser."""
    return str(answer.client.get(answer.headers["Location"]).content.decode())


def test_a_task_that_somebody_else_finished_says_so_on_its_page(committed_cast: Cast, meet: Meet) -> None:
    general, task_id = committed_cast.general, a_task(committed_cast.general)
    meet(worklist, "_open")
    answers = press_together(
        (general, reverse("worklist:done", args=[task_id]), {}),
        (general, reverse("worklist:task", args=[task_id]), {"owner": "", "outcome": "called"}),
    )
    assert statuses(answers) in ([302, 302], [302, 409])


def an_item(member: Member) -> UUID:
    fields = {"patient": {"family": "Marquez", "given": "Elena"}, "referrer": {"provider": "Dr. Cole"}}
    arrival = intake.Arrival(
        name="note.json", content=b"{}", came_by="file", format="fhir", kind="referral", identity="1", fields=fields
    )
    with viewer.acting(member.id):
        return intake.take_in(arrival, by=member.actor, at=NOON).item.id


def test_an_item_confirmed_twice_at_once_is_one_referral_and_one_chart(committed_cast: Cast, meet: Meet) -> None:
    surgery, item_id = committed_cast.surgery, an_item(committed_cast.surgery)
    url, client = reverse("inbox:item", args=[item_id]), Client()
    client.force_login(surgery.user)
    [form] = [one for one in forms_in(url, client.get(url).content) if "family" in one.kinds and one.url == url]
    press: Press = (surgery, url, form.filled({"specialty": "oral_surgery"}))
    meet(intake, "_any")
    answers = press_together(press, press)
    assert statuses(answers) == [302, 302]
    with viewer.acting(surgery.id):
        assert Referral.objects.count() == Patient.objects.count() == 1
    assert client.post(url, form.filled({"specialty": "oral_surgery"})).status_code == 302
    with viewer.acting(surgery.id):
        assert Referral.objects.count() == 1
        assert InboxItem.objects.get().state == "confirmed"


def test_the_same_document_added_twice_at_once_is_one_item(committed_cast: Cast, meet: Meet) -> None:
    surgery, url = committed_cast.surgery, reverse("inbox:add")
    meet(intake, "take_in")
    answers = press_together(*((surgery, url, {"file": ContentFile(b"MSH|^~\\&|A|B\r", "order.hl7")}) for _ in "12"))
    assert statuses(answers) == [302, 302]
    with viewer.acting(surgery.id):
        assert InboxItem.objects.count() == 1


def test_a_reply_sent_twice_is_one_message(committed_cast: Cast) -> None:
    general = committed_cast.general
    send(general, committed_cast.surgery)
    with viewer.acting(general.id):
        Delivery.objects.update_or_create(
            dedupe_key="test", organization_id=general.id,
            defaults={"purpose": "patient_notice", "channel": "sandbox", "address": "+15035550148", "recipient": "Elena",
                      "body": "Hello", "state": "sent", "made_at": NOON, "settled_at": NOON},
        )  # fmt: skip
    client, phone = Client(), reverse("sandbox:phone")
    client.force_login(general.user)
    form = next(one for one in forms_in(phone, client.get(phone).content) if "text" in one.kinds and "key" in one.kinds)
    for _ in range(2):
        client.post(form.url, form.filled({"text": "Yes, that works"}))
    with viewer.acting(general.id):
        assert ReceivedMessage.objects.count() == 1


def test_a_clock_set_back_between_two_acts_keeps_both_in_order(committed_cast: Cast) -> None:
    general, surgery = committed_cast.general, committed_cast.surgery
    referral_id = send(general, surgery).id
    with viewer.acting(surgery.id):
        referrals.accept(referral_id=referral_id, telling=telling(surgery, 2))
    with viewer.acting(surgery.id):
        referrals.note(
            referral_id=referral_id, telling=telling(surgery, -5), text="The clock was wrong", is_private=False
        )
    with viewer.acting(surgery.id):
        referrals.ask_for_more(referral_id=referral_id, telling=telling(surgery, 1), question="Which tooth?")
    for member in (general, surgery):
        known = story_of(member, referral_id)
        assert known.standing.accepted_at is not None
        with viewer.acting(member.id):
            assert Case.objects.get().status == known.standing.status

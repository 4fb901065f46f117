"""The desk of referrals: from the draft to the closed loop with plain forms, by two offices; outsiders find nothing."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from bridgework.access import viewer
from bridgework.patients import actions as patients
from bridgework.patients.models import ContactKind
from bridgework.patients.particulars import Particulars, Reach
from bridgework.referrals.models import Case, Draft
from bridgework.referrals.tests.desk import ELENA, case_of, send, story_of
from tests.cast import NOON, Cast, Member


def signed_in(member: Member) -> Client:
    """Return a browser in which the member's coordinator is signed in."""
    client = Client()
    client.force_login(member.user)
    return client


def a_chart(member: Member) -> UUID:
    with viewer.acting(member.id):
        patient = patients.make_patient(
            particulars=Particulars(family="Marquez", given="Elena", birth_date=ELENA.birth_date, may_text=True),
            contacts=[Reach(kind=ContactKind.PHONE, value="+15035550148")],
            by=member.actor,
            at=NOON,
        )
    return patient.id


def a_film() -> BytesIO:
    picture = BytesIO()
    Image.new("L", (60, 40), 90).save(picture, "PNG")
    picture.seek(0)
    picture.name = "periapical 19.png"
    return picture


def press(client: Client, referral_id: UUID, action: str, **fields: object) -> int:
    answer = client.post(reverse("referrals:do", args=[referral_id, action]), fields)
    return answer.status_code


@pytest.fixture
def sent(cast: Cast) -> UUID:
    return send(cast.general, cast.surgery).id


def test_a_referral_is_written_sent_and_seen_by_the_other_office(cast: Cast) -> None:
    client, patient_id = signed_in(cast.general), a_chart(cast.general)
    begun = client.post(reverse("referrals:new"), {"patient": str(patient_id)})
    draft_url = begun.headers["Location"]
    assert client.get(draft_url).status_code == 200
    with viewer.acting(cast.general.id):
        draft = Draft.objects.get()
    client.post(reverse("referrals:draft_attach", args=[draft.id]), {"file": a_film()})
    answers = {
        "specialty": "oral_surgery", "procedure": "extraction", "urgency": "soon", "teeth": ["19"], "teeth_typed": "19",
        "reason": "Pain lower left 6 for two weeks, cracked. Please extract.", "send_to": str(cast.surgery.office.id),
    }  # fmt: skip
    saved = client.post(draft_url, answers, headers={"HX-Request": "true"})
    assert saved.status_code == 200
    assert b"agrees" in saved.content
    done = client.post(draft_url, {**answers, "send": "1"})
    assert done.status_code == 302, done.content.decode()
    page = client.get(done.headers["Location"])
    assert b"Elena Marquez" in page.content
    with viewer.acting(cast.surgery.id):
        case = Case.objects.get()
    theirs = signed_in(cast.surgery).get(reverse("referrals:page", args=[case.referral_id]))
    assert b"Elena Marquez" in theirs.content
    assert b"periapical 19" in theirs.content


def test_sending_twice_sends_once(cast: Cast) -> None:
    client, patient_id = signed_in(cast.general), a_chart(cast.general)
    draft_url = client.post(reverse("referrals:new"), {"patient": str(patient_id)}).headers["Location"]
    answers = {
        "specialty": "general",
        "reason": "Please take over",
        "send_to": str(cast.surgery.office.id),
        "send": "1",
    }
    first = client.post(draft_url, answers)
    again = client.post(draft_url, answers)
    assert first.status_code == again.status_code == 302
    with viewer.acting(cast.surgery.id):
        assert Case.objects.count() == 1


def test_a_draft_that_lacks_something_says_so_and_keeps_what_was_typed(cast: Cast) -> None:
    client, patient_id = signed_in(cast.general), a_chart(cast.general)
    draft_url = client.post(reverse("referrals:new"), {"patient": str(patient_id)}).headers["Location"]
    answer = client.post(draft_url, {"specialty": "endodontics", "reason": "<script>alert(1)</script>", "send": "1"})
    assert answer.status_code == 422
    assert b"Choose the office" in answer.content
    assert b"<script>alert(1)" not in answer.content
    assert b"&lt;script&gt;alert(1)" in client.get(draft_url).content


def test_a_referral_is_worked_to_a_closed_loop_with_plain_forms(cast: Cast, sent: UUID) -> None:
    ours, theirs = signed_in(cast.general), signed_in(cast.surgery)
    assert press(theirs, sent, "accept", key="a") == 302
    assert press(theirs, sent, "record_contact_attempt", channel="phone", outcome="reached", key="b") == 302
    visit = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert press(theirs, sent, "book", starts_at=visit, minutes=30, key="c") == 302
    assert b"Visit" in ours.get(reverse("referrals:page", args=[sent])).content
    assert press(theirs, sent, "record_attended", key="d") == 302
    assert press(theirs, sent, "complete_consult", findings="Fracture of #19", teeth="19", key="e") == 302
    assert b"Fracture of #19" in ours.get(reverse("referrals:page", args=[sent])).content
    assert press(ours, sent, "read_report", key="f") == 302
    assert press(ours, sent, "close", outcome="completed", key="g") == 302
    for member in (cast.general, cast.surgery):
        assert case_of(member, sent).is_loop_closed


def test_the_second_of_two_people_is_told_that_it_was_done(cast: Cast, sent: UUID) -> None:
    theirs = signed_in(cast.surgery)
    assert press(theirs, sent, "accept", key="a") == 302
    answer = theirs.post(reverse("referrals:do", args=[sent, "accept"]), {"key": "b"})
    assert answer.status_code == 409
    assert b"accepted already" in answer.content
    assert press(theirs, sent, "accept", key="a") == 302
    assert [entry.body.kind for entry in story_of(cast.surgery, sent).entries].count("accepted") == 1


def test_what_was_just_done_is_taken_back_with_one_press(cast: Cast, sent: UUID) -> None:
    theirs = signed_in(cast.surgery)
    press(theirs, sent, "accept", key="a")
    press(theirs, sent, "record_contact_attempt", channel="phone", outcome="reached", key="b")
    entry = story_of(cast.surgery, sent).entries[-1]
    undo = reverse("referrals:correct", args=[sent, entry.id])
    assert undo in theirs.get(reverse("referrals:page", args=[sent])).content.decode()
    assert theirs.post(undo).status_code == 302
    assert case_of(cast.surgery, sent).patient_track == "to_contact"


@pytest.mark.parametrize("action", ["decline", "ask_for_more", "book", "note", "close", "complete_consult"])
def test_an_action_with_a_form_shows_it_and_says_what_is_missing(cast: Cast, sent: UUID, action: str) -> None:
    theirs = signed_in(cast.surgery)
    url = reverse("referrals:do", args=[sent, action])
    assert theirs.get(url).status_code == 200
    assert theirs.post(url, {}).status_code == 422


def test_an_outsider_finds_no_referral_and_no_file(cast: Cast, sent: UUID) -> None:
    outsider = signed_in(cast.outsider)
    for name in ("page", "redirect", "assign", "attach"):
        assert outsider.get(reverse(f"referrals:{name}", args=[sent])).status_code == 404
    assert outsider.post(reverse("referrals:do", args=[sent, "accept"]), {}).status_code == 404


def test_the_lists_and_today_cost_the_same_whatever_there_is(cast: Cast, django_assert_max_num_queries: object) -> None:
    theirs = signed_in(cast.surgery)
    counts = []
    for more in (1, 4):
        for _ in range(more):
            send(cast.general, cast.surgery)
        for url in (reverse("worklist:today"), reverse("referrals:list")):
            from django.db import connection
            from django.test.utils import CaptureQueriesContext

            with CaptureQueriesContext(connection) as captured:
                assert theirs.get(url).status_code == 200
            counts.append(len(captured))
    assert counts[:2] == counts[2:], counts


def test_a_time_offered_is_taken_with_the_referral_and_by_one_only(cast: Cast) -> None:
    from bridgework.scheduling import actions as scheduling

    starts_at = timezone.now() + timedelta(days=1)
    with viewer.acting(cast.surgery.id):
        slot = scheduling.Slot(office_id=cast.surgery.office.id, starts_at=starts_at, provider_name="Dr. Okafor")
        scheduling.offer((slot,), by=cast.surgery.actor, at=NOON)
    with viewer.acting(cast.general.id):
        from bridgework.scheduling.queries import next_openings

        [opening] = next_openings(cast.surgery.id, at=timezone.now())
    send(cast.general, cast.surgery, opening_id=opening.id)
    with pytest.raises(scheduling.Taken):
        send(cast.general, cast.surgery, opening_id=opening.id)
    with viewer.acting(cast.surgery.id):
        assert Case.objects.get().appointment_at == starts_at


def test_a_received_referral_is_tied_to_the_chart_that_fits_or_to_a_new_one(cast: Cast, sent: UUID) -> None:
    known, theirs = a_chart(cast.surgery), signed_in(cast.surgery)
    url = reverse("referrals:chart", args=[sent])
    assert str(known) in theirs.get(url).content.decode()
    assert theirs.post(url, {}).status_code == 422
    assert theirs.post(url, {"chart": str(known)}).status_code == 302
    assert case_of(cast.surgery, sent).patient_id == known
    assert theirs.post(url, {"chart": "new"}).status_code == 302
    assert case_of(cast.surgery, sent).patient_id not in (known, None)
    assert theirs.post(url, {"chart": str(a_chart(cast.general))}).status_code == 422

"""SQL, scripts and template words typed into every field are kept as they are and shown as text, everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from bridgework.access import viewer
from bridgework.accounts.models import Membership, Role
from bridgework.deliveries.models import Delivery
from bridgework.intake import actions as intake
from bridgework.patients.models import Patient
from bridgework.referrals.models import Case, Referral
from bridgework.referrals.tests.desk import story_of
from tests.cast import NOON, Cast, Member
from tests.journeys.walking import Form, forms_in, pages

MARK = "zyx"
NASTY = f'{MARK}\'); drop table referrals_case; -- <script>alert(1)</script><img src=x onerror=alert(1)>" x="{{{{ 7|add:7 }}}}&amp;'
SHORT = f'{MARK}"><b onclick=alert(1)>'
GOOD: Mapping[str, str] = {
    "birth_date": "1968-03-04", "phone": "5035550148", "email": "elena@example.org", "starts_at": "", "minutes": "30",
    "npi": "1234567893", "works_from": "2026-01-05", "report_days": "2", "monday": "8-12, 1-5", "postal_code": "97204",
    "referred_date": "2026-03-01", "teeth": "19", "teeth_typed": "19", "phones": "5035550148", "office_phone": "5035550120",
    "fax": "5035550121", "emails": "elena@example.org", "happened_at": "", "closed_dates": "12/24/2026",
}  # fmt: skip
DAYS = ("tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "others", "find_office", "q")


@pytest.fixture
def desks(cast: Cast) -> dict[str, Client]:
    """Sit down at both offices, in a role that may do everything."""
    found = {}
    for side in ("general", "surgery"):
        member: Member = getattr(cast, side)
        with viewer.acting(member.id):
            Membership.objects.filter(user=member.user).update(role=Role.EVERYONE)
        found[side] = Client()
        found[side].force_login(member.user)
    return found


def fill(form: Form, **changes: object) -> dict[str, object]:
    """Fill every free field with what an attacker types, the others with what they ask for."""
    typed: dict[str, object] = {}
    for name in form.texts():
        plain = name.rpartition("-")[2]
        typed[name] = GOOD.get(plain, "" if plain in DAYS else NASTY if form.kinds[name] == "textarea" else SHORT)
    for name, kind in form.kinds.items():
        if kind == "radio" and not form.values[name]:
            typed[name] = changes.get(name, "")
    return form.filled({**typed, **changes})


def submit(client: Client, url: str, **changes: object) -> str:
    """Fill and send the main form of a page, and return the address that it leads to."""
    forms = [
        form for form in forms_in(url, client.get(url).content) if form.url.partition("?")[0] == url.partition("?")[0]
    ]
    form = max(forms, key=lambda one: len(one.kinds))
    answer = client.post(form.url, fill(form, **changes))
    assert answer.status_code == 302, (url, errors(answer))
    return str(answer.headers["Location"])


def errors(answer: Any) -> list[str]:
    return [
        text.strip() for text in html.fromstring(answer.content).xpath("//*[@class='wrong' or @role='alert']//text()")
    ]


def do(client: Client, referral_id: UUID, action: str, **changes: object) -> None:
    submit(client, reverse("referrals:do", args=[referral_id, action]), **changes)


def refer(desks: dict[str, Client], cast: Cast) -> UUID:
    """Make the chart and the referral, every field full of it, and send it."""
    general = desks["general"]
    chart = submit(general, reverse("patients:new"), **{"reach-may_text": "on"})
    draft = general.post(reverse("referrals:new"), {"patient": chart.rpartition("/")[2]}).headers["Location"]
    answers = {
        "specialty": "oral_surgery", "procedure": "extraction", "urgency": "soon", "teeth_typed": "19",
        "send_to": str(cast.surgery.office.id), "reason": NASTY, "red_flags": [SHORT],
    }  # fmt: skip
    general.post(draft, answers)
    asked = [name for form in forms_in(draft, general.get(draft).content) for name in form.texts() if name[:2] == "q-"]
    page = general.post(draft, {**answers, **dict.fromkeys(asked, SHORT), "send": "1"})
    assert page.status_code == 302, errors(page)
    return UUID(page.headers["Location"].rpartition("/")[2])


def work(surgery: Client, general: Client, referral_id: UUID) -> None:
    """Do everything that has words to it."""
    do(surgery, referral_id, "ask_for_more")
    do(general, referral_id, "give_more")
    do(surgery, referral_id, "accept")
    do(general, referral_id, "amend", urgency="soon")
    do(surgery, referral_id, "note")
    do(surgery, referral_id, "record_contact_attempt", channel="phone", outcome="reached")
    do(surgery, referral_id, "record_attended", walk_in="on")
    do(surgery, referral_id, "complete_consult", treatment_recommended="on")
    do(surgery, referral_id, "propose_treatment")
    do(surgery, referral_id, "decline_treatment")
    do(surgery, referral_id, "send_report", channel="portal")
    do(general, referral_id, "close", outcome="not_needed")
    do(general, referral_id, "reopen")
    do(general, referral_id, "request_cancellation")


def an_item(member: Member) -> UUID:
    """Let a document arrive that is nasty throughout."""
    fields = {"patient": {"family": NASTY, "given": SHORT}, "reason": NASTY, "warnings": [NASTY], "conditions": [SHORT]}
    arrival = intake.Arrival(
        name=f"{SHORT}.json", content=NASTY.encode(), came_by="file", format="fhir", kind="referral", identity=NASTY,
        fields=fields, sections=({"title": SHORT, "code": "", "text": NASTY},),
    )  # fmt: skip
    with viewer.acting(member.id):
        return intake.take_in(arrival, by=member.actor, at=NOON).item.id


def places(member: Member, referral_id: UUID, item_id: UUID) -> Iterator[str]:
    """Yield every page of an office, with the ids of what it has there."""
    with viewer.acting(member.id):
        patient_id = Patient.objects.order_by("id").values_list("id", flat=True).first()
        membership = Membership.objects.order_by("id").values_list("id", flat=True)[0]
    nobody = UUID(int=0)
    yield from pages(
        {
            "referral_id": referral_id, "patient_id": patient_id or nobody, "inbox:item_id": item_id,
            "office_id": member.office.id, "membership_id": membership, "task_id": nobody, "draft_id": nobody,
            "entry_id": nobody, "item_id": nobody, "affiliation_id": nobody, "history_id": nobody, "action": "note",
        }
    )  # fmt: skip
    for address in ("?side=receiver&state=all", "?side=sender&state=all", f"?q={MARK}"):
        yield f"{reverse('referrals:list')}{address}"
    yield f"{reverse('patients:list')}?q={MARK}"
    yield f"{reverse('network:directory')}?q={MARK}"


def is_harmless(body: bytes) -> bool:
    """Tell whether a page has no script, handler or element that somebody typed, and no template word was read."""
    bad = "//script[contains(., 'alert')] | //*[@onerror or @onclick] | //img[@src='x'] | //*[@x]"
    return not html.fromstring(body).xpath(bad) and b'x="14' not in body and b"x=&quot;14" not in body


@pytest.mark.slow
def test_everything_typed_is_kept_and_shown_as_text(cast: Cast, desks: dict[str, Client]) -> None:
    general, surgery = desks["general"], desks["surgery"]
    submit(general, reverse("network:unlisted"), **{"practice-kind": "general", "reached-reached_by": "phone"})
    submit(general, reverse("network:edit", args=[cast.general.office.id]))
    submit(general, reverse("network:add_provider", args=[cast.general.office.id]))
    submit(general, reverse("settings:practice"))
    submit(general, reverse("settings:invite"), email="new@example.org", role="coordinator", office="")
    referral_id = refer(desks, cast)
    work(surgery, general, referral_id)
    item_id = an_item(cast.surgery)
    shown = 0
    for side, client in desks.items():
        for page in dict.fromkeys(places(getattr(cast, side), referral_id, item_id)):
            answer: Any = client.get(page)
            assert answer.status_code < 500, page
            if answer.streaming:
                b"".join(answer.streaming_content)
                continue
            assert is_harmless(answer.content), page
            shown += MARK.encode() in answer.content
    assert shown > 25, "what was typed is on the pages"
    timeline = surgery.get(reverse("referrals:page", args=[referral_id])).content.decode()
    assert timeline.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 10
    submit(surgery, reverse("inbox:item", args=[item_id]), specialty="oral_surgery", urgency="soon", sex="female")
    with viewer.acting(cast.surgery.id):
        assert Case.objects.count() == 2
        assert Referral.objects.get(id=referral_id).patient_family.startswith(MARK)
        assert all("<script" not in row.subject for row in Delivery.objects.all())
    assert story_of(cast.surgery, referral_id).standing.request.reason.startswith(f"{MARK}'); drop table")

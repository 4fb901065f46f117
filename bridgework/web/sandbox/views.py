"""The pretend phone: what patients would get, and answering as the patient."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bridgework.channels.sandbox import door
from bridgework.deliveries import queries
from bridgework.referrals import queries as referrals
from bridgework.referrals.errors import NoSuchReferral
from bridgework.web.components import times
from bridgework.web.components.shapes import Filter, Link, Message, Phone
from bridgework.web.doors import MemberRequest, member_page
from bridgework.web.referrals import page as referral_page

CHANNEL = "sandbox"
SUGGESTIONS = ("Yes", "Can you call me?", "What does it cost?", "I am scared", "STOP")
MOST_PHONES = 12


@require_GET
@member_page()
def phone(request: MemberRequest) -> HttpResponse:
    """Show a patient's phone beside their referral."""
    seat = request.seat
    people = queries.correspondents(CHANNEL, limit=MOST_PHONES)
    wanted = request.GET.get("address") or (people[0].address if people else "")
    person = next((one for one in people if one.address == wanted), None)
    context: dict[str, object] = {
        "crumbs": (Link("Pretend phone", ""),),
        "patients": tuple(
            Filter(one.recipient, f"?{urlencode({'address': one.address})}", is_current=one.address == wanted)
            for one in people
        ),
    }
    if person is None:
        return TemplateResponse(request, "sandbox/phone.html", context)
    lines = queries.conversation(CHANNEL, person.address)
    context["phone"] = Phone(
        patient=person.recipient,
        office=seat.organization.name,
        initial=seat.organization.name[:1],
        clock=times.clock_time(seat.at.astimezone(seat.zone)),
        messages=tuple(
            Message(line.body, times.when(line.at, at=seat.at, zone=seat.zone), from_patient=not line.is_ours)
            for line in lines
        ),
        suggestions=SUGGESTIONS,
        reply_url=f"{reverse('sandbox:reply')}?{urlencode({'address': person.address})}",
        key=str(uuid4()),
    )
    referral_id = next((line.referral_id for line in reversed(lines) if line.referral_id), None)
    if referral_id is not None:
        try:
            opened = referrals.opened(referral_id, by=seat.actor, at=seat.at)
        except NoSuchReferral:
            return TemplateResponse(request, "sandbox/phone.html", context)
        shown = referral_page.context_of(opened, seat)
        context |= {name: shown[name] for name in ("standing", "tracks", "timeline", "subtitle")}
        context["title"] = opened.case.patient_name
    return TemplateResponse(request, "sandbox/phone.html", context)


@require_POST
@member_page()
def reply(request: MemberRequest) -> HttpResponse:
    """Answer as the patient."""
    address, text = request.GET.get("address", ""), request.POST.get("text", "").strip()[:1000]
    known = {one.address for one in queries.correspondents(CHANNEL)}
    if text and address in known:
        key = request.POST.get("key", "")[:80] or str(uuid4())
        door.reply(channel=CHANNEL, address=address, body=text, reference=key, at=request.seat.at)
    return redirect(f"{reverse('sandbox:phone')}?{urlencode({'address': address})}")

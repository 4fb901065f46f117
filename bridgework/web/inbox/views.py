"""The Inbox: what arrived, beside what was read from it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bridgework.files.unacceptable import Unacceptable
from bridgework.intake import actions, queries
from bridgework.intake.fields import Fields, from_json
from bridgework.intake.models import InboxItem, ItemState
from bridgework.interop import inbox as interop
from bridgework.interop import reading
from bridgework.referrals.errors import Refused
from bridgework.web import downloads
from bridgework.web.components import times
from bridgework.web.components.shapes import Action, Chip, Filter, Link, Notice, Original, Pages, Proposed, Row, Section
from bridgework.web.doors import MemberRequest, Seat, member_page
from bridgework.web.inbox import wording
from bridgework.web.inbox.forms import KEYS, ProposedForm, initial_of

SURE, LIKELY = 0.9, 0.7
ACCEPTS = "A FHIR referral document, JSON or XML"
EMPTY = {
    False: ("Nothing in the Inbox", "Documents, faxes and web referrals wait here until you have checked them."),
    True: ("Nothing dealt with yet", "What became a referral or was set aside is kept here."),
}


@require_GET
@member_page()
def listed(request: MemberRequest) -> HttpResponse:
    """Show what waits, or what was dealt with lately."""
    is_done = request.GET.get("state") == "done"
    items = queries.settled() if is_done else queries.waiting()
    context = {
        "sentence": _list_sentence(len(items), is_done=is_done),
        "filters": (Filter("Waiting", "?", is_current=not is_done), Filter("Done", "?state=done", is_current=is_done)),
        "rows": tuple(_row(item, request.seat) for item in items),
        "pages": Pages(),
        "upload_url": reverse("inbox:add") if request.seat.may("sort_inbox") else "",
        "accepts": ACCEPTS,
        "empty": EMPTY[is_done],
    }
    return TemplateResponse(request, "inbox/list.html", context)


@require_POST
@member_page("sort_inbox")
def add(request: MemberRequest) -> HttpResponse:
    """Take in a document by hand."""
    upload, seat = request.FILES.get("file"), request.seat
    if upload is None:
        messages.error(request, "Choose a file first.")
        return redirect("inbox:list")
    content = upload.read(settings.UPLOAD_LIMIT_BYTES + 1)
    document = reading.read_file(upload.name or "document", content)
    try:
        taken = actions.take_in(interop.arrival(document, content), by=seat.actor, at=seat.at)
    except Unacceptable as refusal:
        messages.error(request, str(refusal))
        return redirect("inbox:list")
    if not taken.is_new:
        messages.info(request, "This document had arrived before; here it is.")
    return redirect("inbox:item", taken.item.id)


@require_http_methods(["GET", "POST"])
@member_page()
def item(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Show a document beside its fields; confirm it."""
    found = _opened(request, item_id)
    if found.referral_id is not None:
        return redirect("referrals:page", found.referral_id)
    fields = from_json(found.fields)
    if request.method == "POST" and not request.seat.may("sort_inbox"):
        raise PermissionDenied
    if request.method == "GET":
        form = ProposedForm(initial=initial_of(fields), read=fields)
        return TemplateResponse(request, "inbox/item.html", _context(found, fields, form, request.seat))
    form = ProposedForm(request.POST, read=fields)
    if form.is_valid():
        seat = request.seat
        try:
            actions.correct_fields(item_id=item_id, fields=form.corrected(), by=seat.actor, at=seat.at)
            referral = actions.confirm(item_id=item_id, by=seat.actor, at=seat.at)
        except (actions.NoSuchItem, actions.CannotConfirm, Refused) as refusal:
            if (made := _opened(request, item_id).referral_id) is not None:  # pressed twice
                return redirect("referrals:page", made)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"It is a referral now: {referral.number}.")
            return redirect("referrals:page", referral.id)
    return TemplateResponse(request, "inbox/item.html", _context(found, fields, form, request.seat), status=422)


@require_GET
@member_page()
def original(request: MemberRequest, item_id: UUID) -> FileResponse:
    """Hand out the document as it came."""
    return downloads.of_file(request, _opened(request, item_id).original_id)


@require_POST
@member_page("sort_inbox")
def set_aside(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Put away what is no referral."""
    _opened(request, item_id)
    try:
        actions.set_aside(item_id=item_id, by=request.seat.actor, at=request.seat.at)
        messages.success(request, "Set aside. It is kept under Done and can be brought back.")
    except actions.NoSuchItem as refusal:
        messages.error(request, str(refusal))
    return redirect("inbox:list")


@require_POST
@member_page("sort_inbox")
def bring_back(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Take the setting aside back."""
    _opened(request, item_id)
    try:
        actions.bring_back(item_id=item_id, by=request.seat.actor, at=request.seat.at)
    except actions.NoSuchItem as refusal:
        messages.error(request, str(refusal))
    return redirect("inbox:item", item_id)


def _opened(request: MemberRequest, item_id: UUID) -> InboxItem:
    try:
        return queries.opened(item_id, by=request.seat.actor, at=request.seat.at)
    except actions.NoSuchItem:
        raise Http404 from None


def _row(found: InboxItem, seat: Seat) -> Row:
    who = found.fields.get("patient", {})
    url = reverse("inbox:item", args=[found.id])
    sentence = f"{found.name}, {wording.format_words(found.format)}."
    if found.kind != "referral":
        sentence = f"{found.name}: {next(iter(found.fields.get('warnings', [])), 'not a referral')}"
    came = times.when(found.settled_at or found.received_at, at=seat.at, zone=seat.zone)
    settled = f"{ItemState(found.state).label}, {came}"
    return Row(
        patient=f"{who.get('given', '')} {who.get('family', '')}".strip() or "Document",
        detail=wording.way_words(found.came_by),
        url=url,
        sentence=sentence,
        chip=Chip("stone", "inbox", times.capital(came if found.state == ItemState.NEW else settled)),
        action=Action("Check" if found.state == ItemState.NEW else "Open", url),
    )


def _list_sentence(count: int, *, is_done: bool) -> str:
    if is_done:
        return "What was dealt with, the newest first."
    return f"{count} waiting for a person." if count else "What arrives waits here."


def _context(found: InboxItem, fields: Fields, form: ProposedForm, seat: Seat) -> dict[str, object]:
    is_referral, is_new = found.kind == "referral", found.state == ItemState.NEW
    proposed = tuple(_proposed(form, name, fields, is_read=is_referral) for name in form.fields)
    weak = [
        str(item.field.label).lower()
        for item in proposed
        if item.chip and item.chip.kind != "green" and item.field.value()
    ]
    came = times.when(found.received_at, at=seat.at, zone=seat.zone)
    return {
        "crumbs": (Link("Inbox", reverse("inbox:list")), Link(found.name, "")),
        "title": "Referral document" if is_referral else "Document",
        "sentence": _sentence(is_referral, weak),
        "chip": Chip("stone", "inbox", f"Came {came}"),
        "notices": tuple(Notice("amber", "info-circle", warning) for warning in fields.warnings),
        "original": Original(
            title=found.name,
            detail=", ".join(filter(None, (wording.format_words(found.format), "kept as it came"))),
            sections=tuple(Section(part.get("title", ""), part.get("text", "")) for part in found.sections),
            download=Link("Original", reverse("inbox:original", args=[found.id])),
        ),
        "form": form,
        "proposed": proposed if is_new else (),
        "confirm": {"label": "Make it a referral", "icon": "check"} if is_new and seat.may("sort_inbox") else None,
        "aside": _aside(found) if seat.may("sort_inbox") else None,
    }


def _sentence(is_referral: bool, weak: list[str]) -> str:
    if not is_referral:
        return "This could not be read as a referral. Fill in what it says, or set it aside."
    if not weak:
        return "Every field was read with certainty. Check it and make it a referral."
    return f"Check {', '.join(weak[:4])}{' and more' if len(weak) > 4 else ''}."


def _aside(found: InboxItem) -> Action:
    if found.state == ItemState.SET_ASIDE:
        return Action("Bring back", reverse("inbox:bring_back", args=[found.id]), method="post")
    return Action("Set aside", reverse("inbox:set_aside", args=[found.id]), method="post")


def _proposed(form: ProposedForm, name: str, fields: Fields, *, is_read: bool) -> Proposed:
    bound, sure = form[name], fields.confidence.get(KEYS[name])
    if not is_read:
        return Proposed(bound, None)
    if not bound.value() or sure is None:
        return Proposed(bound, Chip("stone", "circle-dashed", "Not in the document"))
    if sure >= SURE:
        return Proposed(bound, Chip("green", "circle-check", "Read well"))
    kind, words = ("amber", "Please check") if sure >= LIKELY else ("red", "A guess")
    return Proposed(bound, Chip(kind, "info-circle", words))  # type: ignore[arg-type]

"""The referral page and what is done from it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bridgework.files import actions as files
from bridgework.referrals import actions, lifecycle, queries
from bridgework.referrals.actions import PacketFile, Telling
from bridgework.referrals.errors import NoSuchReferral, Refused
from bridgework.referrals.models import PacketItem
from bridgework.referrals.timeline import Corrected
from bridgework.web import downloads, undo
from bridgework.web.components.shapes import Fact, Link
from bridgework.web.doors import MemberRequest, member_page
from bridgework.web.referrals import forms, keys
from bridgework.web.referrals import page as presenting
from bridgework.web.referrals.doing import BY_TIMELINE, DOINGS, Doing


def telling_of(request: MemberRequest, values: dict[str, Any]) -> Telling:
    """Say who tells it now, and when it happened if the form says so."""
    seat, key = request.seat, values.get("key", "")
    return Telling(by=seat.actor, at=seat.at, happened_at=values.get("happened_at"), key=key, saw=keys.seen(key))


def opened_or_404(request: MemberRequest, referral_id: UUID) -> queries.Opened:
    """Open a referral of this seat; anybody else's is not found."""
    try:
        return queries.opened(referral_id, by=request.seat.actor, at=request.seat.at)
    except NoSuchReferral:
        raise Http404 from None


@require_GET
@member_page()
def page(request: MemberRequest, referral_id: UUID) -> HttpResponse:
    """Show one referral."""
    opened = opened_or_404(request, referral_id)
    return TemplateResponse(request, "referrals/page.html", presenting.context_of(opened, request.seat))


@require_http_methods(["GET", "POST"])
@member_page()
def do(request: MemberRequest, referral_id: UUID, action: str) -> HttpResponse:
    """Do something to a referral; only a POST does it, a GET shows the form or asks once more."""
    doing = DOINGS.get(action)
    if doing is None:
        raise Http404
    if not request.seat.may("record_clinical" if action in presenting.CLINICAL else "work_referrals"):
        raise PermissionDenied
    opened, form_class = opened_or_404(request, referral_id), doing.form or forms.ActionForm
    if request.method == "GET":
        return _form_page(request, opened, action, doing, form_class(initial=_initial(action, opened)))
    form = form_class(request.POST)
    if not form.is_valid():
        return _form_page(request, opened, action, doing, form, status=422)
    if action == "close" and opened.story.standing.is_red_flag and not request.seat.may("sign_off"):
        form.add_error(None, "A red-flag referral is closed by a dentist or surgeon, who signs it off.")
        return _form_page(request, opened, action, doing, form, status=403)
    try:
        entry = doing.run(referral_id, telling_of(request, form.cleaned_data), form.cleaned_data)
    except Refused as refusal:
        look_again(form, opened_or_404(request, referral_id), refusal)
        return _form_page(request, opened, action, doing, form, status=409)
    said = f"{lifecycle.LABELS[action]}: done."
    if doing.undo == BY_TIMELINE:
        undo.offer(request, said, reverse("referrals:correct", args=[referral_id, entry.id]))
    else:
        messages.success(request, f"{said} {doing.undo}")
    return redirect("referrals:page", referral_id)


def look_again(form: forms.ActionForm, now: queries.Opened, refusal: Refused) -> None:
    """Show why it was refused, and let the next press be made on how the referral stands now."""
    data = cast(QueryDict, form.data).copy()
    data["key"] = keys.made(now.story.standing.status)
    form.data = data
    form.add_error(None, str(refusal))


def _initial(action: str, opened: queries.Opened) -> dict[str, object]:
    standing = opened.story.standing
    initial: dict[str, object] = {"key": keys.made(standing.status)}
    if action == "amend":
        request = standing.request
        initial |= {"reason": request.reason, "urgency": request.urgency, "teeth": ", ".join(request.teeth)}
    if action == "complete_consult":
        initial["teeth"] = ", ".join(standing.request.teeth)
    if action == "send_report":
        initial["channel"] = "fax" if standing.is_sender_unlisted else "portal"
    if action == "reschedule" and standing.appointment:
        visit = standing.appointment
        initial |= {"starts_at": visit.starts_at, "minutes": visit.minutes, "provider_name": visit.provider_name}
    return initial


def _form_page(
    request: MemberRequest, opened: queries.Opened, action: str, doing: Doing, form: forms.ActionForm, status: int = 200
) -> HttpResponse:
    label = lifecycle.LABELS[action]
    return action_page(
        request, opened, title=label, form=form, submit={"label": label, "icon": doing.icon}, sentence=doing.sentence,
        undo_words=doing.undo, status=status,
    )  # fmt: skip


def action_page(
    request: MemberRequest, opened: queries.Opened, *, title: str, form: forms.ActionForm, status: int = 200,
    **words: object,
) -> HttpResponse:  # fmt: skip
    """Show the form of an action on a referral, with what it is decided by."""
    case, url = opened.case, reverse("referrals:page", args=[opened.story.referral.id])
    context = {
        "crumbs": (Link("Referrals", reverse("referrals:list")), Link(case.patient_name, url), Link(title, "")),
        "title": title,
        "facts": (Fact("Patient", case.patient_name), Fact("Other office", case.other_name)),
        "notices": (),
        "form": form,
        "layout": "",
        "submit": {"label": title, "icon": "check"},
        "cancel_url": url,
        "is_multipart": form.is_multipart(),
        **words,
    }
    return TemplateResponse(request, "referrals/action.html", context, status=status)


@require_http_methods(["GET", "POST"])
@member_page("work_referrals")
def correct(request: MemberRequest, referral_id: UUID, entry_id: UUID) -> HttpResponse:
    """Take back a line of the own office: it stays, marked, and no longer counts."""
    opened = opened_or_404(request, referral_id)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None, initial={"key": str(uuid4())})
    if request.method == "POST" and form.is_valid():
        correction = Corrected(target=entry_id, action="retract", reason=form.cleaned_data["reason"])
        try:
            actions.correct(
                referral_id=referral_id, telling=telling_of(request, form.cleaned_data), correction=correction
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Corrected. The old line stays in the timeline, marked.")
            return redirect("referrals:page", referral_id)
    return action_page(
        request, opened, title="Take this line back", form=form, status=409 if form.errors else 200,
        sentence="It stays in the timeline, marked as corrected, and no longer counts.",
        undo_words="You can record it again.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@member_page("work_referrals")
def attach(request: MemberRequest, referral_id: UUID) -> HttpResponse:
    """Add files to the packet."""
    opened = opened_or_404(request, referral_id)
    uploads = request.FILES.getlist("file")
    error = ""
    if request.method == "POST" and uploads:
        try:
            with transaction.atomic():  # all of them or none
                packet = [_kept(request, upload, request.POST.get("title", "")) for upload in uploads]
                telling = telling_of(request, {"key": request.POST.get("key", "")[:80]})
                actions.attach(referral_id=referral_id, telling=telling, files=tuple(packet))
        except (files.Unacceptable, Refused) as refusal:
            error = str(refusal)
        if getattr(request, "htmx", False):
            fresh = presenting.packet_of(opened_or_404(request, referral_id), request.seat)
            return TemplateResponse(
                request, "referrals/page.html#packet", {"packet": fresh, "upload_error": error},
                status=422 if error else 200,
            )  # fmt: skip
        if not error:
            return redirect("referrals:page", referral_id)
    form = forms.AttachForm(initial={"key": str(uuid4())})
    if request.method == "POST":
        form = forms.AttachForm(request.POST, request.FILES)
        form.add_error(None, error or "Choose a file first.")
    return action_page(
        request, opened, title="Add a file", form=form, status=422 if form.errors else 200,
        sentence="Both offices can open it.", undo_words="A file that was added stays.",
    )  # fmt: skip


def _kept(request: MemberRequest, upload: Any, title: str) -> PacketFile:
    try:
        stored = files.store(name=upload.name, content=upload, by=request.seat.actor, at=request.seat.at)
    except files.Unacceptable as refusal:
        raise files.Unacceptable(f"{upload.name}: {refusal}") from refusal
    return PacketFile(
        file_id=stored.id,
        kind="film" if stored.kind in ("image", "dicom") else "document",
        title=title[:120] or stored.name,
        taken_on=stored.taken_on,
    )


@require_GET
@member_page()
def file(request: MemberRequest, referral_id: UUID, item_id: UUID) -> FileResponse:
    """Hand out a file of the packet, or the preview that we made of it."""
    item = PacketItem.objects.filter(referral_id=referral_id, id=item_id).first()
    if item is None:
        raise Http404
    as_preview = request.GET.get("as") == "preview"
    return downloads.of_file(request, item.file_id, as_preview=as_preview, referral_id=referral_id)

"""Making a referral: a draft that saves itself, and Send."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bridgework.files import actions as files
from bridgework.network.models import Office
from bridgework.patients import queries as patients
from bridgework.patients.actions import NoSuchChart
from bridgework.referrals import actions, queries
from bridgework.referrals.actions import Telling
from bridgework.referrals.errors import Refused
from bridgework.referrals.models import Draft
from bridgework.scheduling.actions import Taken
from bridgework.web import downloads
from bridgework.web.doors import MemberRequest, member_page
from bridgework.web.referrals import draft_page
from bridgework.web.referrals.drafting import Writing, uuid_of

NOT_ANSWERS = {"csrfmiddlewaretoken", "send", "use_teeth", "shown"}


@require_http_methods(["GET", "POST"])
@member_page("send_referrals")
def begin(request: MemberRequest) -> HttpResponse:
    """Find the patient; choosing one begins a draft."""
    if request.method == "GET":
        return TemplateResponse(request, "patients/list.html", draft_page.choosing(request, reverse("referrals:new")))
    draft = actions.begin_draft(by=request.seat.actor, at=request.seat.at, patient_id=_patient(request))
    return redirect("referrals:draft", draft.id)


@require_http_methods(["GET", "POST"])
@member_page("send_referrals")
def draft(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Show a draft; keep what was typed; send it."""
    found, is_autosave = _draft(draft_id), bool(getattr(request, "htmx", False))
    if found.referral_id is not None and not is_autosave:
        return redirect("referrals:page", found.referral_id)
    if request.method == "GET":
        return TemplateResponse(request, "referrals/new.html", draft_page.context_of(_writing(request, found)))
    try:
        found = actions.save_draft(
            draft_id=draft_id, answers=_answers(request.POST), patient_id=found.patient_id,
            by=request.seat.actor, at=request.seat.at,
        )  # fmt: skip
    except Refused as refusal:
        if is_autosave:  # the page says that it was not saved, and keeps what was typed on screen
            return HttpResponse(str(refusal), content_type="text/plain", status=409)
        if (sent := _draft(draft_id).referral_id) is not None:  # pressed twice
            return redirect("referrals:page", sent)
        messages.error(request, str(refusal))
        return redirect("referrals:list")
    writing = _writing(request, found)
    if request.POST.get("send") and not is_autosave:
        return _send(request, writing)
    if is_autosave:
        return TemplateResponse(request, "referrals/new.html#live", _changes(request, writing))
    return redirect("referrals:draft", draft_id)


def _changes(request: MemberRequest, writing: Writing) -> dict[str, object]:
    """Draw anew only what the page does not show already, because a swap takes the focus away."""
    shown = request.POST.get("shown", "")
    return draft_page.context_of(writing) | {
        "procedures_changed": shown.partition("/")[0] != writing.specialty,
        "questions_changed": shown != writing.shown,
    }


def _send(request: MemberRequest, writing: Writing) -> HttpResponse:
    sentence = ""
    if writing.can_send:
        telling = Telling(by=request.seat.actor, at=request.seat.at, key=f"draft:{writing.draft.id}")
        try:
            referral = actions.send(writing.order(), telling=telling)
        except (Refused, Taken) as refusal:
            sentence = str(refusal)
        else:
            to = writing.office.name if writing.office else ""
            messages.success(request, f"Sent to {to}. You can take it back until they accept.")
            return redirect("referrals:page", referral.id)
    context = draft_page.context_of(writing, is_checked=True, sentence=sentence)
    return TemplateResponse(request, "referrals/new.html", context, status=409 if sentence else 422)


@require_http_methods(["GET", "POST"])
@member_page("send_referrals")
def choose_patient(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Choose the draft's patient, or another one."""
    found = _draft(draft_id)
    patient_id = _patient(request)
    if patient_id is not None:
        actions.save_draft(
            draft_id=draft_id, answers=found.answers, patient_id=patient_id, by=request.seat.actor, at=request.seat.at
        )
        return redirect("referrals:draft", draft_id)
    url = reverse("referrals:choose_patient", args=[draft_id])
    return TemplateResponse(request, "patients/list.html", draft_page.choosing(request, url))


@require_POST
@member_page("send_referrals")
def attach(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Add files to what will go along."""
    found, error = _draft(draft_id), ""
    for upload in request.FILES.getlist("file"):
        try:
            stored = files.store(name=upload.name or "file", content=upload, by=request.seat.actor, at=request.seat.at)
            actions.attach_to_draft(
                draft_id=draft_id, file=stored, title=_title(stored.name), by=request.seat.actor, at=request.seat.at
            )
        except (files.Unacceptable, Refused) as refusal:
            error = f"{error} {upload.name}: {refusal}".strip()
    if not getattr(request, "htmx", False):
        if error:
            messages.error(request, error)
        return redirect("referrals:draft", draft_id)
    context = {"packet": draft_page.packet_of(_writing(request, found)), "upload_error": error}
    return TemplateResponse(request, "referrals/new.html#packet", context, status=422 if error else 200)


@require_POST
@member_page("send_referrals")
def detach(request: MemberRequest, draft_id: UUID, item_id: UUID) -> HttpResponse:
    """Take a file out of the draft."""
    _draft(draft_id)
    actions.detach_from_draft(draft_id=draft_id, item_id=item_id, by=request.seat.actor, at=request.seat.at)
    return redirect("referrals:draft", draft_id)


@require_GET
@member_page()
def file(request: MemberRequest, draft_id: UUID, item_id: UUID) -> FileResponse:
    """Hand out a file of the draft, or its preview."""
    found = next((item for item in _draft(draft_id).items.all() if item.id == item_id), None)
    if found is None:
        raise Http404
    return downloads.of_file(request, found.file_id, as_preview=request.GET.get("as") == "preview")


@require_POST
@member_page("send_referrals")
def discard(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Put the draft away."""
    _draft(draft_id)
    try:
        actions.discard_draft(draft_id=draft_id, by=request.seat.actor, at=request.seat.at)
        messages.success(request, "The draft was discarded. Nothing was sent.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('referrals:list')}?side=drafts")


def _draft(draft_id: UUID) -> Draft:
    found = queries.draft(draft_id)
    if found is None:
        raise Http404
    return found


def _writing(request: MemberRequest, found: Draft) -> Writing:
    seat, chart = request.seat, None
    if found.patient_id is not None:
        try:
            chart = patients.chart(found.patient_id, by=seat.actor, at=seat.at)
        except NoSuchChart:
            chart = None
    office_id = uuid_of(str(found.answers.get("send_to", "")))
    office = Office.objects.select_related("organization").filter(id=office_id).first() if office_id else None
    items = tuple(found.items.select_related("file").order_by("attached_at", "id"))
    return Writing(found, items, chart, office, seat)


def _answers(posted: QueryDict) -> dict[str, str | list[str]]:
    """Keep the form as typed. A correction that the guard offered replaces the picked teeth."""
    answers: dict[str, str | list[str]] = {
        name: posted.getlist(name) if name in ("teeth", "red_flags") else posted.get(name, "")
        for name in posted
        if name not in NOT_ANSWERS
    }
    if tooth := posted.get("use_teeth"):
        answers |= {"teeth": [tooth], "teeth_typed": tooth}
    return answers


def _patient(request: MemberRequest) -> UUID | None:
    """Return the patient that a row's button named; one without a chart here is not found."""
    patient_id = uuid_of(request.POST.get("patient", ""))
    if patient_id is not None and not patients.rows_of([patient_id]):
        raise Http404
    return patient_id


def _title(name: str) -> str:
    return name.rsplit(".", 1)[0].replace("_", " ").replace("-", " ").strip()[:120] or "File"

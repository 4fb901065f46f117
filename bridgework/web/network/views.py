"""The desk of offices: whom to refer to, own offices, offices without an account, who works where."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bridgework.dentistry.specialties import SPECIALTIES
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import Unfit
from bridgework.network import actions, queries
from bridgework.network.models import Office
from bridgework.network.queries import OfficeCard, Wish
from bridgework.web.components.shapes import FormSection, Link
from bridgework.web.doors import MemberRequest, member_page
from bridgework.web.network import pages
from bridgework.web.network.forms import OfficeForm, PersonForm, blank_office, office_form


@require_GET
@member_page()
def directory(request: MemberRequest) -> HttpResponse:
    """Show the offices that fit."""
    seat, specialty = request.seat, request.GET.get("specialty", "")
    wish = Wish(
        text=request.GET.get("q", "").strip()[:80],
        specialty=specialty if specialty in SPECIALTIES else "",
        seen_from=seat.office,
    )
    after = pages.cursor(request.GET.get("after", ""))
    rows = queries.directory(wish, on=_today(request), after=after, limit=pages.PAGE + 1)
    return TemplateResponse(request, "network/directory.html", pages.listed(rows, wish, seat, is_first=after is None))


@require_GET
@member_page()
def office(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """Show one office."""
    return TemplateResponse(request, "network/office.html", pages.office_page(_card(request, office_id), request.seat))


@require_http_methods(["GET", "POST"])
@member_page("unlisted_offices")
def unlisted(request: MemberRequest) -> HttpResponse:
    """Type in an office that has no account; it is seen by this practice alone."""
    form = blank_office(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid() or form.practice is None:
        return _office_form(request, form, None)
    try:
        with transaction.atomic():
            made = actions.add_unlisted_office(
                practice=form.practice.practice(),
                place=form.place_given(None),
                organization_id=form.practice.cleaned_data["key"],
                by=request.seat.actor,
                at=request.seat.at,
            )
    except Unfit as refusal:
        form.refuse(refusal)
        return _office_form(request, form, None)
    messages.success(request, f"{made.name} is in your directory. You can refer to it now.")
    onward = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    return redirect(onward) if onward and is_ours else redirect("network:office", made.id)


@require_http_methods(["GET", "POST"])
@member_page()
def edit(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """Change an office of one's own, or an unlisted one."""
    card = _own_card(request, office_id)
    form = office_form(
        card.row.office, request.POST if request.method == "POST" else None, is_member=card.row.organization.is_member
    )
    if request.method == "GET" or not form.is_valid():
        return _office_form(request, form, card.row.office)
    try:
        with transaction.atomic():
            actions.change_office(
                office_id=office_id, place=form.place_given(card.row.office), by=request.seat.actor, at=request.seat.at
            )
    except Unfit as refusal:
        form.refuse(refusal)
        return _office_form(request, form, card.row.office)
    messages.success(request, "Saved.")
    return redirect("network:office", office_id)


@require_http_methods(["GET", "POST"])
@member_page("manage_offices")
def new(request: MemberRequest) -> HttpResponse:
    """Add an office to one's own practice."""
    seat = request.seat
    form = office_form(None, request.POST if request.method == "POST" else None, is_member=True)
    if request.method == "GET" or not form.is_valid():
        return _office_form(request, form, None, is_own=True)
    try:
        with transaction.atomic():
            made = actions.add_office(
                organization_id=seat.organization_id, place=form.place_given(None),
                office_id=form.place.cleaned_data["key"], by=seat.actor, at=seat.at,
            )  # fmt: skip
    except Unfit as refusal:
        form.refuse(refusal)
        return _office_form(request, form, None, is_own=True)
    messages.success(request, f"{made.name} is in the directory.")
    return redirect("network:office", made.id)


@require_http_methods(["GET", "POST"])
@member_page()
def add_provider(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """Say that a dentist or doctor works in an office."""
    card = _own_card(request, office_id)
    form = PersonForm(
        request.POST if request.method == "POST" else None, initial={"works_from": _today(request), "key": uuid7()}
    )
    if request.method == "GET" or not form.is_valid():
        return _provider_form(request, form, card.row.office)
    try:
        with transaction.atomic():
            _add(request, form, office_id)
    except actions.WorksThereAlready as known_already:
        messages.info(request, known_already.sentence)
        return redirect("network:office", office_id)
    except Unfit as refusal:
        known = {"family_name": "family", "given_name": "given"}.get(refusal.field, refusal.field)
        form.add_error(known if known in form.fields else None, refusal.sentence)
        return _provider_form(request, form, card.row.office)
    messages.success(request, f"{form.cleaned_data['family']} works at {card.row.office.name}.")
    return redirect("network:office", office_id)


@require_POST
@member_page()
def provider_left(request: MemberRequest, affiliation_id: UUID) -> HttpResponse:
    """Say that a dentist or doctor works in an office until today."""
    office_id = queries.office_of_affiliation(affiliation_id)
    if office_id is None:
        raise Http404
    card = _own_card(request, office_id)
    try:
        actions.end_affiliation(
            affiliation_id=affiliation_id, works_until=_today(request), by=request.seat.actor, at=request.seat.at
        )
        messages.success(
            request, f"Today is the last day at {card.row.office.name}. Referrals so far stay as they are."
        )
    except Unfit as refusal:
        messages.error(request, refusal.sentence)
    return redirect("network:office", office_id)


def _add(request: MemberRequest, form: PersonForm, office_id: UUID) -> None:
    by, at = request.seat.actor, request.seat.at
    provider = actions.add_provider(person=form.person(), provider_id=form.cleaned_data["key"], by=by, at=at)
    actions.affiliate(
        provider_id=provider.id, office_id=office_id, works_from=form.cleaned_data["works_from"], by=by, at=at
    )


def _card(request: MemberRequest, office_id: UUID) -> OfficeCard:
    try:
        return queries.office_card(office_id, on=_today(request), seen_from=request.seat.office)
    except Office.DoesNotExist:
        raise Http404 from None


def _own_card(request: MemberRequest, office_id: UUID) -> OfficeCard:
    """Give an office that this person may change; offices of others are not found."""
    card = _card(request, office_id)
    if not card.is_ours:
        raise Http404
    is_own = card.row.organization.id == request.seat.organization_id
    if not request.seat.may("manage_offices" if is_own else "unlisted_offices"):
        raise PermissionDenied
    return card


def _today(request: MemberRequest) -> date:
    return request.seat.at.astimezone(request.seat.zone).date()


def _office_form(
    request: MemberRequest, form: OfficeForm, office: Office | None, *, is_own: bool = False
) -> HttpResponse:
    back = reverse("network:office", args=[office.id]) if office else reverse("network:directory")
    title = f"Change {office.name}" if office else ("New office" if is_own else "Add an office")
    sentence = (
        "An office without Bridgework: it gets your referrals by email, fax, letter or phone. Only you see it here."
    )
    if office or is_own:
        sentence = "What others see of it in the directory, and how it is told."
    here = [Link(office.name, back)] if office else []
    context = {
        "crumbs": (Link("Offices", reverse("network:directory")), *here, Link("Change" if office else "Add", "")),
        "title": title,
        "sentence": sentence,
        "notices": (),
        "sections": form.sections(),
        "submit": {"label": "Save", "icon": "check"},
        "cancel_url": back,
    }
    return TemplateResponse(request, "network/edit.html", context, status=422 if form.place.is_bound else 200)


def _provider_form(request: MemberRequest, form: PersonForm, office: Office) -> HttpResponse:
    back = reverse("network:office", args=[office.id])
    context = {
        "crumbs": (Link("Offices", reverse("network:directory")), Link(office.name, back), Link("Add", "")),
        "title": f"Who works at {office.name}",
        "sentence": "A dentist or doctor may work in several offices. With the NPI, everybody means the same person.",
        "notices": (),
        "sections": (FormSection("Dentist or doctor", form, layout="pair"),),
        "submit": {"label": "Save", "icon": "check"},
        "cancel_url": back,
    }
    return TemplateResponse(request, "network/edit.html", context, status=422 if form.is_bound else 200)

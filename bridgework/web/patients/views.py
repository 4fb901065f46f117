"""The desk of patients: find one, open the chart, write it."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import Unfit
from bridgework.patients import entry, queries
from bridgework.patients.models import Patient
from bridgework.patients.queries import Chart
from bridgework.web.components.shapes import Link
from bridgework.web.doors import MemberRequest, member_page
from bridgework.web.patients import pages
from bridgework.web.patients.forms import PatientForm, initial_of, merged

MOST_TYPED = 100


@require_GET
@member_page()
def listed(request: MemberRequest) -> HttpResponse:
    """Show patients by name, or those that fit what was typed."""
    seat, query = request.seat, request.GET.get("q", "").strip()[:MOST_TYPED]
    after = pages.cursor(request.GET.get("after", ""))
    if query:
        rows = queries.search(query, by=seat.actor, at=seat.at, limit=pages.PAGE)
    else:
        rows = queries.by_name(by=seat.actor, at=seat.at, after=after, limit=pages.PAGE + 1)
    context = pages.listed(rows, query, seat, is_first=after is None)
    return TemplateResponse(request, "patients/list.html", context)


@require_GET
@member_page()
def page(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """Show one chart."""
    return TemplateResponse(request, "patients/page.html", pages.chart_page(_chart(request, patient_id), request.seat))


@require_http_methods(["GET", "POST"])
@member_page("change_patients")
def new(request: MemberRequest) -> HttpResponse:
    """Open a chart."""
    seat = request.seat
    if request.method == "GET":
        form = PatientForm.made(None, {"who-key": str(uuid7()), "who-family": request.GET.get("family", "")[:100]})
        return _form_page(request, form, None)
    form = PatientForm.made(request.POST.dict(), {})
    if not form.is_valid():
        return _form_page(request, form, None)
    try:
        with transaction.atomic():
            patient = entry.open_chart(
                patient_id=form.who.cleaned_data["key"] or uuid7(), entry=form.entry(None), by=seat.actor, at=seat.at
            )
    except Unfit as refusal:
        form.refuse(refusal)
        return _form_page(request, form, None)
    except IntegrityError:
        # The same form arrived twice at the same moment; the other request opened the chart.
        return redirect("patients:list")
    messages.success(request, f"{patient.given} {patient.family} has a chart.")
    return redirect("patients:page", patient.id)


@require_http_methods(["GET", "POST"])
@member_page("change_patients")
def edit(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """Change a chart; what somebody else saved meanwhile stays."""
    seat, chart = request.seat, _chart(request, patient_id)
    current = initial_of(chart)
    if request.method == "GET":
        form = PatientForm.made(None, current | {"who-seen": json.dumps(current)})
        return _form_page(request, form, chart)
    form = PatientForm.made(merged(request.POST.dict(), _seen(request), current), current)
    if not form.is_valid():
        return _form_page(request, form, chart)
    try:
        with transaction.atomic():
            entry.change_chart(chart=chart, entry=form.entry(chart), by=seat.actor, at=seat.at)
    except Unfit as refusal:
        form.refuse(refusal)
        return _form_page(request, form, chart)
    messages.success(request, "Saved.")
    return redirect("patients:page", patient_id)


def _chart(request: MemberRequest, patient_id: UUID) -> Chart:
    try:
        return queries.chart(patient_id, by=request.seat.actor, at=request.seat.at)
    except Patient.DoesNotExist:
        raise Http404 from None


def _seen(request: MemberRequest) -> dict[str, str]:
    """Read the values that stood in the form when it was opened; a broken list counts as none."""
    try:
        seen = json.loads(request.POST.get("who-seen", ""))
    except ValueError:
        return {}
    return {str(name): str(text) for name, text in seen.items()} if isinstance(seen, dict) else {}


def _form_page(request: MemberRequest, form: PatientForm, chart: Chart | None) -> HttpResponse:
    crumbs: tuple[Link, ...] = (Link("Patients", reverse("patients:list")),)
    if chart:
        name = f"{chart.patient.given} {chart.patient.family}".strip()
        here = reverse("patients:page", args=[chart.patient.id])
        crumbs, title = (*crumbs, Link(name, here), Link("Change", "")), f"Change {name}"
    else:
        crumbs, title, here = (*crumbs, Link("New", "")), "New patient", reverse("patients:list")
    context = {
        "crumbs": crumbs,
        "title": title,
        "sentence": "The last name is enough to begin with; a phone lets the specialist’s office call.",
        "notices": (),
        "sections": form.sections(),
        "submit": {"label": "Save", "icon": "check"},
        "cancel_url": here,
    }
    return TemplateResponse(request, "patients/edit.html", context, status=422 if form.who.is_bound else 200)

"""Finishing, taking back and taking on a task."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bridgework.deliveries import actions as deliveries
from bridgework.web.components.shapes import Link
from bridgework.web.doors import MemberRequest, member_page
from bridgework.worklist import actions, queries
from bridgework.worklist.deliveries import UNCERTAIN


@require_POST
@member_page("work_referrals")
def done(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Record that it is done."""
    outcome = request.POST.get("outcome", "done")[:200]
    try:
        task = actions.finish_task(task_id=task_id, outcome=outcome, by=request.seat.actor, at=request.seat.at)
    except actions.NoSuchTask as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Done." + (f" {task.patient_name}." if task.patient_name else ""))
    return redirect("worklist:today")


class ArrivedForm(forms.Form):
    arrived = forms.ChoiceField(
        label="Did it arrive?", choices=[("yes", "It arrived"), ("no", "It did not: send it again")],
        widget=forms.RadioSelect,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@member_page("work_referrals")
def arrived(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Say what became of a message that was perhaps sent; only then it may go out again."""
    seat, task = request.seat, queries.open_task(task_id)
    if task is None or task.kind != UNCERTAIN:
        raise Http404
    form = ArrivedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        was_sent = form.cleaned_data["arrived"] == "yes"
        try:
            deliveries.settle_uncertain(delivery_id=task.subject_id, was_sent=was_sent, by=seat.actor, at=seat.at)
        except deliveries.NotOpen as refusal:
            messages.warning(request, str(refusal))
        return redirect("worklist:today")
    context = {
        "crumbs": (Link("Today", reverse("worklist:today")), Link("A message in doubt", "")),
        "title": "A message in doubt",
        "sentence": task.sentence,
        "facts": (),
        "notices": (),
        "form": form,
        "layout": "",
        "submit": {"label": "Save", "icon": "check"},
        "undo_words": "A message that goes out again cannot be unsent.",
        "cancel_url": reverse("worklist:today"),
    }
    return TemplateResponse(request, "referrals/action.html", context, status=422 if form.errors else 200)


@require_POST
@member_page("work_referrals")
def reopen(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Take the finishing back."""
    try:
        actions.reopen_task(task_id=task_id, by=request.seat.actor, at=request.seat.at)
    except actions.NoSuchTask as refusal:
        messages.warning(request, str(refusal))
    return redirect("worklist:today")


@require_POST
@member_page("work_referrals")
def take(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Take a task on oneself."""
    try:
        actions.give_task(task_id=task_id, owner_id=request.seat.user.id, by=request.seat.actor, at=request.seat.at)
    except actions.NoSuchTask as refusal:
        messages.warning(request, str(refusal))
    return redirect("worklist:today")

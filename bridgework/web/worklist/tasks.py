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

from bridgework.accounts import queries as accounts
from bridgework.deliveries import actions as deliveries
from bridgework.web import undo
from bridgework.web.components import times
from bridgework.web.components.shapes import Fact, Link
from bridgework.web.doors import MemberRequest, member_page
from bridgework.worklist import actions, queries
from bridgework.worklist.deliveries import UNCERTAIN
from bridgework.worklist.models import Task


@require_http_methods(["GET", "POST"])
@member_page("work_referrals")
def task(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Show a task; give it to somebody, or say what came of it."""
    seat, found = request.seat, queries.open_task(task_id)
    if found is None:
        raise Http404
    form = TaskForm(request.POST if request.method == "POST" else None, initial={"owner": str(found.owner_id or "")})
    people = [(str(one.user_id), one.name) for one in accounts.people() if one.is_active]
    form.fields["owner"].choices = [*people, ("", "Nobody in particular")]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        owner, outcome = form.cleaned_data["owner"], form.cleaned_data["outcome"].strip()
        actions.give_task(task_id=task_id, owner_id=UUID(owner) if owner else None, by=seat.actor, at=seat.at)
        if outcome:
            actions.finish_task(task_id=task_id, outcome=outcome, by=seat.actor, at=seat.at)
        messages.success(request, "Done." if outcome else "Saved.")
        return redirect("worklist:today")
    return _form_page(request, found, "Task", form, "A finished task can be opened again.")


@require_POST
@member_page("work_referrals")
def done(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Record that it is done."""
    outcome = request.POST.get("outcome", "done")[:200]
    try:
        finished = actions.finish_task(task_id=task_id, outcome=outcome, by=request.seat.actor, at=request.seat.at)
    except actions.NoSuchTask as refusal:
        messages.warning(request, str(refusal))
    else:
        words = f"Done: {finished.patient_name}." if finished.patient_name else "Done."
        undo.offer(request, words, reverse("worklist:reopen", args=[task_id]))
    return redirect("worklist:today")


class TaskForm(forms.Form):
    owner = forms.ChoiceField(label="Who does it", required=False, widget=forms.RadioSelect)
    outcome = forms.CharField(
        label="What came of it", required=False, max_length=200, help_text="Leave empty while it is still to be done."
    )


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
    form = ArrivedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        was_sent = form.cleaned_data["arrived"] == "yes"
        try:
            deliveries.settle_uncertain(delivery_id=task.subject_id, was_sent=was_sent, by=seat.actor, at=seat.at)
        except deliveries.NotOpen as refusal:
            messages.warning(request, str(refusal))
        return redirect("worklist:today")
    words = "A message that goes out again cannot be unsent."
    return _form_page(request, task, "A message in doubt", form, words)


@require_POST
@member_page("work_referrals")
def reopen(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Take the finishing back."""
    try:
        actions.reopen_task(task_id=task_id, by=request.seat.actor, at=request.seat.at)
    except actions.NoSuchTask as refusal:
        messages.warning(request, str(refusal))
    return redirect("worklist:today")


def _form_page(request: MemberRequest, task: Task, title: str, form: forms.Form, undo_words: str) -> HttpResponse:
    seat = request.seat
    facts = [Fact("Due", times.when(task.due_at, at=seat.at, zone=seat.zone))]
    if task.patient_name and task.referral_id:
        facts.insert(0, Fact("Patient", task.patient_name, reverse("referrals:page", args=[task.referral_id])))
    context = {
        "crumbs": (Link("Today", reverse("worklist:today")), Link(title, "")),
        "title": title,
        "sentence": task.sentence,
        "facts": tuple(facts),
        "notices": (),
        "form": form,
        "layout": "",
        "submit": {"label": "Save", "icon": "check"},
        "undo_words": undo_words,
        "cancel_url": reverse("worklist:today"),
    }
    return TemplateResponse(request, "referrals/action.html", context, status=422 if form.errors else 200)

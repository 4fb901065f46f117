"""Finishing, taking back and taking on a task."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bridgework.web.doors import MemberRequest, member_page
from bridgework.worklist import actions


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

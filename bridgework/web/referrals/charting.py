"""Tying a received referral to the own chart: the one that fits, or a new one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from bridgework.patients import charts, matching
from bridgework.referrals import actions
from bridgework.referrals.snapshot import PatientIdentity, from_json
from bridgework.referrals.story import Story
from bridgework.web.doors import MemberRequest, member_page
from bridgework.web.referrals.forms import ActionForm
from bridgework.web.referrals.views import action_page, opened_or_404, telling_of

NEW = "new"


class ChartForm(ActionForm):
    """Which chart; the charts that fit are given by the view."""

    chart = forms.ChoiceField(label="Whose chart is it?", widget=forms.RadioSelect)


@require_http_methods(["GET", "POST"])
@member_page("change_patients")
def link(request: MemberRequest, referral_id: UUID) -> HttpResponse:
    """Choose among the charts that may be this patient's, or open a new one with what came along."""
    opened, seat = opened_or_404(request, referral_id), request.seat
    person = _person(opened.story)
    found = matching.likely_same(charts.described(person), by=seat.actor, at=seat.at)
    form = ChartForm(request.POST if request.method == "POST" else None, initial={"chart": NEW})
    choices = [(str(one.row.id), f"{one.row.name}: {one.reason}") for one in found]
    form.fields["chart"].choices = [*choices, (NEW, "Nobody here yet: open a new chart")]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["chart"]
        came = _history(opened.story)
        patient_id = charts.open_chart(person, came, by=seat.actor, at=seat.at) if chosen == NEW else UUID(chosen)
        actions.link_patient(
            referral_id=referral_id, telling=telling_of(request, form.cleaned_data), patient_id=patient_id
        )
        messages.success(request, "The referral is tied to your chart. You can tie it to another one at any time.")
        return redirect("referrals:page", referral_id)
    return action_page(
        request, opened, title="Your chart", form=form, status=422 if form.errors else 200,
        sentence="Your chart is yours: the other office never sees it.",
        undo_words="You can tie the referral to another chart at any time.",
    )  # fmt: skip


def _person(known: Story) -> PatientIdentity:
    referral = known.referral
    return PatientIdentity(
        given=referral.patient_given,
        family=referral.patient_family,
        birth_date=referral.patient_birth_date,
        sex=referral.patient_sex,
        phone=referral.patient_phone,
        email=referral.patient_email,
    )


def _history(known: Story) -> charts.History:
    came = from_json(known.referral.snapshot)
    return charts.History(
        allergies=came.allergies, medications=came.medications, conditions=came.conditions, insurance=came.insurance,
        address=came.address, language=came.language,
    )  # fmt: skip

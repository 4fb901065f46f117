"""Actions that choose among rows: to which office to pass a referral on, to whom in the house to give it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from bridgework.accounts import queries as accounts
from bridgework.network import queries as network
from bridgework.network.models import Office
from bridgework.referrals import actions
from bridgework.referrals.errors import Refused
from bridgework.web.doors import MemberRequest, member_page
from bridgework.web.referrals import forms, keys
from bridgework.web.referrals.views import action_page, look_again, opened_or_404, telling_of

MOST_OFFICES = 25


@require_http_methods(["GET", "POST"])
@member_page("work_referrals")
def redirect_to(request: MemberRequest, referral_id: UUID) -> HttpResponse:
    """Pass a referral on to another office of the directory."""
    opened = opened_or_404(request, referral_id)
    standing = opened.story.standing
    wish = network.Wish(specialty=standing.request.specialty, without=request.seat.organization_id)
    taken = {standing.sender, standing.receiver}
    rows = network.directory(wish, on=request.seat.at.date(), limit=MOST_OFFICES)
    offices = [row.office for row in rows if row.organization.id not in taken]
    key = keys.made(standing.status)
    form = forms.ChoiceForm(request.POST if request.method == "POST" else None, initial={"key": key})
    _offer(
        form, [(str(office.id), f"{office.name}, {office.city} {office.postal_code}") for office in offices], "Office"
    )
    if request.method == "POST" and form.is_valid():
        office = Office.objects.select_related("organization").get(id=form.cleaned_data["choice"])
        try:
            actions.redirect(
                referral_id=referral_id, telling=telling_of(request, form.cleaned_data),
                to_organization=office.organization_id, to_office=office.id, to_name=office.organization.name,
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Refused as refusal:
            look_again(form, opened_or_404(request, referral_id), refusal)
        else:
            messages.success(request, f"Passed on to {office.name}.")
            return redirect("referrals:page", referral_id)
    return action_page(
        request, opened, title="Pass on to another office", form=form, status=409 if form.errors else 200,
        sentence="The other office gets the packet and the timeline; whoever had it keeps what they saw up to now.",
        undo_words="The new office can pass it back.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@member_page("work_referrals")
def assign(request: MemberRequest, referral_id: UUID) -> HttpResponse:
    """Give the own side of a referral to somebody in the house."""
    opened = opened_or_404(request, referral_id)
    people = {str(person.user_id): person for person in accounts.people() if person.is_active}
    form = forms.ChoiceForm(request.POST if request.method == "POST" else None, initial={"key": str(uuid4())})
    _offer(form, [(key, f"{person.name}, {person.role_label.lower()}") for key, person in people.items()], "Who")
    del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        person = people[form.cleaned_data["choice"]]
        actions.assign(
            referral_id=referral_id, telling=telling_of(request, form.cleaned_data), user_id=person.user_id,
            user_name=person.name,
        )  # fmt: skip
        messages.success(request, f"{person.name} has it now.")
        return redirect("referrals:page", referral_id)
    return action_page(
        request, opened, title="Assign", form=form, status=422 if form.errors else 200,
        sentence="Only your office sees who works on it.", undo_words="You can give it to somebody else at any time.",
    )  # fmt: skip


def _offer(form: forms.ChoiceForm, choices: list[tuple[str, str]], label: str) -> None:
    field = form.fields["choice"]
    field.choices, field.label = choices, label  # type: ignore[attr-defined]

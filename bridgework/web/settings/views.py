"""The desk of settings: the practice, its people and their roles, and for whom I work now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings as configured
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bridgework.accounts import actions, queries, roles
from bridgework.accounts.models import Membership
from bridgework.accounts.queries import PersonRow
from bridgework.lib.plain_text import Unfit
from bridgework.network import actions as network_actions
from bridgework.network import queries as network
from bridgework.web.components.shapes import Action, Card, Chip, Fact, FormSection, Link, Notice, Table, TableRow
from bridgework.web.doors import SESSION_KEY, MemberRequest, member_page
from bridgework.web.network.forms import PracticeForm
from bridgework.web.settings.forms import InviteForm, RoleForm


@dataclass(frozen=True)
class FormPage:
    """A page with one form; `between` are the crumbs after Settings."""

    title: str
    sentence: str
    form: Form
    between: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()


@require_GET
@member_page("manage_people")
def home(request: MemberRequest) -> HttpResponse:
    """Show what can be set."""
    organization = request.seat.organization
    offices = tuple(
        Fact("Office" if office.is_open else "Closed", office.name, reverse("network:office", args=[office.id]))
        for office in network.own_offices()
    )
    cards = (
        Card(
            "Practice",
            bold=organization.name,
            words=organization.get_kind_display(),
            action=Action("Change", reverse("settings:practice"), icon="pencil"),
        ),
        Card(
            "Offices and hours",
            words="Clocks and reminders keep to each office’s hours; updates reach it the way it prefers.",
            facts=offices,
            action=Action("New office", reverse("network:new"), icon="plus"),
        ),
        Card(
            "People and roles",
            words="Who signs in here, and what each may do.",
            action=Action("Open", reverse("settings:people"), icon="users"),
        ),
    )
    context = {"sentence": "What holds for the whole practice.", "cards": cards}
    return TemplateResponse(request, "settings/home.html", context)


@require_http_methods(["GET", "POST"])
@member_page("manage_people")
def practice(request: MemberRequest) -> HttpResponse:
    """Change name, kind or specialty of the practice."""
    seat, organization = request.seat, request.seat.organization
    given = {"name": organization.name, "kind": organization.kind, "specialty": organization.specialty}
    form = PracticeForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                network_actions.change_organization(
                    organization_id=seat.organization_id, practice=form.practice(), by=seat.actor, at=seat.at
                )
        except Unfit as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect("settings:home")
    return _form_page(request, FormPage("Practice", "As other offices see it in the directory.", form))


@require_GET
@member_page("manage_people")
def people(request: MemberRequest) -> HttpResponse:
    """Show who works here."""
    context = {
        "crumbs": (_home(), Link("People and roles", "")),
        "sentence": "Everybody here sees the practice’s referrals; the role says what they may do.",
        "primary": Action("Invite a person", reverse("settings:invite"), icon="user-plus"),
        "notices": (),
        "table": Table(
            caption="People",
            first="Person",
            columns=("Role", "Office"),
            rows=tuple(_line(person) for person in queries.people()),
        ),
    }
    return TemplateResponse(request, "settings/people.html", context)


@require_http_methods(["GET", "POST"])
@member_page("manage_people")
def invite(request: MemberRequest) -> HttpResponse:
    """Let a person work here."""
    form, seat = InviteForm(request.POST if request.method == "POST" else None), request.seat
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                membership = actions.invite(
                    email=given["email"], name=given["name"], role=given["role"], office_id=form.office_id,
                    by=seat.actor, at=seat.at,
                )  # fmt: skip
        except Unfit as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, f"{membership.user.name} may sign in for {seat.organization.name} now.")
            return redirect("settings:person", membership.id)
    sentence = "Somebody who signs in for another practice already keeps their name and password."
    return _form_page(request, FormPage("Invite a person", sentence, form, (_people(),)))


@require_http_methods(["GET", "POST"])
@member_page("manage_people")
def person(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Show one person; give them another role."""
    who, seat = _person(membership_id), request.seat
    form = RoleForm(
        request.POST if request.method == "POST" else None,
        initial={"role": who.role, "office": str(who.office_id or "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.change_role(
                    membership_id=membership_id, role=form.cleaned_data["role"], office_id=form.office_id,
                    by=seat.actor, at=seat.at,
                )  # fmt: skip
        except Unfit as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect("settings:people")
    return _person_page(request, who, form, _first_password_notice(who))


@require_POST
@member_page("manage_people")
def password_link(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Show a new link by which a person chooses their first password; it is nowhere stored and works once."""
    who, seat = _person(membership_id), request.seat
    try:
        link = actions.first_password(membership_id=membership_id, by=seat.actor, at=seat.at)
    except Unfit as refusal:
        messages.error(request, refusal.sentence)
        return redirect("settings:person", membership_id)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": link.user, "key": link.token})
    form = RoleForm(None, initial={"role": who.role, "office": str(who.office_id or "")})
    notice = Notice(
        "green", "key", f"{configured.PUBLIC_URL}{path}", f"Give {who.name} this link. It works for three days:"
    )
    return _person_page(request, who, form, (notice,))


@require_POST
@member_page("manage_people")
def leave(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Let a person go, or back in."""
    who, seat = _person(membership_id), request.seat
    try:
        with transaction.atomic():
            if who.is_active:
                actions.end_membership(membership_id=membership_id, by=seat.actor, at=seat.at)
                messages.success(request, f"{who.name} may no longer sign in for {seat.organization.name}.")
            else:
                actions.grant_membership(
                    user_id=who.user_id, role=who.role, office_id=who.office_id, by=seat.actor, at=seat.at
                )
                messages.success(request, f"{who.name} is back.")
    except Unfit as refusal:
        messages.error(request, refusal.sentence)
    return redirect("settings:people")


@require_POST
@member_page()
def switch(request: MemberRequest) -> HttpResponse:
    """Work for another of my organizations from now on."""
    wanted = request.POST.get("organization", "")
    row = next((row for row in request.seat.memberships if str(row.organization_id) == wanted), None)
    if row is None:
        raise Http404
    request.session[SESSION_KEY] = wanted
    messages.success(request, f"You work for {row.organization_name} now.")
    return redirect("worklist:today")


def _person(membership_id: UUID) -> PersonRow:
    try:
        return queries.person(membership_id)
    except Membership.DoesNotExist:
        raise Http404 from None


def _line(who: PersonRow) -> TableRow:
    url = reverse("settings:person", args=[who.membership_id])
    leave_url = reverse("settings:leave", args=[who.membership_id])
    chip = None
    if not who.is_active:
        chip = Chip("stone", "door-exit", "Left")
    elif not who.has_password:
        chip = Chip("amber", "key", "No password yet")
    return TableRow(
        name=who.name,
        detail=who.email,
        url=url if who.is_active else "",
        cells=(who.role_label, who.office_name or "Any"),
        chip=chip,
        action=Action("Change", url) if who.is_active else Action("Bring back", leave_url, method="post"),
    )


def _first_password_notice(who: PersonRow) -> tuple[Notice, ...]:
    if who.has_password or not who.is_active:
        return ()
    action = Action(
        "Make a link", reverse("settings:password_link", args=[who.membership_id]), method="post", icon="key"
    )
    return (Notice("amber", "key", "A link lets them choose one.", f"{who.name} has no password yet.", action),)


def _person_page(request: MemberRequest, who: PersonRow, form: RoleForm, notices: tuple[Notice, ...]) -> HttpResponse:
    leave_url = reverse("settings:leave", args=[who.membership_id])
    may = [roles.WORDS[act] for act in roles.MAY if roles.may(who.role, act)]
    gone = Notice(
        "stone", "door-exit", f"Today: {who.role_label}. May {', '.join(may)}.",
        action=Action("End their access", leave_url, method="post"),
    )  # fmt: skip
    sentence = f"{who.email}. A role is changed at once; nobody has to sign in again."
    return _form_page(request, FormPage(who.name, sentence, form, (_people(),), (*notices, gone)))


def _home() -> Link:
    return Link("Settings", reverse("settings:home"))


def _people() -> Link:
    return Link("People and roles", reverse("settings:people"))


def _form_page(request: MemberRequest, page: FormPage) -> HttpResponse:
    context = {
        "crumbs": (_home(), *page.between, Link(page.title, "")),
        "title": page.title,
        "sentence": page.sentence,
        "notices": page.notices,
        "sections": (FormSection(page.title, page.form, layout="pair"),),
        "submit": {"label": "Save", "icon": "check"},
        "cancel_url": page.between[-1].url if page.between else reverse("settings:home"),
    }
    return TemplateResponse(request, "settings/person.html", context, status=422 if page.form.is_bound else 200)

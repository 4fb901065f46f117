"""The doors of the web: every page is opened through one of them, which says who asks.

`member_page` gives the view `request.seat` and runs it, rendering included, inside the seat's viewer. `public_page`
marks the few addresses that show nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.utils import timezone

from bridgework.access import viewer
from bridgework.accounts import queries as accounts
from bridgework.accounts import roles
from bridgework.accounts.models import User
from bridgework.deliveries.actions import NotOpen
from bridgework.files.unacceptable import Unacceptable
from bridgework.intake import queries as intake
from bridgework.intake.actions import NoSuchItem
from bridgework.lib import clock
from bridgework.lib.actor import Actor
from bridgework.lib.plain_text import Unfit
from bridgework.network import queries as network
from bridgework.network.models import Office, Organization
from bridgework.referrals.errors import NoSuchReferral, Refused
from bridgework.scheduling.actions import Taken
from bridgework.worklist.actions import NoSuchTask

P = ParamSpec("P")
SESSION_KEY = accounts.SESSION_KEY
# What actions raise, with one sentence for the person, when somebody else was faster or a step does not fit.
REFUSALS = (Refused, NoSuchTask, NoSuchItem, NotOpen, Taken, Unacceptable, Unfit)
MOST_WAITING = 99


@dataclass(frozen=True)
class Seat:
    """Where the person sits: the organization they act for, in which role, at which office, and since when."""

    user: User
    role: str
    organization: Organization
    office: Office | None  # their own, else the organization's first
    memberships: tuple[accounts.MembershipRow, ...]
    at: datetime  # the one time of this request, UTC
    inbox_waiting: int  # up to MOST_WAITING
    has_inbox: bool  # something has arrived there before

    @property
    def organization_id(self) -> UUID:
        return self.organization.id

    @property
    def actor(self) -> Actor:
        return Actor(kind="person", id=str(self.user.id), name=self.user.name)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.office.zone if self.office else "America/New_York")

    def may(self, act: str) -> bool:
        """Tell whether the role allows an act of accounts.roles."""
        return roles.may(self.role, act)


class MemberRequest(HttpRequest):
    """A request that came through `member_page`."""

    seat: Seat


Answer = HttpResponseBase
View = Callable[Concatenate[MemberRequest, P], Answer]
Door = Callable[Concatenate[HttpRequest, P], Answer]


def member_page(act: str = "look") -> Callable[[View[P]], Door[P]]:
    """Open the page to members whose role allows `act`, each in the organization that they act for now."""

    def door(view: View[P]) -> Door[P]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            if not isinstance(request.user, User):
                return _sign_in_first(request)
            memberships = accounts.memberships_with(request.user)
            row = _chosen(request, memberships)
            if row is None:
                return TemplateResponse(request, "no_organization.html", status=403)
            if request.session.get(SESSION_KEY, str(row.organization_id)) != str(row.organization_id):
                return _moved(request, row)
            with viewer.acting(row.organization_id):
                member = cast(MemberRequest, request)
                member.seat = _seat(request.user, row, memberships)
                # What is typed and shown is in the office's time.
                with timezone.override(member.seat.zone):
                    return _unkept(_rendered(_answer(member, act, view, *args, **kwargs)))

        opened.door = "member"  # type: ignore[attr-defined]
        opened.act = act  # type: ignore[attr-defined]
        return opened

    return door


def public_page(view: Door[P]) -> Door[P]:
    """Mark a page that shows nothing of anybody."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        return view(request, *args, **kwargs)

    opened.door = "public"  # type: ignore[attr-defined]
    return opened


def _sign_in_first(request: HttpRequest) -> Answer:
    """Lead to the sign-in page, and from there back; a form is not sent again.

    Part of a page is refused, so that no sign-in form lands in the middle of it and what was typed stays on screen.
    """
    if getattr(request, "htmx", False):
        return HttpResponse("Sign in again.", content_type="text/plain", status=401)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


def _moved(request: HttpRequest, row: accounts.MembershipRow) -> Answer:
    """Begin in another organization of somebody who left the chosen one; what they sent was not meant for it."""
    request.session[SESSION_KEY] = str(row.organization_id)
    messages.warning(request, f"You do not work for that practice any more. This is {row.organization_name}.")
    if getattr(request, "htmx", False):
        return HttpResponse("Reload the page.", content_type="text/plain", status=409)
    return redirect("worklist:today")


def _chosen(request: HttpRequest, memberships: tuple[accounts.MembershipRow, ...]) -> accounts.MembershipRow | None:
    wanted = request.session.get(SESSION_KEY)
    matching = (row for row in memberships if str(row.organization_id) == wanted)
    return next(matching, memberships[0] if memberships else None)


def _seat(user: User, row: accounts.MembershipRow, memberships: tuple[accounts.MembershipRow, ...]) -> Seat:
    """Find office, organization and what the menu counts in one query."""
    at, ours = clock.now(), "organization_id"
    offices = network.home_offices(row.organization_id, row.office_id)
    waiting, ever = intake.waiting_for(ours, limit=MOST_WAITING), intake.any_for(ours)
    office = offices.annotate(inbox_waiting=waiting, has_inbox=ever).first()
    if office is not None:
        return Seat(
            user, row.role, office.organization, office, memberships, at, office.inbox_waiting, office.has_inbox
        )
    waiting, ever = intake.waiting_for("id", limit=MOST_WAITING), intake.any_for("id")
    without = Organization.objects.annotate(inbox_waiting=waiting, has_inbox=ever).get(id=row.organization_id)
    return Seat(user, row.role, without, None, memberships, at, without.inbox_waiting, without.has_inbox)


def _answer(request: MemberRequest, act: str, view: View[P], *args: P.args, **kwargs: P.kwargs) -> Answer:
    if not request.seat.may(act):
        return TemplateResponse(request, "403.html", status=403)
    try:
        return view(request, *args, **kwargs)
    except NoSuchReferral:
        raise Http404 from None
    except REFUSALS as refusal:
        return _refused(request, refusal)


def _refused(request: MemberRequest, refusal: Exception) -> Answer:
    """Say why an action was refused, for a view that has no better place; what the request wrote before is undone."""
    transaction.set_rollback(True)
    path = request.path if request.method == "GET" else urlsplit(request.headers.get("Referer", "")).path
    back = "/" + path.lstrip("/\\")  # never another site
    words = render_to_string("409.html", {"sentence": str(refusal), "back_url": back})
    return HttpResponse(words, status=409)


def _rendered(response: Answer) -> Answer:
    """Render inside the viewer: nothing is queried after the door has closed."""
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    return response


def _unkept(response: Answer) -> Answer:
    """Let no browser or proxy keep the page: the next person at a shared computer must not find it by “back”."""
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""The first page of an installation: it is there until a practice is."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bridgework.access import viewer
from bridgework.accounts import first_run
from bridgework.accounts.models import User
from bridgework.lib import clock
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import Unfit
from bridgework.web.doors import SESSION_KEY, public_page
from bridgework.web.setup.forms import SetupForm

TOO_LATE = "Somebody has set up this installation a moment ago. Ask them to invite you; if it was you, sign in."


@public_page
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Set up the first practice and sign its first person in; afterwards there is nothing here."""
    if first_run.is_set_up():
        raise Http404
    form = SetupForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            person, organization_id = _set_up(form)
        except Unfit as refusal:
            form.refuse(refusal)
        except first_run.SetUpAlready:
            told = {"sentence": TOO_LATE, "back_url": reverse("account_login")}
            return TemplateResponse(request, "409.html", told, status=409)
        else:
            login(request, person)
            request.session[SESSION_KEY] = str(organization_id)
            return redirect("worklist:today")
    return TemplateResponse(request, "setup/begin.html", {"form": form}, status=422 if form.is_bound else 200)


def _set_up(form: SetupForm) -> tuple[User, UUID]:
    practice, place, person = form.practice_given(), form.place_given(), form.person_given()
    with viewer.acting(uuid7()) as organization_id:
        return first_run.set_up(practice=practice, place=place, person=person, at=clock.now()), organization_id

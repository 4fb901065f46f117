"""Received and sent: filters, search, keyset pages, in a fixed number of queries."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bridgework.dentistry.urgency import URGENCIES
from bridgework.network.models import OrganizationKind
from bridgework.referrals import queries
from bridgework.referrals.models import Draft
from bridgework.web.components import times
from bridgework.web.components.shapes import Action, Filter, Pages, Row
from bridgework.web.doors import MemberRequest, Seat, member_page
from bridgework.web.referrals.rows import row_of

SIDES = {"receiver": "Received", "sender": "Sent", "former": "Passed on", "drafts": "Drafts"}
STATES = {"open": "Open", "information_asked": "Questions", "declined": "Declined", "closed": "Closed", "all": "All"}
EMPTY = {
    "receiver": (
        "Nothing received here",
        "Referrals that other offices send you appear here the moment they are sent.",
    ),
    "sender": ("Nothing sent here", "Send your first referral; you will see here what becomes of the patient."),
    "former": ("Nothing passed on", "Referrals that you passed on to another office stay here."),
    "drafts": ("No drafts", "A referral that you begin is kept here until you send or discard it. It never expires."),
}


@require_GET
@member_page()
def listed(request: MemberRequest) -> HttpResponse:
    """Show one list."""
    seat = request.seat
    default = "sender" if seat.organization.kind == OrganizationKind.GENERAL else "receiver"
    side = request.GET.get("side", default)
    side = side if side in SIDES else default
    state = request.GET.get("state", "open")
    filters = queries.Filters(
        side=side,
        state=state if state in STATES else "open",
        urgency=request.GET.get("urgency", "") if state == "open" and request.GET.get("urgency") in URGENCIES else "",
        search=request.GET.get("q", "").strip()[:80],
    )
    rows, pages = _drafts(seat) if side == "drafts" and not filters.search else _cases(request, filters)
    title, words = EMPTY[side]
    new = Action("New referral", reverse("referrals:new"), icon="plus") if seat.may("send_referrals") else None
    context = {
        "title": "Search" if filters.search else SIDES[side],
        "sentence": _sentence(filters, rows),
        "primary": new,
        "sides": tuple(Filter(label, _url(side=key), is_current=key == side) for key, label in SIDES.items()),
        "filters": () if side in ("drafts", "former") else tuple(_filters(filters)),
        "query": filters.search,
        "search_label": "Patient’s name or referral number",
        "keep": (("side", side), ("state", filters.state)),
        "rows": rows,
        "pages": pages,
        "empty": {"title": "Nothing found" if filters.search else title, "words": words, "action": None},
    }
    return TemplateResponse(request, "referrals/list.html", context)


def _cases(request: MemberRequest, filters: queries.Filters) -> tuple[tuple[Row, ...], Pages]:
    page = queries.listed(filters, _cursor(request.GET.get("after", ""), by_name=bool(filters.search)))
    older = ""
    if page.more is not None:
        place = page.more.changed_at.isoformat() if page.more.changed_at else page.more.name_key
        mark = f"{place}_{page.more.id}"
        older = _url(side=filters.side, state=filters.state, urgency=filters.urgency, q=filters.search, after=mark)
    newer = _url(side=filters.side, state=filters.state, q=filters.search) if "after" in request.GET else ""
    return tuple(row_of(case, request.seat) for case in page.rows), Pages(newer_url=newer, older_url=older)


def _drafts(seat: Seat) -> tuple[tuple[Row, ...], Pages]:
    return tuple(_draft_row(draft, seat) for draft in queries.open_drafts()), Pages()


def _draft_row(draft: Draft, seat: Seat) -> Row:
    patient = draft.patient
    name = f"{patient.given} {patient.family}" if patient else "No patient yet"
    url = reverse("referrals:draft", args=[draft.id])
    saved = times.when(draft.saved_at, at=seat.at, zone=seat.zone)
    return Row(name, draft.made_by, url, f"Saved {saved}.", action=Action("Go on", url))


def _filters(filters: queries.Filters) -> list[Filter]:
    states = [
        Filter(label, _url(side=filters.side, state=key), is_current=key == filters.state and not filters.urgency)
        for key, label in STATES.items()
    ]
    urgencies = [
        Filter(
            URGENCIES[key].label,
            _url(side=filters.side, urgency=key),
            is_current=key == filters.urgency,
        )
        for key in ("urgent", "emergency")
    ]
    return states + urgencies


def _sentence(filters: queries.Filters, rows: tuple[Row, ...]) -> str:
    if filters.search:
        return f"Found for “{filters.search}”, in everything sent and received."
    if filters.side == "drafts":
        return "Kept as you typed them. Nothing is sent until you press Send."
    return "The newest change first." if rows else ""


def _cursor(text: str, *, by_name: bool) -> queries.Cursor | None:
    place, _, key = text.rpartition("_")
    try:
        if by_name:
            return queries.Cursor(UUID(key), name_key=place)
        changed_at = datetime.fromisoformat(place)
        return queries.Cursor(UUID(key), changed_at=changed_at) if changed_at.tzinfo else None
    except ValueError:
        return None


def _url(**query: str) -> str:
    return f"{reverse('referrals:list')}?{urlencode({name: value for name, value in query.items() if value})}"

"""What every page has around it: menu, organization, person."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from bridgework.access import viewer
from bridgework.web.doors import Seat
from bridgework.web.undo import offered


@dataclass(frozen=True)
class NavItem:
    label: str
    icon: str
    url: str
    count: int | None
    is_current: bool


def frame(request: HttpRequest) -> dict[str, object]:
    """Give the layout its menu, by the office's kind and what it has used. Nothing for pages without a seat."""
    seat: Seat | None = getattr(request, "seat", None)
    if seat is None or not viewer.is_set():  # an error page is drawn after the door has closed
        return {}
    return {
        "nav": tuple(_menu(request.path, seat)),
        "seat": seat,
        "is_pretend": settings.IS_PRETEND,
        "undo": offered(request),
    }


def _menu(path: str, seat: Seat) -> list[NavItem]:
    items: list[tuple[str, str, str, int | None]] = [
        ("Today", "home", reverse("worklist:today"), None),
        ("Referrals", "arrows-exchange", reverse("referrals:list"), None),
        ("Patients", "users", reverse("patients:list"), None),
        ("Offices", "building", reverse("network:directory"), None),
    ]
    if seat.has_inbox:
        items.append(("Inbox", "inbox", reverse("inbox:list"), seat.inbox_waiting or None))
    if seat.may("manage_people"):
        items.append(("Settings", "settings", reverse("settings:home"), None))
    return [NavItem(label, icon, url, count, _is_current(path, url)) for label, icon, url, count in items]


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)

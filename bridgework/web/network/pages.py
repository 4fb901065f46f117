"""What the pages of the directory show: lines of the list, the cards of an office."""

from __future__ import annotations

from datetime import date, datetime, time
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from bridgework.dentistry.specialties import SPECIALTIES
from bridgework.lib import phones
from bridgework.network.models import Office
from bridgework.network.queries import After, DirectoryRow, OfficeCard, Wish, WorksThere
from bridgework.referrals import cases
from bridgework.web.components import times
from bridgework.web.components.shapes import (
    Action,
    Card,
    Chip,
    Fact,
    Filter,
    Link,
    Notice,
    Pages,
    Table,
    TableRow,
)
from bridgework.web.doors import Seat
from bridgework.web.network.forms import hours_of
from bridgework.web.referrals.rows import row_of

PAGE = 50
NO_ACCOUNT = Chip("stone", "door-exit", "No account")


def listed(rows: tuple[DirectoryRow, ...], wish: Wish, seat: Seat, *, is_first: bool) -> dict[str, object]:
    """Give the context of the directory; `rows` may hold one more than a page shows."""
    shown = rows[:PAGE]
    add = Action("Add an office", reverse("network:unlisted"), icon="plus") if seat.may("unlisted_offices") else None
    return {
        "sentence": "Where you refer to and hear from, and how each office wants to be told.",
        "primary": add,
        "query": wish.text,
        "search_label": "Practice, dentist or town",
        "keep": (("specialty", wish.specialty),) if wish.specialty else (),
        "filters": tuple(_filters(wish)),
        "table": _table(shown, seat),
        "pages": Pages(
            newer_url="" if is_first else _address(wish),
            older_url=_address(wish, shown[-1].after) if len(rows) > PAGE else "",
        ),
    }


def cursor(text: str) -> After | None:
    """Read where the page before ended; None for the first page or a broken address."""
    name_key, _, office_id = text.rpartition("~")
    try:
        return After(name_key, UUID(office_id))
    except ValueError:
        return None


def office_page(card: OfficeCard, seat: Seat) -> dict[str, object]:
    """Give the context of one office's page."""
    row, office, is_own = card.row, card.row.office, card.row.organization.id == seat.organization_id
    may_change = card.is_ours and seat.may("manage_offices" if is_own else "unlisted_offices")
    referrals = () if is_own else tuple(row_of(case, seat) for case in cases.with_organization(row.organization.id))
    return {
        "crumbs": (Link("Offices", reverse("network:directory")), Link(office.name, "")),
        "title": office.name,
        "subtitle": " · ".join(_subtitle(row)),
        "chip": None if row.organization.is_member else NO_ACCOUNT,
        "primary": None if is_own or not seat.may("send_referrals") else _refer(),
        "actions": _actions(office) if may_change else (),
        "notices": () if office.is_open else (Notice("stone", "info-circle", "This office has closed."),),
        "providers": _providers(card, seat, may_change=may_change),
        "rows": referrals,
        "pages": Pages(),
        "cards": tuple(_cards(card, seat)),
    }


def place_words(office: Office) -> str:
    """Say where an office is: "Portland, OR 97204"."""
    region = f"{office.state} {office.postal_code}".strip()
    return ", ".join(part for part in (office.city, region) if part)


def hours_facts(office: Office) -> tuple[Fact, ...]:
    """Say the hours day by day, days of the same hours together: "Monday to Thursday, 8 AM to 5 PM"."""
    weekly, days = hours_of(office), []
    for day, name in enumerate(times.WEEKDAYS):
        spans = [f"{_clock(opens)} to {_clock(closes)}" for opens, closes in weekly.get(day, [])]
        days.append((name, ", ".join(spans) or "Closed"))
    facts: list[tuple[str, str, str]] = []
    for name, words in days:
        if facts and facts[-1][2] == words:
            facts[-1] = (facts[-1][0], name, words)
        else:
            facts.append((name, name, words))
    return tuple(Fact(first if first == last else f"{first} to {last}", words) for first, last, words in facts)


def _refer() -> Action:
    return Action("Refer a patient", reverse("referrals:new"), icon="send")


def _actions(office: Office) -> tuple[Action, ...]:
    return (
        Action("Add a dentist or doctor", reverse("network:add_provider", args=[office.id]), icon="user-plus"),
        Action("Change", reverse("network:edit", args=[office.id]), icon="pencil"),
    )


def _subtitle(row: DirectoryRow) -> list[str]:
    organization = row.organization.name if row.organization.name != row.office.name else ""
    return [part for part in (organization, row.specialty_label, place_words(row.office)) if part]


def _cards(card: OfficeCard, seat: Seat) -> list[Card]:
    office = card.row.office
    reach = [
        Fact("Wants to be told by", card.row.reached_by_label),
        Fact("Phone", phones.display(office.phone), f"tel:{office.phone}") if office.phone else None,
        Fact("Fax", phones.display(office.fax)) if office.fax else None,
        Fact("Email", office.email, f"mailto:{office.email}") if office.email else None,
        Fact("Address", ", ".join(part for part in (office.street, place_words(office)) if part)),
        Fact("Distance", f"{card.row.miles:.0f} miles from your office") if card.row.miles is not None else None,
    ]
    cards = [Card("How to reach them", facts=tuple(fact for fact in reach if fact and fact.value))]
    if office.weekly_hours:
        promise = Fact("Report", f"within {office.report_days} working days")
        closed = _closed(office, seat)
        more = (Fact("Closed on", closed), promise) if closed else (promise,)
        cards.append(Card("Hours", facts=(*hours_facts(office), *more)))
    if card.siblings:
        others = tuple(
            Fact(place_words(other) or "Office", other.name, reverse("network:office", args=[other.id]))
            for other in card.siblings
        )
        cards.append(Card("Other offices", facts=others))
    return cards


def _closed(office: Office, seat: Seat) -> str:
    today = seat.at.astimezone(seat.zone).date()
    coming = [day for day in map(date.fromisoformat, office.closed_dates) if day >= today]
    return ", ".join(times.day_in_year(day, today=today) for day in coming[:6])


def _providers(card: OfficeCard, seat: Seat, *, may_change: bool) -> Table | None:
    rows = [_provider(one, may_change=may_change) for one in card.row.providers]
    today = seat.at.astimezone(seat.zone).date()
    rows += [_former(one, today) for one in card.left]
    return Table("People of this office", "Name", ("NPI", "Works here"), tuple(rows)) if rows else None


def _provider(one: WorksThere, *, may_change: bool) -> TableRow:
    leave = Action("Has left", reverse("network:provider_left", args=[one.affiliation_id]), method="post")
    return TableRow(
        name=one.name,
        detail=one.credentials,
        cells=(one.npi, f"Since {one.works_from:%Y}"),
        action=leave if may_change else None,
    )


def _former(one: WorksThere, today: date) -> TableRow:
    if one.works_from > today:
        return TableRow(
            one.name, (one.npi, f"From {times.day_in_year(one.works_from, today=today)}"), detail=one.credentials
        )
    until = times.day_in_year(one.works_until, today=today) if one.works_until else ""
    return TableRow(
        one.name, (one.npi, f"Until {until}"), detail=one.credentials, chip=Chip("stone", "door-exit", "Left")
    )


def _clock(moment: time) -> str:
    return times.clock_time(datetime.combine(date(2000, 1, 1), moment))


def _filters(wish: Wish) -> list[Filter]:
    everyone = [Filter("All", _address(Wish(text=wish.text)), is_current=not wish.specialty)]
    return everyone + [
        Filter(one.label, _address(Wish(text=wish.text, specialty=key)), is_current=key == wish.specialty)
        for key, one in SPECIALTIES.items()
        if key != "unknown"
    ]


def _table(rows: tuple[DirectoryRow, ...], seat: Seat) -> Table:
    return Table(
        caption="Offices",
        first="Office",
        columns=("Specialty", "Place", "Wants to be told by"),
        rows=tuple(_line(row, seat) for row in rows),
    )


def _line(row: DirectoryRow, seat: Seat) -> TableRow:
    people = ", ".join(one.name for one in row.providers[:3])
    organization = row.organization.name if row.organization.name != row.office.name else ""
    place = place_words(row.office) + (f", {row.miles:.0f} miles" if row.miles is not None else "")
    chip = None if row.organization.is_member else NO_ACCOUNT
    if row.organization.id == seat.organization_id:
        chip = Chip("blue", "home", "Your office")
    return TableRow(
        name=row.office.name,
        detail=" · ".join(part for part in (organization, people) if part),
        url=reverse("network:office", args=[row.office.id]),
        cells=(row.specialty_label, place, row.reached_by_label),
        chip=chip,
    )


def _address(wish: Wish, after: After | None = None) -> str:
    query = {"q": wish.text, "specialty": wish.specialty}
    if after:
        query["after"] = f"{after.name_key}~{after.office_id}"
    given = {name: value for name, value in query.items() if value}
    return f"{reverse('network:directory')}?{urlencode(given)}" if given else reverse("network:directory")

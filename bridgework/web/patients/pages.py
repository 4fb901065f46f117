"""What the pages of patients show: lines of the list, the cards of a chart."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from bridgework.dentistry.safety import safety_flags
from bridgework.lib import phones
from bridgework.patients.models import Channel, ContactKind, HistoryKind, Sex
from bridgework.patients.queries import After, Chart, PatientRow
from bridgework.referrals import cases
from bridgework.referrals.models import Case
from bridgework.web.components import times
from bridgework.web.components.shapes import (
    Action,
    Card,
    Chip,
    Fact,
    Link,
    Notice,
    Pages,
    Safety,
    Section,
    Table,
    TableRow,
)
from bridgework.web.doors import Seat
from bridgework.web.patients.forms import LANGUAGES
from bridgework.web.referrals.rows import row_of

PAGE = 50
SEARCH_LABEL = "Name, birth date or phone"
HEALTH = (
    (HistoryKind.ALLERGY, "Allergies"),
    (HistoryKind.MEDICATION, "Medications"),
    (HistoryKind.CONDITION, "Conditions"),
    (HistoryKind.INSURANCE, "Insurance"),
)
EMPTY = ("No patients yet", "Add the first one, or refer somebody: their chart is made on the way.")
NOT_FOUND = ("Nobody found", "Try another spelling, the birth date or the last four digits of the phone.")


def listed(rows: tuple[PatientRow, ...], query: str, seat: Seat, *, is_first: bool) -> dict[str, object]:
    """Give the context of the list; `rows` may hold one more than a page shows."""
    shown = rows[:PAGE]
    newest = cases.newest_by_patient([row.id for row in shown])
    more = len(rows) > PAGE and not query
    title, words = NOT_FOUND if query else EMPTY
    new = Action("New patient", reverse("patients:new"), icon="user-plus") if seat.may("change_patients") else None
    return {
        "sentence": f"Found for “{query}”." if query else "Everybody with a chart here, by last name.",
        "primary": new,
        "query": query,
        "search_label": SEARCH_LABEL,
        "keep": (),
        "table": _table(shown, newest, seat) if shown else None,
        "pages": Pages(
            newer_url="" if is_first or query else reverse("patients:list"),
            older_url=_page_after(shown[-1].after) if more else "",
        ),
        "empty": {"title": title, "words": words, "action": None},
    }


def cursor(text: str) -> After | None:
    """Read where the page before ended; None for the first page or a broken address."""
    name_key, _, patient_id = text.rpartition("~")
    try:
        return After(name_key, UUID(patient_id))
    except ValueError:
        return None


def chart_page(chart: Chart, seat: Seat) -> dict[str, object]:
    """Give the context of one patient's page."""
    patient, may_change = chart.patient, seat.may("change_patients")
    name = f"{patient.given} {patient.family}".strip()
    edit = Action("Change", reverse("patients:edit", args=[patient.id]), icon="pencil")
    refer = Action(
        "New referral", reverse("referrals:new"), method="post", icon="send", name="patient", value=str(patient.id)
    )
    return {
        "crumbs": (Link("Patients", reverse("patients:list")), Link(name, "")),
        "patient": name,
        "subtitle": _subtitle(chart, seat),
        "primary": refer if seat.may("send_referrals") and not patient.is_deceased else None,
        "actions": (edit,) if may_change else (),
        "notices": (Notice("stone", "info-circle", "This patient has died."),) if patient.is_deceased else (),
        "safety": _safety(chart, seat),
        "rows": tuple(row_of(case, seat) for case in cases.of_patient(patient.id)),
        "pages": Pages(),
        "cards": tuple(_cards(chart, seat)),
    }


def born(day: date | None) -> str:
    """Write a birth date as people do: "Mar 4, 1968"."""
    return f"{times.MONTHS[day.month - 1]} {day.day}, {day.year}" if day else ""


def age_on(day: date | None, today: date) -> str:
    """Give the age in years as a text, or nothing."""
    if day is None:
        return ""
    return str(today.year - day.year - ((today.month, today.day) < (day.month, day.day)))


def _page_after(after: After) -> str:
    return f"{reverse('patients:list')}?{urlencode({'after': f'{after.name_key}~{after.patient_id}'})}"


def _table(rows: tuple[PatientRow, ...], newest: dict[UUID, Case], seat: Seat) -> Table:
    return Table(
        caption="Patients",
        first="Patient",
        columns=("Born", "Phone", "Last referral"),
        rows=tuple(_line(row, newest.get(row.id), seat) for row in rows),
    )


def _line(row: PatientRow, case: Case | None, seat: Seat) -> TableRow:
    last = f"{case.other_name}, {times.when(case.changed_at, at=seat.at, zone=seat.zone)}" if case else ""
    refer = Action("Refer", reverse("referrals:new"), method="post", name="patient", value=str(row.id))
    return TableRow(
        name=row.name,
        detail=f"Called {row.preferred_name}" if row.preferred_name else "",
        url=reverse("patients:page", args=[row.id]),
        cells=(born(row.birth_date), phones.display(row.phone) if row.phone else "", last),
        chip=Chip("stone", "info-circle", "Has died") if row.is_deceased else None,
        action=refer if seat.may("send_referrals") and not row.is_deceased else None,
    )


def _subtitle(chart: Chart, seat: Seat) -> str:
    patient = chart.patient
    age = age_on(patient.birth_date, seat.at.astimezone(seat.zone).date())
    parts = (
        f"{age}, born {born(patient.birth_date)}" if age else "Birth date not known",
        Sex(patient.sex).label if patient.sex != Sex.UNKNOWN else "",
        f"called {patient.preferred_name}" if patient.preferred_name else "",
        f"chart {patient.chart_number}" if patient.chart_number else "",
    )
    return " · ".join(part for part in parts if part)


def _safety(chart: Chart, seat: Seat) -> Safety | None:
    flags = safety_flags(medications=chart.medications, allergies=chart.allergies, conditions=chart.conditions)
    if not flags:
        return None
    chips = tuple(Chip("red", "alert-triangle", flag.label) for flag in flags)
    noted = max((item.noted_on for item in chart.history), default=None)
    today = seat.at.astimezone(seat.zone).date()
    source = f"From the chart, last noted {times.day_in_year(noted, today=today)}." if noted else "From the chart."
    return Safety(chips, source)


def _cards(chart: Chart, seat: Seat) -> list[Card]:
    cards = [Card("How to reach them", facts=tuple(_contact_facts(chart)))]
    if guardian := chart.guardian:
        facts = [
            Fact("Phone", phones.display(guardian.phone), f"tel:{guardian.phone}") if guardian.phone else None,
            Fact("Email", guardian.email, f"mailto:{guardian.email}") if guardian.email else None,
        ]
        bold = f"{guardian.name}, {guardian.relation}" if guardian.relation else guardian.name
        cards.append(Card("Guardian", bold=bold, facts=tuple(fact for fact in facts if fact)))
    cards.append(Card("Health", sections=tuple(_history(chart, kind, title, seat) for kind, title in HEALTH)))
    return cards


def _contact_facts(chart: Chart) -> list[Fact]:
    patient = chart.patient
    facts = []
    for contact in chart.contacts:
        is_phone = contact.kind == ContactKind.PHONE
        shown = phones.display(contact.value) if is_phone else contact.value
        url = f"tel:{contact.value}" if is_phone else f"mailto:{contact.value}"
        facts.append(Fact(contact.label.capitalize() or ("Phone" if is_phone else "Email"), shown, url))
    facts.append(Fact("Best reached by", Channel(patient.preferred_channel).label))
    facts.append(Fact("Texts", "Agreed" if patient.may_text else "Not agreed yet"))
    facts.append(Fact("Language", dict(LANGUAGES).get(patient.language.split("-")[0], patient.language)))
    if patient.address:
        facts.append(Fact("Address", patient.address))
    return facts


def _history(chart: Chart, kind: str, title: str, seat: Seat) -> Section:
    """Say what holds today, one a line, and below it what ended."""
    today = seat.at.astimezone(seat.zone).date()
    lines = [item.text for item in chart.standing(kind)] or ["None noted"]
    lines += [
        f"Until {times.day_in_year(item.ended_on, today=today)}: {item.text}"
        for item in chart.history
        if item.kind == kind and item.ended_on
    ]
    return Section(title, "\n".join(lines))

"""The page of a draft: form, chart, guard, offices with their next times, packet, and what is ready."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from bridgework.dentistry.teeth import expected_dentition
from bridgework.dentistry.urgency import URGENCIES
from bridgework.lib import phones
from bridgework.network import queries as network
from bridgework.network.models import Office
from bridgework.patients import queries as patients
from bridgework.referrals import queries
from bridgework.scheduling import queries as scheduling
from bridgework.web.components import times
from bridgework.web.components.shapes import (
    Action,
    Check,
    Document,
    Film,
    Link,
    Notice,
    OfficeChoice,
    Packet,
    PickedPatient,
    ReadyToSend,
    Table,
    TableRow,
    ToothChart,
    ToothGuard,
)
from bridgework.web.doors import MemberRequest
from bridgework.web.referrals import wording
from bridgework.web.referrals.draft_forms import DraftForm
from bridgework.web.referrals.drafting import Writing, channel_of

MOST_OFFICES = 6
TAKE_BACK = "You can take it back until the other office accepts. After that you can change it or ask to cancel."


def context_of(writing: Writing, *, is_checked: bool = False, sentence: str = "") -> dict[str, object]:
    """Return what the page of a draft shows. `sentence` is why it could not be sent."""
    form = DraftForm({**writing.draft.answers, "urgency": writing.urgency}, writing.specialty, is_checked=is_checked)
    if sentence:
        form.add_error(None, sentence)
    draft_id, seat = writing.draft.id, writing.seat
    return {
        "crumbs": (Link("Referrals", reverse("referrals:list")), Link("New", "")),
        "save_url": reverse("referrals:draft", args=[draft_id]),
        "form": form,
        "errors_form": form if is_checked else None,
        "questions": writing.questions,
        "shown": writing.shown,
        "patient": _picked(writing),
        "choose_patient_url": reverse("referrals:choose_patient", args=[draft_id]),
        "chart": _chart(writing),
        "guard": _guard(writing),
        "urgency_hint": _urgency_hint(writing),
        "offices": _offices(writing),
        "unlisted_url": reverse("network:unlisted"),
        "packet": packet_of(writing),
        "ready": _ready(writing),
        "notices": _notices(writing),
        "saved": f"Saved {times.when(writing.draft.saved_at, at=seat.at, zone=seat.zone)}",
        "discard": Action("Discard the draft", reverse("referrals:draft_discard", args=[draft_id]), method="post"),
    }


def choosing(request: MemberRequest, url: str) -> dict[str, object]:
    """Return the page on which a referral's patient is found; each row posts the choice to `url`."""
    seat, typed = request.seat, request.GET.get("q", "").strip()[:80]
    find = (
        patients.search(typed, by=seat.actor, at=seat.at)
        if typed
        else patients.by_name(by=seat.actor, at=seat.at, limit=20)
    )
    rows = tuple(
        TableRow(
            row.name,
            (f"{row.birth_date:%b} {row.birth_date.day}, {row.birth_date.year}" if row.birth_date else "",
             phones.display(row.phone) if row.phone else ""),
            action=Action("Refer", url, method="post", name="patient", value=str(row.id)),
        )
        for row in find
    )  # fmt: skip
    return {
        "sentence": "Whom do you refer? Find the patient, or add a new one.",
        "primary": Action("New patient", reverse("patients:new"), icon="user-plus"),
        "query": typed,
        "search_label": "Name, birth date or phone",
        "keep": (),
        "table": Table("Patients", "Patient", ("Born", "Phone"), rows) if rows else None,
        "empty": {"title": "Nobody found", "words": "Try another spelling, or add the patient.", "action": None},
    }


def _picked(writing: Writing) -> PickedPatient | None:
    if writing.chart is None:
        return None
    who = writing.chart.patient
    born = (
        f"{writing.age}, born {who.birth_date:%B} {who.birth_date.day}, {who.birth_date.year}" if who.birth_date else ""
    )
    phone = phones.display(writing.chart.phone) if writing.chart.phone else "no phone"
    prefers = {"text": "prefers texts", "email": "prefers email", "call": "prefers calls"}.get(
        who.preferred_channel, ""
    )
    return PickedPatient(
        name=f"{who.given} {who.family}",
        initials=f"{who.given[:1]}{who.family[:1]}".upper(),
        detail=" · ".join(part for part in (born, phone, prefers) if part),
        change_url=reverse("referrals:choose_patient", args=[writing.draft.id]),
    )


def _chart(writing: Writing) -> ToothChart:
    chosen = writing.one("dentition")
    by_age = expected_dentition(writing.age) if writing.age is not None else "permanent"
    unreadable = writing.unreadable_teeth
    return ToothChart(
        picked=writing.teeth,
        dentition=chosen if chosen in ("permanent", "primary", "mixed") else by_age,  # type: ignore[arg-type]
        typed=writing.one("teeth_typed") if unreadable else ", ".join(writing.teeth),
        error=f"“{', '.join(unreadable)}” is no tooth." if unreadable else "",
    )


def _guard(writing: Writing) -> ToothGuard | None:
    guard = writing.guard
    return ToothGuard(guard.verdict, guard.detail, guard.headline, guard.suggested) if guard else None


def _urgency_hint(writing: Writing) -> str:
    step = URGENCIES[writing.urgency]
    whom = writing.office.name if writing.office else "The office"
    days = "the same day" if step.visit_days == 0 else f"within {step.visit_days} days"
    return f"{step.label}: {whom} should call within {step.contact_hours} working hours and see the patient {days}."


def _offices(writing: Writing) -> tuple[OfficeChoice, ...]:
    seat = writing.seat
    wish = network.Wish(
        text=writing.one("find_office"),
        specialty=writing.specialty,
        without=seat.organization_id,
        seen_from=seat.office,
    )
    rows = network.directory(wish, on=seat.at.date(), limit=MOST_OFFICES)
    choices = [_office(row.office, row.miles, writing) for row in rows]
    if writing.office is not None and all(choice.value != str(writing.office.id) for choice in choices):
        choices.insert(0, _office(writing.office, None, writing))
    return tuple(sorted(choices, key=lambda choice: not choice.is_picked))


def _office(office: Office, miles: float | None, writing: Writing) -> OfficeChoice:
    is_picked = writing.office is not None and office.id == writing.office.id
    where = " ".join(part for part in (office.city, office.postal_code) if part)
    far = f"{miles:.0f} miles" if miles is not None else ""
    phone = phones.display(office.phone) if office.phone else ""
    account = "" if office.organization.is_member else "no account"
    told = "" if office.organization.is_member else f"told by {channel_of(office)}"
    detail = " · ".join(part for part in (where, far, phone, account, told) if part)
    openings = _openings(office, writing) if is_picked else ()
    return OfficeChoice(str(office.id), office.name, detail, is_picked, openings)


def _openings(office: Office, writing: Writing) -> tuple[tuple[str, str, bool], ...]:
    """Return the next offered times as (value, words, is chosen), and the way to leave it to the office."""
    seat = writing.seat
    chosen = writing.one(f"opening-{office.id}")
    found = scheduling.next_openings(office.organization_id, at=seat.at, office_id=office.id)
    rows = [
        (str(one.id), times.capital(times.when(one.starts_at, at=seat.at, zone=seat.zone)), str(one.id) == chosen)
        for one in found
    ]
    return (*rows, ("", "Let the office call", not any(row[2] for row in rows))) if rows else ()


def packet_of(writing: Writing) -> Packet:
    """Return the files that will go along."""
    films, documents = [], []
    today = writing.today
    for item in writing.items:
        url = reverse("referrals:draft_file", args=[writing.draft.id, item.id])
        remove = Action("Remove", reverse("referrals:draft_detach", args=[writing.draft.id, item.id]), method="post")
        taken = times.day_in_year(item.file.taken_on, today=today) if item.file.taken_on else "date unknown"
        if item.file.has_preview:
            films.append(Film(item.title, taken, f"{url}?as=preview", f"{url}?as=preview", url, remove))
        else:
            documents.append(Document(item.title, f"{max(1, item.file.size // 1024):,} KB", url=url, remove=remove))
    chart = writing.chart
    if chart and chart.medications:
        documents.append(Document("Medications", f"{len(chart.medications)} from chart", icon="pill"))
    if chart and chart.insurance:
        documents.append(Document("Insurance", "from chart", icon="shield-check"))
    limit = settings.UPLOAD_LIMIT_BYTES
    return Packet(
        films=tuple(films),
        documents=tuple(documents),
        upload_url=reverse("referrals:draft_attach", args=[writing.draft.id]),
        max_bytes=limit,
        max_words=f"{limit // (1024 * 1024)} MB",
    )


def _ready(writing: Writing) -> ReadyToSend:
    checks = tuple(Check(one.ok, one.sentence, one.is_required) for one in writing.checks)
    if not writing.specialty:
        checks = (Check(ok=False, words="Choose the specialty.", is_required=True), *checks)
    objections = tuple(Check(ok=False, words=sentence, is_required=True) for sentence in writing.objections)
    return ReadyToSend(_parts(writing), (*objections, *checks), writing.can_send, TAKE_BACK)


def _parts(writing: Writing) -> tuple[tuple[str, bool], ...]:
    """Return the whole referral as one sentence, its weighty words bold."""
    who = writing.chart.patient if writing.chart else None
    parts = [(f"{who.given} {who.family}" if who else "No patient yet", False)]
    if writing.teeth:
        parts += [(", ", False), (", ".join(f"#{tooth}" for tooth in writing.teeth), True)]
    what = wording.procedure_label(writing.specialty, writing.procedure).lower()
    parts.append((f", {what}. " if what else ". ", False))
    parts.append((f"{URGENCIES[writing.urgency].label}", True))
    to = f", to {writing.office.name}" if writing.office else ", no office chosen yet"
    parts.append((f"{to}.", False))
    return tuple(parts)


def _notices(writing: Writing) -> tuple[Notice, ...]:
    notices = []
    if writing.draft.patient_id:
        for case in queries.open_referrals_of(writing.draft.patient_id)[:3]:
            notices.append(
                Notice(
                    "amber", "alert-triangle", f"{wording.specialty_label(case.specialty)}, {case.other_name}.",
                    bold="There is an open referral for this patient.",
                    action=Action("Open it", reverse("referrals:page", args=[case.referral_id])),
                )
            )  # fmt: skip
    for flag in writing.suspected:
        if flag.kind not in writing.many("red_flags"):
            words = f"{flag.because} Mark it under “How soon” if it is so; then no timer closes this referral."
            notices.append(Notice("red", "flag-3", words, bold=f"{flag.label}?"))
    return tuple(notices)

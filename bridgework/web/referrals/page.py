"""The referral page: where it stands, four tracks, safety, packet, timeline, and the next visit."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from bridgework.deliveries import queries as deliveries
from bridgework.dentistry.safety import safety_flags
from bridgework.lib import phones
from bridgework.network import offices
from bridgework.referrals import clocks, lifecycle, models, queries
from bridgework.referrals.sentences import Names, standing_sentence, who_owes
from bridgework.referrals.snapshot import Snapshot, from_json
from bridgework.referrals.timeline import ReportSent, Side
from bridgework.web.components import times
from bridgework.web.components.shapes import (
    Action,
    Card,
    Chip,
    Document,
    Fact,
    Film,
    Link,
    Notice,
    Packet,
    Safety,
    Section,
    Standing,
    Station,
)
from bridgework.web.doors import Seat
from bridgework.web.referrals import keys, wording
from bridgework.web.referrals.doing import DOINGS, WITH_PAGES
from bridgework.web.referrals.timeline import timeline_of
from bridgework.web.referrals.tracks import tracks_of
from bridgework.worklist import queries as worklist

SHOWN_BUTTONS = 4  # beside the filled one; the rest is under the dots
PASSED_ON = "You passed this referral on. What happened since is not yours to see."


def context_of(opened: queries.Opened, seat: Seat) -> dict[str, object]:
    """Return what the template of one referral shows, and nothing that this seat may not see."""
    standing, referral = opened.story.standing, opened.story.referral
    side: Side = "sender" if opened.case.side == "sender" else "receiver"
    names = wording.names_of(opened.story, seat)
    hours = offices.hours_of(standing.receiver_office)
    running = clocks.running(standing, hours, seat.at)
    is_former = opened.case.side == "former"
    snapshot = from_json(referral.snapshot)
    rows = deliveries.of_referral(referral.id)
    return {
        "crumbs": _crumbs(opened.case, referral.number),
        "patient": opened.case.patient_name,
        "subtitle": _subtitle(opened, seat),
        "head_chips": _head_chips(opened),
        "notices": _notices(standing, is_former=is_former),
        "standing": _standing(opened, side, names, running, seat, is_former=is_former),
        "tracks": tracks_of(standing, running, seat),
        "safety": _safety(snapshot, seat),
        "packet": packet_of(opened, seat, is_former=is_former),
        "timeline": timeline_of(opened.story, side, names, rows, seat),
        "cards": tuple(_cards(opened, snapshot, seat)),
    }


def _crumbs(case: models.Case, number: str) -> tuple[Link, ...]:
    lists = reverse("referrals:list")
    where = "Sent" if case.side == "sender" else "Received"
    return (Link("Referrals", lists), Link(where, f"{lists}?side={case.side}"), Link(number, ""))


def _subtitle(opened: queries.Opened, seat: Seat) -> str:
    request, born = opened.story.standing.request, opened.case.patient_birth_date
    today = seat.at.astimezone(seat.zone).date()
    age = wording.age_on(born, today)
    who = f"{age}, born {born:%B} {born.day}, {born.year}" if born and age is not None else "birth date unknown"
    parts = (
        who,
        wording.tooth_line(request.teeth),
        wording.procedure_label(request.specialty, request.procedure)
        or wording.specialty_label(request.specialty).lower(),
    )
    return " · ".join(part for part in parts if part)


def _head_chips(opened: queries.Opened) -> tuple[Chip, ...]:
    standing, phone = opened.story.standing, opened.story.referral.patient_phone
    chips = [wording.urgency_chip(standing.request.urgency, is_red_flag=standing.is_red_flag)]
    if phone:
        chips.append(Chip("plain", "phone", phones.display(phone)))
    return tuple(chips)


def _notices(standing: lifecycle.Standing, *, is_former: bool) -> tuple[Notice, ...]:
    if is_former:
        return (Notice("stone", "arrow-forward-up", PASSED_ON),)
    return tuple(
        Notice("amber", "alert-triangle", contradiction.sentence, bold="This does not fit.")
        for contradiction in standing.contradictions
    )


def _standing(
    opened: queries.Opened, side: Side, names: Names, running: tuple[clocks.Clock, ...], seat: Seat, *, is_former: bool
) -> Standing:
    standing, referral_id = opened.story.standing, opened.story.referral.id
    bold, words = standing_sentence(standing, side, names, seat.at, running)
    buttons = (
        ()
        if is_former
        else tuple(
            button(referral_id, action, standing.status)
            for action in lifecycle.next_actions(standing, side)
            if _is_offered(action, seat)
        )
    )
    holder = standing.ball.holder
    return Standing(
        bold=bold,
        sentence=words,
        stations=(
            Station(names.sender, _line(standing, side, names, seat, "sender"), holder == "sender"),
            Station(opened.case.patient_name, _line(standing, side, names, seat, "patient"), holder == "patient"),
            Station(names.receiver, _line(standing, side, names, seat, "receiver"), holder == "receiver"),
        ),
        primary=buttons[0] if buttons and holder == side else None,
        actions=buttons[1 if holder == side else 0 : SHOWN_BUTTONS],
        more=buttons[SHOWN_BUTTONS:],
    )


CLINICAL = frozenset({"complete_consult", "send_report", "propose_treatment", "complete_treatment", "conclude_post_op"})
# Sending is its own page, correcting sits on the line to correct; notes and files have their places on the page.
NOT_BUTTONS = frozenset({"send", "correct", "note", "attach"})


def _is_offered(action: str, seat: Seat) -> bool:
    return action not in NOT_BUTTONS and seat.may("record_clinical" if action in CLINICAL else "work_referrals")


def button(referral_id: UUID, action: str, status: str) -> Action:
    """Return the button of an action: one press when nothing has to be typed, else the page with its form."""
    label, url = lifecycle.LABELS[action], reverse("referrals:do", args=[referral_id, action])
    if action in WITH_PAGES:
        return Action(label, reverse(f"referrals:{action}", args=[referral_id]), icon=WITH_PAGES[action])
    doing = DOINGS[action]
    if doing.form is None:
        return Action(label, url, method="post", icon=doing.icon, name="key", value=keys.made(status))
    return Action(label, url, icon=doing.icon)


def _line(standing: lifecycle.Standing, side: Side, names: Names, seat: Seat, station: str) -> str:
    if standing.ball.holder == station:
        return who_owes(standing, side, names, seat.at)
    visit = standing.appointment
    if station == "patient" and visit is not None and not visit.is_missed and standing.status != "closed":
        return f"Visit {times.when(visit.starts_at, at=seat.at, zone=seat.zone)}"
    return ""


def _safety(snapshot: Snapshot, seat: Seat) -> Safety:
    flags = safety_flags(snapshot.medications, snapshot.allergies, snapshot.conditions)
    chips = tuple(Chip("red", "alert-triangle", flag.label) for flag in flags)
    source = f"From {snapshot.referrer.office or 'the referring office'}’s packet"
    if snapshot.history_as_of:
        today = seat.at.astimezone(seat.zone).date()
        source += f", {times.day_in_year(snapshot.history_as_of, today=today)}"
    return Safety(chips, f"{source}. Ask the patient again before treating.")


def packet_of(opened: queries.Opened, seat: Seat, *, is_former: bool = False) -> Packet:
    """Return the packet's card."""
    today = seat.at.astimezone(seat.zone).date()
    films, documents = [], []
    for item in opened.packet:
        url = reverse("referrals:file", args=[opened.story.referral.id, item.id])
        taken = item.taken_on or item.file.taken_on
        detail = times.day_in_year(taken, today=today) if taken else f"{max(1, item.file.size // 1024):,} KB"
        if item.kind == "document" or not item.file.has_preview:
            documents.append(Document(item.title, detail, url=url))
        else:
            preview = f"{url}?as=preview"
            films.append(Film(item.title, detail, preview, preview, url))
    limit = settings.UPLOAD_LIMIT_BYTES
    return Packet(
        films=tuple(films),
        documents=tuple(documents),
        upload_url="" if is_former else reverse("referrals:attach", args=[opened.story.referral.id]),
        max_bytes=limit,
        max_words=f"{limit // (1024 * 1024)} MB",
    )


def _cards(opened: queries.Opened, snapshot: Snapshot, seat: Seat) -> list[Card]:
    standing = opened.story.standing
    cards = [
        _report(opened),
        _visit(standing, seat),
        _request(opened),
        _patient(opened, snapshot),
        _tasks(opened, seat),
    ]
    return [card for card in cards if card is not None]


def _report(opened: queries.Opened) -> Card | None:
    reports = [entry.body for entry in opened.story.entries if isinstance(entry.body, ReportSent)]
    if not reports:
        return None
    return Card("Report", sections=(Section(reports[-1].title or "Report", reports[-1].summary),))


def _visit(standing: lifecycle.Standing, seat: Seat) -> Card | None:
    visit = standing.appointment
    if visit is None:
        return None
    local = visit.starts_at.astimezone(seat.zone)
    day = times.day(local.date(), today=seat.at.astimezone(seat.zone).date())
    words = ", ".join(
        part
        for part in (visit.visit.capitalize(), f"{visit.minutes} min", visit.provider_name,
                     "confirmed" if visit.is_confirmed else "not confirmed yet")
        if part
    )  # fmt: skip
    return Card("Visit", bold=f"{day}, {times.clock_time(local)}", words=words)


def _request(opened: queries.Opened) -> Card:
    request = opened.story.standing.request
    answers = tuple(Fact(question, answer) for question, answer in wording.answers(request))
    facts = (Fact("Specialty", wording.specialty_label(request.specialty)), *answers)
    return Card("What was asked", facts=facts, sections=(Section("Reason", request.reason or "No reason was given."),))


def _patient(opened: queries.Opened, snapshot: Snapshot) -> Card:
    facts = [
        Fact(term, ", ".join(values))
        for term, values in (
            ("Medications", snapshot.medications),
            ("Allergies", snapshot.allergies),
            ("Conditions", snapshot.conditions),
            ("Insurance", snapshot.insurance),
        )
        if values
    ]
    guardian = snapshot.guardian
    if guardian is not None:
        facts.append(Fact("Guardian", f"{guardian.name} ({guardian.relation}) {guardian.phone}".strip()))
    patient_id, referral_id = opened.case.patient_id, opened.story.referral.id
    if patient_id:
        link = Action("Open chart", reverse("patients:page", args=[patient_id]))
    else:
        link = Action("Tie to a chart", reverse("referrals:chart", args=[referral_id]))
    return Card("Patient", facts=tuple(facts), action=link)


def _tasks(opened: queries.Opened, seat: Seat) -> Card | None:
    tasks = [task for task in worklist.tasks_of(opened.story.referral.id) if task.state == "open"]
    if not tasks:
        return None
    facts = tuple(Fact(task.sentence, times.due(task.due_at, at=seat.at, zone=seat.zone).words) for task in tasks)
    return Card("Tasks", facts=facts)

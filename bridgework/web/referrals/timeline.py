"""The timeline as lines to read: newest first, corrections pointing back, the own house's lines marked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from django.urls import reverse

from bridgework.deliveries.models import Delivery, State
from bridgework.referrals.lifecycle import Standing
from bridgework.referrals.sentences import Names, sentence
from bridgework.referrals.story import Story
from bridgework.referrals.timeline import Corrected, Side
from bridgework.referrals.timeline import Entry as Line
from bridgework.web.components import times
from bridgework.web.components.icons import IconName
from bridgework.web.components.shapes import Day, Entry, Link, Timeline
from bridgework.web.components.shapes.lists import Kind
from bridgework.web.doors import Seat

ICONS: dict[str, IconName] = {
    "sent": "send", "received": "inbox", "accepted": "check", "declined": "x", "redirected": "arrow-forward-up",
    "resubmitted": "send", "more_information_asked": "message-question", "more_information_given": "message",
    "contact_attempted": "phone", "patient_answered": "message", "booked": "calendar-check",
    "rescheduled": "calendar-time", "cancelled": "calendar-x", "confirmed": "calendar-check",
    "attended": "user-check", "no_show": "user-x", "consult_completed": "stethoscope", "report_sent": "send",
    "report_received": "mail", "report_read": "mail-opened", "treatment_proposed": "clipboard-check",
    "treatment_accepted": "check", "treatment_declined": "x", "treatment_scheduled": "calendar-check",
    "treatment_completed": "circle-check", "post_op_concluded": "heart", "closed": "circle-check",
    "reopened": "refresh", "amended": "edit", "noted": "note", "attached": "paperclip", "assigned": "user",
    "corrected": "arrow-back-up", "cancellation_requested": "x",
}  # fmt: skip
MILESTONES = frozenset(
    {"accepted", "booked", "attended", "consult_completed", "report_read", "treatment_accepted", "treatment_completed"}
)
WRITTEN = ("findings", "recommendation", "plan", "question", "answer", "text", "note")
VOICES = frozenset({"patient_answered", "confirmed"})
DELIVERY_WORDS = {
    State.WAITING: "will be sent",
    State.ATTEMPTED: "is being sent",
    State.SENT: "was sent",
    State.UNCERTAIN: "was perhaps sent; a person decides",
    State.FAILED: "was not delivered",
    State.WITHHELD: "was withheld",
    State.CANCELLED: "was cancelled",
}


def timeline_of(known: Story, side: Side, names: Names, deliveries: Iterable[Delivery], seat: Seat) -> Timeline:
    """Return what is expected, then what happened, newest first, by day in the office's zone."""
    corrected = {entry.body.target for entry in known.entries if isinstance(entry.body, Corrected)}
    lines = [(entry.happened_at, entry.id, _entry(entry, corrected, side, names, seat)) for entry in known.entries]
    lines += [(row.settled_at or row.made_at, row.id, _delivery(row, seat)) for row in deliveries]
    lines.sort(key=lambda line: line[:2], reverse=True)
    today = seat.at.astimezone(seat.zone).date()
    days = groupby(lines, key=lambda line: line[0].astimezone(seat.zone).date())
    return Timeline(
        coming=tuple(_coming(known.standing, seat)),
        days=tuple(Day(times.day(day, today=today), tuple(line[2] for line in group)) for day, group in days),
        note_url=reverse("referrals:do", args=[known.referral.id, "note"]),
    )


def _entry(entry: Line, corrected: set[UUID], side: Side, names: Names, seat: Seat) -> Entry:
    kind: Kind | str = ""
    if entry.body.kind in MILESTONES:
        kind = "green"
    elif entry.body.kind in VOICES:
        kind = "blue"
    mine = entry.organization_id == seat.organization_id
    may_correct = (
        mine and entry.id not in corrected and entry.body.kind not in ("sent", "corrected", "noted", "assigned")
    )
    said = sentence(entry, side, names)
    return Entry(
        icon=ICONS.get(entry.body.kind, "circle-dashed"),
        sentence=said,
        meta=_meta(entry, entry.id in corrected, seat),
        quote=_quote(entry, said),
        kind=kind,  # type: ignore[arg-type]
        link=Link("Correct", reverse("referrals:correct", args=[entry.referral_id, entry.id])) if may_correct else None,
        is_private=entry.audience is not None,
    )


def _meta(entry: Line, is_corrected: bool, seat: Seat) -> str:
    parts = [times.clock_time(entry.happened_at.astimezone(seat.zone))]
    parts.append("by itself" if entry.actor.kind == "job" else entry.actor.name)
    if (entry.recorded_at - entry.happened_at).total_seconds() > 3600:
        parts.append(f"recorded {times.when(entry.recorded_at, at=seat.at, zone=seat.zone)}")
    if is_corrected:
        parts.append("corrected since")
    return " · ".join(part for part in parts if part)


def _quote(entry: Line, said: str) -> str:
    """Return the words that somebody wrote, where the one line does not hold them already."""
    written = (getattr(entry.body, name, "") for name in WRITTEN)
    return "\n".join(words for words in written if words and words.casefold() not in said.casefold())


def _delivery(row: Delivery, seat: Seat) -> Entry:
    said = f"{row.recipient}: “{row.subject or row.body}” {DELIVERY_WORDS[State(row.state)]}"
    moment = times.clock_time((row.settled_at or row.made_at).astimezone(seat.zone))
    meta = " · ".join(part for part in (moment, "by itself", row.channel, row.explanation) if part)
    return Entry(icon="robot", sentence=said, meta=meta, is_private=True)


def _coming(standing: Standing, seat: Seat) -> Iterable[Entry]:
    visit = standing.appointment
    if visit is not None and visit.starts_at > seat.at and standing.status != "closed":
        what = "Consult" if visit.visit == "consult" else "Treatment"
        whom = f", {visit.provider_name}" if visit.provider_name else ""
        yield Entry(
            "calendar", f"{what}{whom}", f"Booked for {times.when(visit.starts_at, at=seat.at, zone=seat.zone)}"
        )
    if standing.communication == "owed":
        yield Entry("send", "Report to the referring office", "Owed")

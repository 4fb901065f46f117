"""Today: what needs this office now, in the order of harm, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bridgework.intake import queries as intake
from bridgework.intake.models import InboxItem
from bridgework.network.models import OrganizationKind
from bridgework.referrals import cases
from bridgework.referrals import queries as referrals
from bridgework.referrals.models import Case
from bridgework.web.components import times
from bridgework.web.components.shapes import Action, Chip, Filter, Group, Link, RailCard, RailItem, Row
from bridgework.web.doors import MemberRequest, Seat, member_page
from bridgework.web.inbox.wording import format_words
from bridgework.web.referrals import addresses
from bridgework.web.referrals.rows import row_of
from bridgework.web.worklist import first_steps
from bridgework.worklist import queries as worklist
from bridgework.worklist.deliveries import UNCERTAIN
from bridgework.worklist.models import Task
from bridgework.worklist.reactions import CLOCKS

SHOWN = 10
HEALING, HEALS_FOR = "to_conclude", timedelta(days=14)  # until then nobody has to do anything
BY_ITSELF = frozenset({*CLOCKS, "does_not_fit", "hand_over"})
MOST = 200
RED_FLAG = "red-flag"
# key: title, why the rows are here. In order of harm.
GROUPS: dict[str, tuple[str, str]] = {
    RED_FLAG: ("Red flag", "Never closed by a timer"),
    "accept": ("New to accept", "Contact target: 24 working hours"),
    "question": ("Questions for you", "The other office waits for an answer"),
    "reply": ("Replies waiting for a person", "Oldest first"),
    "elsewhere": ("To send elsewhere", "The office declined or asks to stop"),
    "rebook": ("No-shows to rebook", "Find a new time"),
    "contact": ("Call list", "Waiting for the first call or a time"),
    "unconfirmed": ("Two weeks, no appointment", "These patients get lost"),
    "report": ("Reports owed", "The referring office is waiting"),
    "read": ("Reports to read", "The loop closes when you have read them"),
    "treatment": ("Treatment to move on", "Proposed, accepted or healing"),
    "settle": ("Next step is yours", "Seen and reported"),
    "task": ("Tasks", "First due in front"),
    "inbox": ("Inbox", "Not yet a referral"),
}
BY_DEBT = {
    "to_accept": "accept",
    "to_answer_question": "question",
    "to_redirect": "elsewhere",
    "to_confirm_cancellation": "elsewhere",
    "to_contact": "contact",
    "to_answer": "contact",
    "to_book": "contact",
    "to_rebook": "rebook",
    "to_complete_consult": "report",
    "to_report": "report",
    "to_read_report": "read",
    "to_propose_treatment": "treatment",
    "to_schedule_treatment": "treatment",
    "to_complete_treatment": "treatment",
    "to_conclude": "treatment",
    "to_settle": "settle",
}
# Tasks that a clock opened about a referral that is in a group already say nothing new.
SAID_BY_GROUP = frozenset({"contact", "contact_limit", "accept", "information", "book", "rebook", "report", "unread"})


@dataclass(frozen=True)
class Thing:
    """Something that needs a person: counted always, drawn only when its row is shown."""

    is_late: bool
    draw: Callable[[], Row]


Found = dict[str, list[Thing]]


@require_GET
@member_page()
def today(request: MemberRequest) -> HttpResponse:
    """Show what needs a person, in four queries whatever there is; before the first referral, the way to it."""
    seat = request.seat
    found = _things(seat)
    only = request.GET.get("group", "")
    groups = tuple(_group(key, found[key], is_whole=only == key) for key in GROUPS if found[key] and only in ("", key))
    total = sum(len(things) for things in found.values())
    if not total and not seat.has_inbox and not cases.has_any():
        return TemplateResponse(request, "home.html", first_steps.context_of(seat))
    new = Action("New referral", reverse("referrals:new"), icon="plus") if seat.may("send_referrals") else None
    context = {
        "sentence": _sentence(total, found),
        "primary": new,
        "filters": _filters(found, total, only),
        "groups": groups,
        "rail": _rail(seat),
    }
    return TemplateResponse(request, "worklist/today.html", context)


def _things(seat: Seat) -> Found:
    found: Found = {key: [] for key in GROUPS}
    shown = set()
    for case in referrals.mine(limit=MOST):
        if case.owes == HEALING and case.ball_since and seat.at - case.ball_since < HEALS_FOR:
            continue
        is_late = case.clock_due_at is not None and case.clock_due_at <= seat.at
        found[_key(case)].append(Thing(is_late, partial(row_of, case, seat)))
        shown.add(case.referral_id)
    for task in worklist.open_tasks(limit=MOST):
        if task.referral_id not in shown or task.kind not in SAID_BY_GROUP:
            key = RED_FLAG if task.is_red_flag else task.kind if task.kind in GROUPS else "task"
            found[key].append(Thing(task.due_at <= seat.at, partial(_task_row, task, seat)))
    if seat.has_inbox:
        found["inbox"] = [Thing(False, partial(_inbox_row, item, seat)) for item in intake.waiting(limit=MOST)]
    return found


def _key(case: Case) -> str:
    return RED_FLAG if case.is_red_flag else BY_DEBT.get(case.owes, "task")


def _group(key: str, things: list[Thing], *, is_whole: bool) -> Group:
    title, why = GROUPS[key]
    cut = tuple(thing.draw() for thing in (things if is_whole else things[:SHOWN]))
    more = Link(f"All {len(things)}", f"?group={key}") if len(things) > len(cut) else None
    return Group(key, title, len(things), cut, why, more)


def _task_row(task: Task, seat: Seat) -> Row:
    page = reverse("worklist:task", args=[task.id])
    owner = task.owner.name if task.owner else "No owner yet"
    return Row(
        patient=task.patient_name or "Office",
        detail=owner,
        url=page,
        sentence=task.sentence,
        chip=times.due(task.due_at, at=seat.at, zone=seat.zone),
        action=_task_action(task),
        is_red_flag=task.is_red_flag,
    )


def _task_action(task: Task) -> Action:
    if task.kind == UNCERTAIN:
        return Action("Decide", reverse("worklist:arrived", args=[task.id]))
    if task.kind in BY_ITSELF and task.referral_id:  # it goes away when the referral moves on
        return Action("Open", reverse("referrals:page", args=[task.referral_id]))
    return Action("Done", reverse("worklist:done", args=[task.id]), method="post")


def _inbox_row(item: InboxItem, seat: Seat) -> Row:
    who = item.fields.get("patient", {})
    url = reverse("inbox:item", args=[item.id])
    return Row(
        patient=f"{who.get('given', '')} {who.get('family', '')}".strip() or item.name,
        detail=format_words(item.format),
        url=url,
        sentence=f"{item.name}: check the fields that were read."
        if item.kind == "referral"
        else f"{item.name} could not be read as a referral.",
        chip=Chip("stone", "inbox", times.capital(times.when(item.received_at, at=seat.at, zone=seat.zone))),
        action=Action("Check", url),
    )


def _filters(found: Found, total: int, only: str) -> tuple[Filter, ...]:
    groups = [
        Filter(title, f"?group={key}", _count(len(found[key])), is_current=only == key)
        for key, (title, _) in GROUPS.items()
        if found[key]
    ]
    return (Filter("All", "?", _count(total), is_current=not only), *groups)


def _count(number: int) -> str:
    return f"{MOST}+" if number >= MOST else str(number)


def _sentence(total: int, found: Found) -> str:
    if not total:
        return "Nothing needs you now."
    late = sum(thing.is_late for things in found.values() for thing in things)
    words = "1 thing needs you" if total == 1 else f"{_count(total)} things need you"
    return f"{words}. {late} {'is' if late == 1 else 'are'} late." if late else f"{words}."


def _rail(seat: Seat) -> tuple[RailCard, ...]:
    """Return the visits of today at a specialist, or what was sent and is waited for elsewhere."""
    day = seat.at.astimezone(seat.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    visits = tuple(
        RailItem(f"{times.clock_time(case.appointment_at.astimezone(seat.zone))} {case.patient_name}",
                 "Confirmed" if case.is_confirmed else "Not yet",
                 url=addresses.page(case.referral_id))
        for case in referrals.visits_of_day(day)
        if case.appointment_at
    )  # fmt: skip
    if not visits:
        return ()
    title = "Visits today" if seat.organization.kind != OrganizationKind.GENERAL else "Your patients’ visits today"
    return (RailCard(title, visits),)

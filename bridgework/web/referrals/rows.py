"""A referral as one row of a list: patient, one sentence, one due chip, one button."""

from __future__ import annotations

from bridgework.referrals.models import Case
from bridgework.web.components import times
from bridgework.web.components.shapes import Action, Chip, Row
from bridgework.web.doors import Seat
from bridgework.web.referrals import addresses, wording

# What the side that holds the ball owes, as a sentence about the other office, and the verb of the button.
OWED: dict[str, tuple[str, str, str]] = {
    # owes: (sentence for the list, action, verb)
    "to_accept": ("From {other}: {what}", "accept", "Accept"),
    "to_answer_question": ("{other} asks for more before it can go on.", "give_more", "Answer"),
    "to_redirect": ("{other} declined. Send the patient elsewhere.", "redirect", "Pass on"),
    "to_confirm_cancellation": ("{other} asks to cancel.", "confirm_cancellation", "Confirm"),
    "to_contact": ("Accepted from {other}. Call to find a time.", "record_contact_attempt", "Call"),
    "to_answer": ("The patient answered and waits for a time.", "book", "Book"),
    "to_book": ("Reached. A time is still to be found.", "book", "Book"),
    "to_rebook": ("The visit fell through. Find a new time.", "book", "Book again"),
    "to_complete_consult": ("Seen. {other} is waiting for the report.", "complete_consult", "Write note"),
    "to_report": ("Seen. {other} is waiting for the report.", "send_report", "Write report"),
    "to_propose_treatment": ("Report sent. Treatment is to be proposed.", "propose_treatment", "Propose"),
    "to_schedule_treatment": ("Treatment accepted, not booked yet.", "schedule_treatment", "Book"),
    "to_complete_treatment": ("The treatment visit has passed.", "complete_treatment", "Record"),
    "to_read_report": ("{other} sent its report.", "read_report", "Read"),
    "to_conclude": ("Treated. The healing period is running.", "conclude_post_op", "Conclude"),
    "to_settle": ("The report is read. Settle what comes next.", "close", "Close"),
    "to_come": ("Booked{visit}.", "", ""),
    "to_come_for_treatment": ("Treatment booked{visit}.", "", ""),
    "to_decide": ("The patient is deciding about the treatment.", "accept_treatment", "Record"),
    "to_send": ("Not sent yet.", "", ""),
}
ENDINGS = {
    "completed": "Completed",
    "declined_by_patient": "The patient did not want it",
    "unreachable": "The patient could not be reached",
    "went_elsewhere": "The patient went elsewhere",
    "redirected": "Passed on",
    "cancelled": "Cancelled",
    "recalled": "Taken back",
}
IN_SHORT = 110  # letters of the reason that a row can show on two lines
FORMS_ELSEWHERE = {"redirect"}


def row_of(case: Case, seat: Seat) -> Row:
    """Return the row of a case for this seat."""
    is_ours = case.ball == case.side and case.closed_at is None
    url = addresses.page(case.referral_id)
    return Row(
        patient=case.patient_name,
        detail=detail_of(case, seat),
        url=url,
        sentence=sentence_of(case, seat),
        sentence_bold="Red flag." if case.is_red_flag and case.closed_at is None else "",
        chip=chip_of(case, seat),
        action=_action(case) if is_ours else Action("Open", url),
        is_red_flag=case.is_red_flag and case.closed_at is None,
    )


def detail_of(case: Case, seat: Seat) -> str:
    """Return age and teeth, or the specialty: "46 · #30"."""
    age = wording.age_on(case.patient_birth_date, seat.at.astimezone(seat.zone).date())
    teeth = ", ".join(f"#{tooth}" for tooth in case.teeth.split(", ") if tooth)
    parts = (str(age) if age is not None else "", teeth or wording.specialty_label(case.specialty))
    return " · ".join(part for part in parts if part)


def sentence_of(case: Case, seat: Seat) -> str:
    """Return where the referral stands, for a list, in one sentence."""
    other = case.other_name or "The other office"
    if case.closed_at is not None:
        return f"{ENDINGS.get(case.outcome, 'Closed')}. {other}."
    visit = ""
    if case.appointment_at:
        visit = f" for {times.when(case.appointment_at, at=seat.at, zone=seat.zone)}"
    what = _in_short(case)
    if case.ball not in (case.side, "patient") and case.owes in OWED:
        return f"Waiting on {other}{_for_what(case)}."
    return OWED.get(case.owes, ("{other}.", "", ""))[0].format(other=other, what=what, visit=visit)


def _in_short(case: Case) -> str:
    """Return what is asked for: the first words of the reason, else the procedure."""
    reason = " ".join(case.reason.split())
    if not reason:
        return f"{wording.procedure_label(case.specialty, case.procedure).lower() or 'no reason given'}."
    return reason if len(reason) <= IN_SHORT else f"{reason[:IN_SHORT].rsplit(' ', 1)[0]} …"


_WAITING_FOR = {
    "to_accept": " to accept",
    "to_contact": " to contact the patient",
    "to_answer_question": " to answer",
    "to_report": " for the report",
    "to_complete_consult": " for the report",
    "to_read_report": " to read the report",
    "to_rebook": " to rebook",
    "to_book": " to book",
    "to_answer": " to book",
    "to_settle": " to settle what comes next",
    "to_redirect": " to send the patient elsewhere",
}


def _for_what(case: Case) -> str:
    return _WAITING_FOR.get(case.owes, "")


def chip_of(case: Case, seat: Seat) -> Chip | None:
    """Return when it is due, or what state it is in; never how to feel about it."""
    if case.closed_at is not None:
        kind, words = ("green", "Loop closed") if case.is_loop_closed else ("stone", "Closed")
        return Chip(kind, "circle-check", words)  # type: ignore[arg-type]
    if case.clock_due_at is not None and (case.ball == case.side or case.clock_due_at <= seat.at):
        return times.due(case.clock_due_at, at=seat.at, zone=seat.zone)
    if case.is_confirmed:
        return Chip("green", "calendar-check", "Confirmed")
    if case.appointment_at and case.appointment_at > seat.at:
        return Chip("stone", "calendar", times.capital(times.when(case.appointment_at, at=seat.at, zone=seat.zone)))
    return times.waiting(case.ball_since, at=seat.at) if case.ball == case.side and case.ball_since else None


def _action(case: Case) -> Action:
    _, action, verb = OWED.get(case.owes, ("", "", ""))
    page = addresses.page(case.referral_id)
    if not action or action in FORMS_ELSEWHERE or action in ("accept", "read_report"):
        return Action(verb or "Open", page)
    return Action(verb, addresses.form(case.referral_id, action))

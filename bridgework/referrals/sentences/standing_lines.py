"""The standing sentence of the referral page, and the short words under the bridge."""

from collections.abc import Iterable
from datetime import datetime

from bridgework.referrals.clocks import Clock
from bridgework.referrals.lifecycle import Standing
from bridgework.referrals.sentences.words import DECLINE_WORDS, OUTCOME_WORDS, Names, day_words, moment_words
from bridgework.referrals.timeline import Side

# What each thing owed is called, after "You owe" or "Maple Street owes".
OWES: dict[str, str] = {
    "to_send": "the sending",
    "to_accept": "an answer",
    "to_answer_question": "an answer to the question",
    "to_redirect": "a next office",
    "to_confirm_cancellation": "a yes to cancelling",
    "to_contact": "the first call",
    "to_book": "a visit",
    "to_rebook": "a new time",
    "to_complete_consult": "the consult note",
    "to_report": "the report",
    "to_propose_treatment": "the treatment plan",
    "to_schedule_treatment": "a treatment time",
    "to_complete_treatment": "the treatment note",
    "to_read_report": "a look at the report",
    "to_conclude": "the end of healing",
    "to_get_result": "the pathology result",
    "to_settle": "the next step",
}
# What the patient, who owes nobody anything, is about to do.
PATIENT_DOES: dict[str, str] = {
    "to_answer": "Has not answered since {since}",
    "to_come": "Next: visit {visit}",
    "to_decide": "Is deciding since {since}",
    "to_come_for_treatment": "Next: treatment {visit}",
}
# Why the ball lies where it lies: (as the referring office reads it, as the receiving one does).
_WHY: dict[str, tuple[str, str]] = {
    "to_send": ("This is a draft, and it has not left yet.",) * 2,
    "to_accept": (
        "{receiver} got the referral {sent} and has not answered yet.",
        "{sender} sent {patient} {sent} and is waiting for your answer.",
    ),
    "to_answer_question": (
        "{receiver} asked {asked}: “{question}”",
        "You asked {sender} {asked}: “{question}”",
    ),
    "to_redirect": (
        "{receiver} declined {declined}: {reason}. {patient} needs another office.",
        "You declined {declined}, and {sender} is looking for another office.",
    ),
    "to_confirm_cancellation": (
        "You asked {receiver} {cancelling} to cancel this referral.",
        "{sender} asked {cancelling} to cancel this referral.",
    ),
    "to_contact": ("{patient} has not heard from {receiver} yet.", "{patient} has not heard from you yet."),
    "to_answer": ("{patient} was contacted {contacted} and has not answered yet.",) * 2,
    "to_book": ("{patient} can be reached, and no visit is booked yet.",) * 2,
    "to_rebook": ("{patient} {missed} and needs a new time.",) * 2,
    "to_come": ("{patient} {visit}.",) * 2,
    "to_complete_consult": (
        "{patient} was seen {seen}. {receiver} has not written the consult note yet.",
        "{patient} was seen {seen}. The consult note is still to be written.",
    ),
    "to_report": (
        "{patient} was {treated}, and you are waiting for {reporter} report.",
        "{patient} was {treated}, and {sender} is waiting for {reporter} report.",
    ),
    "to_propose_treatment": ("{patient} was seen {seen} and is waiting for a treatment plan.",) * 2,
    "to_decide": ("{patient} is deciding about the treatment.",) * 2,
    "to_schedule_treatment": ("{patient} wants the treatment, and it is not booked yet.",) * 2,
    "to_come_for_treatment": ("{patient} {visit}.",) * 2,
    "to_complete_treatment": ("{patient} came for treatment. The note about it is still to be written.",) * 2,
    "to_read_report": (
        "{patient} was seen {seen}, and the report came {reported}.",
        "You sent the report {reported}, and {sender} has not read it yet.",
    ),
    "to_conclude": ("{patient} was treated and is healing.",) * 2,
    "to_get_result": ("The pathology result is not back yet.",) * 2,
    "to_settle": (
        "You have the report on {patient}. What is left is your own next step.",
        "{sender} has the report on {patient} and settles the next step.",
    ),
}
# Which clock says by when the thing owed is due.
_CLOCKS: dict[str, str] = {
    "to_accept": "accept",
    "to_answer_question": "information",
    "to_contact": "contact",
    "to_book": "book",
    "to_rebook": "rebook",
    "to_complete_consult": "report",
    "to_report": "report",
    "to_read_report": "unread",
}


def standing_sentence(
    standing: Standing, side: Side, names: Names, at: datetime, clocks: Iterable[Clock] = ()
) -> tuple[str, str]:
    """Say who holds the ball (in bold) and then why and until when, as one side reads it at a moment.

    `clocks` are those running; without them nothing is said about when it is due.
    """
    if standing.ball.holder == "nobody":
        return "Closed.", _closed(standing, names, at)
    bold = "You hold the ball." if standing.ball.holder == side else f"{_holder(standing, names)} holds the ball."
    why = _WHY[standing.ball.owes][side == "receiver"].format_map(_facts(standing, side, names, at))
    return bold, f"{why}{_due(standing, names, at, clocks)}".strip()


def who_owes(standing: Standing, side: Side, names: Names, at: datetime) -> str:
    """Say briefly who owes what since when: "You owe the report since Tuesday"; empty when nobody does.

    Of the patient it says what comes next: "Next: visit tomorrow at 10:30 AM".
    """
    ball = standing.ball
    if ball.holder == "nobody" or ball.since is None:
        return ""
    since = day_words(ball.since, at, names.zone).removeprefix("on ")
    if ball.holder == "patient":
        visit = standing.appointment
        when = moment_words(visit.starts_at, at, names.zone) if visit else ""
        return PATIENT_DOES[ball.owes].format(since=since, visit=when)
    who = "You owe" if ball.holder == side else f"{_holder(standing, names)} owes"
    return f"{who} {OWES[ball.owes]} since {since}"


def _holder(standing: Standing, names: Names) -> str:
    holders = {"sender": names.sender, "receiver": names.receiver, "patient": names.patient or "The patient"}
    return holders[standing.ball.holder]


def _facts(standing: Standing, side: Side, names: Names, at: datetime) -> dict[str, str]:
    def day(moment: datetime | None) -> str:
        return day_words(moment, at, names.zone) if moment else ""

    provider = standing.receiver_provider_name or (names.receiver if side == "sender" else "")
    is_treated = standing.treatment == "completed" and standing.treatment_since
    return {
        "patient": names.patient or "The patient",
        "sender": names.sender,
        "receiver": names.receiver,
        "sent": day(standing.sent_at),
        "asked": day(standing.information_asked_at),
        "question": standing.question,
        "declined": day(standing.declined_at),
        "reason": DECLINE_WORDS.get(standing.decline_reason, "no reason given"),
        "cancelling": day(standing.cancellation_requested_at),
        "contacted": day(standing.last_contact_at),
        "missed": _missed(standing, names, at),
        "visit": _visit(standing, names, at),
        "seen": day(standing.attended_at),
        "treated": f"treated {day(standing.treatment_since)}" if is_treated else f"seen {day(standing.attended_at)}",
        "reporter": f"{provider}’s" if provider else "your",
        "reported": day(standing.report_sent_at or standing.report_received_at),
    }


def _missed(standing: Standing, names: Names, at: datetime) -> str:
    if "no_show" in standing.patient_flags and standing.no_show_at:
        return f"did not come {day_words(standing.no_show_at, at, names.zone)}"
    if standing.appointment_cancelled_at:
        return f"lost the visit that was called off {day_words(standing.appointment_cancelled_at, at, names.zone)}"
    return "has no visit"


def _visit(standing: Standing, names: Names, at: datetime) -> str:
    visit = standing.appointment
    if visit is None:
        return "has a visit"
    when = moment_words(visit.starts_at, at, names.zone)
    if visit.starts_at < at:
        return f"had a visit {when}, and nobody has said who came"
    return f"has a visit {when}" + (" and has confirmed it" if visit.is_confirmed else "")


def _closed(standing: Standing, names: Names, at: datetime) -> str:
    day = day_words(standing.closed_at, at, names.zone) if standing.closed_at else ""
    words = f"This referral ended {day}: {OUTCOME_WORDS.get(standing.outcome, standing.outcome)}."
    if standing.is_loop_closed:
        return words
    if standing.patient == "attended":
        return f"{words} {names.patient or 'The patient'} was seen, and {names.sender} has no report."
    return words


def _due(standing: Standing, names: Names, at: datetime, clocks: Iterable[Clock]) -> str:
    wanted = _CLOCKS.get(standing.ball.owes)
    for clock in clocks:
        if clock.kind == wanted:
            verb = "was" if clock.due_at < at else "is"
            return f" It {verb} due {moment_words(clock.due_at, at, names.zone)}."
    return ""

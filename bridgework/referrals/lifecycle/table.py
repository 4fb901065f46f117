"""Which action may be started in which Standing, by which side: one table, read from top to bottom.

What is not allowed is refused with a sentence. Entries that report what happened are never refused; see `fold`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bridgework.referrals.lifecycle.standing import ACTIVE, Standing
from bridgework.referrals.timeline import Side, Visit

UNDECIDED = frozenset({"sent", "received"})
OPEN = ACTIVE | {"declined", "cancellation_requested"}
ENDS = frozenset({"closed", "cancellation_requested"})
SENDER: tuple[Side, ...] = ("sender",)
RECEIVER: tuple[Side, ...] = ("receiver",)
BOTH: tuple[Side, ...] = ("sender", "receiver")


@dataclass(frozen=True)
class Rule:
    """A row: the button's verb, who may press it, when, and the sentence for when not.

    With `for_unlisted` the other side may record it too, while the office whose move it is does not use Bridgework.
    """

    label: str
    sides: tuple[Side, ...]
    when: Callable[[Standing], bool]
    refusal: str
    for_unlisted: bool = True


def _in(*statuses: str) -> Callable[[Standing], bool]:
    return lambda standing: standing.status in statuses


def _treatment_in(*tracks: str) -> Callable[[Standing], bool]:
    return lambda standing: standing.status in ACTIVE and standing.treatment in tracks


def _is_undecided(standing: Standing) -> bool:
    """Whether the receiving office has neither taken it on nor seen the patient."""
    is_asking = standing.status == "information_asked" and standing.accepted_at is None
    return standing.status in UNDECIDED or is_asking


def _has_upcoming(standing: Standing) -> bool:
    return standing.appointment is not None and not standing.appointment.is_missed


def _may_redirect(standing: Standing) -> bool:
    return standing.status == "declined" or (standing.status in ACTIVE and standing.patient != "attended")


def _may_record_visit(standing: Standing) -> bool:
    is_expected = standing.patient != "attended" or standing.appointment is not None
    return _is_going_on(standing) and is_expected


def _is_going_on(standing: Standing) -> bool:
    return standing.status in ACTIVE or standing.status == "cancellation_requested"


def _may_report(standing: Standing) -> bool:
    return standing.patient == "attended" and (standing.status != "closed" or standing.communication == "owed")


def _is_sent(standing: Standing) -> bool:
    return standing.status != "draft"


def _always(standing: Standing) -> bool:
    return True


RULES: dict[str, Rule] = {
    # Sending and answering
    "send": Rule("Send", SENDER, _in("draft"), "It has been sent already.", for_unlisted=False),
    "receive": Rule("Mark as received", RECEIVER, _in("sent"), "It has been received already."),
    "accept": Rule(
        "Accept",
        RECEIVER,
        lambda s: _is_undecided(s) or s.status == "declined",
        "It has been accepted already, or is being cancelled.",
    ),
    "ask_for_more": Rule(
        "Ask for more", RECEIVER, _in("sent", "received", "accepted"), "A question is open already, or it has ended."
    ),
    "give_more": Rule("Answer the question", SENDER, _in("information_asked"), "Nothing is being asked."),
    "decline": Rule("Decline", RECEIVER, _in(*ACTIVE), "It has been declined already, or is being cancelled."),
    "redirect": Rule(
        "Pass on to another office",
        BOTH,
        _may_redirect,
        "The patient has been seen here, so close this referral and make a new one.",
    ),
    "resubmit": Rule("Send again", SENDER, _in("declined"), "Only a declined referral can be sent again."),
    "amend": Rule("Change the request", SENDER, _in(*OPEN), "Only a referral that is going on can be changed."),
    "recall": Rule(
        "Take back",
        SENDER,
        lambda s: _is_undecided(s) and s.patient != "attended",
        "The other office has taken it on, so ask them to cancel.",
    ),
    # The patient
    "record_contact_attempt": Rule("Record a call", BOTH, _in(*ACTIVE), "The referral is not going on."),
    "book": Rule(
        "Book a visit",
        BOTH,
        lambda s: s.status in ACTIVE and not _has_upcoming(s),
        "A visit is booked already, so move that one.",
    ),
    "reschedule": Rule(
        "Move the visit", BOTH, lambda s: s.status in ACTIVE and s.appointment is not None, "No visit is booked."
    ),
    "cancel_appointment": Rule(
        "Cancel the visit", BOTH, lambda s: s.status in OPEN and s.appointment is not None, "No visit is booked."
    ),
    "confirm": Rule(
        "Mark as confirmed",
        BOTH,
        lambda s: _is_going_on(s) and _has_upcoming(s) and not s.is_confirmed,
        "No visit is waiting to be confirmed.",
    ),
    "record_attended": Rule("Patient came", RECEIVER, _may_record_visit, "The patient has been seen already."),
    "record_no_show": Rule(
        "Patient did not come", RECEIVER, lambda s: _is_going_on(s) and _has_upcoming(s), "No visit is booked."
    ),
    # The consult and its report
    "complete_consult": Rule("Write consult note", RECEIVER, _is_going_on, "The referral is not going on."),
    "send_report": Rule("Send report", RECEIVER, _may_report, "Record the visit first."),
    "receive_report": Rule(
        "Report has arrived",
        SENDER,
        lambda s: s.communication in ("owed", "sent"),
        "No report is awaited.",
    ),
    "read_report": Rule(
        "Mark report as read", SENDER, lambda s: s.communication in ("sent", "received"), "There is no unread report."
    ),
    # Treatment
    "propose_treatment": Rule(
        "Propose treatment",
        RECEIVER,
        lambda s: s.status in ACTIVE and s.patient == "attended" and s.treatment not in ("accepted", "scheduled"),
        "Record the visit first, or finish the treatment that is under way.",
    ),
    "accept_treatment": Rule(
        "Patient wants treatment", RECEIVER, _treatment_in("proposed", "declined"), "No treatment is proposed."
    ),
    "decline_treatment": Rule(
        "Patient declines treatment",
        RECEIVER,
        _treatment_in("proposed", "accepted", "scheduled"),
        "No treatment is proposed.",
    ),
    "schedule_treatment": Rule(
        "Book treatment", RECEIVER, _treatment_in("accepted"), "The patient has not accepted a treatment to book."
    ),
    "complete_treatment": Rule(
        "Treatment done", RECEIVER, _treatment_in("accepted", "scheduled"), "The patient has not accepted a treatment."
    ),
    "conclude_post_op": Rule("Healing is over", RECEIVER, _treatment_in("completed"), "No treatment is healing."),
    # Ending
    "request_cancellation": Rule("Ask to cancel", SENDER, _in(*ACTIVE), "It is not going on any more."),
    "confirm_cancellation": Rule(
        "Confirm cancelling", RECEIVER, _in("cancellation_requested"), "Nobody asked to cancel it."
    ),
    "close": Rule("Close", BOTH, lambda s: s.status != "closed", "It is closed already."),
    "reopen": Rule("Reopen", BOTH, _in(*ENDS), "It is open."),
    # Beside the course of things
    "attach": Rule("Add a file", BOTH, _always, ""),
    "note": Rule("Add a note", BOTH, _always, ""),
    "assign": Rule("Assign", BOTH, _always, ""),
    "correct": Rule("Correct", BOTH, _always, ""),
}
LABELS: dict[str, str] = {action: rule.label for action, rule in RULES.items()}
_IN_CLOSED = frozenset(
    {"reopen", "close", "send_report", "receive_report", "read_report", "attach", "note", "assign", "correct"}
)


def refusal(action: str, standing: Standing, side: Side) -> str | None:
    """Say in one sentence why this side may not start the action now; None when it may. KeyError: no such action."""
    rule = RULES[action]
    if side == "receiver" and not _is_sent(standing):
        return "It has not been sent yet."
    if side not in rule.sides and not _speaks_for_other(rule, standing, side):
        return f"Only the {'referring' if side == 'receiver' else 'receiving'} office can do this."
    if standing.status == "closed" and action not in _IN_CLOSED:
        return "The referral is closed, so reopen it first."
    if standing.status == "draft" and action not in ("send", "close", "attach", "note", "assign", "correct"):
        return "It has not been sent yet."
    return None if rule.when(standing) else rule.refusal


# Decided on what a page showed: not against what somebody else has decided since. The rest fits or not by itself.
DECISIONS = frozenset(
    {"accept", "decline", "redirect", "recall", "resubmit", "request_cancellation", "confirm_cancellation", "close"}
)
_BY_NOW = {
    "information_asked": "It is waiting for an answer by now",
    "accepted": "It has been accepted",
    "declined": "It has been declined",
    "cancellation_requested": "The referring office asks to cancel it",
    "closed": "It has been closed",
}


def overtaken(action: str, saw: str, standing: Standing) -> str | None:
    """Say that a referral changed while somebody decided on a page that showed the status `saw`; None when it did not.

    An empty `saw` (no page: a job, an import) is never overtaken.
    """
    if action not in DECISIONS or not saw or saw == standing.status or {saw, standing.status} == UNDECIDED:
        return None
    now = _BY_NOW.get(standing.status, "It has changed")
    return f"{now} while this page was open. Look again before you decide."


def allowed(standing: Standing, side: Side) -> frozenset[str]:
    """Name the actions that this side may start now."""
    return frozenset(action for action in RULES if refusal(action, standing, side) is None)


def _speaks_for_other(rule: Rule, standing: Standing, side: Side) -> bool:
    is_other_unlisted = standing.is_sender_unlisted if side == "receiver" else standing.is_receiver_unlisted
    return rule.for_unlisted and is_other_unlisted


def bookable_visit(standing: Standing) -> Visit:
    """Say which visit is booked next: the treatment once the patient wants it, else a consult."""
    return "treatment" if standing.treatment == "accepted" else "consult"


def closing_refusal(standing: Standing, outcome: str, *, by_person: bool) -> str | None:
    """Say in one sentence why it may not end with this outcome now; None when it may.

    Completed means a closed loop, the product's only definition of it. No timer ends a red flag.
    """
    if outcome == "completed" and not standing.is_loop_closed:
        return "It is not completed: the visit has to have happened, and the referring office has to have the report."
    if not by_person and outcome != "completed" and not is_closable_by_timer(standing):
        return "A person has to close this one."
    return None


def is_closable_by_timer(standing: Standing) -> bool:
    """Tell whether a job may end it unasked: never a red flag, a draft, or a visit whose report is still owed."""
    return standing.status in OPEN and not standing.is_red_flag and standing.communication != "owed"

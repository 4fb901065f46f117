"""The order of the buttons: what the ball asks for first, then the rest, then what is always possible."""

from bridgework.referrals.lifecycle.standing import Standing
from bridgework.referrals.lifecycle.table import RULES, allowed
from bridgework.referrals.timeline import Side

# For each thing owed: what the receiving office does about it, and what the referring one can do meanwhile.
_LEADING: dict[str, dict[Side, tuple[str, ...]]] = {
    "to_send": {"sender": ("send",)},
    "to_accept": {
        "receiver": ("accept", "ask_for_more", "decline", "redirect", "book", "record_attended"),
        "sender": ("book", "recall", "amend"),
    },
    "to_answer_question": {"sender": ("give_more", "amend"), "receiver": ("accept", "decline")},
    "to_redirect": {"sender": ("redirect", "resubmit", "close"), "receiver": ("accept",)},
    "to_confirm_cancellation": {"receiver": ("confirm_cancellation", "reopen"), "sender": ("reopen",)},
    "to_contact": {"receiver": ("record_contact_attempt", "book", "record_attended"), "sender": ("book",)},
    "to_answer": {"receiver": ("book", "record_contact_attempt", "record_attended"), "sender": ("book",)},
    "to_book": {"receiver": ("book", "record_contact_attempt", "record_attended"), "sender": ("book",)},
    "to_rebook": {"receiver": ("reschedule", "book", "record_contact_attempt"), "sender": ("book",)},
    "to_come": {
        "receiver": ("record_attended", "confirm", "record_no_show", "reschedule", "cancel_appointment"),
        "sender": ("reschedule", "cancel_appointment"),
    },
    "to_complete_consult": {"receiver": ("complete_consult", "send_report"), "sender": ("receive_report",)},
    "to_report": {"receiver": ("send_report", "propose_treatment"), "sender": ("receive_report",)},
    "to_propose_treatment": {"receiver": ("propose_treatment",)},
    "to_decide": {"receiver": ("accept_treatment", "decline_treatment")},
    "to_schedule_treatment": {"receiver": ("schedule_treatment", "complete_treatment"), "sender": ("read_report",)},
    "to_come_for_treatment": {
        "receiver": ("complete_treatment", "confirm", "record_no_show", "reschedule", "cancel_appointment")
    },
    "to_complete_treatment": {"receiver": ("complete_treatment",)},
    "to_read_report": {"sender": ("read_report", "receive_report"), "receiver": ("send_report", "read_report")},
    "to_conclude": {"receiver": ("conclude_post_op",)},
    "to_get_result": {"receiver": ("send_report",)},
    "to_settle": {"sender": ("close",), "receiver": ("propose_treatment",)},
    "": {"sender": ("read_report", "reopen"), "receiver": ("send_report", "reopen")},
}


def next_actions(standing: Standing, side: Side) -> tuple[str, ...]:
    """Order the actions that this side may start now; the first is the page's filled button when the side has one."""
    may = allowed(standing, side)
    leading = [action for action in _LEADING[standing.ball.owes].get(side, ()) if action in may]
    return (*leading, *(action for action in RULES if action in may and action not in leading))

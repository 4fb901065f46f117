"""Who holds the ball, owing what. One holder at a time: first the status decides, then the report, then the treatment.

The words for what is owed are in `sentences.OWES`.
"""

from bridgework.referrals.lifecycle.course import Course
from bridgework.referrals.lifecycle.standing import Holder

Duty = tuple[Holder, str]

NOBODY: Duty = ("nobody", "")
_BY_STATUS: dict[str, Duty] = {
    "draft": ("sender", "to_send"),
    "information_asked": ("sender", "to_answer_question"),
    "declined": ("sender", "to_redirect"),
    "cancellation_requested": ("receiver", "to_confirm_cancellation"),
    "closed": NOBODY,
}


def duty(course: Course) -> Duty:
    """Say who has to act and what they owe."""
    if course.status in _BY_STATUS:
        return _BY_STATUS[course.status]
    if course.patient == "attended":
        return _after_visit(course)
    if course.status != "accepted":
        return "receiver", "to_accept"
    return _before_visit(course)


def _before_visit(course: Course) -> Duty:
    if course.patient == "booked":
        return "patient", "to_come"
    if course.is_answer_awaited:
        return "patient", "to_answer"
    if course.patient_flags:  # a no-show or a cancelled visit
        return "receiver", "to_rebook"
    return "receiver", "to_contact" if course.patient == "to_contact" else "to_book"


def _after_visit(course: Course) -> Duty:
    if course.communication == "owed":
        is_seen_only = course.consult_completed_at is None and course.treatment != "completed"
        return "receiver", "to_complete_consult" if is_seen_only else "to_report"
    follow_up = course.visits.get("consult")
    if follow_up:
        return ("receiver", "to_rebook") if follow_up.is_missed else ("patient", "to_come")
    if course.treatment == "accepted" and not course.returned_at:
        return "receiver", "to_schedule_treatment"
    if course.communication in ("sent", "received"):
        return "sender", "to_read_report"
    if course.returned_at:
        return "sender", "to_settle"
    return _treating(course)


def _treating(course: Course) -> Duty:
    if course.treatment == "proposed":
        return "patient", "to_decide"
    if course.treatment == "none" and course.is_treatment_recommended:
        return "receiver", "to_propose_treatment"
    if course.treatment == "scheduled":
        is_upcoming = "treatment" in course.visits
        return ("patient", "to_come_for_treatment") if is_upcoming else ("receiver", "to_complete_treatment")
    if course.treatment == "completed":
        return "receiver", "to_conclude"
    if course.pathology == "specimen_taken":
        return "receiver", "to_get_result"
    return "sender", "to_settle"

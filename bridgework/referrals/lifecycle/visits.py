"""What entries about reaching the patient and about visits change."""

from dataclasses import replace
from datetime import datetime

from bridgework.referrals import timeline
from bridgework.referrals.envelope import Entry
from bridgework.referrals.lifecycle.course import Course
from bridgework.referrals.lifecycle.standing import Appointment
from bridgework.referrals.timeline import Visit


def contact_attempted(course: Course, entry: Entry, body: timeline.ContactAttempted) -> None:
    """Count the try; when the patient knows of it, they hold the ball. The sender's own calls stop no clock."""
    course.contact_attempts += 1
    course.last_contact_at = entry.happened_at
    if body.outcome in timeline.CONTACTED:
        if entry.organization_id != course.sender or course.is_receiver_unlisted:
            course.first_contact_at = course.first_contact_at or entry.happened_at
        _reach(course, is_answer_awaited=True)


def patient_answered(course: Course, entry: Entry, body: timeline.PatientAnswered) -> None:
    """Give the ball back to the receiving office."""
    course.answered_at = entry.happened_at
    course.first_contact_at = course.first_contact_at or entry.happened_at
    _reach(course, is_answer_awaited=False)


def _reach(course: Course, *, is_answer_awaited: bool) -> None:
    course.is_answer_awaited = is_answer_awaited
    if course.patient == "to_contact":
        course.patient = "contacted"


def booked(course: Course, entry: Entry, body: timeline.Booked) -> None:
    """Put the visit in the calendar."""
    standing = course.visits.get(body.visit)
    if standing and not standing.is_missed and standing.starts_at != body.starts_at:
        course.contradict(entry, "A second visit was booked while the first was still standing.")
    if body.booked_by != "sender":
        course.first_contact_at = course.first_contact_at or entry.happened_at
    appointment = Appointment(
        visit=body.visit,
        starts_at=body.starts_at,
        minutes=body.minutes,
        office_id=body.office_id,
        provider_id=body.provider_id,
        provider_name=body.provider_name,
    )
    _put(course, entry, appointment)


def treatment_scheduled(course: Course, entry: Entry, body: timeline.TreatmentScheduled) -> None:
    """Put the treatment visit in the calendar."""
    visit = timeline.Booked(
        starts_at=body.starts_at,
        visit="treatment",
        minutes=body.minutes,
        office_id=body.office_id,
        provider_id=body.provider_id,
        provider_name=body.provider_name,
    )
    booked(course, entry, visit)


def rescheduled(course: Course, entry: Entry, body: timeline.Rescheduled) -> None:
    """Move the visit; it has to be confirmed again."""
    standing = course.visits.get(body.visit)
    if standing is None:
        course.contradict(entry, "A visit was moved that nobody had booked.")
        standing = Appointment(visit=body.visit, starts_at=body.starts_at, minutes=body.minutes or 30)
    appointment = Appointment(
        visit=body.visit,
        starts_at=body.starts_at,
        minutes=body.minutes or standing.minutes,
        office_id=body.office_id or standing.office_id,
        provider_id=body.provider_id or standing.provider_id,
        provider_name=body.provider_name or standing.provider_name,
    )
    _put(course, entry, appointment)


def _put(course: Course, entry: Entry, appointment: Appointment) -> None:
    course.visits[appointment.visit] = appointment
    course.booked_at = entry.happened_at
    course.is_answer_awaited = False
    course.patient_flags = frozenset()
    if appointment.visit == "treatment":
        if course.treatment == "declined":
            course.contradict(entry, "Treatment was booked after the patient had declined it.")
        course.treatment = "scheduled"
        course.treatment_since = entry.happened_at
    elif course.patient != "attended":
        course.patient = "booked"


def cancelled(course: Course, entry: Entry, body: timeline.Cancelled) -> None:
    """Call the visit off; the receiving office has to find another time."""
    if course.visits.pop(body.visit, None) is None:
        course.contradict(entry, "A visit was called off that nobody had booked.")
        return
    course.appointment_cancelled_at = entry.happened_at
    _fall_back(course, entry, body.visit, flag="cancelled")


def no_show(course: Course, entry: Entry, body: timeline.NoShow) -> None:
    """Count the absence, once a visit; the receiving office has to find another time."""
    standing = course.visits.get(body.visit)
    if standing and standing.is_missed:
        return
    if standing:
        course.visits[body.visit] = replace(standing, is_missed=True, is_confirmed=False)
    elif course.patient == "attended":
        course.contradict(entry, "The patient was recorded as absent after they had been seen.")
        return
    else:
        course.contradict(entry, "The patient missed a visit that nobody had booked.")
    course.no_shows += 1
    course.no_show_at = entry.happened_at
    _fall_back(course, entry, body.visit, flag="no_show")


def _fall_back(course: Course, entry: Entry, visit: Visit, *, flag: str) -> None:
    course.patient_flags = frozenset({flag})
    course.is_answer_awaited = False
    if course.patient != "attended":
        course.patient = "contacted"
    if visit == "treatment" and course.treatment == "scheduled":
        course.treatment = "accepted"
        course.treatment_since = entry.happened_at


def confirmed(course: Course, entry: Entry, body: timeline.Confirmed) -> None:
    """Note that the patient will come."""
    standing = course.visits.get(body.visit)
    if standing is None or standing.is_missed:
        course.contradict(entry, "A visit was confirmed that is not in the calendar.")
        return
    course.visits[body.visit] = replace(standing, is_confirmed=True)
    course.patient_flags = frozenset({"confirmed"})


def attended(course: Course, entry: Entry, body: timeline.Attended) -> None:
    """Note that the patient came; nobody needs to have accepted or booked for that."""
    note_visit(course, entry.happened_at, body.visit)


def note_visit(course: Course, at: datetime, visit: Visit) -> None:
    """Take the patient as seen, because they came or because somebody treated them. A report is owed from here on."""
    course.visits.pop(visit, None)
    course.note_receipt(at)
    course.first_contact_at = course.first_contact_at or at
    course.patient = "attended"
    course.patient_flags = frozenset()
    course.is_answer_awaited = False
    course.attended_at = course.attended_at or at
    if course.communication == "nothing_owed":
        course.communication = "owed"
        course.communication_since = at
    course.note_loop()

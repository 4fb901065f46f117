"""What entries about the consult, its report and the treatment change."""

from datetime import datetime

from bridgework.referrals import timeline
from bridgework.referrals.envelope import Entry
from bridgework.referrals.lifecycle.course import Course
from bridgework.referrals.lifecycle.standing import CommunicationTrack, TreatmentTrack
from bridgework.referrals.lifecycle.visits import note_visit


def consult_completed(course: Course, entry: Entry, body: timeline.ConsultCompleted) -> None:
    """Note the findings; a second consult after the report owes a second report."""
    is_second = course.consult_completed_at is not None
    note_visit(course, entry.happened_at, "consult")
    if is_second:
        _owe_again(course, entry.happened_at)
    course.consult_completed_at = course.consult_completed_at or entry.happened_at
    course.is_treatment_recommended = body.treatment_recommended


def _owe_again(course: Course, at: datetime) -> None:
    """Owe the referring office a further report. The loop that was closed stays closed."""
    if course.communication != "owed":
        _communicate(course, "owed", at)


def _communicate(course: Course, track: CommunicationTrack, at: datetime) -> None:
    course.communication = track
    course.communication_since = at


def report_sent(course: Course, entry: Entry, body: timeline.ReportSent) -> None:
    """Note that a report is on its way; a final one also answers a request to cancel."""
    if course.attended_at is None:
        course.contradict(entry, "A report was sent, but no visit is on record.")
    _communicate(course, "sent", entry.happened_at)
    course.report_sent_at = entry.happened_at
    course.is_report_final = body.is_final
    if body.is_final and course.status == "cancellation_requested":
        course.status = course.held.pop()
        course.cancellation_requested_at = None


def report_received(course: Course, entry: Entry, body: timeline.ReportReceived) -> None:
    """Note that the referring office has the report, by whichever way it came."""
    if course.attended_at is None:
        course.contradict(entry, "A report was received, but no visit is on record.")
    if course.communication != "read":
        _communicate(course, "received", entry.happened_at)
        course.report_received_at = entry.happened_at
    course.first_report_at = course.first_report_at or entry.happened_at
    course.note_loop()


def report_read(course: Course, entry: Entry, body: timeline.ReportRead) -> None:
    """Note the reading, also of a report whose receipt nobody recorded; without any report it changes nothing."""
    if course.communication not in ("sent", "received"):
        if course.report_sent_at is None and course.report_received_at is None:
            course.contradict(entry, "A report was read, but none was sent or received.")
        return
    _communicate(course, "read", entry.happened_at)
    course.report_read_at = entry.happened_at
    course.first_report_at = course.first_report_at or entry.happened_at
    course.note_loop()


def treatment_proposed(course: Course, entry: Entry, body: timeline.TreatmentProposed) -> None:
    """Wait for the patient's decision; after a treatment that is done this begins the next one."""
    if course.attended_at is None:
        course.contradict(entry, "Treatment was proposed, but no visit is on record.")
    if course.treatment in ("accepted", "scheduled"):
        return
    _treat(course, "proposed", entry.happened_at)


def treatment_accepted(course: Course, entry: Entry, body: timeline.TreatmentAccepted) -> None:
    """Note the patient's yes; a yes after the treatment changes nothing."""
    if course.treatment in ("completed", "post_op_concluded"):
        course.contradict(entry, "Treatment was accepted after it had been done.")
    elif course.treatment != "scheduled":
        _treat(course, "accepted", entry.happened_at)


def treatment_declined(course: Course, entry: Entry, body: timeline.TreatmentDeclined) -> None:
    """Note the patient's no; a no after the treatment changes nothing."""
    if course.treatment in ("completed", "post_op_concluded"):
        course.contradict(entry, "Treatment was declined after it had been done.")
        return
    course.visits.pop("treatment", None)
    _treat(course, "declined", entry.happened_at)


def treatment_completed(course: Course, entry: Entry, body: timeline.TreatmentCompleted) -> None:
    """Note that it was done, which is a visit; from here the referring office is owed a word about it."""
    if course.treatment == "declined":
        course.contradict(entry, "Treatment was done after the patient had declined it.")
    note_visit(course, entry.happened_at, "treatment")
    _owe_again(course, entry.happened_at)
    _treat(course, "completed", entry.happened_at)


def post_op_concluded(course: Course, entry: Entry, body: timeline.PostOpConcluded) -> None:
    """Note the end of healing."""
    if course.treatment not in ("completed", "post_op_concluded"):
        course.contradict(entry, "The post-operative period ended, but no treatment is on record.")
    _treat(course, "post_op_concluded", entry.happened_at)


def _treat(course: Course, track: TreatmentTrack, at: datetime) -> None:
    course.treatment = track
    course.treatment_since = at


def specimen_taken(course: Course, entry: Entry, body: timeline.SpecimenTaken) -> None:
    """Wait for pathology."""
    course.pathology = "specimen_taken"


def result_received(course: Course, entry: Entry, body: timeline.ResultReceived) -> None:
    """Note the result; the referring office is owed it."""
    if course.pathology == "none":
        course.contradict(entry, "A pathology result came, but no specimen is on record.")
    course.pathology = "result_received"
    _owe_again(course, entry.happened_at)


def returned_to_referrer(course: Course, entry: Entry, body: timeline.ReturnedToReferrer) -> None:
    """Hand the patient back for the referring office's own next step."""
    course.returned_at = entry.happened_at

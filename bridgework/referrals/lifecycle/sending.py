"""What entries about sending, answering and ending change."""

from dataclasses import fields, replace

from bridgework.referrals import timeline
from bridgework.referrals.envelope import Entry
from bridgework.referrals.lifecycle.course import Course

_CHANGEABLE = tuple(field.name for field in fields(timeline.RequestChanges))


def drafted(course: Course, entry: Entry, body: timeline.Drafted) -> None:
    """Note who began it."""
    course.sender = course.sender or entry.organization_id
    course.drafted_at = course.drafted_at or entry.happened_at


def sent(course: Course, entry: Entry, body: timeline.Sent) -> None:
    """Hand it to the receiving office; a second sending changes nothing."""
    if course.first_sent_at is not None:
        course.contradict(entry, "It was sent a second time.")
        return
    course.sender = body.from_organization or entry.organization_id or course.sender
    course.is_sender_unlisted = course.sender != entry.organization_id
    course.request = body.request
    _note_authorization(course)
    course.first_sent_at = entry.happened_at
    if course.receiver is None:
        _hand_over(course, entry, body)
        course.receiver = body.to_organization
    if course.status == "draft":
        course.status = "sent"


def redirected(course: Course, entry: Entry, body: timeline.Redirected) -> None:
    """Start anew with the office it was passed on to."""
    if body.to_organization == course.receiver:
        course.contradict(entry, "It was passed on to the office that already has it.")
        return
    former = (*course.former_receivers, course.receiver)
    course.former_receivers = tuple(
        dict.fromkeys(one for one in former if one is not None and one != body.to_organization)
    )
    course.begin_with(body.to_organization)
    _hand_over(course, entry, body)
    course.status = "sent"


def _hand_over(course: Course, entry: Entry, body: timeline.Sent | timeline.Redirected) -> None:
    course.receiver_office = body.to_office
    course.receiver_provider = body.to_provider
    course.receiver_provider_name = body.to_provider_name
    course.is_receiver_unlisted = body.channel != "portal" and entry.organization_id != body.to_organization
    course.sent_at = entry.happened_at


def delivered(course: Course, entry: Entry, body: timeline.Delivered) -> None:
    """Note that it arrived; nobody has looked at it yet."""
    course.delivered_at = course.delivered_at or entry.happened_at


def opened(course: Course, entry: Entry, body: timeline.Opened) -> None:
    """Note that somebody looked at it."""
    course.opened_at = course.opened_at or entry.happened_at


def received(course: Course, entry: Entry, body: timeline.Received) -> None:
    """Note the receipt, from which the speed-to-contact clock runs."""
    course.note_receipt(entry.happened_at)


def accepted(course: Course, entry: Entry, body: timeline.Accepted) -> None:
    """Take it on; while a request to cancel is open, that stays to be answered."""
    course.note_receipt(entry.happened_at)
    course.accepted_at = course.accepted_at or entry.happened_at
    course.receiver_provider = body.provider_id or course.receiver_provider
    course.receiver_provider_name = body.provider_name or course.receiver_provider_name
    course.question = ""
    course.declined_at, course.decline_reason = None, ""
    course.held.clear()
    if course.status == "cancellation_requested":
        course.held.append("accepted")
    else:
        course.status = "accepted"


def more_information_asked(course: Course, entry: Entry, body: timeline.MoreInformationAsked) -> None:
    """Wait for the referring office, and remember where it was."""
    if not course.is_active:
        return
    course.note_receipt(entry.happened_at)
    course.question = body.question
    if course.status != "information_asked":
        course.information_asked_at = entry.happened_at
        course.held.append(course.status)
        course.status = "information_asked"


def more_information_given(course: Course, entry: Entry, body: timeline.MoreInformationGiven) -> None:
    """Go back to where it was; information that nobody asked for changes nothing."""
    if course.status == "information_asked":
        course.status = course.held.pop()
        course.question = ""


def declined(course: Course, entry: Entry, body: timeline.Declined) -> None:
    """Give it back to the referring office; visits that were booked fall away."""
    if course.status == "declined":
        return
    course.note_receipt(entry.happened_at)
    course.held.append(course.status)
    course.status = "declined"
    course.declined_at = entry.happened_at
    course.decline_reason = body.reason
    course.visits.clear()
    course.patient_flags = frozenset()
    if course.patient == "booked":
        course.patient = "contacted"
    if course.treatment == "scheduled":
        course.treatment = "accepted"


def resubmitted(course: Course, entry: Entry, body: timeline.Resubmitted) -> None:
    """Ask the office that declined once more."""
    if course.status != "declined":
        return
    course.status = "sent"
    course.sent_at = entry.happened_at
    course.held.clear()
    course.received_at = course.accepted_at = course.declined_at = course.first_contact_at = None
    course.decline_reason = course.question = ""
    course.is_answer_awaited = False
    if course.patient != "attended":
        course.patient = "to_contact"


def amended(course: Course, entry: Entry, body: timeline.Amended) -> None:
    """Change what is asked for, field by field."""
    changes = {name: value for name in _CHANGEABLE if (value := getattr(body.changes, name)) is not None}
    if "answers" in changes:
        changes["answers"] = {**course.request.answers, **changes["answers"]}
    course.request = replace(course.request, **changes)
    _note_authorization(course)


def _note_authorization(course: Course) -> None:
    course.authorization_until = course.request.authorization_until
    course.authorization = "valid" if course.authorization_until else "none"


def cancellation_requested(course: Course, entry: Entry, body: timeline.CancellationRequested) -> None:
    """Wait for the receiving office to stop, and remember where it was."""
    if course.is_active:
        course.held.append(course.status)
        course.status = "cancellation_requested"
        course.cancellation_requested_at = entry.happened_at


def closed(course: Course, entry: Entry, body: timeline.Closed) -> None:
    """End it, honestly coded; the first ending counts until it is reopened or corrected."""
    if course.status == "closed":
        if body.outcome != course.outcome:
            course.contradict(entry, "It was closed a second time, with another outcome.")
        return
    if body.outcome == "completed" and not course.is_loop_closed:
        course.contradict(entry, "It was closed as completed, but the loop is not closed.")
    if body.outcome != "completed" and course.request.red_flags and entry.actor.kind == "job":
        course.contradict(entry, "A timer closed a referral with a red flag, which only a person may do.")
        return
    course.held.append(course.status)
    course.status = "closed"
    course.closed_at = entry.happened_at
    course.outcome = body.outcome
    if body.outcome == "expired" and course.authorization_until:
        course.authorization = "expired"


def reopened(course: Course, entry: Entry, body: timeline.Reopened) -> None:
    """Go on from where it was: after an ending, a request to cancel, or a decline."""
    if course.status == "closed":
        course.closed_at, course.outcome = None, ""
        course.status = course.held.pop()
        _note_authorization(course)
        if course.status != "cancellation_requested":
            return
    if course.status in ("cancellation_requested", "declined"):
        course.status = course.held.pop()
        course.cancellation_requested_at = course.declined_at = None
        course.decline_reason = ""


def beside(course: Course, entry: Entry, body: timeline.Kind) -> None:
    """Change nothing: notes, files and owners stand beside the course of things."""

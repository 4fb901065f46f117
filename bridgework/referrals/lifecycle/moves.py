"""The table of the fold: for each kind what it changes, where it fits, and who can say it.

A new kind gets one row here. The order of the rows settles which of two entries of the same moment comes first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bridgework.referrals import timeline
from bridgework.referrals.lifecycle import results, sending, visits
from bridgework.referrals.lifecycle.standing import ACTIVE
from bridgework.referrals.timeline import Side

ANYWHERE = ACTIVE | {"draft", "declined", "cancellation_requested", "closed"}
SENT = ANYWHERE - {"draft"}
OPEN = SENT - {"closed"}
GOING_ON = ACTIVE | {"cancellation_requested"}
# Treatment goes on after the referring office has closed a completed loop.
TREATING = GOING_ON | {"completed"}


@dataclass(frozen=True, kw_only=True)
class Move:
    """A row of the table.

    `fits` are the statuses (and "completed" for closed with that outcome) in which the entry is no surprise; elsewhere
    it is folded all the same and listed as a contradiction under the name `noun`. `said_by` is the only side that can
    know it; None: either. `moves_status` rows change nothing in a closed referral.
    """

    change: Callable[[Any, Any, Any], None]
    noun: str
    fits: frozenset[str] = SENT
    said_by: Side | None = None
    moves_status: bool = False
    is_anyones: bool = False


MOVES: dict[type[timeline.Kind], Move] = {
    timeline.Drafted: Move(change=sending.drafted, noun="A draft", fits=ANYWHERE),
    timeline.Sent: Move(change=sending.sent, noun="The sending", fits=ANYWHERE, is_anyones=True),
    timeline.Delivered: Move(change=sending.delivered, noun="A delivery", is_anyones=True),
    timeline.Opened: Move(change=sending.opened, noun="An opening", is_anyones=True),
    timeline.Received: Move(change=sending.received, noun="A receipt"),
    timeline.Redirected: Move(
        change=sending.redirected, noun="A passing on", fits=ACTIVE | {"declined"}, moves_status=True
    ),
    timeline.MoreInformationAsked: Move(
        change=sending.more_information_asked, noun="A question", fits=ACTIVE, said_by="receiver", moves_status=True
    ),
    timeline.MoreInformationGiven: Move(
        change=sending.more_information_given, noun="An answer", said_by="sender", moves_status=True
    ),
    timeline.Accepted: Move(
        change=sending.accepted,
        noun="An acceptance",
        fits=ACTIVE | {"declined"},
        said_by="receiver",
        moves_status=True,
    ),
    timeline.Declined: Move(
        change=sending.declined, noun="A decline", fits=ACTIVE | {"declined"}, said_by="receiver", moves_status=True
    ),
    timeline.Resubmitted: Move(
        change=sending.resubmitted,
        noun="A second sending",
        fits=frozenset({"declined"}),
        said_by="sender",
        moves_status=True,
    ),
    timeline.Amended: Move(change=sending.amended, noun="A change of the request", fits=OPEN, said_by="sender"),
    timeline.Attached: Move(change=sending.beside, noun="A file", fits=ANYWHERE, is_anyones=True),
    timeline.Noted: Move(change=sending.beside, noun="A note", fits=ANYWHERE, is_anyones=True),
    timeline.Assigned: Move(change=sending.beside, noun="An owner", fits=ANYWHERE, is_anyones=True),
    timeline.ContactAttempted: Move(change=visits.contact_attempted, noun="A call to the patient"),
    timeline.PatientAnswered: Move(change=visits.patient_answered, noun="A patient’s answer"),
    timeline.Booked: Move(change=visits.booked, noun="A booking", fits=ACTIVE),
    timeline.Rescheduled: Move(change=visits.rescheduled, noun="The move of a visit", fits=ACTIVE),
    timeline.Cancelled: Move(change=visits.cancelled, noun="A cancelled visit"),
    timeline.Confirmed: Move(change=visits.confirmed, noun="A confirmed visit", fits=GOING_ON),
    timeline.Attended: Move(change=visits.attended, noun="A visit", fits=GOING_ON),
    timeline.NoShow: Move(change=visits.no_show, noun="A missed visit", fits=GOING_ON),
    timeline.ConsultCompleted: Move(
        change=results.consult_completed, noun="A consult", fits=GOING_ON, said_by="receiver"
    ),
    timeline.TreatmentProposed: Move(change=results.treatment_proposed, noun="A treatment plan", fits=TREATING),
    timeline.TreatmentAccepted: Move(change=results.treatment_accepted, noun="A yes to treatment", fits=TREATING),
    timeline.TreatmentDeclined: Move(change=results.treatment_declined, noun="A no to treatment", fits=TREATING),
    timeline.TreatmentScheduled: Move(change=visits.treatment_scheduled, noun="A treatment booking", fits=TREATING),
    timeline.TreatmentCompleted: Move(change=results.treatment_completed, noun="A treatment", fits=TREATING),
    timeline.SpecimenTaken: Move(change=results.specimen_taken, noun="A specimen"),
    timeline.ResultReceived: Move(change=results.result_received, noun="A pathology result"),
    timeline.ReportSent: Move(change=results.report_sent, noun="A report", said_by="receiver"),
    timeline.ReportReceived: Move(change=results.report_received, noun="The receipt of a report"),
    timeline.ReportRead: Move(change=results.report_read, noun="The reading of a report", said_by="sender"),
    timeline.PostOpConcluded: Move(change=results.post_op_concluded, noun="The end of healing", fits=TREATING),
    timeline.ReturnedToReferrer: Move(change=results.returned_to_referrer, noun="A return", fits=TREATING),
    timeline.CancellationRequested: Move(
        change=sending.cancellation_requested,
        noun="A request to cancel",
        fits=GOING_ON,
        said_by="sender",
        moves_status=True,
    ),
    timeline.Closed: Move(change=sending.closed, noun="An ending", fits=ANYWHERE),
    timeline.Reopened: Move(
        change=sending.reopened,
        noun="A reopening",
        fits=frozenset({"closed", "cancellation_requested", "declined"}),
    ),
}
RANK: dict[type[timeline.Kind], int] = {kind: rank for rank, kind in enumerate(MOVES)}

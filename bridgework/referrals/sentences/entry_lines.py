"""One plain line of the timeline for every kind."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from bridgework.referrals import timeline
from bridgework.referrals.envelope import Entry
from bridgework.referrals.sentences.words import (
    CONTACT_WORDS,
    DECLINE_WORDS,
    OUTCOME_WORDS,
    Names,
    by_channel,
    date_words,
)
from bridgework.referrals.timeline import Side


class _Line:
    """What the words of one line depend on: who reads, and who said it."""

    def __init__(self, entry: Entry, viewer_side: Side, names: Names) -> None:
        self.names = names
        self.patient = names.patient or "The patient"
        self.is_sender = viewer_side == "sender"
        self.is_own = entry.organization_id is not None and entry.organization_id == names.viewer
        self.office = names.offices.get(entry.organization_id, "") if entry.organization_id else ""

    def said(self, own: str, theirs: str) -> str:
        """Choose the line of the office itself, or that of somebody else with the office's name in front."""
        if self.is_own or not self.office:
            return own
        return f"{self.office} {theirs}"

    def called(self, organization: UUID | None, otherwise: str) -> str:
        """Name an organization."""
        return (self.names.offices.get(organization) if organization else None) or otherwise

    def at(self, moment: Any) -> str:
        return date_words(moment, self.names.zone)


def sentence(entry: Entry, viewer_side: Side, names: Names) -> str:
    """Say in one plain line, without a full stop, what an entry means to the side that reads it."""
    words = LINES[type(entry.body)](_Line(entry, viewer_side, names), entry.body)
    return words[:1].upper() + words[1:]


def _sent(line: _Line, body: timeline.Sent) -> str:
    if line.is_sender:
        return f"Referral sent to {line.called(body.to_organization, line.names.receiver)}{by_channel(body.channel)}"
    return f"Referral from {line.called(body.from_organization, line.names.sender)}{by_channel(body.channel)}"


def _redirected(line: _Line, body: timeline.Redirected) -> str:
    return f"Passed on to {line.called(body.to_organization, 'another office')}{_because(body.reason or body.note)}"


def _amended(line: _Line, body: timeline.Amended) -> str:
    named = ("specialty", "procedure", "urgency", "reason", "teeth", "answers")
    changed = [name for name in named if getattr(body.changes, name) is not None]
    what = f": {', '.join(changed)}" if changed else ""
    return line.said(f"Request changed{what}", f"changed the request{what}") + _because(body.note)


def _declined(line: _Line, body: timeline.Declined) -> str:
    why = body.note or DECLINE_WORDS[body.reason]
    return line.said("Declined", "declined the referral") + _because(why)


def _accepted(line: _Line, body: timeline.Accepted) -> str:
    who = f" for {body.provider_name}" if body.provider_name else ""
    return line.said(f"Accepted{who}", f"accepted the referral{who}") + _because(body.note)


def _contact(line: _Line, body: timeline.ContactAttempted) -> str:
    return f"{line.patient}: {CONTACT_WORDS[body.outcome]}{by_channel(body.channel)}{_because(body.note)}"


def _answered(line: _Line, body: timeline.PatientAnswered) -> str:
    what = f": “{body.summary}”" if body.summary else ""
    return f"{line.patient} answered{by_channel(body.channel)}{what}"


def _booked(line: _Line, body: timeline.Booked | timeline.TreatmentScheduled) -> str:
    what = "Treatment" if isinstance(body, timeline.TreatmentScheduled) else _visit(body)
    who = f" with {body.provider_name}" if body.provider_name else ""
    by = {"sender": ", before leaving the referring office", "patient": f", by {line.patient}"}
    how = by.get(body.booked_by, "") if isinstance(body, timeline.Booked) else ""
    return f"{what} booked for {line.at(body.starts_at)}{who}{how}"


def _rescheduled(line: _Line, body: timeline.Rescheduled) -> str:
    return f"{_visit(body)} moved to {line.at(body.starts_at)}{_by(line, body.by)}{_because(body.reason)}"


def _cancelled(line: _Line, body: timeline.Cancelled) -> str:
    return f"{_visit(body)} called off{_by(line, body.by)}{_because(body.reason)}"


def _attended(line: _Line, body: timeline.Attended) -> str:
    return f"{line.patient} came{' for treatment' if body.visit == 'treatment' else ''}" + (
        " without an appointment" if body.walk_in else ""
    )


def _consult(line: _Line, body: timeline.ConsultCompleted) -> str:
    return _after("Consult completed", body.findings, body.recommendation)


def _report(line: _Line, body: timeline.ReportSent) -> str:
    what = body.title or ("Report" if body.is_final else "Interim report")
    return f"{what} {'from' if line.is_sender else 'sent to'} {_other(line)}{by_channel(body.channel)}"


def _other(line: _Line) -> str:
    return line.names.receiver if line.is_sender else line.names.sender


def _closed(line: _Line, body: timeline.Closed) -> str:
    return f"Closed: {OUTCOME_WORDS[body.outcome]}{_because(body.note)}"


def _attached(line: _Line, body: timeline.Attached) -> str:
    return line.said(f"Added {', '.join(body.titles)}", f"added {', '.join(body.titles)}")


def _corrected(line: _Line, body: timeline.Corrected) -> str:
    what = "An earlier line was taken back" if body.action == "retract" else "An earlier line was corrected"
    return what + _because(body.reason)


def _visit(body: timeline.Booked | timeline.Rescheduled | timeline.Cancelled) -> str:
    return "Treatment" if body.visit == "treatment" else "Consult"


def _by(line: _Line, who: str) -> str:
    return f" by {line.patient}" if who == "patient" else ""


def _because(text: str) -> str:
    return f": {text}" if text else ""


def _after(head: str, *parts: str) -> str:
    """Put what was said behind the headline, one sentence each."""
    return " ".join([f"{head}." if any(parts) else head, *(part for part in parts if part)])


LINES: dict[type[timeline.Kind], Callable[[_Line, Any], str]] = {
    timeline.Drafted: lambda line, body: "Draft begun",
    timeline.Sent: _sent,
    timeline.Delivered: lambda line, body: f"Delivered{by_channel(body.channel)}",
    timeline.Opened: lambda line, body: f"Opened by {line.names.receiver}" if line.is_sender else "Opened",
    timeline.Received: lambda line, body: line.said("Received", "received the referral"),
    timeline.Resubmitted: lambda line, body: f"Sent to {line.names.receiver} again{_because(body.note)}",
    timeline.Redirected: _redirected,
    timeline.Amended: _amended,
    timeline.CancellationRequested: lambda line, body: (
        line.said("Asked to cancel", "asks to cancel") + _because(body.reason)
    ),
    timeline.Accepted: _accepted,
    timeline.MoreInformationAsked: lambda line, body: line.said("Asked", "asks") + f": “{body.question}”",
    timeline.MoreInformationGiven: lambda line, body: line.said("Answered", "answered") + _because(body.answer),
    timeline.Declined: _declined,
    timeline.ContactAttempted: _contact,
    timeline.PatientAnswered: _answered,
    timeline.Booked: _booked,
    timeline.Rescheduled: _rescheduled,
    timeline.Cancelled: _cancelled,
    timeline.Confirmed: lambda line, body: f"{line.patient} confirmed{by_channel(body.channel)}",
    timeline.Attended: _attended,
    timeline.NoShow: lambda line, body: f"{line.patient} did not come",
    timeline.ConsultCompleted: _consult,
    timeline.ReportSent: _report,
    timeline.ReportReceived: lambda line, body: (
        f"Report arrived{by_channel(body.channel)}" if line.is_sender else f"Report arrived at {line.names.sender}"
    ),
    timeline.ReportRead: lambda line, body: "Report read" if line.is_sender else f"{line.names.sender} read the report",
    timeline.TreatmentProposed: lambda line, body: f"Treatment proposed{_because(body.plan)}",
    timeline.TreatmentAccepted: lambda line, body: f"{line.patient} accepted the treatment plan{_because(body.note)}",
    timeline.TreatmentDeclined: lambda line, body: f"{line.patient} declined the treatment{_because(body.reason)}",
    timeline.TreatmentScheduled: _booked,
    timeline.TreatmentCompleted: lambda line, body: _after("Treatment completed", body.summary),
    timeline.PostOpConcluded: lambda line, body: _after("Healing is over", body.summary),
    timeline.SpecimenTaken: lambda line, body: f"Specimen sent to pathology{_because(body.site)}",
    timeline.ResultReceived: lambda line, body: _after("Pathology result received", body.summary),
    timeline.ReturnedToReferrer: lambda line, body: f"Back with {line.names.sender}{_because(body.next_step)}",
    timeline.Closed: _closed,
    timeline.Reopened: lambda line, body: f"Reopened{_because(body.reason)}",
    timeline.Noted: lambda line, body: body.text,
    timeline.Attached: _attached,
    timeline.Assigned: lambda line, body: f"Assigned to {body.user_name or 'nobody'}",
    timeline.Corrected: _corrected,
}

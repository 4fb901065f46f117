"""Which action records what: the demo's last weeks go through the product's own verbs, one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from bridgework.referrals import actions, timeline
from bridgework.referrals.actions import Telling
from bridgework.referrals.timeline import Kind

# The entry that a step becomes -> the action that records it.
ACTS: Mapping[type[Kind], Callable[[UUID, Telling, Any], object]] = {
    timeline.Accepted: lambda key, told, body: actions.accept(
        referral_id=key, telling=told, provider_name=body.provider_name, note=body.note
    ),
    timeline.MoreInformationAsked: lambda key, told, body: actions.ask_for_more(
        referral_id=key, telling=told, question=body.question
    ),
    timeline.MoreInformationGiven: lambda key, told, body: actions.give_more(
        referral_id=key, telling=told, answer=body.answer
    ),
    timeline.Declined: lambda key, told, body: actions.decline(
        referral_id=key, telling=told, reason=body.reason, note=body.note
    ),
    timeline.Amended: lambda key, told, body: actions.amend(
        referral_id=key, telling=told, changes=body.changes, note=body.note
    ),
    timeline.ContactAttempted: lambda key, told, body: actions.record_contact_attempt(
        referral_id=key, telling=told, attempt=body
    ),
    timeline.PatientAnswered: lambda key, told, body: actions.record_answer(
        referral_id=key, telling=told, channel=body.channel, summary=body.summary
    ),
    timeline.Booked: lambda key, told, body: actions.book(referral_id=key, telling=told, booking=body),
    timeline.Rescheduled: lambda key, told, body: actions.reschedule(referral_id=key, telling=told, move=body),
    timeline.Confirmed: lambda key, told, body: actions.confirm(referral_id=key, telling=told, channel=body.channel),
    timeline.Attended: lambda key, told, body: actions.record_attended(
        referral_id=key, telling=told, walk_in=body.walk_in
    ),
    timeline.NoShow: lambda key, told, body: actions.record_no_show(referral_id=key, telling=told),
    timeline.ConsultCompleted: lambda key, told, body: actions.complete_consult(
        referral_id=key, telling=told, note=body
    ),
    timeline.ReportSent: lambda key, told, body: actions.send_report(referral_id=key, telling=told, report=body),
    timeline.ReportReceived: lambda key, told, body: actions.receive_report(
        referral_id=key, telling=told, channel=body.channel
    ),
    timeline.ReportRead: lambda key, told, body: actions.read_report(referral_id=key, telling=told),
    timeline.TreatmentProposed: lambda key, told, body: actions.propose_treatment(
        referral_id=key, telling=told, plan=body.plan
    ),
    timeline.TreatmentAccepted: lambda key, told, body: actions.accept_treatment(referral_id=key, telling=told),
    timeline.TreatmentDeclined: lambda key, told, body: actions.decline_treatment(
        referral_id=key, telling=told, reason=body.reason
    ),
    timeline.TreatmentScheduled: lambda key, told, body: actions.schedule_treatment(
        referral_id=key, telling=told, booking=body
    ),
    timeline.TreatmentCompleted: lambda key, told, body: actions.complete_treatment(
        referral_id=key, telling=told, summary=body.summary
    ),
    timeline.PostOpConcluded: lambda key, told, body: actions.conclude_post_op(
        referral_id=key, telling=told, summary=body.summary
    ),
    timeline.Closed: lambda key, told, body: actions.close(
        referral_id=key, telling=told, outcome=body.outcome, note=body.note
    ),
    timeline.Noted: lambda key, told, body: actions.note(
        referral_id=key, telling=told, text=body.text, is_private=True
    ),
}

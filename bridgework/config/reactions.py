"""Who answers what. The one table: a fact or kind of entry, and the functions that answer it.

They run in this order, in the transaction of the action, once for every organization that takes part, under its own
viewer. They only write rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bridgework.correspondence import notices as offices
from bridgework.deliveries.facts import DeliveryFailed, DeliverySettled, DeliveryUncertain, MessageReceived
from bridgework.outreach import notices as patients
from bridgework.outreach import replies
from bridgework.referrals import reactions as referrals
from bridgework.referrals import timeline
from bridgework.worklist import deliveries as messages
from bridgework.worklist import reactions as worklist

Reactions = tuple[Callable[..., None], ...]

# After every entry of the timeline, before what the kind itself asks for.
EVERY_ENTRY: Reactions = (worklist.put_away_clock_tasks, worklist.ask_when_it_does_not_fit)

ENTRIES: Mapping[type[object], Reactions] = {
    timeline.Sent: (
        referrals.receive_by_portal,
        offices.tell_other_office,
        offices.ask_to_hand_over,
        patients.tell_patient_it_was_sent,
    ),
    timeline.Received: (offices.put_away_hand_over,),
    timeline.Redirected: (
        referrals.hand_packet_on,
        referrals.receive_by_portal,
        offices.tell_other_office,
        offices.ask_to_hand_over,
        patients.tell_patient_it_was_sent,
    ),
    timeline.Resubmitted: (offices.tell_other_office,),
    timeline.Accepted: (offices.tell_other_office,),
    timeline.MoreInformationAsked: (offices.tell_other_office,),
    timeline.MoreInformationGiven: (offices.tell_other_office,),
    timeline.Declined: (offices.tell_other_office,),
    timeline.Booked: (offices.tell_other_office, patients.tell_patient_the_visit),
    timeline.Rescheduled: (patients.tell_patient_the_visit,),
    timeline.NoShow: (offices.tell_other_office,),
    timeline.ConsultCompleted: (offices.send_report_from_note,),
    timeline.ReportSent: (offices.receive_report_by_portal, offices.tell_other_office),
    timeline.TreatmentScheduled: (offices.tell_other_office,),
    timeline.TreatmentCompleted: (offices.tell_other_office,),
    timeline.PostOpConcluded: (offices.tell_other_office,),
    timeline.CancellationRequested: (offices.tell_other_office,),
    timeline.Closed: (offices.tell_other_office,),
    timeline.Reopened: (offices.tell_other_office,),
}

REACTIONS: Mapping[type[object], Reactions] = {
    **{kind: EVERY_ENTRY + ENTRIES.get(kind, ()) for kind in timeline.KINDS.values()},
    MessageReceived: (replies.hand_to_person,),
    DeliveryUncertain: (messages.ask_whether_it_arrived,),
    DeliveryFailed: (messages.ask_to_reach_them_otherwise,),
    DeliverySettled: (messages.put_away_when_known,),
}

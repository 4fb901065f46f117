"""Everything that may be done to a referral, as verbs of the desk: `actions.accept(referral_id=…, telling=…)`.

Each takes `telling` (who tells it, when, perhaps how long ago, and a key that makes a repeat harmless), returns the
entry it recorded, and raises `Refused` with one sentence, or `NoSuchReferral`.
"""

from bridgework.referrals.actions.answering import accept as accept
from bridgework.referrals.actions.answering import ask_for_more as ask_for_more
from bridgework.referrals.actions.answering import decline as decline
from bridgework.referrals.actions.answering import give_more as give_more
from bridgework.referrals.actions.answering import receive as receive
from bridgework.referrals.actions.answering import redirect as redirect
from bridgework.referrals.actions.answering import resubmit as resubmit
from bridgework.referrals.actions.consult import accept_treatment as accept_treatment
from bridgework.referrals.actions.consult import complete_consult as complete_consult
from bridgework.referrals.actions.consult import complete_treatment as complete_treatment
from bridgework.referrals.actions.consult import conclude_post_op as conclude_post_op
from bridgework.referrals.actions.consult import decline_treatment as decline_treatment
from bridgework.referrals.actions.consult import propose_treatment as propose_treatment
from bridgework.referrals.actions.consult import read_report as read_report
from bridgework.referrals.actions.consult import receive_report as receive_report
from bridgework.referrals.actions.consult import schedule_treatment as schedule_treatment
from bridgework.referrals.actions.consult import send_report as send_report
from bridgework.referrals.actions.drafts import attach_to_draft as attach_to_draft
from bridgework.referrals.actions.drafts import begin_draft as begin_draft
from bridgework.referrals.actions.drafts import detach_from_draft as detach_from_draft
from bridgework.referrals.actions.drafts import discard_draft as discard_draft
from bridgework.referrals.actions.drafts import save_draft as save_draft
from bridgework.referrals.actions.ending import amend as amend
from bridgework.referrals.actions.ending import close as close
from bridgework.referrals.actions.ending import confirm_cancellation as confirm_cancellation
from bridgework.referrals.actions.ending import correct as correct
from bridgework.referrals.actions.ending import recall as recall
from bridgework.referrals.actions.ending import reopen as reopen
from bridgework.referrals.actions.ending import request_cancellation as request_cancellation
from bridgework.referrals.actions.keeping import assign as assign
from bridgework.referrals.actions.keeping import attach as attach
from bridgework.referrals.actions.keeping import link_patient as link_patient
from bridgework.referrals.actions.keeping import note as note
from bridgework.referrals.actions.sending import Order as Order
from bridgework.referrals.actions.sending import PacketFile as PacketFile
from bridgework.referrals.actions.sending import Receiver as Receiver
from bridgework.referrals.actions.sending import send as send
from bridgework.referrals.actions.visits import book as book
from bridgework.referrals.actions.visits import cancel_appointment as cancel_appointment
from bridgework.referrals.actions.visits import confirm as confirm
from bridgework.referrals.actions.visits import record_answer as record_answer
from bridgework.referrals.actions.visits import record_attended as record_attended
from bridgework.referrals.actions.visits import record_contact_attempt as record_contact_attempt
from bridgework.referrals.actions.visits import record_no_show as record_no_show
from bridgework.referrals.actions.visits import reschedule as reschedule
from bridgework.referrals.recording import Telling as Telling

"""The life of a referral: what is true now (`fold`), and what may be done next (`allowed`, `refusal`, `next_actions`)."""

from bridgework.referrals.lifecycle.fold import fold as fold
from bridgework.referrals.lifecycle.next_actions import next_actions as next_actions
from bridgework.referrals.lifecycle.standing import Appointment as Appointment
from bridgework.referrals.lifecycle.standing import Ball as Ball
from bridgework.referrals.lifecycle.standing import Contradiction as Contradiction
from bridgework.referrals.lifecycle.standing import Standing as Standing
from bridgework.referrals.lifecycle.standing import at_day as at_day
from bridgework.referrals.lifecycle.standing import side_of as side_of
from bridgework.referrals.lifecycle.table import LABELS as LABELS
from bridgework.referrals.lifecycle.table import allowed as allowed
from bridgework.referrals.lifecycle.table import bookable_visit as bookable_visit
from bridgework.referrals.lifecycle.table import closing_refusal as closing_refusal
from bridgework.referrals.lifecycle.table import is_closable_by_timer as is_closable_by_timer
from bridgework.referrals.lifecycle.table import overtaken as overtaken
from bridgework.referrals.lifecycle.table import refusal as refusal

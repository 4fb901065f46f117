"""The life of a referral: what is true now (`fold`), and what may be done next (`allowed`, `refusal`, `next_actions`)."""

from bridgework.referrals.lifecycle.standing import Appointment as Appointment
from bridgework.referrals.lifecycle.standing import Ball as Ball
from bridgework.referrals.lifecycle.standing import Contradiction as Contradiction
from bridgework.referrals.lifecycle.standing import Standing as Standing
from bridgework.referrals.lifecycle.standing import at_day as at_day
from bridgework.referrals.lifecycle.standing import side_of as side_of

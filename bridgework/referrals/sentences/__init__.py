"""Plain words for people: a line for each entry, a sentence for where a referral stands."""

from bridgework.referrals.sentences.entry_lines import sentence as sentence
from bridgework.referrals.sentences.standing_lines import OWES as OWES
from bridgework.referrals.sentences.standing_lines import PATIENT_DOES as PATIENT_DOES
from bridgework.referrals.sentences.standing_lines import standing_sentence as standing_sentence
from bridgework.referrals.sentences.standing_lines import who_owes as who_owes
from bridgework.referrals.sentences.words import CHANNEL_WORDS as CHANNEL_WORDS
from bridgework.referrals.sentences.words import CONTACT_WORDS as CONTACT_WORDS
from bridgework.referrals.sentences.words import DECLINE_WORDS as DECLINE_WORDS
from bridgework.referrals.sentences.words import OUTCOME_WORDS as OUTCOME_WORDS
from bridgework.referrals.sentences.words import Names as Names
from bridgework.referrals.sentences.words import clock_words as clock_words
from bridgework.referrals.sentences.words import date_words as date_words
from bridgework.referrals.sentences.words import day_words as day_words
from bridgework.referrals.sentences.words import moment_words as moment_words

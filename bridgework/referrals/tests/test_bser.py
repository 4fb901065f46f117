"""Every move of the BSeR state machine has a counterpart here.

Source: HL7 BSeR 2.0.0-ballot, the 34 transitions harmonised with IHE 360X, by their `tid`.
"""

import json
from typing import Any

import pytest

from bridgework.referrals import lifecycle, timeline
from bridgework.referrals.lifecycle import Standing
from bridgework.referrals.tests.story import BODIES, HARBOR, MAPLE, Story
from bridgework.referrals.timeline import Side
from tests.public_data import public_data

FINAL = "send_final_report"
SIDES: dict[str, Side] = {"initiator": "sender", "recipient": "receiver"}
# How a referral comes into the state that a move starts from.
WALKS = {
    "draft": (),
    "received": ("send", "receive"),
    "accepted": ("send", "accept"),
    "in-progress/5.1": ("send", "accept", "book"),
    "in-progress/5.1.1": ("send", "accept", "book"),
    "in-progress/5.1.2": ("send", "accept", "book", "record_no_show"),
    "in-progress/5.1.3": ("send", "accept", "book", "cancel_appointment"),
    "in-progress/5.1.4": ("send", "accept", "complete_consult", "send_report"),
    "in-progress/5.2": ("send", "accept", "request_cancellation"),
}
# An appointment can only be called off when there is one: here a second visit, booked before the interim note.
WALKS_OF_ONE_MOVE = {"27": ("send", "accept", "complete_consult", "book", "send_report")}
# What a trigger is called here. A note about the consult is written and sent in one go, and is itself the visit.
ACTIONS = {
    "Send Referral Package": ("send",),
    "Send Acceptance": ("accept",),
    "Send Decline": ("decline",),
    "Send Cancelation Request": ("request_cancellation",),
    "Send Cancelation Confirmation": ("confirm_cancellation",),
    "Send Schedule Visit Information": ("book",),
    "Send rescheduled visit information": ("reschedule",),
    "Send No Show Information": ("record_no_show",),
    "Send appointment cancel": ("cancel_appointment",),
    "Send Interim Consultation Note": ("complete_consult", "send_report"),
    "Send Referral Outcome": ("complete_consult", FINAL),
}


def bser_status(standing: Standing) -> str:
    """Put a Standing into a BSeR business status; the latest event of an accepted referral decides."""
    if standing.status == "closed":
        return "7.0" if standing.outcome == "completed" else "6.0"
    if standing.status in ("draft", "declined", "cancellation_requested"):
        return {"draft": "draft", "declined": "4.0", "cancellation_requested": "5.2"}[standing.status]
    if standing.status != "accepted":
        return "2.0"
    events = {
        "5.1.1": standing.booked_at,
        "5.1.2": standing.no_show_at,
        "5.1.3": standing.appointment_cancelled_at,
        "7.0" if standing.is_report_final else "5.1.4": standing.report_sent_at,
    }
    happened = [(at, code) for code, at in events.items() if at is not None]
    return max(happened)[1] if happened else "3.0"


def take(story: Story, action: str, side: Side) -> None:
    name = "send_report" if action == FINAL else action
    assert lifecycle.refusal(name, story.standing, side) is None
    body = timeline.ReportSent(is_final=True) if action == FINAL else BODIES[name](story.standing, story.at)
    story.says(MAPLE if side == "sender" else HARBOR, body)


def walked(move: dict[str, Any]) -> Story:
    story = Story()
    story.says(MAPLE, timeline.Drafted())
    for action in WALKS_OF_ONE_MOVE.get(move["tid"], WALKS[move["from"]]):
        take(story, action, "sender" if action in ("send", "request_cancellation") else "receiver")
    return story


def moves() -> list[dict[str, Any]]:
    published = json.loads(public_data("bser", "state-transitions.json").read_text())
    return list(published["transitions"])


@pytest.mark.parametrize("number", range(34))
def test_every_published_move_can_be_made_here(number: int) -> None:
    move = moves()[number]
    story = walked(move)
    start = {"received": "2.0", "accepted": "3.0"}.get(move["from"], move["from"].removeprefix("in-progress/"))
    assert bser_status(story.standing).startswith(start)
    for action in ACTIONS[move["trigger"]]:
        take(story, action, SIDES[move["actor"]])
    assert bser_status(story.standing).startswith(move["businessStatus"])
    assert story.sentences == []


def test_there_are_no_other_published_moves() -> None:
    assert len(moves()) == 34


def test_an_ended_referral_takes_no_move_but_can_be_reopened() -> None:
    for ending in (("decline",), ("request_cancellation", "confirm_cancellation")):
        story = Story().starts("send").starts("accept")
        for action in ending:
            story.starts(action)
        standing = story.standing
        assert bser_status(standing) in ("4.0", "6.0")
        steps = {step for trigger in ACTIONS.values() for step in trigger} - {FINAL}
        still = {(step, side) for step in steps for side in SIDES.values() if step in lifecycle.allowed(standing, side)}
        assert still <= {("accept", "receiver")}
        assert {"reopen", "resubmit"} & lifecycle.allowed(standing, "sender")

"""Random walks through the table of actions: whatever people do in turn, the timeline stays free of contradictions."""

from datetime import datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bridgework.referrals import lifecycle, timeline
from bridgework.referrals.lifecycle import Standing
from bridgework.referrals.lifecycle.next_actions import _LEADING
from bridgework.referrals.tests.story import BODIES, MAPLE, Story, sent

SIDES: tuple[timeline.Side, ...] = ("sender", "receiver")
VISITED = (timeline.Attended, timeline.ConsultCompleted, timeline.TreatmentCompleted)
HAVING = (timeline.ReportReceived, timeline.ReportRead)


class Walk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.story = Story()
        self.story.says(MAPLE, timeline.Drafted())

    @property
    def standing(self) -> Standing:
        return self.story.standing

    def take_one(self, data: st.DataObject, choices: list[tuple[timeline.Side, str]]) -> None:
        side, action = data.draw(st.sampled_from(choices))
        office = self.standing.sender if side == "sender" else self.standing.receiver
        hours = data.draw(st.sampled_from([0.1, 5, 30]))
        self.story.says(office, BODIES[action](self.standing, self.story.at), hours=hours)

    @rule(data=st.data())
    def anyone_starts_an_allowed_action(self, data: st.DataObject) -> None:
        self.take_one(data, [(side, action) for side in SIDES for action in self.allowed(side)])

    @rule(data=st.data())
    def whoever_has_the_ball_goes_on(self, data: st.DataObject) -> None:
        holder = self.standing.ball.holder
        side: timeline.Side = "sender" if holder == "sender" else "receiver"
        self.take_one(data, [(side, action) for action in self.allowed(side)[:2]])

    def allowed(self, side: timeline.Side) -> list[str]:
        beside = ("attach", "note", "assign", "correct")
        found = [action for action in lifecycle.next_actions(self.standing, side) if action not in beside]
        return found or ["note"]

    @precondition(lambda self: self.standing.status == "draft")
    @rule(channel=st.sampled_from(["portal", "fax"]))
    def it_is_sent(self, channel: str) -> None:
        self.story.says(MAPLE, sent(channel=channel))

    @invariant()
    def nothing_contradicts(self) -> None:
        assert self.story.sentences == []

    @invariant()
    def somebody_can_go_on_and_somebody_holds_the_ball(self) -> None:
        standing = self.standing
        assert any(lifecycle.allowed(standing, side) - {"note", "attach", "assign", "correct"} for side in SIDES)
        ball = standing.ball
        assert (ball.holder == "nobody") == (standing.status == "closed")
        assert bool(ball.owes) == (standing.status != "closed")
        assert isinstance(ball.since, datetime)
        assert ball.since <= self.story.at

    @invariant()
    def the_holder_can_do_what_is_owed(self) -> None:
        standing = self.standing
        if standing.ball.holder in SIDES:
            first = lifecycle.next_actions(standing, standing.ball.holder)[0]
            assert first in _LEADING[standing.ball.owes][standing.ball.holder]

    @invariant()
    def the_loop_is_closed_exactly_when_seen_and_reported(self) -> None:
        redirects = [n for n, entry in enumerate(self.story.entries) if isinstance(entry.body, timeline.Redirected)]
        with_this_office = self.story.entries[redirects[-1] if redirects else 0 :]
        seen = any(isinstance(entry.body, VISITED) for entry in with_this_office)
        has_report = any(isinstance(entry.body, HAVING) for entry in with_this_office)
        assert self.standing.is_loop_closed == (seen and has_report)
        assert (self.standing.loop_closed_at is not None) == self.standing.is_loop_closed


TestWalk = pytest.mark.slow(Walk.TestCase)
TestWalk.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)

"""The pretend phone: it sends to nobody, shows what was sent, and answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bridgework.access import viewer
from bridgework.channels.sandbox import door
from bridgework.channels.sandbox.transport import Sandbox
from bridgework.deliveries import actions, outbox, queries
from bridgework.deliveries.tests import pretend
from bridgework.deliveries.transport import Message
from bridgework.lib.ids import uuid7
from tests.cast import NOON, Cast

PHONE = {"channel": "sandbox", "address": "+15035550142"}


@pytest.fixture(autouse=True)
def _wired(settings):
    with pretend.wired(settings):
        pretend.CHANNELS["sandbox"] = Sandbox()  # type: ignore[assignment]
        yield


def test_what_is_sent_is_on_the_phone_and_the_answer_below_it(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        sent = actions.enqueue(pretend.a_message(**PHONE), at=NOON)
        assert queries.conversation(**PHONE) == ()
    outbox.work(cast.general.id, [sent.id], NOON)
    with viewer.acting(cast.general.id):
        for _ in range(2):  # the form posted twice
            door.reply(**PHONE, body=" Yes please ", reference="form-1", at=NOON + timedelta(minutes=1))
        lines = queries.conversation(**PHONE)
    assert [(line.is_ours, line.body) for line in lines] == [(True, "A referral has come."), (False, "Yes please")]


def test_it_takes_every_message_and_has_no_obstacle() -> None:
    sandbox = Sandbox()
    message = Message(reference=uuid7(), address="+1", recipient="E", subject="", body="x", language="en")
    assert sandbox.obstacle() == ""
    sandbox.send(message)

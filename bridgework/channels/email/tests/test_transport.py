"""E-mail against a real SMTP server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bridgework.channels.email import checks
from bridgework.channels.email.tests.smtp_server import Inbox, running
from bridgework.channels.email.transport import NOT_REACHED, Email, message_id
from bridgework.deliveries.transport import InDoubt, Message, PermanentFailure, TransientFailure
from bridgework.lib.ids import uuid7


@pytest.fixture
def inbox(settings: Any) -> Iterator[Inbox]:
    kept = Inbox()
    with running(kept) as server:
        settings.EMAIL_SERVER = server
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = server.host, server.port, 5
        settings.DEFAULT_FROM_EMAIL = "Maple Street <refer@maple.example.org>"
        yield kept


def a_message(**more: Any) -> Message:
    given = {"subject": "A referral", "body": "One referral has come.\n.\nSign in.", "address": "front@harbor.example"}
    return Message(reference=uuid7(), recipient="Harbor", language="en", **{**given, **more})


def test_a_message_arrives_as_it_was_written(inbox: Inbox) -> None:
    message = a_message(subject="Señora Núñez")
    Email().send(message)
    [taken] = inbox.messages
    assert inbox.senders == ["refer@maple.example.org"]
    assert taken["To"] == "front@harbor.example"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken.get_payload(decode=True).decode().splitlines() == message.body.splitlines()  # type: ignore[union-attr]
    assert "=?utf-8?" in taken["Subject"]


def test_every_attempt_bears_the_same_identifier(inbox: Inbox, settings: Any) -> None:
    settings.PUBLIC_URL = "https://refer.example.org:8443"
    message = a_message()
    Email().send(message)
    Email().send(message)
    assert inbox.ids == [f"<{message.reference}@refer.example.org>"] * 2 == [message_id(message.reference)] * 2


def test_a_line_break_in_the_subject_makes_no_header(inbox: Inbox) -> None:
    Email().send(a_message(subject="Hello\r\nBcc: everyone@example.org"))
    [taken] = inbox.messages
    assert taken["Subject"] == "Hello Bcc: everyone@example.org"
    assert taken["Bcc"] is None


@pytest.mark.parametrize("address", ["", "nobody", "a@b\r\nRCPT TO:<c@d.example>", "+15035550120"])
def test_an_address_that_is_none_fails_for_good_without_asking_the_server(inbox: Inbox, address: str) -> None:
    with pytest.raises(PermanentFailure):
        Email().send(a_message(address=address))
    assert inbox.messages == []


@pytest.mark.parametrize(
    ("answer", "failure"),
    [("550 No such mailbox", PermanentFailure), ("450 Mailbox busy", TransientFailure)],
)
def test_what_the_server_says_of_the_recipient_decides(inbox: Inbox, answer: str, failure: type[Exception]) -> None:
    inbox.at_rcpt = lambda address: answer
    with pytest.raises(failure, match=answer[4:]):
        Email().send(a_message())


@pytest.mark.parametrize(
    ("answer", "failure"),
    [("554 Spam", PermanentFailure), ("452 Disk full", TransientFailure)],
)
def test_what_the_server_says_of_the_text_decides(inbox: Inbox, answer: str, failure: type[Exception]) -> None:
    inbox.at_data = lambda server: answer
    with pytest.raises(failure, match=answer[4:]):
        Email().send(a_message())


def test_a_line_that_breaks_after_the_text_was_handed_over_is_a_doubt(inbox: Inbox) -> None:
    def hang_up(server: Any) -> str:
        server.transport.abort()
        return "250 OK"

    inbox.at_data = hang_up
    with pytest.raises(InDoubt):
        Email().send(a_message())


def test_a_server_that_is_not_there_is_a_temporary_failure(inbox: Inbox, settings: Any) -> None:
    settings.EMAIL_PORT = 9  # discard: nobody listens
    with pytest.raises(TransientFailure, match=NOT_REACHED):
        Email().send(a_message())
    assert "does not answer" in checks.server_fault()


def test_without_a_server_e_mail_waits(settings: Any) -> None:
    settings.EMAIL_SERVER = None
    assert Email().obstacle() == checks.NO_SERVER == checks.server_fault()


def test_a_server_that_answers_is_no_obstacle(inbox: Inbox) -> None:
    assert Email().obstacle() == checks.server_fault() == ""

"""E-mail by the installation's SMTP server."""

from __future__ import annotations

import contextlib
import smtplib
from collections.abc import Iterator
from typing import NoReturn
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from bridgework.channels.email import checks
from bridgework.deliveries.transport import InDoubt, Message, PermanentFailure, TransientFailure

NOT_REACHED = "The e-mail server could not be reached."
BROKE_OFF = "The e-mail server broke off after the message was handed over, so nobody knows whether it arrived."
REFUSED_FOR_GOOD = range(500, 600)  # RFC 5321 section 4.2.1: permanent negative completion


class Email:
    """Sends one message a connection.

    The three phases of SMTP fail differently: until the recipient is accepted nothing has been sent; once the text is
    on its way (RFC 5321 section 4.1.1.4) only the server's answer tells, and without one it is a doubt.
    """

    batch = 1  # marking one costs less than sending one, so a crash leaves at most one in doubt

    def obstacle(self) -> str:
        """Say that no server is set, if so."""
        return checks.obstacle()

    def send(self, message: Message) -> None:
        """Hand the message to the server, under an identifier that is the same at every attempt."""
        letter = _letter(message)
        with _server() as server:
            _address(server, str(letter.from_email), message.address)
            _hand_over(server, letter.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]


def message_id(reference: UUID) -> str:
    """Make the Message-ID of a delivery (RFC 5322 section 3.6.4): always the same for the same delivery."""
    return f"<{reference}@{urlsplit(settings.PUBLIC_URL).hostname}>"


def _letter(message: Message) -> EmailMessage:
    """Compose the e-mail; line breaks in what becomes a header are spaces."""
    if fault := checks.address_fault(message.address):
        raise PermanentFailure(fault)
    headers = {
        "Message-ID": message_id(message.reference),
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday answers
        "Content-Language": message.language,
    }
    subject = " ".join(message.subject.split())
    return EmailMessage(subject, message.body, settings.DEFAULT_FROM_EMAIL, [message.address], headers=headers)


@contextlib.contextmanager
def _server() -> Iterator[smtplib.SMTP]:
    backend = EmailBackend()
    try:
        backend.open()
    except (OSError, smtplib.SMTPException) as problem:
        raise TransientFailure(f"{NOT_REACHED} ({type(problem).__name__})") from problem
    assert isinstance(backend.connection, smtplib.SMTP)
    try:
        yield backend.connection
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            backend.close()


def _address(server: smtplib.SMTP, sender: str, address: str) -> None:
    try:
        server.ehlo_or_helo_if_needed()
        for code, answer in (server.mail(sender), server.rcpt(address)):
            if code not in (250, 251):  # RFC 5321 section 3.4: 251 is "will forward"
                _refused(code, answer)
    except (OSError, smtplib.SMTPException) as problem:
        raise TransientFailure(f"{NOT_REACHED} ({type(problem).__name__})") from problem


def _hand_over(server: smtplib.SMTP, text: bytes) -> None:
    try:
        code, answer = server.data(text)
    except smtplib.SMTPResponseException as problem:  # it did not want the text
        _refused(problem.smtp_code, problem.smtp_error)
    except (OSError, smtplib.SMTPServerDisconnected) as problem:
        raise InDoubt(BROKE_OFF) from problem
    if code != 250:
        _refused(code, answer)


def _refused(code: int, answer: bytes | str) -> NoReturn:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    sentence = f"The e-mail server answered {code}: {' '.join(said.split())[:200]}"
    raise PermanentFailure(sentence) if code in REFUSED_FOR_GOOD else TransientFailure(sentence)

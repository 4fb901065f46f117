"""A real SMTP server on loopback that keeps what it takes and refuses what it is told to refuse."""

from __future__ import annotations

import email
from asyncio.base_events import Server
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from types import SimpleNamespace
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


class Inbox:
    """What the server took. `at_rcpt` and `at_data` answer in its place, or do worse."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.senders: list[str] = []
        self.at_rcpt: Callable[[str], str] = lambda address: OK
        self.at_data: Callable[[SMTP], str] = lambda server: OK

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.at_rcpt(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.at_data(server)
        if answer == OK:
            self.messages.append(email.message_from_bytes(envelope.original_content or b""))
            self.senders.append(envelope.mail_from or "")
        return answer

    @property
    def ids(self) -> list[str]:
        """The Message-ID of everything that was taken, in its order."""
        return [str(message["Message-ID"]) for message in self.messages]


class _Server(Controller):
    """Listens on the port that the system chooses; the controller knocks at it before it says that it has started."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running(inbox: Any) -> Iterator[SimpleNamespace]:
    """Run the server in a thread of its own."""
    controller = _Server(inbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield SimpleNamespace(host=controller.hostname, port=controller.port)
    finally:
        controller.stop(no_assert=True)

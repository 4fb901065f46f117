"""What must be so before e-mail can leave."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email

NO_SERVER = "No e-mail server is set (BRIDGEWORK_EMAIL_URL), so e-mail waits."


def obstacle() -> str:
    """Say why no e-mail can be sent at all; an empty string when a server is set."""
    return "" if settings.EMAIL_SERVER is not None else NO_SERVER


def address_fault(address: str) -> str:
    """Say what is wrong with an e-mail address, without asking anybody; an empty string when nothing is."""
    try:
        validate_email(address)
    except ValidationError:
        return "The e-mail address is not one."
    return ""


def server_fault() -> str:
    """Ask the server whether it is there and lets us in; an empty string when it does. For `doctor`."""
    if sentence := obstacle():
        return sentence
    backend = EmailBackend()
    try:
        backend.open()
        backend.close()
    except (OSError, smtplib.SMTPException) as problem:
        return f"The e-mail server does not answer as it should ({type(problem).__name__})."
    return ""

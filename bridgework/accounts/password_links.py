"""The link by which somebody who forgot their password chooses a new one."""

from __future__ import annotations

from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from bridgework.access import jobs
from bridgework.accounts.models import User

SEND = "send_password_link"  # the task of config/jobs.py that sends one

_SUBJECT = "Choose a new Bridgework password"
_TEXT = """\
Hello {name},

somebody, most likely you, forgot the password of your Bridgework account. Choose a new one here:

{link}

The link works once, for three days. If it was not you, leave it alone: your password stays as it is.
"""


def ask_for(user_id: UUID) -> None:
    """Have a link sent to a person by the worker; the job knows their id, and the link is nowhere stored."""
    jobs.enqueue(SEND, user_id=str(user_id))


def link_of(user: User) -> str:
    """Make a link at which a person chooses a password; it stops working with the next password or sign-in.

    It begins with the configured address, never with what a request calls this host.
    """
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return f"{settings.PUBLIC_URL}{reverse('account_reset_password_from_key', kwargs=parts)}"


def send(user_id: UUID) -> None:
    """Send a link to somebody who may sign in; raises what the mail server raises."""
    user = User.objects.filter(id=user_id, is_active=True).first()
    if user is not None:
        text = _TEXT.format(name=user.name, link=link_of(user))
        EmailMessage(_SUBJECT, text, to=[user.email], headers={"Auto-Submitted": "auto-generated"}).send()

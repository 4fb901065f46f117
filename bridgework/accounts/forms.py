"""The sign-in library's forms in our words: plain labels, no second label inside the field, one hint for a password."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django.forms import BaseForm

HINT = "At least 12 characters; three or four words do well"


class SignInForm(LoginForm):  # type: ignore[misc]
    """Who signs in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, login="Email", password="Password")  # noqa: S106


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]
    """Who forgot their password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, email="Email")


class ChosenForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """A password chosen by a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1="Password", password2="Password again")
        self.fields["password1"].help_text = HINT


class ChangedForm(ChangePasswordForm):  # type: ignore[misc]
    """A password changed by whoever knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, oldpassword="Present password", password1="New password", password2="New password again")
        self.fields["password1"].help_text = HINT


def _say(form: BaseForm, **labels: str) -> None:
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)

"""What the first person tells: their practice, where it is, who they are. The forms never save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from django import forms

from bridgework.accounts.first_run import FirstPerson
from bridgework.accounts.models import Role
from bridgework.lib.plain_text import Unfit
from bridgework.network.listing import Place
from bridgework.network.models import OrganizationKind
from bridgework.web.components.shapes import FormSection
from bridgework.web.network.forms import ZONES, PracticeForm

# Until somebody changes them under Settings.
OPENS, CLOSES, WEEKDAYS = time(8), time(17), range(5)


class WhereForm(forms.Form):
    """The town of the first office; the rest of the address can wait."""

    city = forms.CharField(label="Town", max_length=200)
    state = forms.CharField(label="State", max_length=40, required=False)
    zone = forms.ChoiceField(
        label="Time zone", choices=[("", "Choose"), *ZONES], help_text="Clocks and times of visits keep to it"
    )


class WhoForm(forms.Form):
    """The first person; the others are invited by them."""

    name = forms.CharField(label="Your name", max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.CharField(
        label="Email", max_length=254, help_text="You sign in with it",
        widget=forms.EmailInput({"autocomplete": "username"}),
    )  # fmt: skip
    password = forms.CharField(
        label="Password", strip=False, max_length=200, help_text="At least 12 characters; three or four words do well",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label="Password again", strip=False, max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip
    role = forms.ChoiceField(
        label="Who works here", widget=forms.RadioSelect, initial=Role.EVERYONE,
        choices=[(Role.EVERYONE, "One to three of us; each does everything"), (Role.ADMINISTRATOR, "More; I manage who may do what")],
    )  # fmt: skip

    def clean_again(self) -> str:
        """Refuse a password that was typed in two ways."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError("The two passwords are not the same.")
        return again


@dataclass(frozen=True)
class SetupForm:
    """The three parts of the page."""

    practice: PracticeForm
    where: WhereForm
    who: WhoForm

    def is_valid(self) -> bool:
        """Check every part, so that all mistakes are shown at once."""
        invalid = [part for part in (self.practice, self.where, self.who) if not part.is_valid()]
        given = self.practice.cleaned_data if self.practice not in invalid else {}
        if given.get("kind") == OrganizationKind.SPECIALIST and not given["specialty"]:
            self.practice.add_error("specialty", "Choose what you specialize in.")
        return not invalid and not self.practice.errors

    def sections(self) -> tuple[FormSection, ...]:
        """Give the parts as the page shows them."""
        return (
            FormSection("Your practice", self.practice),
            FormSection("Your office", self.where, "Open Monday to Friday, 8 to 5, until you change it.", "pair"),
            FormSection("You", self.who, layout="pair"),
        )

    def refuse(self, refusal: Unfit) -> None:
        """Show why something was refused beside the field it belongs to."""
        part = next((part for part in (self.who, self.where, self.practice) if refusal.field in part.fields), None)
        if part is not None:
            part.add_error(refusal.field, refusal.sentence)
        else:
            self.practice.add_error(None, refusal.sentence)

    def place(self) -> Place:
        """Give the first office, named like the practice. Call after `is_valid`."""
        given = self.where.cleaned_data
        hours = {day: [(OPENS, CLOSES)] for day in WEEKDAYS}
        name = self.practice.cleaned_data["name"]
        return Place(name=name, city=given["city"], state=given["state"], zone=given["zone"], weekly_hours=hours)

    def person(self) -> FirstPerson:
        """Give the first person. Call after `is_valid`."""
        given = self.who.cleaned_data
        return FirstPerson(**{name: given[name] for name in ("email", "name", "password", "role")})


def setup_form(data: Mapping[str, str] | None) -> SetupForm:
    """Make the form; the parts' fields are told apart by their prefix."""
    return SetupForm(
        PracticeForm(data, prefix="practice"), WhereForm(data, prefix="where"), WhoForm(data, prefix="who")
    )

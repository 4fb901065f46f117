"""What the first person tells: their practice, where it is, who they are. The form never saves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField

from bridgework.accounts.first_run import FirstPerson
from bridgework.accounts.models import Role
from bridgework.dentistry.specialties import SPECIALTIES
from bridgework.lib.plain_text import Unfit, required
from bridgework.network.listing import Place, Practice
from bridgework.network.models import OrganizationKind
from bridgework.web.network.forms import ZONES

# Until somebody changes them under Settings.
OPENS, CLOSES, WORKDAYS = time(8), time(17), range(5)


@dataclass(frozen=True)
class FieldGroup:
    """Fields under a heading."""

    title: str
    fields: tuple[BoundField, ...]
    hint: str = ""


def _line(label: str, *, most: int = 200, hint: str = "", fills: str = "", required: bool = True) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": fills} if fills else {})
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=widget)


def _secret(label: str, hint: str = "") -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, max_length=200, help_text=hint, widget=widget)


class SetupForm(forms.Form):
    """Everything that the first page asks."""

    practice = _line("Name of the practice", fills="organization")
    kind = forms.ChoiceField(
        label="Kind", choices=OrganizationKind.choices, widget=forms.RadioSelect, initial=OrganizationKind.GENERAL
    )
    specialty = forms.ChoiceField(
        label="Specialty", required=False, help_text="Of a specialist",
        choices=[("", "None"), *((key, one.label) for key, one in SPECIALTIES.items())],
    )  # fmt: skip
    city = _line("Town", fills="address-level2")
    state = _line("State", most=40, fills="address-level1", required=False)
    zone = forms.ChoiceField(
        label="Time zone", choices=[("", "Choose"), *ZONES], help_text="Clocks and times of visits keep to it"
    )
    name = _line("Your name", fills="name")
    email = _line("Email", most=254, hint="You sign in with it", fills="username")
    password = _secret("Password", "At least 12 characters; three or four words do well")
    again = _secret("Password again")
    role = forms.ChoiceField(
        label="Who works here", widget=forms.RadioSelect, initial=Role.EVERYONE,
        choices=[
            (Role.EVERYONE, "One to three of us; each does everything"),
            (Role.ADMINISTRATOR, "More; I manage who may do what"),
        ],
    )  # fmt: skip

    def clean_practice(self) -> str:
        """Refuse a name of which nothing can be seen."""
        try:
            return required(self.cleaned_data["practice"], field="name")
        except Unfit as wrong:
            raise forms.ValidationError(wrong.sentence) from wrong

    def clean(self) -> dict[str, Any]:
        """Compare what belongs together."""
        given = self.cleaned_data
        if given.get("kind") == OrganizationKind.SPECIALIST and not given.get("specialty"):
            self.add_error("specialty", "Choose what you specialize in.")
        if "password" in given and "again" in given and given["password"] != given["again"]:
            self.add_error("again", "The two passwords are not the same.")
        return given

    def groups(self) -> tuple[FieldGroup, ...]:
        """Give the fields as the page shows them."""
        return (
            FieldGroup("Your practice", self._bound("practice", "kind", "specialty")),
            FieldGroup(
                "Your office",
                self._bound("city", "state", "zone"),
                "Open Monday to Friday, 8 to 5, until you change it.",
            ),
            FieldGroup("You", self._bound("name", "email", "password", "again", "role")),
        )

    def refuse(self, refusal: Unfit) -> None:
        """Show why something was refused beside the field it belongs to."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    def practice_given(self) -> Practice:
        """Give the practice. Call after `is_valid`."""
        given = self.cleaned_data
        specialty = given["specialty"] if given["kind"] == OrganizationKind.SPECIALIST else ""
        return Practice(name=given["practice"], kind=given["kind"], specialty=specialty)

    def place_given(self) -> Place:
        """Give the first office, named like the practice. Call after `is_valid`."""
        given = self.cleaned_data
        hours = {day: [(OPENS, CLOSES)] for day in WORKDAYS}
        address = {name: given[name] for name in ("city", "state", "zone")}
        return Place(name=given["practice"], weekly_hours=hours, **address)

    def person_given(self) -> FirstPerson:
        """Give the first person. Call after `is_valid`."""
        return FirstPerson(**{name: self.cleaned_data[name] for name in ("email", "name", "password", "role")})

    def _bound(self, *names: str) -> tuple[BoundField, ...]:
        return tuple(self[name] for name in names)

"""The forms of settings: a person and their role. They never save."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import forms

from bridgework.accounts.models import Role
from bridgework.network import queries as network


class RoleForm(forms.Form):
    """What a person does, and where they sit."""

    role = forms.ChoiceField(label="Role", choices=Role.choices)
    office = forms.ChoiceField(label="Office", required=False)

    def __init__(self, data: Mapping[str, str] | None = None, **more: object) -> None:
        super().__init__(data, **more)  # type: ignore[arg-type]
        offices = [(str(office.id), office.name) for office in network.own_offices() if office.is_open]
        self.fields["office"] = forms.ChoiceField(
            label="Office", required=False, choices=[("", "Any of them"), *offices]
        )

    @property
    def office_id(self) -> UUID | None:
        """Give the office that was chosen. Call after `is_valid`."""
        chosen = self.cleaned_data["office"]
        return UUID(chosen) if chosen else None


class InviteForm(RoleForm):
    """A person who is to work here."""

    name = forms.CharField(label="Name", max_length=200)
    email = forms.CharField(label="Email", max_length=254, help_text="They sign in with it")
    field_order = ["name", "email", "role", "office"]

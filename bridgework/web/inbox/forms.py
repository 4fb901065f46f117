"""The proposed fields of an Inbox item as a form: what was read, to be corrected by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from bridgework.dentistry import teeth
from bridgework.dentistry.specialties import SPECIALTIES
from bridgework.dentistry.urgency import URGENCIES
from bridgework.intake.fields import Fields, PartyFields, PatientFields
from bridgework.lib import clock, phones
from bridgework.patients.particulars import OLDEST

# form field -> key of the confidence that `bridgework read` gives
KEYS = {
    "given": "patient.given",
    "family": "patient.family",
    "birth_date": "patient.birth_date",
    "sex": "patient.sex",
    "phones": "patient.phones",
    "emails": "patient.emails",
    "address": "patient.address",
    "provider": "referrer.provider",
    "npi": "referrer.npi",
    "office": "referrer.office",
    "office_phone": "referrer.phone",
    "recipient": "recipient.provider",
    "specialty": "specialty",
    "urgency": "urgency",
    "reason": "reason",
    "teeth": "teeth",
    "procedures": "procedures",
    "conditions": "conditions",
    "medications": "medications",
    "allergies": "allergies",
    "insurance": "insurance",
    "referred_date": "referred_date",
}
_SEXES = [("unknown", "Not said"), ("female", "Female"), ("male", "Male"), ("other", "Other")]


def _lines(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": 2}), help_text="One a line")


class ProposedForm(forms.Form):
    """Every field that was read, empty ones included, so that what is missing can be added."""

    given = forms.CharField(label="First name", required=False, max_length=100)
    family = forms.CharField(label="Last name", max_length=100)
    birth_date = forms.DateField(
        label="Birth date", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    sex = forms.ChoiceField(label="Sex", choices=_SEXES)
    phones = _lines("Phones")
    emails = _lines("Emails")
    address = forms.CharField(label="Address", required=False, max_length=300)
    provider = forms.CharField(label="Referring doctor", required=False, max_length=120)
    npi = forms.CharField(label="NPI of the doctor", required=False, max_length=20)
    office = forms.CharField(label="Referring office", required=False, max_length=120)
    office_phone = forms.CharField(label="Phone of the office", required=False, max_length=40)
    recipient = forms.CharField(label="Referred to", required=False, max_length=120)
    specialty = forms.ChoiceField(label="Specialty", choices=[(key, one.label) for key, one in SPECIALTIES.items()])
    urgency = forms.ChoiceField(
        label="How soon", choices=[("unknown", "Not said"), *((key, one.label) for key, one in URGENCIES.items())]
    )
    reason = forms.CharField(label="Reason", required=False, max_length=4000, widget=forms.Textarea({"rows": 3}))
    teeth = forms.CharField(label="Teeth", required=False, max_length=200)
    procedures = _lines("Procedures")
    conditions = _lines("Conditions")
    medications = _lines("Medications")
    allergies = _lines("Allergies")
    insurance = _lines("Insurance")
    referred_date = forms.DateField(
        label="Date of the referral", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, read: Fields, **more: Any) -> None:
        """`read` is what the document says: what it says wrongly may stay, and is not taken over into the chart."""
        super().__init__(data, **more)
        self.read = read

    def clean_birth_date(self) -> date | None:
        """Refuse a day that nobody was born on, unless the document has it."""
        born: date | None = self.cleaned_data["birth_date"]
        if born is None or _iso(born) == self.read.patient.birth_date:
            return born
        if born > clock.now().date():
            raise forms.ValidationError("The birth date lies in the future.")
        if born < OLDEST:
            raise forms.ValidationError("Nobody alive was born so long ago. Check the year.")
        return born

    def clean_teeth(self) -> tuple[str, ...]:
        """Read the typed teeth; what cannot be read is named."""
        found, unreadable = teeth.parse_typed(self.cleaned_data["teeth"])
        if unreadable:
            raise forms.ValidationError(f"“{', '.join(unreadable)}” is no tooth.")
        return tuple(found)

    def clean_phones(self) -> tuple[str, ...]:
        """Check every number that the document does not have; the one that is none is named."""
        numbers = _split(self.cleaned_data["phones"])
        for number in numbers:
            if number not in self.read.patient.phones and phones.to_e164(number) is None:
                raise forms.ValidationError(f"“{number}” is no phone number. Type ten digits, or + and the country.")
        return numbers

    def corrected(self) -> Fields:
        """Return what was read with what the form says. Call after `is_valid`."""
        data, before = self.cleaned_data, self.read
        return replace(
            before,
            patient=replace(
                before.patient, given=data["given"], family=data["family"], sex=data["sex"], phones=data["phones"],
                birth_date=_iso(data["birth_date"]), emails=_split(data["emails"]), address=data["address"],
            ),
            referrer=replace(
                before.referrer, provider=data["provider"], npi=data["npi"], office=data["office"],
                phone=data["office_phone"],
            ),
            recipient=replace(before.recipient, provider=data["recipient"]),
            specialty=data["specialty"], urgency=data["urgency"], reason=data["reason"], teeth=data["teeth"],
            referred_date=_iso(data["referred_date"]),
            procedures=_split(data["procedures"]), conditions=_split(data["conditions"]),
            medications=_split(data["medications"]), allergies=_split(data["allergies"]),
            insurance=_split(data["insurance"]),
        )  # fmt: skip


LISTS = ("procedures", "conditions", "medications", "allergies", "insurance")


def initial_of(fields: Fields) -> dict[str, str]:
    """Return what was read as the form's first values."""
    who: PatientFields = fields.patient
    source: PartyFields = fields.referrer
    return {
        "given": who.given,
        "family": who.family,
        "birth_date": who.birth_date,
        "sex": who.sex or "unknown",
        "phones": "\n".join(who.phones),
        "emails": "\n".join(who.emails),
        "address": who.address,
        "provider": source.provider,
        "npi": source.npi,
        "office": source.office,
        "office_phone": source.phone,
        "recipient": fields.recipient.provider,
        "specialty": fields.specialty,
        "urgency": fields.urgency,
        "reason": fields.reason,
        "teeth": ", ".join(fields.teeth),
        "referred_date": fields.referred_date,
        **{name: "\n".join(getattr(fields, name)) for name in LISTS},
    }


def _split(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _iso(day: object) -> str:
    return str(day) if day else ""

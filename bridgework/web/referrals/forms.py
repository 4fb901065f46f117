"""The forms of actions that need input. They check what was typed and never save."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms

from bridgework.dentistry import teeth
from bridgework.dentistry.urgency import URGENCIES
from bridgework.lib import clock
from bridgework.referrals.timeline import CloseOutcome, DeclineReason

DECLINES: dict[DeclineReason, str] = {
    "out_of_scope": "We do not treat this",
    "no_capacity": "No time soon enough",
    "insurance_not_taken": "We do not take this insurance",
    "missing_information": "Not enough information",
    "patient_not_suitable": "The patient needs another setting",
    "other": "Another reason",
}
OUTCOMES: dict[CloseOutcome, str] = {
    "completed": "Completed",
    "declined_by_patient": "The patient does not want it",
    "unreachable": "The patient could not be reached",
    "went_elsewhere": "The patient went elsewhere",
    "not_needed": "It is no longer needed",
    "expired": "The authorization ran out",
    "duplicate": "It was sent twice",
    "deceased": "The patient has died",
    "declined_by_office": "No office takes the patient",
}
REACHED = {
    "reached": "Reached",
    "left_message": "Left a message",
    "message_sent": "Message sent",
    "no_answer": "No answer",
    "wrong_number": "Wrong number",
}
CHANNELS = {"phone": "Phone", "text": "Text", "email": "Email", "letter": "Letter", "in_person": "In person"}
REPORT_WAYS = {"portal": "In Bridgework", "fax": "Fax", "letter": "Letter", "email": "Email"}
LONG = 4000
LONGEST_AGO = timedelta(days=3660)


def _choices(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    return list(words.items())


def _text(label: str, *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONG, strip=True, widget=forms.Textarea({"rows": rows})
    )


class Moment(forms.DateTimeField):
    """A day and time, typed in the office's zone and given back aware."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ActionForm(forms.Form):
    """What every action carries: the key that makes a second press harmless, and when it happened, if not now."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)


class PastForm(ActionForm):
    """An action that may be told late."""

    happened_at = Moment(label="When it happened, if not just now", required=False)

    def clean_happened_at(self) -> datetime | None:
        """Refuse the future, and a past in which no referral was: a slip of the finger in the year."""
        moment: datetime | None = self.cleaned_data["happened_at"]
        if moment is not None and moment > clock.now():
            raise forms.ValidationError("That time is still to come. Leave it empty if it was just now.")
        if moment is not None and moment < clock.now() - LONGEST_AGO:
            raise forms.ValidationError("That is longer ago than any referral. Check the year.")
        return moment


class DeclineForm(ActionForm):
    reason = forms.ChoiceField(label="Reason", choices=_choices(DECLINES), widget=forms.RadioSelect)
    note = _text("Words for the referring office", required=False)


class QuestionForm(ActionForm):
    question = _text("What do you need?")


class AnswerForm(ActionForm):
    answer = _text("Your answer")


class ContactForm(PastForm):
    field_order = ("channel", "outcome", "note", "happened_at")
    channel = forms.ChoiceField(label="How", choices=_choices(CHANNELS), widget=forms.RadioSelect, initial="phone")
    outcome = forms.ChoiceField(label="What came of it", choices=_choices(REACHED), widget=forms.RadioSelect)
    note = _text("Note", required=False, rows=2)


class VisitForm(ActionForm):
    starts_at = Moment(label="Day and time")
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480, initial=30)
    provider_name = forms.CharField(label="With", required=False, max_length=120)

    def clean_starts_at(self) -> datetime:
        """Refuse a visit that lies in the past by more than a day or beyond two years: a slip of the finger."""
        moment: datetime = self.cleaned_data["starts_at"]
        if not clock.now() - timedelta(days=1) < moment < clock.now() + timedelta(days=730):
            raise forms.ValidationError("Choose a day from today on, within two years.")
        return moment


class CallOffForm(ActionForm):
    by = forms.ChoiceField(
        label="Who called it off", choices=[("patient", "The patient"), ("office", "The office")],
        widget=forms.RadioSelect, initial="patient",
    )  # fmt: skip
    reason = _text("Why", required=False, rows=2)


class AttendedForm(PastForm):
    walk_in = forms.BooleanField(label="Came without a booked time", required=False)


class ConsultForm(PastForm):
    field_order = ("findings", "recommendation", "treatment_recommended", "teeth", "happened_at")
    findings = _text("What you found", rows=4)
    recommendation = _text("What you recommend", required=False, rows=3)
    treatment_recommended = forms.BooleanField(label="We will treat this here", required=False)
    teeth = forms.CharField(label="Teeth you confirm", required=False, max_length=120)

    def clean_teeth(self) -> tuple[str, ...]:
        """Read the typed teeth; what cannot be read is named."""
        return _teeth(self.cleaned_data["teeth"])


class ReportForm(PastForm):
    field_order = ("summary", "channel", "happened_at")
    channel = forms.ChoiceField(
        label="How it goes to them", choices=_choices(REPORT_WAYS), widget=forms.RadioSelect, initial="portal"
    )
    summary = _text("The report, as the referring office will read it", rows=6)


class PlanForm(ActionForm):
    plan = _text("The plan that you put to the patient")


class SummaryForm(PastForm):
    summary = _text("A short summary for the referring office", required=False)


class ReasonForm(ActionForm):
    reason = _text("Why", required=False, rows=2)


class CloseForm(ActionForm):
    outcome = forms.ChoiceField(label="How it ended", choices=_choices(OUTCOMES), widget=forms.RadioSelect)
    note = _text("Note", required=False, rows=2)


class NoteForm(ActionForm):
    text = _text("Note")
    is_private = forms.BooleanField(label="Only for our office", required=False, initial=True)


class AmendForm(ActionForm):
    reason = _text("Reason for the referral")
    urgency = forms.ChoiceField(
        label="How soon", choices=[(key, urgency.label) for key, urgency in URGENCIES.items()], widget=forms.RadioSelect
    )
    teeth = forms.CharField(label="Teeth", required=False, max_length=120)
    note = _text("What changed, for the other office", required=False, rows=2)

    def clean_teeth(self) -> tuple[str, ...]:
        """Read the typed teeth; what cannot be read is named."""
        return _teeth(self.cleaned_data["teeth"])


class ChoiceForm(ActionForm):
    """One choice among rows that the view gives: a person, an office."""

    choice = forms.ChoiceField(label="Choose", widget=forms.RadioSelect)
    reason = _text("Why", required=False, rows=2)


class AttachForm(ActionForm):
    file = forms.FileField(label="Image, PDF or DICOM file", allow_empty_file=True)
    title = forms.CharField(label="What it shows", required=False, max_length=120)


def _teeth(text: str) -> tuple[str, ...]:
    found, unreadable = teeth.parse_typed(text)
    if unreadable:
        raise forms.ValidationError(f"“{', '.join(unreadable)}” is no tooth. Type numbers such as 19, or FDI as 3.6.")
    return tuple(found)

"""The forms of the directory: an office with its hours and way to be told, a practice, a provider. They never save."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from django import forms

from bridgework.dentistry.specialties import SPECIALTIES
from bridgework.lib import phones
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import Unfit
from bridgework.network.listing import MOST_REPORT_DAYS, Person, Place, Practice
from bridgework.network.models import Office, OrganizationKind, ReachedBy
from bridgework.web.components.shapes import FormSection

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ZONES = [
    ("America/New_York", "Eastern"), ("America/Chicago", "Central"), ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"), ("America/Los_Angeles", "Pacific"), ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"), ("America/Puerto_Rico", "Puerto Rico"), ("Pacific/Guam", "Guam"),
]  # fmt: skip
_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*([ap])?\.?m?\.?", re.I)
_SPAN = re.compile(r"\s*(?:-|–|to|until)\s*", re.I)


class Hours(forms.CharField):
    """Opening hours of a day as people write them: "8-12, 1-5", "8:00 to 17:30"; empty is closed."""

    def clean(self, value: object) -> list[tuple[time, time]]:
        """Read the text; raise ValidationError with an example when it cannot be read."""
        text = str(super().clean(value) or "").strip()
        if not text or text.lower() == "closed":
            return []
        return [self._span(part) for part in re.split(r"[,;&]| and ", text) if part.strip()]

    def _span(self, part: str) -> tuple[time, time]:
        matches = [_TIME.fullmatch(end) for end in _SPAN.split(part.strip())]
        if len(matches) != 2 or matches[0] is None or matches[1] is None:
            raise forms.ValidationError("Write the hours like 8-12, 1-5, or leave the day empty.")
        opens, closes = _time(matches[0]), _time(matches[1])
        if opens.hour < _EARLIEST and not _is_exact(matches[0]):
            opens = opens.replace(hour=opens.hour + 12)
        if closes <= opens and closes.hour < 12 and not _is_exact(matches[1]):
            closes = closes.replace(hour=closes.hour + 12)
        return opens, closes


_EARLIEST = 6  # "1-5" is the afternoon; nobody opens at one in the morning


def _is_exact(match: re.Match[str]) -> bool:
    """Tell whether the half of the day is said: "1 pm", "13", "08:00"."""
    return bool(match[3]) or len(match[1]) == 2


def _time(match: re.Match[str]) -> time:
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise forms.ValidationError("A day has 24 hours of 60 minutes.") from None


def _line(label: str, *, most: int = 200, required: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def _key() -> forms.UUIDField:
    """Make the unseen key of what a form makes: the same form sent twice makes it once."""
    return forms.UUIDField(required=False, widget=forms.HiddenInput)


class PracticeForm(forms.Form):
    """An organization."""

    key = _key()
    name = _line("Name of the practice", required=True)
    kind = forms.ChoiceField(
        label="Kind", choices=OrganizationKind.choices, widget=forms.RadioSelect, initial="general"
    )
    specialty = forms.ChoiceField(
        label="Specialty", required=False, help_text="Of a specialist",
        choices=[("", "None"), *((key, one.label) for key, one in SPECIALTIES.items())],
    )  # fmt: skip

    def practice(self) -> Practice:
        """Give what was typed. Call after `is_valid`."""
        given = self.cleaned_data
        specialty = given["specialty"] if given["kind"] == OrganizationKind.SPECIALIST else ""
        return Practice(name=given["name"], kind=given["kind"], specialty=specialty)


class PlaceForm(forms.Form):
    """Address of an office."""

    key = _key()
    name = _line("Name of the office", required=True)
    street = _line("Street")
    city = _line("Town")
    state = _line("State", most=40)
    postal_code = _line("ZIP code", most=10)
    zone = forms.ChoiceField(label="Time zone", choices=ZONES, initial="America/Los_Angeles")


class ReachedForm(forms.Form):
    """How to reach an office, and how it wants to be told."""

    phone = _line("Phone", most=40)
    fax = _line("Fax", most=40)
    email = _line("Email", most=254)
    reached_by = forms.ChoiceField(label="Wants to be told by", choices=ReachedBy.choices, widget=forms.RadioSelect)


class HoursForm(forms.Form):
    """When an office works."""

    monday = Hours(label="Monday", required=False)
    tuesday = Hours(label="Tuesday", required=False)
    wednesday = Hours(label="Wednesday", required=False)
    thursday = Hours(label="Thursday", required=False)
    friday = Hours(label="Friday", required=False)
    saturday = Hours(label="Saturday", required=False)
    sunday = Hours(label="Sunday", required=False)


class CalendarForm(forms.Form):
    """Days without work, and the promise that counts working days."""

    closed_dates = forms.CharField(
        label="Closed on", required=False, max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text="Besides federal holidays; one date a line, like 12/24/2026",
    )  # fmt: skip
    report_days = forms.IntegerField(
        label="Report within",
        min_value=1,
        max_value=MOST_REPORT_DAYS,
        initial=2,
        help_text="Working days after the visit",
    )

    def clean_closed_dates(self) -> list[date]:
        """Read one date a line."""
        lines = [line.strip() for line in self.cleaned_data["closed_dates"].splitlines() if line.strip()]
        return [forms.DateField(input_formats=["%m/%d/%Y", "%Y-%m-%d"]).clean(line) for line in lines]


class PersonForm(forms.Form):
    """A provider who begins to work in an office."""

    key = _key()
    given = _line("First name", most=100)
    family = _line("Last name", most=100, required=True)
    credentials = _line("Credentials", most=60, hint="Like DDS or DMD, MD")
    npi = _line("NPI", most=20, hint="Ten digits")
    works_from = forms.DateField(
        label="Works here from", input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def person(self) -> Person:
        """Give what was typed. Call after `is_valid`."""
        return Person(**{name: self.cleaned_data[name] for name in ("given", "family", "credentials", "npi")})


@dataclass(frozen=True)
class OfficeForm:
    """The sections of an office's page; `practice` only where the organization is typed in with it."""

    place: PlaceForm
    reached: ReachedForm
    hours: HoursForm | None
    calendar: CalendarForm | None
    practice: PracticeForm | None = None

    @property
    def parts(self) -> tuple[forms.Form, ...]:
        """Give the sections that there are."""
        return tuple(
            part for part in (self.practice, self.place, self.reached, self.hours, self.calendar) if part is not None
        )

    def is_valid(self) -> bool:
        """Check every section, so that all mistakes are shown at once."""
        invalid = [part for part in self.parts if not part.is_valid()]
        return not invalid

    def sections(self) -> tuple[FormSection, ...]:
        """Give the sections as the page shows them."""
        found = [FormSection("Practice", self.practice)] if self.practice else []
        found.append(FormSection("Address", self.place, layout="pair"))
        found.append(
            FormSection("How it is reached", self.reached, "Updates leave by the way that you choose.", "pair")
        )
        if self.hours:
            found.append(
                FormSection("Hours", self.hours, "Like 8-12, 1-5; an empty day is closed. Clocks keep to them.", "pair")
            )
        if self.calendar:
            found.append(FormSection("Calendar", self.calendar))
        return tuple(found)

    def refuse(self, refusal: Unfit) -> None:
        """Show why the office was refused beside the field it belongs to."""
        part = next((part for part in reversed(self.parts) if refusal.field in part.fields), None)
        if part is not None:
            part.add_error(refusal.field, refusal.sentence)
        else:
            self.place.add_error(None, refusal.sentence)

    def place_given(self, before: Office | None) -> Place:
        """Give what was typed; what the form does not ask stays as it is. Call after `is_valid`."""
        hours = self.hours.cleaned_data | self.calendar.cleaned_data if self.hours and self.calendar else {}
        kept = before or Office(weekly_hours={}, closed_dates=[])
        return Place(
            **{name: given for name, given in self.place.cleaned_data.items() if name != "key"},
            **self.reached.cleaned_data,
            latitude=kept.latitude,
            longitude=kept.longitude,
            weekly_hours={day: hours[name] for day, name in enumerate(WEEKDAYS)} if hours else hours_of(kept),
            closed_dates=hours["closed_dates"] if hours else [date.fromisoformat(day) for day in kept.closed_dates],
            report_days=hours["report_days"] if hours else kept.report_days,
            is_open=kept.is_open,
        )


def blank_office(data: Mapping[str, str] | None) -> OfficeForm:
    """Make the form of an unlisted office."""
    reached = ReachedForm(data, prefix="reached", initial={"reached_by": ReachedBy.EMAIL})
    reached.fields["reached_by"] = _ways(is_member=False)
    practice = PracticeForm(data, prefix="practice", initial={"key": uuid7()})
    return OfficeForm(PlaceForm(data, prefix="place"), reached, None, None, practice)


def office_form(office: Office | None, data: Mapping[str, str] | None, *, is_member: bool) -> OfficeForm:
    """Make the form of an office, new or known, of a member (with hours) or an unlisted organization (without)."""
    given = office or Office()
    place = {name: getattr(given, name) for name in PlaceForm.base_fields if name != "key"} | {"key": uuid7()}
    reached = {
        "phone": phones.display(given.phone) if given.phone else "",
        "fax": phones.display(given.fax) if given.fax else "",
        "email": given.email,
        "reached_by": given.reached_by,
    }
    reached_form = ReachedForm(data, prefix="reached", initial=reached)
    reached_form.fields["reached_by"] = _ways(is_member=is_member)
    place_form = PlaceForm(data, prefix="place", initial=place)
    if given.zone not in dict(ZONES):
        choices = [*ZONES, (given.zone, ZoneInfo(given.zone).key.replace("_", " "))]
        place_form.fields["zone"] = forms.ChoiceField(label="Time zone", choices=choices)
    if not is_member:
        return OfficeForm(place_form, reached_form, None, None)
    initial = _hours_initial(given)
    hours = HoursForm(data, prefix="hours", initial=initial)
    return OfficeForm(place_form, reached_form, hours, CalendarForm(data, prefix="calendar", initial=initial))


def hours_of(office: Office) -> dict[int, list[tuple[time, time]]]:
    """Give the weekly hours of a row as times, by weekday."""
    return {
        int(day): [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in openings]
        for day, openings in office.weekly_hours.items()
    }


def _ways(*, is_member: bool) -> forms.ChoiceField:
    apart = {ReachedBy.UNKNOWN} if is_member else {ReachedBy.PORTAL, ReachedBy.UNKNOWN}
    choices = [choice for choice in ReachedBy.choices if choice[0] not in apart]
    return forms.ChoiceField(label="Wants to be told by", choices=choices, widget=forms.RadioSelect)


def _hours_initial(office: Office) -> dict[str, object]:
    weekly = hours_of(office)
    initial: dict[str, object] = {
        name: ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in weekly.get(day, []))
        for day, name in enumerate(WEEKDAYS)
    }
    closed = (date.fromisoformat(day) for day in office.closed_dates)
    initial["closed_dates"] = "\n".join(f"{day.month}/{day.day}/{day.year}" for day in closed)
    initial["report_days"] = office.report_days
    return initial

"""The form of a patient: who they are, how to reach them, who speaks for them, their health. It never saves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django import forms

from bridgework.lib import phones
from bridgework.lib.plain_text import Unfit
from bridgework.patients.entry import Entry, contacts_of, guardian_of
from bridgework.patients.models import Anxiety, Channel, ContactKind, HistoryKind, Sex
from bridgework.patients.particulars import Particulars, Reach, Speaker
from bridgework.patients.queries import Chart
from bridgework.web.components.shapes import FormSection

LANGUAGES = [
    ("en", "English"), ("es", "Spanish"), ("zh", "Chinese"), ("vi", "Vietnamese"), ("tl", "Tagalog"), ("ko", "Korean"),
    ("ru", "Russian"), ("ar", "Arabic"), ("fr", "French"), ("ht", "Haitian Creole"), ("pt", "Portuguese"),
]  # fmt: skip
BIRTH_DATE_FORMATS = ["%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y"]
# form field -> kind of history; one line an item
HISTORY_FIELDS = {
    "allergies": HistoryKind.ALLERGY,
    "medications": HistoryKind.MEDICATION,
    "conditions": HistoryKind.CONDITION,
    "insurance": HistoryKind.INSURANCE,
}
# Browsers leave these out when they are not ticked.
TICKS = {"reach-may_text"}
# field of a refusal -> (section, form field)
_PLACES = {
    "family_name": ("who", "family"),
    "given_name": ("who", "given"),
    "middle_name": ("who", "middle"),
    "preferred_name": ("who", "preferred_name"),
    "birth_date": ("who", "birth_date"),
    "sex": ("who", "sex"),
    "phone": ("reach", "phone"),
    "email": ("reach", "email"),
    "contacts": ("more", "others"),
    "language": ("reach", "language"),
    "address": ("more", "address"),
    "guardian_name": ("guardian", "name"),
    "relation": ("guardian", "relation"),
    "guardian_phone": ("guardian", "phone"),
    "guardian_email": ("guardian", "email"),
    "chart_number": ("who", "chart_number"),
    "text": ("health", "allergies"),
}


def _line(label: str, *, most: int = 100, required: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def _lines(label: str) -> forms.CharField:
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(label=label, required=False, max_length=4000, widget=widget, help_text="One a line")


class WhoForm(forms.Form):
    """Name and birth."""

    given = _line("First name")
    family = _line("Last name", required=True)
    preferred_name = _line("Called")
    middle = _line("Middle name")
    birth_date = forms.DateField(
        label="Birth date", required=False, input_formats=BIRTH_DATE_FORMATS,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter the birth date as month, day and year, like 3/4/1968."},
    )  # fmt: skip
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices, required=False, initial=Sex.UNKNOWN)
    chart_number = _line("Chart number", most=60)
    # Unseen: the key of a new chart, and the values that stood in the form when it was opened, as JSON.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ReachForm(forms.Form):
    """How to reach the patient, and how they like it best."""

    phone = _line("Phone", most=40)
    email = _line("Email", most=254)
    preferred_channel = forms.ChoiceField(
        label="Best reached by", choices=Channel.choices, widget=forms.RadioSelect, initial=Channel.TEXT
    )
    may_text = forms.BooleanField(label="The patient agreed to texts", required=False)
    language = forms.ChoiceField(label="Language", choices=LANGUAGES, initial="en")
    anxiety = forms.ChoiceField(
        label="Afraid of dental care", choices=Anxiety.choices, widget=forms.RadioSelect, initial=Anxiety.UNKNOWN
    )


class MoreForm(forms.Form):
    """Further ways to reach the patient."""

    others = _lines("Other phones and emails")
    address = forms.CharField(label="Address", required=False, max_length=500, widget=forms.Textarea({"rows": 2}))


class GuardianForm(forms.Form):
    """Who speaks for the patient."""

    name = _line("Name", most=200)
    relation = _line("Relation", most=60)
    phone = _line("Phone", most=40)
    email = _line("Email", most=254)

    def clean(self) -> dict[str, object]:
        """Ask for the name when anything else is given."""
        given = super().clean() or self.cleaned_data
        if not given.get("name") and any(given.get(field) for field in ("relation", "phone", "email")):
            self.add_error("name", "Enter the guardian’s name.")
        return given


class HealthForm(forms.Form):
    """What whoever treats must know."""

    allergies = _lines("Allergies")
    medications = _lines("Medications")
    conditions = _lines("Conditions")
    insurance = _lines("Insurance")


@dataclass(frozen=True)
class PatientForm:
    """All sections of the page, bound or not."""

    who: WhoForm
    reach: ReachForm
    more: MoreForm
    guardian: GuardianForm
    health: HealthForm

    @classmethod
    def made(cls, data: Mapping[str, str] | None, initial: Mapping[str, str]) -> PatientForm:
        """Make the sections from posted data, or with the values `initial`, both keyed like "who-family"."""

        def part(prefix: str) -> dict[str, str]:
            begins = f"{prefix}-"
            return {name.removeprefix(begins): text for name, text in initial.items() if name.startswith(begins)}

        form = cls(
            who=WhoForm(data, prefix="who", initial=part("who")),
            reach=ReachForm(data, prefix="reach", initial=part("reach")),
            more=MoreForm(data, prefix="more", initial=part("more")),
            guardian=GuardianForm(data, prefix="guardian", initial=part("guardian")),
            health=HealthForm(data, prefix="health", initial=part("health")),
        )
        spoken = initial.get("reach-language", "en")
        if spoken not in dict(LANGUAGES):  # "es-MX", or one that few speak here
            form.reach.fields["language"] = forms.ChoiceField(label="Language", choices=[*LANGUAGES, (spoken, spoken)])
        return form

    def is_valid(self) -> bool:
        """Check every section, so that all mistakes are shown at once."""
        invalid = [
            form for form in (self.who, self.reach, self.more, self.guardian, self.health) if not form.is_valid()
        ]
        return not invalid

    def sections(self) -> tuple[FormSection, ...]:
        """Give the sections as the page shows them."""
        guardian = "For a child, or for somebody who cannot speak for themselves."
        return (
            FormSection("Patient", self.who, layout="pair"),
            FormSection("How to reach them", self.reach, layout="pair"),
            FormSection("Other ways", self.more),
            FormSection("Guardian", self.guardian, guardian, "pair"),
            FormSection("Health", self.health, "What whoever treats must know. It goes along with each referral."),
        )

    def refuse(self, refusal: Unfit) -> None:
        """Show why the chart was refused beside the field it belongs to."""
        section, field = _PLACES.get(refusal.field, ("who", None))
        getattr(self, section).add_error(field, refusal.sentence)

    def entry(self, chart: Chart | None) -> Entry:
        """Give what was typed; what the form does not ask stays as the chart has it. Call after `is_valid`."""
        who, reach = self.who.cleaned_data, self.reach.cleaned_data
        before = chart.patient if chart else None
        return Entry(
            particulars=Particulars(
                **{name: who[name] for name in ("given", "middle", "family", "preferred_name", "birth_date")},
                sex=who["sex"] or Sex.UNKNOWN,
                chart_number=who["chart_number"],
                is_deceased=before.is_deceased if before else False,
                **{name: reach[name] for name in ("preferred_channel", "may_text", "language", "anxiety")},
                address=self.more.cleaned_data["address"],
            ),
            contacts=_contacts(reach, self.more.cleaned_data["others"], chart),
            guardian=_guardian(self.guardian.cleaned_data),
            history={kind: self.health.cleaned_data[name].splitlines() for name, kind in HISTORY_FIELDS.items()},
        )


def initial_of(chart: Chart) -> dict[str, str]:
    """Give the values of a chart as the form shows them, keyed like "who-family"."""
    patient, others = (
        chart.patient,
        [one.value for one in chart.contacts if one.value not in (chart.phone, chart.email)],
    )
    guardian = guardian_of(chart) or Speaker(name="", relation="")
    values = {
        **{f"who-{name}": getattr(patient, name) for name in ("given", "family", "middle", "preferred_name", "sex")},
        "who-birth_date": patient.birth_date.isoformat() if patient.birth_date else "",
        "who-chart_number": patient.chart_number,
        "reach-phone": phones.display(chart.phone) if chart.phone else "",
        "reach-email": chart.email,
        "more-others": "\n".join(phones.display(value) if value.startswith("+") else value for value in others),
        "reach-may_text": "on" if patient.may_text else "",
        **{f"reach-{name}": getattr(patient, name) for name in ("preferred_channel", "language", "anxiety")},
        "more-address": patient.address,
        "guardian-name": guardian.name,
        "guardian-relation": guardian.relation,
        "guardian-phone": phones.display(guardian.phone) if guardian.phone else "",
        "guardian-email": guardian.email,
    }
    for name in HISTORY_FIELDS:
        values[f"health-{name}"] = "\n".join(getattr(chart, name))
    return values


def merged(typed: Mapping[str, str], seen: Mapping[str, str], current: Mapping[str, str]) -> dict[str, str]:
    """Bring together what a person typed and what somebody else saved while the form was open.

    A field that the person did not touch takes the present value; of lists of lines, only the lines that they added or
    took away change. In one and the same field, the last to save wins.
    """
    result = dict(typed)
    for name, now in current.items():
        if name not in typed and name not in TICKS:  # not on that page
            result[name] = now
            continue
        given, before = _plain(typed.get(name, "")), _plain(seen.get(name, now))
        if name.startswith("health-"):
            result[name] = "\n".join(_merged_lines(given.splitlines(), before.splitlines(), now.splitlines()))
        elif given == before:
            result[name] = now
    return result


def _merged_lines(typed: Iterable[str], seen: Iterable[str], current: Iterable[str]) -> list[str]:
    gone = set(seen) - set(typed)
    kept = [line for line in current if line not in gone]
    return [*kept, *(line for line in typed if line not in set(seen) and line not in kept)]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _guardian(given: Mapping[str, str]) -> Speaker | None:
    return Speaker(**{name: given[name] for name in ("name", "relation", "phone", "email")}) if given["name"] else None


def _contacts(reach: Mapping[str, str], others: str, chart: Chart | None) -> tuple[Reach, ...]:
    """Take the first phone and e-mail, then each further line; the labels of known ones stay."""
    labels = {one.value: one.label for one in contacts_of(chart)} if chart else {}
    first = {ContactKind.PHONE: reach["phone"], ContactKind.EMAIL: reach["email"]}
    found = [
        Reach(kind=kind, value=value, is_preferred=kind == ContactKind.PHONE) for kind, value in first.items() if value
    ]
    for line in filter(None, (line.strip() for line in others.splitlines())):
        found.append(Reach(kind=ContactKind.EMAIL if "@" in line else ContactKind.PHONE, value=line))
    return tuple(replace(one, label=labels.get(phones.to_e164(one.value) or one.value, "")) for one in found)

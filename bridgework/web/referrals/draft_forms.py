"""The forms of a new referral. Drafts are kept unchecked; these say what is wrong and draw what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms

from bridgework.dentistry import questions
from bridgework.dentistry.questions import Question
from bridgework.dentistry.specialties import SPECIALTIES
from bridgework.dentistry.urgency import RED_FLAGS, URGENCIES

# Who receives referrals, in the order of how often; the others are under their own word.
OFFERED = (
    "oral_surgery", "endodontics", "periodontics", "orthodontics", "pediatric", "prosthodontics", "oral_medicine",
    "oral_radiology", "oral_pathology", "general", "medical",
)  # fmt: skip
QUESTION = "q-"
REASON_LENGTH = 4000  # letters; a draft keeps longer ones, whole, until somebody shortens them


class DraftForm(forms.Form):
    """What every referral says."""

    specialty = forms.ChoiceField(
        label="Specialty", choices=[(key, SPECIALTIES[key].label) for key in OFFERED], widget=forms.RadioSelect
    )
    procedure = forms.ChoiceField(label="What for", required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reason", max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 3, "placeholder": "What is wrong, and what you would like done"}),
    )  # fmt: skip
    urgency = forms.ChoiceField(
        label="How soon", choices=[(key, urgency.label) for key, urgency in URGENCIES.items()], widget=forms.RadioSelect
    )
    red_flags = forms.MultipleChoiceField(
        label="Red flag, if there is one", required=False, choices=list(RED_FLAGS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    find_office = forms.CharField(label="Find an office", required=False, max_length=80)

    def __init__(self, answers: Mapping[str, object], specialty: str, *, is_checked: bool = False) -> None:
        """Draw what was typed; `is_checked` once somebody pressed Send, and then says what is wrong."""
        super().__init__(answers if is_checked else None, initial=dict(answers))
        chosen = SPECIALTIES.get(specialty)
        procedures = chosen.procedures if chosen else ()
        self.fields["procedure"].choices = [(one.key, one.label) for one in procedures]  # type: ignore[attr-defined]


class QuestionsForm(forms.Form):
    """The usual questions of a specialty and procedure."""

    def __init__(self, answers: Mapping[str, object], asked: Sequence[Question]) -> None:
        super().__init__(initial=dict(answers))
        self.asked = asked
        for question in asked:
            self.fields[f"{QUESTION}{question.key}"] = _field(question)

    def answers(self) -> dict[str, str]:
        """Return what was answered, by the question's key, as typed."""
        typed = ((question.key, str(self.initial.get(f"{QUESTION}{question.key}", ""))) for question in self.asked)
        return {key: answer.strip() for key, answer in typed if answer.strip()}

    def objections(self) -> list[str]:
        """Return a sentence for each answer that cannot be right."""
        answers = self.answers()
        found = (questions.objection(one, answers.get(one.key, "")) for one in self.asked if one.key in answers)
        return [sentence for sentence in found if sentence]


def _field(question: Question) -> forms.Field:
    words = {"label": question.label, "required": False, "help_text": question.help}
    match question.kind:
        case "choice":
            return forms.ChoiceField(choices=list(question.choices), widget=forms.RadioSelect, **words)  # type: ignore[arg-type]
        case "yes_no":
            return forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect, **words)  # type: ignore[arg-type]
        case "number":
            return forms.CharField(max_length=20, widget=forms.TextInput({"inputmode": "decimal"}), **words)  # type: ignore[arg-type]
        case "date":
            return forms.CharField(widget=forms.DateInput({"type": "date"}), **words)  # type: ignore[arg-type]
        case _:
            return forms.CharField(max_length=500, **words)  # type: ignore[arg-type]

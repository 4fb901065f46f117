"""Questions that a specialist wants answered before the patient comes, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Choices = tuple[tuple[str, str], ...]

_YES_NO: Choices = (("yes", "Yes"), ("no", "No"))
_LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Question:
    """One question. Answers are stored as text under `key`: the word of a choice, yes or no, a number, an ISO date."""

    key: str
    label: str
    kind: Literal["choice", "text", "yes_no", "number", "date"]
    choices: Choices = ()
    is_required: bool = False
    help: str = ""
    unit: str = ""
    bounds: tuple[float, float] | None = None  # smallest and largest number that can be meant


def choice(key: str, label: str, *choices: tuple[str, str], required: bool = False, help: str = "") -> Question:
    """Ask for one of a few words."""
    return Question(key, label, "choice", choices, required, help)


def yes_no(key: str, label: str, *, required: bool = False, help: str = "") -> Question:
    """Ask for yes or no."""
    return Question(key, label, "yes_no", _YES_NO, required, help)


def text(key: str, label: str, *, required: bool = False, help: str = "") -> Question:
    """Ask for words."""
    return Question(key, label, "text", (), required, help)


def number(key: str, label: str, unit: str, bounds: tuple[float, float], *, required: bool = False) -> Question:
    """Ask for a number within bounds."""
    return Question(key, label, "number", (), required, "", unit, bounds)


def day(key: str, label: str, *, help: str = "") -> Question:
    """Ask for a date."""
    return Question(key, label, "date", (), help=help)


def unanswered(questions: Sequence[Question], answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Pick the required questions that have no answer."""
    return tuple(
        question for question in questions if question.is_required and not answers.get(question.key, "").strip()
    )


def objection(question: Question, answer: str) -> str | None:
    """Say in one sentence why an answer cannot be right, or None. An empty answer is never wrong, only missing."""
    if not answer.strip():
        return None
    if question.choices and answer not in dict(question.choices):
        return f"“{answer}” is not one of the answers to “{question.label}”."
    if question.kind == "text" and len(answer) > _LONGEST_TEXT:
        return f"“{question.label}” takes at most {_LONGEST_TEXT} letters. Attach longer notes as a document."
    if question.kind == "date":
        return _date_objection(question, answer)
    return _number_objection(question, answer) if question.kind == "number" else None


def shown(questions: Sequence[Question], answers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pair each answered question's label with the answer in words, in the order of the form.

    Answers to questions that the form no longer asks come last under their key, so that nothing said is lost.
    """
    asked = {question.key: question for question in questions}
    known = [(q.label, _in_words(q, answers[q.key])) for q in questions if answers.get(q.key, "").strip()]
    return (*known, *((key, answer) for key, answer in answers.items() if key not in asked and answer.strip()))


def _in_words(question: Question, answer: str) -> str:
    worded = dict(question.choices).get(answer, answer)
    return f"{worded} {question.unit}" if question.unit else worded


def _date_objection(question: Question, answer: str) -> str | None:
    try:
        date.fromisoformat(answer)
    except ValueError:
        return f"“{answer}” is not a date. Write “{question.label}” as year-month-day."
    return None


def _number_objection(question: Question, answer: str) -> str | None:
    try:
        value = float(answer)
    except ValueError:
        return f"“{answer}” is not a number. “{question.label}” is measured in {question.unit}."
    low, high = question.bounds or (float("-inf"), float("inf"))
    if low <= value <= high:
        return None
    return f"“{question.label}” lies between {low:g} and {high:g} {question.unit}."

"""Ready to send: what the receiving office will want, what is missing, and what of that really stops a referral."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bridgework.dentistry import questions, specialties
from bridgework.dentistry.specialties import ExpectedFilm
from bridgework.dentistry.wrong_tooth import Guard

_HISTORY_MONTHS = 12  # a medical history is renewed at least once a year
_DAYS_A_MONTH = 30.44
_VAGUE_WORDS = 3  # "evaluate and treat" says nothing


@dataclass(frozen=True)
class Film:
    """One image in the packet; `kind` is a key of `specialties.FILM_KINDS`.

    `shows_all` is what a person or a reader found: the image shows what the procedure needs (None: nobody looked).
    """

    kind: str
    taken_on: date | None = None
    teeth: tuple[str, ...] = ()
    shows_all: bool | None = None


@dataclass(frozen=True, kw_only=True)
class PacketSummary:
    """What is known of a referral before it is sent. `today` is the date at the sending office."""

    today: date
    has_patient: bool = True
    has_receiver: bool = True
    urgency: str = "routine"
    reason: str = ""
    teeth: tuple[str, ...] = ()
    guard: Guard | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    films: tuple[Film, ...] = ()
    has_medications: bool = False  # "takes none" counts as known
    has_allergies: bool = False  # likewise
    history_date: date | None = None
    has_insurance: bool = False  # "has none" counts as known
    has_phone: bool = False
    text_consent_date: date | None = None


@dataclass(frozen=True)
class Check:
    """One line of the list. What is not ok may still be sent unless it `is_required`."""

    key: str
    ok: bool
    sentence: str
    is_required: bool = False

    @property
    def state(self) -> Literal["ok", "missing", "blocking"]:
        """How the line is drawn."""
        return "ok" if self.ok else "blocking" if self.is_required else "missing"


def check(specialty: str, procedure: str, packet: PacketSummary) -> tuple[Check, ...]:
    """List what the receiving office will want, in the order of the form.

    Only a missing patient, office or reason stops a referral, and missing teeth where the procedure is done to a tooth
    and there is time to ask. Raises KeyError for an unknown specialty.
    """
    return (
        *_essentials(packet),
        *_teeth(specialty, procedure, packet),
        *_answers(specialty, procedure, packet),
        *(_film(expected, packet) for expected in specialties.films_for(specialty, procedure)),
        _medications(packet),
        _history(packet),
        _insurance(packet),
        _reachable(packet),
    )


def may_send(checks: tuple[Check, ...]) -> bool:
    """Tell whether nothing required is missing."""
    return all(one.ok or not one.is_required for one in checks)


def _essentials(packet: PacketSummary) -> list[Check]:
    """Patient, office and reason; they make a line only while they are missing, the form shows them itself."""
    missing = [
        Check("patient", False, "Choose the patient.", is_required=True) if not packet.has_patient else None,
        Check("receiver", False, "Choose the office that receives it.", is_required=True)
        if not packet.has_receiver
        else None,
        _reason(packet.reason),
    ]
    return [one for one in missing if one]


def _reason(reason: str) -> Check | None:
    words = reason.split()
    if not words:
        return Check("reason", False, "Say what is wrong and what you want done.", is_required=True)
    is_vague = len(words) <= _VAGUE_WORDS and "evaluate" in reason.casefold()
    return Check("reason", False, "“Evaluate and treat” says little. Name the problem.") if is_vague else None


def _teeth(specialty: str, procedure: str, packet: PacketSummary) -> list[Check]:
    asked = specialties.asks_teeth(specialty, procedure)
    if not packet.teeth:
        may_wait = packet.urgency in ("urgent", "emergency")
        return [Check("teeth", False, "Pick the tooth.", is_required=not may_wait)] if asked else []
    if packet.guard is None:
        return []
    if packet.guard.verdict == "agrees":
        return [Check("teeth", True, packet.guard.headline.removesuffix("."))]
    return [Check("teeth", False, packet.guard.headline)]


def _answers(specialty: str, procedure: str, packet: PacketSummary) -> list[Check]:
    asked = specialties.questions_for(specialty, procedure)
    if not any(question.is_required for question in asked):
        return []
    left = [question.label.rstrip("?") for question in questions.unanswered(asked, packet.answers)]
    if not left:
        return [Check("answers", True, "The usual questions are answered")]
    shown = ", ".join(left[:3]) + (f" and {len(left) - 3} more" if len(left) > 3 else "")
    return [Check("answers", False, f"Still open: {shown}.")]


def _film(expected: ExpectedFilm, packet: PacketSummary) -> Check:
    """Judge the newest image of a kind that will do, first among those that show a picked tooth."""
    fitting = [film for film in packet.films if film.kind in expected.kinds]
    if not fitting:
        return Check("films", False, f"{expected.label} is missing. The office would take a new one.")
    film = max(fitting, key=lambda one: (_shows(one, packet.teeth), one.taken_on or date.min))
    label = specialties.FILM_KINDS[film.kind]
    if not _shows(film, packet.teeth):
        return Check("films", False, f"{label} shows {_numbers(film.teeth)}, not {_numbers(packet.teeth)}.")
    if film.shows_all is False:
        return Check("films", False, f"{label} does not show {expected.must_show or 'what is needed'}.")
    if film.taken_on is None:
        return Check("films", False, f"{label} has no date.")
    if film.taken_on > packet.today:
        return Check("films", False, f"{label} is dated in the future.")
    if _months(film.taken_on, packet.today) >= expected.months:
        return Check("films", False, f"{label} is {_age(film.taken_on, packet.today)} old.")
    seen = f", shows {expected.must_show}" if film.shows_all and expected.must_show else ""
    return Check("films", True, f"{label} is {_age_of_film(film.taken_on, packet.today)}{seen}")


def _shows(film: Film, teeth: tuple[str, ...]) -> bool:
    """Whether an image may show a picked tooth; one without teeth on its label may show any."""
    return not film.teeth or not teeth or bool(set(film.teeth) & set(teeth))


def _medications(packet: PacketSummary) -> Check:
    if packet.has_medications and packet.has_allergies:
        return Check("medications", True, "Medications and allergies included")
    missing = [
        word
        for word, known in (("Medications", packet.has_medications), ("Allergies", packet.has_allergies))
        if not known
    ]
    return Check("medications", False, f"{' and '.join(missing).capitalize()} are not known, not even as none.")


def _history(packet: PacketSummary) -> Check:
    if packet.history_date is None:
        return Check("history", False, "Medical history is not included.")
    if _months(packet.history_date, packet.today) >= _HISTORY_MONTHS:
        return Check("history", False, f"Medical history is {_age(packet.history_date, packet.today)} old.")
    return Check("history", True, f"Medical history of {_day(packet.history_date, packet.today)}")


def _insurance(packet: PacketSummary) -> Check:
    sentence = "Insurance included" if packet.has_insurance else "Insurance is not known, not even as none."
    return Check("insurance", packet.has_insurance, sentence)


def _reachable(packet: PacketSummary) -> Check:
    if not packet.has_phone:
        return Check("contact", False, "There is no phone number, so nobody can text or call the patient.")
    if packet.text_consent_date is None:
        return Check("contact", False, "Consent to text is not recorded, so the office can only call.")
    return Check("contact", True, f"Consent to text, {_day(packet.text_consent_date, packet.today)}")


def _numbers(teeth: tuple[str, ...]) -> str:
    return ", ".join(f"#{tooth}" for tooth in teeth)


def _months(then: date, today: date) -> int:
    return (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)


def _age(then: date, today: date) -> str:
    months = _months(then, today)
    return f"{months} months" if months < 24 else f"{months // 12} years"


def _age_of_film(then: date, today: date) -> str:
    days = (today - then).days
    if days <= 1:
        return "from yesterday" if days == 1 else "from today"
    return f"{days} days old" if days < 60 else f"{int(days / _DAYS_A_MONTH)} months old"


def _day(then: date, today: date) -> str:
    return f"{then:%b} {then.day}" if then.year == today.year else f"{then:%b} {then.day}, {then.year}"

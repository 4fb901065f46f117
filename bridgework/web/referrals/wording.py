"""The names and times that a referral's sentences need, for whoever sits at the desk."""

from __future__ import annotations

from datetime import date

from bridgework.dentistry import questions, teeth
from bridgework.dentistry.specialties import SPECIALTIES, questions_for
from bridgework.dentistry.urgency import URGENCIES
from bridgework.referrals.sentences import Names
from bridgework.referrals.story import Story
from bridgework.referrals.timeline import Request
from bridgework.web.components.icons import IconName
from bridgework.web.components.shapes import Chip, Kind
from bridgework.web.doors import Seat

URGENCY_LOOKS: dict[str, tuple[Kind, IconName]] = {
    "routine": ("stone", "circle-dashed"),
    "soon": ("stone", "clock"),
    "urgent": ("amber", "alert-triangle"),
    "emergency": ("red", "flag-3"),
}


def names_of(known: Story, seat: Seat) -> Names:
    """Return the names of patient and offices, and the zone of the office at whose desk the reader sits."""
    standing = known.standing
    sender = known.names.get(standing.sender, "") if standing.sender else ""
    receiver = known.names.get(standing.receiver, "") if standing.receiver else ""
    return Names(
        patient=known.referral.patient_given or "The patient",
        sender=sender or "The referring office",
        receiver=receiver or "The other office",
        zone=seat.zone.key,
        offices=known.names,
        viewer=seat.organization_id,
    )


def age_on(born: date | None, today: date) -> int | None:
    """Return the age in whole years, when the birth date is known."""
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def tooth_line(picked: tuple[str, ...]) -> str:
    """Return "#19 (FDI 36) lower left first molar", or "#17, #32" for several."""
    if len(picked) == 1:
        [tooth] = picked
        return f"#{tooth} (FDI {teeth.to_fdi(tooth)}) {teeth.name(tooth)}"
    return ", ".join(f"#{tooth}" for tooth in picked)


def specialty_label(key: str) -> str:
    """Return the specialty in words."""
    return SPECIALTIES[key].label if key in SPECIALTIES else "Not said"


def procedure_label(specialty: str, key: str) -> str:
    """Return the procedure in words; what a document called it stays as it is."""
    known = (
        {procedure.key: procedure.label for procedure in SPECIALTIES[specialty].procedures}
        if (specialty in SPECIALTIES)
        else {}
    )
    return known.get(key, key)


def answers(request: Request) -> tuple[tuple[str, str], ...]:
    """Return the answered questions in words; what a later version no longer asks keeps its key."""
    asked = questions_for(request.specialty, request.procedure) if request.specialty in SPECIALTIES else ()
    known = {question.key for question in asked}
    rest = ((key, answer) for key, answer in request.answers.items() if key not in known and answer)
    return (*questions.shown(asked, request.answers), *rest)


def urgency_chip(urgency: str, *, is_red_flag: bool) -> Chip:
    """Return how soon, as a chip; a red flag says so first."""
    label = URGENCIES[urgency].label if urgency in URGENCIES else "Not said"
    if is_red_flag:
        return Chip("red", "flag-3", f"Red flag · {label}")
    kind, icon = URGENCY_LOOKS.get(urgency, ("stone", "circle-dashed"))
    return Chip(kind, icon, label)

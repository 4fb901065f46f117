"""When teeth come and go, as far as the wrong-tooth guard needs it."""

import re

from bridgework.dentistry.numbering import TEETH, find, name

# Eruption charts of the American Dental Association: earliest eruption of permanent teeth by place from the midline,
# and the latest age at which primary teeth are lost. Years.
_ERUPTS_UPPER = (7, 8, 11, 10, 10, 6, 12, 17)
_ERUPTS_LOWER = (6, 7, 9, 10, 11, 6, 11, 17)
_LOST = (7, 8, 12, 11, 12)

# A germ can be treated years before it erupts, and milk teeth may stay a while: only far-off ages are odd.
_EARLY_BY = 3
_WISDOM_EARLY_BY = 5
_LATE_BY = 3

_EXPLAINED = re.compile(
    r"\b(?:(?:over-?)?retained|un-?erupted|impacted|not (?:yet )?erupted|missing|germs?|ectopic|ankylos\w+|"
    r"(?:primary|deciduous|baby|milk) (?:\w+ )?(?:t(?:oo|ee)th|molars?|canines?|incisors?|dentition))\b",
    re.I,
)


def words_explain_it(text: str) -> bool:
    """Tell whether a note itself speaks of a tooth out of its time ("retained primary molar", "impacted canine")."""
    return _EXPLAINED.search(text) is not None


def odd_at_age(universal: str, age: float | None) -> tuple[str, str | None] | None:
    """Say why a tooth is unlikely at an age, with the tooth that stands there at that age, or None when it fits.

    Raises KeyError when the identifier is unknown.
    """
    tooth = TEETH[universal]
    if age is None or tooth.is_extra:
        return None
    if tooth.is_primary:
        lost = _LOST[tooth.position - 1]
        instead = find(tooth.quadrant, tooth.position, primary=False)
        sentence = f"The {name(universal)} is usually lost by {lost}; the patient is {int(age)}."
        return (sentence, instead) if age >= lost + _LATE_BY else None
    erupts = (_ERUPTS_UPPER if tooth.quadrant < 2 else _ERUPTS_LOWER)[tooth.position - 1]
    early_by = _WISDOM_EARLY_BY if tooth.position == 8 else _EARLY_BY
    # "First molar" and "second molar" of a small child are the primary ones, two places nearer to the midline.
    place = tooth.position if tooth.position < 6 else tooth.position - 2
    instead = find(tooth.quadrant, place, primary=True) if tooth.position < 8 else None
    sentence = f"The {name(universal)} comes through at about {erupts}; the patient is {int(age)}."
    return (sentence, instead) if age < erupts - early_by else None

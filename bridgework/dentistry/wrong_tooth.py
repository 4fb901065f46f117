"""The wrong-tooth guard: picked teeth against the words of the note, the labels of the films and the patient's age.

It compares and says what it found; it never changes the choice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bridgework.dentistry.eruption import odd_at_age, words_explain_it
from bridgework.dentistry.numbering import QUADRANTS, TEETH, Tooth, find, label, name
from bridgework.dentistry.teeth import expected_dentition
from bridgework.dentistry.tooth_words import Mention, exact_mentions, mentions

Verdict = Literal["agrees", "cannot_tell", "disagrees"]


@dataclass(frozen=True)
class Guard:
    """What the comparison found. `suggested` holds teeth that a person may pick instead or as well, by a click."""

    verdict: Verdict
    headline: str
    detail: str = ""
    suggested: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Headline and detail together."""
        return f"{self.headline} {self.detail}".strip()


def check(teeth: Sequence[str], text: str, age: float | None, image_labels: Iterable[str] = ()) -> Guard:
    """Compare picked teeth (Universal identifiers) with a note, an age in years and the labels or names of films.

    Raises KeyError for an identifier that is no tooth.
    """
    picked = tuple(dict.fromkeys(teeth))
    unknown = [tooth for tooth in picked if tooth not in TEETH]
    if unknown:
        raise KeyError(f"“{unknown[0]}” is no tooth.")
    by_words = _compare_with_words(picked, text, age)
    if not picked:
        return by_words
    on_films = tuple(dict.fromkeys(m.teeth[0] for one in image_labels for m in exact_mentions(one)))
    by_films = _compare_with_films(by_words, picked, on_films, says_nothing=not mentions(text))
    return by_films if words_explain_it(text) else _compare_with_age(by_films, picked, age)


def _compare_with_words(picked: tuple[str, ...], text: str, age: float | None) -> Guard:
    named = [mention for mention in mentions(text) if mention.is_exact]
    if not picked:
        return _nothing_picked(named)
    if named:
        return _compare_with_named(picked, named, age)
    quarters = mentions(text)
    if quarters:
        return _compare_with_quarters(picked, quarters)
    return Guard(
        "cannot_tell",
        "Your words do not name a tooth.",
        f"You picked {_in_full(picked[0])}. Write it too, so that the office can compare.",
    )


def _nothing_picked(named: list[Mention]) -> Guard:
    teeth = tuple(dict.fromkeys(mention.teeth[0] for mention in named))
    several = f"Your words name {_listed(teeth)}." if teeth else ""
    return Guard("cannot_tell", "No tooth is picked.", _explained(named[0]) if len(teeth) == 1 else several, teeth)


def _compare_with_named(picked: tuple[str, ...], named: list[Mention], age: float | None) -> Guard:
    meant = tuple(dict.fromkeys(_meant(mention, picked, age) for mention in named))
    missing = [tooth for tooth in picked if tooth not in meant]
    more = tuple(tooth for tooth in meant if tooth not in picked)
    in_doubt = next((m for m in named if m.teeth[0] not in picked and set(m.other) & set(missing)), None)
    if in_doubt:
        return _two_readings(next(tooth for tooth in missing if tooth in in_doubt.other), in_doubt)
    if len(missing) == len(picked):
        return _contradicted(picked[0], next(m for m in named if _meant(m, picked, age) in more), more)
    if missing:
        return Guard("cannot_tell", "Your words do not name every tooth.", f"They leave out {_listed(missing)}.")
    if more:
        return Guard("cannot_tell", "Your words name one more tooth.", f"You did not pick {_listed(more)}.", more)
    explained = _explained(named[0], meant[0]) if len(meant) == 1 else f"They name {_listed(meant)}."
    return Guard("agrees", _agree(picked, "your words"), explained)


def _meant(mention: Mention, picked: tuple[str, ...], age: float | None) -> str:
    """The tooth that words mean; "second molar" is a primary one when that is picked and the mouth still has them."""
    still_primary = age is not None and expected_dentition(age) != "permanent"
    if mention.notation == "words" and still_primary:
        return next((tooth for tooth in mention.other if tooth in picked), mention.teeth[0])
    return mention.teeth[0]


def _two_readings(tooth: str, mention: Mention) -> Guard:
    first = mention.teeth[0]
    detail = f"It is {_in_full(first)}, or {_in_full(tooth)}, which you picked. Write the tooth in words."
    return Guard("cannot_tell", f"“{_capital(mention.words)}” can mean two teeth.", detail, (first,))


def _contradicted(tooth: str, mention: Mention, suggested: tuple[str, ...]) -> Guard:
    other = TEETH[mention.teeth[0]]
    detail = f"{_explained(mention)} You picked {_in_full(tooth)}{_how_far(TEETH[tooth], other)}."
    return Guard("disagrees", "The tooth does not agree with your words.", detail, suggested)


def _compare_with_quarters(picked: tuple[str, ...], quarters: Sequence[Mention]) -> Guard:
    """Compare with "lower left" or "lower left molar", which name no single tooth but can exclude one."""
    allowed = {tooth for mention in quarters for tooth in (*mention.teeth, *mention.other)}
    outside = [tooth for tooth in picked if tooth not in allowed]
    words = f"“{_capital(quarters[0].words)}”"
    if not outside:
        return Guard(
            "cannot_tell", "The tooth fits your words, but they do not name it.", f"{words} can be several teeth."
        )
    tooth, quadrant = TEETH[outside[0]], TEETH[quarters[0].teeth[0]].quadrant
    mirrored = find(quadrant, tooth.position, primary=tooth.is_primary)
    suggested = (mirrored,) if mirrored and mirrored in allowed and mirrored not in picked else ()
    detail = f"{words} is not where {_in_full(tooth.universal)} stands."
    return Guard("disagrees", "The tooth does not agree with your words.", detail, suggested)


def _compare_with_films(
    by_words: Guard, picked: tuple[str, ...], on_films: tuple[str, ...], *, says_nothing: bool
) -> Guard:
    if not on_films:
        return by_words
    shown = [tooth for tooth in picked if tooth in on_films]
    labelled = f"The film is labeled {_listed(on_films)}"
    if not shown:
        if by_words.verdict == "disagrees":
            return Guard("disagrees", by_words.headline, f"{by_words.detail} {labelled}.", by_words.suggested)
        detail = f"{labelled}. You picked {_listed(picked)}."
        return Guard("disagrees", "The tooth does not agree with the film.", detail, on_films)
    if says_nothing and len(shown) == len(picked):
        return Guard("agrees", _agree(picked, "the film"), f"{labelled}. Your words do not name it.")
    too = " too" if by_words.verdict == "agrees" else ""
    return Guard(by_words.verdict, by_words.headline, f"{by_words.detail} {labelled}{too}.", by_words.suggested)


def _compare_with_age(guard: Guard, picked: tuple[str, ...], age: float | None) -> Guard:
    odd = next((found for tooth in picked if (found := odd_at_age(tooth, age))), None)
    if odd is None:
        return guard
    sentence, instead = odd
    suggested = guard.suggested or ((instead,) if instead and instead not in picked else ())
    if guard.verdict == "disagrees":
        return Guard("disagrees", guard.headline, f"{guard.detail} {sentence}", suggested)
    verdict: Verdict = "cannot_tell" if guard.verdict == "agrees" else "disagrees"
    return Guard(verdict, "The tooth does not fit the age.", sentence, suggested)


def _explained(mention: Mention, meant: str | None = None) -> str:
    tooth = TEETH[meant or mention.teeth[0]]
    words = f"“{_capital(mention.words)}”"
    if mention.notation == "universal" or not tooth.fdi:
        return f"{words} is the {name(tooth.universal)}."
    if tooth.fdi in mention.words and "fdi" in mention.words.lower():
        return f"{words} is #{tooth.universal}."
    return f"{words} is FDI {tooth.fdi}, which is #{tooth.universal}."


def _how_far(picked: Tooth, meant: Tooth) -> str:
    """Name the usual slips: left for right, upper for lower."""
    if picked.position != meant.position or picked.is_primary != meant.is_primary or picked.quadrant == meant.quadrant:
        return ""
    (jaw, side), (other_jaw, other_side) = QUADRANTS[picked.quadrant].split(), QUADRANTS[meant.quadrant].split()
    if jaw == other_jaw:
        return ", the other side"
    return ", the other jaw" if side == other_side else ""


def _agree(picked: tuple[str, ...], with_what: str) -> str:
    return f"The tooth agrees with {with_what}." if len(picked) == 1 else f"The teeth agree with {with_what}."


def _in_full(tooth: str) -> str:
    return f"{label(tooth)}, the {name(tooth)}" if not TEETH[tooth].is_extra else f"#{tooth}, the {name(tooth)}"


def _listed(teeth: Sequence[str]) -> str:
    numbers = [f"#{tooth}" for tooth in teeth]
    return numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

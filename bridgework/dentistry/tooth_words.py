"""Find teeth in what people write: "#19", "tooth 30", "FDI 36", "UL6", "lower left 6", "mandibular left first molar"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bridgework.dentistry import numbering
from bridgework.dentistry.numbering import TEETH


@dataclass(frozen=True)
class Mention:
    """One place in a text that names a tooth or a part of the mouth.

    `teeth` holds what the words mean in this country: one tooth when they are exact, several for "lower left molar",
    a quarter of the mouth for "lower left". `other` holds what the same words mean in another notation or as a primary
    tooth, and is empty when nothing else can be meant.
    """

    words: str
    start: int
    teeth: tuple[str, ...]
    other: tuple[str, ...] = ()
    notation: str = "words"  # universal, fdi, palmer, words

    @property
    def is_exact(self) -> bool:
        """Whether the words name one tooth."""
        return len(self.teeth) == 1


_ARCHES = {"upper": 0, "maxillary": 0, "top": 0, "lower": 2, "mandibular": 2, "bottom": 2}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
_PRIMARY_WORDS = ("primary", "deciduous", "baby", "milk")
# After these a number counts something other than teeth: "lower left 2 weeks", "#19, 6 mm pocket".
_NOT_COUNTED = (
    r"(?!\s*-?\s*(?:mm|cm|mg|ml|mcg|g|kg|%|x|am|pm|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|y/?o|times|"
    r"canals?|roots?|crowns?|fillings?|surfaces?|visits?|appointments?|views?|films?|pas?|bws?|more|other)\b)(?![\d%])(?!\.\d)"
)
_NUMBER = rf"\d{{1,2}}{_NOT_COUNTED}"
_LETTER = r"(?-i:[B-HJ-T]S?\b|[AI]S?(?=\s*(?:[,.;:()&/]|and\b|$)))"
_BETWEEN = r"\s*(?:,\s*and|,|&|\+|/|and|through|thru|to|-|–)\s*"
_LIST = rf"(?:{_NUMBER}(?:{_BETWEEN}#?{_NUMBER})*|{_LETTER}(?:{_BETWEEN}#?{_LETTER})*)"

_FDI = re.compile(r"\b(?:fdi|iso)\s*#?\s*([1-8])\.?([1-8])\b|\b([1-8])\.?([1-8])\s*\(?fdi\b(?!\s*#?\d)", re.I)
_DOTTED = re.compile(r"(?:#|\b(?:tooth|teeth)\s+)([1-8])\.([1-8])\b", re.I)
_MARKED = re.compile(
    rf"(?:#|\b(?:tooth|teeth|tth|pa|periapical|bwx?)\s*(?:nos?\b\.?|numbers?\b)?\s*#?\s*)({_LIST})", re.I
)
_PALMER = re.compile(r"\b(UR|UL|LL|LR)[\s-]?([1-8]|[A-E])\b" + _NOT_COUNTED, re.I)
_TREATED = re.compile(
    r"\b(?:ext(?:ract(?:ion)?)?|exo|remov(?:e|al)|pull|rct|re-?treat(?:ment)?|root canal|endo|implant|crown|caries|abscess|"
    r"pulpitis|fractured?|cracked|pain)\s+(?:of|on|in|at|for|to|with|site)?\s*(?:the\s+)?(\d{2})\b(?!\s*/\s*\d|\s+out\b)"
    + _NOT_COUNTED,
    re.I,
)
_DENTITION = r"(?:permanent|adult|primary|deciduous|baby|milk)"
_ARCH, _SIDE = r"(?:upper|lower|maxillary|mandibular|top|bottom)", r"(?:right|left)"
_WORDS = re.compile(
    rf"\b(?P<extra>supernumerary\s+)?(?:(?P<before>{_DENTITION})\s+)?"
    rf"(?:(?P<arch>{_ARCH})\s+(?:{_ARCH}\s+)?(?P<side>{_SIDE})|(?P<side2>{_SIDE})\s+(?P<arch2>{_ARCH}))\b"
    rf"(?:\s+(?P<after>{_DENTITION})\b)?"
    r"(?:\s+(?:(?P<ordinal>first|second|third|1st|2nd|3rd)\s+)?(?:(?:permanent|primary|deciduous)\s+)?"
    r"(?P<kind>molar|premolar|bicuspid|central|lateral|incisor|canine|cuspid|eye\s?tooth|wisdom|third)s?\b"
    r"|\s+(?:tooth\s+)?(?:number\s+|no\.?\s*|#\s*)?(?P<digit>\d{1,2}\b" + _NOT_COUNTED + r"|(?-i:[A-E])\b"
    rf"|(?:{'|'.join(_NUMBERS)})\b" + _NOT_COUNTED + "))?",
    re.I,
)


def mentions(text: str) -> tuple[Mention, ...]:
    """Find every tooth and every quarter of the mouth that a text names, in reading order.

    Bare numbers count only behind a word of treatment ("extract 30"), because notes are full of ages, doses and dates.
    """
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Mention]]], ...] = (
        (_FDI, _read_fdi),
        (_DOTTED, _read_fdi),
        (_MARKED, _read_marked),
        (_WORDS, _read_words),
        (_PALMER, _read_palmer),
        (_TREATED, _read_treated),
    )
    found: list[Mention] = []
    rest = text.replace("_", " ").replace("\N{NO-BREAK SPACE}", " ")
    for pattern, read in readers:
        for match in pattern.finditer(rest):
            read_here = list(read(match))
            found += read_here
            if read_here:
                rest = rest[: match.start()] + "\0" * len(match[0]) + rest[match.end() :]
    return tuple(sorted(found, key=lambda mention: mention.start))


def exact_mentions(text: str) -> tuple[Mention, ...]:
    """Find only the places that name one tooth."""
    return tuple(mention for mention in mentions(text) if mention.is_exact)


def from_display(text: str) -> str | None:
    """Read the one tooth that a display or label names, or None when it names none, several, or one in doubt."""
    named = exact_mentions(text)
    in_doubt = any(mention.other and mention.notation == "fdi or extra" for mention in named)
    teeth = {mention.teeth[0] for mention in named}
    return teeth.pop() if len(teeth) == 1 and not in_doubt else None


def _read_fdi(match: re.Match[str]) -> Iterator[Mention]:
    digits = "".join(filter(None, match.groups()))
    if tooth := numbering.from_fdi(digits):
        yield Mention(match[0].strip(" ("), match.start(), (tooth,), notation="fdi")


def _read_palmer(match: re.Match[str]) -> Iterator[Mention]:
    if tooth := numbering.from_palmer(match[1] + match[2]):
        yield Mention(match[0], match.start(), (tooth,), notation="palmer")


def _read_treated(match: re.Match[str]) -> Iterator[Mention]:
    yield from _read_number(match[1], match[0], match.start())


def _read_marked(match: re.Match[str]) -> Iterator[Mention]:
    """Read "#19", "tooth 19" and lists behind them; "6-11" names every tooth from the first to the last."""
    marker = "#" if "#" in match[0] else "tooth "
    earlier = ""
    for item in re.finditer(rf"({_BETWEEN})?#?(\d{{1,2}}|[A-T]S?\b)", match[1], re.I):
        written = item[2].upper()
        for identifier in (*_between(earlier, written, item[1] or ""), written):
            yield from _read_number(identifier, marker + identifier, match.start())
        earlier = written


def _between(first: str, last: str, joint: str) -> tuple[str, ...]:
    """The teeth that a range leaves unsaid: 7, 8, 9, 10 in "6-11"."""
    is_range = re.search(r"through|thru|to|[-–]", joint, re.I) is not None
    for row in (numbering.PERMANENT, numbering.PRIMARY):
        if is_range and first in row and last in row:
            return row[row.index(first) + 1 : row.index(last)]
    return ()


def _read_number(identifier: str, words: str, start: int) -> Iterator[Mention]:
    """Read a number without quadrant: Universal first, FDI where Universal has none; both are kept when both exist."""
    universal, fdi = numbering.parse_universal(identifier), numbering.from_fdi(identifier)
    if universal and TEETH[universal].is_extra and fdi and "#" not in words:
        yield Mention(words, start, (fdi,), (universal,), notation="fdi or extra")
    elif universal:
        other = (fdi,) if fdi and fdi != universal and "#" not in words else ()
        yield Mention(words, start, (universal,), other, notation="universal")
    elif fdi:
        yield Mention(words, start, (fdi,), notation="fdi")


def _read_words(match: re.Match[str]) -> Iterator[Mention]:
    arch, side = (match["arch"] or match["arch2"]).lower(), (match["side"] or match["side2"]).lower()
    # Quadrants run clockwise as the dentist sees them: upper right, upper left, lower left, lower right.
    quadrant = _ARCHES[arch] + (side == ("left" if _ARCHES[arch] == 0 else "right"))
    dentition = (match["before"] or match["after"] or match[0]).lower()
    is_primary = any(word in dentition for word in _PRIMARY_WORDS)
    places = _places(match, quadrant)
    permanent = _teeth_at(quadrant, [place[0] for place in places], primary=False)
    primary = _teeth_at(quadrant, [place[1] for place in places], primary=True)
    if match["digit"] and match["digit"].upper() in "ABCDE":
        is_primary = True
    named = primary if is_primary else permanent
    other = () if is_primary or match["before"] or match["after"] else primary
    if match["extra"]:
        named, other = tuple(_beside(tooth) for tooth in named), ()
    if named:
        yield Mention(match[0].strip(), match.start(), named, other)


def _places(match: re.Match[str], quadrant: int) -> list[tuple[int, int]]:
    """Places from the midline that the words allow, as (permanent, primary); 0 where there is no such tooth."""
    kind = (match["kind"] or "").lower().replace(" ", "")
    number = _ORDINALS.get((match["ordinal"] or "").lower())
    if kind == "molar":
        return [(5 + number, 3 + number if number < 3 else 0)] if number else [(6, 4), (7, 5), (8, 0)]
    if kind in ("premolar", "bicuspid"):
        return [(3 + number, 0)] if number and number < 3 else [(4, 0), (5, 0)]
    single = {
        "central": [(1, 1)],
        "lateral": [(2, 2)],
        "incisor": [(1, 1), (2, 2)],
        "wisdom": [(8, 0)],
        "third": [(8, 0)],
    }
    if kind:
        return single.get(kind, [(3, 3)])
    if match["digit"]:
        return _place_of_digit(match["digit"], quadrant)
    return [(place, place if place < 6 else 0) for place in range(1, 9)]


def _place_of_digit(digit: str, quadrant: int) -> list[tuple[int, int]]:
    """Read "6", "six" or "E" as a place, and "36" or "19" as a tooth if it lies in that quadrant."""
    written = digit.lower()
    if written in _NUMBERS:
        written = str(_NUMBERS.index(written) + 1)
    if written.upper() in "ABCDE":
        return [(0, "ABCDE".index(written.upper()) + 1)]
    if written in "12345678":
        return [(int(written), int(written) if int(written) < 6 else 0)]
    readings = [numbering.from_fdi(written), numbering.parse_universal(written)]
    teeth = [TEETH[reading] for reading in readings if reading and TEETH[reading].quadrant == quadrant]
    return [(0, tooth.position) if tooth.is_primary else (tooth.position, 0) for tooth in teeth[:1]]


def _teeth_at(quadrant: int, places: list[int], *, primary: bool) -> tuple[str, ...]:
    teeth = (numbering.find(quadrant, place, primary=primary) for place in places if place)
    return tuple(tooth for tooth in teeth if tooth)


def _beside(tooth: str) -> str:
    return tooth + "S" if TEETH[tooth].is_primary else str(int(tooth) + 50)

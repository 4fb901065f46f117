"""Names of people as keys: one folding serves order, paging and search.

Keys are compared byte by byte (`COLLATE "C"`), never by the rules of a database's language, so that two machines sort
alike and row-level security keeps its index. Every search key begins with a letter for its kind (n: name, p: phone,
b: birth date), so that one table holds all of them and they never mix.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from bridgework.lib import phones

# Words that belong to the word after them: "de la Cruz" is one name, found as "delacruz", "de la cruz" and "cruz".
_ARABIC, _DUTCH = ("abu", "al", "bin", "el", "ibn"), ("den", "der", "ten", "ter", "van", "von", "zu", "zur")
_ROMANCE = ("da", "das", "de", "del", "della", "di", "do", "dos", "du", "la", "las", "le", "los")
_PARTICLES = frozenset((*_ARABIC, *_DUTCH, *_ROMANCE, "mac", "mc", "st", "ste"))
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "dds", "dmd", "md", "phd"])
_TITLES = frozenset(["dr", "mr", "mrs", "ms"])
# Letters that Unicode does not decompose into a plain letter and a mark.
_PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_NO_WORD = re.compile(r"[\W_]+")
_LAST_CHARACTER = "\U0010ffff"

_FULL_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_PHONE = re.compile(r"\+?[\d\s().\-]+")
_CENTURY_BREAK = 30  # a typed year of 29 is 2029, of 30 is 1930


@dataclass(frozen=True)
class SearchTerm:
    """What a person typed, understood. Rows match when `prefix` <= key < `end`."""

    kind: Literal["name", "phone", "birth_date"]
    prefix: str

    @property
    def end(self) -> str:
        """The upper bound of the range, above every key that begins with the prefix."""
        return self.prefix + _LAST_CHARACTER


def name_words(text: str) -> tuple[str, ...]:
    """Split a name into folded words: small letters, no accents, particles joined to their word, no titles or suffixes.

    "María de la Cruz-Pérez Jr." gives ("maria", "delacruz", "perez"). Titles go only in front of another word and
    suffixes only behind one, so that no name becomes empty.
    """
    return tuple(_join_particles(_plain_words(text)))


def name_key(text: str) -> str:
    """Fold a name to the text by which it is sorted, paged and searched; empty when it holds no letter or digit."""
    return " ".join(name_words(text))


def search_keys(given: str, middle: str, family: str, preferred: str = "") -> frozenset[str]:
    """Make the keys by which a person is found: by any word of the name, by "family given" and by "given family".

    A key that begins another key is left out: the range over the shorter one finds the longer one.
    """
    keys = {form for part in (given, middle, family, preferred) for form in _forms(part)}
    families = _forms(family) or {""}
    for first in filter(None, (given, preferred)):
        for one in (first, f"{first} {middle}", *name_words(first)):
            keys |= {" ".join(order) for name in families for order in ((name_key(one), name), (name, name_key(one)))}
            for whole in (f"{one} {family}", f"{family} {one}"):
                keys |= {name_key(whole), " ".join(_join_particles(_fold(whole).split()))}
    return frozenset("n:" + key for key in _without_beginnings({key.strip() for key in keys}))


def phone_keys(e164: str) -> frozenset[str]:
    """Make the keys of a phone: all digits, digits without country, local seven (North America) and last four."""
    full = "".join(character for character in e164 if character.isdigit())
    if not full:
        return frozenset()
    national = phones.national_digits(e164)
    endings = {full, national, full[-4:]}
    if full.startswith("1") and len(national) == 10:
        endings.add(national[-7:])
    return frozenset("p:" + digits for digits in endings)


def birth_date_keys(born: date) -> frozenset[str]:
    """Make the key of a birth date: ISO, so that a year or a year and month are beginnings of it."""
    return frozenset({"b:" + born.isoformat()})


def parse_search(text: str) -> SearchTerm | None:
    """Understand what was typed into a search field, or None when there is nothing to look for.

    Dates may come as 3/4/1968 (month first), 1968-03-04, 03041968 or 3/1968; a first number above 12 is a day. Other
    digits are a phone number or its beginning or its last four; all else is the beginning of a name in either order.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    birth_date = _birth_date_prefix(typed)
    if birth_date:
        return SearchTerm("birth_date", "b:" + birth_date)
    digits = re.sub(r"\D", "", typed)
    if digits and _PHONE.fullmatch(typed):
        is_north_american = len(digits) > 10 and digits.startswith("1")
        return SearchTerm("phone", "p:" + (digits[1:] if is_north_american else digits))
    key = name_key(typed)
    return SearchTerm("name", "n:" + key) if key else None


def _fold(text: str) -> str:
    """Small letters without accents, apostrophes closed up, everything else that is no letter or digit a space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    closed = _APOSTROPHES.sub("", plain.casefold().translate(_PLAIN_LETTERS))
    return _NO_WORD.sub(" ", closed).strip()


def _join_particles(words: list[str]) -> list[str]:
    joined: list[str] = []
    waiting = ""
    for word in words:
        waiting += word
        if word not in _PARTICLES:
            joined.append(waiting)
            waiting = ""
    return [*joined, waiting] if waiting else joined


def _plain_words(text: str) -> list[str]:
    words = _fold(text).split()
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    return words[:1] + [word for word in words[1:] if word not in _SUFFIXES]


def _forms(part: str) -> set[str]:
    """The ways in which one part of a name is typed: whole, from each of its words on, and each word alone.

    Particles stand joined or are left off; apostrophes and hyphens are closed up or a space (O'Brien, O Brien;
    Cruz-Pérez, Cruzpérez).
    """
    forms: set[str] = set()
    for spelling in (part, _APOSTROPHES.sub(" ", part), part.replace("-", "")):
        plain, joined = _plain_words(spelling), name_words(spelling)
        forms |= {" ".join(joined[index:]) for index in range(len(joined))}
        forms |= {name_key(" ".join(plain[index:])) for index in range(len(plain))}
        forms |= set(plain) - _PARTICLES | set(joined)
    return forms


def _without_beginnings(keys: set[str]) -> list[str]:
    """Drop empty keys and each key that another one begins with; in sorted order those stand side by side."""
    ordered = sorted(filter(None, keys))
    return [key for key, following in pairwise([*ordered, ""]) if not following.startswith(key)]


def _birth_date_prefix(typed: str) -> str | None:
    if match := _FULL_DATE.fullmatch(typed):
        return _iso(_whole_year(match[3]), int(match[1]), int(match[2]))
    if match := _ISO_DATE.fullmatch(typed):
        year, month, day = int(match[1]), int(match[2]), match[3]
        return _iso(year, month, int(day)) if day else _iso_month(year, month)
    if match := _MONTH_AND_YEAR.fullmatch(typed):
        return _iso_month(int(match[2]), int(match[1]))
    if typed.isascii() and typed.isdigit() and len(typed) == 8:
        month_first = _iso(int(typed[4:]), int(typed[:2]), int(typed[2:4]))
        return month_first or _iso(int(typed[:4]), int(typed[4:6]), int(typed[6:]))
    return None


def _whole_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < _CENTURY_BREAK else 1900)


def _iso(year: int, month: int, day: int) -> str | None:
    """ISO date of a birth that can be; month and day change places when only that makes a date."""
    if not 1850 <= year <= 2150:
        return None
    for first, second in ((month, day), (day, month)):
        try:
            return date(year, first, second).isoformat()
        except ValueError:
            continue
    return None


def _iso_month(year: int, month: int) -> str | None:
    return f"{year:04}-{month:02}" if 1850 <= year <= 2150 and 1 <= month <= 12 else None

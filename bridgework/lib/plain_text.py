"""Text that people type or machines send, made fit to keep: no control characters, no stray space, a length."""

import re
import unicodedata
from collections.abc import Mapping
from typing import TypeVar, cast

Value = TypeVar("Value")

LINE_LIMIT = 200
TEXT_LIMIT = 20_000

_NOT_KEEPABLE = re.compile("[\x00\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
# Cc: control, Cs: half of a pair, Co and Cn: nobody's characters. Format characters (Cf) stay: names need joiners.
_UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}
# They turn the direction of what follows, so that a line may read as something else (Unicode TR 36, section 2.5).
_TURNS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))


class Unfit(ValueError):
    """What was given cannot be kept: `sentence` says why to a person, `field` names what it belongs to."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


def keepable(text: str) -> str:
    """Mark what a database cannot keep: NUL, which PostgreSQL has neither in text nor in JSON, and half of a pair."""
    return _NOT_KEEPABLE.sub("\ufffd", text)


def keepable_tree(tree: Mapping[str, Value]) -> dict[str, Value]:
    """Mark the same in all texts and names of a JSON object."""
    return {keepable(name): cast(Value, _keepable(value)) for name, value in tree.items()}


def _keepable(value: object) -> object:
    if isinstance(value, str):
        return keepable(value)
    if isinstance(value, Mapping):
        return keepable_tree(value)
    return [_keepable(inner) for inner in value] if isinstance(value, list | tuple) else value


def one_line(value: object, *, field: str, most: int = LINE_LIMIT) -> str:
    """Clean a name, a label or any other single line; spaces and line breaks in a row become one space.

    Raises Unfit when it is no text or longer than `most` characters.
    """
    return paragraph(value, field=field, most=most, breaks=False)


def paragraph(value: object, *, field: str, most: int = TEXT_LIMIT, breaks: bool = True) -> str:
    """Clean a note of several lines; line breaks stay, other control characters go.

    Raises Unfit when it is no text or longer than `most` characters.
    """
    if not isinstance(value, str):
        raise Unfit(f"The {words(field)} must be text.", field)
    text = value.replace("\r\n", "\n").replace("\r", "\n") if breaks else " ".join(value.split())
    kept = (character for character in text.translate(_TURNS) if character == "\n" or _is_printable(character))
    cleaned = _SPACES.sub(" ", unicodedata.normalize("NFC", "".join(kept))).strip()
    if len(cleaned) > most:
        raise Unfit(f"The {words(field)} is too long: {most:,} characters at most.", field)
    return cleaned


def required(value: object, *, field: str, most: int = LINE_LIMIT) -> str:
    """Clean a single line that may not be empty; raise Unfit when it is."""
    line = one_line(value, field=field, most=most)
    if not line:
        raise Unfit(f"Enter the {words(field)}.", field)
    return line


def words(field: str) -> str:
    """Write the name of a field as people say it: "birth_date" becomes "birth date"."""
    return field.replace("_", " ") or "text"


def _is_printable(character: str) -> bool:
    return character == "\t" or unicodedata.category(character) not in _UNPRINTABLE

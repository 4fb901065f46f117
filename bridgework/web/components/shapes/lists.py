"""Shapes of lists, cards and the small parts inside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bridgework.web.components.icons import IconName

Kind = Literal["red", "amber", "green", "blue", "violet", "stone", "plain"]


@dataclass(frozen=True)
class Chip:
    """Icon and words: says when, or what state; never a button."""

    kind: Kind
    icon: IconName
    words: str


@dataclass(frozen=True)
class Action:
    """A button named by its verb: a link (`get`) or a form of its own (`post`, with `name=value` in the body)."""

    label: str
    url: str
    method: Literal["get", "post"] = "get"
    icon: IconName | Literal[""] = ""
    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class Link:
    """Words that lead to a page; `detail` is the grey part after them."""

    label: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Undo:
    """What just happened, what stays, and the way back, for the dark bar at the bottom. `action` posts."""

    words: str
    action: Action


@dataclass(frozen=True)
class Notice:
    """A coloured note in a page: bold words, then the rest, then perhaps a link or button."""

    kind: Kind
    icon: IconName
    words: str
    bold: str = ""
    action: Action | None = None


@dataclass(frozen=True)
class Row:
    """A list row: patient, one sentence, one due chip, one button."""

    patient: str
    detail: str
    url: str
    sentence: str
    sentence_bold: str = ""
    chip: Chip | None = None
    action: Action | None = None
    is_red_flag: bool = False


@dataclass(frozen=True)
class Group:
    """Rows with one reason, in order of harm. `key` is the anchor; `why` the grey words at the right."""

    key: str
    title: str
    count: int
    rows: tuple[Row, ...]
    why: str = ""
    more: Link | None = None


@dataclass(frozen=True)
class Filter:
    """A filter pill: the count first, then the name. `count` may be words such as "200+"."""

    label: str
    url: str
    count: int | str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Pages:
    """Keyset paging: the addresses of the pages beside this one, empty at the ends."""

    newer_url: str = ""
    older_url: str = ""
    words: str = ""


@dataclass(frozen=True)
class RailItem:
    """A line of a rail card."""

    label: str
    value: str = ""
    icon: IconName | Literal[""] = ""
    url: str = ""


@dataclass(frozen=True)
class RailCard:
    """A quiet card beside the page."""

    title: str
    items: tuple[RailItem, ...]
    link: Link | None = None


@dataclass(frozen=True)
class TableRow:
    """A row of a table: the name with its second line, then one text a column, then a chip and a button."""

    name: str
    cells: tuple[str, ...]
    url: str = ""
    detail: str = ""
    chip: Chip | None = None
    action: Action | None = None


@dataclass(frozen=True)
class Table:
    """A table; `columns` name the cells after the first, `caption` is read by screen readers."""

    caption: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    under: str = ""


@dataclass(frozen=True)
class Fact:
    """A term and its value."""

    term: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and plain text as somebody wrote it; line breaks are kept."""

    title: str
    text: str


@dataclass(frozen=True)
class Card:
    """A card of a page: what is true (bold), words, facts, texts, perhaps a note and one outlined button."""

    title: str
    bold: str = ""
    words: str = ""
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    notice: Notice | None = None
    action: Action | None = None

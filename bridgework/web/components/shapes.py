"""Shapes of what pages show: frozen, flat, with words ready for display.

A view fills these (or dictionaries with the same keys) and passes them to a template; no template computes.
`icon` is a name of `icons.py`; `kind` is a status colour of the design (red: late or unsafe, amber: due soon,
green: done, blue: someone else's turn, violet: new or by itself, stone: neutral, plain: no status).
"""

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
class NavItem:
    """One place in the menu. `count` 0 shows no number."""

    label: str
    icon: IconName
    url: str
    count: int = 0
    is_current: bool = False


@dataclass(frozen=True)
class OrganizationChoice:
    """An organization the person may switch to; `id` is posted as `organization`."""

    id: str
    name: str
    is_current: bool = False


@dataclass(frozen=True)
class Frame:
    """What surrounds every page of a signed-in person. `training` is the violet strip, empty when the practice is real."""

    organization: str
    person: str
    role: str
    settings_url: str
    search_url: str
    switch_url: str
    sign_out_url: str
    organizations: tuple[OrganizationChoice, ...] = ()
    training: str = ""
    phone_url: str = ""
    search_text: str = ""


@dataclass(frozen=True)
class Undo:
    """What just happened, what stays, and the way back, for the dark bar at the bottom. `action` posts."""

    words: str
    action: Action


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
class Station:
    """One of the three stations of the bridge."""

    name: str
    line: str
    is_holder: bool = False


@dataclass(frozen=True)
class Standing:
    """The first card of a referral: sentence, bridge, verbs. `bold` says who holds the ball."""

    bold: str
    sentence: str
    stations: tuple[Station, Station, Station]
    primary: Action | None = None
    actions: tuple[Action, ...] = ()
    more: tuple[Action, ...] = ()


@dataclass(frozen=True)
class TrackStep:
    """One thing that happened on a track."""

    words: str
    when: str = ""


@dataclass(frozen=True)
class Track:
    """One of the four tracks: `done` of `steps`; `trouble` stripes the next segment."""

    name: str
    done: int
    steps: int
    state: str
    when: str = ""
    note: str = ""
    trouble: Literal["", "amber", "red"] = ""
    log: tuple[TrackStep, ...] = ()

    @property
    def segments(self) -> tuple[str, ...]:
        """Return the class of each segment: `d` done, `now` the one in trouble, empty to come."""
        after = ["now"] if self.trouble and self.done < self.steps else []
        return tuple((["d"] * self.done + after + [""] * self.steps)[: self.steps])


@dataclass(frozen=True)
class Safety:
    """Before treating: chips, where they come from, who confirmed."""

    chips: tuple[Chip, ...]
    source: str


@dataclass(frozen=True)
class Film:
    """A radiograph in the packet. `thumbnail_url` and `view_url` are pictures made by the server, empty while it has none."""

    title: str
    detail: str
    thumbnail_url: str
    view_url: str
    original_url: str = ""
    remove: Action | None = None


@dataclass(frozen=True)
class Document:
    """A document in the packet, or a fact that goes with it (then without `url`)."""

    label: str
    detail: str
    icon: IconName = "file-text"
    url: str = ""
    remove: Action | None = None


@dataclass(frozen=True)
class Packet:
    """Films and documents. `upload_url` empty: nothing may be added. `max_bytes` is checked before sending, and again by the server."""

    films: tuple[Film, ...] = ()
    documents: tuple[Document, ...] = ()
    chip: Chip | None = None
    upload_url: str = ""
    max_bytes: int = 0
    max_words: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the timeline. `kind` colours the dot of milestones (green) and of the patient's voice (blue) only."""

    icon: IconName
    sentence: str
    meta: str
    bold: str = ""
    quote: str = ""
    kind: Kind | Literal[""] = ""
    link: Link | None = None
    undo: Action | None = None
    is_private: bool = False
    is_fresh: bool = False


@dataclass(frozen=True)
class Day:
    """Entries of one day, newest first, under its label ("Tuesday, Nov 17", "Earlier")."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Timeline:
    """Expected things (`coming`) above, then what happened."""

    coming: tuple[Entry, ...]
    days: tuple[Day, ...]
    note_url: str = ""
    older: Link | None = None


@dataclass(frozen=True)
class Notice:
    """A coloured note in a page: bold words, then the rest, then perhaps a link or button."""

    kind: Kind
    icon: IconName
    words: str
    bold: str = ""
    action: Action | None = None


@dataclass(frozen=True)
class Check:
    """One line of "Ready to send". `is_required` and not `ok` holds the referral back."""

    ok: bool
    words: str
    is_required: bool = False
    fix: Link | None = None


@dataclass(frozen=True)
class ReadyToSend:
    """The aside of a new referral: the whole referral as a sentence (bold parts marked), the checks, what can be taken back."""

    parts: tuple[tuple[str, bool], ...]
    checks: tuple[Check, ...]
    can_send: bool
    after: str

    @property
    def tally(self) -> str:
        """Return "5 of 6"."""
        return f"{sum(check.ok for check in self.checks)} of {len(self.checks)}"


@dataclass(frozen=True)
class ToothGuard:
    """What the wrong-tooth guard says. `suggested` are Universal numbers offered as a correction when it disagrees."""

    verdict: Literal["agrees", "cannot_tell", "disagrees"]
    sentence: str
    bold: str = ""
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToothChart:
    """State of the chart: Universal numbers picked and missing; `typed` keeps what the chart cannot draw or could not read."""

    picked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    dentition: Literal["permanent", "primary", "mixed"] = "permanent"
    typed: str = ""
    error: str = ""


@dataclass(frozen=True)
class OfficeChoice:
    """An office to send to; `value` is posted as `send_to`."""

    value: str
    name: str
    detail: str
    is_picked: bool = False


@dataclass(frozen=True)
class Fact:
    """A term and its value."""

    term: str
    value: str
    url: str = ""


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
class Message:
    """A text on the pretend phone: `from_patient` stands right."""

    body: str
    meta: str
    from_patient: bool
    language: str = "en"


@dataclass(frozen=True)
class Pages:
    """Keyset paging: the addresses of the pages beside this one, empty at the ends."""

    newer_url: str = ""
    older_url: str = ""
    words: str = ""

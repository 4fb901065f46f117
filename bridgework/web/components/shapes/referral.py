"""Shapes of the referral page: standing, tracks, safety, packet, timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bridgework.web.components.icons import IconName
from bridgework.web.components.shapes.lists import Action, Chip, Kind, Link


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

"""Shapes of pages where somebody fills something in, and of the pretend phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.forms import BaseForm, BoundField

from bridgework.web.components.shapes.lists import Chip, Link, Section


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
    """An office to send to; `value` is posted as `send_to`.

    `times` are its next open times, posted as `opening-<value>`: (value, words, is chosen).
    """

    value: str
    name: str
    detail: str
    is_picked: bool = False
    times: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True)
class PickedPatient:
    """The patient of a new referral."""

    name: str
    initials: str
    detail: str
    change_url: str


@dataclass(frozen=True)
class FormSection:
    """A part of a longer form: its heading, a hint, and one Django form (each with its own prefix)."""

    title: str
    form: BaseForm
    hint: str = ""
    layout: Literal["", "pair"] = ""


@dataclass(frozen=True)
class Proposed:
    """A field read from a document: the form field with the value, how sure (a chip), and the words it was read from.

    No chip where nothing was read at all.
    """

    field: BoundField
    chip: Chip | None
    source: str = ""


@dataclass(frozen=True)
class Original:
    """What arrived, as it arrived: sections in reading order and the file itself."""

    title: str
    detail: str
    sections: tuple[Section, ...] = ()
    download: Link | None = None


@dataclass(frozen=True)
class Message:
    """A text on the pretend phone: `from_patient` stands right."""

    body: str
    meta: str
    from_patient: bool
    language: str = "en"


@dataclass(frozen=True)
class Phone:
    """The pretend phone of one patient. Posts `text`, and `key` that makes a second press harmless, to `reply_url`."""

    patient: str
    office: str
    initial: str
    clock: str
    messages: tuple[Message, ...]
    suggestions: tuple[str, ...]
    reply_url: str
    key: str = ""

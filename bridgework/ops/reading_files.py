"""Behind `bridgework read` and `bridgework import`: files from disk, one at a time, in the order of their names."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from bridgework.interop import reading
from bridgework.interop.document import ReadDocument
from bridgework.lib.actor import Actor
from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import organizations

if TYPE_CHECKING:  # needs Django, which `read` does without
    from bridgework.intake.models import InboxItem

BY = Actor(kind="import", name="Import")


@dataclass
class Summary:
    """What an import did. `unchanged` files had arrived before; `errors` are sentences, each with its file's name."""

    files: int = 0
    new: int = 0
    unchanged: int = 0
    referrals: int = 0
    errors: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Lay it out, one number a line."""
        return [f"{name}: {value}" for name, value in {**asdict(self), "errors": len(self.errors)}.items()]


def read(paths: Sequence[Path]) -> Iterator[str]:
    """Give one JSON object a file, each as one line; folders are gone through. Needs no database."""
    for path in _files(paths):
        yield reading.to_json_line(_read(path)[1])


def rehearse(path: Path) -> Summary:
    """Read what an import would take in, and take nothing in."""
    summary = Summary()
    for file in _files([path]):
        document = _read(file)[1]
        summary.files += 1
        _say(f"{file}: {document.kind}")
        summary.errors += [f"{file}: {warning}" for warning in document.warnings if document.kind == "other"]
    return summary


def take_in(path: Path, slug: str, *, confirms: bool, now: Callable[[], datetime]) -> Summary:
    """Bring a file, or every file of a folder, into an organization's Inbox; the same document again changes nothing.

    With `confirms` what is a referral goes straight on to one. What lacks something for that stays in the Inbox and is an error
    here; so is a file that cannot be kept. Each file is a transaction of its own.
    """
    importing = _Importing(organizations.id_of(slug), now, Summary())
    for file in _files([path]):
        importing.take_in(file, confirms=confirms)
    return importing.summary


@dataclass(frozen=True)
class _Importing:
    """One run of an import; each file is a transaction of its own, and one that fails leaves nothing behind."""

    organization_id: UUID
    now: Callable[[], datetime]
    summary: Summary

    def take_in(self, file: Path, *, confirms: bool) -> None:
        from bridgework.files.unacceptable import Unacceptable
        from bridgework.intake.actions import CannotConfirm, NoSuchItem
        from bridgework.referrals.errors import Refused

        self.summary.files += 1
        content, document = _read(file)
        try:
            item = self._keep(file, content, document)
            if confirms and document.kind == "referral":
                self._confirm(file, item)
        except (Unacceptable, CannotConfirm, NoSuchItem, Refused) as problem:
            self.summary.errors.append(f"{file}: {problem}")

    def _keep(self, file: Path, content: bytes, document: ReadDocument) -> "InboxItem":
        from bridgework.access import viewer
        from bridgework.intake import actions as intake
        from bridgework.interop import inbox

        with viewer.acting(self.organization_id):
            taken = intake.take_in(inbox.arrival(document, content), by=BY, at=self.now())
        self.summary.new += taken.is_new
        self.summary.unchanged += not taken.is_new
        _say(f"{file}: {document.kind}, {'new in the Inbox' if taken.is_new else 'had arrived before'}")
        for warning in document.warnings:
            _say(f"  {warning}")
        return taken.item

    def _confirm(self, file: Path, item: "InboxItem") -> None:
        from bridgework.access import viewer
        from bridgework.intake import actions as intake

        if item.referral_id is not None:
            return
        with viewer.acting(self.organization_id):
            referral = intake.confirm(item_id=item.id, by=BY, at=self.now())
        self.summary.referrals += 1
        _say(f"{file}: referral {referral.number}")


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Go through files and folders in the order of their names; hidden ones in folders are passed over."""
    for missing in (path for path in paths if not path.exists()):
        raise ConfigurationError(f"There is no file {missing}.")
    for path in paths:
        yield from [path] if path.is_file() else sorted(file for file in path.rglob("*") if _is_shown(file, path))


def _is_shown(file: Path, folder: Path) -> bool:
    return file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)


def _read(path: Path) -> tuple[bytes, ReadDocument]:
    content = path.read_bytes()
    return content, reading.read_file(path.name, content)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)

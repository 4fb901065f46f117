"""Behind `bridgework read` and `bridgework import`: files from disk, one at a time, in the order of their names."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from bridgework.interop import reading
from bridgework.lib.actor import Actor
from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import organizations

if TYPE_CHECKING:  # needs Django, which `read` does without
    from bridgework.intake.models import InboxItem

LARGEST = 64 * 1024 * 1024  # bytes, over every limit for what is read or kept
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
        yield reading.to_json_line(reading.read_file(path.name, _content(path)))


def rehearse(path: Path, slug: str, *, now: Callable[[], datetime]) -> Summary:
    """Say what an import would take in, and take nothing in."""
    importing = _Importing(organizations.id_of(slug), now, Summary(), is_rehearsal=True)
    for file in _files([path]):
        importing.take_in(file, confirms=False)
    return importing.summary


def take_in(path: Path, slug: str, *, confirms: bool, now: Callable[[], datetime]) -> Summary:
    """Bring a file, or every file of a folder, into an organization's Inbox; the same document again changes nothing.

    With `confirms` what is a referral goes straight on to one. What lacks something for that stays in the Inbox and is
    an error here; so is a file that cannot be read or kept. Each file is a transaction of its own.
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
    is_rehearsal: bool = False

    def take_in(self, file: Path, *, confirms: bool) -> None:
        from bridgework.files.unacceptable import Unacceptable
        from bridgework.intake.actions import CannotConfirm, NoSuchItem
        from bridgework.referrals.errors import Refused

        self.summary.files += 1
        try:
            item = self._keep(file)
            if confirms and item is not None and item.kind == "referral":
                self._confirm(file, item)
        except (Unacceptable, CannotConfirm, NoSuchItem, Refused) as problem:
            self.summary.errors.append(f"{file}: {problem}")
        except OSError as problem:
            self.summary.errors.append(f"{file}: The file cannot be read ({problem.strerror}).")

    def _keep(self, file: Path) -> "InboxItem | None":
        from bridgework.interop import inbox

        received = inbox.receive_file(
            organization_id=self.organization_id, name=file.name, content=_content(file), by=BY, at=self.now(),
            dry_run=self.is_rehearsal,
        )  # fmt: skip
        self.summary.new += received.is_new
        self.summary.unchanged += not received.is_new
        comes = "would be new" if self.is_rehearsal else "new in the Inbox"
        _say(f"{file}: {received.document.kind}, {comes if received.is_new else 'had arrived before'}")
        for warning in received.document.warnings:
            _say(f"  {warning}")
        return received.item

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


def _content(path: Path) -> bytes:
    """Read a file, of an enormous one only enough to see that it is too large."""
    with path.open("rb") as file:
        return file.read(LARGEST)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)

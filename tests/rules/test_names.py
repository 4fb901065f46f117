"""A name says what is inside; these say nothing."""

from pathlib import PurePosixPath

from tests.rules.tree import files

EMPTY_WORDS = {
    "utils",
    "util",
    "common",
    "core",
    "helpers",
    "helper",
    "base",
    "misc",
    "manager",
    "managers",
    "services",
}
# Django loads `<ENGINE>.base`; the name is its demand, not ours.
EXCEPTIONS = {"bridgework/access/backend/base.py"}


def says_nothing(path: str) -> bool:
    """Say whether a folder or a Python or JavaScript file on the path is named by an empty word, alone or as its last."""
    pure = PurePosixPath(path)
    words = list(pure.parts[:-1])
    if pure.suffix in (".py", ".js", ".css"):
        words.append(pure.stem.removeprefix("test_"))
    return any(word.replace("-", "_").rpartition("_")[2] in EMPTY_WORDS for word in words)


def test_no_file_or_folder_has_an_empty_name() -> None:
    ours = [path for path in files() if "/vendor/" not in path and path not in EXCEPTIONS]
    assert [path for path in ours if says_nothing(path)] == []


def test_exceptions_exist() -> None:
    assert set(files()) >= EXCEPTIONS


def test_empty_names_are_seen() -> None:
    bad = ["bridgework/utils/dates.py", "bridgework/web/html_helpers.py", "a/tests/test_utils.py", "core/x.md"]
    good = ["bridgework/ops/management/commands/up.py", "bridgework/web/base.html", "bridgework/lib/ids.py"]
    assert [says_nothing(path) for path in bad] == [True] * 4
    assert [says_nothing(path) for path in good] == [False] * 3

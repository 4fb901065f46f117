"""The source tree as the rules see it: which files there are, and each Python file parsed once."""

import ast
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Source:
    """One Python file: its path from the root with forward slashes, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Give every node of the tree; many rules look at all of them."""
        return tuple(ast.walk(self.tree))

    @property
    def is_test(self) -> bool:
        """Say whether the file is a test, a fixture or a factory for tests."""
        parts = self.path.split("/")
        return "tests" in parts or parts[-1].startswith("test_") or parts[-1] == "conftest.py"

    @property
    def is_migration(self) -> bool:
        """Say whether the file is a migration, which the framework writes."""
        return "/migrations/" in self.path

    @property
    def room(self) -> str:
        """Name the folder below `bridgework` that the file lies in ("" outside the product)."""
        parts = self.path.split("/")
        return parts[1] if parts[0] == "bridgework" and len(parts) > 2 else ""


def parse(text: str, path: str = "bridgework/referrals/example.py") -> Source:
    """Read a snippet as if it were the file at `path`; the rules' own examples come this way."""
    return Source(path, text, ast.parse(text))


def read(path: str) -> str:
    """Read a file of the repository by its path from the root."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def ignored_folders() -> frozenset[str]:
    """List the folder names that `.gitignore` keeps out of the repository, and the repository's own."""
    lines = read(".gitignore").splitlines()
    return frozenset({".git", *(line.strip("/") for line in lines if line.endswith("/"))})


@cache
def files() -> tuple[str, ...]:
    """List every file that belongs to the repository, by its path from the root."""
    found: list[str] = []
    for folder, subfolders, names in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        kept = ignored_folders() if here == Path() else ignored_folders() - {"data", "build", "dist"}
        subfolders[:] = sorted(name for name in subfolders if name not in kept and not name.endswith(".egg-info"))
        found += [(here / name).as_posix() for name in names if not name.endswith((".pyc", ".pid", ".log"))]
    return tuple(sorted(found))


@cache
def sources() -> tuple[Source, ...]:
    """Parse every Python file of the repository."""
    return tuple(parse(read(path), path) for path in files() if path.endswith(".py"))


def product() -> Iterator[Source]:
    """Give the files that run at a user's: `bridgework/` without tests and migrations."""
    return (s for s in sources() if s.path.startswith("bridgework/") and not s.is_test and not s.is_migration)


def own_text(suffixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give path and text of our own files with these endings; vendored files and test data are others' work."""
    parsed = {source.path: source.text for source in sources()}
    for path in files():
        if path.endswith(suffixes) and "/vendor/" not in path and "/fixtures/" not in path:
            yield path, parsed.get(path) or read(path)


def functions(source: Source) -> Iterator[tuple[str, Function]]:
    """Give every function of a file with its dotted name inside the file."""

    def walk(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                yield prefix + child.name, child
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield from walk(child, f"{prefix}{child.name}.")
            else:
                yield from walk(child, prefix)

    return walk(source.tree, "")


def dotted(node: ast.AST) -> str:
    """Write `a.b.c` for a name or an attribute chain, else ""."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else f".{node.attr}"
    return ""


@cache
def layers() -> dict[str, int]:
    """Give each room its height, 0 the lowest, from the import contract in `pyproject.toml`."""
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layered = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    return {room.strip(" ()"): height for height, layer in enumerate(reversed(layered)) for room in layer.split("|")}

"""Files to 400 lines, functions to 40, six parameters: whatever grows beyond is two things."""

import ast
from collections.abc import Iterator
from datetime import date
from functools import cache

from tests.rules.tree import Source, functions, own_text, parse, read, sources

FILE_LINES = 400
FUNCTION_LINES = 40
PARAMETERS = 6

# place -> (what it measures today, since when, why). An entry may only shrink, and goes when it is within the budget.
EXCEPTIONS: dict[str, tuple[int, date, str]] = {}


def long_files(text_of: Iterator[tuple[str, str]]) -> dict[str, int]:
    """Find the files over the budget, by path."""
    sizes = {path: text.count("\n") for path, text in text_of if "/migrations/" not in path}
    return {path: lines for path, lines in sizes.items() if lines > FILE_LINES}


def long_functions(source: Source) -> dict[str, int]:
    """Find the functions over the budget, by path and name, decorators not counted."""
    sizes = {name: (node.end_lineno or node.lineno) - node.lineno + 1 for name, node in functions(source)}
    return {f"{source.path}:{name}": lines for name, lines in sizes.items() if lines > FUNCTION_LINES}


def wide_functions(source: Source) -> dict[str, int]:
    """Find the functions with too many parameters; keyword-only ones count, `self` and `cls` do not."""
    widths = {name: parameters(node.args) for name, node in functions(source)}
    return {f"{source.path}:{name}()": count for name, count in widths.items() if count > PARAMETERS}


def parameters(arguments: ast.arguments) -> int:
    """Count what a caller has to know."""
    positional = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    return len([name for name in positional if name not in ("self", "cls")]) + len(arguments.kwonlyargs)


@cache
def measured() -> dict[str, int]:
    """Measure everything that is over a budget today."""
    over = long_files(own_text((".py", ".js", ".css", ".html", ".sh", ".typ")))
    for source in sources():
        if not source.is_migration:
            over |= long_functions(source) | wide_functions(source)
    return over


def test_nothing_is_larger_than_its_budget() -> None:
    assert {place: size for place, size in measured().items() if place not in EXCEPTIONS} == {}


def test_exceptions_only_shrink() -> None:
    now = measured()
    stale = {place: (size, now.get(place)) for place, (size, _, _) in EXCEPTIONS.items() if now.get(place) != size}
    assert stale == {}, "grown: split it; shrunk: lower the number or delete the entry"


def test_a_long_file_a_long_function_and_a_wide_one_are_seen() -> None:
    body = "".join(f"    x{n} = {n}\n" for n in range(FUNCTION_LINES))
    assert long_files(iter([("bridgework/a.py", "\n" * 401), ("bridgework/b.py", "\n" * 400)])) == {
        "bridgework/a.py": 401
    }
    assert long_functions(parse("class A:\n  async def f():\n" + body, "p.py")) == {"p.py:A.f": 41}
    assert wide_functions(parse("def f(self, a, b, c, *, d, e, f): ...", "p.py")) == {}
    assert wide_functions(parse("def f(a, /, b, c, *, d, e, f, g): ...", "p.py")) == {"p.py:f()": 7}


def test_the_budgets_are_those_of_the_contributing_guide() -> None:
    guide = read("CONTRIBUTING.md")
    assert f"files to {FILE_LINES} lines" in guide
    assert f"functions to {FUNCTION_LINES} lines" in guide

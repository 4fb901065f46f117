"""What the product can do is described, what is described exists, and no page names the machine it was written on."""

import argparse
import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bridgework.accounts.models import Role
from bridgework.config.reactions import REACTIONS
from bridgework.ops.cli import parser
from bridgework.referrals.lifecycle import LABELS
from bridgework.referrals.timeline import KINDS
from tests.rules.tree import ROOT, dotted, files, own_text, product, read

SETTING = re.compile(r"\b(BRIDGEWORK_[A-Z][A-Z_]+|DATABASE_(?:OWNER_)?URL)\b")
# Told by one of our processes to the next; nobody sets them.
BETWEEN_PROCESSES = {"BRIDGEWORK_LIFELINE"}
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
# A path of somebody's machine, an index of packages. Written in two halves, so that this file is not its own finding.
MACHINE = re.compile("|".join(["/wo" + "rk/", "/ho" + r"me/\w", "/Use" + r"rs/\w", r"[A-Z]:\\Use" + "rs"]))
REGISTRY = re.compile(
    "|".join(["--(extra-)?index-" + "url", "--find-" + "links", r"pypi\." + "org/simple", "registry" + r"\.npmjs"]),
    re.I,
)
TEXT = (".py", ".md", ".toml", ".txt", ".sh", ".html", ".css", ".js", ".json", ".xml", ".yml", ".cfg", ".ini", ".sql")


@cache
def pages() -> dict[str, str]:
    """Read every page of documentation, by path."""
    return {path: read(path) for path in files() if path.endswith(".md") and "/fixtures/" not in path}


def described(word: str, page: str) -> bool:
    """Say whether a page has the word in code style, alone or with what follows it."""
    return re.search(rf"`(bridgework )?{re.escape(word)}\b[^`]*`", pages()[page]) is not None


def settings() -> set[str]:
    """List the environment variables that the product reads."""
    return {name for source in product() for name in SETTING.findall(source.text)} - BETWEEN_PROCESSES


def commands() -> dict[str, set[str]]:
    """List the commands of the command line, each with its options."""
    inside = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return {
        name: {flag for action in command._actions for flag in action.option_strings if flag not in ("-h", "--help")}
        for name, command in inside.choices.items()
    }


def facts() -> dict[str, str]:
    """Find every fact by its name, with the file it is in: the direct subclasses of `Fact`."""
    return {
        node.name: source.path
        for source in product()
        for node in source.nodes
        if isinstance(node, ast.ClassDef) and any(dotted(base).rpartition(".")[2] == "Fact" for base in node.bases)
    }


def reactions() -> set[str]:
    """List the functions in the table of reactions, by room, module and name."""
    answers = (answer for answers in REACTIONS.values() for answer in answers)
    return {f"{answer.__module__}.{answer.__qualname__}".removeprefix("bridgework.") for answer in answers}


def channels() -> set[str]:
    """List the ways out: the folders of `bridgework/channels`."""
    inside = (path.split("/") for path in files() if path.startswith("bridgework/channels/"))
    return {parts[2] for parts in inside if len(parts) > 3 and parts[2] != "tests"}


def broken_links(path: str, text: str) -> Iterator[str]:
    """Give the relative links of a page that lead nowhere."""
    for match in LINK.finditer(re.sub(r"```.*?```", "", text, flags=re.S)):
        target = (match.group(1) or match.group(2)).partition("#")[0]
        if target and not re.match(r"[a-z]+:", target) and not (ROOT / Path(path).parent / target).exists():
            yield f"{path}: {target}"


def test_every_setting_is_described() -> None:
    assert {name for name in settings() if not described(name, "docs/operate/configuration.md")} == set()


def test_every_described_setting_exists() -> None:
    assert set(SETTING.findall(pages()["docs/operate/configuration.md"])) - settings() == set()


def test_every_command_is_described() -> None:
    rows = dict(re.findall(r"^\| `bridgework ([a-z-]+)[^`]*` \| (.*) \|$", pages()["docs/operate/commands.md"], re.M))
    assert set(commands()) - set(rows) == set()
    heading = pages()["docs/operate/commands.md"].partition("\n| command")[0]  # tells of the options that all have
    unsaid = {
        f"{name} {flag}"
        for name, flags in commands().items()
        for flag in flags
        if f"`{flag}" not in rows[name] and f"`{flag}" not in heading
    }
    assert unsaid == set()


def test_every_described_command_exists() -> None:
    said = set(re.findall(r"^\| `bridgework ([a-z-]+)", pages()["docs/operate/commands.md"], re.M))
    assert said - set(commands()) == set()


def test_every_fact_is_described() -> None:
    assert {name for name in facts() if not described(name, "docs/facts-and-reactions.md")} == set()


def test_every_reaction_is_described() -> None:
    assert {name for name in reactions() if not described(name, "docs/facts-and-reactions.md")} == set()


def test_every_channel_is_described() -> None:
    assert {name for name in channels() if f"## {name}\n" not in pages()["docs/operate/channels.md"]} == set()


def test_the_pages_for_people_name_every_action_by_its_button() -> None:
    said = {
        name
        for path in pages()
        if path.startswith("docs/use/")
        for name in re.findall(r"\*\*([^*]+?)\.?\*\*", pages()[path])
    }
    assert set(LABELS.values()) - said == set()


def test_every_role_is_described() -> None:
    said = re.findall(r"^\| ([A-Z][\w ]+) \|", pages()["docs/use/people-and-roles.md"], re.M)
    assert set(said) == set(Role.labels)


def test_the_timeline_page_lists_every_kind_and_no_other() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", pages()["docs/timeline.md"], re.M)) == set(KINDS)


def test_every_decision_is_in_the_list_of_decisions() -> None:
    there = {Path(path).name for path in pages() if re.match(r"docs/decisions/\d{4}-", path)}
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", pages()["docs/decisions/README.md"]))
    assert there == listed
    long = [path for path, text in pages().items() if path.startswith("docs/decisions/") and text.count("\n") > 45]
    assert long == []


def test_architecture_fits_on_a_few_pages() -> None:
    assert pages()["ARCHITECTURE.md"].count("\n") < 250


def test_relative_links_lead_somewhere() -> None:
    assert [link for path, text in pages().items() for link in broken_links(path, text)] == []
    assert list(broken_links("docs/a.md", "[x](nowhere.md#top) [y](https://example.org) ![z](../README.md)")) == [
        "docs/a.md: nowhere.md"
    ]


@pytest.mark.parametrize("secret", [MACHINE, REGISTRY], ids=["machine", "registry"])
def test_no_file_names_the_machine_it_was_made_on(secret: re.Pattern[str]) -> None:
    named = [path for path in files() if Path(path).suffix in (*TEXT, "") and secret.search(text_of(path))]
    assert named == []


def test_a_path_of_a_machine_and_an_index_are_seen() -> None:
    assert MACHINE.search("open('/ho" + "me/anna/x')")
    assert REGISTRY.search("--index-" + "url https://mirror.example")


def text_of(path: str) -> str:
    """Read a file as far as it is text."""
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def test_every_dependency_says_why_and_is_pinned_by_hash() -> None:
    lines = re.findall(r'^  "([A-Za-z0-9-]+)[^"]*",(.*)$', read("pyproject.toml").partition("[tool.")[0], re.M)
    assert len(lines) > 20
    assert [name for name, why in lines if "# " not in why] == []
    pinned = re.findall(r"^([a-z0-9-]+)==\S+(?: ;[^\\]*)? \\\n\s+--hash=sha256:", read("requirements/test.txt"), re.M)
    assert [name for name, _ in lines if name.lower() not in pinned] == []


def test_the_readme_is_for_people() -> None:
    readme = pages()["README.md"]
    assert "bin/demo" in readme
    assert len(list(own_text((".md",)))) > 10

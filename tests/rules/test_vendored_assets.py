"""Vendored files are exactly the ones that their manifest names, and the one source of tokens stays one."""

import hashlib
import json
import re
from pathlib import Path

from bridgework.web.components.icons import ICON_NAMES
from tests.rules.tree import own_text

STATIC = Path(__file__).resolve().parents[2] / "bridgework" / "web" / "static"
VENDOR = STATIC / "vendor"


def listed() -> list[dict[str, str]]:
    """Read the manifest."""
    files: list[dict[str, str]] = json.loads((VENDOR / "manifest.json").read_text())["files"]
    return files


def changed(folder: Path, files: list[dict[str, str]]) -> list[str]:
    """Find the listed files that are missing or not the ones that were checked."""
    wrong = []
    for entry in files:
        path = folder / entry["file"]
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            wrong.append(entry["file"])
    return wrong


def inline(text: str) -> list[str]:
    """Find what the Content-Security-Policy would refuse: inline style and script, and addresses elsewhere."""
    found = re.findall(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\ssrc=)", text)
    return found + re.findall(r"(?:src|href|action)=\"(?:https?:)?//[^\"]+", text)


def dark_blocks(css: str) -> list[dict[str, str]]:
    """Read the token values of both dark blocks."""
    blocks = re.findall(r"color-scheme: dark;(.*?)\n}", css, re.DOTALL)
    return [dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block)) for block in blocks]


def test_every_vendored_file_is_the_one_in_the_manifest() -> None:
    assert changed(VENDOR, listed()) == []
    assert {path.name for path in VENDOR.iterdir()} == {entry["file"] for entry in listed()} | {"manifest.json"}


def test_a_changed_file_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("alert(1)")
    assert changed(tmp_path, [{"file": "a.js", "sha256": "0" * 64}, {"file": "b.js", "sha256": "0" * 64}]) == [
        "a.js",
        "b.js",
    ]


def test_every_vendored_file_says_name_version_and_licence() -> None:
    for entry in listed():
        assert all(entry[key] for key in ("name", "package", "version", "licence")), entry
        assert (VENDOR / entry["licence_file"]).is_file()


def test_icon_names_are_the_ones_of_the_sprite() -> None:
    drawn = re.findall(r'<symbol id="([^"]+)"', (VENDOR / "tabler-icons.svg").read_text())
    assert sorted(ICON_NAMES) == sorted(drawn)


def test_templates_ask_for_icons_that_exist() -> None:
    asked = {(path, name) for path, text in own_text((".html",)) for name in re.findall(r'{% icon "([^"]+)"', text)}
    assert asked
    assert {(path, name) for path, name in asked if name not in ICON_NAMES} == set()


def test_no_page_needs_what_the_policy_refuses() -> None:
    pages = [(path, text) for path, text in own_text((".html",)) if path.startswith("bridgework/web/templates/")]
    assert pages
    assert {path: inline(text) for path, text in pages if inline(text)} == {}


def test_inline_script_and_style_are_seen() -> None:
    bad = [
        '<p style="color:red">',
        "<style>",
        '<a onclick="x()">',
        "<script>x()</script>",
        '<script src="https://cdn.example/x.js">',
    ]
    assert all(inline(text) for text in bad)
    assert inline('<script src="/static/js/frame.js" type="module"></script><a href="/x">') == []


def test_both_dark_blocks_hold_the_same_tokens() -> None:
    by_system, by_choice = dark_blocks((STATIC / "css" / "tokens.css").read_text())
    assert by_system
    assert by_system == by_choice


def test_colours_have_one_source() -> None:
    hexes = re.compile(r"#[0-9A-Fa-f]{3,8}\b")
    on_film = {"packet.css", "talk.css"}  # the viewer and the pretend phone are dark in both themes
    sheets = [path for path in (STATIC / "css").glob("*.css") if path.name not in on_film | {"tokens.css"}]
    assert {path.name: hexes.findall(path.read_text()) for path in sheets if hexes.search(path.read_text())} == {}

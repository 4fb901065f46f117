"""A real Chromium, used by keyboard alone, and the accessibility scan that every page passes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.cast import PASSWORD, Cast, Member

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"desk": (1280, 800), "phone": (390, 844)}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
MOST_TABS = 250
FOCUSED = """() => { const e = document.activeElement; if (!e) return ["", ""];
  const label = e.labels && e.labels.length ? [...e.labels].map((l) => l.innerText).join(" ") : "";
  return [e.tagName.toLowerCase(), (e.getAttribute("aria-label") || label || e.innerText || e.value || "").trim()]; }"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Desk:
    """A person at a screen who uses the keyboard and nothing else."""

    page: Page
    address: str

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(f"{self.address}{path}")

    def tab_to(self, words: str) -> None:
        """Press Tab until what has the focus is called `words`."""
        seen: list[str] = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            _tag, name = self.page.evaluate(FOCUSED)
            if name.split("\n")[0].removesuffix("(optional)").strip().casefold() == words.casefold():
                return
            seen.append(name)
        raise AssertionError(f"Tab never came to “{words}” on {self.page.url}; it came to {list(dict.fromkeys(seen))}")

    def press(self, words: str) -> None:
        """Tab to a link or button and press Enter, waiting for the page that follows."""
        self.tab_to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type_into(self, words: str, text: str) -> None:
        """Tab to a field and type."""
        self.tab_to(words)
        self.page.keyboard.type(text)

    def choose(self, words: str) -> None:
        """Choose a radio button: Tab enters the group, arrows move within it."""
        self.page.get_by_role("radio", name=words, exact=False).first.focus()
        self.page.keyboard.press("Space")

    def sees(self, words: str) -> None:
        """Check that the page says something, to eyes and to screen readers."""
        text = self.page.inner_text("body")
        assert words.casefold() in text.casefold(), f"“{words}” is not on {self.page.url}: {text[:3000]}"

    def is_well_made(self, name: str) -> None:
        """Check that axe finds nothing and nothing scrolls sideways; keep a picture when asked to."""
        results = Axe().run(self.page, options=AXE)
        assert results.violations_count == 0, f"{self.page.url}: {results.generate_report()}"
        assert self.page.evaluate(WIDER) <= 0, f"{self.page.url} scrolls sideways"
        if folder := os.environ.get("BRIDGEWORK_PICTURES"):
            width = self.page.viewport_size["width"] if self.page.viewport_size else 0
            self.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.fixture
def sit_down(committed_cast: Cast, live_server: object) -> Iterator[Callable[[Member, str], Desk]]:
    """Return a function that sits a member down at a screen ("desk" or "phone") and signs them in by keyboard.

    The browser starts when the rows are there, because while it runs the ORM cannot be used in this thread. Skipped,
    saying so, when the machine has no Chromium.
    """
    if CHROMIUM is None:
        pytest.skip("No Chromium on this machine, so pages are not tried in a browser.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        def sit(member: Member, screen: str) -> Desk:
            return _signed_in(browser, member, screen, live_server.url)  # type: ignore[attr-defined]

        yield sit
        browser.close()


def _signed_in(browser: Browser, member: Member, screen: str, address: str) -> Desk:
    width, height = WIDTHS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", timezone_id="America/Los_Angeles"
    )
    desk = Desk(context.new_page(), address)
    desk.go("/")
    desk.type_into("Email", member.user.email)
    desk.type_into("Password", PASSWORD)
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    return desk

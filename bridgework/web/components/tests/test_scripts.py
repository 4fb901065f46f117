"""The scripts of the pages, in a real browser, under the real Content-Security-Policy, with the parts page as it is served."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from inspect import unwrap
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.urls import URLPattern, include, path
from playwright.sync_api import BrowserContext, Page, Route, sync_playwright

from bridgework.web.parts import parts

CHROMIUM = shutil.which("chromium")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
SITE = "http://bridgework.test"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.urls(__name__),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


def nothing(request: HttpRequest) -> HttpResponse:
    """Stand for a page that the parts page links to."""
    return HttpResponse()


def _named(room: str, *names: str) -> tuple[list[URLPattern], str]:
    return [path(f"{room}/{name}/", nothing, name=name) for name in names], room


urlpatterns = [
    path("", include(_named("patients", "list"))),
    path("", include(_named("settings", "switch"))),
    path("", include(_named("sandbox", "phone"))),
    path("logout/", nothing, name="account_logout"),
    path("password/", nothing, name="account_change_password"),
]


@cache
def _policy() -> str:
    """Write the policy of the settings as its header."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(str(source) for source in sources)}" for name, sources in directives.items())


def _serve(route: Route) -> None:
    """Answer as the product would: the page, its static files, nothing else."""
    address = route.request.url.removeprefix(SITE).partition("?")[0]
    if address.startswith(settings.STATIC_URL):
        found = finders.find(address.removeprefix(settings.STATIC_URL))
        assert isinstance(found, str), address
        route.fulfill(path=found, content_type=KINDS[Path(found).suffix])
    else:
        response = unwrap(parts)(RequestFactory().get("/"))
        assert isinstance(response, TemplateResponse)
        route.fulfill(
            body=response.render().content.decode(),
            content_type="text/html",
            headers={"Content-Security-Policy": _policy()},
        )


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        yield context
        browser.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", _serve)
    page.goto(SITE)
    yield page
    page.close()
    assert complaints == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.id"))


def picked(page: Page) -> list[str]:
    return list(page.eval_on_selector_all("[name=teeth]:checked", "boxes => boxes.map((box) => box.value)"))


@pytest.mark.parametrize("width", [1280, 390])
def test_every_part_passes_the_accessibility_scan_and_fits_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert [
        (fault["id"], [node["target"] for node in fault["nodes"]]) for fault in Axe().run(page).response["violations"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_tooth_chart_is_one_tab_stop_and_arrows_follow_the_arch(page: Page) -> None:
    page.locator("[name=dentition][value=permanent]").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "Tooth 19, FDI 36, lower left first molar"
    walked = []
    for key in ("ArrowLeft", "ArrowUp", "Home", "End", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
        walked.append(focused(page).split(",")[0])
    assert walked == ["Tooth 20", "Tooth 13", "Tooth 1", "Tooth 16", "Tooth 16", "Tooth 17"]
    page.keyboard.press("Tab")
    assert focused(page) == "teeth-typed"


def test_drawing_boxes_and_typed_numbers_always_agree(page: Page) -> None:
    page.locator(".tooth[data-u='30']").click()
    assert page.input_value("#teeth-typed") == "19, 30"
    page.fill("#teeth-typed", "3.6, UL6, 99x")
    page.keyboard.press("Tab")
    assert picked(page) == ["14", "19"]
    assert page.input_value("#teeth-typed") == "14, 19, 99x"
    assert page.locator(".tooth[aria-checked=true]").count() == 2
    assert page.inner_text("[data-readout]").split("\n")[0] == "2 teeth"


def test_the_guard_corrects_only_when_asked(page: Page) -> None:
    page.locator(".tooth[data-u='19']").click()
    page.locator(".tooth[data-u='3']").click()
    assert picked(page) == ["3"]
    page.locator("[data-use-tooth='19']").click()
    assert picked(page) == ["19"]


def test_a_child_has_twenty_teeth_and_arrows_stay_among_them(page: Page) -> None:
    page.locator("label:has([value=primary])").click()
    page.keyboard.press("Tab")
    assert focused(page).startswith("Tooth A,")
    page.keyboard.press("End")
    assert focused(page).startswith("Tooth J,")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Tooth K,")


def test_a_slash_goes_to_the_search_but_not_while_typing(page: Page) -> None:
    page.locator("h1").click()
    page.keyboard.press("/")
    assert focused(page) == "Find a patient"
    page.keyboard.type("1/2")
    assert page.input_value("[data-find]") == "1/2"


def test_a_menu_closes_with_escape_and_gives_the_focus_back(page: Page) -> None:
    page.locator(".acts summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator(".acts details[open]").count() == 0
    assert focused(page) == "More actions"


def test_a_file_over_the_limit_is_refused_before_it_travels(page: Page) -> None:
    page.evaluate("document.querySelector('[data-upload]').dataset.maxBytes = '10'")
    page.set_input_files("#packet-file", {"name": "film.png", "mimeType": "image/png", "buffer": b"x" * 11})
    assert page.inner_text(".drop [role=status]").startswith("film.png: too large.")


def test_what_just_happened_can_be_read_as_long_as_the_pointer_rests_on_it(page: Page) -> None:
    page.clock.install()
    page.goto(SITE)
    page.locator(".toast").hover()
    page.clock.run_for(11_000)
    assert page.locator(".toast").count() == 1
    page.locator("h1").hover()
    page.clock.run_for(11_000)
    assert page.locator(".toast").count() == 0

"""The first minute of an installation and the way in, by keyboard alone, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import sync_playwright

from bridgework.accounts.models import User
from tests.browser.conftest import CHROMIUM, FLAGS, WIDTHS, Desk
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def stand_there(transactional_db: None, live_server: object) -> Iterator[Callable[[str], Desk]]:
    """Return a function that gives somebody who is not signed in a screen ("desk" or "phone")."""
    if CHROMIUM is None:
        pytest.skip("No Chromium on this machine, so pages are not tried in a browser.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        def stand(screen: str) -> Desk:
            width, height = WIDTHS[screen]
            context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
            return Desk(context.new_page(), live_server.url)  # type: ignore[attr-defined]

        yield stand
        browser.close()


@pytest.fixture
def nobody(committed_cast: Cast) -> User:
    """Somebody who works for no practice; made before the browser starts, after which the ORM cannot be used here."""
    return User.objects.create_user("nobody@example.org", PASSWORD, "Nobody Yet")


def sign_in(desk: Desk, email: str, password: str = PASSWORD) -> None:
    desk.go("/account/login/")
    desk.type_into("Email", email)
    desk.type_into("Password", password)
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")


@pytest.mark.parametrize("screen", WIDTHS)
def test_fresh_installation_is_set_up_in_a_minute(stand_there: Callable[[str], Desk], screen: str) -> None:
    desk = stand_there(screen)
    desk.go("/referrals/")
    desk.sees("Set up your practice")
    desk.is_well_made("setup")
    desk.press("Set up and sign in")
    desk.sees("Please look at")
    desk.is_well_made("setup-mistakes")
    desk.go("/")
    desk.type_into("Name of the practice", "Alder Oral Surgery")
    desk.choose("Specialist")
    desk.type_into("Specialty", "Oral")
    desk.type_into("Town", "Salem")
    desk.type_into("State", "OR")
    desk.type_into("Time zone", "Pac")
    desk.type_into("Your name", "Ana Alder")
    desk.type_into("Email", "ana@alder.example.org")
    desk.type_into("Password", "quiet-copper-lantern")
    desk.type_into("Password again", "quiet-copper-lantern")
    desk.press("Set up and sign in")
    desk.sees("Welcome to Bridgework")
    desk.sees("Alder Oral Surgery is set up.")
    desk.is_well_made("first-steps")
    for path, words in (("/settings/", "What holds for the whole practice"), ("/settings/people", "Ana Alder")):
        desk.go(path)
        desk.sees(words)
        desk.is_well_made(path.strip("/").replace("/", "-"))
    desk.go("/settings/people/invite")
    desk.type_into("Name", "Sam Lee")
    desk.type_into("Email", "sam@alder.example.org")
    desk.press("Save")
    desk.sees("Sam Lee has no password yet.")
    desk.is_well_made("person")
    desk.press("Make a link")
    desk.sees("It works for three days")
    desk.is_well_made("person-link")


@pytest.mark.parametrize("screen", WIDTHS)
def test_way_in_and_out(committed_cast: Cast, nobody: User, stand_there: Callable[[str], Desk], screen: str) -> None:
    email, desk = committed_cast.general.user.email, stand_there(screen)
    desk.go("/")
    desk.is_well_made("sign-in")
    sign_in(desk, email, "not it")
    desk.sees("The email or the password is wrong.")
    desk.is_well_made("sign-in-wrong")
    for path in ("/account/password/reset/", "/account/password/reset/done/", "/account/signup/", "/account/inactive/"):
        desk.go(path)
        desk.is_well_made(path.strip("/").replace("/", "-"))
    desk.go("/account/password/reset/key/0-nonsense/")
    desk.sees("This link does not work any more")
    desk.is_well_made("link-used")
    sign_in(desk, nobody.email)
    desk.sees("You do not belong to a practice yet")
    desk.is_well_made("no-practice")
    desk.press("Sign out")
    sign_in(desk, email)
    desk.go("/account/password/change/")
    desk.is_well_made("password-change")
    desk.go("/settings/")
    desk.sees("This page is not open to you")
    desk.is_well_made("refused")
    desk.go("/account/logout/")
    desk.is_well_made("sign-out")
    desk.press("Sign out")
    desk.sees("Sign in")
    for _ in range(6):
        sign_in(desk, email, "not it")
    desk.sees("Too many attempts")
    desk.is_well_made("too-many-attempts")

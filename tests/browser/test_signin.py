"""Signing in, in a real browser: the link, the password, the app, the passkey; by keyboard, without scripts, on a phone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser.test_site import violations
from tests.office.serving import evenhand, served
from tests.office.signing import PASSWORD, code

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which nothing happened yet."""
    return tmp_path_factory.mktemp("signing")


@pytest.fixture(scope="module")
def at(home: Path) -> Iterator[str]:
    """Its address, by the name that passkeys need: they belong to names, not to numbers."""
    with served(home) as address:
        yield address.replace("127.0.0.1", "localhost")


def invited(home: Path, at: str, username: str, *roles: str) -> str:
    """The one-time link of a new account."""
    words = [word for role in roles for word in ("--role", role)]
    told = evenhand(home, "people", "add", username, "--name", "Somebody Invented", "--site", at, *words)
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A window with scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def look(page: Page, name: str) -> None:
    """Nothing for axe to find, no page wider than its window; kept as a picture where PICTURES names a folder."""
    assert not (found := violations(page)), f"{page.url}: {found}"
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    assert not wide, f"{page.url} is wider than its window"
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def set_password(page: Page, link: str) -> None:
    """Follows a one-time link to the sign-in page."""
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"


def sign_in(page: Page, username: str) -> None:
    """Fills the sign-in form."""
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def set_up_app(page: Page) -> str:
    """From the second factor's page to the recovery codes; the app's key."""
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("Code that the app shows now").fill(code(secret))
    page.get_by_role("button", name="Set it up").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Recovery codes"
    return secret


def test_from_the_link_to_the_office_without_scripts_on_a_narrow_phone(browser: Browser, home: Path, at: str) -> None:
    """Password and app need no script; every page of the way fits 320 pixels and has nothing for axe to find."""
    link = invited(home, at, "n.narrow", "intake")
    quiet = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = quiet.new_page()
    set_password(page, link)
    sign_in(page, "n.narrow")
    assert page.get_by_role("heading", level=1).inner_text() == "Second factor"
    secret = set_up_app(page)
    page.get_by_role("link", name="I have kept them; go on").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Your account"
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "n.narrow")
    page.get_by_label("Code from your app, or a recovery code").fill(code(secret, steps=1))
    page.get_by_role("button", name="Go on").click()
    assert page.url.startswith(f"{at}/office/")
    quiet.close()


@pytest.mark.parametrize("size", [(320, 640), (1280, 900)], ids=["phone", "desk"])
def test_every_page_of_the_account_is_accessible(browser: Browser, home: Path, at: str, size: tuple[int, int]) -> None:
    """axe finds nothing, and nothing is wider than the window, on each page that signing in and the own account have."""
    name = f"l.looker{size[0]}"
    link = invited(home, at, name, "system_administrator", "finance")
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(link)
    look(page, f"invitation-{size[0]}")
    set_password(page, link)
    look(page, f"login-{size[0]}")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill("not this one at all")
    page.get_by_role("button", name="Sign in", exact=True).click()
    look(page, f"login-wrong-{size[0]}")
    sign_in(page, name)
    look(page, f"second-factor-{size[0]}")
    page.goto(f"{at}/account/second-factor/app/")
    look(page, f"app-{size[0]}")
    page.goto(f"{at}/account/second-factor/")
    set_up_app(page)
    look(page, f"recovery-{size[0]}")
    for path in ("", "second-factor/", "second-factor/recovery/new/", "second-factor/app/remove/", "passkeys/",
                 "passkeys/add/", "password/", "sessions/", "logout/", "confirm/", "second-factor/confirm/"):  # fmt: skip
        page.goto(f"{at}/account/{path}")
        look(page, f"account-{path.replace('/', '-')}{size[0]}")
    page.goto(f"{at}/account/")
    page.get_by_text("System administrator", exact=False).last.click()
    page.get_by_role("button", name="Act in this role").click()
    for path in ("", f"{name}/", "office/"):
        page.goto(f"{at}/office/accounts/{path}")
        look(page, f"accounts-{path.replace('/', '-')}{size[0]}")
    page.goto(f"{at}/office/accounts/{name}/")
    page.get_by_role("button", name="Make a link").click()
    look(page, f"invited-{size[0]}")
    context.clear_cookies()
    for path in ("inactive/", "signup/", "directory/cancelled/", "directory/error/", "invitation/not-a-token/"):
        page.goto(f"{at}/account/{path}")
        look(page, f"out-{path.replace('/', '-')}{size[0]}")
    context.close()


def test_a_passkey_is_added_and_signs_in(window: BrowserContext, home: Path, at: str) -> None:
    """Chromium's own authenticator: set up as the required factor, then as password and code together, under the strict policy."""
    link = invited(home, at, "k.keyed", "intake")
    page = window.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tools = window.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    set_password(page, link)
    sign_in(page, "k.keyed")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_text("Sign in with it alone").click()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/second-factor/recovery/")
    page.get_by_role("link", name="I have kept them; go on").click()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "k.keyed")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/office/**")
    page.goto(f"{at}/account/passkeys/")
    look(page, "passkeys")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/office/**")
    assert not [words for words in said if "Content Security Policy" in words]


def test_signing_in_by_keyboard(window: BrowserContext, home: Path, at: str) -> None:
    """From the top of the page: skip link, name, password, Enter."""
    link = invited(home, at, "t.tabs", "finance")
    page = window.new_page()
    set_password(page, link)
    page.goto(f"{at}/account/login/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "login":
            break
    page.keyboard.type("t.tabs")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-factor/")

"""People of the office at their screens: they sign in with their own factor, find their case, fill in what is asked and send it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Browser, Page
from tests.browser.looking import by_keyboard, faults
from tests.office.offices import rows
from tests.office.pages import Office
from tests.office.serving import evenhand
from tests.office.signing import PASSWORD, code

from evenhand.bundles.bundle import PageReference
from evenhand.office.site.staff.acts.registry import ACTS

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# Acts whose time is in no case of the demonstration: their forms are looked at here, where they are used.
LOOKED_AT = frozenset(
    {
        "accept_case",
        "close_case",
        "decline_case",
        "issue_determination",
        "override_finding",
        "record_additional_information",
        "return_draft",
        "screen_application",
    }
)


@dataclass(kw_only=True)
class Place:
    """A served office: where its papers lie, its database, its address."""

    home: Path
    url: str
    address: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    """What the browser complained of on any page of anybody."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query answers, past the office."""
        return rows(self.url or f"sqlite:///{self.home}/office.sqlite3", sql)

    def said(self, *words: str) -> str:
        """What a command prints; it must succeed."""
        told = evenhand(self.home, *words, url=self.url)
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout.strip()

    def page(self) -> Page:
        """A window of its own."""
        page = self.browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda said: said.type in {"error", "warning"} and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page


@dataclass(kw_only=True)
class Person:
    """Somebody with an account, at a screen."""

    place: Place
    username: str
    page: Page

    def case(self, number: str) -> None:
        """Opens the case from the queue's search, as one does with its number at hand."""
        self.page.goto(f"{self.place.address}/office/search?q={number}")
        assert self.page.get_by_role("heading", level=1).inner_text() == f"Case {number}"

    def take_up(self, number: str, act: str) -> None:
        """From the page of the case to the form of an act, by its link."""
        self.case(number)
        self.page.get_by_role("link", name=ACTS[act].title, exact=True).first.click()
        assert self.page.get_by_role("heading", level=1).inner_text() == ACTS[act].title
        if act in LOOKED_AT and not self.place.url:
            found = by_keyboard(self.page) + faults(self.page)
            assert not found, "\n".join([f"{act}:", *found])

    def send(self) -> None:
        """Presses the button of the form."""
        self.page.locator("main form button[type=submit]:not([name])").last.click()

    def do(self, number: str, act: str, said: dict[str, Any]) -> str:
        """Takes an act up, fills its form in, sends it; what the page of the case says then."""
        self.take_up(number, act)
        fill(self.page, said)
        self.send()
        assert self.page.url.rstrip("/").endswith(f"/cases/{number}"), (
            f"{act}: {self.page.locator('main').inner_text()}"
        )
        return self.told()

    def told(self) -> str:
        """What the page says was done; it must say it."""
        self.page.wait_for_load_state("domcontentloaded")  # the address changes before the page is there
        done = self.page.locator(".usa-alert--success").first
        assert done.count(), f"{self.page.url}: {self.page.locator('main').inner_text()}"
        return str(done.inner_text())


def hired(place: Place, username: str, name: str, role: str, *, passkey: bool = False) -> Person:
    """An account opened by command, its link followed, a second factor set up, signed out and in again."""
    link = place.said("people", "add", username, "--name", name, "--role", role, "--site", place.address)
    return arrived(place, username, link, passkey=passkey)


def arrived(place: Place, username: str, link: str, *, passkey: bool = False) -> Person:
    """Whoever holds a one-time link: sets a password and a factor, and signs in with both."""
    page = place.page()
    if passkey:
        tools = page.context.new_cdp_session(page)
        tools.send("WebAuthn.enable")
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    _password(page, username)
    secret = "" if passkey else _app(page)
    if passkey:
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_role("button", name="Add the passkey").click()
        page.wait_for_url("**/second-factor/recovery/")
    page.get_by_role("link", name="I have kept them; go on").click()
    page.get_by_role("button", name="Sign out").click()
    _password(page, username)
    if passkey:
        page.get_by_role("button", name="Use a passkey").click()
    else:
        page.get_by_label("Code from your app, or a recovery code").fill(code(secret, steps=1))
        page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/office/**")
    return Person(place=place, username=username, page=page)


def _password(page: Page, username: str) -> None:
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _app(page: Page) -> str:
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("Code that the app shows now").fill(code(secret))
    page.get_by_role("button", name="Set it up").click()
    return str(secret)


def fill(page: Page, said: dict[str, Any]) -> None:
    """Fills the fields of a form in, each by the means that its kind has; hidden ones are the page's own."""
    for name, value in said.items():
        box = page.locator(f'main form [name="{name}"]')
        kind = box.first.get_attribute("type") or box.first.evaluate("one => one.type")
        if kind == "hidden":
            continue
        if kind in {"checkbox", "radio"}:
            one = page.locator(f'main form [name="{name}"][value="{value}"]') if kind == "radio" else box
            if one.is_checked() != (value not in (False, "")):
                one.press("Space")
        elif kind == "select-one":
            box.select_option(str(value))
        elif kind == "file":
            box.set_input_files(_file(value))
        else:
            box.fill(str(value))


def _file(upload: SimpleUploadedFile) -> Any:
    return {"name": upload.name, "mimeType": "application/pdf", "buffer": upload.read()}


@dataclass
class FileOnScreen(Office):
    """Turns pages of the example's papers into the permanent numbers of the office that is looked at from outside."""

    place: Place | None = None

    def pages(self, references: tuple[PageReference, ...]) -> str:
        """References into documents as permanent page numbers."""
        assert self.place is not None
        known = {
            (str(dated), title, author): first
            for dated, title, author, first in self.place.rows(
                "SELECT dated, title, author, first_page FROM records_document"
            )
        }
        papers = {f.id: f for r in (self.bundle.records.receipts if self.bundle.records else ()) for f in r.files}
        named = [(papers[one.document], one.page) for one in references]
        return ", ".join(str(known[str(p.dated), p.title, p.author] + page - 1) for p, page in named)

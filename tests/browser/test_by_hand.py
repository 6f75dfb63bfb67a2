"""The office without scripts and by keyboard alone: signed in, a case found, an act done, a decision looked up."""

from __future__ import annotations

import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.demonstration import Demo
from tests.office.serving import environment
from tests.office.signing import PASSWORD, code

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def link_for(demo: Demo, username: str, role: str) -> str:
    """The one-time link of a new account of the demonstration's office."""
    words = [sys.executable, "-m", "evenhand.cli.main", "people", "add", username, "--role", role]
    kept = {name: value for name, value in environment(demo.folder).items() if not name.startswith("EVENHAND_")}
    where = ["--site", demo.address, "--database", "var/demo.sqlite3"]
    told = subprocess.run([*words, *where], cwd=demo.folder, env=kept, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def test_office_is_whole_without_scripts(browser: Browser, demo: Demo) -> None:
    """With scripts off: password and app, the queue with its filters, a case, an act, the public search."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    _signed_in(page, link_for(demo, "p.plain", "case_manager"))
    page.goto(f"{demo.address}/office/")
    page.locator("#filters").get_by_label("mine (case manager)").check()
    page.locator("#filters button[type=submit]").first.click()
    assert "acts=case_manager" in page.url
    assert page.get_by_role("list", name="Filters that are on").get_by_text("turn of: case manager").is_visible()
    page.get_by_role("searchbox").fill("thornquist")
    page.get_by_role("button", name="Find").click()
    page.locator("table.cases tbody th a").first.click()
    number = page.get_by_role("heading", level=1).inner_text().removeprefix("Case ")
    page.get_by_text("Where the case can go from here").click()
    page.get_by_role("link", name="Write down a contact").click()
    page.get_by_label("About what").fill("Asked when the records are due; was told the day.")
    page.get_by_label("Or with somebody else").fill("Front desk of the practice")
    page.locator("main form button[type=submit]:not([name])").last.click()
    assert page.locator(".usa-alert--success").is_visible(), page.locator("main").inner_text()
    page.goto(f"{demo.address}/office/cases/{number}/contacts/")
    assert page.get_by_text("was told the day").is_visible()
    page.goto(demo.address)
    page.get_by_label("Search the decisions").fill("lumbar")
    page.get_by_role("button", name="Search").click()
    assert page.locator(".card h3 a").count() > 0
    context.close()


def _signed_in(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    _password(page)
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("Code that the app shows now").fill(code(secret))
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("link", name="I have kept them; go on").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(page.url.partition("/account/")[0] + "/account/login/")
    _password(page)
    page.get_by_label("Code from your app, or a recovery code").fill(code(secret, steps=1))
    page.get_by_role("button", name="Go on").click()


def _password(page: Page) -> None:
    page.get_by_label("User name").fill("p.plain")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def tab_to(page: Page, there: str) -> None:
    """Presses Tab until the focus is where the expression says."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    raise AssertionError(f"Tab does not lead to where {there}")


def test_a_case_is_worked_by_keyboard_alone(spare_demo: Demo) -> None:
    """From the queue: the filter by Space, the list by Enter, the case, its act, the reasons by Space, and the act is done by Enter."""
    page = spare_demo.enter("medical_director").new_page()
    page.goto(f"{spare_demo.address}/office/")
    tab_to(page, "document.activeElement.value === 'medical_director'")
    page.keyboard.press("Space")
    tab_to(page, "document.activeElement.matches('#filters button[type=submit]')")
    page.keyboard.press("Enter")
    page.wait_for_url("**acts=medical_director**")
    tab_to(page, "document.activeElement.matches('table.cases tbody th a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/office/cases/*/")
    tab_to(page, "document.activeElement.matches('summary')")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.parentElement.open") is True
    page.goto(page.url)
    tab_to(page, "document.activeElement.textContent.trim() === 'Take the draft up'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/do/open_quality_review/")
    tab_to(page, "document.activeElement.matches('main form button[type=submit]:not([name])')")
    page.keyboard.press("Space")
    page.wait_for_url("**/office/cases/*/")
    assert "in quality review" in page.locator(".usa-alert--success").inner_text()
    page.close()

"""A letter beside its paper in a real browser: accessible, worked by the keyboard, whole without scripts, at 320 pixels."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Office
from tests.browser.looking import NARROW, by_keyboard, complaints, faults
from tests.browser.test_site import tab_to

from evenhand.synthetic.letters import letters

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PUBLISHED = "/decisions/ca_dwc/{lumbar}/letter/"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up letter whose last rationale concludes the other way."""
    text = next(letters(1, seed=7, layouts=("A",))).text
    at = text.lower().rindex("not medically necessary")
    path = tmp_path_factory.mktemp("letters") / "made-up.txt"
    path.write_text(text[:at] + text[at + len("not ") :], encoding="utf-8")
    return path


def read(page: Page, site: str, letter: Path) -> None:
    """Has a letter read by the public page."""
    page.goto(f"{site}/letters/")
    page.get_by_label("Determination letter").set_input_files(letter)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What the second reader finds")).to_be_visible()


@pytest.mark.parametrize("path", [PUBLISHED, "/letters/", "/checks/", "/checks/EH011/"])
def test_page_is_fault_free(browser: Browser, site: str, office: Office, path: str) -> None:
    """axe at two widths, nothing over the edge at 320 pixels, no complaint of the browser, all of it by keyboard."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    with complaints(page) as said:
        page.goto(site + path.format(lumbar=office.lumbar))
        assert by_keyboard(page) + faults(page) + said == []
    assert page.context.cookies() == []
    page.close()


def test_a_letter_that_was_given_is_fault_free(browser: Browser, site: str, faulty: Path) -> None:
    """The page of a letter with findings of every kind is held to the same."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    with complaints(page) as said:
        read(page, site, faulty)
        assert page.locator(".finding-error, .finding-warning").count() > 1
        assert by_keyboard(page) + faults(page) + said == []
    assert page.context.cookies() == []
    page.close()


def test_findings_and_words_lead_to_each_other_by_the_keyboard(browser: Browser, site: str, faulty: Path) -> None:
    """From the list to the card, from the card to the words, from the words back to the card, with Tab and Enter alone."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    read(page, site, faulty)
    card = page.locator(".finding-error").first
    name = card.get_attribute("id")
    assert name
    mark = name.replace("finding", "mark")
    tab_to(page, f"document.activeElement.matches('.index a[href=\"#{name}\"]')")
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#{name}")
    expect(card).to_be_in_viewport()
    tab_to(page, f"document.activeElement.matches('a[href=\"#{mark}\"]')")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{mark}")).to_be_in_viewport()
    assert page.locator(f"#{mark} + mark").inner_text()
    page.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_choice_of_severity_needs_no_script(browser: Browser, site: str, faulty: Path, scripts: bool) -> None:
    """The cards, the list and the marks of the others go; the text of the letter stays whole."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    read(page, site, faulty)
    whole = page.locator(".structure mark").all_inner_texts()
    page.get_by_role("radio", name="error").check()
    expect(page.locator(".finding-error").first).to_be_visible()
    expect(page.locator(".finding-note").first).to_be_hidden()
    expect(page.locator(".index .if-note").first).to_be_hidden()
    assert page.locator(".structure mark").all_inner_texts() == whole
    context.close()


def test_the_public_page_is_whole_without_scripts(browser: Browser, site: str, office: Office) -> None:
    """With scripts off the decision leads to its letter, the pages of the paper are there, and a choice is an address."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/decisions/ca_dwc/{office.lumbar}/")
    page.get_by_role("link", name="The letter beside its paper").click()
    expect(page.get_by_role("img", name="Page 1 of")).to_be_visible()
    choices = page.get_by_role("navigation", name="Which findings are shown").get_by_role("link")
    if choices.count() > 1:
        choices.nth(1).click()
        assert "?show=" in page.url
    context.close()


def test_on_a_phone_the_paper_follows_the_structure(browser: Browser, site: str, office: Office) -> None:
    """At 320 pixels one column: what the letter says, then its pages, with a way straight to them."""
    page = browser.new_page(viewport=NARROW)  # type: ignore[arg-type]
    page.goto(site + PUBLISHED.format(lumbar=office.lumbar))
    structure, paper = page.locator(".structure").bounding_box(), page.locator(".paper").bounding_box()
    assert structure and paper and paper["y"] >= structure["y"] + structure["height"]
    page.get_by_role("link", name="To the pages of the paper").click()
    expect(page.get_by_role("heading", name="The letter, as published here")).to_be_in_viewport()
    page.close()

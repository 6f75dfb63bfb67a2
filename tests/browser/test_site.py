"""The public site in a real browser: accessible at every size, worked by the keyboard, whole without scripts."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.browser.conftest import Office

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Every rule that axe has on, and the one of WCAG 2.2 AA that it has off.
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
PAGES = {
    "home": "/",
    "decisions": "/decisions/",
    "search": "/decisions/?q=therapy",
    "filtered": "/decisions/?q=therapy&decision=Upheld&year=2025",
    "case number": "/decisions/?q={neck}",
    "nothing found": "/decisions/?q=zebra&year=2025",
    "unreadable": "/decisions/?q=NOT",
    "decision with one item": "/decisions/ca_dwc/{neck}/",
    "decision with four items": "/decisions/ca_dwc/{lumbar}/",
    "withdrawn": "/decisions/ca_dwc/{withdrawn}/",
    "about": "/about/",
    "not found": "/nowhere/",
}


def violations(page: Page) -> str:
    """What axe finds on the page, in words; empty where it finds nothing."""
    found = Axe().run(page, options=OPTIONS)
    return str(found.generate_report()) if found.violations_count else ""


def address(site: str, office: Office, name: str) -> str:
    """The address of one of the pages."""
    return site + PAGES[name].format(neck=office.neck, lumbar=office.lumbar, withdrawn=office.withdrawn)


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_accessibility_fault(page: Page, site: str, office: Office, name: str) -> None:
    """axe finds nothing on any page, on a phone and on a desk, with no rule switched off."""
    page.goto(address(site, office, name))
    assert violations(page) == ""


@pytest.mark.parametrize("path", ["/", "/decisions/"])
def test_empty_site_has_no_accessibility_fault(page: Page, empty_site: str, path: str) -> None:
    """A site without decisions is as accessible as a full one."""
    page.goto(empty_site + path)
    assert page.get_by_text("Nothing is published here yet").is_visible()
    assert violations(page) == ""


@pytest.mark.parametrize("name", ["first", "lumbar", "fresh"])
def test_letter_has_no_accessibility_fault(page: Page, office: Office, name: str) -> None:
    """The letters as web pages, of both examples and of a case run anew, pass axe with no rule switched off."""
    page.goto(office.letters[name].as_uri())
    assert page.get_by_role("heading", level=1).count() == 1
    assert violations(page) == ""


def test_axe_is_able_to_find_a_fault(desk: Page, site: str) -> None:
    """The check itself works: buttons without a name, and too small and too close for a finger, are found."""
    desk.goto(site)
    desk.evaluate("""() => {
        const tiny = '<button></button>'.repeat(3);
        document.querySelector('main').insertAdjacentHTML('beforeend', tiny);
        document.querySelectorAll('main > button').forEach(button => {
            Object.assign(button.style, {width: '8px', height: '8px', padding: 0, border: 0});
        });
    }""")
    found = violations(desk)
    assert "button-name" in found
    assert "target-size" in found


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_over_the_edge(browser: Browser, site: str, office: Office, name: str) -> None:
    """At 320 pixels (a desk at 400 percent) nothing has to be scrolled sideways (WCAG 1.4.10)."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(address(site, office, name))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_page_loads_only_its_own_and_without_complaint(desk: Page, site: str, office: Office, name: str) -> None:
    """A page asks nobody else for anything, the browser blocks nothing of it, and no cookie is left."""
    asked: list[str] = []
    complaints: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.on("console", lambda message: complaints.append(message.text))
    desk.goto(address(site, office, name), wait_until="networkidle")
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site).netloc}
    assert [words for words in complaints if "responded with a status of 4" not in words] == []
    assert desk.context.cookies() == []


def test_skip_link_is_the_first_stop(page: Page, site: str) -> None:
    """The first Tab shows the skip link; Enter puts the reader at the content, past the navigation."""
    page.goto(site)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    box = skip.bounding_box()
    assert skip.evaluate("link => link === document.activeElement")
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"


def test_search_is_worked_by_the_keyboard(page: Page, site: str, office: Office) -> None:
    """From the first page: tab to the box, type, Enter, tab to the first result, Enter, and its reasons are there."""
    page.goto(site)
    tab_to(page, "document.activeElement.id === 'q'")
    page.keyboard.type("cold therapy unit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/decisions/?q=cold+therapy+unit")
    tab_to(page, "document.activeElement.closest('.card h3') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/decisions/ca_dwc/{office.neck}/#item-1")
    assert page.get_by_role("heading", name="Reasons").is_visible()


def tab_to(page: Page, there: str) -> None:
    """Presses Tab until the focus is where the expression says."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    raise AssertionError(f"Tab does not lead to where {there}")


@pytest.mark.parametrize("name", ["home", "filtered", "decision with four items", "about"])
def test_focus_is_always_seen(desk: Page, site: str, office: Office, name: str) -> None:
    """Every stop of the Tab key has an outline of at least two pixels."""
    desk.goto(address(site, office, name))
    stops = desk.locator("a[href]:visible, button:visible, input:visible, summary:visible").count()
    assert stops > 5
    for _ in range(stops):
        desk.keyboard.press("Tab")
        style = desk.evaluate(
            "(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))"
        )
        assert style[0] == "solid"
        assert style[1] >= 2


def test_site_is_whole_without_scripts(browser: Browser, site: str) -> None:
    """With scripts switched off, search, facets and a decision work."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_label("Search the decisions").fill("lumbar")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Overturned (the denial is set aside)").click()
    assert page.get_by_role("heading", name="1 disputed item for “lumbar”").is_visible()
    page.get_by_role("link", name="MRI of the lumbar spine").click()
    assert page.get_by_text("The reviewer found the treatment medically necessary.").first.is_visible()
    context.close()


def test_print_leaves_out_what_paper_cannot_do(desk: Page, site: str, office: Office) -> None:
    """On paper the decision stands without navigation and links to elsewhere; its result and reasons stay."""
    desk.goto(address(site, office, "decision with one item"))
    desk.emulate_media(media="print")
    assert not desk.get_by_role("navigation", name="Main").is_visible()
    assert not desk.get_by_text("This decision as data").is_visible()
    assert desk.get_by_role("heading", name="The denial stands").is_visible()
    assert desk.get_by_role("heading", name="Reasons").is_visible()

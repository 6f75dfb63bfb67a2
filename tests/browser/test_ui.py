"""The page of all components and the error pages in a real browser: accessible, narrow, worked by keys, whole on paper and without scripts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser.conftest import SIZES, Office
from tests.browser.test_site import violations
from tests.conftest import REPOSITORY
from tests.office.serving import environment

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Signs somebody in as the tests of the office do, in the served office's own database, and says the key of the session.
SIGN_IN = """
import django
django.setup()
from tests.office.signed_in import client_of
print(client_of("component.looker", "case_manager").cookies["sessionid"].value)
"""
STOPS = "a[href]:visible, button:visible, input:visible, select:visible, textarea:visible, summary:visible"


@pytest.fixture(scope="module")
def key(office: Office, site: str) -> str:
    """The session of a case manager of the served office."""
    words = {**environment(office.home), "DJANGO_SETTINGS_MODULE": "evenhand.office.settings"}
    said = subprocess.run(
        [sys.executable, "-c", SIGN_IN], cwd=REPOSITORY, env=words, capture_output=True, text=True, timeout=60
    )
    assert said.returncode == 0, said.stderr
    return said.stdout.strip()


def signed_in(
    browser: Browser, site: str, key: str, width: int, height: int, *, scripts: bool = True
) -> BrowserContext:
    """A window of that size in which the case manager is signed in."""
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=scripts)
    context.add_cookies([{"name": "sessionid", "value": key, "url": site}])
    return context


@pytest.fixture(params=SIZES)
def components(browser: Browser, site: str, key: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page of the components, on a phone and on a desk."""
    context = signed_in(browser, site, key, *SIZES[request.param])
    page = context.new_page()
    page.goto(f"{site}/ui/")
    yield page
    context.close()


def test_components_have_no_accessibility_fault(components: Page) -> None:
    """axe finds nothing on the page of all components, everything closed and everything opened."""
    assert components.get_by_role("heading", level=1, name="Components").is_visible()
    assert violations(components) == ""
    components.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(components) == ""


@pytest.mark.parametrize("path", ["/ui/", "/nowhere/"])
def test_nothing_runs_over_the_edge(browser: Browser, site: str, key: str, path: str) -> None:
    """At 320 pixels nothing has to be scrolled sideways, with every reason opened."""
    context = signed_in(browser, site, key, 320, 640)
    page = context.new_page()
    page.goto(site + path)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_policy_stops_nothing_of_the_page(browser: Browser, site: str, key: str) -> None:
    """The browser blocks nothing, htmx included, and nothing is asked of anybody else."""
    context = signed_in(browser, site, key, 1280, 900)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site}/ui/", wait_until="networkidle")
    assert complaints == []
    assert page.evaluate("typeof htmx") == "object"
    assert page.evaluate("htmx.config.allowEval") is False
    assert page.evaluate("document.querySelectorAll('style').length") == 0
    context.close()


def test_keyboard_reaches_everything_and_shows_where_it_is(browser: Browser, site: str, key: str) -> None:
    """Every link, button, field and summary is a stop of the Tab key, in the order of the page, with an outline."""
    context = signed_in(browser, site, key, 1280, 900)
    page = context.new_page()
    page.goto(f"{site}/ui/")
    drawn = (
        "[...document.querySelectorAll('main *')].filter(one => getComputedStyle(one).outlineStyle === 'solid').length"
    )
    assert page.evaluate(drawn) == 0, "an outline must mean the focus"
    # Of a group of radios only one is a stop.
    stops = page.locator(STOPS).count() - page.locator("input[type=radio]").count() + 2
    seen: set[str] = set()
    for _ in range(stops + 25):
        page.keyboard.press("Tab")
        where, style, width = page.evaluate("""(() => {
            const at = document.activeElement;
            const all = [...document.querySelectorAll('*')];
            const drawn = at.matches('.usa-radio__input, .usa-checkbox__input')
                ? getComputedStyle(at.nextElementSibling, '::before') : getComputedStyle(at);
            return [String(all.indexOf(at)) + at.tagName, drawn.outlineStyle, parseFloat(drawn.outlineWidth)];
        })()""")
        if where.endswith("BODY"):
            break
        assert style == "solid", where
        assert width >= 2, where
        seen.add(where)
    assert len(seen) >= stops
    context.close()


def test_error_summary_leads_into_the_field(browser: Browser, site: str, key: str) -> None:
    """A line of the summary puts the reader into the field that it names."""
    context = signed_in(browser, site, key, 1280, 900)
    page = context.new_page()
    page.goto(f"{site}/ui/")
    page.get_by_role("link", name="Received on: This field is required.").click()
    assert page.evaluate("document.activeElement.id || location.hash.slice(1)") == "wrong_received_on"
    context.close()


def test_page_is_whole_without_scripts(browser: Browser, site: str, key: str) -> None:
    """With scripts off, reasons open and close and the tables are read."""
    context = signed_in(browser, site, key, 1280, 900, scripts=False)
    page = context.new_page()
    page.goto(f"{site}/ui/")
    page.get_by_text("How the last day of the review is computed", exact=True).click()
    assert page.get_by_text("This day is not counted").last.is_visible()
    context.close()


def test_paper_has_no_controls(browser: Browser, site: str, key: str) -> None:
    """On paper navigation and buttons are gone; tables, states and reasons that were opened stay."""
    context = signed_in(browser, site, key, 1280, 900)
    page = context.new_page()
    page.goto(f"{site}/ui/")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Send the notices").is_visible()
    assert not page.get_by_role("button", name="Sign out").first.is_visible()
    assert page.get_by_role("table", name="Cases that wait for records").is_visible()
    assert page.get_by_text("Records overdue", exact=True).is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_error_page_of_staff_has_no_accessibility_fault(browser: Browser, site: str, key: str, width: int) -> None:
    """The page for what is not there keeps the head of the office and passes axe."""
    context = signed_in(browser, site, key, width, 800)
    page = context.new_page()
    page.goto(f"{site}/nowhere/")
    assert page.get_by_text("What to do next").is_visible()
    assert page.get_by_role("button", name="Sign out").is_visible()
    assert violations(page) == ""
    context.close()

"""The queue, the dashboard and the log in a real browser: accessible, narrow, by keyboard, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.office.filled import filled
from tests.office.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
PAGES = {
    "queue": "/office/",
    "filtered": "/office/?due=late&acts=case_manager&from=2020-01-01&page=2",
    "closed": "/office/?closed=1",
    "no match": "/office/?q=nobody",
    "faults": "/office/?from=yesterday",
    "dashboard": "/office/dashboard/",
    "log": "/office/log/",
}
COUNT = 150


@dataclass(frozen=True, kw_only=True)
class Full:
    """An office with many cases: its address, and the session of one person a role."""

    site: str
    keys: dict[str, str]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    """A served office with cases in every state and people who are signed in."""
    home = tmp_path_factory.mktemp("full")
    keys = filled(home, COUNT)
    with served(home) as site:
        yield Full(site=site, keys=keys)


def signed_in(browser: Browser, full: Full, role: str, width: int = 1280, **more: object) -> BrowserContext:
    """A browser in which somebody acts in that role."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **more)  # type: ignore[arg-type]
    context.add_cookies([{"name": "sessionid", "value": full.keys[role], "url": full.site}])
    return context


def violations(page: Page) -> str:
    """What axe finds on the page, in words; empty where it finds nothing."""
    found = Axe().run(page, options=OPTIONS)
    return str(found.generate_report()) if found.violations_count else ""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_accessibility_fault(browser: Browser, full: Full, name: str, width: int) -> None:
    """axe finds nothing, narrow and wide, with no rule switched off; nothing has to be scrolled sideways."""
    role = "medical_director" if name == "log" else "case_manager"
    context = signed_in(browser, full, role, width)
    page = context.new_page()
    page.goto(full.site + PAGES[name])
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("name", ["queue", "dashboard", "log"])
def test_the_browser_blocks_nothing(browser: Browser, full: Full, name: str) -> None:
    """Everything comes from the office itself, and nothing is against the policy of the page, htmx too."""
    context = signed_in(browser, full, "auditor")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(full.site + PAGES[name], wait_until="networkidle")
    assert complaints == []
    if name == "queue":
        assert page.evaluate("typeof htmx") == "object"
    context.close()


def test_live_counts_come_by_themselves(browser: Browser, full: Full) -> None:
    """After a minute the counts are fetched anew, and stand where they stood."""
    context = signed_in(browser, full, "case_manager")
    page = context.new_page()
    page.clock.install()
    page.goto(full.site + "/office/")
    before = page.locator("#now").inner_text()
    page.evaluate("document.querySelector('#now .now').remove()")
    with page.expect_response(re.compile("/office/queue/count")):
        page.clock.run_for(61_000)
    expect(page.locator("#now .now")).to_have_count(1)
    assert page.locator("#now").inner_text() == before
    context.close()


def test_filters_work_without_scripts_and_by_keyboard(browser: Browser, full: Full) -> None:
    """With scripts off a filter is set with the space bar, shown with the enter key, and taken out by its link."""
    context = signed_in(browser, full, "case_manager", java_script_enabled=False)
    page = context.new_page()
    page.goto(full.site + "/office/")
    box = page.get_by_role("checkbox", name=re.compile(r"^late\b"))
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("due=late"))
    badges = page.locator("table.cases td .badge").all_inner_texts()
    assert badges and all("late" in words for words in badges)
    page.get_by_role("link", name=re.compile("Remove the filter: due: late")).click()
    page.wait_for_url(lambda url: "due=late" not in url)
    context.close()


def test_a_list_is_saved_and_found_again(browser: Browser, full: Full) -> None:
    """Filter, name, save: the list stands in the side, leads back to the filter, and can be removed."""
    context = signed_in(browser, full, "intake", java_script_enabled=False)
    page = context.new_page()
    page.goto(full.site + "/office/?state=RECEIVED")
    page.get_by_label("Save this list as").fill("New ones")
    page.get_by_role("button", name="Save").click()
    page.goto(full.site + "/office/")
    page.get_by_role("link", name="New ones").click()
    assert "state=RECEIVED" in page.url
    page.get_by_role("button", name="remove the list New ones").click()
    expect(page.get_by_role("link", name="New ones")).to_have_count(0)
    context.close()


def test_everything_of_the_queue_is_reached_by_the_keyboard(browser: Browser, full: Full) -> None:
    """Tab reaches the search, the cases, every filter and the saved lists, and what has the focus is seen."""
    context = signed_in(browser, full, "case_manager")
    page = context.new_page()
    page.goto(full.site + "/office/")
    shown = (
        "[...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main select')]"
        ".filter(element => element.checkVisibility())"
    )
    wanted = page.evaluate(f"{shown}.length")
    seen = set()
    for _ in range(wanted + 80):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(f"{shown}.indexOf(document.activeElement)"))
        if len(seen - {-1}) == wanted:
            break
    seen.discard(-1)
    assert len(seen) == wanted
    context.close()

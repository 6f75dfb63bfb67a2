"""The rule book in a real browser, from a folder: accessible, searchable by keyboard, readable on a phone and without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.looking import by_keyboard, complaints, faults

from evenhand.typesetting.book import book_files, book_of
from evenhand.typesetting.book.folder import written

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of California, written out."""
    out = tmp_path_factory.mktemp("book") / "book"
    written(book_files(book_of("ca_dwc")), out)
    return out


DARK = ("index.html", "law-service.html", "law-screening.html", "unverified.html", "counting.html", "search.html")
"""In a dark room only the colors are others: these pages have all of them."""


def names(folder: Path) -> list[str]:
    """Every page, of the days only the first, one in between and the last: they are alike."""
    days = sorted(path.name for path in folder.glob("day-*.html"))
    others = sorted({path.name for path in folder.glob("*.html")} - set(days))
    return [*others, days[0], days[len(days) // 2], days[-1]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(browser: Browser, folder: Path, scheme: Literal["light", "dark"]) -> None:
    """No fault by axe with no rule disabled, at 1280 and at 320 pixels, in light and dark."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for name in names(folder) if scheme == "light" else DARK:
        page.goto((folder / name).as_uri())
        if wrong := faults(page):
            found[name] = wrong
    context.close()
    assert found == {}


def test_nothing_is_missing_or_stopped(desk: Page, folder: Path) -> None:
    """The browser has nothing to complain of on any page: no file is missing, and the policy stops nothing."""
    with complaints(desk) as heard:
        for name in names(folder):
            desk.goto((folder / name).as_uri())
            assert desk.locator("h1").count() == 1
    assert heard == []


def test_the_keyboard_reaches_everything(desk: Page, folder: Path) -> None:
    """Tab goes through links, fields, tables that scroll and summaries in the order of the page, and shows where it is."""
    for name in ("index.html", "law-service.html", "search.html"):
        desk.goto((folder / name).as_uri())
        assert by_keyboard(desk) == [], name


def test_search_by_keyboard_from_any_page(page: Page, folder: Path) -> None:
    """Words typed on a page lead to the search page, the count is said, and the arrow keys go to the place."""
    page.goto((folder / "law-fees.html").as_uri())
    page.get_by_label("Search the book").fill("application formulary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert "place" in page.get_by_role("status").inner_text()
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/law-filing.html#*")
    assert (
        page.locator(":target h2").inner_text()
        == "Application for independent medical review of a drug under the formulary"
    )


def test_search_finds_sections_names_and_near_words(desk: Page, folder: Path) -> None:
    """A section number, a name in the data and words in any order are found; a wrong word gets the nearest."""
    desk.goto((folder / "search.html").as_uri())
    field, status, results = desk.get_by_role("searchbox"), desk.get_by_role("status"), desk.locator("#results a")
    for asked, link in (
        ("9792.10.5(a)(1)(B)", "law-records.html#requirements-records_owed-B"),
        ("wcab_petition", "law-appeal.html#rules-wcab_petition"),
        ("liability dispute resolved application", "law-filing.html#rules-application_after_deferral"),
        ("§ 4610.5(h)(2)", "law-filing.html#rules-application_after_deferral"),
    ):
        field.fill(asked)
        assert link in [one.get_attribute("href") for one in results.all()], asked
    field.fill("formulery")
    assert "formulary" in status.inner_text()
    field.fill("formulary liability cryotherapy zygote")
    assert status.inner_text().startswith("No place has all these words")
    field.fill("zygote")
    assert status.inner_text().startswith("Nothing found")
    field.fill("holiday")
    assert "counting.html#calendars-offices_closed" in [one.get_attribute("href") for one in results.all()]
    field.fill("")
    assert status.inner_text() == ""


def test_without_scripts_the_indexes_serve(browser: Browser, folder: Path) -> None:
    """The search page says so and leads to the indexes; a chapter is the same as with scripts."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "search.html").as_uri())
    page.get_by_role("link", name="The index by section number").click()
    page.get_by_role("link", name="Records, where the notice of assignment was mailed").first.click()
    assert page.locator(":target h2").inner_text() == "Records, where the notice of assignment was mailed"
    assert page.locator(":target").get_by_text("15 calendar days").first.is_visible()
    context.close()


def test_the_drawing_fits_the_page(page: Page, folder: Path) -> None:
    """On a phone the narrow time line is shown, at a desk the wide one; its words are large enough to read."""
    page.goto((folder / "law-filing.html").as_uri())
    wide = page.locator("svg.wide").first.is_visible()
    narrow = page.locator("svg.narrow").first.is_visible()
    assert wide != narrow
    shown = page.locator(f"svg.{'wide' if wide else 'narrow'} text.tick").first
    box = shown.bounding_box()
    assert box is not None
    assert box["height"] >= 9


def test_print(desk: Page, folder: Path) -> None:
    """On paper there is no search and no navigation, and no table is cut off."""
    desk.goto((folder / "law-service.html").as_uri())
    desk.emulate_media(media="print")
    assert not desk.get_by_role("search").is_visible()
    assert desk.locator(".table").first.evaluate("one => getComputedStyle(one).overflowX") == "visible"

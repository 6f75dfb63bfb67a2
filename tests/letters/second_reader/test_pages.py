"""The checks' pages in the documentation."""

from __future__ import annotations

from pathlib import Path

from evenhand.letters.second_reader import checks, pages
from evenhand.letters.second_reader.catalogue import PAGES

REPOSITORY = Path(__file__).resolve().parents[3]


def test_the_pages_are_those_of_the_checks() -> None:
    """Every check has its page, no page is left over, and each says what the check's own words say."""
    folder = REPOSITORY / PAGES
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    again = "write them anew: evenhand letters checks --out docs/second-reader"
    assert written.keys() == pages.all_pages(checks()).keys(), again
    assert written == pages.all_pages(checks()), again


def test_every_check_says_why_and_what_to_do() -> None:
    """A page holds what is wrong, how grave it is, why, and what to do; every group has its title."""
    for check in checks():
        page = pages.page(check)
        assert page.startswith(f"# {check.code}: {check.name}\n")
        for part in ("**Severity:**", "**Why:**", "**What to do:**"):
            assert part in page
        assert check.code[:3] in pages.GROUPS

"""The search of the public site: the address is the whole question. All decisions are invented."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office.invented import NECK, corpus, empty, get, item, published

from evenhand.corpus.store import add
from evenhand.letters.determination import Decision
from evenhand.office.site.ask import MOST_PAGES, Question, question

__all__ = ["corpus", "empty"]


def headings(page: str) -> list[str]:
    """The items found, in order, without highlights."""
    return [re.sub(r"</?mark>", "", found) for found in re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", page)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Cold therapy unit", "MRI of the neck", "Twelve visits of physical therapy"}),
        ("q=gel+packs", {"Cold therapy unit"}),
        ("q=%22physical+therapy%22", {"Twelve visits of physical therapy"}),
        ("q=weakness+OR+Six", {"MRI of the neck", "Twelve visits of physical therapy"}),
        ("decision=Overturned", {"MRI of the neck"}),
        ("year=2022", {"Twelve visits of physical therapy"}),
        ("specialty=Pain+Management&decision=Upheld", {"Cold therapy unit"}),
        ("category=no+such+category", set()),
        ("q=therapy&year=2021", {"Cold therapy unit"}),
    ],
)
def test_search_finds_by_words_and_filters(corpus: Path, query: str, expected: set[str]) -> None:
    """The address of a search is its whole state: words and filters together."""
    assert set(headings(get(f"/decisions/?{query}"))) == expected


def test_search_marks_the_words_it_found(corpus: Path) -> None:
    """The words searched for are marked in the heading and in an excerpt."""
    assert "Cold <mark>therapy</mark> unit" in get("/decisions/?q=therapy")
    assert "The <mark>gel</mark> <mark>packs</mark> do" in get("/decisions/?q=gel+packs")


def test_facets_count_items_and_keep_the_question(corpus: Path) -> None:
    """A facet's link adds its value to the question that was asked; its count is what one then finds."""
    page = get("/decisions/?q=neck")
    link, count = re.findall(r'<a href="(\?[^"]*year=2021[^"]*)".*?class="count">(\d+)', page, re.DOTALL)[0]
    narrowed = get("/decisions/" + link.replace("&amp;", "&"))
    assert "q=neck" in link
    assert len(headings(narrowed)) == int(count) == 2


def test_chosen_filter_can_be_changed_and_removed(corpus: Path) -> None:
    """With a decision chosen, the other decision stays in reach with its count, and the chosen one can be removed."""
    page = get("/decisions/?decision=Upheld")
    assert 'href="?decision=Overturned"' in page
    assert re.search(r'<a href="\?"[^>]*>\s*<span class="unseen">Remove the filter', page)
    assert '<input type="hidden" name="decision" value="Upheld">' in page


def test_number_of_a_case_leads_to_its_decision(corpus: Path) -> None:
    """Who types a case number, in small letters too, is led to the decision."""
    assert f'href="{NECK}"' in get("/decisions/?q=eh21-0000001")


def test_nothing_found_says_what_to_try(corpus: Path) -> None:
    """An empty result names what can be done instead of ending there."""
    page = get("/decisions/?q=zebra")
    assert "Nothing found for “zebra”" in page
    assert "What you can try" in page


def test_pages_lead_through_all_results_once(empty: Path) -> None:
    """Following "Next page" to the end shows each of 23 items exactly once; a page past the end is the last page."""
    items = [item(number, f"Visit {number}", Decision.UPHELD, "No.") for number in range(1, 24)]
    add(empty, [published("EH23-0000003", *items, year=2023)])
    seen: list[str] = []
    address: str | None = "?q=visit"
    while address:
        page = get(f"/decisions/{address}")
        seen += headings(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following.group(1).replace("&amp;", "&") if following else None
    assert sorted(seen) == sorted(entry.item for entry in items)
    assert "Page 3 of 3" in get("/decisions/?q=visit&page=99")


@pytest.mark.parametrize("query", ["q=NOT", "q=AND+OR"])
def test_query_that_cannot_be_read_is_explained(corpus: Path, query: str) -> None:
    """A query in the engine's own words gets an explanation and not the engine's error."""
    page = get(f"/decisions/?{query}", 400)
    assert "This search cannot be read" in page
    assert "Syntax" not in page


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=-1", "page=x", "page=%C2%B2", "page=" + "9" * 40, "page=1e9", "year=abcd", "decision=%00", "q=%00",
        "q=%ff%fe", "q=" + "a" * 5000, "q=%22", "q=((((", "q=item:", "q=[a+TO", "q=*", "q=a^99999999999", "q=%F0%9F%98%80",
        "q=a&q=b", "category=%5C%5C", "unknown=1", "q=NOT&page=7", "specialty=" + "b" * 5000,
    ],
)  # fmt: skip
def test_bad_parameters_never_break_the_page(corpus: Path, query: str) -> None:
    """Whatever stands in the address, the search answers with a page."""
    assert Client().get(f"/decisions/?{query}").status_code in {200, 400}


@given(q=st.text(max_size=60), page=st.text(max_size=12), year=st.text(max_size=8))
def test_question_and_address_say_the_same(q: str, page: str, year: str) -> None:
    """The address made from a question asks the same question again, whatever was typed."""
    asked = question({"q": q, "page": page, "year": year})
    assert 1 <= asked.page <= MOST_PAGES
    again = question(QueryDict(asked.address().removeprefix("?").encode("utf-8", "replace").decode()).dict())
    assert replace(asked, cut=False) == again


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(alphabet='ab "()[]{}:^~*+-/\\!&|<>.,?\u00e4NOTANDRI\x00', max_size=25))
def test_any_words_get_an_answer(corpus: Path, q: str) -> None:
    """No string in the search box makes an error of the site."""
    assert Client().get("/decisions/", {"q": q}).status_code in {200, 400}


def test_empty_question_has_the_bare_address() -> None:
    """Without words and filters the address says nothing."""
    assert Question().address() == "?"


def test_a_result_names_what_was_in_dispute_and_not_what_had_been_authorized(empty: Path) -> None:
    """Of twelve visits six had been authorized: the result says that the other six were denied."""
    visits = replace(
        item(1, "Twelve visits of physical therapy", Decision.UPHELD, "Six came first."),
        original_request="Twelve visits of physical therapy",
        authorized="Six visits of physical therapy",
        eligible_portion="The other six visits",
    )
    add(empty, (published("EH23-0000003", visits, year=2023),))
    for asked in ("", "?q=therapy"):
        assert "The other six visits" in get(f"/decisions/{asked}")

"""Words and phrases in the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.casefile import CaseFile, EmptyQuery, search

Make = Callable[..., CaseFile]
PAGES = (
    ("The plate is broken at C6-7.\nThe bone has not\nhealed.", "Grip strength is 38 kilograms. Bone scan normal."),
    ("He doesn’t smoke. Strength 5 of 5.",),
)


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("plate", [1]),
        ("PLATE", [1]),
        ("bone", [1, 2]),
        ("bone plate", [1]),
        ('"bone has not healed"', [1]),
        ('"not bone"', []),
        ("strength", [2, 3]),
        ("streng", []),
        ("streng*", [2, 3]),
        ("C6-7", [1]),
        ("C6", [1]),
        ("doesn't", [3]),
        ('"unclosed', []),
        ("5.", [3]),
        ("(bone", []),
    ],
)
def test_a_page_is_found_by_all_its_terms(file_of: Make, query: str, pages: list[int]) -> None:
    """Words and phrases are found whole, in any case, over line ends and typographic marks."""
    assert sorted({hit.page for hit in search(file_of(*PAGES), query)}) == pages


def test_a_hit_names_its_page_and_stands_where_it_says(file_of: Make) -> None:
    """The places of a hit count characters in the page's own text, and its excerpt shows them."""
    file = file_of(*PAGES)
    (hit,) = search(file, '"has not healed"')
    assert (hit.page, hit.document, hit.in_document) == (1, "paper-1", 1)
    assert file.pages[0].text[hit.start : hit.end] == "has not\nhealed"
    assert "bone has not healed" in hit.excerpt


@pytest.mark.parametrize("query", ["", "   ", '""', '"  "', "***", "- ."])
def test_an_empty_query_is_refused_in_words(file_of: Make, query: str) -> None:
    """A query without a letter or a figure asks for nothing."""
    with pytest.raises(EmptyQuery, match="nothing to look for"):
        search(file_of(*PAGES), query)


@given(st.text(max_size=40), st.text(max_size=120))
def test_any_query_on_any_text_gives_true_places(query: str, text: str) -> None:
    """Whatever is typed, each hit lies within the page and holds the first letters of its term."""
    from evenhand.casefile.facts import CaseFile, Page, TextSource

    page = Page(number=1, document="a", in_document=1, text=text, source=TextSource.TEXT_LAYER)
    try:
        hits = search(CaseFile(documents=(), pages=(page,)), query)
    except EmptyQuery:
        return
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)

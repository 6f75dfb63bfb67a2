"""The web page: escaped, self-contained, structured, with colours that can be read."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest

from evenhand.typesetting.document import (
    Document,
    Facts,
    Heading,
    Labelled,
    Letterhead,
    Paragraph,
    Table,
    Title,
)
from evenhand.typesetting.html import to_html

HOSTILE = "<script>alert(1)</script> \" onload='x' &lt; <b>"
VOID = {"meta", "br", "hr"}


class Outline(HTMLParser):
    """Elements in order with their attributes; fails on a tag that is closed out of turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def names(self) -> list[str]:
        return [name for name, _ in self.elements]


def page(text: str = "Words") -> str:
    """A page with the text everywhere."""
    blocks = (
        Letterhead(organisation=text, lines=(text,)),
        Title(text=text),
        Facts(rows=((text, text),)),
        Heading(text=text),
        Heading(text=text, level=3),
        Paragraph(text=text),
        Labelled(label=text, text=text),
        Table(header=(text, "b"), rows=((text, "c"),), caption=text, show_caption=False),
    )
    return to_html(Document(title=text, author=text, running=text, blocks=blocks))


def test_nothing_in_the_text_becomes_an_element() -> None:
    """Angle brackets, quotes and ampersands in the text are escaped in elements and attributes alike."""
    outline = Outline(page(HOSTILE))
    assert outline.names() == Outline(page()).names()
    assert not any(name.startswith("on") for _, attributes in outline.elements for name in attributes)


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    """No script, no link, no picture, no address in the style."""
    made = page()
    assert not {"script", "link", "img", "iframe", "object"} & set(Outline(made).names())
    assert "url(" not in made and "@import" not in made


def test_structure_for_those_who_hear_the_page() -> None:
    """A language, a title, one main, one h1, no skipped level, scoped column headers, a caption for the table."""
    outline = Outline(page())
    names = outline.names()
    assert dict(outline.elements)["html"] == {"lang": "en"}
    assert names.count("main") == names.count("h1") == names.count("title") == names.count("caption") == 1
    levels = [int(name[1]) for name in names if re.fullmatch(r"h[1-6]", name)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(attributes.get("scope") == "col" for name, attributes in outline.elements if name == "th")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ink", ["ink", "navy", "quiet", "ochre"])
@pytest.mark.parametrize("paper", ["#ffffff", "tint", "warm"])
def test_every_ink_can_be_read_on_every_paper(ink: str, paper: str) -> None:
    """Each text colour has the contrast of WCAG AA, 4.5 to 1, on each background."""
    css = files("evenhand.typesetting").joinpath("document.css").read_text()
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))
    low, high = sorted((luminance(colours[ink]), luminance(colours.get(paper, paper))))
    assert (high + 0.05) / (low + 0.05) >= 4.5

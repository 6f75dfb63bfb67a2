"""The frame of every page: head, search, contents, footer. Nothing is fetched from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.typesetting.book.elements import Child, Element, element, together
from evenhand.typesetting.book.model import Book
from evenhand.typesetting.book.parts import link

# Read from a disk (file:) or a web server ('self'); no script or style stands in a page, and nothing may be fetched or framed.
POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file:; "
    "form-action 'self' file:; base-uri 'none'"
)
GUIDES = (
    ("index", "Contents"),
    ("counting", "Counting days"),
    ("days", "The law on a day"),
    ("sections", "By section"),
    ("unverified", "Not verified"),
    ("sources", "Sources"),
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its name without .html, its title, and what stands under it."""

    name: str
    title: str
    body: Element
    lead: str = ""
    scripts: tuple[str, ...] = ()


def bound(book: Book, page: Page) -> bytes:
    """The page as a file."""
    heading = element(
        "header", element("h1", page.title), element("p", page.lead, class_="lead") if page.lead else None
    )
    body = element(
        "body",
        element("a", "Skip to the text", href="#text", class_="skip"),
        _masthead(book, page),
        element("main", element("div", heading, page.body, class_="text"), id="text", tabindex="-1"),
        _foot(book),
    )
    html = element("html", _head(book, page), body, lang="en")
    return f"<!DOCTYPE html>\n{html}".encode()


def _head(book: Book, page: Page) -> Element:
    title = book.plan.title if page.name == "index" else f"{page.title} · {book.plan.title}"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("link", rel="icon", href="icon.svg"),
        element("link", rel="stylesheet", href="book.css"),
        [element("script", src=name, defer=True) for name in page.scripts],
    )


def _masthead(book: Book, page: Page) -> Element:
    guides = [
        ("glossary" if book.plan.glossary else "", "Glossary"),
        ("example" if book.example else "", "An example"),
    ]
    pages = [*GUIDES[:2], *guides[1:], *GUIDES[2:4], *guides[:1], *GUIDES[4:]]
    entries = [
        element("li", link(words, f"{name}.html", **({"aria_current": "page"} if name == page.name else {})))
        for name, words in pages
        if name
    ]
    search = element(
        "form",
        element("label", "Search the book", for_="ask"),
        element("input", id="ask", name="q", type="search", autocomplete="off", spellcheck="false"),
        element("button", "Search"),
        action="search.html",
        method="get",
        role="search",
    )
    return element(
        "header",
        element("p", link(book.plan.title, "index.html"), class_="title"),
        None if page.name == "search" else search,
        element("nav", element("ul", entries), aria_label="The book"),
        class_="masthead",
    )


def _foot(book: Book) -> Element:
    words = together(
        "Made by Evenhand from the data by which it computes. It is software, not legal advice: of most provisions only "
        "the beginning could be read. ",
        link("What nobody has verified", "unverified.html"),
        " lists the rest.",
    )
    sketch: Child = element("p", book.pack.programme.caution) if book.pack.programme.caution else None
    return element("footer", sketch, element("p", words), class_="foot")

"""Elements of a web page from plain words: whatever is no element already is escaped, so text is never markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

VOID = {"br", "hr", "input", "link", "meta"}
OWN_LINE = {
    "article", "aside", "body", "dd", "details", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4", "head",
    "header", "html", "li", "link", "main", "meta", "nav", "ol", "p", "script", "section", "summary", "svg", "table",
    "tbody", "td", "thead", "th", "title", "tr", "ul",
}  # fmt: skip


class Element(str):
    """Text that is markup already."""

    __slots__ = ()


Child = str | Element | None | Iterable["Child"]
Value = str | int | float | bool | None


def element(tag: str, /, *children: Child, **attributes: Value) -> Element:
    """An element. `class_` is written for class, `data_x` for data-x; an attribute that is None or False is left out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    end = "\n" if tag in OWN_LINE else ""
    if tag in VOID:
        return Element(f"<{tag}{written}>{end}")
    return Element(f"<{tag}{written}>{together(*children)}</{tag}>{end}")


def together(*children: Child) -> Element:
    """The children one after the other."""
    words = ""
    for child in children:
        if child is None:
            continue
        if isinstance(child, str):
            words += child if isinstance(child, Element) else escape(child)
        else:
            words += together(*child)
    return Element(words)


def _attribute(key: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    # viewBox and the like keep their letters; Python's names get their hyphens.
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'

"""The history of a provision as a drawing: a bar for each version. The table beside it says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.law.schema import Version
from evenhand.typesetting.book.elements import Element, element, together
from evenhand.typesetting.book.words import short

WIDE, NARROW = 640, 300
HEIGHT, GAP, AXIS = 26, 6, 22
LETTER = 6.9
"""How wide a letter is, about, at the size that the style sheet gives the words."""

SHORTEST = 8
"""A shorter piece of a text says nothing."""


@dataclass(frozen=True)
class Span:
    """The years that a drawing covers, the same on every page, so that one can be compared with another."""

    first: int
    last: int

    def x(self, day: date, width: int) -> float:
        """Where the day lies, in drawing units."""
        start, end = date(self.first, 1, 1).toordinal(), date(self.last + 1, 1, 1).toordinal()
        part = (day.toordinal() - start) / (end - start)
        return round(min(max(part, 0), 1) * width, 1)


def drawing(title: str, rows: Sequence[tuple[str, Sequence[Version]]], span: Span) -> Element:
    """The time line, once for a wide and once for a narrow page; the style sheet shows one of them. A row with a label
    has it above its bars."""
    return element(
        "div",
        _drawn(title, rows, span, WIDE, every=1),
        _drawn(title, rows, span, NARROW, every=3),
        class_="timeline",
    )


def _drawn(title: str, rows: Sequence[tuple[str, Sequence[Version]]], span: Span, width: int, *, every: int) -> Element:
    parts: list[Element] = []
    y = 0
    for label, versions in rows:
        if label:
            parts.append(element("text", _fitting(label, width), x=0, y=y + 13, class_="line"))
            y += 18
        parts += [_bar(versions, number, span, width, y) for number in range(len(versions))]
        y += HEIGHT + GAP
    for year in range(span.first, span.last + 1):
        x = span.x(date(year, 1, 1), width)
        shown = (year - span.first) % every == 0
        parts.append(element("line", x1=x, y1=0, x2=x, y2=y + 4 if shown else y, class_="year"))
        if shown and width - x > 28:
            parts.append(element("text", str(year), x=x + 2, y=y + 15, class_="tick"))
    kind = "wide" if width == WIDE else "narrow"
    return element(
        "svg",
        parts,
        viewBox=f"0 0 {width} {y + AXIS}",
        class_=kind,
        role="img",
        aria_label=f"Time line of {title}; the words after it say the same",
    )


def _bar(versions: Sequence[Version], number: int, span: Span, width: int, y: int) -> Element:
    version = versions[number]
    later = versions[number + 1].valid_from if number + 1 < len(versions) else None
    ends = [day for day in (version.valid_to, later) if day is not None]
    left = span.x(version.valid_from, width)
    right = span.x(min(ends), width) if ends else float(width)
    drawn = max(right - left - 1.5, 3)
    kind = "open" if version.unknown is not None else "sure" if version.confidence.verified else "unsure"
    words = short(version)
    if len(words) > (most := int((drawn - 10) / LETTER)):
        words = words[: most - 1].rstrip(" ,;") + "…" if most >= SHORTEST else ""
    return together(
        element("rect", x=left, y=y, width=round(drawn, 1), height=HEIGHT, rx=3, class_=kind),
        element("text", words, x=left + 6, y=y + 17, class_=f"on-{kind}") if words else None,
    )


def _fitting(words: str, width: int) -> str:
    most = int(width / LETTER)
    return words if len(words) <= most else words[: most - 1] + "…"

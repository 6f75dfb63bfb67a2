"""Bar charts drawn by the server as SVG: classes only, no style attributes, with their numbers as a table beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evenhand.office.ui.parts import Column, Table

WIDTH = 640
ROW, BAR_HEIGHT, LETTER = 30, 20, 7.2
MOST_LABEL = 30
TALL = 220


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar. `look` is its class: empty, `attention`, `soon` or `quiet-bar`; what it means must stand in the label too.

    A value of None is no figure, which is not nought: no bar, and a dash in its place.
    """

    label: str
    value: float | None
    look: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A figure: what `{% figure chart %}` shows."""

    title: str
    svg: SafeString
    table: Table


def bars(
    title: str,
    pairs: Sequence[Bar | tuple[str, float | None]],
    *,
    what: str = "Number",
    of: str = "",
    direction: Literal["horizontal", "vertical"] = "horizontal",
    name: str = "chart",
) -> Chart:
    """A bar chart. `what` heads the column of the numbers, `of` that of the labels; `name` makes its ids unique on a page."""
    drawn = [pair if isinstance(pair, Bar) else Bar(label=pair[0], value=pair[1]) for pair in pairs]
    most = max((bar.value or 0 for bar in drawn), default=0) or 1
    inside, height = _rows(drawn, most) if direction == "horizontal" else _columns(drawn, most)
    svg = format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        *(WIDTH, height, name, name, name, title, name, _told(drawn, what), inside),
    )
    columns = (Column(title=of or "Group"), Column(title=what, number=True))
    table = Table(caption=title, columns=columns, rows=[(bar.label, _number(bar.value)) for bar in drawn])
    return Chart(title=title, svg=svg, table=table)


def _rows(drawn: list[Bar], most: float) -> tuple[SafeString, int]:
    """Bars that lie, each with its label to the left and its number to the right."""
    longest = max((len(_cut(bar.label)) for bar in drawn), default=0)
    left = int(longest * LETTER) + 12
    room = WIDTH - left - 60
    lines = []
    for place, bar in enumerate(drawn):
        y, length = place * ROW, (bar.value or 0) / most * room
        label, shape = (left - 8, y + 19, _cut(bar.label)), (f"bar {bar.look}".strip(), left, y + 5)
        value = (f"{left + length + 6:.1f}", y + 19, _number(bar.value))
        lines.append((*label, *shape, f"{length:.1f}", BAR_HEIGHT, *value))
    height = max(len(drawn), 1) * ROW + 4
    inside = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end">{}</text><rect class="{}" x="{}" y="{}" width="{}" height="{}"></rect>'
        '<text class="value" x="{}" y="{}">{}</text>',
        lines,
    )
    axis = format_html('<line class="axis" x1="{}" y1="0" x2="{}" y2="{}"></line>', left, left, height)
    return format_html("{}{}", inside, axis), height


def _columns(drawn: list[Bar], most: float) -> tuple[SafeString, int]:
    """Bars that stand, each with its label below and its number above."""
    step = WIDTH / max(len(drawn), 1)
    width = min(step * 0.7, 60)
    letters = max(int(step / LETTER), 1)
    lines = []
    for place, bar in enumerate(drawn):
        middle, tall = (place + 0.5) * step, (bar.value or 0) / most * (TALL - 50)
        top = TALL - 24 - tall
        shape = (f"bar {bar.look}".strip(), f"{middle - width / 2:.1f}", f"{top:.1f}", f"{width:.1f}", f"{tall:.1f}")
        value, label = (f"{middle:.1f}", f"{top - 5:.1f}", _number(bar.value)), (f"{middle:.1f}", TALL - 6)
        lines.append((*shape, *value, *label, _cut(bar.label, letters)))
    inside = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"></rect>'
        '<text class="value" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        lines,
    )
    axis = format_html('<line class="axis" x1="0" y1="{}" x2="{}" y2="{}"></line>', TALL - 24, WIDTH, TALL - 24)
    return format_html("{}{}", inside, axis), TALL


def _cut(label: str, most: int = MOST_LABEL) -> str:
    return label if len(label) <= most else label[: max(most - 1, 1)] + "…"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _told(drawn: list[Bar], what: str) -> str:
    return f"{what}: " + "; ".join(f"{bar.label} {_number(bar.value)}" for bar in drawn) + "."

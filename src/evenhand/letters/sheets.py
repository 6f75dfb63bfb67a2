"""A letter's pages as pictures, with the places of findings on them; of a letter that came as text, its pages of text.

    shown = sheets(pdf, number(letter, findings))

PDFium draws one page at a time: whoever has several threads holds a lock meanwhile.
"""

from __future__ import annotations

import base64
import ctypes
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from evenhand.letters.mark import Numbered, showable

# The width of a picture in pixels: sharp on a half of a wide screen, and the letter stays light.
WIDTH = 900
LONGEST = 3_000
COLORS = 32
# More pages, and more bytes of pictures, than a page can be asked to hold; the rest is in the PDF itself.
MOST_SHEETS = 20
MOST_BYTES = 8_000_000
MOST_SIGNS = 1_000_000
# Signs by which a long quotation is found, and the fewest by which anything is.
_ENOUGH, _LEAST = 60, 4


@dataclass(frozen=True, kw_only=True)
class Box:
    """Where a finding stands on a page: from the upper left corner, in points."""

    number: int
    severity: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One page: its size in points and its picture (PNG in base64), or its text where the letter came as text."""

    number: int
    width: float = 0
    height: float = 0
    picture: str = ""
    text: str = ""
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """The pages that are shown, and how many the letter has."""

    shown: tuple[Sheet, ...] = ()
    of: int = 0

    def page_of(self, number: int) -> int | None:
        """The first page on which a finding stands; None where it was not found on paper."""
        return next((sheet.number for sheet in self.shown if any(b.number == number for b in sheet.boxes)), None)


def text_sheets(text: str) -> Sheets:
    """The pages of a letter that is text: a form feed begins a page."""
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    pages = [page for page in pages if page.strip()] or [""]
    shown = tuple(Sheet(number=at, text=showable(page.strip("\n"))) for at, page in enumerate(pages, 1))
    return Sheets(shown=shown[:MOST_SHEETS], of=len(shown))


def sheets(pdf: bytes, numbered: Iterable[Numbered], *, most: int = MOST_SHEETS) -> Sheets:
    """The pages of a PDF that was read before. Raises pypdfium2.PdfiumError where a page cannot be drawn."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        words = _Words(document, most)
        boxes = [box for one in numbered for box in words.places(one)]
        shown, size = [], 0
        for at in range(min(len(document), most)):
            picture = _drawn(document, at) if size < MOST_BYTES else ""
            size += len(picture)
            width, height = document.get_page_size(at)
            here = tuple(box for page, box in boxes if page == at)
            shown.append(Sheet(number=at + 1, width=width, height=height, picture=picture, boxes=here))
        return Sheets(shown=tuple(sheet for sheet in shown if sheet.picture), of=len(document))
    finally:
        document.close()


def _drawn(document: Any, at: int) -> str:
    """A page as PNG in base64, in as many colors as a letter needs."""
    page = document[at]
    try:
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), LONGEST / max(width, height, 1))
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    finally:
        page.close()
    out = io.BytesIO()
    picture.quantize(COLORS, dither=0).save(out, format="PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()


class _Words:
    """The letters and digits of the whole PDF in a row, each with its page and its place in the page's text.

    Line breaks, hyphens, ligatures and case do not tell a word on paper from the same word in the structure.
    """

    def __init__(self, document: Any, most: int) -> None:
        self._document = document
        self._signs = ""
        self._where: list[tuple[int, int]] = []
        for at in range(min(len(document), most)):
            page = document[at]
            text = page.get_textpage()
            signs: list[str] = []
            for index in range(min(text.count_chars(), MOST_SIGNS - len(self._signs))):
                plain = _plain(chr(raw.FPDFText_GetUnicode(text.raw, index)))
                signs.append(plain)
                self._where += [(at, index)] * len(plain)
            self._signs += "".join(signs)
            text.close()
            page.close()

    def places(self, one: Numbered) -> Iterator[tuple[int, Box]]:
        """Page and box of each line on which the finding's words stand."""
        found = self._find(_plain(one.before), _plain(one.quote))
        if found is None:
            return
        by_page: dict[int, list[int]] = {}
        for at, index in self._where[found[0] : found[1]]:
            by_page.setdefault(at, []).append(index)
        for at, indexes in by_page.items():
            for left, top, right, bottom in self._lines(at, sorted(set(indexes))):
                box = Box(
                    number=one.number,
                    severity=one.finding.severity.value,
                    x=round(left, 1),
                    y=round(top, 1),
                    width=round(right - left, 1),
                    height=round(bottom - top, 1),
                )
                yield at, box

    def _find(self, before: str, quote: str) -> tuple[int, int] | None:
        """From where to where the words stand: after the words before them if it can be told, else where they come first."""
        if len(quote) < _LEAST:
            return None
        for known in (before, before[-_ENOUGH // 3 :], ""):
            for wanted in (quote, quote[:_ENOUGH]):
                at = self._signs.find(known + wanted)
                if at >= 0:
                    return at + len(known), at + len(known) + len(wanted)
        return None

    def _lines(self, at: int, indexes: list[int]) -> Iterator[tuple[float, float, float, float]]:
        """The boxes of the characters, joined line by line: left, top, right, bottom from the upper left corner."""
        page = self._document[at]
        text = page.get_textpage()
        try:
            boxes = [_box(page, text.get_charbox(index)) for index in indexes]
        finally:
            text.close()
            page.close()
        line: list[tuple[float, float, float, float]] = boxes[:1]
        for before, box in pairwise(boxes):
            if box[1] >= before[3] or box[3] <= before[1] or box[0] < before[0]:
                yield _around(line)
                line = []
            line.append(box)
        if line:
            yield _around(line)


def _around(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _box(page: Any, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A box of PDF's page space as it lies on the drawn page, whatever the page's rotation and crop."""
    width, height = page.get_size()
    tenths_x, tenths_y = int(width * 10), int(height * 10)
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        raw.FPDF_PageToDevice(page.raw, 0, 0, tenths_x, tenths_y, 0, across, up, x, y)
        corners.append((x.value / 10, y.value / 10))
    (x1, y1), (x2, y2) = corners
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _plain(text: str) -> str:
    """Letters and digits only, small, ligatures taken apart."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())

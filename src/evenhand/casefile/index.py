"""Papers as they were sent, to one indexed file: permanent page numbers, and the text of every page.

A page that has a text layer is read from it; a page that is only a picture, or whose text layer is not language, is
read by OCR and carries the confidence of that reading. Page numbers run through the whole file in the order in which
the documents are given and never change: papers that come later are appended with `first_page`.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import pypdfium2 as pdfium
from PIL import Image

from evenhand.casefile.facts import CaseFile, Document, Page, SourceDocument, TextSource
from evenhand.casefile.inspect import POINTS_PER_INCH, UnusableFile, inspect, open_pdf
from evenhand.casefile.ocr import DPI, read_pictures

Progress = Callable[[int, int], None]
"""Called with (pages read, pages in all)."""

# A text layer with fewer letters than this may be a stamp over something drawn: the picture is read too.
FEWEST_LETTERS = 25
# A picture over more than this share of the page is the page; a little text beside it is a stamp.
PICTURE_IS_PAGE = 0.5
STAMP_LETTERS = 200
# Below this share of ordinary characters the layer is a font without a mapping, not language.
LANGUAGE_SHARE = 0.7
# More pixels than this are not rendered for one page (a large sheet is read at a lower resolution).
MOST_PIXELS = 40_000_000


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """A document with its numbers. `pictures` fills with the places of pages whose text layer says too little, and with
    what it says."""

    source: SourceDocument
    first_page: int
    pages: int
    pictures: dict[int, str]


def index(
    documents: Sequence[SourceDocument],
    *,
    first_page: int = 1,
    progress: Progress | None = None,
    workers: int | None = None,
) -> CaseFile:
    """Indexes `documents` in the order given; the first page gets the permanent number `first_page`.

    `workers` is how many pages are read by OCR at a time (the machine's cores by default). Raises UnusableFile (with
    `document` set) for a paper that cannot be read, and ValueError for two documents with one identifier.
    """
    ids = [source.id for source in documents]
    doubled = sorted({id for id in ids if ids.count(id) > 1})
    if doubled:
        raise ValueError(f"two documents have the identifier {doubled[0]!r}; each needs its own")
    opened = _numbered(documents, first_page)
    total = sum(each.pages for each in opened)
    pages: list[Page] = []
    for page in chain(_read_layers(opened), _read_pictures(opened, workers)):
        pages.append(page)
        if progress is not None:
            progress(len(pages), total)
    return CaseFile(
        documents=tuple(_document(each) for each in opened),
        pages=tuple(sorted(pages, key=lambda page: page.number)),
    )


def _numbered(documents: Sequence[SourceDocument], first_page: int) -> list[_Opened]:
    opened: list[_Opened] = []
    number = first_page
    for source in documents:
        try:
            pages = inspect(source.content).pages
        except UnusableFile as error:
            raise UnusableFile(error.why, error.what_to_do, document=source.id) from None
        opened.append(_Opened(source=source, first_page=number, pages=pages, pictures={}))
        number += pages
    return opened


def _document(each: _Opened) -> Document:
    source = each.source
    return Document(
        id=source.id,
        sha256=hashlib.sha256(source.content).hexdigest(),
        kind=source.kind,
        dated=source.dated,
        author=source.author,
        title=source.title,
        first_page=each.first_page,
        pages=each.pages,
    )


def _read_layers(opened: Sequence[_Opened]) -> Iterator[Page]:
    """Pages with a usable text layer. What has none is noted for OCR."""
    for each in opened:
        with open_pdf(each.source.content) as document:
            for place in range(len(document)):
                text, enough = _text_layer(document[place])
                if enough:
                    yield _page(each, place, text, TextSource.TEXT_LAYER, None)
                else:
                    each.pictures[place] = text


def _read_pictures(opened: Sequence[_Opened], workers: int | None) -> Iterator[Page]:
    """Pages that are only pictures, from all documents side by side."""
    for (each, place), reading in read_pictures(_pictures(opened), workers=workers):
        text, layer = _clean(reading.text), each.pictures[place]
        if _letters(layer) > 0 and _letters(layer) >= _letters(text):
            yield _page(each, place, layer, TextSource.TEXT_LAYER, None)
        elif _letters(text) > 0:
            yield _page(each, place, text, TextSource.OCR, reading.confidence)
        else:
            yield _page(each, place, "", TextSource.NONE, None)


def _pictures(opened: Sequence[_Opened]) -> Iterator[tuple[tuple[_Opened, int], Image.Image]]:
    """Renders one page at a time, as the readers ask for it."""
    for each in opened:
        if each.pictures:
            with open_pdf(each.source.content) as document:
                for place in each.pictures:
                    yield (each, place), _picture(document[place])


def _page(each: _Opened, place: int, text: str, origin: TextSource, confidence: float | None) -> Page:
    return Page(
        number=each.first_page + place,
        document=each.source.id,
        in_document=place + 1,
        text=text,
        source=origin,
        confidence=confidence,
    )


def _text_layer(page: pdfium.PdfPage) -> tuple[str, bool]:
    """The page's text layer (empty where it is no language), and whether it is enough to do without the picture."""
    textpage = page.get_textpage()
    text = _clean(textpage.get_text_bounded())
    textpage.close()
    if not _is_language(text):
        return "", False
    letters = _letters(text)
    stamp = letters < STAMP_LETTERS and _picture_share(page) > PICTURE_IS_PAGE
    return text, letters >= FEWEST_LETTERS and not stamp


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _is_language(text: str) -> bool:
    """Whether most characters are ones that people write; private-use and control codes mean a font without a
    mapping."""
    marks = [character for character in text if not character.isspace()]
    ordinary = sum(unicodedata.category(character)[0] in "LNPS" and character != "\ufffd" for character in marks)
    return bool(marks) and ordinary / len(marks) >= LANGUAGE_SHARE


def _picture_share(page: pdfium.PdfPage) -> float:
    """Share of the page that its largest picture covers, 0 to 1."""
    width, height = page.get_size()
    largest = 0.0
    for picture in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        largest = max(largest, (right - left) * (top - bottom))
    return float(min(1.0, largest / (width * height)))


def _picture(page: pdfium.PdfPage) -> Image.Image:
    """The page as OCR wants it: grey, at its resolution, unless the sheet is so large that memory would not hold it."""
    width, height = page.get_size()
    scale = DPI / POINTS_PER_INCH
    pixels = width * height * scale * scale
    if pixels > MOST_PIXELS:
        scale *= (MOST_PIXELS / pixels) ** 0.5
    bitmap = page.render(scale=scale, grayscale=True)
    picture: Image.Image = bitmap.to_pil().convert("L").copy()
    bitmap.close()
    return picture


def _clean(text: str) -> str:
    """Line ends as one character; the marks that PDFium leaves where a word was broken at a line's end become
    hyphens."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\ufffe", "-").replace("\x02", "-").replace("\x00", "").replace("\x0c", "\n")
    lines = [line.rstrip() for line in text.split("\n")]
    return "\n".join(lines).strip()

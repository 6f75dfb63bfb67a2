"""Papers to one indexed file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image, ImageDraw

from evenhand.casefile import SourceDocument, TextSource, UnusableFile, index
from evenhand.casefile.index import _is_language
from evenhand.casefile.ocr import read_picture
from evenhand.synthetic.records import RecordText, render, words_of

Make = Callable[..., SourceDocument]


def test_a_text_layer_is_read_as_it_stands(record: RecordText, paper: bytes, source: Make) -> None:
    """Every line of the record stands on the page, and the page says where its words came from."""
    file = index([source("a", paper)])
    (page,) = file.pages
    assert page.source is TextSource.TEXT_LAYER
    assert page.confidence is None
    words = " ".join(page.text.split())
    for line in words_of(record).lower().splitlines():
        assert " ".join(line.split()).replace("employee ", "employee: ").replace("visit ", "visit: ") in words.lower()


def test_page_numbers_run_through_the_file_and_do_not_change(
    paper: bytes, source: Make, blank_pdf: Callable[..., bytes]
) -> None:
    """Numbers follow the order given; what comes later is appended and moves nothing."""
    three = blank_pdf(3)
    file = index([source("a", paper), source("b", three)])
    assert [(p.number, p.document, p.in_document) for p in file.pages] == [
        (1, "a", 1),
        (2, "b", 1),
        (3, "b", 2),
        (4, "b", 3),
    ]
    assert [(d.first_page, d.last_page) for d in file.documents] == [(1, 1), (2, 4)]
    later = index([source("c", paper)], first_page=5)
    assert later.pages[0].number == later.documents[0].first_page == 5


def test_the_hash_is_of_the_bytes_as_sent(paper: bytes, source: Make) -> None:
    """A document is known by the SHA-256 of what its sender sent."""
    assert index([source("a", paper)]).documents[0].sha256 == hashlib.sha256(paper).hexdigest()


def test_a_scan_is_read_by_ocr_with_its_confidence(record: RecordText, scan: bytes, source: Make) -> None:
    """A page without a text layer is read from its picture; nearly every word of the truth is found."""
    (page,) = index([source("a", scan)]).pages
    assert page.source is TextSource.OCR
    assert page.confidence is not None
    assert 80 < page.confidence <= 100
    truth = words_of(record).casefold().replace(",", " ").split()
    assert sum(word in page.text.casefold() for word in truth) / len(truth) >= 0.97


def test_an_empty_page_has_no_text_and_says_so(source: Make, blank_pdf: Callable[..., bytes]) -> None:
    """Nothing is made up for a blank page."""
    (page,) = index([source("a", blank_pdf(1))]).pages
    assert (page.text, page.source, page.confidence) == ("", TextSource.NONE, None)


def test_a_short_last_page_is_not_lost(record: RecordText, source: Make) -> None:
    """A page with a word or two keeps its text layer, exactly as it stands."""
    short = replace(record, letterhead=("Tansy",), title="Void", facts=(), sections=(), signature=())
    (page,) = index([source("a", render(short))]).pages
    assert page.source is TextSource.TEXT_LAYER
    assert page.text.splitlines()[:2] == ["Tansy", "VOID"]


def test_a_stamp_on_a_scan_does_not_hide_the_page(scan: bytes, source: Make) -> None:
    """A scan on which somebody printed a page stamp is read from its picture all the same."""
    with pikepdf.open(io.BytesIO(scan)) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources.Font = pikepdf.Dictionary(F1=font)
        page.contents_add(b"BT /F1 8 Tf 200 20 Td (Received by fax 03/09/2025 from 555-0100, page 1 of 1) Tj ET")
        stamped = io.BytesIO()
        pdf.save(stamped)
    (read,) = index([source("a", stamped.getvalue())]).pages
    assert read.source is TextSource.OCR
    assert "meniscus" in read.text


def test_a_page_on_its_side_is_turned_before_it_is_read() -> None:
    """A picture that lies on its side or on its head gives the same words as upright."""
    picture = Image.new("L", (1400, 500), 255)
    draw = ImageDraw.Draw(picture)
    for line in range(4):
        draw.text((60, 60 + 100 * line), "Straight leg raising is negative on both sides", fill=0, font_size=48)
    for turn in (0, 90, 180, 270):
        reading = read_picture(picture.rotate(turn, expand=True))
        assert reading.text.count("Straight leg raising is negative") == 4


def test_a_text_layer_that_is_no_language_is_not_believed() -> None:
    """Private-use characters, as from a font without a mapping, send the page to OCR."""
    assert _is_language("Cervical flexion 35 degrees")
    assert not _is_language("\ue001\ue002\ue003 \ue004\ue005\ue006 ab")
    assert not _is_language("   ")


def test_an_unusable_paper_is_named(paper: bytes, source: Make) -> None:
    """The refusal says which of the documents cannot be read."""
    with pytest.raises(UnusableFile) as caught:
        index([source("good", paper), source("bad", b"")])
    assert caught.value.document == "bad"


def test_two_documents_with_one_identifier_are_refused(paper: bytes, source: Make) -> None:
    """An identifier that stands for two papers would make page references ambiguous."""
    with pytest.raises(ValueError, match="'a'"):
        index([source("a", paper), source("a", paper)])


def test_progress_counts_every_page(paper: bytes, source: Make, blank_pdf: Callable[..., bytes]) -> None:
    """Progress rises by one to the number of pages."""
    seen: list[tuple[int, int]] = []
    index([source("a", paper), source("b", blank_pdf(2))], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_no_documents_make_an_empty_file() -> None:
    """A case without papers has a file without pages."""
    assert index([]).pages == ()

"""Made-up records as real PDFs."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner

from evenhand.casefile import DocumentKind, SourceDocument, TextSource, index, inspect
from evenhand.cli.synthetic import command
from evenhand.synthetic.records import Fact, Look, RecordText, Section, render, words_of


def record(**changes: object) -> RecordText:
    fields: dict[str, object] = {
        "letterhead": ("Tansy Hollow Clinic", "12 Tansy Hollow Lane, Redding, CA 96001"),
        "title": "Progress report",
        "dated": date(2025, 3, 4),
        "facts": (Fact(label="Employee", text="Lysander Quillon"),),
        "sections": (
            Section(
                heading="Assessment",
                paragraphs=("The knee gives way on stairs about twice a week.",),
                facts=(Fact(label="Flexion", text="110 degrees"),),
                points=("Tear of the medial meniscus is suspected.",),
            ),
        ),
        "signature": ("Prudence Okonjo, MD",),
    }
    return RecordText(**{**fields, **changes})  # type: ignore[arg-type]


def text_of(content: bytes) -> str:
    with pdfium.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("look", list(Look))
def test_every_word_stands_on_the_page(look: Look) -> None:
    """Letterhead, facts, headings, prose, lists and signature are all there, whichever look."""
    text = " ".join(text_of(render(record(look=look))).replace(":", "").casefold().split())
    for line in words_of(record()).casefold().splitlines():
        assert line in text


def test_words_are_data_and_never_markup() -> None:
    """Characters that mean something to the typesetter come through as they are."""
    hostile = '#let x = 1 *bold* _under_ $x^2$ @ref <label> \\ ```code``` [block] // note "quoted" ñ °'
    text = " ".join(text_of(render(record(sections=(Section(heading="Note", paragraphs=(hostile,)),)))).split())
    assert hostile in text


def test_the_same_record_gives_the_same_bytes() -> None:
    """Neither a clock nor chance is in the file, scanned or not; another seed gives other dirt."""
    assert render(record()) == render(record())
    scan = render(record(), scanned=True, seed=5)
    assert scan == render(record(), scanned=True, seed=5)
    assert scan != render(record(), scanned=True, seed=6)


def test_a_scan_is_a_picture_without_text() -> None:
    """A scanned record has no text layer at all; each page is one grey picture."""
    scan = render(record(scanned=True))
    assert text_of(scan).strip() == ""
    with pikepdf.open(io.BytesIO(scan)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert image.ColorSpace == "/DeviceGray"
        assert "/Author" not in pdf.docinfo


def test_a_scan_is_read_back_by_ocr() -> None:
    """The truth of a scan is known: OCR finds nearly every word of it."""
    prose = tuple(
        f"On visit {n} the strength of the left ankle was {n} of 5 and walking lasted {10 * n} minutes."
        for n in range(1, 6)
    )
    truth = record(look=Look.TYPED, scanned=True, sections=(Section(heading="Course", paragraphs=prose),))
    source = SourceDocument(
        id="s", content=render(truth, seed=3), kind=DocumentKind.OTHER, dated=truth.dated, author="", title=""
    )
    (page,) = index([source]).pages
    words = words_of(truth).casefold().replace(",", " ").split()
    assert page.source is TextSource.OCR
    assert sum(word in page.text.casefold() for word in words) / len(words) >= 0.97


def test_a_long_record_has_many_numbered_pages() -> None:
    """Long records break over pages, each with its number in the footer."""
    long = record(sections=tuple(Section(heading=f"Part {n}", paragraphs=("Word " * 300,)) for n in range(6)))
    content = render(long)
    pages = inspect(content).pages
    assert pages > 2
    assert f"page {pages} of {pages}" in text_of(content)


def test_the_command_writes_a_pdf_for_each_source(tmp_path: Path) -> None:
    """NAME.yaml becomes NAME.pdf; a source with a fault is named with its line, and the exit code is 1."""
    from evenhand.reading import BadFile

    good = "letterhead: [Tansy Hollow Clinic]\ntitle: Note\ndated: 2025-03-04\nfacts: []\nsections: []\n"
    (tmp_path / "good.yaml").write_text(good)
    out = tmp_path / "out"
    result = CliRunner().invoke(command, ["records", str(tmp_path), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert inspect((out / "good.pdf").read_bytes()).pages == 1
    (tmp_path / "bad.yaml").write_text(good.replace("title", "titel"))
    refused = CliRunner().invoke(command, ["records", str(tmp_path), "--out", str(out)])
    assert isinstance(refused.exception, BadFile)
    assert any("bad.yaml" in str(fault) and "titel" in str(fault) for fault in refused.exception.faults)

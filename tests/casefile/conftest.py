"""Papers for the tests: made here, or the examples' own."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from evenhand.casefile import CaseFile, Document, DocumentKind, Page, SourceDocument, TextSource
from evenhand.synthetic.records import Fact, RecordText, Section, render

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def record() -> RecordText:
    """A made-up progress report of one page."""
    return RecordText(
        letterhead=("Tansy Hollow Clinic", "12 Tansy Hollow Lane, Redding, CA 96001"),
        title="Progress report",
        dated=date(2025, 3, 4),
        facts=(Fact(label="Employee", text="Lysander Quillon"), Fact(label="Date of visit", text="03/04/2025")),
        sections=(
            Section(
                heading="Subjective complaints",
                paragraphs=("The knee swells after long shifts and gives way on stairs about twice a week.",),
            ),
            Section(heading="Assessment", points=("Tear of the medial meniscus is suspected.", "Quadriceps weakness.")),
        ),
        signature=("Prudence Okonjo, MD",),
    )


@pytest.fixture(scope="session")
def paper(record: RecordText) -> bytes:
    """The progress report as a PDF with a text layer."""
    return render(record)


@pytest.fixture(scope="session")
def scan(record: RecordText) -> bytes:
    """The same report as a scan without a text layer."""
    return render(record, scanned=True, seed=11)


@pytest.fixture(scope="session")
def source() -> Callable[..., SourceDocument]:
    """Makes a source document of some bytes."""

    def make(id: str, content: bytes, *, kind: DocumentKind = DocumentKind.PROGRESS_REPORT) -> SourceDocument:
        return SourceDocument(
            id=id, content=content, kind=kind, dated=date(2025, 3, 4), author="Prudence Okonjo, MD", title="Report"
        )

    return make


@pytest.fixture(scope="session")
def blank_pdf() -> Callable[..., bytes]:
    """Makes a PDF of empty pages of a size in points."""

    def make(pages: int, size: tuple[float, float] = (612, 792), **saving: object) -> bytes:
        pdf = pikepdf.Pdf.new()
        for _ in range(pages):
            pdf.add_blank_page(page_size=size)
        out = io.BytesIO()
        pdf.save(out, **saving)
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def file_of() -> Callable[..., CaseFile]:
    """Makes an indexed file from the texts of pages, one document for each tuple of texts."""

    def make(*documents: tuple[str, ...], kind: DocumentKind = DocumentKind.PROGRESS_REPORT) -> CaseFile:
        entries, pages, number = [], [], 1
        for place, texts in enumerate(documents, start=1):
            id = f"paper-{place}"
            entries.append(
                Document(
                    id=id,
                    sha256="0" * 64,
                    kind=kind,
                    dated=date(2025, 1, place),
                    author="Prudence Okonjo, MD",
                    title=f"Paper {place}",
                    first_page=number,
                    pages=len(texts),
                )
            )
            for within, text in enumerate(texts, start=1):
                pages.append(
                    Page(number=number, document=id, in_document=within, text=text, source=TextSource.TEXT_LAYER)
                )
                number += 1
        return CaseFile(documents=tuple(entries), pages=tuple(pages))

    return make

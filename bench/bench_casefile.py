"""Indexing records: text pages against PDFium's bare extraction; OCR pages a CPU second; two workers against one."""

from __future__ import annotations

from datetime import date

import made
import pypdfium2
import pypdfium2.raw
from measure import against, head, in_turns, line

from evenhand.casefile import DocumentKind, SourceDocument, TextSource, index

REPEATS = 10
SCANNED = 8


def documents(contents: list[bytes]) -> list[SourceDocument]:
    """The papers as the office hands them over."""
    kind = next(iter(DocumentKind))
    return [
        SourceDocument(id=f"paper-{n}", content=content, kind=kind, dated=date(2015, 1, 1), author="", title="")
        for n, content in enumerate(contents)
    ]


def extract(papers: list[SourceDocument]) -> int:
    """Bare text of every page."""
    letters = 0
    for paper in papers:
        document = pypdfium2.PdfDocument(paper.content)
        for page in document:
            letters += len(page.get_textpage().get_text_bounded())
        document.close()
    return letters


def has_text(content: bytes) -> bool:
    """Whether every page has a text layer."""
    return all(page.source is TextSource.TEXT_LAYER for page in index(documents([content]), workers=1).pages)


def scans() -> list[SourceDocument]:
    """Pages that are only pictures, made from the examples' words."""
    from evenhand.reading import read
    from evenhand.synthetic.records import RecordText, render

    sources = sorted(made.EXAMPLES.glob("*/sources/progress-*.yaml"))[:SCANNED]
    return documents([render(read(RecordText, path), scanned=True, seed=n) for n, path in enumerate(sources)])


def main() -> None:
    """Prints the figures; fails where two workers read other words than one."""
    contents = [content for bundle in made.bundles() for content in bundle.files.values()]
    papers = documents([content for content in contents if has_text(content)] * REPEATS)
    pages = len(index(papers).pages)
    head(f"Case file: {pages} text pages of the examples")
    ours, bare = in_turns(
        {"casefile.index, text pages": lambda: index(papers), "pypdfium2, bare text": lambda: extract(papers)}
    )
    against(ours, bare, count=pages, of="pages")
    pictures = scans()
    count = len(index(pictures).pages)
    head(f"Case file: {count} scanned pages", rounds=3)
    one, two = in_turns(
        {
            "OCR, one worker": lambda: index(pictures, workers=1),
            "OCR, two workers": lambda: index(pictures, workers=2),
        },
        rounds=3,
        warm=False,
    )
    against(two, one, count=count, of="pages")
    line("pages a second, one worker / two workers", f"{count / one.wall:.2f} / {count / two.wall:.2f}")
    line("ratio: wall time of two workers / one", f"{two.wall / one.wall:.2f}")
    if index(pictures, workers=1) != index(pictures, workers=2):
        raise SystemExit("two workers read other words than one")


if __name__ == "__main__":
    main()

"""Reading letters: PDF to the whole structure, with and without resolving its citations, against PDFium's bare text extraction
of the same files; pdfminer.six and pypdf beside it, where they are installed."""

from __future__ import annotations

import importlib.util
import io
import logging
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import made
import pypdfium2
from measure import against, head, in_turns, line

from evenhand.citations import resolve
from evenhand.cli.letters_pile import read_pile
from evenhand.letters.read import NotALetter, read_letter
from evenhand.letters.write import compose_letter
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.texts import read_texts

LETTERS = 60
COPIES = 2


def generated() -> list[bytes]:
    """Our own letters, typeset."""
    texts = read_texts()
    letters = (made.letter(number) for number in range(LETTERS))
    return [to_pdf(compose_letter(letter, texts), created=letter.served_on) for letter in letters]


def published() -> list[bytes]:
    """The real letters beside the repository that can be read; none where the folder is not there."""
    found = []
    for path in sorted((made.SHARED / "letters").glob("*.pdf")):
        content = path.read_bytes()
        try:
            read_letter(content)
        except NotALetter:
            continue
        found.append(content)
    return found


def extract(contents: list[bytes]) -> int:
    """The bare text of every page, and nothing else."""
    letters = 0
    for content in contents:
        document = pypdfium2.PdfDocument(content)
        for page in document:
            letters += len(page.get_textpage().get_text_range())
        document.close()
    return letters


def with_pdfminer(contents: list[bytes]) -> int:
    """The same by pdfminer.six."""
    from pdfminer.high_level import extract_text

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each letter that forbids copying
    return sum(len(extract_text(io.BytesIO(content))) for content in contents)


def with_pypdf(contents: list[bytes]) -> int:
    """The same by pypdf."""
    from pypdf import PdfReader

    return sum(len(page.extract_text()) for content in contents for page in PdfReader(io.BytesIO(content)).pages)


def resolved(contents: list[bytes]) -> int:
    """Every letter read, and every citation of both sides resolved for the day of its utilization review decision."""
    found = 0
    for content in contents:
        letter = read_letter(content)
        on = letter.header.ur_denial_date or letter.header.decision_date or date(2016, 1, 1)
        for item in letter.items:
            for side in (item.claims_administrator_guideline, item.imr_guideline):
                found += sum(resolve(citation, on).resolved for citation in side.citations)
    return found


PEERS: dict[str, tuple[str, Callable[[list[bytes]], int]]] = {
    "pdfminer.six, bare text": ("pdfminer", with_pdfminer),
    "pypdf, bare text": ("pypdf", with_pypdf),
}


def measure(title: str, contents: list[bytes]) -> None:
    """The figures for one pile of letters."""
    head(f"{title}: {len(contents)} letters")
    peers = {name: peer for name, (module, peer) in PEERS.items() if importlib.util.find_spec(module)}
    ours, with_citations, bare, *others = in_turns(
        {
            "letters.read_letter": lambda: [read_letter(content) for content in contents],
            "the same, citations resolved": lambda: resolved(contents),
            "pypdfium2, bare text": lambda: extract(contents),
            **{name: lambda peer=peer: peer(contents) for name, peer in peers.items()},  # type: ignore[misc]
        }
    )
    against(ours, bare, count=len(contents), of="letters")
    against(with_citations, bare, count=len(contents), of="letters")
    for other in others:
        against(ours, other, count=len(contents), of="letters")
    for name in PEERS.keys() - peers.keys():
        line(name, "not installed here, so not measured (make bench installs it)")


def scale(contents: list[bytes]) -> None:
    """What a second process gains: the wall time of one over that of two, on the same pile of files."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{n:05d}.pdf" for n in range(COPIES * len(contents))]
        for n, file in enumerate(files):
            file.write_bytes(contents[n % len(contents)])
        one, two = in_turns(
            {
                "one process": lambda: list(read_pile(files, workers=1)),
                "two processes": lambda: list(read_pile(files, workers=2)),
            },
            rounds=3,
            warm=False,
        )
    head(f"evenhand letters read, {len(files)} files", rounds=3)
    line("two processes, letters a second", f"{len(files) / two.wall:,.0f}")
    line("gain: wall time of one process / of two", f"{one.wall / two.wall:.2f}")


def main() -> None:
    """Prints the figures; fails where a letter of our own does not come back with every item."""
    contents = generated()
    for number, content in enumerate(contents):
        wanted, got = made.determination(number), read_letter(content)
        if [(i.item, i.decision) for i in got.items] != [(i.item, i.decision) for i in wanted.items]:
            raise SystemExit(f"letter {number} does not come back as it was written")
    measure("Letters of our own making", contents)
    scale(contents)
    real = published()
    if real:
        measure("Published letters (../shared)", real)
    else:
        line("published letters", "not measured: the folder ../shared/letters is not here")


if __name__ == "__main__":
    main()

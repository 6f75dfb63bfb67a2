"""Reading letters: PDF to the whole structure, against PDFium's bare text extraction of the same files."""

from __future__ import annotations

import made
import pypdfium2
from measure import against, head, in_turns, line

from evenhand.letters.read import NotALetter, read_letter
from evenhand.letters.write import compose_letter
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.texts import read_texts

LETTERS = 60


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


def measure(title: str, contents: list[bytes]) -> None:
    """One line of figures for one pile of letters."""
    head(f"{title}: {len(contents)} letters")
    ours, bare = in_turns(
        {
            "letters.read_letter": lambda: [read_letter(content) for content in contents],
            "pypdfium2, bare text": lambda: extract(contents),
        }
    )
    against(ours, bare, count=len(contents), of="letters")


def main() -> None:
    """Prints the figures; fails where a letter of our own does not come back with every item."""
    contents = generated()
    for number, content in enumerate(contents):
        wanted, got = made.determination(number), read_letter(content)
        if [(i.item, i.decision) for i in got.items] != [(i.item, i.decision) for i in wanted.items]:
            raise SystemExit(f"letter {number} does not come back as it was written")
    measure("Letters of our own making", contents)
    real = published()
    if real:
        measure("Published letters (../shared)", real)
    else:
        line("published letters", "not measured: the folder ../shared/letters is not here")


if __name__ == "__main__":
    main()

"""`python tools/letter_gallery.py`: the pictures of docs/letters-gallery.md, of a letter that is made up for them."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw
from screenshots import EDGE, GROUND, PAPER, keep

from evenhand.letters.determination import Decision, Opinion, OpinionOnItem, ReviewerCredentials
from evenhand.letters.own import OwnLetter
from evenhand.letters.summary import summary_page
from evenhand.letters.write import compose_letter
from evenhand.reading import from_plain
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.texts import read_texts

LETTER = Path(__file__).resolve().parent.parent / "tests" / "letters" / "own_letter.json"
GAP = 24


def side_by_side(*pages: tuple[bytes, int]) -> Image.Image:
    """Pages of PDFs (PDF, number from 0) beside each other."""
    shown = []
    for pdf, number in pages:
        paper = pypdfium2.PdfDocument(pdf)[number]
        found = paper.render(scale=2 * PAPER / paper.get_width()).to_pil().convert("RGB")
        shown.append(found.resize((PAPER, round(found.height * PAPER / found.width)), Image.Resampling.LANCZOS))
    whole = Image.new("RGB", (len(shown) * (PAPER + GAP) + GAP, shown[0].height + 2 * GAP), GROUND)
    for column, one in enumerate(shown):
        left = GAP + column * (PAPER + GAP)
        whole.paste(one, (left, GAP))
        ImageDraw.Draw(whole).rectangle((left - 1, GAP - 1, left + PAPER, GAP + one.height), outline=EDGE)
    return whole


def with_opinions(letter: OwnLetter) -> OwnLetter:
    """The letter as if three reviewers had differed on its first item."""
    said = {
        "Pain Management": (
            Decision.OVERTURNED,
            "Reflex, sensation and image agree on the S1 root, and six weeks of care have failed.",
        ),
        "Orthopaedic Surgery": (
            Decision.OVERTURNED,
            "The therapy summary, which utilization review did not have, shows the failed care.",
        ),
        "Physical Medicine & Rehabilitation": (
            Decision.UPHELD,
            "Relief from therapy was partial, so conservative care is not exhausted.",
        ),
    }
    opinions = tuple(
        Opinion(
            reviewer=ReviewerCredentials(licensure=("California",), specialties=(specialty,)),
            items=(OpinionOnItem(item=1, decision=decision, rationale=rationale),),
        )
        for specialty, (decision, rationale) in said.items()
    )
    return replace(letter, determination=replace(letter.determination, opinions=opinions))


def main() -> None:
    """Writes the pictures."""
    letter = from_plain(OwnLetter, json.loads(LETTER.read_text(encoding="utf-8")), name=LETTER.name)
    texts = read_texts()
    pdf = to_pdf(compose_letter(letter, texts), created=letter.served_on)
    keep(side_by_side((pdf, 0), (pdf, 1)), "letter-result.png")
    keep(side_by_side((pdf, 2), (pdf, 3)), "letter-items.png")
    differing = to_pdf(compose_letter(with_opinions(letter), texts), created=letter.served_on)
    number = next(
        n
        for n, page in enumerate(pypdfium2.PdfDocument(differing))
        if "Opinion 1 of" in page.get_textpage().get_text_range()
    )
    keep(side_by_side((differing, number), (differing, number + 1)), "letter-opinions.png")
    pages = [summary_page(letter, read_texts(language=language)) for language in ("en", "es")]
    plain = [to_pdf(page, created=letter.served_on) for page in pages if page is not None]
    keep(side_by_side(*((one, 0) for one in plain)), "letter-plain.png")


if __name__ == "__main__":
    sys.exit(main())

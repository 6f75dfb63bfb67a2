"""Typesetting letters as PDF/UA-1 and PDF/A-2a, against the same words through Typst's bare compile."""

from __future__ import annotations

import made
import typst
from measure import against, head, in_turns, line

from evenhand.letters.own import OwnLetter
from evenhand.letters.write import compose_letter
from evenhand.typesetting.html import to_html
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.text import to_text
from evenhand.typesetting.texts import Texts, read_texts

LETTERS = 20
# Everything that means something to Typst's markup.
MARKUP = str.maketrans({sign: f"\\{sign}" for sign in "\\#*_`$<>@=-+/~[]"})


def bare(words: str) -> bytes:
    """The words as running text, untagged, no design: what Typst itself costs."""
    return typst.compile(words.translate(MARKUP).encode(), format="pdf", ignore_system_fonts=True)


def ours(letter: OwnLetter, texts: Texts) -> bytes:
    """The letter as the office sends it."""
    return to_pdf(compose_letter(letter, texts), created=letter.served_on)


def main() -> None:
    """Prints the figures."""
    texts = read_texts()
    letters = [made.letter(number) for number in range(LETTERS)]
    documents = [compose_letter(letter, texts) for letter in letters]
    words = [to_text(document) for document in documents]
    head(f"Typesetting: {LETTERS} letters, {sum(map(len, words)) // LETTERS:,} characters on average")
    typeset, plain, html = in_turns(
        {
            "letter to PDF/UA-1 + PDF/A-2a": lambda: [ours(letter, texts) for letter in letters],
            "typst, bare compile": lambda: [bare(text) for text in words],
            "letter to HTML": lambda: [to_html(document) for document in documents],
        }
    )
    against(typeset, plain, count=LETTERS, of="letters")
    line("letter to HTML", f"{LETTERS / html.cpu:,.0f} letters a CPU second")


if __name__ == "__main__":
    main()

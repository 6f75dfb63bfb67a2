"""Typesetting letters as PDF/UA-1 and PDF/A-2a: against Typst's bare compile of the same document, of the same words without any
structure, and against WeasyPrint from the same HTML where that is installed; signing apart."""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, datetime
from importlib.resources import files

import made
import typst
from measure import against, head, in_turns, line

from evenhand.letters.own import OwnLetter
from evenhand.letters.write import compose_letter
from evenhand.typesetting.document import Document
from evenhand.typesetting.html import to_html
from evenhand.typesetting.pdf import STANDARDS, to_pdf
from evenhand.typesetting.plain import plain_document
from evenhand.typesetting.signature import make_key, make_test_certificate, read_identity, sign_pdf
from evenhand.typesetting.text import to_text
from evenhand.typesetting.texts import Texts, read_texts

LETTERS = 20
# Everything that means something to Typst's markup.
MARKUP = str.maketrans({sign: f"\\{sign}" for sign in "\\#*_`$<>@=-+/~[]"})


def bare(words: str) -> bytes:
    """The words as running text, untagged, no design: what Typst itself costs."""
    return typst.compile(words.translate(MARKUP).encode(), format="pdf", ignore_system_fonts=True)


def same(content: str, letter: OwnLetter) -> bytes:
    """The same document through Typst itself, its data made beforehand: what our own part adds nothing to."""
    return typst.compile(
        files("evenhand.typesetting").joinpath("document.typ").read_bytes(),
        sys_inputs={"document": content, "created": letter.served_on.isoformat()},
        format="pdf",
        pdf_standards=list(STANDARDS),
        ignore_system_fonts=True,
    )


def weasyprint(documents: list[Document]) -> list[bytes | None]:
    """The letters from our own HTML, as PDF/UA-1, by WeasyPrint."""
    from weasyprint import HTML

    return [HTML(string=to_html(document)).write_pdf(pdf_variant="pdf/ua-1") for document in documents]


def ours(letter: OwnLetter, texts: Texts) -> bytes:
    """The letter as the office sends it."""
    return to_pdf(compose_letter(letter, texts), created=letter.served_on)


def main() -> None:
    """Prints the figures."""
    texts = read_texts()
    letters = [made.letter(number) for number in range(LETTERS)]
    documents = [compose_letter(letter, texts) for letter in letters]
    data = [json.dumps(plain_document(document), ensure_ascii=False) for document in documents]
    words = [to_text(document) for document in documents]
    head(f"Typesetting: {LETTERS} letters, {sum(map(len, words)) // LETTERS:,} characters on average")
    contestants = {
        "letter to PDF/UA-1 + PDF/A-2a": lambda: [ours(letter, texts) for letter in letters],
        "typst, the same document": lambda: [same(*one) for one in zip(data, letters, strict=True)],
        "typst, the same words untagged": lambda: [bare(text) for text in words],
        "letter to HTML": lambda: [to_html(document) for document in documents],
    }
    if importlib.util.find_spec("weasyprint"):
        contestants["WeasyPrint, the same HTML"] = lambda: weasyprint(documents)
    typeset, peer, plain, html, *others = in_turns(contestants)
    against(typeset, peer, count=LETTERS, of="letters")
    against(typeset, plain, count=LETTERS, of="letters")
    for other in others:
        against(typeset, other, count=LETTERS, of="letters")
    if not others:
        line("WeasyPrint", "not installed here, so not measured")
    line("letter to HTML", f"{LETTERS / html.cpu:,.0f} letters a CPU second")
    signing([ours(letter, texts) for letter in letters])


def signing(pdfs: list[bytes]) -> None:
    """What the signature costs on top."""
    now, key = datetime.now(UTC), make_key()
    identity = read_identity(key, make_test_certificate(key, "Bench", at=now), organisation="Bench", at=now)
    (signed,) = in_turns({"signing": lambda: [sign_pdf(pdf, identity, at=now) for pdf in pdfs]})
    line("signing a letter (PAdES)", f"{signed.cpu / len(pdfs) * 1000:,.0f} ms of CPU")


if __name__ == "__main__":
    main()

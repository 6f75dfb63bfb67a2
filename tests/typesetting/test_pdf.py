"""The PDF: declared and checked standards, text as data, same bytes."""

from __future__ import annotations

import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.document import (
    AddressBlock,
    BulletList,
    Callout,
    Document,
    DocumentError,
    Facts,
    FinePrint,
    Heading,
    Labelled,
    Letterhead,
    NumberedList,
    PageBreak,
    Paragraph,
    Rule,
    Run,
    Signature,
    Table,
    Title,
    Tone,
)
from evenhand.typesetting.html import to_html
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.plain import breakable
from evenhand.typesetting.text import to_text

DAY = date(2015, 3, 10)
HOSTILE = (
    "#set text(red) *bold* _it_ $x$ @ref <lab> \\ ```code``` // note [c] {d} "
    "<script>alert(1)</script> &amp; ° ® × – ’ ñ"
)


def document(text: str = "Plain words.", **changes: object) -> Document:
    """A document with every kind of block in it, `text` in each."""
    blocks = (
        Letterhead(
            organisation="Northfield Review", tagline="A review organization", lines=("1 Elm St", "(916) 555-0100")
        ),
        AddressBlock(lines=("Ada Example", "2 Oak St"), note="March 10, 2015, by mail"),
        Title(text="A letter", overline="Overline"),
        Facts(rows=(("Case number:", "CM15-0000001"), ("Fact:", text))),
        Callout(tone=Tone.RESULT, title="Outcome", text=text),
        Heading(text="First section"),
        Paragraph(text=(Run(text), Run(" strong", strong=True), Run(" stressed", emphasis=True))),
        Heading(text=text, level=3),
        Labelled(label="Label:", text=text),
        Labelled(label="Inline label:", text="Value", inline=True),
        BulletList(entries=(text, "second")),
        NumberedList(entries=("first", text)),
        Table(header=("No.", "What"), rows=(("1.", text), ("2.", "b")), caption="A table", widths=(0, 1)),
        Rule(),
        PageBreak(),
        Signature(closing="Yours", title="Medical Director", organisation="Northfield Review"),
        FinePrint(text=text),
    )
    values: dict[str, object] = {
        "title": "A letter, case number CM15-0000001",
        "author": "Northfield Review",
        "blocks": blocks,
    }
    return Document(**{**values, "running": "Northfield Review | Case number CM15-0000001", **changes})  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    """The words of the PDF, white space folded."""
    pages = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages))


def test_the_pdf_declares_both_standards_and_passes_our_own_look() -> None:
    """A document with every block becomes a PDF that declares UA-1 and A-2a and in which our checks find nothing."""
    pdf = to_pdf(document(), created=DAY)
    assert check_pdf(pdf, author="Northfield Review") == ()
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as xmp:
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert xmp["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20150310")


def test_same_input_same_bytes() -> None:
    """The same document typeset twice gives the same bytes; another day or another word gives others."""
    pdf = to_pdf(document(), created=DAY)
    assert pdf == to_pdf(document(), created=DAY)
    assert pdf != to_pdf(document(), created=date(2015, 3, 11))
    assert pdf != to_pdf(document("Other words."), created=DAY)


def test_markup_in_the_input_comes_through_as_text() -> None:
    """Characters that mean something to typst stand in the PDF as they were given, in every block."""
    words = text_of(to_pdf(document(HOSTILE), created=DAY))
    assert words.count(HOSTILE) == 9


def test_no_line_break_changes_the_text() -> None:
    """Hyphenated and slashed words are never parted, so folding white space gives the text back."""
    text = "10-28-2016 C5-C6 1–2 times/week anterior-posterior well-documented non-steroidal follow-up " * 12
    assert text.strip() in text_of(to_pdf(document(text), created=DAY))


def test_a_very_long_word_is_broken_at_zero_width_spaces_only() -> None:
    """A word that no line holds is broken without a change to its letters; shorter words are left alone."""
    word = "x" * 300
    broken = breakable(f"{word} short-word")
    assert broken.replace("\u200b", "") == f"{word} short-word"
    assert max(len(part) for part in re.split(r"[\s\u200b]", broken)) <= 40
    for long_word in (word, "http://example.org/" + "a-very/long-path/" * 20 + "end"):
        words = text_of(to_pdf(document(long_word), created=DAY))
        assert long_word in re.sub("\u200b ?", "", words)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("name 漢 here", "name [U+6F22] here"),
        ("face 😀 here", "face [U+1F600] here"),
        ("private \ue000 use", "private [U+E000] use"),
        ("nul \x00 and mark \ufeff gone", "nul and mark gone"),
        ("turned \u202eabc", "turned abc"),
    ],
)
def test_what_no_font_can_show_is_named_not_lost(text: str, shown: str) -> None:
    """A character without a glyph is printed as its code point; what nobody could see is dropped."""
    assert shown in text_of(to_pdf(document(text), created=DAY))


def test_every_page_has_its_running_line() -> None:
    """Each page ends with organisation, case number and "Page n of m"."""
    pages = pypdfium2.PdfDocument(to_pdf(document(), created=DAY))
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        line = page.get_textpage().get_text_range().strip().splitlines()[-1]
        assert line == f"Northfield Review | Case number CM15-0000001 | Page {number} of 2"


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_typeset(text: str) -> None:
    """Whatever the text, the PDF, the page and the plain text are made, and the PDF stands up to the checks."""
    made = document(f"a {text} z")
    assert check_pdf(to_pdf(made, created=DAY), author="Northfield Review") == ()
    assert to_html(made).endswith("</html>\n")
    assert to_text(made)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "no title"),
        ({"author": ""}, "no author"),
        ({"blocks": (Title(text="T"), Heading(text="deep", level=3))}, "skip no level"),
        ({"blocks": (Title(text="T"), Table(header=("a", "b"), rows=(("1",),), caption="c"))}, "number of cells"),
    ],
)
def test_a_document_nobody_could_hear_is_refused(changes: dict[str, object], words: str) -> None:
    """Missing title or author, a skipped heading level, a ragged table: refused in words."""
    with pytest.raises(DocumentError, match=words):
        document(**changes)  # type: ignore[arg-type]


def test_the_three_forms_say_the_same() -> None:
    """Every word of every block stands in the PDF, in the page and in the plain text."""
    made = document("Nineteen particular words.")
    html = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", to_html(made).split("</style>")[1]))
    for words in (text_of(to_pdf(made, created=DAY)), html, re.sub(r"\s+", " ", to_text(made))):
        lowered = words.lower()
        for expected in (
            "northfield review",
            "ada example",
            "first section",
            "label: nineteen",
            "inline label: value",
            "yours",
        ):
            assert expected in lowered
        assert lowered.count("nineteen particular words.") == 9

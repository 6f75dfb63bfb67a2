"""Our own look at PDFs finds what is wrong with one."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest
import typst

from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.document import Document, Paragraph, Title
from evenhand.typesetting.pdf import to_pdf

GOOD = Document(title="A letter", author="Northfield Review", blocks=(Title(text="A letter"), Paragraph(text="Words.")))


def changed(change: str) -> bytes:
    """The good PDF with one thing spoilt."""
    pdf = pikepdf.open(io.BytesIO(to_pdf(GOOD, created=date(2015, 3, 10))))
    root = pdf.Root
    match change:
        case "tags":
            del root.MarkInfo, root.StructTreeRoot
        case "language":
            del root.Lang
        case "title":
            del pdf.docinfo["/Title"]
        case "display":
            del root.ViewerPreferences
        case "xmp":
            del root.Metadata
        case "intent":
            del root.OutputIntents
        case "script":
            root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        case "attachment":
            pdf.attachments["notes.txt"] = b"reviewer: somebody"
        case "author":
            pdf.docinfo["/Author"] = "Dr. Somebody"
        case "font":
            for entry in pdf.objects:
                if isinstance(entry, pikepdf.Dictionary) and "/FontFile3" in entry:
                    del entry["/FontFile3"]
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("tags", "structure tree"),
        ("language", "language"),
        ("title", "no title"),
        ("display", "DisplayDocTitle"),
        ("xmp", "PDF/UA-1"),
        ("intent", "output intent"),
        ("script", "script"),
        ("attachment", "attached"),
        ("author", "Dr. Somebody"),
        ("font", "embed its font"),
    ],
)
def test_each_fault_is_found(change: str, words: str) -> None:
    """A good PDF spoilt in one way is reported for it."""
    assert any(words in finding for finding in check_pdf(changed(change), author="Northfield Review"))


def test_a_plain_pdf_is_reported() -> None:
    """An untagged PDF of no declared standard has findings on tags, title, declarations and output intent."""
    plain = typst.compile(b"Just words.", format="pdf", pdf_tags=False, ignore_system_fonts=True)
    findings = " ".join(check_pdf(plain))
    for words in ("structure tree", "no title", "PDF/UA-1", "PDF/A-2a", "output intent"):
        assert words in findings


def test_what_is_no_pdf_is_said_to_be_none() -> None:
    """Bytes that are not a PDF give one finding and no error."""
    assert len(check_pdf(b"hello")) == 1

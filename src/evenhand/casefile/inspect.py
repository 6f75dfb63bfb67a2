"""Is this paper usable at all? Asked of every file before it is counted as received.

    inspection = inspect(content)       # raises UnusableFile, which says why and what to do

A file that cannot be read must be found on the day it comes, while there is still time to ask for it again: the claims
administrator's clock runs from the notice, not from the discovery that the attachment was empty.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium

# A whole claim file of twenty years is about 5,000 pages; what is longer was joined by mistake or made to exhaust the
# reader.
MOST_PAGES = 20_000
# The largest paper of an ordinary plotter or an EKG strip; at 200 dpi a longer edge would need gigabytes to render.
MOST_INCHES = 100.0
POINTS_PER_INCH = 72.0

# What a file that is no PDF looks like by its first bytes. Longest first where one begins like another.
_LOOKS_LIKE: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"II*\x00", "a TIFF picture (a fax or a scan)"),
    (b"MM\x00*", "a TIFF picture (a fax or a scan)"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or an office document (Word, Excel)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (Word, Excel) or an e-mail of Outlook"),
    (b"{\\rtf", "an RTF document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"<!DOCTYPE html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"%!PS", "a PostScript file"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
)


class UnusableFile(ValueError):
    """A paper that cannot be read. `why` and `what_to_do` are sentences for the sender; `document` names it where
    known."""

    def __init__(self, why: str, what_to_do: str, *, document: str | None = None) -> None:
        self.why = why
        self.what_to_do = what_to_do
        self.document = document
        super().__init__(f"{why} {what_to_do}")


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """What a usable paper is: pages, size in bytes, whether it is encrypted (it opened without a password all the
    same)."""

    pages: int
    size: int
    encrypted: bool
    version: str | None
    """The PDF version as the file states it, such as "1.7"."""


def inspect(content: bytes) -> Inspection:
    """Opens the PDF in `content`, and every page of it. Raises UnusableFile where a reviewer could not read it."""
    with open_pdf(content) as document:
        for number in range(1, len(document) + 1):
            _check_page(document, number)
        version = document.get_version()
        encrypted = int(pdfium.raw.FPDF_GetSecurityHandlerRevision(document)) >= 0
        stated = f"{version // 10}.{version % 10}" if version else None
        return Inspection(pages=len(document), size=len(content), encrypted=encrypted, version=stated)


def open_pdf(content: bytes) -> pdfium.PdfDocument:
    """The opened document (a context manager; close it). Raises UnusableFile; pages are not looked at yet."""
    if not content:
        raise UnusableFile("The file is empty (0 bytes).", "Send it again; the transmission probably broke off.")
    if b"%PDF-" not in content[:1024]:
        raise UnusableFile(f"The file is not a PDF; it looks like {_appearance(content)}.", _conversion(content))
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        raise _refusal(content) from None
    if len(document) == 0:
        document.close()
        raise _no_pages()
    if len(document) > MOST_PAGES:
        pages = len(document)
        document.close()
        raise UnusableFile(
            f"The PDF has {pages:,} pages; at most {MOST_PAGES:,} are read as one file.",
            "Send it in parts, one document a file.",
        )
    return document


def _refusal(content: bytes) -> UnusableFile:
    """Why it could not be opened. PDFium's error may be left over from an earlier file: a second reader is asked."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        return UnusableFile("The PDF is protected by a password.", "Send it without a password.")
    except (pikepdf.PdfError, RuntimeError, ValueError):
        pages = -1
    if pages == 0:
        return _no_pages()
    return UnusableFile(
        "The PDF is damaged and cannot be opened.",
        "Save or scan the paper again, without protection, and send the new file.",
    )


def _no_pages() -> UnusableFile:
    return UnusableFile("The PDF has no pages.", "Send the paper again; nothing of it arrived.")


def _check_page(document: pdfium.PdfDocument, number: int) -> None:
    try:
        # Asked of the document: opening the page would parse all that is drawn on it.
        width, height = document.get_page_size(number - 1)
    except pdfium.PdfiumError:
        raise UnusableFile(
            f"The PDF is damaged: page {number} of {len(document)} cannot be read.",
            "Save or scan the paper again and send the new file.",
        ) from None
    longest = max(width, height) / POINTS_PER_INCH
    if longest > MOST_INCHES:
        raise UnusableFile(
            f"Page {number} is {longest:,.0f} inches long; at most {MOST_INCHES:.0f} can be shown.",
            "Scan the page at its true size and send the new file.",
        )
    if min(width, height) <= 0:
        raise UnusableFile(f"Page {number} has no size.", "Save or scan the paper again and send the new file.")


def _appearance(content: bytes) -> str:
    start = content[:64].lstrip()
    for magic, words in _LOOKS_LIKE:
        if start.lower().startswith(magic.lower()):
            return words
    sample = content[:1024]
    printable = sum(32 <= byte < 127 or byte in b"\t\r\n" for byte in sample)
    return "plain text" if printable > 0.95 * len(sample) else "something unknown"


def _conversion(content: bytes) -> str:
    words = _appearance(content)
    if "archive" in words and "office" not in words:
        return "Unpack it and send the papers inside as PDF files."
    if "program" in words:
        return "Send the paper itself as a PDF file."
    return "Save or print it as a PDF and send that."

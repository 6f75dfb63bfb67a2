"""PDFium draws one page at a time: whoever uses it in a process with several threads holds `pdfium`."""

from __future__ import annotations

from threading import Lock

from pypdfium2 import PdfiumError

from evenhand.letters.determination import Determination
from evenhand.letters.mark import number
from evenhand.letters.second_reader import Finding
from evenhand.letters.sheets import Sheets, sheets

pdfium = Lock()


def drawn(letter: Determination, findings: tuple[Finding, ...], pdf: bytes) -> Sheets:
    """The pages of a letter's PDF with the places of the findings; none where there is no PDF, or it cannot be drawn."""
    if not pdf:
        return Sheets()
    try:
        with pdfium:
            return sheets(pdf, number(letter, findings))
    except (PdfiumError, ValueError):
        return Sheets()

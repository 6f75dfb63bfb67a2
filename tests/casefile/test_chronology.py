"""What happened when, with the sentence that says most."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from evenhand.casefile import UNDATED, CaseFile, DocumentKind, chronology, to_csv

Make = Callable[..., CaseFile]
K = DocumentKind


@pytest.mark.parametrize(
    ("kind", "text", "quote"),
    [
        (
            K.IMAGING,
            "FINDINGS\nThe canal is adequate at all levels.\n"
            "IMPRESSION\n• Broken plate at C6-7 with motion.\n• Mild changes.",
            "Broken plate at C6-7 with motion.",
        ),
        (
            K.PROGRESS_REPORT,
            "SUBJECTIVE\nPain is 6 of 10 today.\nASSESSMENT:\nNeck pain after fusion, seen by Dr. Okonjo in May. Calm.",
            "Neck pain after fusion, seen by Dr. Okonjo in May.",
        ),
        (
            K.RFA,
            "Diagnosis: neck pain\nService or good: Hot/cold therapy unit with wrap\nQuantity: 1",
            "Hot/cold therapy unit with wrap",
        ),
        (
            K.CORRESPONDENCE,
            "Sierra Office\nClaim number: 12\nDear Mr. Quillon,\nEnclosed is the decision of our physician. Read it.",
            "Enclosed is the decision of our physician.",
        ),
        (
            K.OTHER,
            "12 Tansy Hollow Lane\nThe supplier delivered the brace to the home of the employee on\nFriday morning.",
            "The supplier delivered the brace to the home of the employee on Friday morning.",
        ),
        (K.OTHER, "Void", ""),
    ],
)
def test_the_quote_is_where_this_kind_of_paper_concludes(
    file_of: Make, kind: DocumentKind, text: str, quote: str
) -> None:
    """Impression before findings, assessment before complaints, letters after the salutation; one sentence only."""
    (entry,) = chronology(file_of((text,), kind=kind))
    assert entry.quote == quote
    assert entry.quote in " ".join(text.split())


def test_the_quote_names_its_page(file_of: Make) -> None:
    """A conclusion on the second page is linked to the second page."""
    (entry,) = chronology(file_of(("Nothing here.", "IMPRESSION\nThe fusion has not healed."), kind=K.IMAGING))
    assert (entry.first_page, entry.last_page, entry.quote_page) == (1, 2, 2)


def test_entries_are_in_order_of_their_days_and_undated_ones_last(file_of: Make) -> None:
    """The oldest paper comes first whatever the order of the pages; what has no day comes last, without one."""
    file = file_of(("a",), ("b",), ("c",))
    dated = (date(2015, 1, 1), UNDATED, date(2014, 1, 1))
    file = replace(file, documents=tuple(replace(d, dated=day) for d, day in zip(file.documents, dated, strict=True)))
    entries = chronology(file)
    assert [entry.document for entry in entries] == ["paper-3", "paper-1", "paper-2"]
    assert entries[-1].dated is None


def test_the_csv_reads_back_and_runs_no_formula(file_of: Make) -> None:
    """Commas, quotes and line ends survive; a cell that begins like a formula is made plain text."""
    file = file_of(("x",))
    hostile = replace(file.documents[0], title='=HYPERLINK("http://x")', author='Okonjo, "Pru"')
    rows = list(csv.DictReader(io.StringIO(to_csv(chronology(replace(file, documents=(hostile,)))))))
    assert rows[0]["title"] == '\'=HYPERLINK("http://x")'
    assert rows[0]["author"] == 'Okonjo, "Pru"'
    assert rows[0]["date"] == "2025-01-01"

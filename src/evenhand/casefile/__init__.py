"""A pile of records to an indexed file: text or OCR, page identity, kinds, dates, completeness, chronology, search.

inspection = inspect(content)                   # is this paper usable? raises UnusableFile
file = index(documents)                         # permanent page numbers and the text of every page
hits = search(file, '"C6-7" pseudarthrosis')
entries = chronology(file)
completeness = assess(owed, came, window_start=..., window_end=...)
"""

from evenhand.casefile.chronology import Entry, chronology, to_csv
from evenhand.casefile.completeness import Completeness, Finding, FindingState, Owed, assess
from evenhand.casefile.facts import CaseFile, Document, DocumentKind, Page, SourceDocument, TextSource
from evenhand.casefile.index import index
from evenhand.casefile.inspect import Inspection, UnusableFile, inspect
from evenhand.casefile.kinds import UNDATED, Guess, guess_date, guess_kind, guess_title
from evenhand.casefile.owed import owed_papers
from evenhand.casefile.search import EmptyQuery, Hit, search

__all__ = [
    "UNDATED",
    "CaseFile",
    "Completeness",
    "Document",
    "DocumentKind",
    "EmptyQuery",
    "Entry",
    "Finding",
    "FindingState",
    "Guess",
    "Hit",
    "Inspection",
    "Owed",
    "Page",
    "SourceDocument",
    "TextSource",
    "UnusableFile",
    "assess",
    "chronology",
    "guess_date",
    "guess_kind",
    "guess_title",
    "index",
    "inspect",
    "owed_papers",
    "search",
    "to_csv",
]

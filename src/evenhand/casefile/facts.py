"""The case file as a structure: documents with a kind and a date, pages with permanent numbers and their text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    """Kinds of paper in a workers' compensation file."""

    APPLICATION = "application"
    RFA = "rfa"
    UR_DECISION = "ur_decision"
    FIRST_REPORT = "first_report"
    PROGRESS_REPORT = "progress_report"
    PERMANENT_REPORT = "permanent_report"
    CONSULTATION = "consultation"
    OPERATIVE_REPORT = "operative_report"
    IMAGING = "imaging"
    ELECTRODIAGNOSTICS = "electrodiagnostics"
    LABORATORY = "laboratory"
    THERAPY = "therapy"
    PRESCRIPTION = "prescription"
    MEDICAL_LEGAL = "medical_legal"
    CORRESPONDENCE = "correspondence"
    PROOF_OF_SERVICE = "proof_of_service"
    OTHER = "other"


class TextSource(StrEnum):
    """Where a page's text came from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class SourceDocument:
    """A file as somebody sent it, with what the sender says of it."""

    id: str
    content: bytes
    kind: DocumentKind
    dated: date
    author: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page. `number` counts through the whole file and never changes; `in_document` counts within its document,
    from 1."""

    number: int
    document: str
    in_document: int
    text: str
    source: TextSource
    confidence: float | None = None
    """Mean word confidence of the OCR, 0 to 100; absent where a text layer was read."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """An indexed document of the file."""

    id: str
    sha256: str
    kind: DocumentKind
    dated: date
    author: str
    title: str
    first_page: int
    pages: int

    @property
    def last_page(self) -> int:
        """Permanent number of its last page."""
        return self.first_page + self.pages - 1


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """The whole file, indexed."""

    documents: tuple[Document, ...]
    pages: tuple[Page, ...]

    def document(self, id: str) -> Document:
        """The document of that identifier. Raises KeyError."""
        for document in self.documents:
            if document.id == id:
                return document
        raise KeyError(id)

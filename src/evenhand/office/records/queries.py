"""Reading the file of a case."""

from __future__ import annotations

import json

from evenhand.casefile.facts import CaseFile, DocumentKind, SourceDocument
from evenhand.office.cases.models import Case
from evenhand.office.cases.storage import get
from evenhand.office.records.models import Document, FileIndex
from evenhand.office.refusals import Refused
from evenhand.reading import from_plain


def documents(case: Case) -> list[Document]:
    """The documents of the file in the order of their permanent page numbers; unindexed ones last."""
    return sorted(
        case.documents.select_related("receipt"), key=lambda d: (d.first_page is None, d.first_page or 0, d.id)
    )


def originals(case: Case, known: set[str]) -> tuple[SourceDocument, ...]:
    """The papers that are not `known` yet, with their bytes, in the order in which they came."""
    return tuple(
        SourceDocument(
            id=d.label,
            content=get(case, d.sha256),
            kind=DocumentKind(d.kind),
            dated=d.dated,
            author=d.author,
            title=d.title,
        )
        for d in case.documents.exclude(label__in=known)
    )


def indexed_so_far(case: Case) -> CaseFile:
    """The file as last indexed; an empty one where it never was."""
    return case_file(case) if FileIndex.objects.filter(case=case).exists() else CaseFile(documents=(), pages=())


def case_file(case: Case) -> CaseFile:
    """The file as last indexed. Raises Refused where it never was."""
    index = FileIndex.objects.filter(case=case).last()
    if index is None:
        raise Refused(
            what=f"the file of case {case.number} is not indexed",
            why="nobody can read what has no pages yet",
            next="index the records",
        )
    return from_plain(CaseFile, json.loads(get(case, index.sha256)), name=f"index of {case.number}")


def file_page(case: Case, document: str, page: int) -> int:
    """The permanent number of a page within a document. Raises Refused where there is no such page."""
    found = case.documents.filter(label=document).first()
    if found is None or found.first_page is None:
        raise Refused(
            what=f"page {page} of {document!r} is referred to, but no such document is in the file of case {case.number}",
            why="every statement rests on a page of the file",
            next=f"refer to one of: {', '.join(case.documents.values_list('label', flat=True))}",
        )
    if not 1 <= page <= found.pages:
        raise Refused(
            what=f"page {page} of {document!r} is referred to, but the document has pages 1 to {found.pages}",
            why="every statement rests on a page of the file",
            next="correct the page reference",
        )
    return found.first_page + page - 1

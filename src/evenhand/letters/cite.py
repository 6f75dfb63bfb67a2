"""The sentence that says what a decision rests on, in the grammar of the published letters."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from evenhand.letters.determination import Citation, CitationKind
from evenhand.letters.wording import GuidelineWords, wording
from evenhand.programmes import DEFAULT


class Side(StrEnum):
    """Whose guideline it is, named as the published letters name them."""

    CLAIMS_ADMINISTRATOR = "Claims Administrator"
    REVIEWER = "Expert Reviewer"


def guideline_text(citations: tuple[Citation, ...], side: Side, *, programme: str = DEFAULT) -> str:
    """The guideline line for `citations`. Several chapters share a sentence, joined by ", and"; several other sources
    by "; ". Its fixed words are those by which the reader knows such a line.

    Without a citation the line says that none was given; without one of the schedule, that the decision lies outside it.
    """
    words = wording(programme).guideline
    if not citations:
        return f"The {side} {words.none_cited} for its decision."
    chapters = [c for c in citations if c.kind is CitationKind.MTUS]
    others = [c for c in citations if c.kind is not CitationKind.MTUS]
    sentences = []
    if chapters:
        sentences.append(f"{words.primary} {', and '.join(_chapter(c, words) for c in chapters)}.")
    else:
        sentences.append(f"The {side} based their decision on recommendation(s) {words.outside[0]} Guidelines.")
    if others:
        cited = "; ".join(citation_text(c, programme=programme) for c in others)
        sentences.append(f"{words.other[0]} {cited.rstrip('.')}.")
    return " ".join(sentences)


def citation_text(citation: Citation, *, programme: str = DEFAULT) -> str:
    """One source in words, with every field it has."""
    match citation.kind:
        case CitationKind.MTUS:
            words = wording(programme).guideline
            return f"{words.primary_source} {_chapter(citation, words)}"
        case CitationKind.GUIDELINE:
            return _listed((citation.organisation, citation.title, citation.section, _year(citation), *citation.pages))
        case CitationKind.STUDY:
            head = ". ".join(part.rstrip(".") for part in (citation.authors, citation.title) if part)
            return ". ".join(
                part for part in (head, _listed((citation.journal, _year(citation), citation.locator))) if part
            )


def _chapter(citation: Citation, fixed: GuidelineWords) -> str:
    words = " ".join(part for part in (citation.chapter, _year(citation)) if part)
    if citation.sections:
        words += f", {fixed.sections} {_sections(citation.sections)}"
    if citation.pages:
        words += f", {fixed.pages} {', '.join(citation.pages)}"
    return words


def _sections(sections: tuple[str, ...]) -> str:
    """Sections are joined by commas, unless one of them holds a comma itself."""
    return ("; " if any("," in section for section in sections) else ", ").join(sections)


def _year(citation: Citation) -> str | None:
    return str(citation.year) if citation.year is not None else None


def _listed(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)

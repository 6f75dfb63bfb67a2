"""What is cited, in fields: the same for a citation of a letter, one found in free text, and one that is asked about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A cited source. `kind` is `mtus`, `guideline` or `study`; which other fields are filled depends on it. `mtus`: chapter,
    year, sections, pages. `guideline`: organisation, title, section, year; `study`: the rest. What is not said is absent."""

    kind: str
    chapter: str | None = None
    year: int | None = None
    sections: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    organisation: str | None = None
    title: str | None = None
    section: str | None = None
    authors: str | None = None
    journal: str | None = None
    locator: str | None = None

    def bare(self) -> Reference:
        """What is cited and nothing else; two that cite the same are equal then, wherever they stand."""
        return Reference(
            kind=self.kind,
            chapter=self.chapter,
            year=self.year,
            sections=self.sections,
            pages=self.pages,
            organisation=self.organisation,
            title=self.title,
            section=self.section,
            authors=self.authors,
            journal=self.journal,
            locator=self.locator,
        )

"""Made-up medical records as real PDFs, from their words: for examples, tests and benches. What is on the page is
known.

    record = read(RecordText, Path("sources/progress-2014-11-13.yaml")) content = render(record)
    # a PDF with a text layer, as an office system prints it content = render(record, scanned=True, seed=7)   # the
    same paper after a fax and a scanner: a picture, no text layer

The same record, seed and library versions give the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from evenhand.synthetic.scan import scan


class Look(StrEnum):
    """How the paper looks: set in a book face, or as from a line printer."""

    OFFICE = "office"
    TYPED = "typed"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A labelled line, such as the employee's name or the date of the visit."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it, in this order: paragraphs, labelled lines, a list."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordText:
    """A record's words. `letterhead` is the name of the practice and its address lines."""

    letterhead: tuple[str, ...]
    title: str
    dated: date
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    signature: tuple[str, ...] = ()
    look: Look = Look.OFFICE
    scanned: bool = False
    """Whether the paper came as a scan: a picture of its pages, without a text layer."""


def render(record: RecordText, *, scanned: bool | None = None, seed: int = 0) -> bytes:
    """The record as a PDF. `scanned` overrides the record's own word; `seed` moves the dirt and the skew of a scan."""
    content = _typeset(record)
    return scan(content, seed=seed) if (record.scanned if scanned is None else scanned) else content


def words_of(record: RecordText) -> str:
    """Every word that stands on the record's pages, in reading order, without the running footer: the known truth."""
    parts: list[str] = [*record.letterhead, record.title]
    parts += [f"{fact.label} {fact.text}" for fact in record.facts]
    for section in record.sections:
        parts += [section.heading, *section.paragraphs]
        parts += [f"{fact.label} {fact.text}" for fact in section.facts]
        parts += section.points
    return "\n".join([*parts, *record.signature])


def _typeset(record: RecordText) -> bytes:
    import typst

    content: bytes = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"record": json.dumps(_as_data(record), ensure_ascii=False)},
        ignore_system_fonts=True,
    )
    return content


def _as_data(record: RecordText) -> dict[str, object]:
    """Text goes into the typesetter as data, never as markup: a record may hold any character."""
    return {
        "letterhead": record.letterhead,
        "title": record.title,
        "dated": [record.dated.year, record.dated.month, record.dated.day],
        "facts": _pairs(record.facts),
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": section.paragraphs,
                "facts": _pairs(section.facts),
                "points": section.points,
            }
            for section in record.sections
        ],
        "signature": record.signature,
        "typed": record.look is Look.TYPED,
    }


def _pairs(facts: tuple[Fact, ...]) -> list[tuple[str, str]]:
    return [(fact.label, fact.text) for fact in facts]


@cache
def _template() -> bytes:
    return resources.files("evenhand.synthetic").joinpath("record.typ").read_bytes()

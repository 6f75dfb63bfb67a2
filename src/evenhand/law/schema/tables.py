"""The shape of what follows from facts: decision tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evenhand.law.schema.common import Confidence, Part, Version


@dataclass(frozen=True, kw_only=True)
class TableFact:
    """One fact that a table asks for. Without `one_of` it is answered by yes or no (`true`, `false`)."""

    asks: str
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One line of a table: where every fact of `when` holds, `then` follows. The first line that fits holds."""

    when: dict[str, bool | str] = field(default_factory=dict)
    then: str | None = None
    """One of the table's outcomes."""
    says: str | None = None
    """What is told beside the outcome's own words."""
    rule: str | None = None
    """The time limit that begins to run."""
    unknown: str | None = None
    citation: str | None = None
    """Where it differs from the version's; so too `source` and `confidence`."""
    source: tuple[str, ...] = ()
    confidence: Confidence | None = None


@dataclass(frozen=True, kw_only=True)
class TableVersion(Version):
    """What follows from the facts, from a day on."""

    rows: tuple[TableRow, ...] = ()
    as_before: bool = False
    """The lines of the version above are still used, because nobody read whether they changed; none is then surer than
    this version."""

    def parts(self) -> Iterator[Part]:
        """The lines that have a mark, or an open question, of their own."""
        for number, row in enumerate(self.rows, start=1):
            if row.confidence is not None or row.citation is not None or row.unknown is not None:
                yield Part(
                    name=f"row {number}",
                    citation=self.citation if row.citation is None else row.citation,
                    confidence=row.confidence or self.confidence,
                    source=row.source,
                    unknown=row.unknown,
                )


@dataclass(frozen=True, kw_only=True)
class TableLaw:
    """What follows from which facts, through the years: every combination of facts finds a line, and every line is
    found."""

    title: str
    governed_by: str
    facts: dict[str, TableFact]
    outcomes: dict[str, str]
    """The words of each outcome, by its code."""
    versions: tuple[TableVersion, ...]

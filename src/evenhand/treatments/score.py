"""How well requests are read: labels made by hand beside what `describe` says, field by field.

A labels file is CSV: `case`, `item` (or `text`, where the wording may stand in the file), then one column a field;
several values are parted by a semicolon, an empty cell says that the wording names none.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evenhand.reading import BadFile, Fault
from evenhand.treatments.treatment import UNCLASSIFIED, Treatment

FIELDS = (
    *("category", "sub_category", "drug_class", "drugs", "body_parts", "side", "levels", "quantity", "unit", "dose"),
    *("form", "frequency", "duration", "refills", "purchase_or_rental", "retrospective_dates"),
    "associated_surgical_service",
)
"""The fields of a treatment that are labelled by hand."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """One item's labels: where it stands, its wording if the file holds it, and the values of each field."""

    name: str
    case: str
    item: int
    text: str
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Miss:
    """One field of one item that was read otherwise than labelled."""

    name: str
    field: str
    labelled: tuple[str, ...]
    read: tuple[str, ...]


@dataclass(kw_only=True)
class Tally:
    """One field's count: items read exactly as labelled, and single values found, invented and overlooked."""

    items: int = 0
    exact: int = 0
    found: int = 0
    invented: int = 0
    overlooked: int = 0

    @property
    def precision(self) -> float | None:
        """The share of the values read that were labelled; `None` where nothing was read."""
        return self.found / (self.found + self.invented) if self.found + self.invented else None

    @property
    def recall(self) -> float | None:
        """The share of the labelled values that were read; `None` where nothing was labelled."""
        return self.found / (self.found + self.overlooked) if self.found + self.overlooked else None

    @property
    def share(self) -> float:
        """The share of items whose field was read exactly as labelled."""
        return self.exact / self.items if self.items else 1.0

    @property
    def weakest(self) -> float:
        """The least of the three shares."""
        return min(share for share in (self.share, self.precision, self.recall) if share is not None)


@dataclass(kw_only=True)
class Score:
    """All fields of all items."""

    fields: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    misses: list[Miss] = field(default_factory=list)
    unclassified: int = 0
    items: int = 0

    def add(self, label: Label, treatment: Treatment) -> None:
        """Counts one item."""
        read = values_of(treatment)
        self.items += 1
        self.unclassified += treatment.category == UNCLASSIFIED
        for name, tally in self.fields.items():
            labelled, have = label.values[name], read[name]
            tally.items += 1
            tally.exact += labelled == have
            tally.found += len(labelled & have)
            tally.invented += len(have - labelled)
            tally.overlooked += len(labelled - have)
            if labelled != have:
                self.misses.append(
                    Miss(name=label.name, field=name, labelled=tuple(sorted(labelled)), read=tuple(sorted(have)))
                )

    def lines(self) -> Iterable[str]:
        """The figures as a table: a line a field."""
        yield f"{'field':<28} {'exact':>14} {'precision':>16} {'recall':>16}"
        for name, tally in self.fields.items():
            exact = f"{tally.exact}/{tally.items} {tally.share:.1%}"
            precision = _share(tally.found, tally.found + tally.invented)
            recall = _share(tally.found, tally.found + tally.overlooked)
            yield f"{name:<28} {exact:>14} {precision:>16} {recall:>16}"
        yield f"unclassified: {self.unclassified} of {self.items}"


def values_of(treatment: Treatment) -> dict[str, frozenset[str]]:
    """A treatment's facts in the form of labels."""
    values: dict[str, frozenset[str]] = {}
    for name in FIELDS:
        value = getattr(treatment, name)
        listed = value if isinstance(value, tuple) else (value,)
        values[name] = frozenset(_word(one) for one in listed if one is not None and one is not False)
    return values


def read_labels(path: Path) -> tuple[Label, ...]:
    """The labels of a file. Raises BadFile where a column is missing or an item is no number."""
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        missing = [name for name in ("item", *FIELDS) if name not in (table.fieldnames or ())]
        if missing:
            raise BadFile(
                [Fault(file=str(path), where="line 1", what=f"the column {name} is missing") for name in missing]
            )
        rows = list(table)
    faults = [
        Fault(file=str(path), where=f"line {line}", what=f"{row['item']!r} is no number of an item")
        for line, row in enumerate(rows, 2)
        if not (row["item"] or "").isdecimal()
    ]
    if faults:
        raise BadFile(faults)
    return tuple(_label(row) for row in rows)


def _label(row: Mapping[str, str | None]) -> Label:
    case, item = row.get("case") or "", row["item"] or ""
    return Label(
        name=f"{case}/{item}" if case else item,
        case=case,
        item=int(item),
        text=row.get("text") or "",
        values={name: frozenset(filter(None, (row[name] or "").split(";"))) for name in FIELDS},
    )


def _word(value: object) -> str:
    if value is True:
        return "yes"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.1%}" if whole else "none"

"""The formulary's drug list, supplied by whoever asks: the state publishes it, it is not part of the law pack.

As YAML:                                       or as CSV, with the list's title and days given beside it:

    title: Drug list of 2019-10-31                 ingredient,dosage_form,status,special_fill,perioperative_fill
    valid_from: 2019-10-31                         examplol,,non_exempt,4,
    drugs:                                         samplidine,topical,exempt,,
      - {ingredient: examplol, status: non_exempt, special_fill: 4}
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.law.refusals import Refused
from evenhand.law.schema.formulary import DrugStatus, FillMark
from evenhand.reading import BadFile, Fault, from_plain, read


@dataclass(frozen=True, kw_only=True)
class ListedDrug:
    """A line of the list. Without a dosage form it holds for all forms; the marks give the days of supply allowed."""

    ingredient: str
    status: DrugStatus
    dosage_form: str | None = None
    special_fill: int | None = None
    perioperative_fill: int | None = None

    def days(self, mark: FillMark) -> int | None:
        """The supply that the mark allows, in days; None where the drug is not marked."""
        return {FillMark.SPECIAL: self.special_fill, FillMark.PERIOPERATIVE: self.perioperative_fill}[mark]


@dataclass(frozen=True, kw_only=True)
class DrugList:
    """A drug list in one version."""

    title: str
    valid_from: date
    drugs: tuple[ListedDrug, ...]
    valid_to: date | None = None

    def find(self, ingredient: str, dosage_form: str | None, on: date) -> ListedDrug | None:
        """The line for a drug on `on`; None for one that is not listed.

        Raises Refused for a day on which the list was not in force, and where the list tells forms apart and none is given.
        """
        if on < self.valid_from or (self.valid_to is not None and on > self.valid_to):
            until = f" to {self.valid_to}" if self.valid_to else ""
            raise Refused(
                f"{self.title} is in force from {self.valid_from}{until}, not on {on}. Supply the list of that day."
            )
        lines = [drug for drug in self.drugs if _same(drug.ingredient, ingredient)]
        if dosage_form is None:
            if len(lines) > 1:
                forms = ", ".join(drug.dosage_form or "any other" for drug in lines)
                raise Refused(f"{self.title} tells the forms of {ingredient} apart ({forms}); say which is meant.")
            return lines[0] if lines else None
        fitting = [drug for drug in lines if drug.dosage_form is None or _same(drug.dosage_form, dosage_form)]
        # A line for the form itself comes before one for all forms.
        return min(fitting, key=lambda drug: drug.dosage_form is None, default=None)


def read_drug_list(path: Path) -> DrugList:
    """The list in a YAML file. Raises BadFile with every fault."""
    return _checked(read(DrugList, path), path.name)


def read_drug_csv(path: Path, *, title: str, valid_from: date, valid_to: date | None = None) -> DrugList:
    """The list in a CSV file, a drug a line under a heading. Raises BadFile with every fault."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [_row(row) for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadFile([Fault(file=path.name, what=f"cannot be read as CSV in UTF-8: {error}")]) from None
    plain = {"title": title, "valid_from": valid_from, "valid_to": valid_to, "drugs": rows}
    return _checked(from_plain(DrugList, plain, name=path.name), path.name)


def _row(row: dict[str | Any, str | Any]) -> dict[str, Any]:
    """A line without its empty cells, with numbers as numbers. What has no heading is kept, to be told as a fault."""
    said = {str(name): value for name, value in row.items() if value}
    return {name: int(value) if isinstance(value, str) and value.isdecimal() else value for name, value in said.items()}


def _checked(found: DrugList, file: str) -> DrugList:
    faults = []
    seen: set[tuple[str, str]] = set()
    for number, drug in enumerate(found.drugs):
        key = (drug.ingredient.strip().casefold(), (drug.dosage_form or "").strip().casefold())
        if key in seen:
            faults.append(
                Fault(file=file, where=f"drugs[{number}]", what=f"{drug.ingredient} stands twice in this form")
            )
        if drug.status not in {DrugStatus.EXEMPT, DrugStatus.NON_EXEMPT}:
            faults.append(Fault(file=file, where=f"drugs[{number}].status", what="allowed: 'exempt' or 'non_exempt'"))
        seen.add(key)
    if faults:
        raise BadFile(faults)
    return found


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()

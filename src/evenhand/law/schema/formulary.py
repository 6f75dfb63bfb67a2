"""The shape of the drug formulary: what each status means, and the fills that need no review before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evenhand.law.schema.common import Version


class DrugStatus(StrEnum):
    """What a drug is under the formulary."""

    EXEMPT = "exempt"
    NON_EXEMPT = "non_exempt"
    UNLISTED = "unlisted"
    COMPOUNDED = "compounded"


class DayZero(StrEnum):
    """The day from which a fill's days are counted."""

    INJURY = "injury"
    SURGERY = "surgery"


class FillMark(StrEnum):
    """The column of the drug list that marks a drug for a fill, with the supply allowed."""

    SPECIAL = "special_fill"
    PERIOPERATIVE = "perioperative_fill"


class Condition(StrEnum):
    """What must be so besides the days and the supply."""

    IN_ACCORD = "in_accord"
    INITIAL_VISIT = "initial_visit"
    NO_AVOIDABLE_BRAND = "no_avoidable_brand"
    PHYSICIAN_DISPENSED = "physician_dispensed"
    NOT_PHYSICIAN_DISPENSED = "not_physician_dispensed"


@dataclass(frozen=True, kw_only=True)
class StatusVersion(Version):
    """Whether a drug of a status needs review before it is dispensed, from a day on: none if all of `no_review_if` hold;
    always where nothing stands there."""

    text: str = ""
    no_review_if: tuple[Condition, ...] = ()

    def faults(self) -> Iterator[str]:
        """Neither or both of the words and the question."""
        if bool(self.text) == (self.unknown is not None):
            yield "needs either its text or the open question as `unknown`"


@dataclass(frozen=True, kw_only=True)
class StatusLaw:
    """A status under the formulary through the years."""

    title: str
    governed_by: str
    versions: tuple[StatusVersion, ...]


@dataclass(frozen=True, kw_only=True)
class FillVersion(Version):
    """A supply that may be dispensed without review before it, from a day on.

    `first_day` and `last_day` are counted from day 0. The supply is `supply_days`, or the one that the drug list gives
    under `mark`.
    """

    status: DrugStatus
    day_zero: DayZero = DayZero.INJURY
    first_day: int = 0
    last_day: int = 0
    conditions: tuple[Condition, ...] = ()
    mark: FillMark | None = None
    supply_days: int | None = None
    contract: str | None = None
    """What a contract may widen, if it may."""

    def faults(self) -> Iterator[str]:
        """Days that end before they begin, and a supply that is given twice or not at all. A question has neither."""
        if self.unknown is not None:
            if self.mark is not None or self.supply_days is not None:
                yield "has a supply and an unknown; keep one"
            return
        if self.last_day < self.first_day:
            yield f"ends on day {self.last_day}, before it begins on day {self.first_day}"
        if (self.mark is None) == (self.supply_days is None):
            yield "needs either the mark of the drug list or supply_days"


@dataclass(frozen=True, kw_only=True)
class FillLaw:
    """A fill without review through the years."""

    title: str
    governed_by: str
    versions: tuple[FillVersion, ...]

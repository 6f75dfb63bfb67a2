"""How long the file of a review is kept: by law, where anybody found a rule, and by policy until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.law.deadlines import Deadline
from evenhand.law.pack import Pack
from evenhand.law.tables import Answer, answer


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Until when the file is kept: by law (its `due` is None where no rule was found) and by policy."""

    by_law: Deadline
    by_policy: Deadline

    @property
    def until(self) -> date | None:
        """The law's day, or the policy's where the law has none; None where nobody knows either."""
        day = self.by_law.due or self.by_policy.due
        return date(day.year, day.month, day.day) if day is not None else None


def kept(pack: Pack, closed_on: date) -> Kept:
    """Until when the file of a case that was finally closed on `closed_on` is kept."""
    return Kept(
        by_law=pack.due("review_file_retention", closed_on),
        by_policy=pack.due("review_file_policy", closed_on),
    )


def disposal(pack: Pack, closed_on: date, on: date, *, legal_hold: bool) -> Answer:
    """Whether the file of a case that was finally closed on `closed_on` may be destroyed on `on`. Without a day it is
    kept."""
    until = kept(pack, closed_on).until
    return answer(pack, "disposal", on, legal_hold=legal_hold, time_over=until is not None and on > until)

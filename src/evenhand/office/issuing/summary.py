"""The short notice that goes with the letter: each item's result in plain words, and what follows by when."""

from __future__ import annotations

from datetime import date

from evenhand.law import Deadline
from evenhand.law.schema import Period
from evenhand.law.versions import in_force
from evenhand.letters.determination import Decision
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case
from evenhand.office.cases.queries import items
from evenhand.office.cases.states import ItemState
from evenhand.office.correspondence.compose import Content, Value

# What an overturned item obliges to, by the value of the text that names the time.
CARRYING_OUT = {"authorise_period": "implement_authorise", "pay_period": "implement_pay"}


def summary(case: Case, served_on: date, petition: Deadline) -> Content:
    """The summary for the party whose last day for a petition is given."""
    decided = items(case, ItemState.DECIDED)
    overturned = [item for item in decided if item.decision == Decision.OVERTURNED]
    values: dict[str, Value] = {}
    if not overturned:
        values["all_upheld"] = len(decided)
    elif len(overturned) == len(decided):
        values["all_overturned"] = len(decided)
    else:
        values |= {"count_overturned": len(overturned), "count": len(decided)}
    if len(overturned) < len(decided):
        values["some_upheld"] = len(decided) - len(overturned)
    if overturned:
        lengths = {name: _length(case, rule, served_on) for name, rule in CARRYING_OUT.items()}
        values |= {name: length for name, length in lengths.items() if length is not None}
    return Content(kind="determination_summary", items=decided, dates=[petition], values=values)


def _length(case: Case, rule: str, on: date) -> Period | None:
    """How long a time limit is; nothing where the law does not say, and then the sentence is left out."""
    version = in_force(pack_of(case).rule(rule).versions, on)
    return None if version is None else version.period

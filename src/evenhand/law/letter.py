"""What a determination must contain, in which words it decides, and who receives it (Lab. Code 4610.6(e)-(f); 8 CCR
9792.10.6(d))."""

from __future__ import annotations

from datetime import date

from evenhand.law.pack import Pack, Value
from evenhand.law.refusals import Refused
from evenhand.law.requirements import Requirement, requirements
from evenhand.law.tables import Answer, answer


def contents(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """What a determination made on `on` contains, by code."""
    return requirements(pack, "determination_contents", on)


def recipients(pack: Pack, on: date) -> tuple[Requirement, ...]:
    """Who receives a determination made on `on`; the codes are the roles."""
    return requirements(pack, "determination_recipients", on)


def decision_word(pack: Pack, on: date, *, necessary: bool) -> Value:
    """The word by which a letter of `on` says that an item is, or is not, medically necessary."""
    return pack.value("word_necessary" if necessary else "word_not_necessary", on)


def case_word(pack: Pack, on: date, *, necessary: int, items: int) -> Answer:
    """The word of the cover letter of `on` for a case in which so many of its items were found necessary."""
    if not 0 <= necessary <= items or items == 0:
        raise Refused(f"{necessary} of {items} items cannot have been found necessary; count again.")
    found = "none" if necessary == 0 else "all" if necessary == items else "some"
    return answer(pack, "case_result", on, found_necessary=found)


def other_quantity(pack: Pack, on: date, *, reviewer_finds_less: bool) -> Answer:
    """Whether a determination of `on` may find another quantity necessary than was requested."""
    return answer(pack, "other_quantity", on, reviewer_finds_less=reviewer_finds_less)

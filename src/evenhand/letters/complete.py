"""What a Final Determination Letter must hold before it goes out; what it lacks is said in words."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.letters.determination import Determination, ItemDetermination, Opinion, outcome_of
from evenhand.letters.own import EvidenceLine, OwnLetter


class LetterIncomplete(ValueError):
    """A letter that must not go out as it is. `reasons` has one sentence for each thing to mend."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


def refusals(letter: OwnLetter) -> Iterator[str]:
    """What the letter lacks, a sentence each."""
    determination = letter.determination
    if not determination.header.case_number:
        yield "the letter has no case number"
    if not determination.documents_reviewed:
        yield "the letter lists no documents reviewed; the law requires the list: name every document the reviewer read"
    if not determination.clinical_case_summary.strip():
        yield "the letter has no clinical case summary; write one from the case file"
    if not letter.condition.strip():
        yield "the letter does not state the employee's medical condition; add it (condition)"
    if not (determination.reviewer.licensure and determination.reviewer.specialties):
        yield "the letter does not state the reviewer's licensure and specialty; give both, without a name"
    if not letter.recipients:
        yield "the letter goes to nobody; give its recipients"
    if not determination.items:
        yield "the letter decides nothing; give at least one disputed item"
    decided = outcome_of(tuple(item.decision for item in determination.items))
    if determination.items and determination.outcome is not decided:
        yield f"the outcome is {determination.outcome}, but the items' decisions add up to {decided}; make them agree"
    for item in determination.items:
        yield from _item_refusals(letter, item)
    for number, opinion in enumerate(determination.opinions, 1):
        yield from _opinion_refusals(determination, number, opinion)


def _item_refusals(letter: OwnLetter, item: ItemDetermination) -> Iterator[str]:
    if item.decision is None:
        yield f"item {item.number} is not decided; decide it, or take it out with its reason"
    if not item.rationale.strip():
        yield f"item {item.number} has no rationale; give the clinical reasons"
    if item.imr_guideline.none_cited or not (item.imr_guideline.text.strip() or item.imr_guideline.citations):
        yield f"item {item.number} cites no guideline or study for the decision; cite what guides it"
    if not steps_of(letter, item):
        yield f"item {item.number} does not say how the evidence was searched; give the steps (evidence)"


def _opinion_refusals(determination: Determination, number: int, opinion: Opinion) -> Iterator[str]:
    if not (opinion.reviewer.licensure and opinion.reviewer.specialties):
        yield f"opinion {number} does not state the reviewer's licensure and specialty; give both, without a name"
    if not opinion.items:
        yield f"opinion {number} is on no item; say on which items it is"
    for on in opinion.items:
        if on.item not in {item.number for item in determination.items}:
            yield f"opinion {number} is on item {on.item}, which the letter does not decide"
        if not on.rationale.strip():
            yield f"opinion {number} gives no reasons on item {on.item}; give them"


def steps_of(letter: OwnLetter, item: ItemDetermination) -> tuple[EvidenceLine, ...]:
    """The steps of the search for evidence on an item."""
    return tuple(step for evidence in letter.evidence if evidence.item == item.number for step in evidence.steps)

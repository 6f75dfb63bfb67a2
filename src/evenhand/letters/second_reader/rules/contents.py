"""EH0: what the law wants in every determination."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evenhand.letters.determination import outcome_of
from evenhand.letters.second_reader.alike import names_it
from evenhand.letters.second_reader.catalogue import Craft, Law, Required, check
from evenhand.letters.second_reader.finding import Place, Severity
from evenhand.letters.second_reader.prose import clauses
from evenhand.letters.second_reader.reading import Fault, ItemReading, Passage, Reading
from evenhand.letters.second_reader.rules.evidence import pattern
from evenhand.letters.second_reader.verdicts import without_notices
from evenhand.letters.second_reader.words import words
from evenhand.treatments import Treatment, describe
from evenhand.treatments.vocabulary import plain


@dataclass(frozen=True, kw_only=True)
class ContentWords:
    """contents.yaml"""

    placeholders: tuple[str, ...]
    authorized_marks: tuple[str, ...]
    remainder_marks: tuple[str, ...]
    other_authorization: tuple[str, ...]
    same_units: tuple[str, ...]
    condition: tuple[str, ...]
    procedure: tuple[str, ...]
    person: tuple[str, ...]


@check(
    "EH001",
    Severity.ERROR,
    because=Required("documents_reviewed"),
    to_do="List every document that the reviewer read, each with its kind, author and date.",
    published=Severity.NOTE,
)
def documents_missing(letter: Reading) -> Iterator[Fault]:
    """The letter lists no documents reviewed.

    In a published letter this is a note only: the state publishes its letters without the list.
    """
    if not any(document.strip() for document in letter.letter.documents_reviewed):
        yield Fault("The letter lists no documents reviewed.", letter.documents.place())


@check(
    "EH002",
    Severity.ERROR,
    because=Required("qualifications_without_name"),
    to_do="State the reviewer's states of licensure and certified specialties, never the name.",
)
def qualifications_missing(letter: Reading) -> Iterator[Fault]:
    """The letter does not state the reviewer's licensure, or no specialty."""
    held = letter.letter.reviewer
    lacks = [what for what, has in (("licensure", held.licensure), ("specialty", held.specialties)) if not has]
    if lacks:
        yield Fault(f"The letter does not state the reviewer's {' and '.join(lacks)}.", letter.reviewer.place())


@check(
    "EH003",
    Severity.ERROR,
    because=Required("medical_condition"),
    to_do="Add a clinical case summary that states the condition, with the pages it rests on.",
)
def condition_missing(letter: Reading) -> Iterator[Fault]:
    """The letter does not describe the employee's medical condition.

    The clinical case summary is empty, or each of its clauses tells only what was asked for, decided and applied for, or who the
    employee is, and no word in it is of a complaint, an injury, a finding or a diagnosis. A single such word is enough to be left
    alone, and so is a clause that is of neither sort.
    """
    if not letter.summary.text.strip():
        yield Fault("The letter does not describe the employee's medical condition.", letter.summary.place())
    elif _tells_procedure_only(letter.summary, letter.programme):
        what = "The summary tells the course of the request, and nothing of the employee's medical condition."
        yield Fault(what, letter.summary.place(0, len(letter.summary.text)))


def _tells_procedure_only(summary: Passage, programme: str) -> bool:
    said = words(ContentWords, "contents", programme)
    person, course = pattern(said.person), pattern((*said.procedure, *said.person))
    if pattern(said.condition).search(person.sub(" ", summary.text)):
        return False
    return all(course.search(clause.text) for sentence in summary.sentences for clause in clauses(sentence))


@check(
    "EH004",
    Severity.ERROR,
    because=Required("citation_of_guideline", "evidence_and_reasons"),
    to_do="Cite the source that guides the decision, with the fields that its kind needs.",
)
def guideline_missing(letter: Reading) -> Iterator[Fault]:
    """The reviewer cites no guideline or study for an item.

    A line that names a source that nobody knows is a citation all the same: see EH301.
    """
    for item in letter.items:
        if not item.item.imr_guideline.citations:
            what = "The reviewer cites no guideline or study for this item."
            yield Fault(what, item.reviewer_guideline.place())


@check(
    "EH005",
    Severity.ERROR,
    because=Required("evidence_and_reasons"),
    to_do="Have the reviewer write the clinical reasons for the decision on this item.",
)
def rationale_missing(letter: Reading) -> Iterator[Fault]:
    """An item has no rationale.

    A placeholder ("N/A", "to be completed") is none, and the fixed notice under decisions on opioids alone is none. A rationale
    that is short, or refers to that of another item, is one: see EH4.
    """
    placeholders = {plain(word) for word in words(ContentWords, "contents", letter.programme).placeholders}
    for item in letter.items:
        said = plain(without_notices(item.rationale.text, letter.programme))
        if not any(sign.isalpha() for sign in said) or said in placeholders:
            yield Fault("The letter gives no reasons for its decision on this item.", item.rationale.place())


@check(
    "EH006",
    Severity.ERROR,
    because=Law("outcome"),
    to_do="Correct the result of the case, or the decision on the item that is wrong.",
)
def outcome_differs(letter: Reading) -> Iterator[Fault]:
    """The letter's result for the case is not the sum of its decisions on the items.

    Uphold where every item is Upheld, Overturn where every item is Overturned, Partially Overturn otherwise. A letter with an
    undecided item has no sum; see EH010.
    """
    stated, decided = letter.letter.outcome, outcome_of(tuple(item.item.decision for item in letter.items))
    if stated and decided and stated != decided:
        what = (
            f"The result of the case is “{stated.value}”, but the decisions on the items add up to “{decided.value}”."
        )
        yield Fault(what, letter.header.place())


@check(
    "EH007",
    Severity.WARNING,
    because=Craft("Parties and courts refer to an item by its number, so each number must stand for one item."),
    to_do="Number the items from 1 on, without a gap; if an item is missing from the letter, decide it.",
)
def items_misnumbered(letter: Reading) -> Iterator[Fault]:
    """The items are not numbered 1, 2, 3 and so on: a number is missing, stands twice, or is out of order.

    Letters that print no numbers are numbered as they are read, and have no such fault.
    """
    expected = 1
    seen: set[int] = set()
    for item in letter.items:
        if item.number in seen:
            yield Fault(f"The number {item.number} stands for two items.", item.heading.place())
        elif item.number < expected:
            yield Fault(f"Item {item.number} stands behind item {expected - 1}.", item.heading.place())
        elif item.number > expected:
            missing = (
                f"item {expected} is" if item.number == expected + 1 else f"items {expected} to {item.number - 1} are"
            )
            yield Fault(
                f"The number of this item is {item.number}, but {missing} not there before it.", item.heading.place()
            )
        seen.add(item.number)
        expected = max(expected, item.number + 1)


@check(
    "EH008",
    Severity.WARNING,
    because=Law("partly_authorized"),
    to_do="Compare with the utilization review decision what was authorized, and state what is left to decide.",
)
def disputed_part_unclear(letter: Reading) -> Iterator[Fault]:
    """An item was authorized in part, and what is left in dispute is not said or does not add up.

    Quantities (or refills) of what was authorized and of what is left must make up the original request; what is left must be
    of the same treatment, strength, part and side as the request. Nothing is claimed where a number cannot be read, where units
    differ, or where something else was authorized (an evaluation instead of the programme) and the whole request is left.
    """
    for item in letter.items:
        held = item.item
        if held.eligible_portion and held.eligible_portion.strip():
            if held.original_request and (why := _does_not_add_up(item, letter.programme)):
                yield Fault(why, _part(item, held.eligible_portion))
        elif held.authorized or held.original_request or _says_partly(held.item, letter.programme):
            what = "The item was authorized in part, but the letter does not say which part is left to decide."
            yield Fault(what, item.heading.place())


def _part(item: ItemReading, words: str) -> Place:
    start = item.heading.text.rfind(words)
    return item.heading.place(start, start + len(words)) if start >= 0 else item.heading.place()


def _does_not_add_up(item: ItemReading, programme: str) -> str | None:
    """What does not fit together, in words."""
    held = item.item
    asked, left = describe(held.original_request or "", programme), describe(held.eligible_portion or "", programme)
    if why := _another(asked, left, programme):
        return f"What is left to decide is {why}, which was not in the original request."
    granted = describe(held.authorized, programme) if held.authorized else None
    if granted is None or (granted.kind and asked.kind and not names_it(granted, asked, programme)):
        return None
    if _refills_fit(asked, granted, left) is False:
        return "The refills authorized and the refills left to decide do not add up to the original request."
    units = words(ContentWords, "contents", programme).same_units
    counts = [_count(each, units) for each in (asked, granted, left)]
    total, given, rest = (count for count, _ in counts)
    if None in (total, given, rest) or len({unit for _, unit in counts if unit}) > 1 or asked.refills:
        return None
    assert total is not None and given is not None and rest is not None
    if given + rest == total or (rest == total and given < total and "leaving the original request" in held.item):
        return None
    return f"Authorized {given:g} and left to decide {rest:g} do not add up to the {total:g} of the original request."


def _another(asked: Treatment, left: Treatment, programme: str) -> str | None:
    """In what the part left differs from the request."""
    if asked.drugs and left.drugs and not set(left.drugs) <= set(asked.drugs):
        return "another drug"
    if asked.dose and left.dose and not set(left.dose.split(", ")) <= set(asked.dose.split(", ")):
        return "another strength"
    if asked.kind and left.kind and not names_it(asked, left, programme) and not names_it(left, asked, programme):
        return "another treatment"
    if asked.body_parts and left.body_parts and not set(left.body_parts) <= set(asked.body_parts):
        return "for another part of the body"
    if asked.side and left.side and asked.side != left.side and asked.side != "bilateral":
        return "for another side"
    return None


def _refills_fit(asked: Treatment, granted: Treatment, left: Treatment) -> bool | None:
    """Whether the refills add up; None where that cannot be told."""
    if asked.refills is None or left.refills is None:
        return None
    if len({each.quantity for each in (asked, granted, left) if each.quantity}) > 1:
        return None
    return (granted.refills or 0) + left.refills == asked.refills


_OFTEN = re.compile(r"(\d+) times? a (day|week|month)")
_LONG = re.compile(r"(\d+) (day|week|month)s?")


def _count(treatment: Treatment, same: tuple[str, ...]) -> tuple[float | None, str | None]:
    """The quantity and its unit; "twice a week for six weeks" counts twelve visits."""
    unit = same[0] if treatment.unit in same else treatment.unit
    if treatment.quantity is not None:
        return treatment.quantity, unit
    often, long = _OFTEN.fullmatch(treatment.frequency or ""), _LONG.fullmatch(treatment.duration or "")
    if treatment.drugs or not (often and long) or often[2] != long[2]:
        return None, unit
    return float(often[1]) * float(long[1]), same[0]


def _says_partly(heading: str, programme: str) -> bool:
    """Whether a heading speaks of an authorized part and of no part that is left."""
    marks, left, other = _partly(programme)
    return marks.search(other.sub(" ", heading)) is not None and left.search(heading) is None


@cache
def _partly(programme: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    said = words(ContentWords, "contents", programme)

    def pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile("|".join(rf"\b{part.replace(' ', chr(92) + 's+')}" for part in listed), re.IGNORECASE)

    return pattern(said.authorized_marks), pattern(said.remainder_marks), pattern(said.other_authorization)

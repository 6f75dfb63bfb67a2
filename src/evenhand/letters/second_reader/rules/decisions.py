"""EH0: whether the decisions agree with their reasons and with one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from evenhand.letters.determination import Decision
from evenhand.letters.second_reader.alike import another_treatment, names_it, same_treatment
from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.names import reviewer_names
from evenhand.letters.second_reader.reading import Fault, ItemReading, Reading
from evenhand.letters.second_reader.rules.operations import on_operation
from evenhand.letters.second_reader.verdicts import Verdict, verdicts
from evenhand.letters.second_reader.words import words
from evenhand.treatments import describe


@dataclass(frozen=True, kw_only=True)
class DecisionWords:
    """decisions.yaml"""

    narrow_kinds: tuple[str, ...]
    idle: tuple[str, ...]


@check(
    "EH010",
    Severity.ERROR,
    because=Law("decided"),
    to_do="Decide the item, or say why it is no longer in dispute.",
)
def item_undecided(letter: Reading) -> Iterator[Fault]:
    """An item carries no decision: neither of the two words stands behind it."""
    for item in letter.items:
        if item.item.decision is None:
            yield Fault("The letter does not decide this item.", item.heading.place())


@check(
    "EH011",
    Severity.ERROR,
    because=Law("contradiction"),
    to_do="Ask the reviewer which of the two is meant before the letter goes out.",
)
def decision_contradicts_rationale(letter: Reading) -> Iterator[Fault]:
    """The decision says one thing, and the rationale concludes the other.

    Each clause that speaks of medical necessity counts, with its denials. Left alone are: what utilization review, a physician
    or a guideline says; conditions and possibilities; earlier treatment; other treatments than the item; the fixed notice under
    decisions on opioids; and a clause in which a denying word stands far from the verdict, since it may mean either. Where no
    clause speaks of medical necessity, "the request is warranted", "cannot be certified" and the like count. Where the verdicts
    differ, the last counts, and each that is said of the request itself. That only a part is necessary contradicts Overturned,
    not Upheld: a reviewer decides the request as it was made.
    """
    for item in letter.items:
        if item.item.decision and (against := _against(item, letter.programme)):
            if against.in_part:
                concludes = "only a part of the item is medically necessary"
            else:
                concludes = f"the item is {'' if against.necessary else 'not '}medically necessary"
            what = f"The decision is {item.item.word}, but the rationale concludes that {concludes}."
            yield Fault(what, item.rationale.place(against.start, against.end))


@dataclass(frozen=True)
class _Own:
    """A verdict on the item itself."""

    verdict: Verdict
    of_request: bool
    """Whether its clause names the request or the item's treatment."""


_REQUEST = re.compile(r"\brequest(?:s|ed)?\b|^\W*(?:it|this)\b", re.IGNORECASE)


def _against(item: ItemReading, programme: str) -> Verdict | None:
    """The verdict of the rationale that the decision contradicts."""
    upheld = item.item.decision is Decision.UPHELD
    own = [each for each in _own(item, programme) if not (each.verdict.in_part and upheld)]
    wrong = [each for each in own if each.verdict.necessary is upheld or each.verdict.in_part]
    if not wrong:
        return None
    if len(wrong) == len(own) or (own[-1] is wrong[-1] and own[-1].of_request):
        return wrong[-1].verdict
    right = [each for each in own if each not in wrong]
    both = [each for each in wrong if "request" in each.verdict.subject.casefold() and not each.verdict.in_part]
    return both[-1].verdict if both and any("request" in each.verdict.subject.casefold() for each in right) else None


def _own(item: ItemReading, programme: str) -> list[_Own]:
    found: list[_Own] = []
    for verdict in verdicts(item.rationale.text, programme):
        named = describe(verdict.about, programme)
        if on_operation(verdict.about, item, programme) or another_treatment(named, item.treatment, programme):
            continue
        other = (
            named.quantity
            and item.treatment.quantity
            and named.quantity < item.treatment.quantity
            and named.unit == item.treatment.unit
        )
        in_part = verdict.in_part or bool(other and not item.item.eligible_portion)
        verdict = replace(verdict, in_part=in_part and verdict.necessary)
        found.append(_Own(verdict, bool(_REQUEST.search(verdict.about)) or names_it(named, item.treatment, programme)))
    return found


@check(
    "EH012",
    Severity.WARNING,
    because=Law("decided"),
    to_do="Ask whether it was requested twice; if it is one request, decide it once.",
)
def item_decided_twice(letter: Reading) -> Iterator[Fault]:
    """Two items are the same treatment.

    They are the same where kind, drug, dose, part of the body, side, level, quantity, refills and dates agree, and no other
    word tells them apart. One treatment for two parts, sides or dates of service is two items. Where the two are decided
    differently the finding says so.
    """
    with_words = words(DecisionWords, "decisions", letter.programme)
    narrow, idle = frozenset(with_words.narrow_kinds), frozenset(with_words.idle)
    for first, second in combinations(letter.items, 2):
        if same_treatment(first.treatment, second.treatment, narrow=narrow, idle=idle, programme=letter.programme):
            differ = first.item.decision != second.item.decision and first.item.decision and second.item.decision
            how = f", and decides it differently ({first.item.word}, {second.item.word})" if differ else ""
            what = f"This item is the same treatment as item {first.number}: the letter decides it twice{how}."
            yield Fault(what, second.heading.place(0, len(second.heading.text)))


@check(
    "EH014",
    Severity.ERROR,
    because=Law("reviewer_unnamed"),
    to_do="Take the name out; state licensure and specialty only.",
)
def reviewer_named(letter: Reading) -> Iterator[Fault]:
    """A person's name stands where the letter speaks of its reviewer.

    It looks at the credentials, and in the running text behind "Reviewer:", "the expert reviewer", "I," and at a line of
    signature. The names of treating physicians, of evaluators and of utilization review's reviewers are no concern of this
    check; see EH702.
    """
    for passage in (letter.reviewer, letter.summary, *(item.rationale for item in letter.items)):
        for span in reviewer_names(passage, letter.programme):
            yield Fault("The letter names its reviewer.", passage.place(span.start, span.end))

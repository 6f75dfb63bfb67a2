"""Whether a ground holds for a disputed item: the conditions of the pack, tried on the facts of the dispute.

Nothing here knows any particular ground: which there are, under which conditions they hold and what follows is in the
programme's pack, by date. The facts that conditions may ask for are in `questions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.law.disputes import DisputedItem
from evenhand.law.questions import QUESTIONS
from evenhand.law.schema import Condition, GroundCase, GroundVersion, OfFact, OfValue, Scalar

Check = Callable[[DisputedItem], bool]
Asked = Callable[[DisputedItem], Scalar | None]
Comparison = Callable[[Scalar, Scalar], bool]
BRACES = re.compile(r"\{(\w+)\}")
UNKNOWN = "no known date"


@dataclass(frozen=True)
class Found:
    """A ground holds, and why. `unsettled`: the facts or the law leave it open, and a person must decide."""

    words: str
    unsettled: bool = False


def _equal(fact: Scalar, other: Scalar) -> bool:
    return fact == other


def _among(fact: Scalar, other: Scalar) -> bool:
    return fact in other if isinstance(other, tuple) else fact == other


def _not_among(fact: Scalar, other: Scalar) -> bool:
    return not _among(fact, other)


def _before(fact: Scalar, other: Scalar) -> bool:
    return isinstance(fact, date) and isinstance(other, date) and fact < other


def _after(fact: Scalar, other: Scalar) -> bool:
    return isinstance(fact, date) and isinstance(other, date) and fact > other


def _not_after(fact: Scalar, other: Scalar) -> bool:
    return isinstance(fact, date) and isinstance(other, date) and fact <= other


COMPARISONS: dict[str, Comparison] = {
    "equals": _equal,
    "one_of": _among,
    "none_of": _not_among,
    "before": _before,
    "after": _after,
    "not_after": _not_after,
}


@dataclass(frozen=True, eq=False)
class Trial:
    """A version of a ground with its conditions made ready, to be tried on many items."""

    version: GroundVersion
    cases: tuple[tuple[GroundCase, tuple[Check, ...]], ...]

    def of(self, item: DisputedItem) -> Found | None:
        """What the ground finds for the item, or None where it does not hold."""
        fitting = []
        for case, conditions in self.cases:
            for holds in conditions:
                if not holds(item):
                    break
            else:
                fitting.append(case)
                if not self.version.every_case:
                    break
        if not fitting:
            return None
        return Found(" ".join(worded(case.found, item) for case in fitting), all(case.unsettled for case in fitting))


def trial(version: GroundVersion) -> Trial:
    """The version, ready to be tried."""
    return Trial(version, tuple((case, tuple(_check(condition) for condition in case.when)) for case in version.cases))


def _check(condition: Condition) -> Check:
    """The condition as a function. Of what is not known nothing holds but that it is not known."""
    ask, known = QUESTIONS[condition.fact].ask, condition.known
    if known is not None:
        return lambda item: (ask(item) is not None) is known
    way, comparand = condition.comparison
    compare = COMPARISONS[way]
    if isinstance(comparand, OfFact | OfValue):
        return _check_against(ask, compare, _asked(comparand))

    def holds(item: DisputedItem) -> bool:
        fact = ask(item)
        return fact is not None and compare(fact, comparand)

    return holds


def _check_against(ask: Asked, compare: Comparison, ask_other: Asked) -> Check:
    def holds(item: DisputedItem) -> bool:
        fact, other = ask(item), ask_other(item)
        return fact is not None and other is not None and compare(fact, other)

    return holds


def _asked(comparand: OfFact | OfValue) -> Asked:
    if isinstance(comparand, OfFact):
        return QUESTIONS[comparand.fact].ask
    name = comparand.value
    return lambda item: item.pack.scalar(name, item.governing)


def worded(template: str, item: DisputedItem) -> str:
    """The words with facts and values of the pack in the place of their names."""

    def said(name: re.Match[str]) -> str:
        known = QUESTIONS.get(name[1])
        return plain(known.ask(item) if known else item.pack.scalar(name[1], item.governing))

    return BRACES.sub(said, template)


def plain(answer: Scalar | None) -> str:
    """A fact or a value as it is said in a sentence."""
    if answer is None:
        return UNKNOWN
    if isinstance(answer, tuple):
        return " or ".join(plain(word) for word in answer)
    return str(answer).replace("_", " ")


def faults_of(
    version: GroundVersion, *, values: Collection[str], effects: Collection[str], rules: Collection[str]
) -> Iterator[str]:
    """What is wrong with a ground's conditions, words and references, for the loader."""
    if not (version.effect and version.explanation and version.remedy):
        yield "lacks its effect, explanation or remedy; give them, or `as_before: true` below a version that has them"
    for kind, name, known in (
        ("effect", version.effect, effects),
        ("unsettled", version.unsettled, effects),
        ("appeal", version.appeal, rules),
        ("cure", version.cure, rules),
    ):
        if name is not None and name not in known:
            yield f"{kind}: {_not_known(name, known)}"
    if not version.cases:
        yield "has no case; say when the ground holds"
    for index, case in enumerate(version.cases):
        for what in _case_faults(case, values):
            yield f"cases[{index}] {what}"


def _case_faults(case: GroundCase, values: Collection[str]) -> Iterator[str]:
    if not case.when:
        yield "has no condition; it would always hold"
    for condition in case.when:
        if condition.fact not in QUESTIONS:
            yield f"asks for the fact {_not_known(condition.fact, QUESTIONS)}"
        ways = [name for name in ("known", *COMPARISONS) if getattr(condition, name) is not None]
        if len(ways) != 1:
            yield f"compares {condition.fact} in {len(ways)} ways ({', '.join(ways)}); exactly one is needed"
            continue
        other = getattr(condition, ways[0])
        if isinstance(other, OfFact) and other.fact not in QUESTIONS:
            yield f"compares with the fact {_not_known(other.fact, QUESTIONS)}"
        if isinstance(other, OfValue) and other.value not in values:
            yield f"compares with the value {_not_known(other.value, values)}"
    for name in BRACES.findall(case.found):
        if name not in QUESTIONS and name not in values:
            yield f"says {{{name}}}, which is neither a fact nor a value of the pack"


def _not_known(name: str, known: Collection[str]) -> str:
    return f"{name!r}, which is not known; known are: {', '.join(sorted(known))}"

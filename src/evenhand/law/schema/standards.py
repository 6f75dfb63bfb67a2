"""The shape of the standards of medical necessity, and of the order in which they are searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from evenhand.law.schema.common import Confidence, Part, Version


class Ranking(StrEnum):
    """How the standards rank among each other."""

    STRICT = "strict"
    """A lower one counts only where every higher one is inapplicable."""
    BY_SCHEDULE = "by_schedule"
    """As the schedule's own search sequence says."""


@dataclass(frozen=True, kw_only=True)
class NecessityVersion(Version):
    """The standards by letter, in the statute's order, and how they rank, from a day on."""

    ranking: Ranking = Ranking.STRICT
    how: str = ""
    standards: dict[str, str] = field(default_factory=dict)

    def faults(self) -> Iterator[str]:
        """Neither or both of the standards and the question."""
        if bool(self.standards) == (self.unknown is not None):
            yield "needs either standards or the open question as `unknown`"


@dataclass(frozen=True, kw_only=True)
class NecessityLaw:
    """The standards of medical necessity through the years."""

    title: str
    governed_by: str
    versions: tuple[NecessityVersion, ...]


@dataclass(frozen=True, kw_only=True)
class StepLaw:
    """One step of the evidence ladder: when it may be left for the next (in words, and as findings), and what the reviewer records
    on it. `standard` is the letter of the standard to which it belongs."""

    code: str
    standard: str
    title: str
    may_leave_when: str
    leave_findings: tuple[str, ...]
    record: str
    citation: str
    confidence: Confidence
    source: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LadderVersion(Version):
    """The steps in their order, from a day on."""

    steps: tuple[StepLaw, ...] = ()
    reasoning: str | None = None

    def parts(self) -> Iterator[Part]:
        """The steps."""
        for step in self.steps:
            yield Part(name=step.code, citation=step.citation, confidence=step.confidence, source=step.source)

    def faults(self) -> Iterator[str]:
        """Steps that stand twice, a last step that leads on, and neither or both of steps and question."""
        if bool(self.steps) == (self.unknown is not None):
            yield "needs either steps or the open question as `unknown`"
        if not self.steps:
            return
        codes = [step.code for step in self.steps]
        yield from (f"has the step {code!r} twice" for code in sorted(set(codes)) if codes.count(code) > 1)
        for step in self.steps[:-1]:
            if not step.leave_findings:
                yield f"step {step.code!r} can never be left, yet steps follow it; give `leave_findings`"
        if self.steps[-1].leave_findings:
            yield "needs a last step that is not left (`leave_findings: []`)"


@dataclass(frozen=True, kw_only=True)
class LadderLaw:
    """The evidence ladder through the years."""

    title: str
    governed_by: str
    versions: tuple[LadderVersion, ...]

"""Situations about eligibility: a made-up case with something changed, and what screening finds for each item."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from evenhand.law.eligibility import Dispute, screen
from evenhand.law.pack import Pack
from evenhand.law.situations.base import Situation, differs
from evenhand.reading import BadFile, Fault, from_plain


@dataclass(frozen=True, kw_only=True)
class Screening(Situation):
    """What screening finds for the items of the base case with something changed."""

    screened_on: date
    expect: tuple[str, ...] = ()
    """A line an item: the status, then the codes of its grounds: "ineligible LATE"."""
    change: dict[str, Any] = field(default_factory=dict)
    """What differs from the base case: the path of a field (the parts of a list counted from 0) and its new value."""
    appeals: dict[str, str | None] = field(default_factory=dict)
    """By ground: the time limit of a petition against the finding; null where none runs."""
    cures: dict[str, str | None] = field(default_factory=dict)
    """By ground: the time limit for curing it; null where it cannot be."""
    found: dict[str, str] = field(default_factory=dict)
    """By ground: all that is said to have been found, after the ground's own explanation."""
    clocks: tuple[str, ...] | None = None
    """A line an item: the time limit by which it was judged."""
    case: dict[str, Any] = field(default_factory=dict)
    """The whole base case; the folder's own (base.yaml) where it is left out."""

    def __post_init__(self) -> None:
        """Refuses a situation that expects nothing."""
        if bool(self.expect) == (self.refused is not None):
            raise ValueError("needs either expect (a line an item) or refused")

    def starting_from(self, case: Mapping[str, Any]) -> Screening:
        """The situation told of the folder's base case, unless it brings its own. Raises BadFile where the changed case
        is none."""
        told = self if self.case else replace(self, case=dict(case))
        told._changed_case()
        return told

    @cached_property
    def dispute(self) -> Dispute:
        """The base case with the changes."""
        return self._changed_case()

    def _changed_case(self) -> Dispute:
        plain = copy.deepcopy(self.case)
        for path, value in self.change.items():
            *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
            place: Any = plain
            try:
                for part in parents:
                    place = place[part]
                place[last] = value
            except (LookupError, TypeError):
                what = f"changes {path}, which the base case does not have"
                raise BadFile([Fault(file=self.say, what=what)]) from None
        return from_plain(Dispute, plain, name=self.say)

    @property
    def provisions(self) -> tuple[str, ...]:
        """The grounds that are found, or just eligibility."""
        codes = dict.fromkeys(code for line in self.expect for code in line.split()[1:])
        return tuple(f"grounds.{code}" for code in codes) or ("grounds",)

    def differences(self, pack: Pack) -> Iterator[str]:
        """Screens the case and compares each item's finding."""
        findings = screen(pack, self.dispute, self.screened_on)
        found = tuple(" ".join([item.status.value, *(ground.code for ground in item.grounds)]) for item in findings)
        yield from differs("findings", self.expect, found)
        grounds = {ground.code: ground for item in findings for ground in item.grounds}
        for code, rule in self.appeals.items():
            appeal = grounds[code].appeal if code in grounds else "no such ground"
            yield from differs(f"appeal against {code}", rule, appeal)
        for code, rule in self.cures.items():
            cure = grounds[code].cure if code in grounds else "no such ground"
            yield from differs(f"cure of {code}", rule, cure)
        for code, words in self.found.items():
            explained = grounds[code].explanation if code in grounds else "no such ground"
            if not explained.endswith(f". {words}"):
                yield from differs(f"found for {code}", words, explained)
        if self.clocks is not None:
            used = tuple(item.deadline.rule if item.deadline else "none" for item in findings)
            yield from differs("time limits", self.clocks, used)

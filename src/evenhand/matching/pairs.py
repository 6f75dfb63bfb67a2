"""Every pair of case and reviewer of a day: which are permitted, and how well they fit, told in arrays.

Most of what is asked of a pair hangs on less than the pair: a reviewer's standing on the day, the needs of the case's
items against the specialties that many reviewers share. So each is worked out once; what hangs on the pair itself
(conflicts, an earlier review) is rare. The sentences of a pair are made when somebody asks for them; both ways give the
same answer, and the tests hold them to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from evenhand.matching.affiliations.screening import Finding, Screener
from evenhand.matching.day import Day
from evenhand.matching.facts import CaseToReview
from evenhand.matching.qualify import Assessment, Needs, assess, graded, needs_of, within
from evenhand.matching.standing import Standing, standing
from evenhand.treatments import Treatment, describe, floor
from evenhand.treatments.vocabulary import scopes

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

UNIT = 10_000
"""Fits are counted in ten-thousandths, as the table gives them."""
_OF_A_PAIR = ("scope", "specialty", "earlier_reviewer", "conflict", "organisation_conflict")


@dataclass(frozen=True)
class _Needed:
    """What the cases ask for, by distinct need and by the reviewers' profiles. `mean` is the sum over `items`."""

    of_case: Ints
    sums: Ints
    items: Ints
    enough: Bools
    covered: Bools


class Pairs:
    """The pairs of a day."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.case_at = {case.id: index for index, case in enumerate(day.cases)}
        self.reviewer_at = {reviewer.id: index for index, reviewer in enumerate(day.reviewers)}
        self.stands = tuple(standing(who, day.on, day.rules, day.programme) for who in day.reviewers)
        self._screener = Screener(day.reviewers, day.on, day.rules, day.affiliations)
        self._found: dict[int, Mapping[str | None, tuple[Finding, ...]]] = {}
        self._needs: dict[int, Needs] = {}
        state = day.rules.preferred_licence_state
        self.preferred = np.array([state is None or state in stands.states for stands in self.stands], dtype=bool)
        self.profiles, self._profile = _distinct([stands.specialties for stands in self.stands])
        self.kinds, self._kind = _distinct([stands.kinds for stands in self.stands])
        self._needed = _needed(day, self.profiles, self.kinds)
        self._bits: dict[str, int] = {}
        self._standing_bits = np.array([self._bits_of(stands) for stands in self.stands], dtype=np.int64)

    def _bits_of(self, stands: Standing) -> int:
        failed = dict.fromkeys(reason.code for reason in stands.reasons if not reason.permitted)
        return sum(self._bit(code) for code in failed)

    def _bit(self, code: str) -> int:
        return self._bits.setdefault(code, 1 << len(self._bits))

    def findings(self, case: int) -> Mapping[str | None, tuple[Finding, ...]]:
        """What the screening found for a case, by reviewer."""
        if case not in self._found:
            self._found[case] = self._screener.findings(self.day.cases[case])
        return self._found[case]

    @cached_property
    def permitted(self) -> Bools:
        """Cases by reviewers: who may review what."""
        needed, rows = self._needed, self._needed.of_case
        able = np.flatnonzero(self._standing_bits == 0)
        allowed = np.zeros((len(self.day.cases), len(self.day.reviewers)), dtype=bool)
        if able.size and rows.size:
            fitting = (needed.enough[:, self._profile[able]] & needed.covered[:, self._kind[able]])[rows]
            allowed[:, able] = fitting
        for c, case in enumerate(self.day.cases):
            barred, everybody = self._barred(c, case)
            if everybody:
                allowed[c] = False
            allowed[c, [index for index, _ in barred]] = False
        return allowed

    def _barred(self, c: int, case: CaseToReview) -> tuple[list[tuple[int, str]], bool]:
        """Reviewers kept from one case alone, with the code of the ground; and whether everybody is."""
        found = self.findings(c)
        barred = [(self.reviewer_at[id], "earlier_reviewer") for id in case.earlier_reviewers if id in self.reviewer_at]
        barred += [
            (self.reviewer_at[id], "conflict")
            for id, findings in found.items()
            if id in self.reviewer_at and any(finding.bars for finding in findings)
        ]
        return barred, any(finding.bars for finding in found.get(None, ()))

    def misfit(self, cases: Ints, reviewers: Ints, scale: int) -> Ints:
        """`scale` times (1 - fit) for each of these pairs, rounded to the nearest whole number."""
        rows, profiles = self._needed.of_case[cases], self._profile[reviewers]
        whole = np.maximum(self._needed.items[rows], 1) * UNIT
        short: Ints = whole - self._needed.sums[rows, profiles]
        rounded: Ints = (2 * scale * short + whole) // (2 * whole)
        return rounded

    def grounds(self, case: int) -> list[tuple[tuple[str, ...], int]]:
        """The grounds that stand in the way together, and for how many reviewers; the empty set for those permitted."""
        needed, row = self._needed, self._needed.of_case[case]
        bits = self._standing_bits.copy()
        able = bits == 0
        licensed = np.array([bool(kinds) for kinds in self.kinds], dtype=bool)[self._kind]
        certified = np.array([bool(profile) for profile in self.profiles], dtype=bool)[self._profile]
        bits[licensed & ~needed.covered[row, self._kind]] |= self._bit("scope")
        bits[(certified | able) & ~needed.enough[row, self._profile]] |= self._bit("specialty")
        barred, everybody = self._barred(case, self.day.cases[case])
        for index, code in barred:
            bits[index] |= self._bit(code)
        if everybody:
            bits |= self._bit("organisation_conflict")
        values, counts = np.unique(bits, return_counts=True)
        return [
            (tuple(code for code, bit in self._bits.items() if value & bit), int(count))
            for value, count in zip(values.tolist(), counts, strict=True)
        ]

    def specialties_that_fit(self, case: int) -> list[str]:
        """The specialties that alone reach the floor for every item of a case, the best first."""
        fits = self.needs(case).fits
        least = {name: min(of_item.get(name, (0.0, ""))[0] for of_item in fits) for name in (fits[0] if fits else ())}
        able = [name for name, score in least.items() if score >= self.needs(case).floor]
        return sorted(able, key=lambda name: (-least[name], name))

    def needs(self, case: int) -> Needs:
        """What the case needs, in words."""
        if case not in self._needs:
            self._needs[case] = needs_of(self.day.cases[case], self.day.programme, self.findings(case))
        return self._needs[case]

    def assessment(self, case: int, reviewer: int) -> Assessment:
        """The pair in words."""
        day = self.day
        return assess(
            day.cases[case],
            day.reviewers[reviewer],
            day.on,
            day.rules,
            programme=day.programme,
            known=self.stands[reviewer],
            needs=self.needs(case),
        )


class Assessments(Mapping[tuple[str, str], Assessment]):
    """Every pair's assessment by the two ids, made when it is asked for."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs

    def __getitem__(self, pair: tuple[str, str]) -> Assessment:
        return self._pairs.assessment(self._pairs.case_at[pair[0]], self._pairs.reviewer_at[pair[1]])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((case, reviewer) for case in self._pairs.case_at for reviewer in self._pairs.reviewer_at)

    def __len__(self) -> int:
        return len(self._pairs.case_at) * len(self._pairs.reviewer_at)


def _distinct(entries: Sequence[tuple[str, ...]]) -> tuple[tuple[tuple[str, ...], ...], Ints]:
    """The distinct entries, and for each place which of them stands there."""
    at: dict[tuple[str, ...], int] = {}
    places = [at.setdefault(entry, len(at)) for entry in entries]
    return tuple(at), np.array(places, dtype=np.int64)


def _needed(day: Day, profiles: Sequence[tuple[str, ...]], kinds: Sequence[tuple[str, ...]]) -> _Needed:
    """The cases' needs against the profiles; cases that ask for the same in the same condition share a row."""
    rows: dict[tuple[tuple[str, ...], str], int] = {}
    of_case = [rows.setdefault((case.items, case.condition), len(rows)) for case in day.cases]
    asked: list[list[tuple[Treatment, Mapping[str, tuple[float, str]]]]] = []
    for items, condition in rows:
        described = [describe(item, day.programme) for item in items]
        asked.append([(treatment, graded(treatment, condition, day.programme)) for treatment in described])
    counts = np.array([len(items) for items in asked], dtype=np.int64)
    sums, least = _fits([fits for items in asked for _, fits in items], counts, profiles)
    # A case without an item fits nobody.
    enough = (least >= round(floor(day.programme).score * UNIT)) & (counts > 0)[:, None]
    covered = _covered([treatment for items in asked for treatment, _ in items], counts, kinds, day.programme)
    return _Needed(of_case=np.array(of_case, dtype=np.int64), sums=sums, items=counts, enough=enough, covered=covered)


def _fits(
    items: Sequence[Mapping[str, tuple[float, str]]], counts: Ints, profiles: Sequence[tuple[str, ...]]
) -> tuple[Ints, Ints]:
    """By need and profile: the sum and the least over the items of the profile's best fit for each."""
    names = sorted({name for fits in {id(fits): fits for fits in items}.values() for name in fits})
    column = {name: index for index, name in enumerate(names)}
    distinct: dict[int, int] = {}
    graded_rows = []
    for fits in items:
        if id(fits) not in distinct:
            distinct[id(fits)] = len(distinct)
            graded_rows.append([round(fits[name][0] * UNIT) if name in fits else 0 for name in names] + [0])
    nothing = len(names)
    widest = max((len(profile) for profile in profiles), default=0) or 1
    held = np.full((len(profiles), widest), nothing, dtype=np.int64)
    for place, profile in enumerate(profiles):
        held[place, : len(profile)] = [column.get(name, nothing) for name in profile]
    table = np.array(graded_rows, dtype=np.int64).reshape(-1, nothing + 1)
    best = table[:, held].max(axis=2)
    each = best[[distinct[id(fits)] for fits in items]] if items else np.zeros((0, len(profiles)), dtype=np.int64)
    return _by_need(each, counts, np.add, 0), _by_need(each, counts, np.minimum, 0)


def _covered(treatments: Sequence[Treatment], counts: Ints, kinds: Sequence[tuple[str, ...]], programme: str) -> Bools:
    """By need and kinds of licence held: whether one of the licences covers every item."""
    table = scopes(programme).scopes
    known: dict[tuple[object, ...], list[bool]] = {}
    rows = []
    for treatment in treatments:
        key = (treatment.category, treatment.sub_category, treatment.body_parts)
        if key not in known:
            known[key] = [within(treatment, scope) for scope in table]
        rows.append(known[key])
    each = np.array(rows, dtype=np.int64).reshape(-1, len(table))
    all_of_them = _by_need(each, counts, np.minimum, 1).astype(bool)
    scope_of = {kind: index for index, scope in reversed(list(enumerate(table))) for kind in scope.kinds}
    covered = np.zeros((len(counts), len(kinds)), dtype=bool)
    for place, held in enumerate(kinds):
        listed = [scope_of[kind] for kind in held if kind in scope_of]
        covered[:, place] = all_of_them[:, listed].any(axis=1)
    return covered


def _by_need(rows: Ints, counts: Ints, how: np.ufunc, empty: int) -> Ints:
    """The items' rows brought together need by need; `empty` for a need without items."""
    found = np.full((len(counts), rows.shape[1]), empty, dtype=np.int64)
    some = np.flatnonzero(counts)
    if some.size:
        starts = np.concatenate(([0], np.cumsum(counts)[:-1]))[some]
        found[some] = how.reduceat(rows, starts, axis=0)
    return found

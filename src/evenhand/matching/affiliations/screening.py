"""Everybody's paths to everybody in all waiting cases, found from an index: each reviewer is walked once, each party once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.law.facts import PartyRole
from evenhand.matching.affiliations.facts import Affiliations
from evenhand.matching.affiliations.graph import Graph
from evenhand.matching.affiliations.paths import Reached, Within, openings, reached, within
from evenhand.matching.affiliations.weighing import Outcome, Path, weigh
from evenhand.matching.affiliations.words import sentence
from evenhand.matching.facts import CaseToReview, Reviewer, ScreenedParty
from evenhand.matching.likeness import Likeness
from evenhand.matching.qualifications import Basis, Qualifications

EARLIER_REVIEWER = "earlier_reviewer"
_RANK = {Outcome.BARS: 0, Outcome.TO_A_PERSON: 1, Outcome.CONSIDERED: 2}


@dataclass(frozen=True, kw_only=True)
class Tied:
    """One edge of a path as it is told: by ids of the graph, walked from the reviewer's end."""

    kind: str
    source: str
    target: str
    relation: str = ""
    percent: float | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    learned_from: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One path to a party of a case: what follows, in words without a name, the threshold and the rule.

    Without a reviewer it is the review organisation's own, or that of its officers, employees and owners: then it holds
    for every reviewer.
    """

    reviewer: str | None
    party: str
    """The party's role, or `earlier_reviewer`."""
    outcome: Outcome
    text: str
    basis: Basis
    path: tuple[Tied, ...]
    percent: float | None = None
    threshold_percent: float | None = None

    @property
    def bars(self) -> bool:
        """Whether the reviewer may not take the case, for good or until a person has looked."""
        return self.outcome is not Outcome.CONSIDERED


class Screener:
    """The conflicts of a register on a day. Cases are looked up in it, one after the other."""

    def __init__(
        self, reviewers: Sequence[Reviewer], on: date, rules: Qualifications, affiliations: Affiliations | None = None
    ) -> None:
        self._on, self._rules = on, rules
        self._graph = Graph(affiliations or Affiliations(), reviewers)
        self._paths: dict[int, list[Reached]] = {}
        for id, node in self._graph.reviewers.items():
            self._enter(reached(self._graph, id, node))
        for node, opening in openings(self._graph):
            self._enter(reached(self._graph, "", node, opening))
        self._known: dict[tuple[str, tuple[str, ...], str | None], dict[int, Likeness]] = {}
        self._within: dict[tuple[int, PartyRole | None], tuple[Within, ...]] = {}

    def findings(self, case: CaseToReview) -> Mapping[str | None, tuple[Finding, ...]]:
        """By reviewer, those alone who have any; under None those of the review organisation. What bars comes first."""
        found: dict[tuple[object, ...], Finding] = {}
        for party in case.parties:
            for node, how in self._resolved(party).items():
                self._meet(found, node, party.role, int(how is Likeness.POSSIBLE))
        for earlier in case.earlier_reviewers:
            if earlier in self._graph.by_id:
                self._meet(found, self._graph.by_id[earlier], None, 0, but=earlier)
        sorted_ = sorted(found.values(), key=lambda finding: (_RANK[finding.outcome], len(finding.path)))
        by_reviewer: dict[str | None, dict[str, Finding]] = {}
        for finding in sorted_:
            by_reviewer.setdefault(finding.reviewer, {}).setdefault(finding.text, finding)
        return {reviewer: tuple(each.values()) for reviewer, each in by_reviewer.items()}

    def _enter(self, paths: Iterable[Reached]) -> None:
        for path in paths:
            self._paths.setdefault(path.node, []).append(path)
            for twin in self._graph.twins.get(path.node, ()):
                self._paths.setdefault(twin, []).append(path._replace(doubts=path.doubts + 1))

    def _resolved(self, party: ScreenedParty) -> dict[int, Likeness]:
        key = (party.name, party.other_names, party.identifier)
        if key not in self._known:
            identifiers = (party.identifier,) if party.identifier else ()
            self._known[key] = self._graph.index.find((party.name, *party.other_names), identifiers)
        return self._known[key]

    def _meet(
        self, found: dict[tuple[object, ...], Finding], node: int, role: PartyRole | None, doubts: int, but: str = ""
    ) -> None:
        """The paths that end at a node within the party, each entered under its edges; the gravest outcome stays."""
        if (node, role) not in self._within:
            self._within[node, role] = tuple(within(self._graph, node, role, self._rules))
        for inner in self._within[node, role]:
            for path in self._paths.get(inner.node, ()):
                if but and path.reviewer == but:
                    continue
                edges = tuple(id(step.edge) for step in (*path.steps, *inner.steps))
                if len(set(edges)) < len(edges) or self._turns_back(path, inner):
                    continue
                finding = self._finding(path, inner, role, doubts)
                key = (finding.reviewer, finding.party, path.opening and id(path.opening.edge), edges)
                if key not in found or _RANK[finding.outcome] < _RANK[found[key].outcome]:
                    found[key] = finding

    @staticmethod
    def _turns_back(path: Reached, inner: Within) -> bool:
        """Whether the way from the party leads over the reviewer's own end."""
        start = path.steps[0].start if path.steps else None
        return start is not None and any(start in (step.start, step.end) for step in inner.steps)

    def _finding(self, met: Reached, inner: Within, role: PartyRole | None, doubts: int) -> Finding:
        path = Path(
            steps=(*met.steps, *inner.steps), role=role, doubts=met.doubts + inner.doubts + doubts, opening=met.opening
        )
        verdict = weigh(self._graph, path, self._on, self._rules)
        told = sentence(self._graph, path, of_reviewer=bool(met.reviewer))
        return Finding(
            reviewer=met.reviewer or None,
            party=role.value if role else EARLIER_REVIEWER,
            outcome=verdict.outcome,
            text=_text(told, verdict.outcome, verdict.why, self._on),
            basis=verdict.basis,
            path=tuple(self._tied(met, path)),
            percent=verdict.percent,
            threshold_percent=verdict.threshold,
        )

    def _tied(self, met: Reached, path: Path) -> Iterable[Tied]:
        for step in (path.opening, *path.steps) if path.opening else path.steps:
            edge = step.edge
            yield Tied(
                kind=edge.kind.value, source=edge.source, target=edge.target, relation=edge.relation,
                percent=edge.percent, valid_from=edge.valid_from, valid_to=edge.valid_to,
                learned_from=edge.learned_from,
            )  # fmt: skip


def _text(told: str, outcome: Outcome, why: str, on: date) -> str:
    if outcome is Outcome.CONSIDERED:
        return f"{told}. This was considered: {why}."
    return f"{told}. This bars the review on {on}{': ' if why else ''}{why}."

"""Conflicts: a day's docket against a register with a graph of affiliations, beside comparing every name with every name;
what is found of planted conflicts and of misspelt names."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import made
from measure import Taken, against, head, in_turns, line

from evenhand.law import load_pack
from evenhand.law.facts import PartyRole
from evenhand.matching import from_law
from evenhand.matching import likeness as comparison
from evenhand.matching import names as reading
from evenhand.matching.affiliations import Affiliations, Edge, EdgeKind, Party, PartyKind, Screener
from evenhand.matching.affiliations.index import NameIndex
from evenhand.matching.facts import CaseToReview, Reviewer, ScreenedParty, Tie, TieKind
from evenhand.synthetic.affiliations import exceptions, kinds, near_misses, world
from evenhand.synthetic.misnaming import misnamed
from evenhand.synthetic.names import names

CASES, REVIEWERS, PARTIES_A_CASE, TIES, ORGANISATIONS, EDGES = 1_000, 800, 10, 3, 2_000, 4_000
SAMPLE_CASES, SAMPLE_REVIEWERS = 40, 80
NAMES = 10_000
LIMIT = 1.0
ON = made.SELECTED_ON
RULES = from_law(load_pack(), ON)


def docket() -> tuple[list[CaseToReview], list[Reviewer], Affiliations]:
    """Cases, reviewers and a graph: one tie in ten is to a party of a case."""
    chance = random.Random("docket")
    known = names(CASES * PARTIES_A_CASE + REVIEWERS * TIES + ORGANISATIONS, seed=5)
    chance.shuffle(known)
    parties, rest = known[: CASES * PARTIES_A_CASE], known[CASES * PARTIES_A_CASE :]
    roles = list(PartyRole)
    cases = [
        replace(
            case,
            parties=tuple(ScreenedParty(role=roles[(n + k) % len(roles)], name=name) for k, name in enumerate(own)),
        )
        for n, case in enumerate(made.cases(CASES))
        if (own := parties[n * PARTIES_A_CASE : (n + 1) * PARTIES_A_CASE])
    ]
    ties = [rest.pop() if chance.random() > 0.1 else chance.choice(parties) for _ in range(REVIEWERS * TIES)]
    reviewers = [
        replace(
            who,
            ties=tuple(
                Tie(kind=TieKind.PROFESSIONAL, party=ties[n * TIES + k], nature="made", valid_from=date(2012, 1, 1))
                for k in range(TIES)
            ),
        )
        for n, who in enumerate(made.reviewers(REVIEWERS, cases))
    ]
    graph = [
        Party(id=f"P-{n}", kind=PartyKind.ORGANISATION, name=rest.pop()) for n in range(ORGANISATIONS - EDGES // 8)
    ]
    graph += [Party(id=f"Q-{n}", kind=PartyKind.ORGANISATION, name=chance.choice(parties)) for n in range(EDGES // 8)]
    ends = [who.id for who in reviewers] + [party.id for party in graph]
    edges = [
        Edge(source=one, target=other, kind=chance.choice(list(EdgeKind)), percent=chance.choice((None, 2, 30)))
        for one, other in ((chance.choice(ends), chance.choice(graph).id) for _ in range(EDGES))
        if one != other
    ]
    return cases, reviewers, Affiliations(parties=tuple(graph), edges=tuple(edges))


def forget() -> None:
    """Empties the caches of names: a day's docket is screened once."""
    for cached in (comparison.handles, reading.readings, reading.name_parts):
        cached.cache_clear()


def by_index(cases: list[CaseToReview], reviewers: list[Reviewer], known: Affiliations | None) -> int:
    """How many findings there are; names are read anew."""
    forget()
    screener = Screener(reviewers, ON, RULES, known)
    return sum(len(found) for case in cases for found in screener.findings(case).values())


def name_by_name(cases: list[CaseToReview], reviewers: list[Reviewer]) -> int:
    """The same by comparing every tie's name with every party's."""
    forget()
    read = reading.readings
    return sum(
        comparison.compared(read(tie.party), read(party.name)) is not comparison.Likeness.DIFFERENT
        for case in cases
        for party in case.parties
        for who in reviewers
        for tie in who.ties
    )


def speed() -> None:
    """The whole docket against the limit, and a sample beside comparing name by name."""
    cases, reviewers, known = docket()
    pairs = CASES * REVIEWERS
    ties, graph = in_turns(
        {
            f"register's ties, {CASES:,} cases x {REVIEWERS} reviewers": lambda: by_index(cases, reviewers, None),
            f"the same with a graph of {ORGANISATIONS:,} parties, {EDGES:,} edges": lambda: by_index(
                cases, reviewers, known
            ),
        }
    )
    for taken in (ties, graph):
        against(taken, Taken("limit", LIMIT, LIMIT), count=pairs, of="pairs")
    line("findings", f"{by_index(cases, reviewers, known):,}")
    few, some = cases[:SAMPLE_CASES], reviewers[:SAMPLE_REVIEWERS]
    index, pairwise = in_turns(
        {
            f"index, {SAMPLE_CASES} cases x {SAMPLE_REVIEWERS} reviewers": lambda: by_index(few, some, None),
            "every name with every name": lambda: name_by_name(few, some),
        },
        rounds=3,
    )
    against(index, pairwise)


def misspelt() -> bool:
    """Recall and precision over ten thousand names as papers get them wrong, and as many strangers as a fifth."""
    known = names(NAMES, seed=11)
    index = NameIndex()
    for entry, name in enumerate(known):
        index.add(entry, [name])
    found = [(name.truth, index.find([name.text])) for name in misnamed(known, seed=11)]
    right = sum(truth in entries for truth, entries in found)
    told = sum(len(entries) for _, entries in found)
    strangers = {*names(NAMES // 5, seed=12)} - {*known}
    told += sum(len(index.find([name])) for name in strangers)
    recall, precision = right / NAMES, right / told
    line(f"misspelt names, {NAMES:,}: recall (goal 0.95)", f"{recall:.4f}")
    line(f"misspelt names, {NAMES:,}: precision (goal 0.90)", f"{precision:.4f}")
    return recall >= 0.95 and precision >= 0.9


def planted() -> bool:
    """Recall over planted conflicts, and how many near misses are taken for conflicts."""
    every = list(kinds())
    paths = every + list(exceptions()) + [miss for path in every[::3] for miss in near_misses(path, ON)]
    made_up = world(paths, ON)
    screener = Screener(made_up.reviewers, ON, RULES, made_up.affiliations)
    kept, wrongly, of, near = 0, 0, 0, 0
    for number, (path, case) in enumerate(zip(paths, made_up.cases, strict=True)):
        barred = any(finding.bars for finding in screener.findings(case).get(f"R-{number:05}", ()))
        conflict = path.expected in ("bars", "to_a_person")
        of, near = of + conflict, near + (not conflict)
        kept, wrongly = kept + (barred and conflict), wrongly + (barred and not conflict)
    line(f"planted conflicts, {len(every):,} kinds of path: found (goal all)", f"{kept:,} of {of:,}")
    line("near misses taken for conflicts (goal 0)", f"{wrongly:,} of {near:,}")
    return kept == of and not wrongly


def main() -> None:
    """Prints the figures; fails where a conflict is missed or too many names are."""
    head("Conflicts of interest")
    good = [misspelt(), planted()]
    speed()
    if not all(good):
        raise SystemExit("conflicts are missed")


if __name__ == "__main__":
    main()

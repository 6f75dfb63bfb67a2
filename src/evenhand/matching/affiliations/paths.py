"""The walk, from both ends: what a reviewer reaches, and who stands within a party. Where the two meet there is a path.

From the reviewer: relatives (two steps at the most), then one tie, and from an organisation the reviewer belongs to one
tie more. From a party: whoever owns it or is owned by it, its people, its group or firm, its network, its family. Nobody
is walked through who is the review organisation; its own ties are walked for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from evenhand.law.facts import PartyRole
from evenhand.matching.affiliations.facts import Edge, EdgeKind, PartyKind
from evenhand.matching.affiliations.graph import Graph, Link
from evenhand.matching.affiliations.kin import converse, relation, together
from evenhand.matching.affiliations.kinds import KINDS, OF_GROUPS, OF_ORGANISATIONS, OF_PEOPLE
from evenhand.matching.qualifications import Qualifications

# Through so many owners at the most; the shares are multiplied, so a longer chain would seldom count.
_LONGEST_CHAIN = 3
WITH_A_NETWORK = frozenset({PartyRole.INSURER, PartyRole.CLAIMS_ADMINISTRATOR, PartyRole.EMPLOYER})


class Place(StrEnum):
    """What a step is on its path."""

    KIN = "kin"
    TIE = "tie"
    SECOND_TIE = "second_tie"
    CHAIN = "chain"
    PEOPLE = "people"
    GROUP = "group"
    NETWORK = "network"
    FAMILY = "family"


class Step(NamedTuple):
    """One edge of a path, walked from the reviewer's end: `forward` where that is from its source to its target."""

    edge: Edge
    forward: bool
    place: Place
    start: int
    end: int


class Reached(NamedTuple):
    """A node that somebody reaches. `reviewer` is empty where it is the review organisation or one of its people, to
    whom `opening` leads.
    """

    reviewer: str
    node: int
    steps: tuple[Step, ...]
    doubts: int = 0
    opening: Step | None = None


class Within(NamedTuple):
    """A node that stands within a party; the steps lead from it to the party."""

    node: int
    steps: tuple[Step, ...]
    doubts: int = 0


def kinship(step: Step) -> str | None:
    """What the end of a step of kinship is to its start."""
    word = relation(step.edge.relation)
    return word and (converse(word) if step.forward else word)


def reached(graph: Graph, reviewer: str, start: int, opening: Step | None = None) -> Iterator[Reached]:
    """Everything within reach of one person or of the review organisation, themselves first."""
    heads = [Reached(reviewer, start, (), 0, opening)]
    yield heads[0]
    for head in _relatives(graph, heads[0]):
        heads.append(head)
        yield head
    for head in heads:
        for link in graph.linked(head.node):
            if link.edge.kind is EdgeKind.KINSHIP or link.other == start or (reviewer and link.other in graph.ours):
                continue
            tied = _further(head, link, Place.TIE)
            yield tied
            if head is heads[0] and _belongs(graph, link):
                yield from _of_organisation(graph, tied, start)


def _relatives(graph: Graph, own: Reached) -> Iterator[Reached]:
    for link in graph.linked(own.node):
        if link.edge.kind is not EdgeKind.KINSHIP:
            continue
        first = _further(own, link, Place.KIN)
        yield first
        for onward in graph.linked(link.other):
            if onward.edge.kind is EdgeKind.KINSHIP and onward.other not in (own.node, link.other):
                second = _further(first, onward, Place.KIN)
                words = [kinship(step) for step in second.steps]
                if words[0] and words[1] and together(words[0], words[1]):
                    yield second


def _belongs(graph: Graph, link: Link) -> bool:
    return link.forward and KINDS[link.edge.kind].attaches and graph.parties[link.other].kind is not PartyKind.PERSON


def _of_organisation(graph: Graph, tied: Reached, start: int) -> Iterator[Reached]:
    for link in graph.linked(tied.node):
        if link.edge.kind in OF_ORGANISATIONS and link.other != start and link.other not in graph.ours:
            yield _further(tied, link, Place.SECOND_TIE)


def _further(path: Reached, link: Link, place: Place) -> Reached:
    step = Step(link.edge, link.forward, place, path.node, link.other)
    return path._replace(node=link.other, steps=(*path.steps, step), doubts=path.doubts + link.doubt)


def openings(graph: Graph) -> Iterator[tuple[int, Step | None]]:
    """The review organisation, its officers, directors, employees and owners. Employees who are reviewers of the
    register are screened as such.
    """
    reviewers = set(graph.reviewers.values())
    for ours in graph.ours:
        yield ours, None
        for link in graph.linked(ours):
            of_people = link.edge.kind in OF_PEOPLE or link.edge.kind is EdgeKind.OWNERSHIP
            if link.forward or not of_people or (link.edge.kind is EdgeKind.EMPLOYMENT and link.other in reviewers):
                continue
            yield link.other, Step(link.edge, not link.forward, Place.TIE, link.other, ours)


def within(graph: Graph, node: int, role: PartyRole | None, rules: Qualifications) -> Iterator[Within]:
    """Who stands within a party of that role: itself, then its owners and what it owns, its people, group, network,
    family. No role: an earlier reviewer of the dispute.
    """
    own = Within(node, ())
    yield own
    yield from _owners(graph, own)
    for link in graph.linked(node):
        kind = link.edge.kind
        if kind in OF_PEOPLE and not link.forward and role in rules.screened_people:
            yield _before(own, link, Place.PEOPLE)
        elif kind in OF_GROUPS and link.forward and role in rules.screened_groups and link.other not in graph.ours:
            yield _before(own, link, Place.GROUP)
        elif kind is EdgeKind.NETWORK and link.forward and role in WITH_A_NETWORK:
            yield _before(own, link, Place.NETWORK)
        elif kind is EdgeKind.KINSHIP and role is PartyRole.EMPLOYEE:
            yield _before(own, link, Place.FAMILY)


def _owners(graph: Graph, own: Within) -> Iterator[Within]:
    """Along shares of ownership, never down into a holding and up to whoever else holds it."""
    paths = [(own, True)]
    for _ in range(_LONGEST_CHAIN):
        longer = []
        for path, upward in paths:
            walked = {own.node, path.node, *(step.start for step in path.steps)}
            for link in graph.linked(path.node):
                up = not link.forward
                if link.edge.kind is not EdgeKind.OWNERSHIP or link.other in walked or (up and not upward):
                    continue
                further = _before(path, link, Place.CHAIN)
                yield further
                if link.other not in graph.ours:
                    longer.append((further, up))
        paths = longer


def _before(path: Within, link: Link, place: Place) -> Within:
    step = Step(link.edge, not link.forward, place, link.other, path.node)
    return Within(link.other, (step, *path.steps), path.doubts + link.doubt)

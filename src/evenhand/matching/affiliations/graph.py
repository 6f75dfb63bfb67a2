"""The graph that is walked: parties and reviewers as nodes, one for everybody however often they are written down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evenhand.matching.affiliations.facts import Affiliations, Edge, EdgeKind, Party, PartyKind
from evenhand.matching.affiliations.index import NameIndex
from evenhand.matching.affiliations.kin import relation
from evenhand.matching.facts import Reviewer, Tie, TieKind
from evenhand.matching.likeness import Likeness

# How a tie of the register says that its party is the reviewer, or that it is one of those that are no affiliation.
IS_THIS_PERSON = "is this person"
_NO_TIES = {"staff privileges": EdgeKind.STAFF_PRIVILEGES, "programme fees": EdgeKind.PROGRAMME_FEES}
_BY_TIE = {
    TieKind.PROFESSIONAL: EdgeKind.PROFESSIONAL,
    TieKind.FINANCIAL: EdgeKind.FINANCIAL,
    TieKind.FAMILIAL: EdgeKind.FAMILIAL,
}


class Link(NamedTuple):
    """An edge as it is seen from one of its ends. `doubt`: the end is somebody whose name is only like it."""

    other: int
    edge: Edge
    forward: bool
    doubt: bool = False


class Graph:
    """Nodes are numbers. What is the same by identifier, or an organisation of the same name, is one node; what is only
    alike are twins, and a path that leads over twins is for a person to look at.
    """

    def __init__(self, affiliations: Affiliations, reviewers: Sequence[Reviewer]) -> None:
        affiliations.check(frozenset(reviewer.id for reviewer in reviewers))
        self.parties: list[Party] = []
        self.links: list[list[Link]] = []
        self.twins: dict[int, list[int]] = {}
        self.index = NameIndex()
        self.by_id: dict[str, int] = {}
        for party in affiliations.parties:
            self.by_id[party.id] = self._enter(party)
        self.reviewers = {reviewer.id: self._reviewer(reviewer) for reviewer in reviewers}
        self.ours = {node for node, party in enumerate(self.parties) if party.review_organisation}
        for edge in affiliations.edges:
            self._link(self.by_id[edge.source], self.by_id[edge.target], edge)
        self._enter_ties(reviewers, bool(affiliations.parties))

    def linked(self, node: int) -> list[Link]:
        """The edges of a node, and in doubt those of its twins."""
        links = self.links[node]
        for twin in self.twins.get(node, ()):
            links = [*links, *(link._replace(doubt=True) for link in self.links[twin] if link.other != node)]
        return links

    def _enter(self, party: Party) -> int:
        names = [name for name in (party.name, *party.former_names) if name]
        found = self.index.find(names, party.identifiers)
        sure = [node for node, how in found.items() if how is Likeness.SAME and self._is_one(node, party)]
        if sure:
            node = min(sure)
            known = self.parties[node]
            self.parties[node] = Party(
                id=known.id, kind=known.kind, name=known.name,
                academic_center=known.academic_center or party.academic_center,
                review_organisation=known.review_organisation or party.review_organisation,
            )  # fmt: skip
        else:
            node = self._node(party)
        self.index.add(node, names, party.identifiers)
        self._twin(node, found)
        return node

    def _is_one(self, node: int, party: Party) -> bool:
        """Two rows of one name are one organisation; two people may well share a name."""
        if party.kind is not PartyKind.PERSON:
            return True
        return self.index.identified(node, party.identifiers)

    def _reviewer(self, reviewer: Reviewer) -> int:
        own = [tie for tie in reviewer.ties if tie.nature == IS_THIS_PERSON]
        names = tuple(tie.party for tie in own)
        identifiers = tuple(tie.identifier for tie in own if tie.identifier)
        if reviewer.id in self.by_id:
            self.index.add(self.by_id[reviewer.id], names, identifiers)
        elif own:
            whole = Party(id=reviewer.id, kind=PartyKind.PERSON, former_names=names, identifiers=identifiers)
            self.by_id[reviewer.id] = self._enter(whole)
        else:
            self.by_id[reviewer.id] = self._node(Party(id=reviewer.id, kind=PartyKind.PERSON))
        return self.by_id[reviewer.id]

    def _node(self, party: Party) -> int:
        self.parties.append(party)
        self.links.append([])
        return len(self.parties) - 1

    def _twin(self, node: int, others: dict[int, Likeness]) -> None:
        for other in others:
            if other != node and other not in self.twins.get(node, ()):
                self.twins.setdefault(node, []).append(other)
                self.twins.setdefault(other, []).append(node)

    def _link(self, source: int, target: int, edge: Edge) -> None:
        if source != target:
            self.links[source].append(Link(target, edge, True))
            self.links[target].append(Link(source, edge, False))

    def _enter_ties(self, reviewers: Sequence[Reviewer], among_parties: bool) -> None:
        """The short form of an edge: from a reviewer to somebody by name."""
        nodes: dict[tuple[str, str | None], int] = {}
        new: dict[int, tuple[str, str | None]] = {}
        for reviewer in reviewers:
            own = self.reviewers[reviewer.id]
            for tie in reviewer.ties:
                if tie.nature == IS_THIS_PERSON:
                    continue
                called = (tie.party, tie.identifier)
                if called not in nodes:
                    nodes[called] = self._somebody(tie, new, among_parties)
                other, edge = nodes[called], _edge_of(tie, reviewer.id)
                self._link(*((other, own) if edge.kind is EdgeKind.KINSHIP else (own, other)), edge)
        for node, (name, identifier) in new.items():
            self.index.add(node, [name], [identifier] if identifier else [])

    def _somebody(self, tie: Tie, new: dict[int, tuple[str, str | None]], among_parties: bool) -> int:
        identifiers = [tie.identifier] if tie.identifier else []
        found = self.index.find([tie.party], identifiers) if among_parties else {}
        sure = [node for node, how in found.items() if how is Likeness.SAME]
        if len(sure) == 1:
            return sure[0]
        node = self._node(Party(id="", kind=PartyKind.ORGANISATION))
        new[node] = (tie.party, tie.identifier)
        self._twin(node, found)
        return node


def _edge_of(tie: Tie, reviewer: str) -> Edge:
    word = relation(tie.nature) if tie.kind is TieKind.FAMILIAL else None
    kind = EdgeKind.KINSHIP if word else _NO_TIES.get(tie.nature.lower(), _BY_TIE[tie.kind])
    source, target = ("", reviewer) if word else (reviewer, "")
    return Edge(
        source=source, target=target, kind=kind, relation=word or "", percent=tie.percent_of_income,
        valid_from=tie.valid_from, valid_to=tie.valid_to, learned_from="register",
    )  # fmt: skip

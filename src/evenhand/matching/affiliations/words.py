"""A path in words: no name, no identifier, nothing that somebody wrote freely."""

from __future__ import annotations

from evenhand.law.facts import PartyRole
from evenhand.matching.affiliations.facts import EdgeKind, PartyKind
from evenhand.matching.affiliations.graph import Graph
from evenhand.matching.affiliations.kinds import KINDS
from evenhand.matching.affiliations.paths import Place, Step, kinship
from evenhand.matching.affiliations.weighing import Path

_ROLES = {
    PartyRole.CLAIMS_ADMINISTRATOR: "claims administrator",
    PartyRole.UR_ORGANISATION: "utilization review organization",
    PartyRole.UR_REVIEWER: "utilization review reviewer",
    PartyRole.NETWORK: "medical provider network",
    PartyRole.MANUFACTURER: "maker",
    PartyRole.ALTERNATIVE_MANUFACTURER: "maker of the alternative",
    PartyRole.ALTERNATIVE_FACILITY: "facility of the alternative",
}
_KINDS = {
    PartyKind.PERSON: "a person",
    PartyKind.ORGANISATION: "an organization",
    PartyKind.FACILITY: "a facility",
    PartyKind.MAKER: "a maker",
}
_OPENINGS = {
    EdgeKind.OFFICER: "An officer or director of the review organization",
    EdgeKind.EMPLOYMENT: "An employee of the review organization",
    EdgeKind.OWNERSHIP: "An owner of the review organization",
}


def role_words(role: PartyRole | None) -> str:
    """A party as a sentence calls it. No role: an earlier reviewer of the dispute."""
    if role is None:
        return "the earlier reviewer of the dispute"
    if role is PartyRole.FAMILY:
        return "a member of the employee's family"
    return f"the {_ROLES.get(role, role.value.replace('_', ' '))}"


def sentence(graph: Graph, path: Path, *, of_reviewer: bool) -> str:
    """The path from the reviewer to the party, with days and shares, without a full stop."""
    party = role_words(path.role)
    if of_reviewer:
        start = "The reviewer"
    elif path.opening:
        start = f"{_OPENINGS[path.opening.edge.kind]}{_details(path.opening)}"
    else:
        start = "The review organization"
    steps = list(path.steps)
    if not steps:
        return f"{start} is {party}"
    while len(steps) > 1 and steps[0].place is Place.KIN:
        start += f"'s {_both(kinship(steps[0]) or 'relative')}{_details(steps[0])}"
        steps.pop(0)
    told = [start]
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        noun = party if last else _noun(graph, step)
        told.append(f"{_verb(step)} {noun}{_details(step)}")
        if not last:
            told.append("who" if graph.parties[step.end].kind is PartyKind.PERSON else "that")
    return " ".join(told)


def _verb(step: Step) -> str:
    if step.edge.kind is EdgeKind.KINSHIP:
        # To whoever is at the end, the start is the converse of what the end is to the start.
        back = kinship(step._replace(forward=not step.forward))
        return f"is the {_both(back)} of" if back else "is a relative of"
    if step.place is Place.NETWORK:
        return "is the network of"
    kind = KINDS[step.edge.kind]
    return kind.forward if step.forward else kind.backward


def _both(word: str) -> str:
    """A relation whose converse does not tell the sex."""
    return {
        "uncle": "uncle or aunt",
        "aunt": "uncle or aunt",
        "nephew": "nephew or niece",
        "niece": "nephew or niece",
    }.get(word, word)


def _noun(graph: Graph, step: Step) -> str:
    party = graph.parties[step.end]
    if party.academic_center:
        return "an academic medical center"
    return "a medical provider network" if step.edge.kind is EdgeKind.NETWORK and step.forward else _KINDS[party.kind]


def _details(step: Step) -> str:
    """Share and days, in brackets."""
    edge = step.edge
    told = []
    if edge.percent is not None and KINDS[edge.kind].weighed:
        told.append(f"{edge.percent:g}% {KINDS[edge.kind].share_of}".strip())
    days = [f"from {edge.valid_from}" if edge.valid_from else "", f"to {edge.valid_to}" if edge.valid_to else ""]
    told.append(" ".join(day for day in days if day))
    told = [part for part in told if part]
    return f" ({', '.join(told)})" if told else ""

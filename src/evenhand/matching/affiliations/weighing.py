"""Whether a path bars, and why: every step in force, listed and heavy enough, and what the law says of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.law.facts import PartyRole
from evenhand.matching.affiliations.facts import EdgeKind
from evenhand.matching.affiliations.graph import Graph
from evenhand.matching.affiliations.kin import listed, together
from evenhand.matching.affiliations.kinds import KINDS, MANAGEMENT, OF_PEOPLE
from evenhand.matching.affiliations.paths import Place, Step, kinship
from evenhand.matching.qualifications import Basis, Qualifications

OWN_RULE = "rule of the review organisation"
_RELATIVES = (Place.KIN, Place.FAMILY)


class Outcome(StrEnum):
    """What follows from a path. The first two keep the reviewer from the case."""

    BARS = "bars"
    TO_A_PERSON = "to_a_person"
    CONSIDERED = "considered"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What follows from a path, why in words (empty where nothing is to be added), and by which rule."""

    outcome: Outcome
    why: str
    basis: Basis
    percent: float | None = None
    threshold: float | None = None


@dataclass(frozen=True, kw_only=True)
class Path:
    """A whole way from a reviewer (or the review organisation) to a party. `doubts`: names on it that are only alike."""

    steps: tuple[Step, ...]
    role: PartyRole | None
    doubts: int = 0
    opening: Step | None = None


def weigh(graph: Graph, path: Path, on: date, rules: Qualifications) -> Verdict:
    """What follows from a path on a day."""
    screened = _screened(path.role, rules)
    if path.role is not None and path.role not in rules.screened_roles:
        return Verdict(outcome=Outcome.CONSIDERED, why="that party's ties are not screened", basis=screened)
    every = (path.opening, *path.steps) if path.opening else path.steps
    for step in every:
        if ended := _out_of_force(step, on):
            return Verdict(outcome=Outcome.CONSIDERED, why=ended, basis=screened)
    fault = _excepted(graph, path, rules) or _unlisted(path, rules) or _too_small(path, rules)
    if fault:
        return fault
    open_question = _people(path, rules) or _remote(path, rules)
    if open_question and open_question.outcome is Outcome.CONSIDERED:
        return open_question
    heavy = _measured(path, rules)
    if path.doubts:
        why = "the names are alike but not the same; credentialing must clear it up"
        return Verdict(outcome=Outcome.TO_A_PERSON, why=why, basis=screened)
    if open_question:
        return open_question
    return heavy or Verdict(outcome=Outcome.BARS, why="", basis=screened)


def _screened(role: PartyRole | None, rules: Qualifications) -> Basis:
    # An earlier reviewer of the dispute is screened by the same practice as the reviewer of utilization review.
    return rules.basis(f"screened_{(role or PartyRole.UR_REVIEWER).value}")


def _out_of_force(step: Step, on: date) -> str:
    edge = step.edge
    if edge.valid_from and edge.valid_from > on:
        return f"it has not begun on {on}"
    # What somebody did in a matter stays done.
    if edge.valid_to and edge.valid_to < on and edge.kind is not EdgeKind.EARLIER_INVOLVEMENT:
        return f"it had ended by {on}"
    return ""


def _excepted(graph: Graph, path: Path, rules: Qualifications) -> Verdict | None:
    """What the law says is no affiliation."""
    for number, step in enumerate(path.steps):
        kind = step.edge.kind
        if kind is EdgeKind.STAFF_PRIVILEGES:
            return _considered("staff privileges alone are no affiliation", rules.basis("tie_staff_privileges"))
        if kind is EdgeKind.PROGRAMME_FEES and (not graph.ours or graph.ours & {step.start, step.end}):
            return _considered("fees for reviews of this program are no affiliation", rules.basis("tie_programme_fees"))
        through = number and kind is EdgeKind.NETWORK and step.place is Place.SECOND_TIE
        if through and graph.parties[step.start].academic_center:
            why = "an academic medical center's part in a network is no affiliation"
            return _considered(why, rules.basis("tie_academic_centre_in_network"))
    return None


def _unlisted(path: Path, rules: Qualifications) -> Verdict | None:
    """Relatives whom the list does not name, and relations that nobody knows."""
    own = [step for step in path.steps if step.place is Place.KIN]
    words = [kinship(step) for step in path.steps if step.place in _RELATIVES]
    if not all(words):
        return Verdict(
            outcome=Outcome.TO_A_PERSON,
            why="the relation is in no list of relatives and in no list of those who are none; credentialing must clear it up",
            basis=rules.basis("familial"),
        )
    told = [word for word in words if word]
    if len(own) > 1:
        told = [together(told[0], told[1]) or "", *told[2:]]
    if rules.familial_relations is None or all(listed(word, rules.familial_relations) for word in told):
        return None
    return _considered("that relation is not on the list of relatives", rules.basis("familial"))


def _too_small(path: Path, rules: Qualifications) -> Verdict | None:
    threshold = rules.financial_threshold_percent
    if threshold is None:
        return None
    for percent, words in _shares(path):
        if percent is not None and percent <= threshold:
            why = f"{percent:g}%{words} is not more than {threshold:g}%"
            return Verdict(
                outcome=Outcome.CONSIDERED,
                why=why,
                basis=rules.basis("financial"),
                percent=percent,
                threshold=threshold,
            )
    return None


def _measured(path: Path, rules: Qualifications) -> Verdict | None:
    """The verdict on a path that has a share in it; the smallest share decides, and one that nobody stated is too much."""
    shares, threshold = _shares(path), rules.financial_threshold_percent
    if not shares or threshold is None:
        return None
    percent, words = min(shares, key=lambda share: 101 if share[0] is None else share[0])
    size = (
        f"{percent:g}%{words} is more than {threshold:g}%" if percent is not None else f"its share{words} is not stated"
    )
    return Verdict(outcome=Outcome.BARS, why=size, basis=rules.basis("financial"), percent=percent, threshold=threshold)


def _shares(path: Path) -> list[tuple[float | None, str]]:
    """The shares on a path, each with of what. What is held through others is the product of the shares; two who hold
    shares of one organisation are each looked at for themselves.
    """
    found: list[tuple[float | None, str]] = []
    held: list[list[Step]] = []
    before: Step | None = None
    for step in (path.opening, *path.steps) if path.opening else path.steps:
        kind = KINDS[step.edge.kind]
        if step.edge.kind is EdgeKind.OWNERSHIP:
            if before is None or before is path.opening or (before.forward and not step.forward):
                held.append([])
            held[-1].append(step)
            before = step
            continue
        before = None
        if kind.weighed:
            found.append((step.edge.percent, f" {kind.share_of}"))
    return [*((_product(steps), "") for steps in held), *found]


def _product(steps: list[Step]) -> float | None:
    if all(step.edge.percent is None for step in steps):
        return None
    share = 100.0
    for step in steps:
        share *= (100.0 if step.edge.percent is None else step.edge.percent) / 100
    return round(share, 4)


def _people(path: Path, rules: Qualifications) -> Verdict | None:
    """Of an employer only the management is screened with it; what an employee is may not be known."""
    if path.role is None or not path.steps or rules.screened_people.get(path.role) != "management":
        return None
    last = path.steps[-1]
    through = last.place is Place.PEOPLE or (last.place is Place.TIE and path.steps[0].place is Place.KIN)
    if not through or last.edge.kind is not EdgeKind.EMPLOYMENT or not last.forward:
        return None
    relation = last.edge.relation.strip().lower()
    if relation in MANAGEMENT:
        return None
    if relation:
        return _considered("of the employees only those of the management are screened", _screened(path.role, rules))
    return Verdict(
        outcome=Outcome.TO_A_PERSON,
        why="whether the employee is one of the management is not stated; credentialing must clear it up",
        basis=_screened(path.role, rules),
    )


def _remote(path: Path, rules: Qualifications) -> Verdict | None:
    """Ties of relatives and of one's organisation, of which the law does not speak."""
    basis = Basis(text="", citation=OWN_RULE, confidence="deduced")
    places = [step.place for step in path.steps]
    if Place.SECOND_TIE in places and not any(
        step.place is Place.SECOND_TIE and step.edge.kind is EdgeKind.NETWORK for step in path.steps
    ):
        why = "the law does not speak of the ties of one's organization; credentialing must clear it up"
        return Verdict(outcome=Outcome.TO_A_PERSON, why=why, basis=basis)
    if not places or places[0] is not Place.KIN:
        return None
    rest = [step for step in path.steps if step.place is not Place.KIN]
    if not rest or all(step.place is Place.FAMILY for step in rest):
        return None
    if len(rest) == 1 and rest[0].forward and rest[0].edge.kind in OF_PEOPLE and path.role in rules.screened_people:
        return None
    why = "the law does not speak of such a tie of a relative; credentialing must clear it up"
    return Verdict(outcome=Outcome.TO_A_PERSON, why=why, basis=basis)


def _considered(why: str, basis: Basis) -> Verdict:
    return Verdict(outcome=Outcome.CONSIDERED, why=why, basis=basis)

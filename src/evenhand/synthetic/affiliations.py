"""Planted conflicts: for every kind of path a reviewer, a case and the edges between them, with what must be found.

Each planted path has near misses: the same path with one edge ended, not begun or too small, a relative of no list, an
exception of the law. What must follow is stated here by the kind of path and owes nothing to the walk that finds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from evenhand.law.facts import PartyRole, UrType
from evenhand.matching.affiliations.facts import Affiliations, Edge, EdgeKind, Party, PartyKind
from evenhand.matching.affiliations.index import NameIndex
from evenhand.matching.facts import CaseToReview, Practice, Reviewer, ScreenedParty
from evenhand.synthetic.names import TRADES, names

K, R = EdgeKind, PartyRole
BARS, PERSON, CONSIDERED, NOTHING = "bars", "to_a_person", "considered", ""
EARLIER = "earlier_reviewer"
OURS = "O-0"

PEOPLE = (
    R.EMPLOYEE,
    R.REQUESTING_PHYSICIAN,
    R.PROVIDER,
    R.ATTORNEY,
    R.REPRESENTATIVE,
    R.UR_REVIEWER,
    R.FAMILY,
    EARLIER,
)
PAYERS = (R.INSURER, R.CLAIMS_ADMINISTRATOR, R.UR_ORGANISATION)
OTHERS = (R.FACILITY, R.ALTERNATIVE_FACILITY, R.MANUFACTURER, R.ALTERNATIVE_MANUFACTURER)
ORGANISATIONS = (R.EMPLOYER, *PAYERS, *OTHERS, R.NETWORK)
WEIGHED = (K.OWNERSHIP, K.CONTRACTOR, K.INCOME, K.LOAN, K.REFERRAL, K.FINANCIAL)
PLAIN = (K.EMPLOYMENT, K.OFFICER, K.PARTNERSHIP, K.SHAREHOLDING, K.EARLIER_INVOLVEMENT, K.PROFESSIONAL)
RELATIONS = (
    "husband", "daughter", "mother", "brother", "mother-in-law", "stepson", "co-parent", "son-in-law", "sister-in-law",
    "grandfather", "aunt", "uncle", "niece", "nephew", "cohabitant",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Hop:
    """One edge of a planted path, told from the reviewer's end. `to`: what stands at its end, if not the party."""

    kind: EdgeKind
    back: bool = False
    relation: str = ""
    percent: float | None = None
    to: PartyKind = PartyKind.ORGANISATION
    academic: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Planted:
    """One path and what must follow from it: `bars`, `to_a_person`, `considered`, or nothing at all."""

    kind: str
    role: PartyRole | str
    hops: tuple[Hop, ...]
    expected: str
    ours: bool = False
    """Whether the path starts at the review organisation, and so keeps every reviewer from the case."""


@dataclass(frozen=True, kw_only=True)
class World:
    """All planted paths in one graph: path number n ties reviewer n to case n."""

    planted: tuple[Planted, ...]
    reviewers: tuple[Reviewer, ...]
    cases: tuple[CaseToReview, ...]
    affiliations: Affiliations


def _tie(kind: EdgeKind, back: bool = False, **more: object) -> Hop:
    percent = 40.0 if kind in WEIGHED else None
    return replace(Hop(kind=kind, back=back, percent=percent), **more)  # type: ignore[arg-type]


def _kin(relation: str) -> Hop:
    return Hop(kind=K.KINSHIP, back=True, relation=relation, to=PartyKind.PERSON)


def kinds() -> Iterator[Planted]:
    """Every kind of path that keeps a reviewer from a case."""
    yield from _direct()
    yield from _relatives()
    yield from _owners()
    yield from _insiders()
    yield from _organisations()


def _direct() -> Iterator[Planted]:
    for role in (*PEOPLE, *ORGANISATIONS):
        for kind in (*WEIGHED, *PLAIN):
            for back in (False, True):
                if role in PEOPLE and back and kind in (K.OWNERSHIP, K.OFFICER, K.SHAREHOLDING):
                    continue
                way = "from the party" if back else "to the party"
                yield Planted(kind=f"{kind} {way}: {role}", role=role, hops=(_tie(kind, back),), expected=BARS)
    yield Planted(kind="network", role=R.NETWORK, hops=(_tie(K.NETWORK),), expected=BARS)
    for back in (False, True):
        for role in (R.EMPLOYEE, R.REQUESTING_PHYSICIAN, R.ATTORNEY):
            yield Planted(kind=f"patient {back}: {role}", role=role, hops=(_tie(K.PATIENT, back),), expected=BARS)
    for kind in WEIGHED:
        hop = replace(_tie(kind), percent=None)
        yield Planted(kind=f"{kind}, share not stated", role=R.MANUFACTURER, hops=(hop,), expected=BARS)


def _relatives() -> Iterator[Planted]:
    for role in PEOPLE:
        for relation in RELATIONS:
            yield Planted(kind=f"{relation}: {role}", role=role, hops=(_kin(relation),), expected=BARS)
            yield Planted(
                kind=f"{relation}, the other way: {role}", role=role, expected=BARS,
                hops=(replace(_kin(relation), back=False),),
            )  # fmt: skip
    pairs = (
        ("wife", "father"), ("wife", "son"), ("son", "wife"), ("sister", "husband"), ("father", "mother"),
        ("mother", "brother"), ("brother", "daughter"), ("wife", "sister"), ("daughter", "father"), ("mother", "son"),
    )  # fmt: skip
    for first, second in pairs:
        hops = (_kin(first), _kin(second))
        yield Planted(kind=f"{first}'s {second}", role=R.ATTORNEY, hops=hops, expected=BARS)
    for role in PAYERS:
        for kind in (K.OFFICER, K.EMPLOYMENT):
            for relation in ("wife", "brother", "niece"):
                yield Planted(
                    kind=f"{relation} as {kind}: {role}", role=role, hops=(_kin(relation), _tie(kind)), expected=BARS
                )
    manager = _tie(K.EMPLOYMENT, relation="manager")
    yield Planted(
        kind="wife as officer: employer", role=R.EMPLOYER, hops=(_kin("wife"), _tie(K.OFFICER)), expected=BARS
    )
    yield Planted(kind="wife as manager: employer", role=R.EMPLOYER, hops=(_kin("wife"), manager), expected=BARS)
    unsaid = (_kin("wife"), _tie(K.EMPLOYMENT))
    yield Planted(kind="wife as employee, unsaid as what", role=R.EMPLOYER, hops=unsaid, expected=PERSON)
    for role in (*OTHERS, R.NETWORK, R.REQUESTING_PHYSICIAN):
        for kind in (K.OWNERSHIP, K.INCOME, K.PARTNERSHIP, K.EMPLOYMENT):
            hops = (_kin("husband"), _tie(kind))
            yield Planted(kind=f"husband's {kind}: {role}", role=role, hops=hops, expected=PERSON)


def _owners() -> Iterator[Planted]:
    own, owned = _tie(K.OWNERSHIP, percent=60.0), _tie(K.OWNERSHIP, back=True, percent=60.0)
    chains = {
        "parent": (own,), "subsidiary": (owned,), "parent's parent": (own, own), "subsidiary's subsidiary": (owned, owned),
        "sister": (owned, own), "third parent": (own, own, own), "third subsidiary": (owned, owned, owned),
    }  # fmt: skip
    for role in ORGANISATIONS:
        for called, chain in chains.items():
            for kind in (K.EMPLOYMENT, K.INCOME, K.OFFICER):
                hops = (_tie(kind), *chain)
                yield Planted(kind=f"{kind} at a {called}: {role}", role=role, hops=hops, expected=BARS)
    for role in (R.MANUFACTURER, R.INSURER):
        held = (_tie(K.OWNERSHIP, percent=50.0), _tie(K.OWNERSHIP, percent=20.0))
        yield Planted(kind=f"a holding through another: {role}", role=role, hops=held, expected=BARS)


def _insiders() -> Iterator[Planted]:
    for role in (R.EMPLOYER, *PAYERS):
        for kind in (K.PARTNERSHIP, K.INCOME, K.PATIENT):
            hops = (_tie(kind, to=PartyKind.PERSON), _tie(K.OFFICER))
            yield Planted(kind=f"{kind} with an officer: {role}", role=role, hops=hops, expected=BARS)
        if role is not R.EMPLOYER:
            hops = (_tie(K.PARTNERSHIP, to=PartyKind.PERSON), _tie(K.EMPLOYMENT))
            yield Planted(kind=f"partner of an employee: {role}", role=role, hops=hops, expected=BARS)
    for role in (R.REQUESTING_PHYSICIAN, R.PROVIDER, R.ATTORNEY):
        for member in (K.EMPLOYMENT, K.OFFICER, K.PARTNERSHIP, K.SHAREHOLDING, K.OWNERSHIP):
            for kind in (K.EMPLOYMENT, K.OWNERSHIP, K.INCOME, K.PARTNERSHIP):
                hops = (_tie(kind), _tie(member, back=True))
                yield Planted(kind=f"{kind} in the group ({member}): {role}", role=role, hops=hops, expected=BARS)
    for role in (R.INSURER, R.CLAIMS_ADMINISTRATOR, R.EMPLOYER):
        hops = (_tie(K.NETWORK), _tie(K.NETWORK, back=True))
        yield Planted(kind=f"in the network of: {role}", role=role, hops=hops, expected=BARS)
    for kind in (K.PARTNERSHIP, K.PATIENT, K.EMPLOYMENT, K.INCOME):
        for relation in ("wife", "father", "sister"):
            hops = (_tie(kind, to=PartyKind.PERSON), Hop(kind=K.KINSHIP, relation=relation))
            yield Planted(kind=f"{kind} with the {relation}", role=R.EMPLOYEE, hops=hops, expected=BARS)


def _organisations() -> Iterator[Planted]:
    for belongs in (K.EMPLOYMENT, K.OFFICER, K.OWNERSHIP, K.PARTNERSHIP, K.SHAREHOLDING):
        for kind in (K.CONTRACTOR, K.INCOME, K.LOAN, K.REFERRAL):
            for role in (R.INSURER, R.MANUFACTURER, R.FACILITY):
                hops = (_tie(belongs), _tie(kind))
                yield Planted(kind=f"{kind} of one's {belongs}: {role}", role=role, hops=hops, expected=PERSON)
        hops = (_tie(belongs), _tie(K.NETWORK))
        yield Planted(kind=f"{belongs} in a network", role=R.NETWORK, hops=hops, expected=BARS)


def ours() -> Iterator[Planted]:
    """Paths of the review organisation itself, its officers, employees and owners. The first edge leads from them to it."""
    for role in (*ORGANISATIONS, R.REQUESTING_PHYSICIAN):
        for kind in (K.OWNERSHIP, K.INCOME, K.PARTNERSHIP):
            yield Planted(kind=f"our {kind}: {role}", role=role, hops=(_tie(kind),), expected=BARS, ours=True)
        for office in (K.OFFICER, K.EMPLOYMENT, K.OWNERSHIP):
            hops = (_tie(office, to=PartyKind.PERSON), _tie(K.INCOME))
            yield Planted(kind=f"our {office}'s income: {role}", role=role, hops=hops, expected=BARS, ours=True)
    for relation in ("wife", "brother"):
        hops = (_tie(K.OFFICER, to=PartyKind.PERSON), _kin(relation))
        yield Planted(kind=f"our officer's {relation}", role=R.EMPLOYEE, hops=hops, expected=BARS, ours=True)


def near_misses(whole: Planted, on: date) -> Iterator[Planted]:
    """The same path with one edge out of force or too light, at every place."""
    day = timedelta(days=1)
    for place, hop in enumerate(whole.hops):
        changed = {"begins tomorrow": replace(hop, valid_from=on + day)}
        if hop.kind is not K.EARLIER_INVOLVEMENT:
            changed["ended yesterday"] = replace(hop, valid_to=on - day)
        if hop.kind in WEIGHED:
            changed["small"] = replace(hop, percent=5.0)
        if hop.kind is K.KINSHIP and len([each for each in whole.hops if each.kind is K.KINSHIP]) == 1:
            changed["cousin"] = replace(hop, relation="cousin")
        for how, other in changed.items():
            hops = (*whole.hops[:place], other, *whole.hops[place + 1 :])
            yield replace(whole, kind=f"{whole.kind}; edge {place + 1} {how}", hops=hops, expected=CONSIDERED)
    for how, last in (
        ("today", replace(whole.hops[-1], valid_from=on)),
        ("to today", replace(whole.hops[-1], valid_to=on)),
    ):
        yield replace(whole, kind=f"{whole.kind}; {how}", hops=(*whole.hops[:-1], last))


def exceptions() -> Iterator[Planted]:
    """What the law says is no affiliation, and what is too remote to be looked at."""
    for role in OTHERS[:2]:
        yield Planted(
            kind=f"staff privileges: {role}", role=role, hops=(Hop(kind=K.STAFF_PRIVILEGES),), expected=CONSIDERED
        )
    academic = _tie(K.EMPLOYMENT, academic=True)
    network = (academic, _tie(K.NETWORK))
    yield Planted(kind="academic center in a network", role=R.NETWORK, hops=network, expected=CONSIDERED)
    payer = (academic, _tie(K.NETWORK), _tie(K.NETWORK, back=True))
    yield Planted(kind="academic center in a payer's network", role=R.INSURER, hops=payer, expected=CONSIDERED)
    clerk = (_kin("wife"), _tie(K.EMPLOYMENT, relation="machinist"))
    yield Planted(kind="wife a plain employee of the employer", role=R.EMPLOYER, hops=clerk, expected=CONSIDERED)
    held = (_tie(K.OWNERSHIP, percent=20.0), _tie(K.OWNERSHIP, percent=25.0))
    yield Planted(kind="five percent through another", role=R.MANUFACTURER, hops=held, expected=CONSIDERED)
    fund = (_tie(K.EMPLOYMENT), _tie(K.OWNERSHIP, back=True, percent=7.0), _tie(K.OWNERSHIP, percent=8.0))
    yield Planted(kind="one fund holds little of both", role=R.INSURER, hops=fund, expected=CONSIDERED)
    own = _tie(K.OWNERSHIP, percent=100.0)
    yield Planted(kind="four owners on", role=R.INSURER, hops=(_tie(K.INCOME), *[own] * 4), expected=NOTHING)
    together = (_tie(K.EMPLOYMENT), _tie(K.OWNERSHIP), _tie(K.OWNERSHIP, back=True))
    yield Planted(kind="another holder of the same company", role=R.INSURER, hops=together, expected=NOTHING)
    shared = (_tie(K.NETWORK), _tie(K.NETWORK, back=True))
    yield Planted(kind="a facility of the same network", role=R.FACILITY, hops=shared, expected=NOTHING)
    patient = (_tie(K.PATIENT, back=True, to=PartyKind.PERSON), _tie(K.EMPLOYMENT))
    yield Planted(kind="a patient works for the facility", role=R.FACILITY, hops=patient, expected=NOTHING)
    friend = (_tie(K.PARTNERSHIP, to=PartyKind.PERSON), _tie(K.INCOME))
    yield Planted(kind="a partner's income", role=R.MANUFACTURER, hops=friend, expected=NOTHING)
    far = (_kin("wife"), _kin("mother"), _kin("sister"))
    yield Planted(kind="the wife's mother's sister", role=R.ATTORNEY, hops=far, expected=NOTHING)


def world(planted: Sequence[Planted], on: date, *, seed: int = 1) -> World:
    """One graph, register and docket with all these paths in it. Names are unlike one another."""
    called = _unlike(4 * len(planted) + 50, seed)
    parties: list[Party] = [
        Party(id=OURS, kind=PartyKind.ORGANISATION, name="Evenly Weighed Review", review_organisation=True)
    ]
    edges: list[Edge] = []
    reviewers, cases = [], []
    for number, path in enumerate(planted):
        reviewers.append(_reviewer(f"R-{number:05}", on))
        party = _plant(path, number, parties, edges, called)
        earlier = path.role == EARLIER
        cases.append(
            CaseToReview(
                id=f"C-{number:05}", items=("MRI",), condition="Neck pain", priority=UrType.REGULAR, due=on,
                parties=() if earlier else (_screened(path.role, party, number),),
                earlier_reviewers=(party.id,) if earlier else (),
            )
        )  # fmt: skip
    return World(
        planted=tuple(planted), reviewers=tuple(reviewers), cases=tuple(cases),
        affiliations=Affiliations(parties=tuple(parties), edges=tuple(edges)),
    )  # fmt: skip


def _plant(path: Planted, number: int, parties: list[Party], edges: list[Edge], called: dict[str, list[str]]) -> Party:
    """Enters the parties and edges of one path; answers with the party of the case."""
    hops = list(path.hops)
    at = OURS if path.ours else f"R-{number:05}"
    if path.ours and len(hops) > 1:
        start = Party(id=f"P-{number:05}-start", kind=PartyKind.PERSON, name=called["people"].pop())
        parties.append(start)
        edges.append(_edge(hops.pop(0), start.id, OURS))
        at = start.id
    party = parties[0]
    for place, hop in enumerate(hops):
        last = place == len(hops) - 1
        person = path.role in PEOPLE if last else hop.to is PartyKind.PERSON
        kind = PartyKind.PERSON if person else hop.to if hop.to is not PartyKind.PERSON else PartyKind.ORGANISATION
        name, former = (called["people" if person else "organisations"].pop() for _ in range(2))
        party = Party(
            id=f"P-{number:05}-{place}", kind=kind, name=name, former_names=(former,) if last else (),
            identifiers=(f"FEIN 90-{number:07}",) if last else (), academic_center=hop.academic,
        )  # fmt: skip
        parties.append(party)
        edges.append(_edge(hop, at, party.id))
        at = party.id
    return party


def _edge(hop: Hop, start: str, end: str) -> Edge:
    source, target = (end, start) if hop.back else (start, end)
    return Edge(
        source=source, target=target, kind=hop.kind, relation=hop.relation, percent=hop.percent,
        valid_from=hop.valid_from or date(2001, 5, 6), valid_to=hop.valid_to, learned_from="attestation",
    )  # fmt: skip


def _screened(role: PartyRole | str, party: Party, number: int) -> ScreenedParty:
    """The party as the case's papers have it: by its name, by a former one, or by its number under another name."""
    names = (party.name.upper(), party.former_names[0], f"Entry {number} of Record")
    return ScreenedParty(
        role=PartyRole(role), name=names[number % 3], identifier=party.identifiers[0] if number % 3 == 2 else None
    )


def _reviewer(id: str, on: date) -> Reviewer:
    practice = Practice(since=date(2001, 1, 1), hours_a_week=40, attested_on=on)
    return Reviewer(id=id, licences=(), certifications=(), practice=practice, capacity=1)


def _unlike(count: int, seed: int) -> dict[str, list[str]]:
    """Names of people and of organisations, none like another."""
    index = NameIndex()
    found: dict[str, list[str]] = {"people": [], "organisations": []}
    for entry, name in enumerate(_syllables(count * 2, seed)):
        if not index.find([name]):
            index.add(entry, [name])
            group = "organisations" if any(trade in name for trade in TRADES) else "people"
            found[group].append(name)
    return found


def _syllables(count: int, seed: int) -> Iterator[str]:
    """Names with a word before them that only they have."""
    letters = "bdfgklmnprstvz"
    for number, name in enumerate(names(count, seed=seed)):
        own, rest = "", number + 7 * len(letters) ** 3
        while rest:
            rest, place = divmod(rest, len(letters))
            own += letters[place] + "aeiou"[(rest + place) % 5]
        words = name.replace(" & ", " ").split()
        yield f"{own.title()} {' '.join(words[1:])}" if len(words) > 2 else f"{own.title()} {words[-1]}"

"""The graph and its findings: one node for everybody, doubts for a person, words without names, numbers from the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from evenhand.law import load_pack
from evenhand.law.facts import PartyRole
from evenhand.law.qualifications import TieKind as LawTieKind
from evenhand.law.qualifications import material_tie
from evenhand.matching import Qualifications, assess, solve
from evenhand.matching.affiliations import (
    Affiliations,
    BadAffiliations,
    Edge,
    EdgeKind,
    Finding,
    Party,
    PartyKind,
    Screener,
)
from evenhand.matching.affiliations.kin import listed, relation
from evenhand.matching.conflicts import screen
from evenhand.matching.facts import CaseToReview, Reviewer, ScreenedParty, Tie, TieKind

ON = date(2015, 2, 17)
MakeReviewer = Callable[..., Reviewer]
MakeCase = Callable[..., CaseToReview]
CLINIC = Party(
    id="P-1", kind=PartyKind.ORGANISATION, name="Juniper Bend Spine Center", former_names=("Old Mill Spine Center",),
    identifiers=("NPI 1999900033",),
)  # fmt: skip
OWNER = Party(id="P-2", kind=PartyKind.ORGANISATION, name="Polar Loop Devices Inc.", identifiers=("FEIN 99-1999901",))
PERSON = Party(id="P-3", kind=PartyKind.PERSON, name="Corvin Quillstead")
EMPLOYED = Edge(source="R-1", target="P-1", kind=EdgeKind.EMPLOYMENT, valid_from=date(2010, 1, 1))
OWNED = Edge(source="P-2", target="P-1", kind=EdgeKind.OWNERSHIP, percent=60, valid_from=date(2008, 1, 1))


def found(
    case: CaseToReview, who: Reviewer, rules: Qualifications, parties: tuple[Party, ...], edges: tuple[Edge, ...]
) -> tuple[Finding, ...]:
    return screen(case, who, ON, rules, affiliations=Affiliations(parties=parties, edges=edges))


def test_a_path_is_told_in_words_with_threshold_and_rule(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications
) -> None:
    """The answer says the way, its days and shares, the threshold and the citation, and holds nobody's name."""
    (finding,) = found(case(), reviewer(), rules, (CLINIC, OWNER), (EMPLOYED, OWNED))
    assert finding.text == (
        "The reviewer is employed by an organization (from 2010-01-01) that is owned by the maker (60%, from "
        "2008-01-01). This bars the review on 2015-02-17: 60% is more than 5%."
    )
    assert (finding.party, finding.percent, finding.threshold_percent) == ("manufacturer", 60, 5)
    assert finding.basis.citation == "Lab. Code 139.5(d)(6)"
    assert [(step.kind, step.source, step.target) for step in finding.path] == [
        ("employment", "R-1", "P-1"),
        ("ownership", "P-2", "P-1"),
    ]


@pytest.mark.parametrize(
    ("party", "outcome"),
    [
        (ScreenedParty(role=PartyRole.FACILITY, name="JUNIPER BEND SPINE CENTRE, LLC"), "bars"),
        (ScreenedParty(role=PartyRole.FACILITY, name="Old Mill Spine Center"), "bars"),
        (ScreenedParty(role=PartyRole.FACILITY, name="Another Place", identifier="npi 1999900033"), "bars"),
        (ScreenedParty(role=PartyRole.FACILITY, name="Another", other_names=("Juniper Bend Spine",)), "to_a_person"),
        (ScreenedParty(role=PartyRole.FACILITY, name="Junlper Bend Spine Ctr"), "to_a_person"),
        (
            ScreenedParty(role=PartyRole.FACILITY, name="Juniper Bend Spine Center", identifier="NPI 1999900041"),
            "to_a_person",
        ),
        (ScreenedParty(role=PartyRole.FACILITY, name="Junlper Bend Spine Ctr", identifier="NPI 1999900041"), ""),
        (ScreenedParty(role=PartyRole.FACILITY, name="Cedar Bend Spine Center"), ""),
    ],
)
def test_names_are_resolved_and_what_is_only_likely_goes_to_a_person(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications, party: ScreenedParty, outcome: str
) -> None:
    """Spelling, former name and identifier decide; a likeness is for a person; another number of one register is another."""
    findings = found(case(parties=(party,)), reviewer(), rules, (CLINIC,), (EMPLOYED,))
    assert [finding.outcome.value for finding in findings] == ([outcome] if outcome else [])


def test_one_organisation_written_down_twice_is_one(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications
) -> None:
    """Two rows of one organisation are one node; two rows of like names join in doubt; two people of one name do too."""
    twice = replace(OWNER, id="P-9", name="POLAR LOOP DEVICES", identifiers=())
    alike = replace(twice, name="Polar Lop Devices")
    owned = replace(OWNED, source="P-9")
    for other, outcome in ((twice, "bars"), (alike, "to_a_person")):
        party = ScreenedParty(role=PartyRole.MANUFACTURER, name="?", identifier="FEIN 99-1999901")
        findings = found(case(parties=(party,)), reviewer(), rules, (CLINIC, OWNER, other), (EMPLOYED, owned))
        assert [finding.outcome.value for finding in findings] == [outcome]
    namesake = replace(PERSON, id="P-8", identifiers=("NPI 1999900058",))
    edges = (
        Edge(source="R-1", target="P-3", kind=EdgeKind.PARTNERSHIP),
        Edge(source="P-8", target="P-1", kind=EdgeKind.OFFICER),
    )
    party = ScreenedParty(role=PartyRole.INSURER, name=CLINIC.name)
    findings = found(case(parties=(party,)), reviewer(), rules, (CLINIC, PERSON, namesake), edges)
    assert [finding.outcome.value for finding in findings] == ["to_a_person"]


def test_the_register_s_ties_lead_into_the_graph(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """The short form of a tie starts a path like an edge, under whatever name the register has the party."""
    tie = Tie(kind=TieKind.PROFESSIONAL, party="Old Mill Spine Ctr.", nature="staff", valid_from=date(2010, 1, 1))
    (finding,) = found(case(), reviewer(ties=(tie,)), rules, (CLINIC, OWNER), (OWNED,))
    assert finding.outcome.value == "bars"
    assert "has a professional affiliation with an organization" in finding.text


@pytest.mark.parametrize(
    ("nature", "kind", "bars"),
    [
        ("staff privileges", TieKind.PROFESSIONAL, False),
        ("programme fees", TieKind.FINANCIAL, False),
        ("staff privileges and a salary", TieKind.PROFESSIONAL, True),
        ("cousin", TieKind.FAMILIAL, False),
        ("Brother-in-law", TieKind.FAMILIAL, True),
        ("aunt", TieKind.FAMILIAL, True),
        ("somebody's relative", TieKind.FAMILIAL, True),
        ("is this person", TieKind.PROFESSIONAL, True),
    ],
)
def test_natures_that_the_law_knows(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications, nature: str, kind: TieKind, bars: bool
) -> None:
    """Staff privileges and fees of the programme are no ties; relatives are those of the list; nobody judges their own."""
    tie = Tie(kind=kind, party="Signe Lindqvist", nature=nature, valid_from=date(2010, 1, 1))
    (finding,) = screen(case(), reviewer(ties=(tie,)), ON, rules)
    assert finding.bars is bars
    assert "Lindqvist" not in finding.text


def test_relations_are_read_from_both_ends(rules: Qualifications) -> None:
    """Every relation of the law's list is listed under every name for it and from either end; others are not."""
    relations = rules.familial_relations
    assert relations
    for word in relations:
        assert relation(word) == word
        assert listed(word, relations)
    for text in ("Husband", "daughter-in-law", "step mother", "grandson", "sister in law", "half-brother"):
        called = relation(text)
        assert called
        assert listed(called, relations), text
    for text in ("cousin", "ex-wife", "friend"):
        called = relation(text)
        assert called
        assert not listed(called, relations)
    assert relation("plant manager") is None


def test_materiality_is_that_of_the_law_s_table(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """For every kind of tie, every role and shares around the threshold a tie bars if the law's table calls it material."""
    pack = load_pack()
    for role in PartyRole:
        for kind in TieKind:
            for percent in (None, 0.0, 4.9, 5.0, 5.1, 100.0):
                tie = Tie(
                    kind=kind, party="Wexham Holdings", nature="x", valid_from=ON, percent_of_income=percent
                )  # fmt: skip
                party = ScreenedParty(role=role, name="Wexham Holdings")
                (finding,) = screen(case(parties=(party,)), reviewer(ties=(tie,)), ON, rules)
                told = material_tie(pack, ON, kind=LawTieKind(kind.value), party=role, percent=percent)
                assert finding.bars is (told.outcome == "material"), (role, kind, percent)


def test_without_a_threshold_every_share_counts(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """Numbers and lists come from the qualifications: without a threshold or a list every interest and relative bars."""
    loose = replace(rules, financial_threshold_percent=None, familial_relations=None)
    ties = (
        Tie(kind=TieKind.FINANCIAL, party="Polar Loop Devices", nature="x", valid_from=ON, percent_of_income=0.1),
        Tie(kind=TieKind.FAMILIAL, party="Signe Lindqvist", nature="cousin", valid_from=ON),
    )
    assert [finding.bars for finding in screen(case(), reviewer(ties=ties), ON, loose)] == [True, True]
    assert [finding.bars for finding in screen(case(), reviewer(ties=ties), ON, rules)] == [False, False]


def test_the_selection_knows_the_graph(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """Whoever has a path to a party is not selected; what the review organisation is tied to keeps everybody away."""
    known = Affiliations(parties=(CLINIC, OWNER), edges=(EMPLOYED, OWNED))
    both = [reviewer("R-1"), reviewer("R-2")]
    assert solve([case()], both, ON, rules, 7, affiliations=known).reviewer_of("C-1") == "R-2"
    ours = Party(id="O-1", kind=PartyKind.ORGANISATION, name="Even Review", review_organisation=True)
    tied = Affiliations(
        parties=(ours, OWNER), edges=(Edge(source="P-2", target="O-1", kind=EdgeKind.OWNERSHIP, percent=10),)
    )
    selection = solve([case()], both, ON, rules, 7, affiliations=tied)
    assert selection.reviewer_of("C-1") is None
    assert dict(selection.unassigned[0].barred_by) == {"organisation_conflict": 2}


def test_one_reviewer_is_assessed_as_a_register_is(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications
) -> None:
    """`assess` alone and `solve` over a register say the same of a pair."""
    tie = Tie(kind=TieKind.PROFESSIONAL, party="S. Lindqvist", nature="partner", valid_from=date(2010, 1, 1))
    who = reviewer(ties=(tie,))
    selection = solve([case()], [who, reviewer("R-2")], ON, rules)
    assert assess(case(), who, ON, rules) == selection.assessments["C-1", "R-1"]


def test_a_considered_tie_does_not_hide_a_barring_one(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications
) -> None:
    """An ended tie and one in force with the same party are both told, the one that bars first."""
    ended = replace(EMPLOYED, valid_to=date(2012, 1, 1))
    again = replace(EMPLOYED, kind=EdgeKind.CONTRACTOR, percent=12)
    party = ScreenedParty(role=PartyRole.FACILITY, name=CLINIC.name)
    findings = found(case(parties=(party,)), reviewer(), rules, (CLINIC,), (ended, again))
    assert [finding.outcome.value for finding in findings] == ["bars", "considered"]


def test_nobody_is_walked_through_the_review_organisation(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications
) -> None:
    """A reviewer's contract with the review organisation leads nowhere; what that is tied to is its own finding."""
    ours = Party(id="O-1", kind=PartyKind.ORGANISATION, name="Even Review", review_organisation=True)
    edges = (
        Edge(source="R-1", target="O-1", kind=EdgeKind.CONTRACTOR),
        Edge(source="P-2", target="O-1", kind=EdgeKind.OWNERSHIP, percent=30),
    )
    findings = found(case(), reviewer(), rules, (ours, OWNER), edges)
    assert {finding.reviewer for finding in findings} == {None}


def test_the_earlier_reviewer_s_ties_count_and_not_the_reviewer_s_with_themselves(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications
) -> None:
    """A partner of the earlier reviewer of the dispute has a conflict; being that reviewer is another ground."""
    again = case(earlier_reviewers=("R-2",))
    known = Affiliations(edges=(Edge(source="R-1", target="R-2", kind=EdgeKind.PARTNERSHIP),))
    told = Screener([reviewer("R-1"), reviewer("R-2")], ON, rules, known).findings(again)
    assert {id: [finding.party for finding in each] for id, each in told.items()} == {"R-1": ["earlier_reviewer"]}


def test_a_path_does_not_lead_over_the_reviewer_again(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications
) -> None:
    """Whoever owns the maker and works for another company of theirs has one tie to the maker, and it is the direct one."""
    edges = (
        EMPLOYED,
        Edge(source="R-1", target="P-1", kind=EdgeKind.OWNERSHIP, percent=60),
        Edge(source="R-1", target="P-2", kind=EdgeKind.OWNERSHIP, percent=60),
    )
    (finding,) = found(case(), reviewer(), rules, (CLINIC, OWNER), edges)
    assert [step.target for step in finding.path] == ["P-2"]


@pytest.mark.parametrize(
    ("parties", "edges", "words"),
    [
        ((CLINIC, CLINIC), (), "ids stand twice: P-1"),
        ((CLINIC,), (OWNED,), "neither a party nor a reviewer: P-2"),
        ((CLINIC,), (replace(EMPLOYED, source="P-1"),), "tied to themselves: P-1"),
        ((CLINIC,), (replace(EMPLOYED, percent=120),), "not from 0 to 100: R-1-P-1"),
        ((CLINIC,), (replace(EMPLOYED, percent=float("nan")),), "not from 0 to 100: R-1-P-1"),
        ((CLINIC,), (replace(EMPLOYED, valid_to=date(2009, 1, 1)),), "end before they begin: R-1-P-1"),
    ],
)
def test_what_is_no_graph_is_refused(
    reviewer: MakeReviewer, rules: Qualifications, parties: tuple[Party, ...], edges: tuple[Edge, ...], words: str
) -> None:
    """A graph with faults is refused with all of them, and never half used."""
    with pytest.raises(BadAffiliations, match=words):
        Screener([reviewer()], ON, rules, Affiliations(parties=parties, edges=edges))

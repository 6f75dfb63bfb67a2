"""How many reviewers decide, how several decide together, and which ties bar one."""

from datetime import date
from itertools import product

import pytest

from evenhand.law import Confidence, Refused, adopted_readings, load_pack
from evenhand.law.facts import PartyRole
from evenhand.law.panel import Vote, decide, may_sit
from evenhand.law.qualifications import TieKind, material_tie

PACK = load_pack()
READINGS = load_pack(adopting=adopted_readings("ca_dwc"))
DAY = date(2015, 3, 10)


@pytest.mark.parametrize(
    ("count", "too_complex", "approved", "allowed"),
    [
        (1, False, False, True),
        (2, True, True, True),
        (2, True, False, False),
        (2, False, True, False),
        (3, False, False, False),
    ],
)
def test_more_than_one_reviewer_needs_a_complex_case_and_written_approval(count, too_complex, approved, allowed):
    """One reviewer always may; more only with approval in writing, for what is too complex for one."""
    seats = may_sit(PACK, count, DAY, too_complex=too_complex, approved_in_writing=approved)
    assert (seats.allowed, seats.unknown, seats.confidence) == (allowed, None, Confidence.READ)
    assert seats.reason and "9792.10.6" in seats.citation


def test_how_many_decide_under_rules_that_nobody_read_is_a_question():
    """Since April 2026 the number by default is asked for; what is approved in writing is told with a caution, and adopted
    readings answer the rest."""
    law = {"too_complex": False, "approved_in_writing": False}
    asked = may_sit(PACK, 1, date(2026, 4, 1), **law)
    assert asked.allowed is None and asked.unknown and asked.unknown in asked.reason
    told = may_sit(PACK, 2, date(2026, 4, 1), too_complex=True, approved_in_writing=True)
    assert told.allowed and "2026-04-01" in told.caution
    adopted = may_sit(READINGS, 1, date(2026, 4, 1), **law)
    assert adopted.allowed and "adopted reading" in adopted.caution
    assert may_sit(READINGS, 2, date(2026, 4, 1), **law).allowed is False


def test_nobody_is_no_panel():
    """No reviewer and no vote are refused."""
    with pytest.raises(Refused):
        may_sit(PACK, 0, DAY, too_complex=True, approved_in_writing=True)
    with pytest.raises(Refused):
        decide(PACK, [], DAY)


@pytest.mark.parametrize("votes", [votes for n in (1, 2, 3, 4) for votes in product(Vote, repeat=n)])
def test_the_majority_prevails_and_an_even_split_favors_treatment(votes):
    """The treatment is found necessary unless more reviewers find otherwise than so; those who differ each deliver."""
    found = decide(PACK, votes, DAY)
    against = votes.count(Vote.NOT_NECESSARY)
    assert found.finding.outcome == ("not_necessary" if against > len(votes) - against else "necessary")
    assert found.delivered.outcome == ("each" if len(set(votes)) == 2 else "one")
    assert f"not necessary: {against}" in found.steps[0]
    assert found.finding.citation == "Lab. Code 4610.6(e)" and found.finding.caution


@pytest.mark.parametrize(
    ("kind", "party", "percent", "exception", "outcome"),
    [
        ("financial", PartyRole.INSURER, 5, None, "not_material"),
        ("financial", PartyRole.INSURER, 5.1, None, "material"),
        ("financial", PartyRole.INSURER, None, None, "material"),
        ("financial", PartyRole.INSURER, 60, "programme_fees", "not_material"),
        ("professional", PartyRole.INSURER, 0, "programme_fees", "material"),
        ("professional", PartyRole.FACILITY, None, "staff_privileges", "not_material"),
        ("professional", PartyRole.NETWORK, None, "academic_centre_in_network", "not_material"),
        ("professional", PartyRole.FACILITY, None, "academic_centre_in_network", "material"),
        ("familial", PartyRole.EMPLOYEE, 0, None, "material"),
    ],
)
def test_a_material_tie_bars(kind, party, percent, exception, outcome):
    """Above five percent, or professional, or familial, unless it is one of those that are none; an exception helps only a
    tie of its kind or with its party."""
    found = material_tie(PACK, DAY, kind=TieKind(kind), party=party, percent=percent, exception=exception)
    assert found.outcome == outcome
    assert found.caution and "139.5" in found.citation


def test_an_exception_that_the_law_does_not_have_is_refused():
    """A mistyped exception is no exception."""
    with pytest.raises(Refused, match="staff_privileges"):
        material_tie(PACK, DAY, kind=TieKind.PROFESSIONAL, party=PartyRole.FACILITY, exception="staff_privilege")

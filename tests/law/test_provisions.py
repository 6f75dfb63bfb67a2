"""Fees, records, reviewers and the letter: what the law asks for on a day."""

from datetime import date

import pytest

from evenhand.law import Refused, adopted_readings, load_pack
from evenhand.law.facts import PartyRole
from evenhand.law.fees import fee
from evenhand.law.letter import contents, recipients
from evenhand.law.qualifications import reviewer_requirements, screening
from evenhand.law.records import ALLOWED, copies, may_decide, owed, penalty, window

PACK = load_pack()
READINGS = load_pack(adopting=adopted_readings("ca_dwc"))


@pytest.mark.parametrize(
    ("submitted", "expedited", "pharmacy", "stage", "other", "amount"),
    [
        ("2013-05-01", False, False, "determined", False, 560),
        ("2013-05-01", False, True, "determined", False, 560),
        ("2013-05-01", False, False, "determined", True, 495),
        ("2013-05-01", True, False, "determined", False, 685),
        ("2013-05-01", True, False, "determined", True, 595),
        ("2013-05-01", False, False, "before_reviewer", False, 215),
        ("2014-03-31", False, False, "determined", False, 560),
        ("2014-04-01", False, False, "determined", False, 420),
        ("2014-04-01", True, False, "determined", False, 515),
        ("2014-04-01", False, True, "determined", False, 390),
        ("2014-12-31", False, False, "before_reviewer", False, 160),
        ("2014-12-31", True, False, "after_reviewer", False, 420),
        ("2020-01-01", True, True, "determined", False, 345),
        ("2020-01-01", False, False, "before_reviewer", False, 115),
        ("2026-03-31", False, False, "after_reviewer", False, 345),
    ],
)
def test_fee(submitted, expedited, pharmacy, stage, other, amount):
    """The fee by the day of the application, the kind of review and how far it had come."""
    found = fee(PACK, date.fromisoformat(submitted), expedited, pharmacy, stage, other)
    assert (found.amount, found.unknown) == (amount, None)


@pytest.mark.parametrize(
    ("submitted", "expedited", "pharmacy", "stage"),
    [
        ("2015-01-16", False, False, "determined"),
        ("2019-12-31", False, False, "before_reviewer"),
        ("2026-04-01", False, False, "determined"),
        ("2014-05-01", True, True, "determined"),
        ("2014-05-01", False, True, "after_reviewer"),
        ("2013-05-01", False, False, "after_reviewer"),
    ],
)
def test_an_unknown_fee_is_a_question_and_no_number(submitted, expedited, pharmacy, stage):
    """Where nobody could verify the fee there is no amount anywhere, and the question says what to ask."""
    found = fee(PACK, date.fromisoformat(submitted), expedited, pharmacy, stage)
    assert found.amount is None
    assert "$" not in found.explanation
    assert "?" in found.unknown and found.unknown in found.explanation


def test_what_is_not_read_about_fees_says_so():
    """The fee of 2020 for a review that ended at the reviewer is presumed, and marked; two reviewers are not
    assumed."""
    assert fee(PACK, date(2020, 5, 1), False, False, "after_reviewer").caution
    assert fee(PACK, date(2020, 5, 1), False, False, "determined").caution is None
    assert fee(PACK, date(2020, 5, 1), False, False, "determined", reviewers=2).amount is None
    assert fee(PACK, date(2013, 5, 1), False, False, "determined", reviewers=2).amount == 760
    with pytest.raises(Refused, match="2013-01-01"):
        fee(PACK, date(2012, 5, 1), False, False, "determined")


def test_records_owed():
    """(A) to (F) and the statute's wider duty, each cited; the guessed one is marked."""
    duties = {duty.code: duty for duty in owed(PACK, date(2015, 1, 29))}
    assert list(duties) == ["A", "B", "C", "D", "E", "F", "statute"]
    assert "not the decision itself" in duties["B"].text
    assert duties["A"].caution is None and duties["F"].caution
    assert window(PACK, date(2014, 12, 16)).due == date(2014, 6, 16)
    assert copies(PACK, date(2015, 1, 29))[0].code == "administrator_copies"


@pytest.mark.parametrize(
    ("administrator", "summary", "others", "allowed"),
    [
        (True, False, False, True),
        (False, True, True, True),
        (False, True, False, False),
        (False, False, True, False),
        (False, False, False, False),
    ],
)
def test_may_decide(administrator, summary, others, allowed):
    """Without the claims administrator's records it takes both the decision's summary and papers of the other side."""
    answer = may_decide(
        PACK, date(2015, 2, 20), from_administrator=administrator, ur_summary=summary, from_employee_or_physician=others
    )
    assert (answer.outcome == ALLOWED) is allowed
    assert answer.explanation and answer.citation


def test_penalty_says_how_and_refuses_nonsense():
    """The penalty tells its arithmetic, or asks where nobody knows; negative days and the time before the rule are
    refused."""
    assert "1,500" in penalty(PACK, 3, date(2015, 2, 13)).steps[0]
    asked, adopted = penalty(PACK, 3, date(2026, 5, 1)), penalty(READINGS, 3, date(2026, 5, 1))
    assert asked.amount is None and asked.unknown in asked.steps[0]
    assert (adopted.amount, adopted.unknown) == (1500, None) and "adopted reading" in adopted.caution
    with pytest.raises(Refused):
        penalty(PACK, -1, date(2015, 2, 13))
    with pytest.raises(Refused):
        penalty(PACK, 3, date(2013, 2, 13))


def test_reviewer():
    """What is law and what is practice are kept apart, and the ban on qualified medical evaluators begins in 2014."""
    found = {entry.code: entry for entry in reviewer_requirements(PACK, date(2014, 1, 1))}
    before = {entry.code for entry in reviewer_requirements(PACK, date(2013, 12, 31))}
    assert set(found) - before == {"not_qme"}
    practice = {code for code, entry in found.items() if entry.law_or_practice.value == "practice"}
    assert practice == {"same_specialty", "active_practice_years", "active_practice_hours_a_week"}
    assert found["board_certification"].value == ("MD", "DO")
    assert found["home_state_preferred"].value == PACK.programme.home_state == "CA"
    assert (found["active_practice_years"].value, found["active_practice_hours_a_week"].value) == (5, 24)


def test_screening_of_ties():
    """Makers and facilities of the alternative, the attorney and the wider family are screened; 5 % is the
    threshold."""
    found = screening(PACK, date(2015, 2, 1))
    assert found.roles() == frozenset(PartyRole)
    assert found.financial_percent.value == 5
    assert {"spouse", "cohabitant", "niece"} <= set(found.familial)
    assert found.familial_requirement.code == "network_rule" and found.familial_requirement.caution


def test_the_letter():
    """Nine contents, the guideline's citation only from mid-2015, and five recipients."""
    assert {entry.code for entry in contents(PACK, date(2015, 7, 20))} - {
        entry.code for entry in contents(PACK, date(2015, 7, 19))
    } == {"citation_of_guideline"}
    assert len(contents(PACK, date(2020, 1, 1))) == 9
    assert [entry.code for entry in recipients(PACK, date(2015, 3, 10))] == [
        "administrative_director",
        "claims_administrator",
        "employee",
        "attorney",
        "requesting_physician",
    ]
    with pytest.raises(Refused):
        contents(PACK, date(2012, 1, 1))

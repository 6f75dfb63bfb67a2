"""How cases are joined, hastened and ended in part."""

from dataclasses import replace
from datetime import date

import pytest
from tests.law.test_eligibility import changed

from evenhand.law import Outcome, Refused, load_pack
from evenhand.law.course import consolidation, conversion, ended, expedited, file_by
from evenhand.law.eligibility import screen
from evenhand.law.facts import UrType

PACK = load_pack()
DAY = date(2015, 1, 28)


def screened(changes):
    """A dispute and what screening finds for it."""
    dispute = changed(changes)
    return dispute, screen(PACK, dispute, DAY)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "may_join"),
        ({"application.disputed.ur_determination_date": date(2014, 12, 23)}, "may_join"),
        ({"application.requesting_physician.last_name": "Varga"}, "stay_apart"),
        ({"application.employee.date_of_injury": date(2010, 5, 1)}, "stay_apart"),
        ({"application.employee.date_of_birth": date(1980, 1, 1)}, "stay_apart"),
        ({"application.signature": None}, "stay_apart"),
    ],
)
def test_what_may_be_joined(changes, outcome):
    """One employee, one requesting physician, one date of injury, each eligible: else they are decided apart."""
    found = consolidation(PACK, [screened({}), screened(changes)], DAY)
    assert found.outcome == outcome
    assert "9792.10.4(a)" in found.citation


def test_two_unknown_dates_of_injury_are_not_one():
    """Applications that both lack the date of injury are not joined on it."""
    alike = {"application.employee.date_of_injury": None}
    assert consolidation(PACK, [screened(alike), screened(alike)], DAY).outcome == "stay_apart"


def test_one_application_is_joined_with_nothing():
    """Joining takes two."""
    with pytest.raises(Refused, match="two or more"):
        consolidation(PACK, [screened({})], DAY)


def test_conversion_takes_certification_and_documents():
    """Both, and before the determination is drafted."""
    assert conversion(PACK, DAY, certified=True, documented=True, drafted=False).outcome == "becomes_expedited"
    assert conversion(PACK, DAY, certified=True, documented=False, drafted=False).outcome == "stays_regular"
    assert conversion(PACK, DAY, certified=True, documented=True, drafted=True).outcome == "stays_regular"


def test_an_application_is_expedited_by_its_review_or_a_certification():
    """A regular application asks for nothing; an expedited one needs an expedited review or the certification."""
    regular = changed({})
    assert expedited(PACK, regular) is None
    asking = replace(regular, application=replace(regular.application, ur_type=UrType.EXPEDITED))
    assert expedited(PACK, asking).outcome == "regular"
    filing = replace(asking.application.filing, threat_certified_by_physician=True)
    assert (
        expedited(PACK, replace(asking, application=replace(asking.application, filing=filing))).outcome == "expedited"
    )
    reviewed = replace(asking, ur_decision=replace(asking.ur_decision, type=UrType.EXPEDITED))
    assert expedited(PACK, reviewed).outcome == "expedited"
    assert expedited(PACK, replace(asking, ur_decision=None)).outcome == "regular"


def test_partial_authorization_ends_only_those_items():
    """The rest is reviewed; when all have ended the review ends; strange items are refused."""
    assert ended(PACK, [1, 2], ended_items=[1], on=DAY).outcome == "rest_goes_on"
    assert ended(PACK, [1, 2], ended_items=[2, 1], on=DAY).outcome == "review_ends"
    with pytest.raises(Refused, match="ended are 3"):
        ended(PACK, [1, 2], ended_items=[3], on=DAY)
    with pytest.raises(Refused, match="none"):
        ended(PACK, [1, 2], ended_items=[], on=DAY)


def test_a_mixed_application_comes_by_the_earliest_of_its_clocks():
    """A drug beside another item, from 2018: fifteen days decide when the whole has to be there."""
    day = date(2019, 12, 23)
    mixed = changed(
        {
            "ur_decision.decided_on": day,
            "ur_decision.service.served_on": day,
            "application.disputed.ur_determination_date": day,
            "application.filing.received_on": date(2020, 1, 8),
        }
    )
    findings = screen(PACK, mixed, date(2020, 1, 8))
    assert [finding.status for finding in findings] == [Outcome.ELIGIBLE, Outcome.INELIGIBLE]
    assert file_by(findings).due == date(2020, 1, 7)
    assert file_by(screen(PACK, replace(mixed, ur_decision=None), date(2020, 1, 8))) is None

"""Screening, beyond what the situations of tests/law/ca_dwc/eligibility say."""

import copy
from datetime import date

import pytest
import yaml

from evenhand.law import Outcome, load_pack
from evenhand.law.eligibility import Dispute, screen
from evenhand.law.load import load_other
from evenhand.law.situations import folder_of, read_situations
from evenhand.law.situations.screening import Screening
from evenhand.reading import from_plain

FOLDER = folder_of("ca_dwc")
BASE = yaml.safe_load((FOLDER / "base.yaml").read_text(encoding="utf-8"))
TOLD = read_situations(FOLDER)
DAY = date(2015, 1, 28)


def changed(changes):
    """The base dispute with the changes, each a dotted path and its new value."""
    plain = copy.deepcopy(BASE)
    for path, value in changes.items():
        *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        place = plain
        for part in parents:
            place = place[part]
        place[last] = value
    return from_plain(Dispute, plain, name="situation")


def test_every_finding_explains_itself():
    """Every ground that any situation finds is explained and cited and says what helps; the finding names its item."""
    screenings = [told.situation for told in TOLD if isinstance(told.situation, Screening) and told.situation.expect]
    for situation in screenings:
        for finding in screen(load_pack(), situation.dispute, situation.screened_on):
            assert all(ground.explanation and ground.citation and ground.remedy for ground in finding.grounds)
            assert finding.explanation.startswith(finding.item)


def test_the_finding_carries_the_clock_it_used():
    """Each item has its own clock: here the drug's is the ten days of the formulary, from 2018."""
    day = date(2019, 12, 23)
    changes = {
        "ur_decision.decided_on": day,
        "ur_decision.service.served_on": day,
        "application.disputed.ur_determination_date": day,
        "application.filing.received_on": date(2020, 1, 7),
    }
    other, drug = screen(load_pack(), changed(changes), date(2020, 1, 7))
    assert (other.deadline.rule, drug.deadline.rule) == ("application", "application_formulary")
    assert drug.deadline.due == date(2020, 1, 7)
    assert drug.status is Outcome.ELIGIBLE


# Served by fax, received between the thirtieth day and the last of the longest reading: the law leaves it open.
OPEN_TIME = {"application.filing.received_on": date(2015, 1, 23), "ur_decision.service.means": "fax"}


@pytest.mark.parametrize(("holds", "status"), [(False, Outcome.ELIGIBLE), (True, Outcome.INELIGIBLE)])
def test_a_person_settles_what_the_law_leaves_open(holds, status):
    """An open ground goes to a person; what the person decided, with its reason, then holds for that item alone."""
    settled = {"item": 1, "ground": "LATE", "holds": holds, "reason": "Court days apply.", "decided_on": DAY}
    first, second = screen(load_pack(), changed({**OPEN_TIME, "settled": [settled]}), DAY)
    assert first.status is status
    assert "Court days apply." in first.explanation
    assert second.status is Outcome.INFORMATION_REQUESTED and second.grounds[0].open
    before = screen(load_pack(), changed({**OPEN_TIME, "settled": [settled | {"decided_on": date(2015, 1, 29)}]}), DAY)
    assert before[0].status is Outcome.INFORMATION_REQUESTED


def test_what_the_law_finds_nobody_settles_otherwise():
    """A ground that is not open holds, whatever anybody decided."""
    settled = {"item": 1, "ground": "LATE", "holds": False, "reason": "Mercy.", "decided_on": DAY}
    late = {"application.filing.received_on": DAY, "settled": [settled]}
    assert screen(load_pack(), changed(late), DAY)[0].status is Outcome.INELIGIBLE


def test_a_ground_that_begins_later_is_not_tried_before(tmp_path):
    """A ground that a file adds from 2016 does not hold against an application of 2015."""
    (tmp_path / "later.yaml").write_text(
        "topic: Later\ngrounds:\n  LATER:\n    title: Later\n    governed_by: application_received\n    versions:\n"
        "      - {valid_from: 2016-01-01, effect: ineligible, explanation: It began., remedy: None., citation: Later 1, "
        "confidence: deduced, cases: [{when: [{fact: filed_by, equals: employee}], found: The employee filed it.}]}\n",
        encoding="utf-8",
    )
    pack = load_other(tmp_path, programme="ca_dwc")
    assert [finding.status for finding in screen(pack, changed({}), DAY)] == [Outcome.ELIGIBLE, Outcome.ELIGIBLE]
    later = changed({"application.filing.received_on": date(2016, 1, 4)})
    assert "LATER" in {ground.code for ground in screen(pack, later, date(2016, 1, 4))[0].grounds}

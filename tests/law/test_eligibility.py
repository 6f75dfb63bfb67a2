"""Screening, by the situations of situations/screening.yaml, which a lawyer can read and extend."""

import copy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from evenhand.law import Effect, Refused, load_pack
from evenhand.law.eligibility import Dispute, screen
from evenhand.law.grounds import TESTS
from evenhand.reading import from_plain, read

HERE = Path(__file__).parent / "situations"
BASE = yaml.safe_load((HERE / "base.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One situation: what differs from the base case, the day of the screening, what each item is found to be."""

    title: str
    expect: tuple[str, ...]
    screened_on: date = date(2015, 1, 28)
    change: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Situations:
    """The file of situations."""

    situations: tuple[Situation, ...]


SITUATIONS = read(Situations, HERE / "screening.yaml").situations


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


@pytest.mark.parametrize("situation", SITUATIONS, ids=[s.title for s in SITUATIONS])
def test_situation(situation):
    """Each item has the status and exactly the grounds that the situation names, every ground explained and cited."""
    findings = screen(load_pack(), changed(situation.change), situation.screened_on)
    found = [" ".join([finding.status.value, *(g.code for g in finding.grounds)]) for finding in findings]
    assert tuple(found) == situation.expect
    for finding in findings:
        assert all(ground.explanation and ground.citation and ground.remedy for ground in finding.grounds)
        assert finding.explanation.startswith(finding.item)


def test_every_ground_has_a_situation_and_every_ground_of_the_pack_a_test():
    """No ground is untested, and none of the pack's grounds is without a test of fact."""
    named = {word for situation in SITUATIONS for line in situation.expect for word in line.split()[1:]}
    assert named == set(TESTS) == set(load_pack().grounds)
    assert len(TESTS) == 14


def test_what_is_ineligible_can_be_appealed():
    """A finding of ineligibility names the clock of the petition against it; a deferral names none."""
    late = screen(load_pack(), changed({"application.filing.received_on": date(2015, 1, 28)}), date(2015, 1, 28))
    assert [ground.appeal for ground in late[0].grounds] == ["ineligibility_petition"]
    dispute = {"raised_on": date(2014, 12, 23), "ground": "Not accepted."}
    deferred = screen(load_pack(), changed({"application.disputed.liability_dispute": dispute}), date(2015, 1, 28))
    assert [ground.appeal for ground in deferred[0].grounds] == [None]


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
    assert drug.status is Effect.ELIGIBLE


@pytest.mark.parametrize(
    ("received", "on"), [(date(2015, 1, 16), date(2015, 1, 15)), (date(2012, 12, 31), date(2013, 1, 5))]
)
def test_impossible_days_are_refused(received, on):
    """An application from the future, or from before the programme, is refused in words."""
    with pytest.raises(Refused, match=str(received)):
        screen(load_pack(), changed({"application.filing.received_on": received}), on)

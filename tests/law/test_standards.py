"""The evidence ladder by date, and the check of a reviewer's walk."""

from datetime import date

import pytest

from evenhand.law import Refused, load_pack
from evenhand.law.search import WalkStep, check_walk
from evenhand.law.standards import ladder

SIX = ["mtus", "peer_reviewed", "professional_standards", "expert_opinion", "generally_accepted", "may_help"]
SEARCH = ["mtus", "acoem_or_odg", "other_guidelines", "studies"]


@pytest.mark.parametrize(
    ("on", "codes", "strict"),
    [
        ("2013-01-01", SIX, True),
        ("2015-07-19", SIX, True),
        ("2015-07-20", SEARCH + SIX[1:], True),
        ("2017-12-31", SEARCH + SIX[1:], True),
        ("2018-01-01", SEARCH, False),
        ("2026-11-23", SEARCH, False),
    ],
)
def test_ladder_by_date(on, codes, strict):
    """Six ranked standards; from mid-2015 the schedule's search first; from 2018 the search alone."""
    found = ladder(load_pack(), date.fromisoformat(on))
    assert [step.code for step in found.steps] == codes
    assert found.strictly_ordered is strict
    assert all(step.citation and step.record and step.may_leave_when for step in found.steps)


def test_what_was_deduced_says_so():
    """How the statute of 2013 and the schedule of 2015 fit together is reasoned, and the ladder of those years says
    so."""
    between = ladder(load_pack(), date(2016, 5, 1))
    assert not between.confidence.verified and between.reasoning and between.caution
    assert ladder(load_pack(), date(2014, 5, 1)).caution is None


def test_before_the_programme_there_is_no_ladder():
    """A request of 2012 is refused."""
    with pytest.raises(Refused, match="2013-01-01"):
        ladder(load_pack(), date(2012, 12, 31))


def walk(*steps):
    """A walk, each step a (code, finding) or (code, finding, reason)."""
    return [WalkStep(step=s[0], finding=s[1], reason=s[2] if len(s) > 2 else "Because it says so.") for s in steps]


A, N, R = "addresses", "not_addressed", "rebutted"


@pytest.mark.parametrize(
    ("on", "taken", "words"),
    [
        ("2014-12-23", walk(("mtus", A)), []),
        ("2014-12-23", walk(("mtus", N), ("peer_reviewed", A)), []),
        ("2014-12-23", walk(("mtus", R), ("peer_reviewed", N), ("professional_standards", A)), []),
        ("2020-01-01", walk(("mtus", N), ("acoem_or_odg", R), ("other_guidelines", N), ("studies", A)), []),
        ("2014-12-23", [], ["begins with mtus"]),
        ("2014-12-23", walk(("peer_reviewed", A)), ["must begin with mtus"]),
        ("2014-12-23", walk(("mtus", N), ("expert_opinion", A)), ["skips: peer_reviewed, professional_standards"]),
        (
            "2014-12-23",
            walk(("mtus", N), ("peer_reviewed", R), ("professional_standards", A)),
            ["peer_reviewed: may not be left as rebutted"],
        ),
        ("2014-12-23", walk(("mtus", N, " "), ("peer_reviewed", A)), ["mtus: no reason"]),
        ("2014-12-23", walk(("mtus", A, "")), ["mtus: no reason"]),
        ("2014-12-23", walk(("mtus", A), ("peer_reviewed", A)), ["nothing may come after"]),
        ("2014-12-23", walk(("mtus", N)), ["ends here"]),
        ("2014-12-23", walk(("mtus", N), ("mtus", A)), ["goes back"]),
        ("2014-12-23", walk(("mtus", N), ("odg", A)), ["'odg' is no step"]),
        ("2014-12-23", walk(("mtus", "maybe"), ("peer_reviewed", A)), ["may not be left as maybe"]),
        ("2020-01-01", walk(("mtus", N), ("other_guidelines", A)), ["skips: acoem_or_odg."]),
        ("2020-01-01", walk(("mtus", N), ("studies", A)), ["skips: acoem_or_odg, other_guidelines"]),
    ],
)
def test_walk(on, taken, words):
    """A lawful walk has no fault; every other is told what is wrong, once for each fault."""
    faults = check_walk(ladder(load_pack(), date.fromisoformat(on)), taken)
    assert len(faults) == len(words)
    assert all(word in fault for word, fault in zip(words, faults, strict=True))

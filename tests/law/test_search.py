"""The search for the source that decides, as a machine: what may come next, what is missing, what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.law import Refused, load_pack
from evenhand.law.citing import missing_fields, required_fields, step_of_source
from evenhand.law.schema.standards import LadderVersion, Ranking, StepLaw
from evenhand.law.search import ADDRESSES, Search, WalkStep, begin, check_walk
from evenhand.law.standards import necessity_standards

PACK = load_pack()
STRICT, BETWEEN, TODAY = date(2014, 12, 23), date(2016, 5, 2), date(2020, 1, 6)


def step(code, finding="not_addressed", reason="Nothing on the device is in it."):
    """A step that a reviewer takes."""
    return WalkStep(step=code, finding=finding, reason=reason)


@pytest.mark.parametrize(
    ("on", "ranking", "words"),
    [
        ("2013-01-01", Ranking.STRICT, "inapplicable"),
        ("2017-12-31", Ranking.STRICT, "inapplicable"),
        ("2018-01-01", Ranking.BY_SCHEDULE, "As set forth in the MTUS"),
    ],
)
def test_six_standards_and_how_they_rank(on, ranking, words):
    """Six standards by letter; strictly ranked until the end of 2017, as the schedule says from 2018, then with the formulary."""
    found = necessity_standards(PACK, date.fromisoformat(on))
    assert list(found.standards) == list("ABCDEF")
    assert found.ranking is ranking and words in found.how
    assert ("formulary" in found.standards["A"]) == (ranking is Ranking.BY_SCHEDULE)
    assert found.caution is None and found.source


@pytest.mark.parametrize("on", [STRICT, BETWEEN, TODAY])
def test_every_step_belongs_to_a_standard(on):
    """A step names a standard of its day, and the steps keep the order of the standards."""
    letters = [entry.standard for entry in begin(PACK, on).ladder.steps]
    assert set(letters) <= set(necessity_standards(PACK, on).standards)
    assert letters == sorted(letters)


def test_at_the_beginning():
    """A search begins at the schedule; from there a finding decides, or leads to the second step; both are to be recorded."""
    search = begin(PACK, STRICT)
    assert search.at.code == "mtus" and search.decided_by is None
    ways = {move.finding: move.to.code if move.to else None for move in search.moves()}
    assert ways == {ADDRESSES: None, "not_addressed": "peer_reviewed", "rebutted": "peer_reviewed"}
    assert all(move.record == search.at.record and move.when for move in search.moves())
    finding, record = search.missing()
    assert "addresses, not_addressed, rebutted" in finding and "chapter and section" in record


@pytest.mark.parametrize(
    ("on", "path"),
    [
        (STRICT, "mtus peer_reviewed professional_standards expert_opinion generally_accepted may_help"),
        (
            BETWEEN,
            "mtus acoem_or_odg other_guidelines studies peer_reviewed professional_standards expert_opinion "
            "generally_accepted may_help",
        ),
        (TODAY, "mtus acoem_or_odg other_guidelines studies"),
    ],
)
def test_to_the_last_step(on, path):
    """A search that finds nothing comes through every step of its day in order; at the last it can only decide."""
    search = begin(PACK, on)
    *before, last = path.split()
    for code in before:
        assert search.at.code == code
        search = search.take(step(code))
    assert [(move.finding, move.to) for move in search.moves()] == [(ADDRESSES, None)]
    with pytest.raises(Refused, match="may not be left as not_addressed"):
        search.take(step(last))
    done = search.take(step(last, ADDRESSES))
    assert (done.at, done.moves(), done.missing(), done.decided_by.step) == (None, (), (), last)
    assert check_walk(done.ladder, done.taken) == ()
    assert len(search.taken) == len(before)  # the search before the step is what it was


@pytest.mark.parametrize(
    ("on", "taken", "wrong", "words"),
    [
        (TODAY, [], step("odg"), "no step of the ladder"),
        (TODAY, [], step("studies"), "must begin with mtus"),
        (TODAY, [], step("mtus", reason="  "), "To record: The chapter"),
        (TODAY, [], step("odg", reason=""), "no reason is given."),
        (TODAY, [], step("mtus", "perhaps"), "only as not_addressed or rebutted"),
        (TODAY, [step("mtus")], step("studies"), "skips: acoem_or_odg, other_guidelines"),
        (TODAY, [step("mtus")], step("mtus"), "goes back"),
        (TODAY, [step("mtus", ADDRESSES)], step("acoem_or_odg"), "nothing may come after"),
        (STRICT, [step("mtus")], step("peer_reviewed", "rebutted"), "only as not_addressed"),
    ],
)
def test_an_impossible_move_is_refused_in_words(on, taken, wrong, words):
    """A search refuses what its step does not allow, and says why."""
    search = begin(PACK, on)
    for each in taken:
        search = search.take(each)
    with pytest.raises(Refused, match=words):
        search.take(wrong)


def test_a_walk_with_many_faults_is_told_all_of_them():
    """Faults do not hide one another: an unknown step, a missing reason and an early end are told together."""
    faults = check_walk(begin(PACK, TODAY).ladder, [step("mtus"), step("odg", reason=""), step("studies")])
    assert len(faults) == 4
    assert [
        word in fault
        for word, fault in zip(["no step", "no reason", "may not be left", "ends here"], faults, strict=True)
    ]


def test_before_the_programme_there_is_no_search():
    """A request of 2012 is refused."""
    with pytest.raises(Refused, match="2013-01-01"):
        begin(PACK, date(2012, 12, 31))


def test_a_ladder_that_nobody_can_climb_is_a_fault_of_the_pack():
    """Doubled steps, a step that cannot be left in the middle and a last step that leads on are faults of the file."""

    def law(code, findings):
        return StepLaw(
            code=code, standard="A", title="T", may_leave_when="W", leave_findings=findings, record="R",
            citation="C", confidence=PACK.ladders["medical_necessity"].versions[0].confidence,
        )  # fmt: skip

    first = PACK.ladders["medical_necessity"].versions[0]
    version = LadderVersion(
        valid_from=first.valid_from,
        citation="C",
        confidence=first.confidence,
        steps=(law("a", ()), law("a", ("rebutted",))),
    )
    assert [words.split()[0] for words in version.faults()] == ["has", "step", "needs"]
    assert list(replace(version, steps=()).faults()) == ["needs either steps or the open question as `unknown`"]
    assert list(replace(version, steps=(), unknown="Which?").faults()) == []
    standards = PACK.law.standards["medical_necessity"].versions[0]
    assert list(replace(standards, unknown="Which?").faults()) == [
        "needs either standards or the open question as `unknown`"
    ]


class Cited:
    """A citation, as far as it is filled."""

    def __init__(self, kind, **fields):
        self.kind = kind
        vars(self).update(fields)


@pytest.mark.parametrize(
    ("cited", "missing"),
    [
        (Cited("mtus"), ("year", "chapter", "sections")),
        (Cited("mtus", year=2004, chapter="Shoulder Complaints", sections=("Special Studies",)), ()),
        (Cited("guideline", organisation="ODG", title="Neck"), ("year", "section")),
        (Cited("study", authors="Doe J", title="On cold", year=2016), ("journal", "locator")),
    ],
)
def test_fields_that_a_citation_lacks(cited, missing):
    """From 2015-07-20 a citation carries what its kind requires; before, nothing was required."""
    assert missing_fields(PACK, cited, date(2015, 7, 20)) == missing
    assert missing_fields(PACK, cited, date(2015, 7, 19)) == ()


def test_what_is_required_of_a_citation_is_cited_itself():
    """The requirement names its provision and that it was read only in part; an unknown kind is refused."""
    required = required_fields(PACK, "study", TODAY)
    assert "9792.21.1(d)(3)" in required.citation and required.caution
    with pytest.raises(Refused, match="mtus"):
        required_fields(PACK, "mtuss", TODAY)


def test_where_a_source_stands():
    """ACOEM outside the schedule was a professional standard, and is a step of the search since mid-2015; before 2013 nothing."""
    assert step_of_source(PACK, "acoem", date(2015, 7, 19)) == "professional_standards"
    assert step_of_source(PACK, "acoem", date(2015, 7, 20)) == "acoem_or_odg"
    assert step_of_source(PACK, "acoem", date(2012, 12, 31)) is None
    with pytest.raises(Refused, match="acoem"):
        step_of_source(PACK, "acom", TODAY)


@pytest.mark.parametrize("on", [STRICT, BETWEEN, TODAY])
def test_every_source_stands_on_a_step_of_its_day(on):
    """No source is put on a step that the ladder of its day does not have."""
    codes = {entry.code for entry in begin(PACK, on).ladder.steps}
    assert {step_of_source(PACK, source, on) for source in ("mtus", "acoem", "odg", "other", "study")} <= codes
    assert isinstance(begin(PACK, on), Search)

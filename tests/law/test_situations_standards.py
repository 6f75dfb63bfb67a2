"""The kinds of situation about standards: they say what they are about, and what differs."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.law import load_pack
from evenhand.law.drug_list import ListedDrug
from evenhand.law.evidence import Study
from evenhand.law.formulary import Drug, Prescribing
from evenhand.law.schema.formulary import DrugStatus
from evenhand.law.schema.standards import Ranking
from evenhand.law.situations.drugs import DrugOn
from evenhand.law.situations.necessity import ChapterOn, ScheduleOn, SearchOn, StandardsOn
from evenhand.law.situations.weighing import EvidenceRating, StudiesWeighed, StudyLevels, TrialQuality

PACK = load_pack()
OLD, NEW = date(2014, 12, 23), date(2020, 1, 6)
STUDIES = (Study(name="Trial", recommends="use", design="low_bias_trial"),)

# Each says something that is so.
TRUE = [
    StandardsOn(say="S", day=OLD, standards=tuple("ABCDEF"), ranking=Ranking.STRICT),
    SearchOn(say="S", day=OLD, walked=("mtus addresses",)),
    ChapterOn(
        say="S", chapter="opioids", day=NEW, edition="mtus-opioids-2017", dated="2017-04-20", publisher="ACOEM",
        regulation="8 CCR 9792.24.4", treatments=("opioids",), since=date(2017, 12, 1),
    ),
    ScheduleOn(say="S", day=OLD, body_part="other", treatment="other", chapters=("general_approaches",)),
    TrialQuality(say="S", day=OLD, scores=(1.0,) * 11, quality="high"),
    EvidenceRating(say="S", day=OLD, letters=("I",)),
    StudyLevels(say="S", day=NEW, question="prognosis", levels={"expert_opinion": "5", "historical_controls": "not known"}),
    StudiesWeighed(
        say="S", day=NEW, question="prognosis", studies=STUDIES, recommends="use", from_studies=("Trial",), compared=False
    ),
    DrugOn(
        say="S", day=NEW, drug=Drug(ingredient="x"), listed=ListedDrug(ingredient="x", status=DrugStatus.EXEMPT),
        facts=Prescribing(in_accord=True), status=DrugStatus.EXEMPT,
    ),
]  # fmt: skip
# What makes each of them untrue, in the same order.
UNTRUE = [
    {"ranking": Ranking.BY_SCHEDULE},
    {"walked": ()},
    {"day": OLD},
    {"chapters": ()},
    {"quality": "low"},
    {"letters": ("A",)},
    {"levels": {"expert_opinion": "4"}},
    {"compared": True},
    {"review": True},
]


@pytest.mark.parametrize(("situation", "change"), list(zip(TRUE, UNTRUE, strict=True)), ids=lambda x: type(x).__name__)
def test_what_is_so_holds_and_what_is_not_is_told(situation, change):
    """A situation that is so has no fault; one that is not says what was said and what is found."""
    assert situation.faults(PACK) == ()
    assert replace(situation, **change).faults(PACK)


@pytest.mark.parametrize("situation", TRUE, ids=lambda x: type(x).__name__)
def test_each_says_what_it_is_about(situation):
    """The provisions of a situation are entries of the pack, or a whole section of it."""
    known = {f"{entry.section}.{entry.name}" for entry in PACK.provisions()}
    sections = {entry.section for entry in PACK.provisions()}
    assert situation.provisions and set(situation.provisions) <= known | sections


def test_a_chapter_that_is_not_in_force_is_told():
    """The chapter on opioids of 2016 was not there in 2014."""
    assert replace(TRUE[2], day=OLD).faults(PACK) == ("opioids is not in force",)


def test_a_drug_of_no_status_is_about_all():
    """A situation that expects a refusal names no status and so is about them all."""
    refused = DrugOn(say="S", day=OLD, drug=Drug(ingredient="x"), facts=Prescribing(), refused="2018-01-01")
    assert refused.provisions == ("drug_statuses",) and refused.faults(PACK) == ()
    assert replace(TRUE[-1], fill="special_fill").provisions[0] == "fills.special_fill"


def test_a_situation_that_expects_nothing_is_refused():
    """Standards are said, or a refusal is; neither would test nothing."""
    with pytest.raises(ValueError, match="needs either"):
        StandardsOn(say="S", day=OLD)

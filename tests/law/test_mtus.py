"""The chapters of the treatment schedule in force on a day, for a part of the body and a treatment."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evenhand.citations import editions as known_editions
from evenhand.law import Refused, load_pack
from evenhand.law.mtus import OTHER, editions, in_force
from evenhand.law.requirements import requirements

PACK = load_pack()


def held(on, **asked):
    """The editions in force, the chapter's name where the edition is an open question."""
    return {chapter.edition or chapter.name for chapter in in_force(PACK, date.fromisoformat(on), **asked)}


GENERAL_2004, GENERAL_2017 = "mtus-general-approaches-2004", "mtus-initial-approaches-2017"


@pytest.mark.parametrize(
    ("on", "part", "edition"),
    [
        ("2014-12-16", "cervical_spine", "mtus-neck-2004"),
        ("2014-12-16", "thoracic_spine", "mtus-neck-2004"),
        ("2009-07-18", "shoulder", "mtus-shoulder-2004"),
        ("2017-11-30", "elbow", "mtus-elbow-2007"),
        ("2014-12-16", "hand", "mtus-forearm-wrist-hand-2004"),
        ("2014-12-16", "lumbar_spine", "mtus-low-back-2004"),
        ("2014-12-16", "knee", "mtus-knee-2004"),
        ("2014-12-16", "foot", "mtus-ankle-foot-2004"),
        ("2014-12-16", "mind", "mtus-stress-2004"),
        ("2014-12-16", "eye", "mtus-eye-2004"),
        ("2017-12-01", "cervical_spine", "mtus-neck-2016"),
        ("2017-12-01", "shoulder", "mtus-shoulder-2016"),
        ("2017-12-01", "elbow", "mtus-elbow-2013"),
        ("2017-12-01", "wrist", "mtus-hand-2016"),
        ("2017-12-01", "knee", "mtus-knee-2015"),
        ("2017-12-01", "ankle", "mtus-ankle-foot-2015"),
        ("2017-12-01", "eye", "mtus-eye-2017"),
        ("2017-12-01", "hip", "mtus-hip-groin-2011"),
        ("2017-12-01", "chest", "mtus-asthma-2016"),
        ("2021-11-22", "lumbar_spine", "mtus-low-back-2016"),
        ("2021-11-23", "lumbar_spine", "mtus-low-back-2020"),
    ],
)
def test_the_chapter_of_a_part_of_the_body(on, part, edition):
    """A part of the body has its chapter in the edition of the day, beside the chapter that speaks to all."""
    general = GENERAL_2004 if on < "2017-12-01" else GENERAL_2017
    assert {edition, general} <= held(on, body_part=part, treatment=OTHER)


@pytest.mark.parametrize(
    ("on", "treatment", "edition"),
    [
        ("2014-12-16", "acupuncture", "mtus-acupuncture-2007"),
        ("2016-07-27", "chronic_pain", "mtus-chronic-pain-2009"),
        ("2016-07-28", "chronic_pain", "mtus-chronic-pain-2016"),
        ("2017-12-01", "chronic_pain", "mtus-chronic-pain-2017"),
        ("2016-07-27", "opioids", None),
        ("2016-07-28", "opioids", "mtus-opioids-2016"),
        ("2017-12-01", "opioids", "mtus-opioids-2017"),
        ("2017-11-30", "postsurgical", "mtus-postsurgical-2009"),
        ("2017-12-01", "postsurgical", None),
        ("2017-12-01", "acupuncture", None),
    ],
)
def test_the_chapter_of_a_treatment(on, treatment, edition):
    """A treatment has its own chapter in the edition of the day, or none; no other treatment's chapter comes with it."""
    general = GENERAL_2004 if on < "2017-12-01" else GENERAL_2017
    assert held(on, body_part=OTHER, treatment=treatment) == {general, *([edition] if edition else [])}


def test_without_a_question_the_whole_schedule():
    """Asked for nothing in particular, the schedule of 2014 has fourteen chapters less the opioids' of 2016, that of December
    2017 fourteen."""
    assert len(held("2014-12-16")) == 13
    assert len(held("2017-12-01")) == 14


def test_the_day_on_which_the_schedule_changed():
    """No edition of 2017-11-30 is in force on 2017-12-01, and each says until when it held."""
    assert not held("2017-11-30") & held("2017-12-01")
    assert {chapter.valid_to for chapter in in_force(PACK, date(2017, 11, 30))} == {date(2017, 11, 30)}
    (low_back,) = [c for c in in_force(PACK, date(2021, 11, 22), body_part="lumbar_spine") if c.body_parts]
    assert (low_back.valid_to, low_back.edition_date, low_back.year) == (date(2021, 11, 22), "2016-02-24", 2016)
    assert low_back.caution is None and low_back.source == ("S36",) and low_back.regulation == "8 CCR 9792.23.5"


@pytest.mark.parametrize(
    ("part", "treatment", "name"),
    [
        ("mind", OTHER, "mental_health"),
        ("head", OTHER, "traumatic_brain_injury"),
        (OTHER, "covid_19", "covid_19"),
        (OTHER, "antiemetics", "antiemetics"),
    ],
)
def test_a_chapter_whose_day_nobody_knows_is_a_question(part, treatment, name):
    """Chapters that were added after the list of 2017-12-01 have no edition and ask for it; on that day they were not there."""
    (chapter,) = [
        c for c in in_force(PACK, date(2026, 11, 23), body_part=part, treatment=treatment) if not c.speaks_to_all
    ]
    assert (chapter.name, chapter.edition, chapter.edition_date, chapter.year) == (name, None, None, None)
    assert chapter.unknown.startswith("Since which day") and chapter.unknown in str(chapter) and chapter.caution
    assert name not in held("2017-12-01", body_part=part, treatment=treatment)
    assert any(doubt.name == name and doubt.words == chapter.unknown for doubt in PACK.unverified())


def test_a_chapter_says_its_name_and_days():
    """A chapter reads as title, publisher, date and days; one that still holds has no last day."""
    (neck,) = [c for c in in_force(PACK, date(2014, 12, 16), body_part="cervical_spine") if c.body_parts]
    assert str(neck) == "Neck and Upper Back Complaints (ACOEM, 2004), in force from 2009-07-18 to 2017-11-30"
    assert neck.publisher_chapters == (8,) and neck.caution
    (knee,) = [c for c in in_force(PACK, date(2026, 11, 23), body_part="knee") if c.body_parts]
    assert str(knee).endswith("in force from 2017-12-01")


@pytest.mark.parametrize(
    ("on", "asked", "words"),
    [
        ("2014-12-16", {"body_part": "cervical_spin"}, "cervical_spine"),
        ("2014-12-16", {"treatment": "acupunture"}, "acupuncture.*other treatment say 'other'"),
        ("2014-12-16", {"body_part": "zzz"}, "ankle, cervical_spine"),
        ("2007-06-14", {}, "holds from 2007-06-15"),
    ],
)
def test_what_no_chapter_knows_is_refused(on, asked, words):
    """An unknown word is refused with those there are, a day before the first chapter with that day."""
    with pytest.raises(Refused, match=words):
        held(on, **asked)


def test_one_edition_a_section_every_day():
    """From 2009 to 2035 no section of the regulation has two editions on one day, and every edition has its id once."""
    day = date(2009, 7, 18)
    while day.year < 2036:
        sections = [chapter.regulation for chapter in in_force(PACK, day) if chapter.regulation]
        assert len(sections) == len(set(sections))
        day += timedelta(days=1 if day.month in {7, 11, 12} else 27)
    ids = [chapter.edition for chapter in editions(PACK)]
    assert len(ids) == len(set(ids)) == 30


def test_citations_join_the_law_by_id():
    """What the registry of citations says of an edition of the schedule is what the law pack says: no date stands twice."""
    registry = {edition.id: edition for edition in known_editions() if edition.chapter}
    assert set(registry) == {chapter.edition for chapter in editions(PACK)}
    for chapter in editions(PACK):
        joined = registry[chapter.edition]
        assert (
            joined.valid_from,
            joined.valid_to,
            joined.title,
            joined.body_parts,
            joined.regulation,
            joined.year,
        ) == (
            chapter.valid_from,
            chapter.valid_to,
            chapter.title,
            chapter.body_parts,
            chapter.regulation,
            chapter.year,
        )


def test_principles_of_the_schedule():
    """The presumption, how it is rebutted, and from mid-2015 the two situations for going outside, each cited."""
    found = {entry.code: entry for entry in requirements(PACK, "mtus_principles", date(2016, 1, 4))}
    assert list(found) == ["presumption", "rebuttal", "silence_is_no_ground", "going_outside", "specific_needs"]
    assert found["going_outside"].value == ("not_addressed", "rebutted")
    assert "clearinghouse_closed" in {entry.code for entry in requirements(PACK, "mtus_principles", date(2020, 1, 1))}


def test_a_chapter_half_known_is_a_fault_of_the_pack():
    """An edition beside an open question, or an edition without its date, is a fault of the file."""
    version = PACK.law.chapters["neck"].versions[0]
    assert list(version.faults()) == []
    assert "keep one" in next(replace(version, unknown="Which?").faults())
    assert "needs edition" in next(replace(version, edition_date=None).faults())

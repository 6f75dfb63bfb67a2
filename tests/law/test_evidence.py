"""The strength of evidence: letters by scores until mid-2015, levels by design and question since."""

from dataclasses import replace
from datetime import date

import pytest

from evenhand.law import Confidence, Refused, load_pack
from evenhand.law.evidence import Study, rating, study_level, study_quality, weigh
from evenhand.law.schema.evidence import Cell, LevelLaw, Needed
from evenhand.law.versions import answered_on

PACK = load_pack()
OLD, NEW = date(2015, 7, 19), date(2015, 7, 20)


@pytest.mark.parametrize(
    ("total", "quality"),
    [
        (11, "high"),
        (8, "high"),
        (7.5, "intermediate"),
        (4, "intermediate"),
        (3.5, "low"),
        (0, "low"),
    ],
)
def test_quality_of_a_trial(total, quality):
    """Eleven scores of 0, 0.5 or 1: 8 to 11 is high, 4 to 7.5 intermediate, 3.5 or less low quality."""
    scores = [1.0] * int(total) + [0.5] * (total != int(total))
    found = study_quality(PACK, [*scores, *[0.0] * (11 - len(scores))], OLD)
    assert (found.total, found.quality) == (total, quality)
    assert f"{total:g}" in found.explanation and found.caution and not found.confidence.verified


def test_every_total_has_a_quality():
    """No total that eleven scores can have falls between the bands."""
    for halves in range(23):
        scores = [1.0] * (halves // 2) + [0.5] * (halves % 2)
        assert study_quality(PACK, [*scores, *[0.0] * (11 - len(scores))], OLD).quality in {
            "high",
            "intermediate",
            "low",
        }


@pytest.mark.parametrize("scores", [[1.0] * 10, [1.0] * 12, [0.25] + [1.0] * 10, []])
def test_scores_that_are_none(scores):
    """Too few scores, too many, and a quarter are refused with what is allowed."""
    with pytest.raises(Refused, match=r"11 scores, each one of 0, 0\.5, 1"):
        study_quality(PACK, scores, OLD)


H, M, L = "high", "intermediate", "low"


@pytest.mark.parametrize(
    ("qualities", "letter", "candidates"),
    [
        ([H, H], "A", "A"),
        ([H, H, M, L], "A", "A"),
        ([H], "B", "B"),
        ([H, M, M], "B", "B"),
        ([M, M, M], "B", "B"),
        ([M, M], None, "BC"),
        ([M], "C", "C"),
        ([M, L, L], "C", "C"),
        ([L, L, L], "I", "I"),
        ([], "I", "I"),
    ],
)
def test_letter_of_a_body_of_studies(qualities, letter, candidates):
    """Two of high quality make A, one or several of intermediate quality B, one of intermediate quality C, the rest I.
    Whether two are several nobody knows, so there is no letter and a question."""
    found = rating(PACK, qualities, OLD)
    assert (found.letter, "".join(found.candidates)) == (letter, candidates)
    assert (found.unknown is None) == (letter is not None) and found.meaning and found.caution


def test_irreconcilable_evidence_is_insufficient():
    """Studies of high quality that contradict each other make no strong evidence."""
    assert rating(PACK, [H, H], OLD, irreconcilable=True).letter == "I"


def test_a_quality_that_is_none():
    """An unknown quality is refused with those there are."""
    with pytest.raises(Refused, match="high, intermediate, low"):
        rating(PACK, ["good"], OLD)


LEVELS = {
    "treatment_benefits": {
        "1a": "review_of_low_bias_trials",
        "1b": "low_bias_trial",
        "1c": "biased_trial review_of_biased_trials",
        "2": "cohort_with_controls",
        "3": "case_control historical_controls",
        "4": "uncontrolled_study case_report",
        "5": "expert_opinion",
    },
    "diagnostic_test": {
        "1a": "review_of_prospective_studies review_of_low_bias_trials",
        "1b": "prospective_study_high_quality low_bias_trial",
        "1c": "biased_cross_sectional",
        "2": "case_control_broad",
        "3": "case_control_severe",
        "4": "uncontrolled_study case_report",
        "5": "expert_opinion",
    },
    "prognosis": {
        "1a": "review_of_inception_cohorts review_of_control_arms",
        "1b": "inception_cohort control_arm",
        "1c": "cohort_of_biased_trials",
        "2": "case_series case_control",
        "4": "uncontrolled_study case_report",
        "5": "expert_opinion",
    },
    "treatment_harms": {
        "1a": "review_of_low_bias_trials",
        "1b": "low_bias_trial",
        "1c": "prospective_study",
        "2": "biased_trial",
        "3": "cohort_or_follow_up",
        "4": "uncontrolled_study case_report",
        "5": "expert_opinion",
    },
}
CELLS = [
    (question, level, design)
    for question, rows in LEVELS.items()
    for level, designs in rows.items()
    for design in designs.split()
]


@pytest.mark.parametrize(("question", "level", "design"), CELLS, ids=["-".join(cell) for cell in CELLS])
def test_level_of_a_study(question, level, design):
    """The level hangs on the design and on the kind of question; what was read in part or deduced says so."""
    found = study_level(PACK, design, question, NEW)
    assert (found.level, found.unknown) == (level, None)
    assert f"Level {level}." in found.explanation
    deduced = (level, question) == ("3", "treatment_harms")
    marks = {True: Confidence.DEDUCED, False: Confidence.PARTLY_READ if level in {"4", "5"} else Confidence.READ}
    assert found.confidence is marks[deduced]


def test_the_table_holds_nothing_else():
    """The cells above are all the cells there are, and one of them was not read."""
    table = PACK.law.evidence["strength"].versions[-1].levels
    there = {(q, row.level, d) for row in table.levels for q, cell in row.cells.items() for d in cell.designs}
    assert there == set(CELLS)
    unread = [(row.level, q) for row in table.levels for q, cell in row.cells.items() if cell.unknown]
    assert unread == [("3", "prognosis")]
    assert {name for _, _, name in CELLS} == set(table.designs)


def test_a_level_that_was_not_read_is_a_question():
    """For prognosis level 3 was not read: a design that stands nowhere else may stand there, so it gets no level."""
    found = study_level(PACK, "historical_controls", "prognosis", NEW)
    assert found.level is None and found.unknown.startswith("Which studies stand on level 3")
    assert any(doubt.words == found.unknown for doubt in PACK.unverified())


@pytest.mark.parametrize(
    ("design", "question", "words"),
    [
        ("inception_cohort", "treatment_benefits", "has no level for inception_cohort; it rates: review_of_low_bias"),
        ("low_bias_trials", "treatment_benefits", "low_bias_trial"),
        ("low_bias_trial", "treatment_benefit", "treatment_benefits"),
    ],
)
def test_a_design_or_a_question_that_is_none(design, question, words):
    """A design that the table does not rate for the question, and unknown words, are refused with what there is."""
    with pytest.raises(Refused, match=words):
        study_level(PACK, design, question, NEW)


def test_each_method_has_its_time():
    """Levels are refused before 2015-07-20, scores and letters from then on, both before the programme."""
    with pytest.raises(Refused, match="rated by letter"):
        study_level(PACK, "low_bias_trial", "treatment_benefits", OLD)
    with pytest.raises(Refused, match="single studies stand on levels"):
        rating(PACK, [H], NEW)
    with pytest.raises(Refused, match="2013-01-01"):
        rating(PACK, [H], date(2012, 12, 31))


WHY = dict.fromkeys(("patients", "setting", "intervention", "outcomes"), "As in this employee's case.")
ASK = "treatment_benefits"


def study(name, recommends, design, **more):
    """A study with its reasoning written."""
    return Study(name=name, recommends=recommends, design=design, **{"reasoning": WHY, **more})


TRIAL, COHORT = study("Trial", "use", "low_bias_trial"), study("Cohort", "avoid", "cohort_with_controls")


def test_the_higher_level_wins():
    """Of competing recommendations the one on the higher level is supported, and how sure that is is said."""
    found = weigh(PACK, ASK, [TRIAL, COHORT], NEW)
    assert (found.recommendation, found.sources, found.compared) == ("use", ("Trial",), True)
    assert found.confidence is Confidence.PARTLY_READ and found.caution
    assert found.steps[0].endswith("at variance.") and found.steps[-1] == "The higher level wins. It is that of Trial."


def test_levels_are_compared_only_where_recommendations_compete():
    """Studies that recommend the same are not compared, and no reasoning is asked for."""
    found = weigh(PACK, ASK, [TRIAL, study("Series", "use", "case_report", reasoning={})], NEW)
    assert (found.recommendation, found.compared, found.levels, found.missing) == ("use", False, {}, ())
    assert found.steps[-1] == "Levels are not compared." and found.confidence is Confidence.READ


def test_a_study_that_does_not_apply_is_no_source():
    """However high its level, an inapplicable study may not be the source; then nothing competes any more."""
    found = weigh(PACK, ASK, [replace(TRIAL, applicable=False), COHORT], NEW)
    assert (found.recommendation, found.sources, found.inapplicable) == ("avoid", ("Cohort",), ("Trial",))
    assert not found.compared and any("may not be the source" in words for words in found.steps)


def test_the_reasoning_on_applicability_must_be_written():
    """Until every aspect of every study has its reasoning nothing is supported, and what is missing is asked."""
    found = weigh(PACK, ASK, [TRIAL, replace(COHORT, reasoning={**WHY, "setting": " "})], NEW)
    assert found.recommendation is None
    assert found.missing == ("Cohort: The study's setting is like the employee's, or not.",)
    alone = weigh(PACK, ASK, [replace(TRIAL, applicable=False, reasoning={})], NEW)
    assert len(alone.missing) == 4 and alone.recommendation is None and alone.sources == ()


def test_equal_levels_do_not_decide():
    """Two recommendations on one level leave the decision to the reviewer's reasons."""
    found = weigh(PACK, ASK, [TRIAL, replace(TRIAL, name="Other trial", recommends="avoid")], NEW)
    assert found.recommendation is None and found.sources == ("Trial", "Other trial")
    assert "does not decide" in found.steps[-1]


def test_an_open_question_counts_only_where_it_matters():
    """A study whose level was not read leaves a higher one its victory, and hides a lower one's."""
    open_one = study("Open", "avoid", "historical_controls")
    higher = weigh(PACK, "prognosis", [study("Cohort", "use", "inception_cohort"), open_one], NEW)
    assert (higher.recommendation, higher.unknown) == ("use", None)
    lower = weigh(PACK, "prognosis", [study("Report", "use", "case_report"), open_one], NEW)
    assert lower.recommendation is None and lower.unknown.startswith("Which studies")
    both = weigh(PACK, "prognosis", [replace(open_one, recommends="use", name="Second"), open_one], NEW)
    assert both.recommendation is None and both.unknown and both.sources == ()


def test_what_is_wrong_with_a_file_of_evidence():
    """Overlapping bands, qualities and designs that are not listed, both methods at once: each is a fault of the file."""
    old, new = PACK.law.evidence["strength"].versions
    assert [*old.faults(), *new.faults()] == []
    assert list(replace(old, rating=None).faults()) == ["needs a rating or levels, or the open question as `unknown`"]
    bands = (replace(old.rating.bands[0], least=7.0, most=12.0), *old.rating.bands[1:])
    letters = (replace(old.rating.letters[0], any_of=(Needed(quality="fair", at_least=1, doubtful_from=1),)),)
    told = list(replace(old, rating=replace(old.rating, bands=bands, letters=letters)).faults())
    for words in ("overlap", "do not reach", "no quality", "belong together", "last rating"):
        assert any(words in fault for fault in told)
    rows = (
        LevelLaw(level="1", cells={"luck": Cell(designs=("dice",))}),
        LevelLaw(level="2", cells={"prognosis": Cell(designs=("case_series",))}),
        LevelLaw(level="3", cells={"prognosis": Cell(designs=("case_series",), unknown="Which?")}),
    )
    told = list(replace(new, levels=replace(new.levels, levels=rows)).faults())
    assert len(told) == 4
    assert all(
        any(words in t for t in told) for words in ("`questions`", "`designs`", "higher level already", "needs either")
    )


def test_an_open_question_is_refused_with_the_question():
    """Where nobody knows how evidence is weighed there is no letter and no level, only the question."""
    law = PACK.law.evidence["strength"]
    asked = replace(law.versions[1], levels=None, unknown="Was the table changed?")
    assert list(asked.faults()) == []
    with pytest.raises(Refused, match=r"2020-01-01: Was the table changed\?"):
        answered_on((asked,), date(2020, 1, 1), law.title)

"""A citation is resolved to the edition it means, as of the day of the request."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.citations import Phase, Reference, editions, in_force, resolve, step_of
from evenhand.law import load_pack
from evenhand.law.standards import ladder
from evenhand.treatments.vocabulary import treatment_words

Cite = partial(Reference, kind="mtus")

NECK = Cite(chapter="Neck and Upper Back Complaints", year=2004, sections=("Special Studies",))

EDITIONS = [
    (NECK, date(2014, 12, 16), "mtus-neck-2004", True),
    (NECK, date(2017, 11, 30), "mtus-neck-2004", True),
    (NECK, date(2017, 12, 1), "mtus-neck-2004", False),
    (Cite(chapter="ACOEM Chapter 8 Neck and Upper Back Complaints"), date(2014, 12, 16), "mtus-neck-2004", True),
    (Cite(chapter="ACOEM Chapter 12"), date(2014, 12, 16), "mtus-low-back-2004", True),
    (Cite(chapter="Chronic Pain Medical Treatment", year=2009), date(2016, 7, 27), "mtus-chronic-pain-2009", True),
    (Cite(chapter="Chronic Pain Medical Treatment", year=2009), date(2016, 11, 1), "mtus-chronic-pain-2009", False),
    (Cite(chapter="Chronic Pain Medical Treatment Guidelines"), date(2016, 11, 1), "mtus-chronic-pain-2016", True),
    (
        Cite(chapter="Forearm, Wrist, and Hand Complaints", year=2004),
        date(2016, 1, 4),
        "mtus-forearm-wrist-hand-2004",
        True,
    ),
    (Cite(chapter="Elbow Complaints", year=2007), date(2016, 1, 4), "mtus-elbow-2007", True),
    (Cite(chapter="Low Back Disorders"), date(2021, 11, 22), "mtus-low-back-2016", True),
    (Cite(chapter="Low Back Disorders"), date(2021, 11, 23), "mtus-low-back-2020", True),
    (
        Reference(kind="guideline", organisation="Official Disability Guidelines (ODG)", title="Neck"),
        date(2014, 12, 16),
        "odg-neck",
        True,
    ),
    (Reference(kind="guideline", organisation="ODG", title="Low Back Chapter"), date(2016, 1, 4), "odg-low-back", True),
]


@pytest.mark.parametrize(("cite", "on", "edition", "held"), EDITIONS, ids=[f"{e[2]}-{e[1]}" for e in EDITIONS])
def test_the_edition_is_that_of_the_day(cite: Reference, on: date, edition: str, held: bool) -> None:
    """A chapter's title, year and ACOEM number lead to one edition; whether it was in force hangs on the day."""
    found = resolve(cite, on)
    assert found.edition is not None
    assert (found.edition.id, found.in_force) == (edition, held)
    assert any("held from" in problem for problem in found.problems) is not held


def test_a_passage_of_initial_care_speaks_to_the_acute_phase() -> None:
    """The page that the seed letter cites lies in Initial Care: acute complaints, not a failed fusion years later."""
    by_page = resolve(
        Cite(chapter="ACOEM Chapter 8 Neck and Upper Back Complaints", pages=("Page 174",)), date(2014, 12, 16)
    )
    by_title = resolve(
        Cite(chapter="Neck and Upper Back Complaints", year=2004, sections=("Initial Care",)), date(2014, 12, 16)
    )
    assert by_page.phase is by_title.phase is Phase.ACUTE


def test_a_section_that_is_not_known_is_not_given_a_phase() -> None:
    """Where one cited section is unknown or speaks to every phase the passages are not narrowed."""
    for sections in (("Special Studies",), ("Initial Care", "Something else")):
        assert (
            resolve(
                Cite(chapter="Neck and Upper Back Complaints", year=2004, sections=sections), date(2014, 12, 16)
            ).phases
            == ()
        )


def test_chronic_and_postsurgical_chapters_speak_to_their_phase() -> None:
    """The chronic pain and postsurgical chapters speak as wholes to one phase of care."""
    assert resolve(Cite(chapter="Chronic Pain Medical Treatment", year=2009), date(2014, 1, 2)).phase is Phase.CHRONIC
    assert resolve(Cite(chapter="Postsurgical Treatment", year=2009), date(2014, 1, 2)).phase is Phase.POSTSURGICAL


@pytest.mark.parametrize(("parts", "covers"), [(["cervical_spine"], True), (["knee"], False), ([], None)])
def test_the_part_of_the_body_is_compared(parts: list[str], covers: bool | None) -> None:
    """A chapter covers the part in dispute, or says in words which it covers; without a part nothing is compared."""
    found = resolve(NECK, date(2014, 12, 16), body_parts=parts)
    assert found.covers_body_part is covers
    assert any("not knee" in problem for problem in found.problems) is (covers is False)


def test_what_held_instead_is_named() -> None:
    """An outdated chapter is answered with the one that had taken its place."""
    (problem,) = [words for words in resolve(NECK, date(2019, 3, 1)).problems if "held from" in words]
    assert "Cervical and Thoracic Spine Disorders 2016" in problem


@pytest.mark.parametrize(
    ("cite", "words"),
    [
        (Cite(chapter="Neck and Uper Back Complaint"), "Neck and Upper Back Complaints meant"),
        (Cite(chapter="Neck and Upper Back Complaints", year=1999), "knows no edition"),
        (Cite(chapter="ACOEM Chapter 27"), "knows no chapter of the MTUS called 'ACOEM Chapter 27'"),
        (Reference(kind="guideline", organisation="ODG", title="Philately"), "knows no chapter of the ODG"),
    ],
)
def test_what_the_registry_does_not_know_is_said(cite: Reference, words: str) -> None:
    """An unknown chapter or year gives no edition and a sentence that says why."""
    found = resolve(cite, date(2014, 12, 16))
    assert found.edition is None
    assert any(words in problem for problem in found.problems)


@pytest.mark.parametrize(
    ("cite", "missing"),
    [
        (Cite(chapter="Low Back Disorders", year=2020), "sections"),
        (Reference(kind="guideline", organisation="ODG", title="Neck", section="x"), "year"),
        (Reference(kind="study", authors="A. Author", title="t", year=2020), "journal and locator"),
    ],
)
def test_missing_fields_are_named_from_the_day_the_rule_held(cite: Reference, missing: str) -> None:
    """A citation lacks what its kind requires, but only from the day on which that was required."""
    assert any(f"lacks its {missing}" in problem for problem in resolve(cite, date(2022, 1, 3)).problems)
    assert not any("lacks" in problem for problem in resolve(cite, date(2014, 1, 3)).problems)


def test_a_guideline_that_the_schedule_adopted_is_to_be_cited_as_the_schedule() -> None:
    """ACOEM's low back guideline of 2020 is the schedule itself from 2021-11-23."""
    cite = Reference(kind="guideline", organisation="ACOEM", title="Low Back Disorders", year=2020, section="x")
    assert any("cite it as MTUS" in words for words in resolve(cite, date(2025, 4, 28)).problems)


SOURCES = [
    NECK,
    Reference(kind="guideline", organisation="ODG"),
    Reference(kind="guideline", organisation="NICE"),
    Reference(kind="study"),
]


@pytest.mark.parametrize(
    "on",
    [date(2013, 1, 1), date(2015, 7, 19), date(2015, 7, 20), date(2017, 12, 31), date(2018, 1, 1), date(2026, 5, 1)],
)
@pytest.mark.parametrize("cite", SOURCES, ids=["mtus", "odg", "other", "study"])
def test_every_source_stands_on_a_step_of_the_ladder_of_that_day(cite: Reference, on: date) -> None:
    """The registry's steps are steps of the law pack's ladder on the same day."""
    assert step_of(cite, on) in {step.code for step in ladder(load_pack(), on).steps}


def test_before_the_programme_there_is_no_step() -> None:
    """No step is made up for a day before the ladder began."""
    assert step_of(NECK, date(2012, 12, 31)) is None


def test_parts_of_the_body_are_those_of_the_treatments() -> None:
    """The registry names parts of the body as `treatments` codes them (and `mind`, which no request names)."""
    known = {part.code for part in treatment_words("ca_dwc").body_parts} | {"mind"}
    assert {part for edition in editions() for part in edition.body_parts} <= known


def test_the_schedule_of_a_day_holds_one_edition_of_a_section() -> None:
    """No section of the regulation holds two editions on one day."""
    for on in (date(2014, 12, 16), date(2016, 11, 1), date(2017, 12, 1), date(2021, 11, 23), date(2025, 4, 28)):
        sections = [edition.regulation for edition in in_force(on)]
        assert len(sections) == len(set(sections))
        assert "cervical_spine" in {part for edition in in_force(on, "cervical_spine") for part in edition.body_parts}


@given(
    st.text(max_size=60), st.one_of(st.none(), st.integers(1900, 2100)), st.dates(date(2009, 1, 1), date(2030, 1, 1))
)
def test_no_citation_makes_the_registry_fail(chapter: str, year: int | None, on: date) -> None:
    """Whatever a letter cites, the answer is an edition or a problem in words."""
    found = resolve(Cite(chapter=chapter, year=year), on)
    assert found.edition is not None or found.problems

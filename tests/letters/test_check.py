"""The second reader: what it finds in a poor letter, and that it finds nothing in a good one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evenhand.letters.check import NeedsDate, Severity, check
from evenhand.letters.determination import (
    Citation,
    CitationKind,
    Decision,
    Determination,
    Guideline,
    Header,
    ItemDetermination,
    Outcome,
    ReviewerCredentials,
)
from evenhand.letters.findings import second_reader, verdicts
from evenhand.letters.read import read_letter


def chapter(title: str, year: int, *sections: str) -> Citation:
    """A citation of the schedule."""
    return Citation(kind=CitationKind.MTUS, chapter=title, year=year, sections=sections)


ITEM = ItemDetermination(
    number=1,
    item="MRI of the lumbar spine",
    decision=Decision.OVERTURNED,
    claims_administrator_guideline=Guideline(text="x", citations=(chapter("Low Back Complaints", 2004),)),
    imr_guideline=Guideline(text="x", citations=(chapter("Low Back Complaints", 2004, "Special Studies"),)),
    rationale="Signs of nerve root compression persist after six weeks of care. The request is medically necessary.",
)
GOOD = Determination(
    source="good",
    layout="own",
    header=Header(
        case_number="CM16-0999002",
        date_of_injury=date(2016, 3, 2),
        ur_denial_date=date(2016, 11, 29),
        application_received=date(2016, 12, 1),
        date_assigned=date(2016, 12, 7),
        decision_date=date(2017, 1, 5),
    ),
    reviewer=ReviewerCredentials(licensure=("Texas",), specialties=("Physical Medicine & Rehabilitation",)),
    clinical_case_summary="A 44 year old who hurt the lower back on 03/02/2016; pain and numbness in the left leg.",
    documents_reviewed=("Progress report, Dr. A, 2016-11-10",),
    outcome=Outcome.OVERTURN,
    items=(ITEM,),
)


def codes(letter: Determination) -> set[str]:
    """The codes of the findings."""
    return {finding.code for finding in check(letter)}


def test_a_good_letter_has_no_finding() -> None:
    """A letter with all that the law asks, a fitting source and a fitting reviewer raises no question."""
    assert check(GOOD) == ()


def item(**changes: object) -> Determination:
    """The good letter with another item."""
    return replace(GOOD, items=(replace(ITEM, **changes),))  # type: ignore[arg-type]


POOR = [
    (replace(GOOD, documents_reviewed=()), "documents_list_missing"),
    (replace(GOOD, reviewer=ReviewerCredentials(licensure=("Texas",))), "qualifications_missing"),
    (replace(GOOD, clinical_case_summary=" "), "condition_missing"),
    (replace(GOOD, reviewer=ReviewerCredentials(licensure=("Texas",), specialties=("Dermatology",))), "specialty_far"),
    (replace(GOOD, header=replace(GOOD.header, application_received=date(2017, 2, 1))), "dates_out_of_order"),
    (item(imr_guideline=Guideline(text="x", none_cited=True)), "guideline_missing"),
    (item(imr_guideline=Guideline(text="x", citations=(chapter("Low Back Complaints", 2004),))), "citation_incomplete"),
    (
        item(imr_guideline=Guideline(text="x", citations=(chapter("Knee Complaints", 2004, "Special Studies"),))),
        "citation_doubtful",
    ),
    (
        item(imr_guideline=Guideline(text="x", citations=(chapter("Low Back Complaints", 2004, "Initial Care"),))),
        "phase_not_covered",
    ),
    (
        item(
            imr_guideline=Guideline(
                text="x",
                citations=(
                    Citation(
                        kind=CitationKind.GUIDELINE, organisation="ODG", title="Low Back", section="MRI", year=2016
                    ),
                ),
            )
        ),
        "ladder_not_walked",
    ),
    (item(decision=Decision.UPHELD), "decision_contradicts_rationale"),
    (item(rationale="The request is not medically necessary."), "decision_contradicts_rationale"),
]


@pytest.mark.parametrize(("letter", "code"), POOR, ids=[f"{n}-{code}" for n, (_, code) in enumerate(POOR)])
def test_each_fault_is_found(letter: Determination, code: str) -> None:
    """One fault put into the good letter is found under its code, with words, a reason and what to do."""
    found = {finding.code: finding for finding in check(letter)}
    assert code in found
    assert found[code].what
    assert found[code].why
    assert found[code].what_to_do


def test_a_reason_for_leaving_the_first_step_is_enough() -> None:
    """Where the rationale says that the first source does not address the item, going on to the next is right."""
    odg = Citation(kind=CitationKind.GUIDELINE, organisation="ODG", title="Low Back", section="MRI", year=2016)
    said = "The MTUS does not address this. By the ODG the request is medically necessary."
    assert "ladder_not_walked" not in codes(item(imr_guideline=Guideline(text="x", citations=(odg,)), rationale=said))


def test_care_after_an_operation_is_not_acute() -> None:
    """An early-care passage does not carry a decision on care after an operation, however fresh the injury."""
    acute = Guideline(text="x", citations=(chapter("Low Back Complaints", 2004, "Initial Care"),))
    recent = replace(GOOD.header, date_of_injury=date(2016, 11, 10))
    fresh = replace(item(imr_guideline=acute), header=recent)
    assert "phase_not_covered" not in codes(fresh)
    operated = replace(item(imr_guideline=acute), clinical_case_summary="Status post lumbar fusion in 2015.")
    assert "phase_not_covered" in codes(operated)


@pytest.mark.parametrize("words", ["denies prior surgery", "no prior surgery", "non-surgical care"])
def test_an_operation_denied_is_none(words: str) -> None:
    """ "No prior surgery" does not put the worker after an operation."""
    acute = Guideline(text="x", citations=(chapter("Low Back Complaints", 2004, "Initial Care"),))
    letter = replace(
        item(imr_guideline=acute),
        header=replace(GOOD.header, date_of_injury=date(2016, 11, 10)),
        clinical_case_summary=f"Low back pain; {words}.",
    )
    assert "phase_not_covered" not in codes(letter)


@pytest.mark.parametrize(
    ("rationale", "said"),
    [
        ("It is medically necessary.", (True,)),
        ("It is not medically necessary.", (False,)),
        ("It is not-medically necessary.", (False,)),
        ("It isn't medically necessary.", (False,)),
        ("It does not appear medically necessary.", (False,)),
        ("There is no proof. It is medically necessary.", (True,)),
        (
            "This decision addresses the medical necessity of opioids as they have been prescribed. "
            "It is medically necessary.",
            (),
        ),
        ("An MRI without contrast, and of both sides, is medically necessary.", (True,)),
        ("Though not a first choice in early care of the knee an MRI is medically necessary.", ()),
        ("Words about something else.", ()),
    ],
)
def test_verdicts_in_a_rationale(rationale: str, said: tuple[bool, ...]) -> None:
    """Negations of all sorts are understood within their sentence; fixed notices are no verdict."""
    assert verdicts(rationale, second_reader()) == said


def test_a_letter_without_any_date_asks_for_one() -> None:
    """Without a date nobody can tell which law governs; the reader asks instead of taking today's."""
    bare = replace(GOOD, header=Header(), clinical_case_summary="Low back pain.")
    with pytest.raises(NeedsDate):
        check(bare)
    assert check(bare, on=date(2016, 11, 29)) is not None


def test_the_seed_letter_is_found_wanting(shared: Path) -> None:
    """The letter of 2015 lacks a documents list, applies an early-care page after a fusion, walks no ladder, and its
    reviewer's specialty is far from the treatment."""
    found = {finding.code: finding for finding in check(read_letter(shared / "letters" / "seed.txt"))}
    assert set(found) >= {"documents_list_missing", "phase_not_covered", "ladder_not_walked", "specialty_far"}
    assert "postsurgical" in found["phase_not_covered"].what
    assert "Emergency Medicine" in found["specialty_far"].what
    assert found["documents_list_missing"].severity is Severity.ERROR


def test_no_real_letter_is_said_to_contradict_itself(shared: Path) -> None:
    """On the real letters, in which no contradiction and no disorder of dates is known, none is claimed."""
    said = {
        finding.code for path in sorted((shared / "letters").glob("*.pdf"))[::3] for finding in check(read_letter(path))
    }
    assert not said & {"decision_contradicts_rationale", "dates_out_of_order"}

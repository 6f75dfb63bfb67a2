"""Reading published letters: every hazard that was seen in real ones, in sentences of our own."""

# A letter's sentence stands on one line.

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.letters.determination import Decision, Outcome
from evenhand.letters.extract import Line, unwrap
from evenhand.letters.read import NotALetter, as_json, read_letter

Build = Callable[..., str]


def test_the_header_keeps_each_value_with_its_label(letter_text: Build, item_text: Build) -> None:
    """The header block is read, though the last label stands on two lines with its value beside the first."""
    letter = read_letter(letter_text(item_text("MRI of the lumbar spine: Upheld")), source="one")
    head = letter.header
    assert (letter.source, letter.layout, letter.problems) == ("one", "A", ())
    assert (head.case_number, head.priority) == ("CM16-0999001", "Standard")
    assert (head.date_of_injury, head.ur_denial_date) == (date(2016, 3, 2), date(2016, 11, 29))
    assert head.application_received == date(2016, 12, 1)
    assert (head.date_assigned, head.decision_date) == (date(2016, 12, 7), date(2017, 1, 5))


def test_a_header_in_columns_is_put_together(letter_text: Build, item_text: Build) -> None:
    """All labels first and all values after them, as some extractors give the table, make the same header."""
    labels = "Case Number:\nDate Assigned:\nDate of Injury:\nDecision Date:\nUR Denial Date:\nPriority:\nApplication\nReceived:\n"
    values = "CM16-0999001\n12/07/2016\n03/02/2016\n01/05/2017\n11/29/2016\nStandard\n12/01/2016\n"
    item = item_text("MRI: Upheld")
    assert read_letter(letter_text(item, head=labels + values)).header == read_letter(letter_text(item)).header


def test_what_the_header_lacks_is_null_and_named(letter_text: Build, item_text: Build) -> None:
    """A fact that the header lacks, or that is no date, is absent and named in the problems, never guessed."""
    head = "Case Number: CM16-0999001\nDate Assigned: 12/07/2016\nDecision Date: 13/45/2017\nPriority: Standard\n"
    letter = read_letter(letter_text(item_text("MRI: Upheld"), head=head))
    assert letter.header.decision_date is None
    assert letter.header.date_of_injury is None
    assert any("Decision Date" in problem and "13/45/2017" in problem for problem in letter.problems)


def test_the_reviewer_is_read_over_a_line_end(letter_text: Build, item_text: Build) -> None:
    """Specialties that wrap and states parted by bare commas come apart rightly."""
    reviewer = read_letter(letter_text(item_text("MRI: Upheld"))).reviewer
    assert reviewer.licensure == ("Arizona", "California", "New York")
    assert reviewer.specialties == ("Preventive Medicine", "Public Health & General Preventive Medicine")


def test_a_hyphen_at_a_line_end_is_kept(letter_text: Build, item_text: Build) -> None:
    """ "1-" and "2 times" stay "1-2 times": de-hyphenation would change what was asked for."""
    summary = read_letter(letter_text(item_text("MRI: Upheld"))).clinical_case_summary
    assert "1-2 times per week from 10-28-2016 on" in summary
    assert "pre- and post-treatment scale, at 38° and on an Electro-diagnostic table." in summary
    assert summary.startswith("The injured worker is a 44 year old")


HEADINGS = [
    ("Oxycodone HCL ER 20mg #60 day supply: 30: Overturned", "Oxycodone HCL ER 20mg #60 day supply: 30", "Overturned"),
    ("Associated surgical service: Pre-op labs: CBC: Upheld", "Associated surgical service: Pre-op labs: CBC", "Upheld"),
    ("Retrospective toxicology screen, DOS: 11/11/2016:: Upheld", "Retrospective toxicology screen, DOS: 11/11/2016", "Upheld"),
    ("Tramadol 50 mg #60:  Upheld", "Tramadol 50 mg #60", "Upheld"),
    ("Pain cream 20%, 5%, 2%, 2%,\n0.025% in cream base: Upheld", "Pain cream 20%, 5%, 2%, 2%, 0.025% in cream base", "Upheld"),
    ("MRI of the right hip and foot:\nUpheld", "MRI of the right hip and foot", "Upheld"),
    ("MRI of the right hip and foot:\n\nUpheld", "MRI of the right hip and foot", "Upheld"),
    ("Trezix 320.5/30/16 mg, 30.5 mg: Upheld", "Trezix 320.5/30/16 mg, 30.5 mg", "Upheld"),
    ("Upheld urine screen (unknown quantity): Overturned", "Upheld urine screen (unknown quantity)", "Overturned"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "item", "decision"), HEADINGS)
def test_headings_lose_only_the_decision_word(
    heading: str, item: str, decision: str, letter_text: Build, item_text: Build
) -> None:
    """Colons, percentages, wrapped lines and a word alone on its line leave the item as it stands."""
    letter = read_letter(letter_text(item_text("First: Upheld"), item_text(heading), item_text("Last: Overturned")))
    assert [entry.item for entry in letter.items] == ["First", item, "Last"]
    assert letter.items[1].decision == decision


def test_a_heading_of_many_lines_is_kept_whole(letter_text: Build, item_text: Build) -> None:
    """A heading of several hundred characters is one item, and its partly authorized request comes apart."""
    original = "Physical therapy for the lower back, " + "with gait training and a home programme, " * 9 + "24 visits"
    heading = (
        f"{original} was the original request.\nPhysical therapy, 6 visits was authorized by the Claims\nAdministrator. "
        "The remaining IMR eligible portion of the original request, 18 visits is: Upheld"
    )
    item = read_letter(letter_text(item_text(heading))).items[0]
    assert (item.original_request, item.authorized) == (original, "Physical therapy, 6 visits")
    assert item.eligible_portion == "18 visits"
    assert len(item.item) > 500


@pytest.mark.parametrize("ending", [" is: Upheld", ": Upheld"])
def test_the_second_wording_of_a_partly_authorized_request(ending: str, letter_text: Build, item_text: Build) -> None:
    """The other formula for a modified request is read too, with or without its closing "is"."""
    heading = (
        "Gym pass, 12 months was the original request. The Claims Administrator authorized a gym pass of 1 month, leaving "
        f"the original request IMR eligible. The original request, Gym pass, 12 months{ending}"
    )
    item = read_letter(letter_text(item_text(heading))).items[0]
    assert (item.original_request, item.authorized) == ("Gym pass, 12 months", "a gym pass of 1 month")
    assert item.eligible_portion == "Gym pass, 12 months"


def test_page_breaks_between_and_inside_items(letter_text: Build, item_text: Build) -> None:
    """A page may end after a heading, before the first item, or within a heading; nothing is lost to the item before."""
    first = "\f" + item_text("First item: Upheld", after="\n\f").lstrip("\n")
    second = item_text("A long second item of which the first\n\fhalf stands on the page before: Overturned")
    third = "\f" + item_text("Third item: Upheld").lstrip("\n")
    letter = read_letter(letter_text(first, second, third))
    assert [item.item for item in letter.items] == [
        "First item",
        "A long second item of which the first half stands on the page before",
        "Third item",
    ]
    assert all(item.rationale.endswith("not medically necessary.") for item in letter.items)
    assert [p for p in letter.problems if "item 2" in p], "what is uncertain is named"


def _without_spaces(text: str) -> str:
    """The text as a tool gives it that drops every blank line."""
    return "\n".join(line for line in text.replace("\f", "").split("\n") if line.strip()) + "\n"


def test_headings_are_told_without_blank_lines(letter_text: Build, item_text: Build) -> None:
    """Where no space marks a paragraph, a heading begins after a sentence's end, or after a line that had room left."""
    renamed = (
        "Gym pass for twelve months with a trainer was the original request. A gym pass of 1\n"
        "month was authorized by the Claims Administrator. The remaining IMR eligible portion of the\n"
        "original request, 11 months of a gym pass: Upheld"
    )
    long = "The file tells of three months of care at home, of which the notes do not say what came of it, so that\n"
    headings = [
        "First unit: Upheld",
        "Second unit, rental for the right knee, with a wrap and a pad, for use at home over a time of\nthirty days:\nOverturned",
        renamed,
        "Last unit: Upheld",
    ]
    ends = ["is not medically necessary.", "for use at home (no verdict", "is not medically necessary.", "no."]
    items = [item_text(h, rationale=long * 2 + e) for h, e in zip(headings, ends, strict=True)]
    plain, bare = read_letter(letter_text(*items)), read_letter(_without_spaces(letter_text(*items)))
    assert [item.item for item in bare.items] == [item.item for item in plain.items]
    assert [item.rationale for item in bare.items] == [item.rationale for item in plain.items]
    assert bare.items[2].eligible_portion == "11 months of a gym pass"


def test_a_heading_that_nothing_marks_is_named(letter_text: Build, item_text: Build) -> None:
    """Where neither a space nor a sentence's end shows where a heading begins, that is said, and no word is lost."""
    full = "words that fill the line to its very end and go on without any stop whatever " * 2
    text = letter_text(
        item_text("First: Upheld", rationale="\n".join([full.strip()] * 14)), item_text(full + "x: Upheld")
    )
    letter = read_letter(_without_spaces(text))
    assert any(problem.startswith("item 2: no space and no sentence") for problem in letter.problems)
    assert (letter.items[0].rationale + letter.items[1].item).count("whatever") == 30


def test_columns_say_that_numbers_may_have_run_together(letter_text: Build, item_text: Build) -> None:
    """A text whose header came apart into columns has been through a tool that joins "1-" and "2": that is named."""
    labels = "Case Number:\nDate Assigned:\nDate of Injury:\nDecision Date:\nUR Denial Date:\nPriority:\nApplication\nReceived:\n"
    values = "CM16-0999001\n12/07/2016\n03/02/2016\n01/05/2017\n11/29/2016\nStandard\n12/01/2016\n"
    letter = read_letter(letter_text(item_text("MRI: Upheld"), head=labels + values))
    assert [problem for problem in letter.problems if "1-2 may have become 12" in problem]


def test_the_verdict_is_not_read_from_the_end_of_the_rationale(letter_text: Build, item_text: Build) -> None:
    """A fixed notice after the verdict, and words like "not medically necessary", leave the heading's decision alone."""
    rationale = "It is not medically necessary.\nThis decision addresses the medical necessity of opioids as they have\nbeen prescribed."
    item = read_letter(letter_text(item_text("Norco #60: Overturned", rationale=rationale))).items[0]
    assert item.decision is Decision.OVERTURNED
    assert item.rationale.endswith("been prescribed.")


def test_guideline_lines_may_stand_without_a_blank_line(letter_text: Build, item_text: Build) -> None:
    """The three labels part an item even where no blank line does, and a missing full stop and space stays."""
    text = item_text("MRI: Upheld", rationale="Took Norco.Subjective pain; 12 times per week.")
    letter = read_letter(letter_text(text.replace("\n\n", "\n").replace("\nClaims", "\n\nClaims")))
    assert letter.items[0].claims_administrator_guideline.text == "Decision based on MTUS Low Back Complaints 2004."
    assert letter.items[0].rationale == "Took Norco.Subjective pain; 12 times per week."


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("Upheld", "Upheld"), Outcome.UPHOLD),
        (("Overturned", "Overturned"), Outcome.OVERTURN),
        (("Upheld", "Overturned"), Outcome.PARTIALLY_OVERTURN),
    ],
)
def test_the_case_is_the_sum_of_its_items(
    words: tuple[str, ...], outcome: Outcome, letter_text: Build, item_text: Build
) -> None:
    """The outcome of the case follows from the items' words."""
    items = [item_text(f"Item {n}: {word}") for n, word in enumerate(words)]
    assert read_letter(letter_text(*items)).outcome is outcome


def test_double_spaced_text_of_2015(letter_text: Build, item_text: Build) -> None:
    """A copy with a blank line after every line and no header block is layout B and reads like the plain one."""
    plain = letter_text(item_text("Cold unit with\nwrap: Upheld"), item_text("Brace: Upheld"), head="")
    spaced = "\n".join(f"{line}\n" if line else " \n" for line in plain.splitlines())
    one, two = read_letter(plain), read_letter(spaced)
    assert two.layout == "B"
    assert (one.items, one.clinical_case_summary, one.reviewer) == (two.items, two.clinical_case_summary, two.reviewer)
    assert [item.item for item in two.items] == ["Cold unit with wrap", "Brace"]


REFUSED = [
    ("", "empty"),
    ("A shopping list: bread, milk.", "no heading of a determination letter"),
    ("MEDICAL PROFESSIONAL REVIEW\nISSUE AT DISPUTE: a brace", "tells no decision"),
    ("MAXIMUS FEDERAL SERVICES, INC.\nIndependent Medical Review\nIMR DECISION(S) AND RATIONALE(S)\n", "breaks off"),
    ("Notice of Independent Medical Review Determination\nDated: 9/1/2013", "none is guessed"),
    ("HOW THE IMR FINAL DETERMINATION WAS MADE\nby one reviewer", "breaks off"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_letter_is_refused_with_the_reason(text: str, reason: str) -> None:
    """Anything else is refused, and the message says what it is or what is missing."""
    with pytest.raises(NotALetter, match=reason):
        read_letter(text)


def test_a_letter_without_any_decision_is_refused(letter_text: Build, item_text: Build) -> None:
    """No decision is guessed: a text of which no item carries one is no determination."""
    with pytest.raises(NotALetter, match="no item carries Upheld or Overturned"):
        read_letter(letter_text(item_text("First"), item_text("Second")))


@pytest.mark.parametrize("content", [b"%PDF-1.7\nrubbish", b"\x00\x01\x02", b"%PDF-"])
def test_damaged_files_are_refused_in_words(content: bytes) -> None:
    """A damaged PDF or a binary file is refused with what to do."""
    with pytest.raises(NotALetter):
        read_letter(content)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever text comes in, the answer is a letter or a refusal in words."""
    try:
        read_letter(text)
    except NotALetter as error:
        assert str(error)


@given(st.lists(st.text(st.characters(categories=["L", "Nd", "Po"]), min_size=1, max_size=12), min_size=1, max_size=6))
def test_unwrapping_loses_no_sign(words: list[str]) -> None:
    """Joining lines never drops or adds anything but the space between them."""
    joined = unwrap([Line(word, 1, False) for word in words])
    assert joined.replace(" ", "") == "".join(words).replace(" ", "")


def test_the_shape_has_the_fields_of_each_kind(letter_text: Build, item_text: Build) -> None:
    """The JSON shape is the stable one: dates ISO, absent null, each citation with the fields of its kind."""
    claims = "Decision based on MTUS Opioid Treatment 2016. Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Pain."
    document = as_json(read_letter(letter_text(item_text("Norco #60: Upheld", claims=claims)), source="x.txt"))
    assert list(document) == [
        "source", "layout", "header", "reviewer", "clinical_case_summary", "outcome", "items", "documents_reviewed", "problems",
    ]  # fmt: skip
    assert document["header"]["decision_date"] == "2017-01-05"
    mtus, guideline = document["items"][0]["claims_administrator_guideline"]["citations"]
    assert set(mtus) == {"kind", "chapter", "year", "sections", "pages"}
    assert set(guideline) == {"kind", "organisation", "title", "section", "year"}
    assert json.loads(json.dumps(document)) == document


def test_the_real_letters_have_the_labelled_items(shared: Path) -> None:
    """Every real letter beside the repository is read without a problem, with the labelled items and outcomes."""
    labels = sorted((shared / "letters").glob("CM*.json"))
    assert len(labels) == 74
    for path in labels:
        label = json.loads(path.read_text(encoding="utf-8"))
        letter = read_letter(path.with_suffix(".pdf"))
        assert letter.problems == (), path.stem
        assert letter.outcome == label["case_outcome"], path.stem
        assert [item.decision for item in letter.items] == [item["decision"] for item in label["items"]], path.stem
        assert letter.header.case_number == label["case_number"]


def test_the_seed_letter(shared: Path) -> None:
    """The letter of 2015 that began the project is read: one item, Upheld, an acute-phase page of chapter 8."""
    letter = read_letter(shared / "letters" / "seed.txt")
    item = letter.items[0]
    assert (letter.layout, letter.outcome, item.item) == ("B", Outcome.UPHOLD, "Hot/cold therapy unit with wrap")
    assert item.imr_guideline.citations[0].chapter == "Neck and Upper Back Complaints"
    assert item.imr_guideline.citations[0].pages == ("174",)
    assert item.claims_administrator_guideline.outside_mtus

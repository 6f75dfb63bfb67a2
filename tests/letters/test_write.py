"""The Final Determination Letter that goes out: what it holds, what it is refused for, and its four forms."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from evenhand.cli.letters_write import write_command
from evenhand.letters.cite import Side, guideline_text
from evenhand.letters.determination import (
    Citation,
    CitationKind,
    Determination,
    Guideline,
    Outcome,
    ReviewerCredentials,
)
from evenhand.letters.own import OwnLetter, ReviewerStanding
from evenhand.letters.write import LetterIncomplete, compose_letter, write_letter
from evenhand.reading import BadFile, from_plain
from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.text import to_text
from evenhand.typesetting.texts import read_texts

FILE = Path(__file__).with_name("own_letter.json")
TEXTS = read_texts()
LETTER = from_plain(OwnLetter, json.loads(FILE.read_text(encoding="utf-8")), name=FILE.name)
SECTIONS = (
    "RESULT",
    "HOW THIS DETERMINATION WAS MADE",
    "DOCUMENTS REVIEWED",
    "CLINICAL CASE SUMMARY",
    "DISPUTED ITEMS, DECISIONS AND REASONS",
    "WHAT HAPPENS NEXT",
    "WHO RECEIVED THIS LETTER",
    "WHAT NOBODY HAS VERIFIED YET",
)


def of_pdf(letter: OwnLetter) -> str:
    """Text of the PDF, page after page."""
    pdf = pypdfium2.PdfDocument(to_pdf(compose_letter(letter, TEXTS), created=letter.served_on))
    return "\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf)


def of_text(letter: OwnLetter) -> str:
    """The plain text form."""
    return to_text(compose_letter(letter, TEXTS))


def folded(text: str) -> str:
    """White space folded, running lines dropped."""
    lines = [line for line in text.split("\n") if not re.search(r"\| Page \d+ of \d+$", line.strip())]
    return " ".join(" ".join(lines).split())


BOTH = pytest.mark.parametrize("form", [of_pdf, of_text])


@BOTH
def test_section_headings_stand_alone_in_their_order(form: Callable[[OwnLetter], str]) -> None:
    """The headings that the reader looks for stand each on its own line, in the written order."""
    lines = [line.strip().upper() for line in form(LETTER).split("\n")]
    assert [line for line in lines if line in SECTIONS] == list(SECTIONS)


@BOTH
def test_header_labels_and_values_share_a_line(form: Callable[[OwnLetter], str]) -> None:
    """Case number and dates stand one a line behind their labels."""
    lines = [line.strip() for line in form(LETTER).split("\n")]
    for line in (
        "Case number: CM25-0004711",
        "Date assigned: February 24, 2025",
        "Date of injury: October 5, 2023",
        "Decision date: March 24, 2025",
        "UR denial date: January 21, 2025",
        "Priority: Standard",
        "Application received: February 10, 2025",
        "Outcome: Partially Overturn",
        "Decision: Overturned",
        "State(s) of licensure: California, Oregon",
    ):
        assert line in lines


@BOTH
def test_everything_the_law_requires_is_there(form: Callable[[OwnLetter], str]) -> None:
    """Each item with its decision, reasons and citation, the condition, every document, the qualifications, the
    recipients."""
    text, determination = folded(form(LETTER)), LETTER.determination
    for item in determination.items:
        assert f"Item {item.number} of 4: {item.item}" in text
        assert folded(item.rationale) in text
        cited = item.imr_guideline.text or guideline_text(item.imr_guideline.citations, Side.REVIEWER)
        assert f"IMR guideline: {cited}" in text
    for number, document in enumerate(determination.documents_reviewed, 1):
        assert f"{number}. {document}" in text
    for fact in (LETTER.condition, "Pain Management", *(r.name for r in LETTER.recipients), "April 28, 2025"):
        assert fact in text


def test_the_result_comes_before_the_reasons_and_says_what_upheld_means() -> None:
    """The outcome stands on the first page, with the sense of the two words."""
    document = compose_letter(LETTER, TEXTS)
    pdf = pypdfium2.PdfDocument(to_pdf(document, created=LETTER.served_on))
    first = pdf[0].get_textpage().get_text_range()
    assert "Outcome: Partially Overturn" in first
    assert "utilization review decision stands" in first


def test_what_is_not_known_of_the_reviewer_is_not_said() -> None:
    """Statements on ties and practice stand only where they were checked."""
    assert "more than 5 years" in folded(of_text(LETTER))
    bare = folded(of_text(replace(LETTER, standing=ReviewerStanding())))
    assert "active clinical practice" not in bare
    assert "no material professional" not in bare


def test_the_pdf_passes_the_checks_and_names_only_the_organisation(tmp_path: Path) -> None:
    """The four files are written, the PDF is accessible, and its metadata holds no person's name."""
    paths = write_letter(LETTER, TEXTS, tmp_path / "out")
    assert [path.name for path in paths] == ["letter.pdf", "letter.html", "letter.txt", "letter.json"]
    pdf = paths[0].read_bytes()
    assert check_pdf(pdf, author="Evenhand Medical Review") == ()
    metadata = pypdfium2.PdfDocument(pdf).get_metadata_dict()
    assert metadata["Author"] == "Evenhand Medical Review"
    assert not any("Okonjo" in value or "Whitfield" in value for value in metadata.values())
    assert from_plain(Determination, json.loads(paths[3].read_text(encoding="utf-8")), name="x") == LETTER.determination


def test_the_same_letter_gives_the_same_bytes(tmp_path: Path) -> None:
    """Writing the letter again changes no byte of any of its forms."""
    first = [path.read_bytes() for path in write_letter(LETTER, TEXTS, tmp_path / "a")]
    assert first == [path.read_bytes() for path in write_letter(LETTER, TEXTS, tmp_path / "b")]


def test_long_headings_many_documents_and_markup_do_not_break_it() -> None:
    """Eight items with headings of 550 characters, thirty documents and hostile characters come through whole."""
    part = "Associated service: oxycodone HCl ER 20mg #60, day supply: 30; 1–2 × / week at 40° “Trezix®” piñón "
    heading = (part * 6)[:550].strip()
    hostile = "Because #strong[*x*] $y$ @z <b>bold</b> \\ ```c``` it is not necessary."
    base = LETTER.determination.items[2]
    items = tuple(replace(base, number=n, item=heading, rationale=hostile) for n in range(1, 9))
    evidence = tuple(replace(LETTER.evidence[2], item=n) for n in range(1, 9))
    documents = tuple(f"Report number {n}, {'very ' * 20}long" for n in range(30))
    determination = replace(LETTER.determination, items=items, documents_reviewed=documents, outcome=Outcome.UPHOLD)
    text = folded(of_pdf(replace(LETTER, determination=determination, evidence=evidence)))
    assert text.count(heading) == 16
    assert text.count(hostile) == 8
    assert all(document in text for document in documents)


def spoilt(**changes: object) -> OwnLetter:
    """The letter with a changed determination."""
    return replace(LETTER, determination=replace(LETTER.determination, **changes))  # type: ignore[arg-type]


FIRST = LETTER.determination.items[0]
EMPTY = Guideline(text="")


@pytest.mark.parametrize(
    ("letter", "reason"),
    [
        (spoilt(documents_reviewed=()), "lists no documents reviewed"),
        (spoilt(clinical_case_summary=" "), "no clinical case summary"),
        (replace(LETTER, condition=""), "medical condition"),
        (spoilt(reviewer=ReviewerCredentials(licensure=("California",))), "licensure and specialty"),
        (replace(LETTER, recipients=()), "goes to nobody"),
        (spoilt(items=(), outcome=None), "decides nothing"),
        (spoilt(outcome=Outcome.UPHOLD), "add up to Partially Overturn"),
        (spoilt(items=(replace(FIRST, rationale=""),), outcome=Outcome.OVERTURN), "has no rationale"),
        (spoilt(items=(replace(FIRST, imr_guideline=EMPTY),), outcome=Outcome.OVERTURN), "cites no guideline"),
        (replace(LETTER, evidence=()), "how the evidence was searched"),
    ],
)
def test_an_incomplete_letter_is_refused_in_words(letter: OwnLetter, reason: str) -> None:
    """What the law requires and the letter lacks is named, and no document is made."""
    with pytest.raises(LetterIncomplete, match=reason):
        compose_letter(letter, TEXTS)


def mtus(chapter: str, year: int, *sections: str) -> Citation:
    """An MTUS citation."""
    return Citation(kind=CitationKind.MTUS, chapter=chapter, year=year, sections=sections)


ODG = Citation(
    kind=CitationKind.GUIDELINE,
    organisation="Official Disability Guidelines (ODG)",
    title="Pain",
    section="Opioids",
    year=2024,
)
STUDY = Citation(
    kind=CitationKind.STUDY, authors="Doe J", title="A trial", journal="Some Journal", year=2012, locator="3(1): 5–9"
)


@pytest.mark.parametrize(
    ("citations", "side", "text"),
    [
        ((), Side.CLAIMS_ADMINISTRATOR, "The Claims Administrator did not cite any medical evidence for its decision."),
        ((mtus("Low Back Complaints", 2004),), Side.REVIEWER, "Decision based on MTUS Low Back Complaints 2004."),
        (
            (mtus("Knee Complaints", 2004, "a", "b"), mtus("Chronic Pain Medical Treatment", 2016, "c, d", "e")),
            Side.REVIEWER,
            "Decision based on MTUS Knee Complaints 2004, Section(s): a, b, and Chronic Pain Medical Treatment 2016, "
            "Section(s): c, d; e.",
        ),
        (
            (mtus("Opioids", 2017), ODG),
            Side.REVIEWER,
            "Decision based on MTUS Opioids 2017. Decision based on Non-MTUS Citation Official Disability "
            "Guidelines (ODG), Pain, Opioids, 2024.",
        ),
        (
            (ODG, STUDY),
            Side.REVIEWER,
            "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. Decision "
            "based on Non-MTUS Citation Official Disability Guidelines (ODG), Pain, Opioids, 2024; Doe J. A trial. "
            "Some Journal, 2012, 3(1): 5–9.",
        ),
    ],
)
def test_guideline_lines_keep_the_grammar_of_the_published_letters(
    citations: tuple[Citation, ...], side: Side, text: str
) -> None:
    """None cited, MTUS alone, several chapters, MTUS with others, and outside the MTUS each have their sentence."""
    assert guideline_text(citations, side) == text


def test_the_command_writes_and_refuses(tmp_path: Path) -> None:
    """The command prints the four paths; a letter without documents is refused before a file is written."""
    home = {"EVENHAND_HOME": str(tmp_path / "home")}
    result = CliRunner().invoke(write_command, [str(FILE), "--out", str(tmp_path / "good"), "--json"], env=home)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["findings"] == []
    names = [Path(name).name for name in json.loads(result.stdout)["files"]]
    assert names[:4] == ["letter.pdf", "letter.html", "letter.txt", "letter.json"]
    assert names[4:] == ["summary-en.pdf", "summary-en.html", "summary-es.pdf", "summary-es.html"]
    data = json.loads(FILE.read_text(encoding="utf-8"))
    data["determination"]["documents_reviewed"] = []
    (tmp_path / "bad.json").write_text(json.dumps(data))
    refused = CliRunner().invoke(write_command, [str(tmp_path / "bad.json"), "--out", str(tmp_path / "none")])
    assert isinstance(refused.exception, BadFile)
    assert "lists no documents reviewed" in str(refused.exception)
    assert not (tmp_path / "none").exists()


def test_the_wording_of_2014_knows_nothing_of_2015() -> None:
    """A letter of 2014 describes the search for evidence in the words that held then."""
    assert "standards of medical necessity in the order" in folded(of_text(replace(LETTER, served_on=date(2014, 5, 1))))


@BOTH
def test_the_reader_beside_us_reads_back_what_was_written(form: Callable[[OwnLetter], str], tmp_path: Path) -> None:
    """Header, credentials, documents, summary, outcome and every item come back from our own letter as they went in."""
    from evenhand.letters.read import read_letter

    pdf, text = write_letter(LETTER, TEXTS, tmp_path)[0:3:2]
    read = read_letter(pdf.read_bytes() if form is of_pdf else text.read_text(encoding="utf-8"), source="letter")
    wrote = LETTER.determination
    for name in ("layout", "header", "reviewer", "documents_reviewed", "outcome", "problems"):
        assert getattr(read, name) == getattr(wrote, name)
    assert folded(read.clinical_case_summary) == folded(wrote.clinical_case_summary)
    for there, here in zip(read.items, wrote.items, strict=True):
        for name in ("number", "item", "decision", "original_request", "authorized", "eligible_portion"):
            assert getattr(there, name) == getattr(here, name)
        assert folded(there.rationale) == folded(here.rationale)

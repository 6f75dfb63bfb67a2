"""The examples: their papers come from their sources, and what the reviewer says stands on the pages named."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from evenhand.bundles.bundle import CaseFacts, Course, PageReference, Records, ReviewWork
from evenhand.casefile import CaseFile, DocumentKind, SourceDocument, TextSource, assess, chronology, index, owed_papers
from evenhand.law import load_pack
from evenhand.law.facts import Means, UrOutcome
from evenhand.law.records import window
from evenhand.law.search import WalkStep, check_walk
from evenhand.law.standards import ladder
from evenhand.reading import read
from evenhand.synthetic.records import RecordText, render, words_of

HOME = Path(__file__).parents[2] / "examples"
EXAMPLES = ("neck-cold-therapy", "lumbar-four-items")
SEEDS = {"neck-cold-therapy": 1, "lumbar-four-items": 2}
SCANS = {"neck-cold-therapy": {"operative-report-2011", "xray-cervical"}, "lumbar-four-items": {"first-report"}}
DECIDED = {"neck-cold-therapy": ["Upheld"], "lumbar-four-items": ["Upheld", "Overturned", "Upheld", "Upheld"]}

every_example = pytest.mark.parametrize("name", EXAMPLES)
_WORD = re.compile(r"[a-z0-9]+(?:[-/.][a-z0-9]+)*")


@cache
def case(name: str) -> CaseFacts:
    return read(CaseFacts, HOME / name / "case.yaml")


@cache
def records(name: str) -> Records:
    return read(Records, HOME / name / "records.yaml")


@cache
def review(name: str) -> ReviewWork:
    return read(ReviewWork, HOME / name / "review.yaml")


@cache
def course(name: str) -> Course:
    return read(Course, HOME / name / "course.yaml")


@cache
def file(name: str) -> CaseFile:
    return index(
        [
            SourceDocument(
                id=f.id,
                content=(HOME / name / f.path).read_bytes(),
                kind=f.kind,
                dated=f.dated,
                author=f.author,
                title=f.title,
            )
            for receipt in records(name).receipts
            for f in receipt.files
        ]
    )


def sources(name: str) -> list[tuple[str, RecordText]]:
    return [(path.stem, read(RecordText, path)) for path in sorted((HOME / name / "sources").glob("*.yaml"))]


def references(name: str) -> list[PageReference]:
    work = review(name)
    found = [page for sentence in work.summary for page in sentence.pages]
    for item in work.items:
        found += item.pages
        found += [page for step in item.steps for page in step.pages]
    return found


@every_example
def test_every_page_that_the_reviewer_names_is_in_the_file(name: str) -> None:
    """No reference leads nowhere, and every sentence, decision and step that decides has one."""
    pages = {(page.document, page.in_document) for page in file(name).pages}
    assert all((ref.document, ref.page) in pages for ref in references(name))
    assert all(sentence.pages for sentence in review(name).summary)
    assert all(item.pages and item.steps[-1].pages for item in review(name).items)


@every_example
def test_every_sentence_of_the_summary_rests_on_its_pages(name: str) -> None:
    """Every figure, date and spinal level, and seven of ten other words, stand on the pages named for the sentence."""
    text = {(page.document, page.in_document): page.text.casefold() for page in file(name).pages}
    for sentence in review(name).summary:
        there = set(_WORD.findall(" ".join(text[ref.document, ref.page] for ref in sentence.pages)))
        beginnings = {word[:5] for word in there}
        words = _WORD.findall(sentence.text.casefold())
        figures = [word for word in words if any(c.isdigit() for c in word)]
        assert [figure for figure in figures if figure not in there] == [], sentence.text
        others = [word for word in words if len(word) > 3 and word not in figures]
        assert sum(word[:5] in beginnings for word in others) >= 0.7 * len(others), sentence.text


@every_example
def test_the_papers_come_from_their_sources(name: str) -> None:
    """Rendering the sources again gives the committed papers: the same text, or the same picture of the same page."""
    made = sources(name)
    assert {f"{stem}.pdf" for stem, _ in made} == {path.name for path in (HOME / name / "records").iterdir()}
    for stem, record in made:
        kept = (HOME / name / "records" / f"{stem}.pdf").read_bytes()
        again = render(record, seed=SEEDS[name])
        with pdfium.PdfDocument(kept) as old, pdfium.PdfDocument(again) as new:
            assert len(old) == len(new), stem
            assert _text(old) == _text(new), stem
            assert bool(_text(old).strip()) is not record.scanned, stem


def _text(document: pdfium.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@every_example
def test_scans_have_no_text_layer_and_are_read_by_ocr(name: str) -> None:
    """Which papers are scans is known; OCR finds at least 97 of 100 words of their sources."""
    by_ocr = {page.document for page in file(name).pages if page.source is TextSource.OCR}
    assert by_ocr == SCANS[name]
    truths = {stem: record for stem, record in sources(name) if record.scanned}
    paths = {f.id: Path(f.path).stem for receipt in records(name).receipts for f in receipt.files}
    for document in by_ocr:
        text = " ".join(page.text.casefold() for page in file(name).pages if page.document == document)
        words = re.findall(r"[a-z0-9/-]+", words_of(truths[paths[document]]).casefold())
        read_words = set(re.findall(r"[a-z0-9/-]+", text))
        assert sum(word in read_words for word in words) / len(words) >= 0.97, document


@every_example
def test_page_numbers_follow_the_receipts(name: str) -> None:
    """Pages count from 1 without a gap, in the order in which the papers came."""
    assert [page.number for page in file(name).pages] == list(range(1, len(file(name).pages) + 1))
    assert [d.id for d in file(name).documents] == [f.id for r in records(name).receipts for f in r.files]
    assert file(name).documents[0].kind is DocumentKind.UR_DECISION


@every_example
def test_the_chronology_quotes_what_stands_on_its_page(name: str) -> None:
    """Every quote stands word for word on the page it names."""
    text = {page.number: " ".join(page.text.split()) for page in file(name).pages}
    for entry in chronology(file(name)):
        assert entry.quote.removesuffix(" …") in text[entry.quote_page]


@every_example
def test_the_file_is_complete_and_may_be_decided(name: str) -> None:
    """The claims administrator sent all that is owed for certain, and one report lies before the window."""
    notice = course(name).assignment_notice
    assert notice is not None
    pack, rfa = load_pack("ca_dwc"), case(name).request_for_authorization.dated
    start = window(pack, rfa).due
    assert isinstance(start, date)
    found = assess(
        owed_papers(pack, notice.served_on),
        file(name).documents,
        senders={f.id: r.sender for r in records(name).receipts for f in r.files},
        window_start=start,
        window_end=rfa,
    )
    assert found.complete, [finding.explanation for finding in found.missing]
    assert found.medical_records_from_administrator
    assert found.outside_window


@every_example
def test_the_evidence_is_walked_as_the_law_of_the_date_prescribes(name: str) -> None:
    """Each item's walk has no fault on the ladder of the day of the utilization review decision."""
    steps = ladder(load_pack("ca_dwc"), case(name).ur_decision.decided_on)
    for item in review(name).items:
        walk = [WalkStep(step=s.step, finding=s.finding.value, reason=s.reason) for s in item.steps]
        assert check_walk(steps, walk) == ()
    assert [item.decision.value for item in review(name).items] == DECIDED[name]


@every_example
def test_every_step_is_taken_in_time(name: str) -> None:
    """Application (each item by its own clock), notice, records and determination keep the law's last days."""
    pack, facts, acts = load_pack("ca_dwc"), case(name), course(name)
    assert acts.assignment_notice and acts.records_complete_on and acts.determination and acts.eligibility_approved_on
    served, filed = facts.ur_decision.service.served_on, facts.application.filing.received_on
    formulary = [item.formulary_drug for item in facts.ur_decision.items]
    for drug in formulary:
        rule = "application_formulary" if drug else "application"
        assert filed <= _due(pack.due(rule, served, means=Means.MAIL))
    assert facts.ur_decision.decided_on <= _due(pack.due("ur_decision", facts.request_for_authorization.received_on))
    notified = acts.assignment_notice.served_on
    assert notified <= _due(pack.due("assignment_notice", acts.eligibility_approved_on))
    first = [r for r in records(name).receipts if not r.answers_request]
    assert max(r.received_on for r in first) <= _due(pack.due("records_mailed", notified))
    clock = "determination_formulary" if any(formulary) else "determination"
    assert acts.determination.served_on <= _due(pack.due(clock, acts.records_complete_on))


def _due(deadline: object) -> date:
    due = deadline.due  # type: ignore[attr-defined]
    assert isinstance(due, date)
    return due


def test_a_modified_request_names_what_is_left() -> None:
    """Twelve visits were asked for, six authorized, six are in dispute."""
    (modified,) = [i for i in case("lumbar-four-items").ur_decision.items if i.outcome is UrOutcome.MODIFIED]
    assert modified.authorized is not None and modified.authorized.startswith("6 visits")
    assert modified.disputed is not None and modified.disputed.startswith("6 visits")


@every_example
def test_contact_details_are_plainly_invented(name: str) -> None:
    """Telephone numbers are of the range kept for fiction, mail addresses of the domain kept for examples."""
    for path in [*(HOME / name).glob("*.yaml"), *(HOME / name / "sources").glob("*.yaml")]:
        words = path.read_text(encoding="utf-8")
        for number in re.findall(r"\(\d{3}\) \d{3}-\d{4}", words):
            assert re.fullmatch(r"\(\d{3}\) 555-01\d\d", number), (path.name, number)
        for address in re.findall(r"[\w.+-]+@[\w.-]+", words):
            assert address.endswith("example.org"), (path.name, address)

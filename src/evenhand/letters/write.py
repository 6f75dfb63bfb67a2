"""The Final Determination Letter that goes out: from the determination to a document, and to PDF, HTML, text and JSON.

    document = compose_letter(letter, texts)        # letter: letters/own.py
    pdf = to_pdf(document, created=letter.served_on)

## Layout "own": what the text of our letters looks like (for `letters.read`)

The text extracted from the PDF (pypdfium2, page after page) and the output of `typesetting.to_text` follow the same
conventions. Compare headings and labels without regard to case. Dates are written "March 9, 2015". What the letter
does not know is left out, line and all.

1. The first page opens with the letterhead (the organisation's name and address), the addressee, then the two title
   lines "Independent Medical Review" and "Final Determination Letter". Together with the line "Case number:" they
   tell the layout.
2. Header facts, one a line, label and value on one line (a value may run on to further lines up to the next label):
   "Case number:", "Date assigned:", "Date of injury:", "Decision date:", "UR denial date:", "Priority:",
   "Application received:", then the parties: "Employee:", "Claim number:", "Employer:", "Claims administrator:",
   "Requesting physician:".
3. Section headings, each alone on its line, in this order: RESULT / HOW THIS DETERMINATION WAS MADE / DOCUMENTS
   REVIEWED / CLINICAL CASE SUMMARY / DISPUTED ITEMS, DECISIONS AND REASONS / SEPARATE OPINIONS (only where several
   reviewers differ) / WHAT HAPPENS NEXT / WHO RECEIVED THIS LETTER, and last, only where there is something to say,
   WHAT NOBODY HAS VERIFIED YET.
4. RESULT begins with "Outcome: Uphold" (or "Overturn", "Partially Overturn"). What follows is a summary for people;
   the items are read from their own section.
5. HOW THIS DETERMINATION WAS MADE ends with the lines "State(s) of licensure: California, Texas" and
   "Certification(s)/specialty: Family Practice, Pain Management"; nothing follows them before the next heading
   (names are joined by "; " where one of them holds a comma; a single one ends in ";" then).
6. DOCUMENTS REVIEWED has one fixed paragraph, the table head "No." "Document" once, and one entry a document that
   begins with its number and a full stop: "1. ...", "2. ...". Numbers run without a gap, so a line is a new entry
   only if it has the next number. No further line of an entry begins with a number and a full stop.
7. CLINICAL CASE SUMMARY begins with the line "Medical condition: ..."; then the label "Summary:" and the summary,
   to the next heading.
8. DISPUTED ITEMS, DECISIONS AND REASONS has one fixed paragraph that ends with "set out below:", then for each
   item, in this order (the guideline lines keep the grammar of the published letters, `guideline_text`):

       "Item 1 of 4: <item>"                            the heading; runs on up to "Decision:"
       "Decision: Upheld" or "Decision: Overturned"     nothing else on the line
       "Original request: ..."                          these three only where utilization review modified the request
       "Authorized by the claims administrator: ..."
       "Eligible portion: ..."
       "Claims administrator guideline: ..."
       "IMR guideline: ..."
       "How the evidence was searched"                  a sub-heading; the steps follow, numbered "1.", "2.", ...
       "Decision rationale: ..."                        runs on up to the next "Item n of m:" or section heading

   SEPARATE OPINIONS has one fixed paragraph, then for each opinion "Opinion 1 of 3", the two lines of
   qualifications as under 5, and for each item "On item 2: Upheld" and "Reasons: ...".

   Headings and labels of the items, of the summary and of the opinions are bold in the PDF, and in the text each
   stands after a blank line: the same words inside a paragraph are none.
9. Every page ends with the running line "<organisation> | Case number <number> | Page 2 of 5": drop every line that
   ends in "| Page <n> of <m>" (an artifact in the PDF's structure, but part of the extracted text).
10. No word is hyphenated by the typesetting and no line is broken inside a word at a hyphen or slash, so a line end
    in the extracted text always stands for one space. Only a word of more than 40 characters may be broken, at a
    zero-width space (U+200B): drop it, with the line end after it. White space is not kept otherwise: paragraphs
    inside a summary or a rationale may run together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from evenhand.letters.cite import Side, guideline_text
from evenhand.letters.complete import LetterIncomplete, refusals, steps_of
from evenhand.letters.determination import Decision, ItemDetermination, ReviewerCredentials
from evenhand.letters.own import EvidenceLine, NextStep, OwnLetter
from evenhand.reading import to_plain
from evenhand.typesetting.document import (
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    Heading,
    Labelled,
    NumberedList,
    Paragraph,
    Run,
    Signature,
    Table,
    Text,
    Title,
    Tone,
)
from evenhand.typesetting.html import to_html
from evenhand.typesetting.notice import served_note
from evenhand.typesetting.parties import Recipient, address_block, letterhead, running_line
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.text import to_text
from evenhand.typesetting.texts import Texts

__all__ = ["LetterIncomplete", "compose_letter", "write_letter"]


def compose_letter(letter: OwnLetter, texts: Texts, addressee: Recipient | None = None) -> Document:
    """The letter as a document, addressed to `addressee` or to the first of its recipients. Raises LetterIncomplete.

    What it must contain: Lab. Code 4610.6(d)-(f), 8 CCR 9792.10.6(d) and 9792.21.1(d).
    """
    if reasons := tuple(refusals(letter)):
        raise LetterIncomplete(reasons)
    case_number = letter.determination.header.case_number or ""
    said = _Said(texts, letter.served_on)
    blocks = (
        letterhead(letter.organisation),
        *_head(letter, texts, addressee or letter.recipients[0]),
        *_result(letter, said),
        *_how(letter, said),
        *_documents(letter, said),
        *_summary(letter, texts),
        *_items(letter, said),
        *_opinions(letter, said),
        *_next(letter, said),
        *_recipients(letter, said),
        *_closing(letter, texts),
    )
    return Document(
        title=f"{texts.word('letter.title')}, {texts.word('page.case_number').lower()} {case_number}",
        author=letter.organisation.name,
        running=running_line(letter.organisation, case_number, texts.word("page.case_number")),
        language=texts.language,
        blocks=(*blocks, *_unverified(letter, said)),
    )


def write_letter(
    letter: OwnLetter, texts: Texts, folder: Path, *, sign: Callable[[bytes], bytes] | None = None
) -> tuple[Path, ...]:
    """Writes letter.pdf, letter.html, letter.txt and letter.json (the determination, as `letters read` gives it) to
    `folder`.

    `sign` gives the PDF its signature. Returns the paths. Raises LetterIncomplete before anything is written.
    """
    document = compose_letter(letter, texts)
    pdf = to_pdf(document, created=letter.served_on)
    contents = {
        "letter.pdf": sign(pdf) if sign else pdf,
        "letter.html": to_html(document).encode(),
        "letter.txt": to_text(document).encode(),
        "letter.json": (json.dumps(to_plain(letter.determination), ensure_ascii=False, indent=2) + "\n").encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in contents)


class _Said:
    """The fixed passages of one letter, remembered so that the end of the letter can say which of them nobody
    verified."""

    def __init__(self, texts: Texts, on: date) -> None:
        self.texts = texts
        self.on = on
        self.keys: list[str] = []

    def __call__(self, key: str, **values: str) -> str:
        self.keys.append(key)
        return self.texts.say(key, self.on, values)

    def unverified(self) -> tuple[str, ...]:
        return self.texts.unverified(self.keys, self.on)


def _head(letter: OwnLetter, texts: Texts, addressee: Recipient) -> Iterator[Block]:
    header, parties = letter.determination.header, letter.parties
    yield address_block(addressee, served_note(texts, letter.served_on, addressee.means))
    yield Title(text=texts.word("letter.title"), overline=texts.word("letter.overline"))
    day = texts.day
    facts = (
        ("case_number", header.case_number),
        ("date_assigned", header.date_assigned and day(header.date_assigned)),
        ("date_of_injury", header.date_of_injury and day(header.date_of_injury)),
        ("decision_date", header.decision_date and day(header.decision_date)),
        ("ur_denial_date", header.ur_denial_date and day(header.ur_denial_date)),
        ("priority", header.priority),
        ("application_received", header.application_received and day(header.application_received)),
        ("employee", parties.employee),
        ("claim_number", parties.claim_number),
        ("employer", parties.employer),
        ("claims_administrator", parties.claims_administrator),
        ("requesting_physician", parties.requesting_physician),
    )
    yield Facts(rows=tuple((texts.word(f"label.{key}"), value) for key, value in facts if value))


def _result(letter: OwnLetter, said: _Said) -> Iterator[Block]:
    texts, items, outcome = said.texts, letter.determination.items, letter.determination.outcome
    assert outcome is not None
    overturned = sum(item.decision is Decision.OVERTURNED for item in items)
    meaning = said(
        f"outcome_{outcome.value.lower().replace(' ', '_')}", count=str(len(items)), overturned=str(overturned)
    )
    yield Heading(text=texts.word("letter.result"))
    yield Callout(tone=Tone.RESULT, title=f"{texts.word('label.outcome')} {outcome.value}", text=meaning)
    rows = tuple(
        (
            f"{item.number}.",
            item.eligible_portion or item.item,
            (Run(item.word, strong=True),),
            _in_plain_words(item, texts),
        )
        for item in items
    )
    yield Table(
        header=tuple(texts.word(key) for key in ("items.number", "result.item", "result.decision", "result.meaning")),
        rows=rows,
        caption=texts.word("result.caption"),
        widths=(0, 1, 0, 0),
        show_caption=False,
    )
    yield Paragraph(text=f"{said('decision_words')} {said('binding')}")


def _in_plain_words(item: ItemDetermination, texts: Texts) -> Text:
    return texts.word("result.overturned" if item.decision is Decision.OVERTURNED else "result.upheld")


def _how(letter: OwnLetter, said: _Said) -> Iterator[Block]:
    texts, reviewer, standing = said.texts, letter.determination.reviewer, letter.standing
    yield Heading(text=texts.word("letter.how"))
    yield Paragraph(text=said("how_made", organisation=letter.organisation.name))
    statements = []
    if standing.no_affiliation:
        statements.append(said("reviewer_no_affiliation"))
    if standing.years is not None and standing.hours is not None:
        statements.append(said("reviewer_practice", years=str(standing.years), hours=str(standing.hours)))
    if standing.same_field:
        statements.append(said("reviewer_specialty"))
    if statements:
        yield BulletList(entries=tuple(statements))
    yield Paragraph(text=said("evidence_order"))
    yield Paragraph(text=said("reviewer_confidential"))
    yield _credentials(reviewer, texts)


def _credentials(reviewer: ReviewerCredentials, texts: Texts) -> Facts:
    """What may be said of a reviewer: licences and specialties."""
    return Facts(
        rows=(
            (texts.word("label.licensure"), _names(reviewer.licensure)),
            (texts.word("label.specialties"), _names(reviewer.specialties)),
        )
    )


def _names(names: tuple[str, ...]) -> str:
    """Names in a row; parted by semicolons where one of them holds a comma (one alone ends in a semicolon then)."""
    if not any("," in name for name in names):
        return ", ".join(names)
    return "; ".join(names) if len(names) > 1 else f"{names[0]};"


def _documents(letter: OwnLetter, said: _Said) -> Iterator[Block]:
    texts = said.texts
    yield Heading(text=texts.word("letter.documents"))
    yield Paragraph(text=said("documents_intro"))
    yield Table(
        header=(texts.word("documents.number"), texts.word("documents.document")),
        rows=tuple((f"{n}.", document) for n, document in enumerate(letter.determination.documents_reviewed, 1)),
        caption=texts.word("documents.caption"),
        widths=(0, 1),
        show_caption=False,
        repeat_header=False,
    )


def _summary(letter: OwnLetter, texts: Texts) -> Iterator[Block]:
    yield Heading(text=texts.word("letter.summary"))
    yield Labelled(label=texts.word("label.condition"), text=letter.condition, inline=True)
    yield Labelled(label=texts.word("label.summary"), text=letter.determination.clinical_case_summary)


def _items(letter: OwnLetter, said: _Said) -> Iterator[Block]:
    yield Heading(text=said.texts.word("letter.items"))
    yield Paragraph(text=said("items_intro"))
    for item in letter.determination.items:
        yield from _item(letter, item, said.texts)


def _item(letter: OwnLetter, item: ItemDetermination, texts: Texts) -> Iterator[Block]:
    heading = texts.word("label.item")
    values = {"number": str(item.number), "count": str(len(letter.determination.items)), "item": item.item}
    yield Heading(text=heading.format_map(values), level=3)
    yield Labelled(label=texts.word("label.decision"), text=(Run(item.word, strong=True),), inline=True)
    for key in ("original_request", "authorized", "eligible_portion"):
        if value := getattr(item, key):
            yield Labelled(label=texts.word(f"label.{key}"), text=value, inline=True)
    theirs, ours = item.claims_administrator_guideline, item.imr_guideline
    yield Labelled(
        label=texts.word("label.claims_administrator_guideline"),
        text=theirs.text.strip() or guideline_text(theirs.citations, Side.CLAIMS_ADMINISTRATOR),
    )
    yield Labelled(
        label=texts.word("label.imr_guideline"), text=ours.text.strip() or guideline_text(ours.citations, Side.REVIEWER)
    )
    yield Heading(text=texts.word("letter.evidence"), level=4)
    yield NumberedList(entries=tuple(_step(step) for step in steps_of(letter, item)))
    yield Labelled(label=texts.word("label.rationale"), text=item.rationale)


def _opinions(letter: OwnLetter, said: _Said) -> Iterator[Block]:
    """Each reviewer's own opinion, where several differ."""
    opinions, texts = letter.determination.opinions, said.texts
    if not opinions:
        return
    yield Heading(text=texts.word("letter.opinions"))
    yield Paragraph(text=said("opinions_intro"))
    for number, opinion in enumerate(opinions, 1):
        values = {"number": str(number), "count": str(len(opinions))}
        yield Heading(text=texts.word("label.opinion").format_map(values), level=3)
        yield _credentials(opinion.reviewer, texts)
        for on in opinion.items:
            label = texts.word("label.on_item").format_map({"number": str(on.item)})
            yield Labelled(label=label, text=(Run(on.decision.value, strong=True),), inline=True)
            yield Labelled(label=texts.word("label.reasons"), text=on.rationale)


def _step(step: EvidenceLine) -> tuple[Run, ...]:
    source = f" {step.citation.rstrip('.')}." if step.citation else ""
    return (
        Run(f"{step.step.rstrip('.')}.", strong=True),
        Run(f"{source} "),
        Run(f"{step.finding.rstrip('.')}.", emphasis=True),
        Run(f" {step.reason}"),
    )


def _next(letter: OwnLetter, said: _Said) -> Iterator[Block]:
    texts = said.texts
    yield Heading(text=texts.word("letter.next"))
    if letter.next_steps:
        yield Table(
            header=tuple(texts.word(f"next.{column}") for column in ("who", "what", "due", "source")),
            rows=tuple(_next_row(step, texts) for step in letter.next_steps),
            caption=texts.word("next.caption"),
            widths=(3, 7, 3, 4),
            show_caption=False,
        )
    yield Paragraph(text=said("appeal_grounds"))
    if letter.taper_notice:
        yield Paragraph(text=said("opioid_taper"))


def _next_row(step: NextStep, texts: Texts) -> tuple[Text, ...]:
    what: Text = (Run(f"{step.what} "), Run(step.caution, emphasis=True)) if step.caution else step.what
    due = texts.day(step.due) if step.due else step.period or texts.word("next.no_date")
    return (step.who, what, (Run(due, strong=True),), step.citation)


def _recipients(letter: OwnLetter, said: _Said) -> Iterator[Block]:
    texts = said.texts
    yield Heading(text=texts.word("letter.recipients"))
    yield Paragraph(text=said("recipients_intro", served_on=texts.day(letter.served_on)))
    yield Table(
        header=tuple(texts.word(f"recipients.{column}") for column in ("who", "role", "means")),
        rows=tuple((r.name, texts.role(r.role), texts.means[r.means.value]) for r in letter.recipients),
        caption=texts.word("recipients.caption"),
        widths=(5, 5, 4),
        show_caption=False,
    )


def _closing(letter: OwnLetter, texts: Texts) -> Iterator[Block]:
    yield Signature(
        closing=texts.word("signature.closing"),
        name=letter.organisation.signatory_name,
        title=letter.organisation.signatory_title,
        organisation=letter.organisation.name,
    )


def _unverified(letter: OwnLetter, said: _Said) -> Iterator[Block]:
    lines = tuple(dict.fromkeys((*letter.unverified, *said.unverified())))
    if lines:
        yield Heading(text=said.texts.word("unverified.heading"))
        yield Paragraph(text=said.texts.say("unverified_intro", letter.served_on))
        yield BulletList(entries=lines)

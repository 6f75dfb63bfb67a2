"""A published determination as a document: what the public record holds of a letter, and nothing of its parties.

    pdf = to_pdf(published_document(determination, texts, author="..."), created=published_on)

It says at its head that it is not the letter itself. What the record does not hold is said to be absent, never made up.
"""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.letters.determination import Determination, Guideline, ItemDetermination, ReviewerCredentials
from evenhand.typesetting.document import (
    Block,
    Callout,
    Document,
    Facts,
    Heading,
    Labelled,
    NumberedList,
    Paragraph,
    Run,
    Text,
    Title,
    Tone,
)
from evenhand.typesetting.texts import Texts


def published_document(letter: Determination, texts: Texts, *, author: str) -> Document:
    """The document. `letter` is de-identified already; `author` is who publishes it here. Raises TextMissing."""
    word, number = texts.word, letter.header.case_number or ""
    title = f"{word('public.overline')}, {word('page.case_number').lower()} {number}".rstrip()
    return Document(
        title=title,
        author=author,
        running=" | ".join(part for part in (author, f"{word('page.case_number')} {number}" if number else "") if part),
        language=texts.language,
        blocks=(
            Title(text=word("letter.title"), overline=word("public.overline")),
            Callout(tone=Tone.CAUTION, title=word("public.note_title"), text=word("public.note")),
            *_facts(letter, texts),
            *_items(letter, texts),
            *_opinions(letter, texts),
            Heading(text=word("letter.summary")),
            Paragraph(text=letter.clinical_case_summary.strip() or word("public.none")),
            Heading(text=word("letter.documents")),
            _documents(letter, texts),
        ),
    )


def _facts(letter: Determination, texts: Texts) -> Iterator[Block]:
    header, day = letter.header, texts.day
    rows = (
        ("case_number", header.case_number),
        ("date_assigned", header.date_assigned and day(header.date_assigned)),
        ("date_of_injury", header.date_of_injury and day(header.date_of_injury)),
        ("decision_date", header.decision_date and day(header.decision_date)),
        ("ur_denial_date", header.ur_denial_date and day(header.ur_denial_date)),
        ("priority", header.priority),
        ("application_received", header.application_received and day(header.application_received)),
        ("outcome", letter.outcome and letter.outcome.value),
        *_credentials(letter.reviewer),
    )
    shown = tuple((texts.word(f"label.{key}"), value) for key, value in rows if value)
    if shown:
        yield Facts(rows=shown)


def _credentials(reviewer: ReviewerCredentials) -> tuple[tuple[str, str], ...]:
    return ("licensure", "; ".join(reviewer.licensure)), ("specialties", "; ".join(reviewer.specialties))


def _items(letter: Determination, texts: Texts) -> Iterator[Block]:
    yield Heading(text=texts.word("letter.items"))
    for item in letter.items:
        yield from _item(item, len(letter.items), texts)
    if not letter.items:
        yield Paragraph(text=texts.word("public.none"))


def _item(item: ItemDetermination, count: int, texts: Texts) -> Iterator[Block]:
    word = texts.word
    values = {"number": str(item.number), "count": str(count), "item": item.item}
    yield Heading(text=word("label.item").format_map(values), level=3)
    decided: Text = (Run(item.word, strong=True),) if item.decision else word("public.undecided")
    yield Labelled(label=word("label.decision"), text=decided, inline=True)
    for key in ("original_request", "authorized", "eligible_portion"):
        if value := getattr(item, key):
            yield Labelled(label=word(f"label.{key}"), text=value, inline=True)
    for key in ("claims_administrator_guideline", "imr_guideline"):
        side: Guideline = getattr(item, key)
        yield Labelled(label=word(f"label.{key}"), text=side.text.strip() or word("public.none"))
    yield Labelled(label=word("label.rationale"), text=item.rationale.strip() or word("public.none"))


def _opinions(letter: Determination, texts: Texts) -> Iterator[Block]:
    """Each reviewer's own opinion, where several differ."""
    word = texts.word
    if letter.opinions:
        yield Heading(text=word("letter.opinions"))
    for number, opinion in enumerate(letter.opinions, 1):
        values = {"number": str(number), "count": str(len(letter.opinions))}
        yield Heading(text=word("label.opinion").format_map(values), level=3)
        held = tuple((word(f"label.{key}"), value) for key, value in _credentials(opinion.reviewer) if value)
        if held:
            yield Facts(rows=held)
        for on in opinion.items:
            label = word("label.on_item").format_map({"number": str(on.item)})
            yield Labelled(label=label, text=(Run(on.decision.value, strong=True),), inline=True)
            yield Labelled(label=word("label.reasons"), text=on.rationale)


def _documents(letter: Determination, texts: Texts) -> Block:
    entries = tuple(entry for entry in letter.documents_reviewed if entry.strip())
    return NumberedList(entries=entries) if entries else Paragraph(text=texts.word("public.none"))

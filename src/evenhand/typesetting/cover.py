"""Cover sheets: before the papers of an addressee, with the address where an envelope's window shows it; and before paper
that came in.

    document = cover_sheet(read_texts("ca_dwc"), sheet)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.law.facts import Means
from evenhand.typesetting.document import AddressBlock, Block, Document, Facts, FinePrint, Heading, Paragraph, Title
from evenhand.typesetting.parties import Organisation, Recipient, letterhead, running_line
from evenhand.typesetting.texts import Texts


@dataclass(frozen=True, kw_only=True)
class CoverSheet:
    """What lies behind it: for whom, in which case, which papers (title, language), how they go, and how many sheets."""

    organisation: Organisation
    addressee: Recipient
    case_number: str
    papers: tuple[tuple[str, str], ...]
    served_on: date
    sheets: int


@dataclass(frozen=True, kw_only=True)
class IntakeSheet:
    """Paper that came in. Without a case's number it belongs to a case that is still to be opened."""

    organisation: Organisation
    case_number: str
    sender: str
    means: Means
    received_on: date
    entered_on: date
    pages: int
    received_by: str
    remark: str = ""


def cover_sheet(texts: Texts, sheet: CoverSheet) -> Document:
    """The sheet that lies on top in the envelope. Nothing on it says what the case is about."""
    rows = [
        (texts.word("cover.case_number"), sheet.case_number),
        *(
            (
                texts.word("cover.papers") if number == 0 else "",
                texts.word("cover.paper").format_map(_paper(texts, paper)),
            )
            for number, paper in enumerate(sheet.papers)
        ),
        (texts.word("cover.means"), texts.means[sheet.addressee.means.value]),
        (texts.word("cover.served_on"), texts.day(sheet.served_on)),
        (texts.word("cover.sheets"), str(sheet.sheets)),
    ]
    blocks = (
        letterhead(sheet.organisation),
        AddressBlock(lines=(sheet.addressee.name, *sheet.addressee.lines), window=True),
        Title(text=texts.word("cover.title"), overline=texts.word("cover.overline")),
        Facts(rows=tuple(rows)),
        FinePrint(text=texts.say("cover_note", sheet.served_on, {"phone": sheet.organisation.phone})),
    )
    return _document(texts, texts.word("cover.title"), sheet.organisation, sheet.case_number, blocks)


def intake_cover_sheet(texts: Texts, sheet: IntakeSheet) -> Document:
    """The sheet that is laid on paper that came by mail or fax, before it is scanned."""
    number = sheet.case_number or texts.word("intake.new")
    rows = [
        (texts.word("intake.case"), number),
        (texts.word("intake.sender"), sheet.sender),
        (texts.word("intake.means"), texts.word(f"intake.means.{sheet.means.value}")),
        (texts.word("intake.received_on"), texts.day(sheet.received_on)),
        (texts.word("intake.entered_on"), texts.day(sheet.entered_on)),
        (texts.word("intake.pages"), str(sheet.pages)),
        (texts.word("intake.received_by"), sheet.received_by),
    ]
    blocks: tuple[Block, ...] = (
        letterhead(sheet.organisation),
        Title(text=texts.word("intake.title"), overline=texts.word("cover.overline")),
        Facts(rows=tuple(rows)),
        *(
            (Heading(text=texts.word("intake.remark").rstrip(":")), Paragraph(text=sheet.remark))
            if sheet.remark
            else ()
        ),
        FinePrint(text=texts.say("intake_note", sheet.received_on)),
    )
    return _document(texts, texts.word("intake.title"), sheet.organisation, number, blocks)


def _paper(texts: Texts, paper: tuple[str, str]) -> dict[str, str]:
    title, language = paper
    return {"title": title, "language": texts.word(f"cover.language.{language}")}


def _document(
    texts: Texts, title: str, organisation: Organisation, case_number: str, blocks: tuple[Block, ...]
) -> Document:
    return Document(
        title=f"{title}, {texts.word('page.case_number').lower()} {case_number}",
        author=organisation.name,
        running=running_line(organisation, case_number, texts.word("page.case_number")),
        language=texts.language,
        page_number=texts.word("page.number"),
        blocks=blocks,
    )

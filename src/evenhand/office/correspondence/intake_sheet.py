"""The cover sheet for paper that came by mail or fax, laid on top before it is scanned."""

from __future__ import annotations

from datetime import date

from evenhand.law.facts import Means
from evenhand.office.organisation import organisation
from evenhand.programmes import DEFAULT
from evenhand.typesetting.cover import IntakeSheet, intake_cover_sheet
from evenhand.typesetting.parties import Organisation
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.texts import read_texts


def intake_cover(
    *,
    sender: str,
    means: Means,
    received_on: date,
    entered_on: date,
    pages: int,
    received_by: str,
    case_number: str = "",
    remark: str = "",
    programme: str = DEFAULT,
) -> bytes:
    """The sheet as a PDF. Without a number the paper opens a new case. Nothing is kept: what is scanned is received by its act."""
    mine = organisation()
    sheet = IntakeSheet(
        organisation=Organisation(name=mine.name, address_lines=mine.address, phone=mine.phone, email=mine.email),
        case_number=case_number,
        sender=sender,
        means=means,
        received_on=received_on,
        entered_on=entered_on,
        pages=pages,
        received_by=received_by,
        remark=remark,
    )
    return to_pdf(intake_cover_sheet(read_texts(programme), sheet), created=entered_on)

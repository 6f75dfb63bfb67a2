"""The page that goes with the letter: what was decided and what follows, in plain words, in the worker's language.

Every sentence is a fixed phrase of the programme's texts; of the letter only the disputed items, the decisions and the
days come in. A translation that nobody reviewed says so of itself.
"""

from __future__ import annotations

from evenhand.letters.determination import Decision
from evenhand.letters.own import NextStep, OwnLetter
from evenhand.typesetting.document import Document
from evenhand.typesetting.notice import DateLine, Notice, NoticeItem, NoticeKind, compose_notice
from evenhand.typesetting.texts import Texts

PETITION = "wcab_petition"


def summary_page(letter: OwnLetter, texts: Texts) -> Document | None:
    """The page for the first recipient; `None` where the letter gives no last day for a petition, which the page must name."""
    petition = _petition(letter)
    if petition is None or petition.due is None:
        return None
    items = letter.determination.items
    overturned = sum(item.decision is Decision.OVERTURNED for item in items)
    values = {"appeal_due": texts.day(petition.due)}
    if not overturned:
        values["all_upheld"] = str(len(items))
    elif overturned == len(items):
        values["all_overturned"] = str(len(items))
    else:
        values |= {"count_overturned": str(overturned), "count": str(len(items))}
    if overturned < len(items):
        values["some_upheld"] = str(len(items) - overturned)
    return compose_notice(
        texts,
        Notice(
            kind=NoticeKind.DETERMINATION_SUMMARY,
            organisation=letter.organisation,
            addressee=letter.recipients[0],
            case_number=letter.determination.header.case_number or "",
            dated=letter.served_on,
            items=tuple(
                NoticeItem(
                    number=item.number,
                    text=item.eligible_portion or item.item,
                    status=texts.word(f"decision.{item.word}"),
                )
                for item in items
            ),
            dates=(
                DateLine(
                    label=texts.word(f"date.{PETITION}"),
                    day=petition.due,
                    citation=petition.citation,
                    caution=petition.caution,
                ),
            ),
            values=values,
        ),
    )


def _petition(letter: OwnLetter) -> NextStep | None:
    """The step whose day is the last one for a petition; of several parties' days the first, on which all are in time."""
    steps = [step for step in letter.next_steps if step.rule == PETITION and step.due]
    return min(steps, key=lambda step: str(step.due), default=None)

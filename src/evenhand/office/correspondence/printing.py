"""Papers that go by mail are printed in batches: one PDF for the printer, a cover sheet before each addressee's papers.

The PDF is never kept: it is put together from the sealed papers whenever it is wanted, so destroying a case's key destroys what was
printed of it too.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from datetime import date
from itertools import groupby

import pikepdf
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from evenhand.law.facts import Means
from evenhand.office.cases.storage import get
from evenhand.office.correspondence.compose import letterhead_organisation, texts_of, title_of
from evenhand.office.correspondence.models import BatchPaper, Notice, PrintBatch
from evenhand.office.events.chain import Actor, append
from evenhand.office.people.acts import act
from evenhand.office.refusals import Refused
from evenhand.typesetting.cover import CoverSheet, cover_sheet
from evenhand.typesetting.parties import Recipient
from evenhand.typesetting.pdf import to_pdf

CHAIN = "mailroom"
LETTER = (612, 792)


@act("make_print_batch")
def make_print_batch(
    *,
    actor: Actor,
    on: date,
    means: Means = Means.MAIL,
    duplex: bool = False,
    replays: bool = False,
    most: int = 500,
) -> PrintBatch:
    """Puts every paper of these means that was not printed yet into a batch. `batch_pdf` gives the PDF for the printer.

    With `duplex` every paper begins on a sheet of its own. Papers of replayed cases are left out; with `replays` only they are
    taken, to show how it looks: such a batch cannot be marked as mailed.
    """
    papers = sorted(_waiting(means, replays)[:most], key=_envelope)
    if not papers:
        raise Refused(
            what="nothing waits to be printed",
            why=f"every paper that goes {means.value.replace('mail', 'by mail')} is in a batch already",
            next="print an earlier batch again, if it was spoilt",
        )
    pdf, sheets = _put_together(papers, duplex=duplex)
    row = PrintBatch(
        number=(PrintBatch.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        means=means.value,
        made_on=on,
        made_by=actor.username,
        replays=replays,
        duplex=duplex,
        sheets=sheets,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
    batch = _keep(row, papers)
    append(
        actor=actor,
        chain=CHAIN,
        kind="batch_printed",
        effective=on,
        data={
            "batch": batch.number,
            "means": means.value,
            "replays": replays,
            "sheets": sheets,
            "pdf": batch.sha256,
            "papers": [[paper.case.number, paper.number] for paper in papers],
        },
    )
    return batch


@act("reprint_batch")
def reprint_batch(*, actor: Actor, batch: int, on: date, reason: str) -> bytes:
    """The batch's PDF once more, for a stated reason (paper jam, spoilt sheets)."""
    row = _batch(batch)
    if not reason.strip():
        raise Refused(
            what="a batch is printed again without a reason",
            why="the same papers twice may reach somebody twice",
            next="say why",
        )
    pdf = batch_pdf(row)
    append(
        actor=actor,
        chain=CHAIN,
        kind="batch_printed_again",
        effective=on,
        data={"batch": row.number, "pdf": hashlib.sha256(pdf).hexdigest(), "words": len(reason.split())},
    )
    return pdf


@act("mark_batch_mailed")
def mark_batch_mailed(*, actor: Actor, batch: int, mailed_on: date) -> list[Notice]:
    """The batch was deposited in the mail. Returns the papers whose proof of service names another day: serve those again."""
    row = _batch(batch)
    if row.mailed_on is not None or row.replays:
        raise Refused(
            what=f"batch {batch} cannot be marked as mailed",
            why="its papers are examples, played by a script" if row.replays else f"it was, on {row.mailed_on}",
            next="choose another batch",
        )
    if mailed_on < row.made_on:
        raise Refused(
            what=f"batch {batch} was printed on {row.made_on}, after {mailed_on}",
            why="what is mailed was printed before",
            next="correct the day",
        )
    row.mailed_on, row.mailed_by = mailed_on, actor.username
    row.save(update_fields=["mailed_on", "mailed_by"])
    other = [paper for paper in papers_of(row) if paper.served_on != mailed_on]
    append(
        actor=actor,
        chain=CHAIN,
        kind="batch_mailed",
        effective=mailed_on,
        data={"batch": row.number, "other_day": [[paper.case.number, paper.number] for paper in other]},
    )
    return other


def _keep(batch: PrintBatch, papers: list[Notice]) -> PrintBatch:
    """Keeps the batch and its papers. A paper is in one batch only: of two who print at once the second is refused."""
    try:
        with transaction.atomic():
            batch.save()
            BatchPaper.objects.bulk_create(
                BatchPaper(batch=batch, notice=paper, place=place) for place, paper in enumerate(papers, start=1)
            )
    except IntegrityError:
        raise Refused(
            what="these papers were not printed",
            why="somebody else made a batch at the same moment",
            next="look at the list of batches, then try again",
        ) from None
    return batch


def batch_pdf(batch: PrintBatch) -> bytes:
    """The PDF for the printer, put together anew. It is for print only; what is read on a screen are the papers themselves."""
    return _put_together(papers_of(batch), duplex=batch.duplex)[0]


def papers_of(batch: PrintBatch) -> list[Notice]:
    """The batch's papers in order."""
    rows = batch.papers.select_related("notice__case", "notice__party").order_by("place")
    return [row.notice for row in rows]


def waiting_to_print(means: Means = Means.MAIL, *, replays: bool = False) -> int:
    """How many papers wait to be printed."""
    return _waiting(means, replays).count()


def _waiting(means: Means, replays: bool) -> QuerySet[Notice]:
    return (
        Notice.objects.filter(
            means=means.value, printed=None, returns=None, case__set_aside=False, case__replay_of__isnull=not replays
        )
        .select_related("case", "party")
        .order_by("case_id", "number")
    )


def _batch(number: int) -> PrintBatch:
    row = PrintBatch.objects.filter(number=number).first()
    if row is None:
        raise Refused(
            what=f"there is no batch {number}", why="batches are numbered from 1", next="choose one of the list"
        )
    return row


def _envelope(paper: Notice) -> tuple[int, int, date, int]:
    """Papers to one party in one case, served on one day, go in one envelope."""
    return (paper.case_id, paper.party_id, paper.served_on, paper.number)


def _put_together(papers: Iterable[Notice], *, duplex: bool) -> tuple[bytes, int]:
    """One PDF: before each addressee's papers a cover sheet; with how many sheets it takes."""
    whole, sheets = pikepdf.Pdf.new(), 0
    for _, envelope in groupby(papers, key=lambda paper: _envelope(paper)[:3]):
        enclosed = list(envelope)
        contents = [get(p.case, sha256) for p in enclosed for sha256 in (p.cover, p.pdf) if sha256]
        counted = sum(_sheets(_pages(content), duplex) for content in contents)
        for content in (_cover(enclosed, counted + 1), *contents):
            sheets += _add(whole, content, duplex=duplex)
    out = io.BytesIO()
    whole.save(out, deterministic_id=True)
    return out.getvalue(), sheets


def _cover(papers: list[Notice], sheets: int) -> bytes:
    first = papers[0]
    case, texts = first.case, texts_of(first.case)
    sheet = CoverSheet(
        organisation=letterhead_organisation(case),
        addressee=Recipient(
            role=first.party.role,
            name=first.recipient.get("name") or first.party.name,
            lines=tuple(first.recipient.get("lines") or first.party.address),
            means=Means(first.means),
        ),
        case_number=case.number,
        papers=tuple((title_of(texts, paper.kind), paper.language) for paper in papers),
        served_on=first.served_on,
        sheets=sheets,
    )
    return to_pdf(cover_sheet(texts, sheet), created=first.served_on)


def _pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def _sheets(pages: int, duplex: bool) -> int:
    return (pages + 1) // 2 if duplex else pages


def _add(whole: pikepdf.Pdf, content: bytes, *, duplex: bool) -> int:
    """Adds a paper; printed on both sides it ends on a full sheet, so that the next one begins on its own."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
        whole.pages.extend(pdf.pages)
    if duplex and pages % 2:
        whole.add_blank_page(page_size=LETTER)
    return _sheets(pages, duplex)

"""The mail room's batches: every paper once, behind its cover sheet, never an example by mistake."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pypdfium2
import pytest
from tests.office.corresponding import ASSIGNED, assigned, party

from evenhand.bundles.bundle import StaffRole
from evenhand.law.facts import Means, PartyRole
from evenhand.office.cases.models import Case, CaseKey
from evenhand.office.cases.storage import Sealed, get
from evenhand.office.correspondence import actions, queries
from evenhand.office.correspondence.intake_sheet import intake_cover
from evenhand.office.correspondence.models import BatchPaper, ReturnReason
from evenhand.office.correspondence.printing import CHAIN, batch_pdf, papers_of, waiting_to_print
from evenhand.office.correspondence.queries import PaperState
from evenhand.office.events.chain import Actor
from evenhand.office.events.models import Event
from evenhand.office.people.authorisation import NotPermitted
from evenhand.office.refusals import Refused
from evenhand.typesetting.check import check_pdf

Staff = dict[StaffRole, Actor]


@pytest.fixture
def manager(staff: Staff) -> Actor:
    """The case manager."""
    return staff[StaffRole.CASE_MANAGER]


@pytest.fixture
def open_case(case: Case, staff: Staff) -> Case:
    """The example's case with five papers to be mailed."""
    return assigned(case, staff)


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_a_batch_holds_every_paper_once_behind_its_cover_sheet(open_case: Case, manager: Actor) -> None:
    """Four addressees, four cover sheets, five papers; a second batch has nothing left."""
    batch = actions.make_print_batch(actor=manager, on=ASSIGNED)
    text = pages(batch_pdf(batch))
    covers = [page for page in text if "Papers for You" in page]
    assert len(covers) == 4 and text[0] in covers and batch.sheets == len(text)
    assert all(open_case.number in cover and "neck" not in cover.lower() for cover in covers)
    assert "in Spanish" in covers[0] and "in Spanish" not in covers[1]
    inside = sum(len(pypdfium2.PdfDocument(get(open_case, p.pdf))) for p in papers_of(batch))
    assert len(text) == inside + 4 and len(papers_of(batch)) == 5
    assert waiting_to_print() == 0
    with pytest.raises(Refused, match="nothing waits"):
        actions.make_print_batch(actor=manager, on=ASSIGNED)


def test_the_cover_sheet_counts_the_sheets_of_its_envelope(open_case: Case, manager: Actor) -> None:
    """What it says is what lies in the envelope, itself included, on one side or on both."""
    batch = actions.make_print_batch(actor=manager, on=ASSIGNED, duplex=True)
    with pikepdf.open(io.BytesIO(batch_pdf(batch))) as pdf:
        assert len(pdf.pages) == 2 * batch.sheets
    worker = papers_of(batch)[:2]
    sheets = 1 + sum((len(pypdfium2.PdfDocument(get(open_case, p.pdf))) + 1) // 2 for p in worker)
    assert f"Sheets with this one: {sheets}" in " ".join(pages(batch_pdf(batch))[0].split())


def test_the_same_batch_gives_the_same_bytes(open_case: Case, manager: Actor) -> None:
    """The PDF is put together anew each time, and is the one whose hash was recorded."""
    import hashlib

    batch = actions.make_print_batch(actor=manager, on=ASSIGNED)
    assert hashlib.sha256(batch_pdf(batch)).hexdigest() == batch.sha256
    again = actions.reprint_batch(actor=manager, batch=batch.number, on=date(2015, 1, 30), reason="Paper jam.")
    assert again == batch_pdf(batch)
    kinds = list(Event.objects.filter(chain=CHAIN).values_list("kind", flat=True))
    assert kinds == ["batch_printed", "batch_printed_again"]


def test_a_batch_is_marked_as_mailed_once_and_tells_what_names_another_day(open_case: Case, manager: Actor) -> None:
    """On the day of service nothing is told; a day later every paper is, since its proof names the day before."""
    batch = actions.make_print_batch(actor=manager, on=ASSIGNED)
    assert {p.state for p in queries.papers(open_case)} == {PaperState.PRINTED}
    late = actions.mark_batch_mailed(actor=manager, batch=batch.number, mailed_on=date(2015, 1, 30))
    assert len(late) == 5
    assert {p.state for p in queries.papers(open_case)} == {PaperState.MAILED}
    assert {p.deposited_on for p in queries.proofs_of_service(open_case)} == {date(2015, 1, 30)}
    with pytest.raises(Refused, match="cannot be marked"):
        actions.mark_batch_mailed(actor=manager, batch=batch.number, mailed_on=date(2015, 1, 30))


def test_papers_of_a_replayed_case_are_never_mailed(open_case: Case, manager: Actor) -> None:
    """They are left out of batches; a batch of examples can be made and never marked as mailed."""
    Case.objects.filter(pk=open_case.pk).update(replay_of="example", replay_digest="0" * 64)
    with pytest.raises(Refused, match="nothing waits"):
        actions.make_print_batch(actor=manager, on=ASSIGNED)
    batch = actions.make_print_batch(actor=manager, on=ASSIGNED, replays=True)
    assert "Example: a script played this case" in " ".join(pages(batch_pdf(batch))[0].split())
    with pytest.raises(Refused, match="examples"):
        actions.mark_batch_mailed(actor=manager, batch=batch.number, mailed_on=ASSIGNED)
    assert {p.state for p in queries.papers(Case.objects.get(pk=open_case.pk))} == {PaperState.REPLAYED}


def test_what_is_served_again_is_printed_with_its_own_proof(open_case: Case, manager: Actor) -> None:
    """Behind the address sheet lies the sheet with the reason and the proof, then the same paper as before."""
    paper = open_case.notices.get(party=party(open_case, PartyRole.ATTORNEY))
    actions.make_print_batch(actor=manager, on=ASSIGNED)
    actions.record_returned_mail(
        actor=manager, case=open_case, notice=paper.number, returned_on=date(2015, 2, 5), reason=ReturnReason.UNCLAIMED
    )
    actions.serve_again(
        actor=manager,
        case=open_case,
        notice=paper.number,
        on=date(2015, 2, 6),
        means=Means.MAIL,
        reason="It was not claimed.",
    )
    batch = actions.make_print_batch(actor=manager, on=date(2015, 2, 6))
    text = [" ".join(page.split()) for page in pages(batch_pdf(batch))]
    assert "Papers for You" in text[0] and "served on you again" in text[1] and "It was not claimed." in text[1]
    assert any("Your independent medical review has begun" in page for page in text)


def test_the_papers_of_a_destroyed_key_cannot_be_printed_again(open_case: Case, manager: Actor) -> None:
    """Nothing printed is kept: without the case's key a batch does not come back."""
    batch = actions.make_print_batch(actor=manager, on=ASSIGNED)
    CaseKey.objects.filter(case=open_case).update(wrapped=b"\0" * 60)
    with pytest.raises(Sealed):
        batch_pdf(batch)


def test_only_mail_goes_by_mail_and_only_some_may_print(open_case: Case, staff: Staff, manager: Actor) -> None:
    """A paper to be faxed waits in its own list; a reviewer prints nothing; an unknown batch is refused."""
    open_case.notices.filter(party__role="attorney").update(means="fax")
    batch = actions.make_print_batch(actor=manager, on=ASSIGNED)
    assert {p.means for p in papers_of(batch)} == {"mail"} and waiting_to_print(Means.FAX) == 1
    with pytest.raises(NotPermitted):
        actions.make_print_batch(actor=staff[StaffRole.REVIEWER], on=ASSIGNED)
    with pytest.raises(Refused, match="no batch 9"):
        actions.reprint_batch(actor=manager, batch=9, on=ASSIGNED, reason="x")
    assert BatchPaper.objects.count() == 4


def test_paper_that_came_in_gets_a_cover_sheet() -> None:
    """From whom, how, when received and entered, how many pages, by whom; a new case has no number yet."""
    pdf = intake_cover(
        sender="Sierra Crest Claims",
        means=Means.MAIL,
        received_on=date(2015, 1, 16),
        entered_on=date(2015, 1, 20),
        pages=14,
        received_by="a.intake",
    )
    assert check_pdf(pdf) == ()
    assert "New (no case yet)" in pages(pdf)[0] and "January 16, 2015" in pages(pdf)[0]

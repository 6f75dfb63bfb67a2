"""Papers and parties: what goes to whom in which language, what comes back, who is told, where somebody lives, and when."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.office.corresponding import ASSIGNED, NEW_ADDRESS, assigned, last_event, party

from evenhand.bundles.bundle import StaffRole
from evenhand.law.facts import Address, Attorney, ClaimsAdministrator, Means, PartyRole
from evenhand.office.cases.models import Case
from evenhand.office.cases.queries import notified
from evenhand.office.cases.queries import party as standing
from evenhand.office.cases.storage import get
from evenhand.office.correspondence import actions, queries
from evenhand.office.correspondence.addresses import reach
from evenhand.office.correspondence.models import ContactMeans, Notice, ReturnReason
from evenhand.office.correspondence.queries import PaperState
from evenhand.office.events.chain import Actor
from evenhand.office.people.authorisation import NotPermitted
from evenhand.office.people.models import CaseAccess, User
from evenhand.office.people.roles import Role
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.actions import to_review
from evenhand.typesetting.check import check_pdf

Staff = dict[StaffRole, Actor]
FRESNO = Address(street="12 Court Street", city="Fresno", state="CA", zip="93701")
ATTORNEY = Attorney(
    name="Perpetua Vandermolen",
    firm="Vandermolen Law",
    address=FRESNO,
    phone="(559) 555-0133",
    email="p@vandermolen.example.org",
    proof_of_representation_on=date(2015, 2, 9),
)
ADMINISTRATOR = ClaimsAdministrator(
    company="Otherside Claims", contact_name="Quill Ferrand", address=FRESNO, phone="(559) 555-0144"
)


@pytest.fixture
def manager(staff: Staff) -> Actor:
    """The case manager."""
    return staff[StaffRole.CASE_MANAGER]


@pytest.fixture
def open_case(case: Case, staff: Staff) -> Case:
    """The example's case, waiting for records."""
    return assigned(case, staff)


def test_the_worker_is_told_in_english_and_in_spanish(open_case: Case) -> None:
    """Two papers for the employee, the Spanish one the companion of the English one; everybody else gets English alone."""
    papers = list(open_case.notices.select_related("party"))
    languages = {(p.party.role, p.language) for p in papers}
    assert languages == {(p.role, "en") for p in notified(open_case)} | {("employee", "es")}
    spanish = next(p for p in papers if p.language == "es")
    assert spanish.companion_of is not None and spanish.companion_of.language == "en"
    assert spanish.companion_of.party == spanish.party
    for paper in papers:
        assert check_pdf(get(open_case, paper.pdf)) == ()


def test_a_paper_knows_to_whom_how_when_by_whom_and_what_follows(open_case: Case) -> None:
    """Recipient, means, language, day, declarant, items and legal dates stand with each paper; its proof of service is listed."""
    for paper in queries.papers(open_case):
        assert paper.to_name and paper.to_lines and paper.means == "mail" and paper.served_on == ASSIGNED
        assert paper.declarant == "a.case_manager" and paper.items == (1,)
        assert [d["due"] for d in paper.dates if d["rule"] == "records_mailed"] == ["2015-02-13"]
        assert paper.state is PaperState.TO_PRINT and paper.state.words == "queued to print"
    proofs = queries.proofs_of_service(open_case)
    assert [proof.number for proof in proofs] == [paper.number for paper in queries.papers(open_case)]
    assert all(proof.pdf and proof.declarant for proof in proofs)


def test_a_contact_is_kept_with_its_words_sealed(open_case: Case, manager: Actor) -> None:
    """Who called about what can be read again; the event and the row hold a digest only."""
    employee = party(open_case, PartyRole.EMPLOYEE)
    entry = actions.record_contact(
        actor=manager,
        case=open_case,
        on=date(2015, 2, 3),
        means=ContactMeans.PHONE,
        incoming=True,
        about="Asked about her cervical fusion.",
        party=employee.pk,
    )
    assert queries.contact_words(queries.contacts(open_case)[0]) == ("", "Asked about her cervical fusion.")
    assert "cervical" not in last_event(open_case).payload and entry.sealed in last_event(open_case).payload
    assert (entry.number, entry.incoming, entry.recorded_by) == (1, True, "a.case_manager")


@pytest.mark.parametrize(("about", "somebody"), [("", "A neighbor"), ("Called.", "")])
def test_a_contact_without_words_or_person_is_refused(
    open_case: Case, manager: Actor, about: str, somebody: str
) -> None:
    """It takes somebody and what it was about."""
    with pytest.raises(Refused, match="needs somebody"):
        actions.record_contact(
            actor=manager,
            case=open_case,
            on=date(2015, 2, 3),
            means=ContactMeans.MAIL,
            incoming=False,
            about=about,
            somebody=somebody,
        )


def test_a_new_address_holds_from_its_day_and_the_old_one_stays(open_case: Case, manager: Actor) -> None:
    """Papers of an earlier day go to the earlier address, later ones to the new one; the region follows; both stay on record."""
    employee = party(open_case, PartyRole.EMPLOYEE)
    before = tuple(employee.address)
    actions.change_address(
        actor=manager, case=open_case, party=employee.pk, from_on=date(2015, 2, 10), address=NEW_ADDRESS, email=""
    )
    employee.refresh_from_db()
    assert reach(employee, date(2015, 2, 9)).address == before
    assert reach(employee, date(2015, 2, 10)).address == ("9 New Street", "Reno, NV 89501")
    assert (employee.region, employee.email) == ("us", "")
    assert len(queries.addresses(employee)) == 2
    assert "Reno" not in last_event(open_case).payload


def test_an_address_that_is_not_different_is_refused(open_case: Case, manager: Actor) -> None:
    """An empty change and somebody else's party are refused in words."""
    employee = party(open_case, PartyRole.EMPLOYEE)
    with pytest.raises(Refused, match="nothing is different"):
        actions.change_address(
            actor=manager, case=open_case, party=employee.pk, from_on=date(2015, 2, 10), phone=employee.phone
        )
    with pytest.raises(Refused, match="no such party"):
        actions.change_address(actor=manager, case=open_case, party=0, from_on=date(2015, 2, 10), phone="1")


def test_another_attorney_gets_the_notices_and_the_former_none(open_case: Case, manager: Actor) -> None:
    """The former attorney stays in the history, gets nothing more and no longer sees the case."""
    former = party(open_case, PartyRole.ATTORNEY)
    CaseAccess.objects.create(
        user=User.objects.create(username="attorney"),
        case_number=open_case.number,
        role=Role.ATTORNEY,
        granted_on=ASSIGNED,
    )
    change = actions.change_attorney(
        actor=manager, case=open_case, attorney=ATTORNEY, from_on=date(2015, 2, 10), told_on=date(2015, 2, 11)
    )
    assert standing(open_case, "attorney").name == "Perpetua Vandermolen"
    assert former.pk not in {p.pk for p in notified(open_case)} and open_case.parties.filter(pk=former.pk).exists()
    assert (change.former, change.proof_on, change.screening_needed) == (former, date(2015, 2, 9), False)
    assert not CaseAccess.objects.filter(case_number=open_case.number, ended_on=None).exists()
    names = {screened.name for screened in to_review(open_case).parties}
    assert names >= {former.name, "Perpetua Vandermolen", "Vandermolen Law"}
    assert "Vandermolen" not in last_event(open_case).payload


def test_an_attorney_can_leave_and_come_back(open_case: Case, manager: Actor) -> None:
    """Nobody stands for the employee any more; whoever comes back has one row, with a history of addresses."""
    name = party(open_case, PartyRole.ATTORNEY).name
    actions.change_attorney(
        actor=manager, case=open_case, attorney=None, from_on=date(2015, 2, 10), told_on=date(2015, 2, 10)
    )
    assert "attorney" not in {p.role for p in notified(open_case)}
    back = Attorney(name=name, firm="Anew", address=FRESNO, phone="1", proof_of_representation_on=date(2015, 2, 12))
    actions.change_attorney(
        actor=manager, case=open_case, attorney=back, from_on=date(2015, 2, 12), told_on=date(2015, 2, 12)
    )
    row = standing(open_case, "attorney")
    assert (row.name, row.organisation, row.notified, row.addresses.count()) == (name, "Anew", True, 2)


def test_an_attorney_without_proof_of_representation_is_refused(open_case: Case, manager: Actor) -> None:
    """Nothing about a treatment goes to somebody who is not shown to represent the employee; nothing is half done."""
    unproved = Attorney(name="X", firm="Y", address=FRESNO, phone="1")
    with pytest.raises(Refused, match="proof of representation"):
        actions.change_attorney(
            actor=manager, case=open_case, attorney=unproved, from_on=date(2015, 2, 10), told_on=date(2015, 2, 10)
        )
    assert standing(open_case, "attorney").notified


def test_another_claims_administrator_owes_what_the_former_owed(open_case: Case, manager: Actor) -> None:
    """It gets the notices, and open dates of the former one pass to it as they were computed."""
    former = party(open_case, PartyRole.CLAIMS_ADMINISTRATOR)
    open_case.legal_dates.filter(rule="records_mailed").update(party=former)
    actions.change_claims_administrator(
        actor=manager,
        case=open_case,
        administrator=ADMINISTRATOR,
        changed_on=date(2015, 2, 3),
        told_on=date(2015, 2, 5),
    )
    now = standing(open_case, "claims_administrator")
    assert now.organisation == "Otherside Claims" and former.name not in {p.name for p in notified(open_case)}
    row = open_case.legal_dates.get(rule="records_mailed", superseded=False)
    assert (row.party, row.due) == (now, "2015-02-13")


def test_the_change_of_administrator_is_held_against_its_time_limit(open_case: Case, manager: Actor) -> None:
    """Since 2018 the office has to be told within the law pack's five working days."""
    actions.change_claims_administrator(
        actor=manager,
        case=open_case,
        administrator=ADMINISTRATOR,
        changed_on=date(2025, 3, 3),
        told_on=date(2025, 3, 12),
    )
    row = open_case.legal_dates.get(rule="administrator_change_notice")
    assert (row.due, row.met_on) == ("2025-03-10", date(2025, 3, 12))


def test_a_paper_that_came_back_is_served_again_where_the_party_lives_now(open_case: Case, manager: Actor) -> None:
    """Same papers, both languages, the new address, a proof of service of their own; the earlier service stays."""
    employee = party(open_case, PartyRole.EMPLOYEE)
    first = open_case.notices.get(party=employee, language="en")
    actions.record_returned_mail(
        actor=manager, case=open_case, notice=first.number, returned_on=date(2015, 2, 6), reason=ReturnReason.MOVED
    )
    assert [p.number for p in queries.papers_to_see_to()] == [first.number]
    actions.change_address(
        actor=manager, case=open_case, party=employee.pk, from_on=date(2015, 2, 9), address=NEW_ADDRESS
    )
    again = actions.serve_again(
        actor=manager,
        case=open_case,
        notice=first.number,
        on=date(2015, 2, 10),
        means=Means.MAIL,
        reason="The letter came back: moved.",
    )
    assert [(p.language, p.again_of.served_on) for p in again] == [("en", ASSIGNED), ("es", ASSIGNED)]
    assert again[0].pdf == first.pdf and again[0].recipient["lines"][0] == "9 New Street"
    for paper in again:
        assert check_pdf(get(open_case, paper.cover)) == ()
    states = {p.number: p.state for p in queries.papers(open_case)}
    assert states[first.number] is PaperState.SERVED_AGAIN and states[again[0].number] is PaperState.TO_PRINT
    assert queries.papers_to_see_to() == []
    proofs = {proof.number: proof for proof in queries.proofs_of_service(open_case)}
    assert proofs[first.number].returned_on == date(2015, 2, 6)
    assert proofs[again[0].number].pdf == again[0].cover and proofs[again[0].number].again_of == first.number


def test_the_records_are_due_later_when_the_administrator_is_served_again(open_case: Case, manager: Actor) -> None:
    """The date is counted anew by the means of the new service; the earlier one stays on record, superseded."""
    paper = open_case.notices.get(party=party(open_case, PartyRole.CLAIMS_ADMINISTRATOR))
    actions.serve_again(
        actor=manager,
        case=open_case,
        notice=paper.number,
        on=date(2015, 2, 10),
        means=Means.ELECTRONIC,
        reason="The first went to a wrong address.",
    )
    running = open_case.legal_dates.get(rule__startswith="records_", superseded=False, label__contains="Records from")
    assert (running.rule, running.due) == ("records_electronic", "2015-02-23")
    assert open_case.legal_dates.get(rule="records_mailed").superseded


def test_serving_again_can_leave_the_dates_as_they_are(open_case: Case, manager: Actor) -> None:
    """Where the first service counts, no date is counted anew, and the sheet on top names none."""
    paper = open_case.notices.get(party=party(open_case, PartyRole.CLAIMS_ADMINISTRATOR))
    before = list(open_case.legal_dates.values_list("pk", "due", "superseded"))
    actions.serve_again(
        actor=manager,
        case=open_case,
        notice=paper.number,
        on=date(2015, 2, 10),
        means=Means.MAIL,
        reason="Asked for another copy.",
        new_dates=False,
    )
    assert list(open_case.legal_dates.values_list("pk", "due", "superseded")) == before


def test_what_cannot_come_back_or_be_served_again_is_refused(open_case: Case, manager: Actor) -> None:
    """An unknown paper, a day before service, twice, no reason, and a party who gets no more notices."""
    paper = open_case.notices.get(party=party(open_case, PartyRole.ATTORNEY))
    back = {"actor": manager, "case": open_case, "reason": ReturnReason.REFUSED}
    again = {"actor": manager, "case": open_case, "notice": paper.number, "means": Means.MAIL}
    with pytest.raises(Refused, match="no paper 99"):
        actions.record_returned_mail(notice=99, returned_on=date(2015, 2, 6), **back)
    with pytest.raises(Refused, match="before it was served"):
        actions.record_returned_mail(notice=paper.number, returned_on=date(2015, 1, 2), **back)
    actions.record_returned_mail(notice=paper.number, returned_on=date(2015, 2, 6), **back)
    with pytest.raises(Refused, match="came back already"):
        actions.record_returned_mail(notice=paper.number, returned_on=date(2015, 2, 7), **back)
    with pytest.raises(Refused, match="cannot be served again"):
        actions.serve_again(on=date(2015, 2, 10), reason=" ", **again)
    actions.change_attorney(
        actor=manager, case=open_case, attorney=None, from_on=date(2015, 2, 8), told_on=date(2015, 2, 8)
    )
    with pytest.raises(Refused, match="still gets notices"):
        actions.serve_again(on=date(2015, 2, 10), reason="It came back.", **again)


def test_what_went_out_and_came_back_is_never_deleted(open_case: Case, manager: Actor) -> None:
    """The database refuses to delete papers, contacts, addresses and changes."""
    actions.change_address(
        actor=manager,
        case=open_case,
        party=party(open_case, PartyRole.EMPLOYEE).pk,
        from_on=date(2015, 2, 10),
        address=NEW_ADDRESS,
    )
    for table in ("correspondence_notice", "correspondence_partyaddress"):
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("role", [StaffRole.REVIEWER, StaffRole.AUDITOR, StaffRole.FINANCE])
def test_whoever_has_nothing_to_do_with_papers_cannot_serve(open_case: Case, staff: Staff, role: StaffRole) -> None:
    """The table of permissions is asked each time."""
    with pytest.raises(NotPermitted):
        actions.serve_again(
            actor=staff[role], case=open_case, notice=1, on=date(2015, 2, 10), means=Means.MAIL, reason="x"
        )
    assert not Notice.objects.filter(again_of__isnull=False).exists()

"""Missing records, more time, the end of a review: who does it, on what ground, what is told to whom."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
from tests.office.corresponding import assigned, last_event, party

from evenhand.bundles.bundle import StaffRole
from evenhand.law.facts import Means, PartyRole
from evenhand.office.cases.clocks import set_date
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import NotLawful, move_case, move_item
from evenhand.office.cases.queries import notified
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.cases.storage import get
from evenhand.office.correspondence.dispatch import dispatch, keep
from evenhand.office.correspondence.models import Notice
from evenhand.office.events.chain import Actor
from evenhand.office.intake.actions import record_authorisation, screen_application
from evenhand.office.intake.ending import (
    TerminationReason,
    send_termination_notices,
    terminate_review,
    termination_notices_owed,
)
from evenhand.office.issuing.extension import extend_determination
from evenhand.office.issuing.summary import summary
from evenhand.office.people.authorisation import NotPermitted
from evenhand.office.records.deficiency import send_deficiency_notice
from evenhand.office.refusals import Refused
from evenhand.typesetting.check import check_pdf

Staff = dict[StaffRole, Actor]


@pytest.fixture
def manager(staff: Staff) -> Actor:
    """The case manager."""
    return staff[StaffRole.CASE_MANAGER]


@pytest.fixture
def director(staff: Staff) -> Actor:
    """The Administrative Director."""
    return staff[StaffRole.ADMINISTRATIVE_DIRECTOR]


@pytest.fixture
def open_case(case: Case, staff: Staff) -> Case:
    """The example's case, waiting for records."""
    return assigned(case, staff)


@pytest.fixture
def deciding(open_case: Case, manager: Actor) -> Case:
    """The case with complete records and a running decision clock."""
    move_case(open_case, CaseState.RECORDS_COMPLETE, manager)
    set_date(case=open_case, label="Determination", rule="determination", start=date(2015, 2, 12))
    return open_case


def words(notice: Notice) -> str:
    """What a paper says, white space folded."""
    document = pypdfium2.PdfDocument(get(notice.case, notice.pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def paper(case: Case, kind: str, role: PartyRole, language: str = "en") -> Notice:
    """The latest paper of a kind to a party."""
    found = case.notices.filter(kind=kind, party=party(case, role), language=language).last()
    assert found is not None
    return found


def test_late_records_make_the_case_overdue_and_the_cost_is_told(open_case: Case, manager: Actor) -> None:
    """Past the date: what is missing, since when, what it may come to by the law pack; the others get a copy without a duty."""
    send_deficiency_notice(actor=manager, case=open_case, on=date(2015, 2, 20), means=Means.MAIL)
    assert open_case.state == CaseState.RECORDS_OVERDUE
    told = words(paper(open_case, "records_deficiency", PartyRole.CLAIMS_ADMINISTRATOR))
    for phrase in (
        "Records were due on February 13, 2015",
        "9792.10.5(a)(1)(A)",
        "7 days late",
        "$3,500",
        "up to $5,000",
    ):
        assert phrase in told
    copied = words(paper(open_case, "records_deficiency", PartyRole.EMPLOYEE))
    assert "You need not send them" in copied and "7 days late" not in copied
    spanish = words(paper(open_case, "records_deficiency", PartyRole.EMPLOYEE, "es"))
    assert "Usted no tiene que enviarlos" in spanish
    assert '"days_late":7' in last_event(open_case).payload


def test_before_the_date_what_is_missing_is_told_without_lateness(open_case: Case, manager: Actor) -> None:
    """The case stays open for records, and no cost is counted."""
    send_deficiency_notice(actor=manager, case=open_case, on=date(2015, 2, 9), means=Means.MAIL)
    assert open_case.state == CaseState.RECORDS_OPEN
    told = words(paper(open_case, "records_deficiency", PartyRole.CLAIMS_ADMINISTRATOR))
    assert "Send what is missing by February 13, 2015" in told and "days late" not in told


def test_missing_records_are_asked_for_only_while_they_are_awaited(deciding: Case, manager: Actor) -> None:
    """With complete records there is nothing to ask for."""
    with pytest.raises(NotLawful):
        send_deficiency_notice(actor=manager, case=deciding, on=date(2015, 2, 20), means=Means.MAIL)


def test_the_director_gives_more_time_once_with_a_reason(deciding: Case, director: Actor) -> None:
    """The later date takes the place of the first, which stays on record; every party is told why and until when."""
    extend_determination(
        actor=director,
        case=deciding,
        reason="The expert fell ill.",
        approved_on=date(2015, 3, 10),
        means=Means.MAIL,
    )
    running = deciding.legal_dates.filter(rule__startswith="determination", superseded=False)
    assert [(row.rule, row.due) for row in running] == [("determination_extension", "2015-03-17")]
    assert deciding.legal_dates.get(rule="determination").superseded
    told = words(paper(deciding, "extension", PartyRole.ATTORNEY))
    for phrase in ("now due by March 17, 2015", "The expert fell ill.", "March 16, 2015"):
        assert phrase in told
    assert "ahora a más tardar el 17 de marzo de 2015" in words(paper(deciding, "extension", PartyRole.EMPLOYEE, "es"))
    assert "ill" not in last_event(deciding).payload
    with pytest.raises(Refused, match="extended already"):
        extend_determination(
            actor=director, case=deciding, reason="Again.", approved_on=date(2015, 3, 11), means=Means.MAIL
        )


def test_more_time_is_refused_where_the_law_gives_none(deciding: Case, director: Actor, manager: Actor) -> None:
    """Without a reason, after the last day, by anybody else."""
    extend = {"case": deciding, "approved_on": date(2015, 3, 10), "means": Means.MAIL}
    with pytest.raises(NotPermitted):
        extend_determination(actor=manager, reason="Busy.", **extend)
    with pytest.raises(Refused, match="without a reason"):
        extend_determination(actor=director, reason=" ", **extend)
    with pytest.raises(Refused, match="after the last day"):
        extend_determination(actor=director, reason="Late.", **{**extend, "approved_on": date(2015, 3, 17)})
    assert not deciding.notices.filter(kind="extension").exists()


@pytest.mark.parametrize("reason", [TerminationReason.EMPLOYEE_WITHDREW, TerminationReason.AUTHORISED])
def test_a_review_ends_when_no_item_is_left(open_case: Case, manager: Actor, reason: TerminationReason) -> None:
    """The case is terminated with the law's ground, and every party is told, the worker in Spanish too."""
    terminate_review(
        actor=manager,
        case=open_case,
        reason=reason,
        ended_on=date(2015, 2, 5),
        told_on=date(2015, 2, 6),
        means=Means.MAIL,
    )
    item = open_case.items.get()
    assert item.state == (ItemState.AUTHORISED if reason is TerminationReason.AUTHORISED else ItemState.WITHDRAWN)
    assert open_case.state == CaseState.TERMINATED and open_case.closed_on == date(2015, 2, 6)
    assert open_case.notices.filter(kind="termination").count() == len(notified(open_case)) + 1
    told = words(paper(open_case, "termination", PartyRole.EMPLOYEE))
    assert "ended without a determination" in told and "is not published" in told
    assert "ha terminado sin una determinación" in words(paper(open_case, "termination", PartyRole.EMPLOYEE, "es"))


def test_a_case_can_be_withdrawn_while_it_is_screened(case: Case, staff: Staff, manager: Actor) -> None:
    """Before anything is decided on eligibility the employee may take the application back."""
    screen_application(actor=staff[StaffRole.INTAKE], case=case, on=date(2015, 1, 16))
    terminate_review(
        actor=manager,
        case=case,
        reason=TerminationReason.EMPLOYEE_WITHDREW,
        ended_on=date(2015, 1, 19),
        told_on=date(2015, 1, 20),
        means=Means.MAIL,
    )
    assert case.state == CaseState.TERMINATED


def test_a_drafted_decision_falls_when_its_item_ends(open_case: Case, staff: Staff, manager: Actor) -> None:
    """Until issue a decision binds nobody; the notice of the end tells nothing of it."""
    item = open_case.items.get()
    item.decision, item.rationale = "Upheld", "Packs do as well."
    move_item(item, ItemState.DECIDED, staff[StaffRole.REVIEWER])
    terminate_review(
        actor=manager,
        case=open_case,
        reason=TerminationReason.AUTHORISED,
        ended_on=date(2015, 2, 5),
        told_on=date(2015, 2, 5),
        means=Means.MAIL,
    )
    item.refresh_from_db()
    assert (item.state, item.decision) == (ItemState.AUTHORISED, None)
    assert "Upheld" not in words(paper(open_case, "termination", PartyRole.ATTORNEY))


def test_a_reason_counts_from_the_day_the_law_knows_it(open_case: Case, manager: Actor) -> None:
    """In 2015 a settlement did not end a review; an item that is not open cannot end; a day before the end is refused."""
    end = {"actor": manager, "case": open_case, "means": Means.MAIL, "told_on": date(2015, 2, 6)}
    with pytest.raises(Refused, match="did not end because of this"):
        terminate_review(reason=TerminationReason.SETTLED, ended_on=date(2015, 2, 5), **end)
    with pytest.raises(Refused, match="no open item 7"):
        terminate_review(reason=TerminationReason.AUTHORISED, ended_on=date(2015, 2, 5), item_numbers=[7], **end)
    with pytest.raises(Refused, match="before the dispute ended"):
        terminate_review(reason=TerminationReason.AUTHORISED, ended_on=date(2015, 2, 7), **end)
    assert open_case.state == CaseState.RECORDS_OPEN


def test_the_administrators_duty_to_tell_is_held_against_its_time_limit(open_case: Case, manager: Actor) -> None:
    """Since 2018 a settlement has to be told within the law pack's days; the day it was told is kept."""
    terminate_review(
        actor=manager,
        case=open_case,
        reason=TerminationReason.SETTLED,
        ended_on=date(2025, 3, 3),
        told_on=date(2025, 3, 14),
        means=Means.MAIL,
    )
    row = open_case.legal_dates.get(rule="terminate_notice")
    assert (row.due, row.met_on) == ("2025-03-10", date(2025, 3, 14))


def test_an_authorisation_leaves_its_notice_to_be_sent_or_sends_it(open_case: Case, manager: Actor) -> None:
    """Without means something is left to do, and doing it is one act; then nothing is left."""
    record_authorisation(
        actor=manager, case=open_case, item=1, authorized="all of it", remaining=None, on=date(2015, 2, 5)
    )
    assert open_case.state == CaseState.TERMINATED
    assert [item.number for item in termination_notices_owed(open_case)] == [1]
    send_termination_notices(actor=manager, case=open_case, on=date(2015, 2, 6), means=Means.MAIL)
    assert termination_notices_owed(open_case) == []
    with pytest.raises(Refused, match="nobody has to be told"):
        send_termination_notices(actor=manager, case=open_case, on=date(2015, 2, 6), means=Means.MAIL)


def test_an_authorisation_with_means_tells_the_parties_at_once(open_case: Case, manager: Actor) -> None:
    """One act, one event, and nothing left to do."""
    record_authorisation(
        actor=manager,
        case=open_case,
        item=1,
        authorized="all of it",
        remaining=None,
        on=date(2015, 2, 5),
        means=Means.MAIL,
    )
    assert termination_notices_owed(open_case) == []
    assert "authorized the treatment" in words(paper(open_case, "termination", PartyRole.REQUESTING_PHYSICIAN))


@pytest.mark.parametrize(
    ("decision", "english", "spanish"),
    [
        ("Upheld", ("The denial stands.", "Upheld – not medically necessary"), ("La denegación se mantiene.",)),
        (
            "Overturned",
            ("The denial is set aside.", "within 5 working days of receiving", "within 20 days of receiving"),
            ("La denegación se anula.", "dentro de 5 días hábiles"),
        ),
    ],
)
def test_the_summary_says_in_plain_words_what_was_decided(
    open_case: Case,
    staff: Staff,
    manager: Actor,
    decision: str,
    english: tuple[str, ...],
    spanish: tuple[str, ...],
) -> None:
    """The result of each item, what follows and until when, in two pages and a proof; it goes along with the letter."""
    item = open_case.items.get()
    item.decision, item.rationale = decision, "Reasons."
    move_item(item, ItemState.DECIDED, staff[StaffRole.REVIEWER])
    to, on = party(open_case, PartyRole.EMPLOYEE), date(2015, 3, 10)
    letter = keep(case=open_case, kind="determination", to=to, means=Means.MAIL, on=on, actor=manager, pdf=b"a letter")
    petition = set_date(case=open_case, label="Petition", rule="wcab_petition", start=on, means=Means.MAIL, party=to)
    content = summary(open_case, on, petition)
    dispatch(
        case=open_case,
        content=content,
        parties=[to],
        means=Means.MAIL,
        on=on,
        actor=manager,
        with_papers={to.pk: letter},
    )
    for language, phrases in (("en", (*english, "April 14, 2015")), ("es", (*spanish, "14 de abril de 2015"))):
        notice = paper(open_case, "determination_summary", PartyRole.EMPLOYEE, language)
        assert notice.companion_of == letter
        pdf = get(open_case, notice.pdf)
        assert check_pdf(pdf) == () and len(pypdfium2.PdfDocument(pdf)) <= 3
        assert [phrase for phrase in phrases if phrase not in words(notice)] == []

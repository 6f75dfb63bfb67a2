"""The case: its states, its sealed papers, its dates; impossible states cannot be stored."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.office.cases.clocks import set_date
from evenhand.office.cases.models import Case, CaseKey, DisputedItem, LegalDate
from evenhand.office.cases.moves import NotLawful, move_case, move_item
from evenhand.office.cases.states import CASE_TRANSITIONS, ITEM_TRANSITIONS, CaseState, ItemState, lawful
from evenhand.office.cases.storage import Sealed, get, put
from evenhand.office.configuration import configuration
from evenhand.office.events.chain import Actor
from evenhand.office.intake.actions import decide_eligibility, receive_application, screen_application
from evenhand.office.publishing.actions import set_aside_replay
from evenhand.office.refusals import Refused

SOME_WAYS = {(t.source, t.target) for t in CASE_TRANSITIONS}


@pytest.mark.parametrize("target", [s for s in CaseState.values if s != "RECEIVED"])
def test_the_database_refuses_a_state_that_the_table_does_not_lead_to(case: Case, target: str) -> None:
    """Not even SQL can put a received case where no way of the table goes."""

    def jump() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE cases_case SET state = %s WHERE id = %s", [target, case.pk])

    if ("RECEIVED", target) in SOME_WAYS:
        jump()
    else:
        with pytest.raises(DatabaseError, match="not in the table of transitions"):
            jump()


def test_a_case_begins_received_and_is_never_deleted(case: Case) -> None:
    """The life of a case has one beginning, and no row of it disappears."""
    with pytest.raises(DatabaseError, match="begins as RECEIVED"), transaction.atomic():
        Case.objects.create(
            number="X", programme="ca_dwc", state="ISSUED", priority="regular", opened_on=date(2015, 1, 1)
        )
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_case")


def test_an_item_is_decided_with_a_rationale_or_not_at_all(case: Case) -> None:
    """The database keeps decision, state and rationale together."""
    item = case.items.get(number=1)
    for fields in (
        {"decision": "Upheld"},
        {"state": "DECIDED"},
        {"state": "DECIDED", "decision": "Upheld"},
        {"state": "DECIDED", "decision": "Modified", "rationale": "x"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            DisputedItem.objects.filter(pk=item.pk).update(**fields)


@pytest.mark.parametrize("role", list(StaffRole))
@pytest.mark.parametrize("source", CaseState.values)
def test_a_case_moves_by_the_table_only(source: str, role: StaffRole) -> None:
    """Each way has its role and its citation; no state leads to itself, and every state but the last ones leads on."""
    for target in CaseState.values:
        way = lawful(CASE_TRANSITIONS, source, target, role)
        if way is not None:
            assert source != target and way.citation
    if source not in {"CLOSED", "TERMINATED"}:
        assert any(t.source == source for t in CASE_TRANSITIONS)


def test_a_move_by_the_wrong_role_says_who_may(case: Case, staff: dict[StaffRole, Actor]) -> None:
    """The refusal names the ways that are open and who goes them."""
    with pytest.raises(NotLawful, match="SCREENING by intake"):
        move_case(case, CaseState.SCREENING, staff[StaffRole.REVIEWER])
    with pytest.raises(NotLawful):
        move_item(case.items.get(number=1), ItemState.DECIDED, staff[StaffRole.REVIEWER])


def test_every_item_state_can_be_reached() -> None:
    """No state of an item is dead."""
    assert {t.target for t in ITEM_TRANSITIONS} | {"DISPUTED"} == set(ItemState.values)


def test_what_is_stored_comes_back_and_lies_sealed(case: Case) -> None:
    """Content-addressed, encrypted, the same content once."""
    content = b"%PDF-1.7 a report on the cervical spine"
    sha256 = put(case, content)
    assert put(case, content) == sha256 and get(case, sha256) == content
    path = configuration().objects / case.number / sha256[:2] / sha256
    assert b"cervical" not in path.read_bytes()


def test_an_altered_object_does_not_open(case: Case) -> None:
    """One flipped bit is noticed, and said in words."""
    sha256 = put(case, b"a report")
    path = configuration().objects / case.number / sha256[:2] / sha256
    content = bytearray(path.read_bytes())
    content[20] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(Sealed, match="altered"):
        get(case, sha256)
    path.unlink()
    with pytest.raises(Sealed, match="not in the store"):
        get(case, sha256)


def test_without_the_case_key_nothing_opens(case: Case) -> None:
    """Destroying one row destroys the file of a case."""
    sha256 = put(case, b"a report that is to be destroyed")
    CaseKey.objects.filter(case=case).delete()
    with pytest.raises(CaseKey.DoesNotExist):
        get(case, sha256)


def test_a_legal_date_is_superseded_not_overwritten(case: Case) -> None:
    """The earlier date stays, marked; one date of a rule stands."""
    set_date(case=case, label="Determination", rule="determination", start=date(2015, 2, 13))
    set_date(case=case, label="Determination", rule="determination", start=date(2015, 2, 24))
    rows = LegalDate.objects.filter(case=case, rule="determination").order_by("id")
    assert [(row.due, row.superseded) for row in rows] == [("2015-03-16", True), ("2015-03-26", False)]


def test_eligibility_is_not_decided_before_it_is_screened(case: Case, staff: dict[StaffRole, Actor]) -> None:
    """The Administrative Director decides on a screening, not on a heap of paper."""
    with pytest.raises(NotLawful, match="not the time"):
        decide_eligibility(actor=staff[StaffRole.ADMINISTRATIVE_DIRECTOR], case=case, on=date(2015, 1, 28))
    screen_application(actor=staff[StaffRole.INTAKE], case=case, on=date(2015, 1, 16))
    findings = decide_eligibility(actor=staff[StaffRole.ADMINISTRATIVE_DIRECTOR], case=case, on=date(2015, 1, 28))
    assert [finding.status for finding in findings] == ["eligible"]
    assert case.state == "ASSIGNED"


def test_a_second_application_on_the_same_items_is_a_duplicate(
    case: Case, neck: Bundle, staff: dict[StaffRole, Actor]
) -> None:
    """Same employee, same decision, same item: closed against the first, whose number is named."""
    facts = neck.case
    again = receive_application(
        actor=staff[StaffRole.INTAKE],
        form=facts.application,
        request_for_authorization=facts.request_for_authorization,
        ur_decision=facts.ur_decision,
        entered_on=date(2015, 1, 17),
    )
    findings = screen_application(actor=staff[StaffRole.INTAKE], case=again, on=date(2015, 1, 17))
    assert findings[0].status == "duplicate" and case.number in findings[0].grounds[0].explanation
    assert again.number != case.number


def test_only_a_replay_can_be_set_aside(case: Case, staff: dict[StaffRole, Actor]) -> None:
    """A real case is never put away: not by the act, not by the database."""
    with pytest.raises(Refused, match="real case"):
        set_aside_replay(actor=staff[StaffRole.SYSTEM_ADMINISTRATOR], case=case)
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(set_aside=True)


def test_events_hold_no_name_and_no_medical_text(case: Case, neck: Bundle) -> None:
    """An event cannot be deleted, so it holds procedure and digests only."""
    from evenhand.office.events.models import Event

    employee = neck.case.application.employee
    for event in Event.objects.filter(chain=case.chain):
        for value in (employee.last_name, employee.claim_number, employee.phone, "therapy", "fusion"):
            assert value not in event.payload

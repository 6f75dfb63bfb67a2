"""Looking at a case: parts by role, a reason for the rest, and an event for every look."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from evenhand.bundles.bundle import StaffRole
from evenhand.office.cases.models import Case
from evenhand.office.cases.reading import break_glass, look_at_break_glass, read, reads_chain, visible
from evenhand.office.events.chain import Actor
from evenhand.office.events.models import Event
from evenhand.office.people.authorisation import NoSuchCase, NotPermitted, may_enter
from evenhand.office.people.models import BreakGlass, CaseAccess, RoleGrant, User
from evenhand.office.people.roles import BREAKABLE, PARTIES, READINGS, SEES, STAFF, Part, Role
from evenhand.office.records.models import FileIndex
from evenhand.office.records.protection import lift_protected, mark_protected, protected_pages
from evenhand.office.refusals import Refused

REASON = "A judge asked whether the consultation of March was in the file."
Staff = dict[StaffRole, Actor]


def party(case: Case, role: Role = Role.WORKER, username: str = "party") -> Actor:
    """An account of a party to the case."""
    user = User.objects.create(username=username)
    RoleGrant.objects.create(user=user, role=role.value)
    CaseAccess.objects.create(user=user, case_number=case.number, role=role.value, granted_on=date(2015, 1, 20))
    return Actor(username=username, role=role.value, source="person")


def test_every_part_has_its_rule() -> None:
    """The table speaks of every part; what a reason opens is closed otherwise, and never the reviewer's identity."""
    assert set(SEES) == set(Part)
    assert Part.REVIEWER not in BREAKABLE
    for part, roles in BREAKABLE.items():
        assert not roles & SEES[part], part
        assert roles <= STAFF


def test_no_party_sees_the_log_the_reviewer_or_the_work_on_the_file() -> None:
    """Parties see their case, not who reviews it, nor who in the office did what."""
    for part in (Part.EVENTS, Part.REVIEWER, Part.REVIEW, Part.RECORDS, Part.PROTECTED, Part.CONTACTS):
        assert not SEES[part] & PARTIES, part


def test_an_employer_has_no_role() -> None:
    """The employer learns nothing medical here: there is no capacity in which it could sign in."""
    assert "employer" not in {role.value for role in Role}


def test_those_who_manage_accounts_see_nothing_medical() -> None:
    """Running the system is no reason to read anybody's file, with a reason either."""
    sees = {part for part, roles in SEES.items() if Role.SYSTEM_ADMINISTRATOR in roles}
    assert sees == {Part.STATUS}
    assert not any(Role.SYSTEM_ADMINISTRATOR in roles for roles in BREAKABLE.values())


def test_a_look_is_an_event_before_anything_is_shown(case: Case, staff: Staff) -> None:
    """Reading the parties or the records leaves an event with who, in which role, what; the status alone does not."""
    manager = staff[StaffRole.CASE_MANAGER]
    read(actor=manager, case=case, parts=frozenset({Part.STATUS}))
    assert not Event.objects.filter(chain=reads_chain(case)).exists()
    read(actor=manager, case=case, parts=frozenset({Part.STATUS, Part.RECORDS}), what="page 3")
    event = Event.objects.get(chain=reads_chain(case))
    assert (event.actor, event.role, event.kind) == (manager.username, "case_manager", "case_read")
    assert '"what":"page 3"' in event.payload and '"records"' in event.payload
    assert set(Part) - {Part.STATUS, Part.EVENTS, Part.FEE} == READINGS


def test_a_closed_part_is_refused_and_leaves_no_event(case: Case, staff: Staff) -> None:
    """Finance sees no records; the refusal names who does, and nothing is logged as read."""
    with pytest.raises(NotPermitted, match="records"):
        read(actor=staff[StaffRole.FINANCE], case=case, parts=frozenset({Part.RECORDS}))
    assert not Event.objects.filter(chain=reads_chain(case)).exists()


def test_a_reviewer_enters_only_the_case_selected_for(case: Case, staff: Staff) -> None:
    """For any other reviewer the case is not there, in the same words as for a case that does not exist."""
    reviewer = staff[StaffRole.REVIEWER]
    assert not visible(reviewer, case)
    with pytest.raises(NoSuchCase):
        read(actor=reviewer, case=case, parts=frozenset({Part.STATUS}))
    case.selected_reviewer = reviewer.username
    case.save(update_fields=["selected_reviewer"])
    assert {Part.RECORDS, Part.PROTECTED, Part.ITEMS} <= visible(reviewer, case)
    assert Part.PARTIES not in visible(reviewer, case)


def test_a_party_sees_its_own_case_until_its_access_ends(case: Case, staff: Staff) -> None:
    """Access is by case and by role, and ends when the party leaves; another case is not there."""
    worker = party(case)
    assert may_enter(worker, case) and Part.DETERMINATION in visible(worker, case)
    other = Case(number="EH15-9999999", programme="ca_dwc", priority="regular", opened_on=date(2015, 1, 1))
    assert not may_enter(worker, other)
    CaseAccess.objects.update(ended_on=date(2015, 2, 1))
    assert not may_enter(worker, case)


def test_access_is_ended_and_never_deleted(case: Case, staff: Staff) -> None:
    """Who could once see a case stays known: the database refuses to delete it."""
    party(case)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        CaseAccess.objects.all().delete()


def test_a_role_that_is_not_held_sees_nothing(case: Case, staff: Staff) -> None:
    """Claiming a role opens nothing."""
    assert not visible(Actor(username="a.finance", role="case_manager", source="person"), case)


def test_a_reason_opens_a_part_for_half_an_hour(case: Case, staff: Staff) -> None:
    """The auditor opens the records with a reason; afterwards they are closed again, and only for this actor, role and case."""
    auditor = staff[StaffRole.AUDITOR]
    assert Part.RECORDS not in visible(auditor, case)
    opened = break_glass(actor=auditor, case=case, part=Part.RECORDS, reason=REASON)
    assert Part.RECORDS in visible(auditor, case)
    assert Part.PROTECTED not in visible(auditor, case)
    assert Part.RECORDS not in visible(staff[StaffRole.CREDENTIALING], case)
    event = Event.objects.get(chain=case.chain, kind="glass_broken")
    assert REASON not in event.payload
    BreakGlass.objects.filter(pk=opened.pk).update(
        opened_at=timezone.now() - timedelta(hours=2), until=timezone.now() - timedelta(hours=1)
    )
    assert Part.RECORDS not in visible(auditor, case)


@pytest.mark.parametrize("reason", ["", "   ", "need it"])
def test_a_reason_must_be_one(case: Case, staff: Staff, reason: str) -> None:
    """Somebody else must be able to judge it afterwards."""
    with pytest.raises(Refused, match="reason"):
        break_glass(actor=staff[StaffRole.AUDITOR], case=case, part=Part.RECORDS, reason=reason)


@pytest.mark.parametrize(
    ("role", "part"),
    [
        (StaffRole.AUDITOR, Part.REVIEWER),
        (StaffRole.CASE_MANAGER, Part.REVIEWER),
        (StaffRole.SYSTEM_ADMINISTRATOR, Part.RECORDS),
        (StaffRole.FINANCE, Part.ITEMS),
    ],
)
def test_what_no_reason_opens(case: Case, staff: Staff, role: StaffRole, part: Part) -> None:
    """The reviewer's identity is never opened this way, nor anything medical for finance and the system's administrators."""
    with pytest.raises(Refused):
        break_glass(actor=staff[role], case=case, part=part, reason=REASON)
    assert not BreakGlass.objects.exists()


def test_somebody_else_looks_at_what_was_opened(case: Case, staff: Staff) -> None:
    """The medical director or another auditor looks at it, once; never the one who opened it."""
    opened = break_glass(actor=staff[StaffRole.AUDITOR], case=case, part=Part.RECORDS, reason=REASON)
    with pytest.raises(Refused, match="yourself"):
        look_at_break_glass(actor=staff[StaffRole.AUDITOR], case=case, opened=opened)
    with pytest.raises(NotPermitted):
        look_at_break_glass(actor=staff[StaffRole.CASE_MANAGER], case=case, opened=opened)
    look_at_break_glass(actor=staff[StaffRole.MEDICAL_DIRECTOR], case=case, opened=opened)
    with pytest.raises(Refused, match="already"):
        look_at_break_glass(actor=staff[StaffRole.MEDICAL_DIRECTOR], case=case, opened=opened)


def test_protected_pages_are_closed_to_those_who_read_the_rest(case: Case, staff: Staff) -> None:
    """Marked pages need the part PROTECTED; marking and lifting are events that do not say which kind of information it is."""
    FileIndex.objects.create(case=case, sha256="0" * 64, pages=9, made_on=date(2015, 2, 1))
    manager, director = staff[StaffRole.CASE_MANAGER], staff[StaffRole.MEDICAL_DIRECTOR]
    segment = mark_protected(
        actor=manager, case=case, category="psychotherapy", first_page=3, last_page=4, on=date(2015, 2, 2)
    )
    assert protected_pages(case) == {3, 4}
    assert Part.PROTECTED not in visible(manager, case) and Part.RECORDS in visible(manager, case)
    assert "psychotherapy" not in Event.objects.get(kind="segment_protected").payload
    with pytest.raises(NotPermitted):
        lift_protected(actor=manager, case=case, segment=segment, on=date(2015, 2, 3))
    lift_protected(actor=director, case=case, segment=segment, on=date(2015, 2, 3))
    assert not protected_pages(case)


@pytest.mark.parametrize(
    ("category", "first", "last"), [("gossip", 1, 1), ("hiv", 0, 1), ("hiv", 5, 4), ("hiv", 9, 10)]
)
def test_a_segment_is_of_a_known_kind_and_within_the_file(
    case: Case, staff: Staff, category: str, first: int, last: int
) -> None:
    """What the law's list does not name, and pages that are not in the file, are refused."""
    FileIndex.objects.create(case=case, sha256="0" * 64, pages=9, made_on=date(2015, 2, 1))
    with pytest.raises(Refused):
        mark_protected(
            actor=staff[StaffRole.CASE_MANAGER],
            case=case,
            category=category,
            first_page=first,
            last_page=last,
            on=date(2015, 2, 2),
        )

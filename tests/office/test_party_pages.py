"""Pages of the parties: own cases in plain words, own papers only, never the reviewer, nothing for an employer."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.office.pages import text_of
from tests.office.signed_in import client_of
from tests.office.test_case_page import with_file

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.law.facts import PartyRole
from evenhand.office.cases.models import Case, DisputedItem
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.events.chain import Actor
from evenhand.office.people.models import CaseAccess, User
from evenhand.office.people.roles import PARTIES, PERMISSIONS, SEES, Part, Role
from evenhand.office.site.parties.words import STATUS, item_words
from evenhand.office.site.staff.acts.parties import ACCOUNT_OF


@pytest.fixture
def assigned(case: Case, neck: Bundle, staff: dict[StaffRole, Actor]) -> Case:
    """The case with its notices of assignment sent."""
    return with_file(case, neck, staff)


def party_client(case: Case, role: Role, party: str) -> Client:
    """Somebody signed in who stands for that party of the case."""
    client = client_of(f"p.{role.value}", role)
    CaseAccess.objects.create(
        user=User.objects.get(username=f"p.{role.value}"),
        case_number=case.number,
        role=role.value,
        party=case.parties.get(role=party).pk,
        granted_on=date(2015, 1, 30),
    )
    return client


@pytest.mark.parametrize(("party", "role"), sorted((p, r) for p, r in ACCOUNT_OF.items() if r != Role.REPRESENTATIVE))
def test_a_party_sees_its_case_and_its_own_papers(assigned: Case, party: PartyRole, role: Role) -> None:
    """Status line, next date and who acts; its own notices and nobody else's; not who did what, and not the reviewer."""
    Case.objects.filter(pk=assigned.pk).update(selected_reviewer="R-1001")
    client = party_client(assigned, role, party.value)
    assert assigned.number in text_of(client.get(reverse("my_cases")))
    page = client.get(reverse("my_case", args=[assigned.number]))
    words = text_of(page)
    assert page.status_code == 200 and "We wait for the medical records" in words and "Next date" in words
    assert "R-1001" not in page.content.decode() and "a.case_manager" not in page.content.decode()
    for paper in assigned.notices.all():
        answer = client.get(reverse("my_paper", args=[assigned.number, paper.number]))
        assert answer.status_code == (200 if paper.party.role == party else 404)
    assert client.get(reverse("case", args=[assigned.number])).status_code == 403


def test_the_worker_has_the_spanish_copy_too(assigned: Case) -> None:
    """Where a paper went out in Spanish as well, its link says so."""
    client = party_client(assigned, Role.WORKER, "employee")
    assert "(Spanish), PDF" in text_of(client.get(reverse("my_case", args=[assigned.number])))


def test_a_case_of_somebody_else_is_not_there(assigned: Case, neck: Bundle) -> None:
    """Neither in the list nor by its number; and no longer once the party has left the case."""
    stranger = client_of("p.stranger", Role.WORKER)
    assert assigned.number not in text_of(stranger.get(reverse("my_cases")))
    assert stranger.get(reverse("my_case", args=[assigned.number])).status_code == 404
    attorney = party_client(assigned, Role.ATTORNEY, "attorney")
    CaseAccess.objects.update(ended_on=date(2015, 2, 1))
    assert attorney.get(reverse("my_case", args=[assigned.number])).status_code == 404


def test_no_decision_before_the_letter(assigned: Case) -> None:
    """What the reviewer decided is told to a party when the letter is out, and not a day before."""
    DisputedItem.objects.filter(case=assigned).update(state="DECIDED", decision="Overturned", rationale="Because.")
    client = party_client(assigned, Role.WORKER, "employee")
    page = client.get(reverse("my_case", args=[assigned.number])).content.decode()
    assert "Overturned" not in page and "Because." not in page and "under review" in page
    assert "medically necessary" in item_words("DECIDED", "Overturned", issued=True)


def test_every_state_has_its_plain_words() -> None:
    """No state of a case or an item is without a line for its parties."""
    assert set(STATUS) == set(CaseState)
    assert all(item_words(state, None, issued=False) for state in ItemState)


def test_an_employer_gets_nothing(assigned: Case) -> None:
    """There is no account for an employer, no right, no part and no paper (Lab. Code 3762(c))."""
    assert PartyRole.EMPLOYER not in ACCOUNT_OF
    assert "employer" not in set(Role)
    named = {role for roles in PERMISSIONS.values() for role in roles} | {r for part in Part for r in SEES[part]}
    assert named <= set(Role)
    assert not PARTIES & {role for roles in PERMISSIONS.values() for role in roles}
    employer = assigned.parties.get(role="employer")
    assert not employer.notified
    assert not assigned.notices.filter(party=employer).exists()

"""Every address × every role × own case, somebody else's case, no case. The list comes from the URL table: a page without a rule fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.office.addresses import Address, addresses
from tests.office.signed_in import client_of

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import StaffRole
from evenhand.office.cases.models import Case
from evenhand.office.events.chain import Actor
from evenhand.office.intake.actions import receive_application
from evenhand.office.people.models import CaseAccess, User
from evenhand.office.people.roles import PARTIES, SEES, Role

LOGIN = "/account/login/"
NO_CASE = "EH15-8888888"
# What is put into an address beside the number of a case: things that are not there, so that a guess finds nothing.
GUESSED: dict[str, str] = {
    "act": "screen_application",
    "address": "ca_dwc/EH99-0000001",
    "username": "nobody",
    "sha256": "0" * 64,
    "key": "abc-def",
    "uidb36": "1",
    "token": "guessed-token",
    "provider_id": "nobody",
    "code": "guessed",
    "kind": "guessed",
    "role": "guessed",
    "part": "records",
    "component": "guessed",
    "path": "guessed",
}
NUMBERED = "987654321"
"""For keys that are numbers (pk, notice, page, batch and so on)."""
WRITING = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, kw_only=True)
class Cases:
    """The actor's own case and another one."""

    own: Case
    other: Case


@pytest.fixture
def cases(case: Case, neck: Bundle, staff: dict[StaffRole, Actor]) -> Cases:
    """Two cases of two people."""
    form = neck.case.application
    somebody_else = replace(form.employee, last_name="Somebody-Else", claim_number="OTHER-1")
    other = receive_application(
        actor=staff[StaffRole.INTAKE],
        form=replace(form, employee=somebody_else),
        request_for_authorization=neck.case.request_for_authorization,
        ur_decision=neck.case.ur_decision,
        entered_on=date(2015, 1, 16),
    )
    return Cases(own=case, other=other)


def signed_in_to(cases: Cases, role: Role) -> Client:
    """A client in that role, to whom the first case belongs and the second does not."""
    username = f"sweep.{role.value}"
    client = client_of(username, role)
    if role is Role.REVIEWER and cases.own.selected_reviewer != username:
        Case.objects.filter(pk=cases.own.pk).update(selected_reviewer=username)
        cases.own.refresh_from_db()
    if role in PARTIES:
        user = User.objects.get(username=username)
        CaseAccess.objects.get_or_create(
            user=user,
            case_number=cases.own.number,
            role=role.value,
            defaults={"granted_on": date(2015, 1, 20), "party": cases.own.parties.all()[0].pk},
        )
    return client


class Visitor:
    """Somebody in a role who asks for page after page, and signs in again where an address signed them out."""

    def __init__(self, cases: Cases, role: Role) -> None:
        self.cases, self.role = cases, role
        self.client = signed_in_to(cases, role)
        self.session = dict(self.client.session)

    def ask(self, method: str, address: str) -> HttpResponse:
        """The answer to one request."""
        if dict(self.client.session) != self.session:
            self.client = signed_in_to(self.cases, self.role)
            self.session = dict(self.client.session)
        return self.client.generic(method, address)


def filled(address: Address, number: str) -> str:
    """The address with the case's number and guessed keys put in."""
    values: dict[str, str | int] = {}
    for name in address.parameters:
        if name == "number":
            values[name] = number
        elif name in GUESSED:
            values[name] = GUESSED[name]
        else:
            values[name] = NUMBERED
    return reverse(address.name, kwargs=values)


def unlike(page: HttpResponse) -> str:
    """A page without what differs from request to request: tokens and the number that was asked for."""
    text = page.content.decode() if not page.streaming else ""
    return re.sub(r'value="[A-Za-z0-9]{64}"|EH15-\d{7}', "", text)


ALL = addresses()


@pytest.mark.parametrize("address", ALL, ids=str)
def test_every_address_has_a_name_and_a_rule(address: Address) -> None:
    """A page that says nothing of to whom it is open fails here, and is refused to everybody when served."""
    assert address.name, f"{address.route} has no name"
    assert address.rule is not None, f"{address.route} ({address.name}) has no access rule"
    assert ("number" in address.parameters) == address.rule.case, f"{address.name}: is it a page of a case or not?"


def test_a_page_without_a_rule_is_refused(staff: dict[StaffRole, Actor]) -> None:
    """Fails closed: take the rule away and nobody gets in, signed in or not."""
    from django.contrib.auth.models import AnonymousUser
    from django.core.exceptions import PermissionDenied
    from django.test import RequestFactory

    from evenhand.office.people.access import AccessMiddleware

    request = RequestFactory().get("/nobody-said/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        AccessMiddleware(lambda r: HttpResponse()).process_view(request, lambda r: HttpResponse("secret"), (), {})


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", *WRITING])
def test_who_is_not_signed_in_sees_public_pages_only(cases: Cases, method: str) -> None:
    """Everything but the public pages sends to the sign-in page, whichever method is used."""
    wrong = []
    for address in ALL:
        answer = Client().generic(method, filled(address, cases.own.number))
        assert address.rule is not None
        to_login = answer.status_code == 302 and answer["Location"].startswith(LOGIN)
        if address.rule.kind == "public":
            wrong += [f"{address}: {answer.status_code}"] if answer.status_code >= 500 else []
        elif not to_login:
            wrong.append(f"{address}: {answer.status_code}")
    assert not wrong


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_exactly_what_its_rules_say(cases: Cases, role: Role) -> None:
    """Own case: by the parts that the role sees. Somebody else's and none: not there, in the same words. Everything else: refused."""
    visitor = Visitor(cases, role)
    wrong = [fault for address in ALL for fault in _faults(address, cases, visitor)]
    assert not wrong, "\n".join(wrong)


def _faults(address: Address, cases: Cases, visitor: Visitor) -> Iterator[str]:
    rule, role = address.rule, visitor.role
    assert rule is not None
    pages = {
        whose: visitor.ask("GET", filled(address, number))
        for whose, number in (("own", cases.own.number), ("other", cases.other.number), ("none", NO_CASE))
        if rule.case or whose == "own"
    }
    codes = {whose: page.status_code for whose, page in pages.items()}
    told = f"{role.value} at {address}: {codes}"
    if any(code >= 500 for code in codes.values()):
        yield f"{told}: an error of ours"
    if rule.kind != "roles":
        return
    if rule.roles is not None and role not in rule.roles:
        if set(codes.values()) != {403}:
            yield f"{told}: not of its roles, so 403 was due"
        return
    if not rule.case:
        if codes["own"] == 403:
            yield f"{told}: of its roles, yet refused"
        return
    if codes["none"] not in {404, 405}:
        yield f"{told}: a case that does not exist"
    if role is Role.REVIEWER or role in PARTIES:
        if codes["other"] != codes["none"]:
            yield f"{told}: somebody else's case is told from none"
        elif unlike(pages["other"]) != unlike(pages["none"]):
            yield f"{told}: somebody else's case is told from none by its words"
    closed = [part for part in rule.parts if role not in SEES[part]]
    if closed and codes["own"] not in {403, 405}:
        yield f"{told}: {closed[0].value} is closed to it"


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_no_method_gets_round_a_rule(cases: Cases, role: Role) -> None:
    """POST, PUT, PATCH and DELETE are refused where GET is; nobody's case changes; nothing ends in an error of ours."""
    wrong = []
    visitor = Visitor(cases, role)
    for address in ALL:
        rule = address.rule
        assert rule is not None
        barred = rule.kind == "roles" and rule.roles is not None and role not in rule.roles
        for method in WRITING if barred or role in PARTIES or role is Role.REVIEWER else WRITING[:1]:
            answer = visitor.ask(method, filled(address, cases.other.number))
            if answer.status_code >= 500 or (barred and answer.status_code not in {403, 405}):
                wrong.append(f"{method} {address} as {role.value}: {answer.status_code}")
            if rule.case and (role is Role.REVIEWER or role in PARTIES) and answer.status_code < 400:
                wrong.append(f"{method} {address} as {role.value}: {answer.status_code} in somebody else's case")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused(cases: Cases) -> None:
    """Every address that takes a POST refuses one from elsewhere (CSRF), for whoever is signed in."""
    wrong = []
    for address in ALL:
        client = signed_in_to(cases, Role.CASE_MANAGER)
        client.handler.enforce_csrf_checks = True
        answer = client.post(filled(address, cases.own.number), {"x": "1"})
        if answer.status_code not in {403, 405, 404}:
            wrong.append(f"{address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)

"""An office under attack: a case that went the whole way, another under review, and addresses of the things that are really there."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.conftest import EXAMPLES
from tests.office.addresses import Address, addresses
from tests.office.signed_in import client_of

from evenhand.bundles import read_bundle
from evenhand.office.cases.models import Case
from evenhand.office.cases.states import CaseState
from evenhand.office.configuration import configuration
from evenhand.office.people.models import CaseAccess, User
from evenhand.office.people.roles import PARTIES, Role
from evenhand.simulation.one_case import OneCase
from evenhand.simulation.way import Step

ALL = addresses()
PARTY_ROLES = {
    "employee": Role.WORKER,
    "attorney": Role.ATTORNEY,
    "representative": Role.REPRESENTATIVE,
    "claims_administrator": Role.CLAIMS_ADMINISTRATOR,
    "requesting_physician": Role.REQUESTING_PHYSICIAN,
}


class Enough(Exception):
    """The case has come as far as it was wanted."""


@dataclass(frozen=True, kw_only=True)
class Two:
    """A closed case with its letter out, and one that a reviewer works on."""

    closed: Case
    open: Case


def played(name: str, *, until: CaseState | None = None) -> Case:
    """The example's case, all the way or until it stands in a state."""
    way = OneCase(read_bundle(EXAMPLES / name))
    # Tests roll their cases back, not the store: what an earlier one sealed under this number opens with no key any more.
    for number in ("EH15-0000001", "EH25-0000001"):
        if not Case.objects.filter(number=number).exists():
            shutil.rmtree(configuration().objects / number, ignore_errors=True)

    def look(step: Step) -> None:
        if until is not None and way.case is not None and Case.objects.get(pk=way.case.pk).state == until:
            raise Enough

    with suppress(Enough):
        way.run(lambda step: None, look)
    assert way.case is not None
    return Case.objects.get(pk=way.case.pk)


def two() -> Two:
    """Both examples."""
    closed = played("neck-cold-therapy")
    return Two(closed=closed, open=played("lumbar-four-items", until=CaseState.DRAFTED))


def visitor(role: Role, case: Case) -> Client:
    """Somebody in the role; to a party and to the reviewer the case belongs."""
    name = str(case.selected_reviewer) if role is Role.REVIEWER else f"attack.{role.value}"
    client = client_of(name, role)
    if role in PARTIES:
        sort = next(kind for kind, of in PARTY_ROLES.items() if of is role)
        party = case.parties.filter(role=sort).first()
        CaseAccess.objects.get_or_create(
            user=User.objects.get(username=name),
            case_number=case.number,
            role=role.value,
            defaults={"granted_on": case.opened_on, "party": party.pk if party else None},
        )
    return client


def real(address: Address, case: Case, **other: object) -> str | None:
    """The address with what is really there put in; None where that needs something that the tests do not make."""
    document = case.documents.first()
    values: dict[str, object] = {
        "number": case.number,
        "notice": 1,
        "page": 1,
        "document": document.pk if document else 0,
        "batch": 1,
        "act": "screen_application",
        "username": "attack.intake",
        "address": f"ca_dwc/{case.number}",
        "opened": 1,
        **other,
    }
    if not set(address.parameters) <= set(values):
        return None
    return reverse(address.name, kwargs={name: values[name] for name in address.parameters})


def words_of(answer: HttpResponse) -> str:
    """All that an answer tells: its headers and, where it is text, its body."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    kind = answer.get("Content-Type", "")
    body = b"".join(answer) if answer.streaming else answer.content
    return f"{head}\n\n{body.decode()}" if kind.startswith(("text/", "application/json")) else head

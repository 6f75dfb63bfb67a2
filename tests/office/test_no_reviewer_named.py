"""Inside the office too: no page, paper, mail or line of the log names a reviewer to anybody but those whose work it is."""

from __future__ import annotations

import logging

import pytest
from django.core import mail
from tests.conftest import EXAMPLES
from tests.decoded import found
from tests.office.attacked import played, visitor
from tests.office.test_attacks_privacy import _addresses

from evenhand.bundles import read_bundle
from evenhand.office.cases.states import CaseState
from evenhand.office.events.models import Checkpoint, Event
from evenhand.office.people.roles import Role

pytestmark = pytest.mark.django_db


def secrets(name: str) -> dict[str, str]:
    """Names, numbers and addresses of everybody in the register of an example."""
    register = read_bundle(EXAMPLES / name).register
    assert register is not None
    kept = {}
    for entry in register.reviewers:
        family = entry.name.split()[-1]
        numbers = dict.fromkeys((entry.npi, entry.email, *entry.licence_numbers))
        kept |= {f"{entry.reviewer.id}: {text}": text for text in (entry.name, family, *numbers)}
    return kept


@pytest.mark.parametrize(("name", "until"), [("neck-cold-therapy", None), ("lumbar-four-items", CaseState.DRAFTED)])
def test_no_role_sees_a_reviewers_identity_on_any_page(
    name: str, until: CaseState | None, caplog: pytest.LogCaptureFixture
) -> None:
    """Every role asks for every page that it may; every answer, all mail, the log file and the event log are decoded and searched."""
    with caplog.at_level(logging.DEBUG):
        case = played(name, until=until)
        wanted = secrets(name)
        wrong = []
        for role in Role:
            client = visitor(role, case)
            for address in _addresses(case, role):
                answer = client.get(address)
                content = b"".join(answer) if answer.streaming else answer.content
                told = found(str(answer.headers).encode() + b"\n\n" + content, wanted) | found(content, wanted)
                wrong += [f"{role.value} at {address}: {what}" for what in sorted(told)]
    assert wrong == []
    assert all(not found(message.message().as_bytes(), wanted) for message in mail.outbox)
    assert not found(caplog.text.encode(), wanted)
    recorded = [*Event.objects.values_list("payload", flat=True), *Checkpoint.objects.values_list("payload", flat=True)]
    assert recorded and not found("\n".join(recorded).encode(), wanted)

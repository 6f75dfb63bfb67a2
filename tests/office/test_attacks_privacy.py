"""What every role can learn from every page of a case that went the whole way, and from one under review, whatever it asks for."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.conftest import EXAMPLES
from tests.office.attacked import ALL, played, real, visitor, words_of
from tests.office.signed_in import client_of

from evenhand.bundles import read_bundle
from evenhand.office.cases.models import Case
from evenhand.office.cases.states import CaseState
from evenhand.office.cases.storage import get
from evenhand.office.events.models import Event
from evenhand.office.people.roles import PERMISSIONS, SEES, Part, Role
from evenhand.office.site.staff.acts.form import ActForm
from evenhand.office.site.staff.acts.registry import ACTS

pytestmark = pytest.mark.django_db
PSEUDONYM = re.compile(r"\bR-\d{3,}\b")
# The catalogue of components shows invented people; signing out would end the visit.
NOT_ASKED = {"ui", "account_logout", "decision", "decision_data"}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What of a case must not be told to whom it is closed."""

    names: frozenset[str]
    treatments: frozenset[str]

    @classmethod
    def of(cls, case: Case) -> Known:
        """Names of all parties and of their firms; the beginnings of the disputed items."""
        parties = case.parties.all()
        names = {word for party in parties for word in (party.name, party.organisation) if word}
        return cls(
            names=frozenset(name.lower() for name in names),
            treatments=frozenset(item.text[:30].lower() for item in case.items.all()),
        )

    def parts_in(self, words: str) -> set[Part]:
        """The parts of which the words tell something."""
        said = words.lower()
        told = {Part.PARTIES} if any(name in said for name in self.names) else set()
        return told | ({Part.ITEMS} if any(text in said for text in self.treatments) else set())


@pytest.mark.parametrize(("name", "until"), [("neck-cold-therapy", None), ("lumbar-four-items", CaseState.DRAFTED)])
def test_no_page_tells_what_the_table_closes(name: str, until: CaseState | None) -> None:
    """No name, no treatment, no pseudonym for a role to which it is closed; who sees names or treatments leaves a look; nothing of
    it stays in a cache; the policy stands on every answer."""
    case = played(name, until=until)
    known = Known.of(case)
    wrong = []
    for role in Role:
        client = visitor(role, case)
        for address in _addresses(case, role):
            looks = Event.objects.filter(kind="case_read").count()
            answer = client.get(address)
            faults = list(_faults(answer, role, known, address))
            told = known.parts_in(words_of(answer)) if answer.status_code == 200 else set()
            if told and case.number in address and Event.objects.filter(kind="case_read").count() == looks:
                faults.append("shows something of the case and leaves no look")
            wrong += [f"{role.value} at {address}: {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)


def _addresses(case: Case, role: Role) -> list[str]:
    found: list[str | None] = []
    for address in ALL:
        rule = address.rule
        assert rule is not None
        if address.name in NOT_ASKED or rule.kind == "public":
            continue
        if rule.kind == "roles" and rule.roles is not None and role not in rule.roles:
            continue  # swept elsewhere
        if address.name == "act":
            found += [real(address, case, act=act) for act in ACTS if role in PERMISSIONS[act]]
        else:
            found.append(real(address, case))
    queue = reverse("queue")
    search = reverse("search")
    name = next(iter(case.parties.values_list("name", flat=True)))
    found += [f"{queue}?closed=1", f"{queue}?q={name.split()[-1]}", f"{search}?q={name.split()[-1]}"]
    found += [f"{reverse('log')}?show={kind}" for kind in ("acts", "looks", "accounts")]
    return [address for address in found if address is not None]


def _faults(answer: HttpResponse, role: Role, known: Known, address: str) -> list[str]:
    words = words_of(answer)
    faults = [f"{answer.status_code}"] if answer.status_code >= 500 else []
    if answer.status_code == 200 and "no-store" not in answer.get("Cache-Control", ""):
        faults.append("may be kept by a cache")
    if "default-src 'none'" not in answer.get("Content-Security-Policy", ""):
        faults.append("no policy")
    # The file and the letter hold names; that is what a reviewer reads.
    if role is not Role.REVIEWER:
        asked = words.replace(address.partition("?q=")[2] or "\0", "")
        faults += [f"tells {part.value}" for part in known.parts_in(asked) if role not in SEES[part]]
    accounts = role is Role.SYSTEM_ADMINISTRATOR and "/accounts/" in address  # manages them; learns of no case
    if role not in SEES[Part.REVIEWER] | {Role.REVIEWER} and PSEUDONYM.search(words) and not accounts:
        faults.append("names the reviewer")
    return faults


def test_whoever_sees_to_whom_papers_go_leaves_a_look() -> None:
    """A form that lists the papers it sends names the parties, and so counts as a look at them."""
    listing = [form for form in ACTS.values() if form.papers is not ActForm.papers]
    assert listing
    assert not [form.name for form in listing if Part.PARTIES not in form.parts]


def test_no_paper_names_the_reviewer() -> None:
    """Neither the text nor the properties of a PDF that went out hold the pseudonym or a name of the register."""
    case = played("neck-cold-therapy")
    register = read_bundle(EXAMPLES / "neck-cold-therapy").register
    assert register is not None
    secret = {str(case.selected_reviewer), *(entry.reviewer.id for entry in register.reviewers)}
    secret |= {entry.name for entry in register.reviewers}
    hashes = {notice.pdf for notice in case.notices.all()} | {n.cover for n in case.notices.all() if n.cover}
    for sha256 in hashes | {case.letter.pdf}:
        content = get(case, sha256)
        with pikepdf.open(io.BytesIO(content)) as pdf:
            told = f"{pdf.docinfo}{pdf.open_metadata()}"
        document = pypdfium2.PdfDocument(content)
        told += "\n".join(page.get_textpage().get_text_range() for page in document)
        assert not [word for word in secret if word in told], sha256


def test_who_signs_out_when_does_not_tell_who_reads_when(case: Case) -> None:
    """The auditor sees sign-ins and looks beside each other: the reviewer is named in neither."""
    reviewer = client_of("R-7001", Role.REVIEWER)
    reviewer.post(reverse("account_logout"))
    assert Event.objects.filter(kind="signed_out", actor="R-7001").exists()
    page = client_of("a.auditor", Role.AUDITOR).get(f"{reverse('log')}?show=accounts").content.decode()
    assert "Signed out" in page and not PSEUDONYM.search(page)


def test_errors_say_nothing_of_what_was_asked_for(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the page nor the log repeats words of an address that leads nowhere, or of a search."""
    for client in (Client(), client_of("a.finance", Role.FINANCE)):
        for address in ("/office/cases/Ackerwell-lumbar/", "/nothing/Ackerwell-lumbar", "/my/Ackerwell-lumbar/"):
            answer = client.get(address)
            if answer.status_code == 302:
                continue
            assert answer.status_code in {403, 404}
            assert "Ackerwell" not in re.sub(r"(?s)<form.*?</form>", "", answer.content.decode())
    assert "Ackerwell" not in caplog.text.replace("/Ackerwell-lumbar", "")
    assert not json.dumps(list(Event.objects.values_list("payload", flat=True))).count("Ackerwell-lumbar")

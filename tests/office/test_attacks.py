"""Attacks by whoever is signed in: ids of other people's things, forged sessions, stale rights, what a download carries along."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.forms import ChoiceField
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.office.attacked import Two, played, two, visitor
from tests.office.pages import hidden
from tests.office.signed_in import client_of

from evenhand.office.cases.models import Case
from evenhand.office.events.models import Event
from evenhand.office.people.authorisation import acting
from evenhand.office.people.models import BreakGlass, CaseAccess, RoleGrant, SavedView, User
from evenhand.office.people.roles import PERMISSIONS, Part, Role
from evenhand.office.site.staff.acts.registry import ACTS

pytestmark = pytest.mark.django_db


def acts_of(case: Case) -> int:
    """How many acts stand in the case's log; looks are not among them."""
    return Event.objects.filter(chain=case.chain).count()


def test_things_of_another_case_are_not_in_mine() -> None:
    """Under one's own number no document, page, paper or receipt of another case opens; nor does it show up."""
    cases = two()
    theirs = cases.open.documents.order_by("-pk")[0]
    receipt = cases.open.receipts.order_by("-pk")[0]
    manager = visitor(Role.CASE_MANAGER, cases.closed)
    many = cases.closed.notices.count() + 1
    number = cases.closed.number
    for address in (
        reverse("original", args=[number, theirs.pk]),
        reverse("paper", args=[number, many]),
        reverse("paper_cover", args=[number, many]),
        reverse("file_page", args=[number, 99_999]),
        reverse("file_picture", args=[number, 0]),
    ):
        assert manager.get(address).status_code == 404, address
    sheet = reverse("cover_sheet", args=[number])
    ours = manager.get(f"{sheet}?receipt={receipt.pk}")
    assert ours.status_code == 200 and cases.open.number.encode() not in ours.content
    worker = visitor(Role.WORKER, cases.closed)
    mine = set(cases.closed.notices.filter(party__role="employee").values_list("number", flat=True))
    for paper in cases.closed.notices.exclude(number__in=mine).values_list("number", flat=True):
        assert worker.get(reverse("my_paper", args=[number, paper])).status_code == 404
    _no_choice_is_forged(cases)


def _no_choice_is_forged(cases: Two) -> None:
    """What a form does not offer (a party of another case, another reviewer, a paper that is not there) is refused by every act."""
    strange = {str(cases.closed.parties.first().pk), "R-9999", "99999", "-1", "employer"}  # type: ignore[union-attr]
    case, wrong = cases.open, []
    roles = {sorted(PERMISSIONS[name])[0] for name in ACTS}
    clients = {role: visitor(role, case) for role in roles}
    before = acts_of(case)
    for name, kind in ACTS.items():
        role = sorted(PERMISSIONS[name])[0]
        client = clients[role]
        page = client.get(reverse("act", args=[case.number, name]))
        if page.status_code != 200:
            continue
        username = str(case.selected_reviewer) if role is Role.REVIEWER else f"attack.{role.value}"
        form = kind(case=case, actor=acting(username, role, "person"))
        for field, of in form.fields.items():
            offered = {str(value) for value, _ in of.choices} if isinstance(of, ChoiceField) else strange
            for forged in sorted(strange - offered)[:2]:
                sent = {**hidden(page), "on": "2025-10-01", field: forged}
                answer = client.post(reverse("act", args=[case.number, name]), sent)
                if answer.status_code not in {409, 422}:
                    wrong.append(f"{name} {field}={forged}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert acts_of(case) == before


def test_a_role_in_the_session_is_not_a_role_that_is_held(case: Case) -> None:
    """A session that names another role acts in one that was granted, or in none."""
    client = client_of("a.intake", Role.MEDICAL_DIRECTOR, grant=False)
    assert client.get(reverse("contacts", args=[case.number])).status_code == 200  # as intake, which it is
    assert client.get(reverse("selection", args=[case.number])).status_code == 403
    nobody = client_of("nobody.at.all", Role.SYSTEM_ADMINISTRATOR, grant=False)
    assert nobody.get(reverse("accounts")).status_code == 403
    assert nobody.get(reverse("case", args=[case.number])).status_code in {403, 409}


def test_a_right_that_is_taken_away_ends_with_the_next_request(case: Case) -> None:
    """Role revoked, account closed, access to the case ended: the live session opens nothing any more."""
    address = reverse("case", args=[case.number])
    clerk = client_of("a.intake", Role.INTAKE)
    assert clerk.get(address).status_code == 200
    RoleGrant.objects.filter(user__username="a.intake").delete()
    assert clerk.get(address).status_code == 403
    closed = client_of("a.finance", Role.FINANCE)
    User.objects.filter(username="a.finance").update(is_active=False)
    assert closed.get(address).status_code == 302
    worker = visitor(Role.WORKER, case)
    mine = reverse("my_case", args=[case.number])
    assert worker.get(mine).status_code == 200
    CaseAccess.objects.update(ended_on=date(2015, 2, 1))
    assert worker.get(mine).status_code == 404


@pytest.mark.parametrize("wrong", ["user", "role", "case", "expired", "part"])
def test_what_somebody_else_opened_with_a_reason_is_closed_to_me(case: Case, wrong: str) -> None:
    """A reason opens one part of one case to one person in one role for half an hour, and nothing beside it."""
    client_of("a.auditor", Role.AUDITOR), client_of("b.auditor", Role.AUDITOR)
    now = timezone.now()
    values = {"user": "a.auditor", "role": "auditor", "case": case.number, "part": "contacts", "expired": now}
    values |= {"user": "b.auditor"} if wrong == "user" else {}
    values |= {"role": "administrative_director"} if wrong == "role" else {}
    values |= {"case": "EH15-7777777"} if wrong == "case" else {}
    values |= {"part": "correspondence"} if wrong == "part" else {}
    values |= {"expired": now - timedelta(minutes=31)} if wrong == "expired" else {}
    BreakGlass.objects.create(
        user=User.objects.get(username=values["user"]),
        role=values["role"],
        case_number=values["case"],
        part=values["part"],
        reason="a reason that is long enough",
        opened_at=values["expired"],
        until=values["expired"] + timedelta(minutes=30),  # type: ignore[operator]
    )
    address = reverse("contacts", args=[case.number])
    assert client_of("a.auditor", Role.AUDITOR).get(address).status_code == 403


def test_a_saved_list_of_somebody_else_cannot_be_removed(case: Case) -> None:
    """Its key is guessed in vain."""
    client_of("b.intake", Role.INTAKE)
    theirs = SavedView.objects.create(user=User.objects.get(username="b.intake"), name="mine", query="state=received")
    mine = client_of("a.intake", Role.INTAKE)
    for guess in (theirs.pk, 0, -1, "1e3", "9" * 30, "x"):
        assert mine.post(reverse("saved_views"), {"remove": str(guess), "query": "x"}).status_code == 302
    assert SavedView.objects.filter(pk=theirs.pk).exists()


def test_a_form_cannot_be_used_for_another_case(case: Case) -> None:
    """Its hidden key does nothing twice, tampered ones do not help, and what the form did not offer is not done."""
    clerk = client_of("a.intake", Role.INTAKE)
    address = reverse("act", args=[case.number, "screen_application"])
    before = acts_of(case)
    for once, seen in (("x", "1"), ("'; --", "-1"), ("a" * 1000, "9" * 40), ("", ""), ("../../etc", "٣")):
        assert clerk.post(address, {"on": "1015-01-16", "_once": once, "_seen": seen}).status_code in {409, 422}
    assert acts_of(case) == before
    page = hidden(clerk.get(address))
    assert [clerk.post(address, {**page, "on": "2015-01-16"}).status_code for _ in range(2)] == [302, 302]
    assert acts_of(case) == before + 1


def exported(client: Client, case: Case) -> tuple[set[str], str]:
    """Names of what the download of the proof holds, and its proof as text."""
    address = reverse("act", args=[case.number, "export_case"])
    answer = client.post(address, {**hidden(client.get(address)), "on": "2015-06-01"})
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return set(archive.namelist()), archive.read("proof.json").decode()


def test_the_proof_holds_no_paper_that_is_closed_to_whoever_takes_it_out() -> None:
    """The auditor gets events, hashes and time line without a name; with a reason the papers as well. Each is a look."""
    case = played("neck-cold-therapy")
    auditor = visitor(Role.AUDITOR, case)
    names, proof = exported(auditor, case)
    assert names == {"proof.json", "timeline.txt", "timeline.json", "published.json"}
    assert "letter.pdf" in json.loads(proof)["files"]  # its hash: the paper can be compared by whoever has it
    assert not [p.name for p in case.parties.all() if p.name in proof]
    opened = reverse("act", args=[case.number, "break_glass"])
    reason = {"part": Part.DETERMINATION.value, "reason": "The letter is compared with the proof."}
    assert auditor.post(opened, {**hidden(auditor.get(opened)), **reason}).status_code == 302
    again, _ = exported(auditor, case)
    assert "letter.pdf" in again and not [name for name in again if "assignment" in name]
    looks = Event.objects.filter(kind="case_read", actor="attack.auditor").values_list("payload", flat=True)
    assert any('"determination"' in look and "proof bundle" in look for look in looks)
    manager, _ = exported(visitor(Role.CASE_MANAGER, case), case)
    assert manager > again


def test_a_look_at_something_that_nobody_opened_is_not_there(case: Case) -> None:
    """What was opened with a reason is looked at by its key; a guessed one says nothing."""
    director = client_of("a.medical_director", Role.MEDICAL_DIRECTOR)
    for guess in (0, 10**6, 10**30):
        assert director.post(reverse("look_at_opened", args=[guess])).status_code == 404


def test_a_passkey_of_somebody_else_cannot_be_touched(case: Case) -> None:
    """Its key under my account is not there, to look at, to rename or to remove."""
    from allauth.mfa.models import Authenticator

    client_of("b.intake", Role.INTAKE)
    theirs = Authenticator.objects.create(
        user=User.objects.get(username="b.intake"), type=Authenticator.Type.WEBAUTHN, data={"name": "k"}
    )
    mine = client_of("a.intake", Role.INTAKE)
    session = mine.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        address = reverse(name, args=[theirs.pk])
        assert mine.get(address).status_code == 404 and mine.post(address, {"name": "x"}).status_code == 404
    assert Authenticator.objects.get(pk=theirs.pk).data == {"name": "k"}

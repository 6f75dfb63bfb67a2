"""E-mail says that a paper is ready, and nothing else; it is sent once, by a real mail server, and never in a replay."""

from __future__ import annotations

import os
import re
import socketserver
import threading
from collections.abc import Iterator
from datetime import date

import pytest
from django.core import mail as outbox
from django.db import transaction
from tests.office.corresponding import ASSIGNED, assigned, last_event, party

from evenhand.bundles.bundle import StaffRole
from evenhand.law.facts import Means, PartyRole
from evenhand.office.cases.clocks import set_date
from evenhand.office.cases.models import Case
from evenhand.office.cases.queries import items, notified
from evenhand.office.configuration import django_mail
from evenhand.office.correspondence import mail, queries
from evenhand.office.correspondence.compose import Content
from evenhand.office.correspondence.dispatch import dispatch, keep
from evenhand.office.correspondence.models import Message, MessageState
from evenhand.office.correspondence.queries import PaperState
from evenhand.office.events.chain import Actor
from evenhand.office.intake.queries import form_of, ur_decision_of
from evenhand.office.jobs.queue import jobs
from evenhand.reading import BadFile
from evenhand.typesetting.notice import NoticeKind

Staff = dict[StaffRole, Actor]
# Words of the messages themselves that the example's papers happen to use as well.
PLAIN = (
    {"this", "that", "with", "from", "about", "have", "been", "will", "your", "which", "case", "paper", "ready"}
    | {
        "read",
        "sign",
        "nothing",
        "please",
        "answer",
        "information",
        "medical",
        "message",
        "itself",
        "holds",
        "attached",
    }
    | {"questions", "review", "organization", "example", "evenhand"}
)


@pytest.fixture
def open_case(case: Case, staff: Staff) -> Case:
    """The example's case, with electronic notices of assignment."""
    return assigned(case, staff, Means.ELECTRONIC)


def every_kind(case: Case, actor: Actor) -> None:
    """Sends each kind of notice electronically to every party, with the case's own medical words in it."""
    dates = [set_date(case=case, label="Petition", rule="wcab_petition", start=ASSIGNED)]
    form = form_of(case)
    case.items.update(decision=None, findings=[])
    for kind in NoticeKind:
        content = Content(
            kind=kind.value,
            items=[] if kind is NoticeKind.DETERMINATION_SUMMARY else items(case),
            dates=dates,
            question=form.disputed.primary_diagnosis,
            reason=f"About {form.disputed.items[0].text}.",
            documents=["Reports on the cervical fusion"],
            enclosures=[("assignment", ASSIGNED)],
            values={"documents_were_due": ASSIGNED, "whole": "yes", "all_upheld": 1},
        )
        if kind is NoticeKind.DETERMINATION_SUMMARY:
            continue  # goes with the letter, which has the message
        dispatch(case=case, content=content, parties=notified(case), means=Means.ELECTRONIC, on=ASSIGNED, actor=actor)
    for to in notified(case):
        if to.email:
            keep(
                case=case, kind="determination", to=to, means=Means.ELECTRONIC, on=ASSIGNED, actor=actor, pdf=b"letter"
            )


def secret_words(case: Case) -> set[str]:
    """Every longer word of what is disputed, of the diagnosis and of the utilization review decision."""
    form, decision = form_of(case), ur_decision_of(case)
    said = [form.disputed.primary_diagnosis, *(item.text for item in form.disputed.items)]
    said += [text for item in decision.items for text in (item.request, item.reason, item.guideline)]
    return set(re.findall(r"[a-z]{4,}", " ".join(said).lower())) - PLAIN


def test_no_message_of_any_kind_says_anything_medical_or_names_anybody_else(open_case: Case, staff: Staff) -> None:
    """Subject, body and headers of every kind hold the case's number and the addressee's name, and no word of the case."""
    every_kind(open_case, staff[StaffRole.CASE_MANAGER])
    secrets = secret_words(open_case)
    assert len(secrets) > 20
    names = {p.name for p in open_case.parties.all()}
    kinds = set()
    for message in Message.objects.select_related("notice__party"):
        kinds.add(message.notice.kind)
        sent = mail.as_email(message)
        assert sent.attachments == [] and sent.to == [message.notice.party.email]
        raw = sent.message()
        whole = "\n".join([str(raw["Subject"]), sent.body, *(f"{k}: {v}" for k, v in raw.items())])
        words = set(re.findall(r"[a-z]{4,}", whole.lower().replace(message.to.lower(), "")))
        assert words & secrets == set(), message.notice.kind
        assert [name for name in names if name in whole] == [message.notice.party.name]
        assert open_case.number in str(raw["Subject"]) and "paper" in str(raw["Subject"]).lower()
        assert message.notice.kind.replace("_", " ") not in whole.lower()
    assert kinds == {kind.value for kind in NoticeKind} - {"determination_summary"} | {"determination"}


def test_the_worker_is_told_in_two_languages_in_one_message(open_case: Case) -> None:
    """English first, then Spanish; one message for both papers; everybody else is told in English."""
    employee = open_case.messages.get(notice__party=party(open_case, PartyRole.EMPLOYEE))
    assert "A paper is ready" in employee.body and "Hay un documento listo" in employee.body
    assert "/" in employee.subject
    administrator = open_case.messages.get(notice__party=party(open_case, PartyRole.CLAIMS_ADMINISTRATOR))
    assert "documento" not in administrator.body


def test_a_message_is_written_with_its_notice_or_not_at_all(open_case: Case, staff: Staff) -> None:
    """What is rolled back leaves no message behind."""
    before = Message.objects.count()
    to = party(open_case, PartyRole.CLAIMS_ADMINISTRATOR)
    with pytest.raises(RuntimeError), transaction.atomic():
        keep(
            case=open_case,
            kind="assignment",
            to=to,
            means=Means.ELECTRONIC,
            on=ASSIGNED,
            actor=staff[StaffRole.CASE_MANAGER],
            pdf=b"x",
        )
        assert Message.objects.count() == before + 1
        raise RuntimeError
    assert Message.objects.count() == before


def test_what_waits_is_sent_once(open_case: Case) -> None:
    """Each message goes out once, with an event and a Message-ID of its own; calling again sends nothing."""
    waiting = open_case.messages.count()
    assert waiting == 3  # the physician has no e-mail address and gets a fax
    assert mail.send_queued(limit=2) == {"sent": 2, "failed": 0, "waiting": 1}
    assert mail.send_queued() == {"sent": 1, "failed": 0, "waiting": 0}
    assert mail.send_queued() == {"sent": 0, "failed": 0, "waiting": 0}
    assert len(outbox.outbox) == 3 and len({m.extra_headers["Message-ID"] for m in outbox.outbox}) == 3
    assert last_event(open_case).kind == "message_sent"
    states = {p.state for p in queries.papers(open_case) if p.means == "electronic"}
    assert states == {PaperState.EMAILED}


def test_a_message_brings_the_job_that_sends_it(open_case: Case) -> None:
    """The job stands in the queue as soon as the notice does, once however many messages wait; a worker sends them."""
    waiting = [job.name for job in jobs("READY")]
    assert waiting.count("send mail") == 1
    assert Message.objects.filter(state=MessageState.QUEUED).count() > 1


def test_a_replayed_case_sends_nothing_to_anybody(case: Case, staff: Staff) -> None:
    """The rows say replayed, not sent; the job finds nothing to do, and would not even if a row said otherwise."""
    Case.objects.filter(pk=case.pk).update(replay_of="example", replay_digest="0" * 64)
    case.refresh_from_db()
    assigned(case, staff, Means.ELECTRONIC)
    assert {m.state for m in case.messages.all()} == {MessageState.REPLAYED}
    assert MessageState.REPLAYED.label == "replayed, not sent"
    case.messages.update(state=MessageState.QUEUED)
    assert mail.send_queued() == {"sent": 0, "failed": 0, "waiting": 0} and outbox.outbox == []


def test_without_a_mail_server_a_message_is_shown_and_said_to_be_only_shown(
    open_case: Case, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard output stays the command's own; the paper's state does not claim that anybody was told."""
    settings.EMAIL_BACKEND = "evenhand.office.correspondence.shown.ShownOnly"  # type: ignore[attr-defined]
    mail.send_queued()
    shown = capsys.readouterr()
    assert "A paper is ready" in shown.err and shown.out == ""
    assert {m.state for m in open_case.messages.all()} == {MessageState.SHOWN}
    assert PaperState.EMAIL_SHOWN in {p.state for p in queries.papers(open_case)}
    assert last_event(open_case).kind == "message_shown"


class _Smtp(socketserver.StreamRequestHandler):
    """As much of a mail server as a message needs."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "DATA":
                self._say("354 go on")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                self.server.got.append(body.decode())  # type: ignore[attr-defined]
                self._say("250 taken")
            elif verb == "RCPT" and self.server.refuses in line:  # type: ignore[attr-defined]
                self._say("550 nobody here of that name")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def server(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[socketserver.ThreadingTCPServer]:
    """A mail server on this machine, and the office configured for it by its variable."""
    running = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp)
    running.got, running.refuses = [], "nobody-at-all"  # type: ignore[attr-defined]
    threading.Thread(target=running.serve_forever, daemon=True).start()
    monkeypatch.setitem(os.environ, "EVENHAND_SMTP_URL", f"smtp://127.0.0.1:{running.server_address[1]}")
    for name, value in django_mail().items():
        setattr(settings, name, value)
    yield running
    running.shutdown()
    running.server_close()


def test_a_mail_server_takes_the_messages(open_case: Case, server: socketserver.ThreadingTCPServer) -> None:
    """Over a real connection, each arrives whole, in both languages where it should be."""
    assert mail.send_queued()["sent"] == 3
    assert len(server.got) == 3  # type: ignore[attr-defined]
    assert all("Auto-Submitted: auto-generated" in got for got in server.got)  # type: ignore[attr-defined]
    assert {m.state for m in open_case.messages.all()} == {MessageState.SENT}


def test_an_address_that_is_refused_is_told_and_tried_again_later(
    open_case: Case, server: socketserver.ThreadingTCPServer
) -> None:
    """One refusal stops no other message; the failed one is shown, waits, and goes out when it can; its address is in no fault."""
    employee = party(open_case, PartyRole.EMPLOYEE)
    server.refuses = employee.email  # type: ignore[attr-defined]
    assert mail.send_queued() == {"sent": 2, "failed": 1, "waiting": 0}
    failed = open_case.messages.get(state=MessageState.FAILED)
    assert failed.attempts == 1 and failed.fault and employee.email not in failed.fault
    assert [p.state for p in queries.papers_to_see_to()] == [PaperState.EMAIL_FAILED]
    server.refuses = "nobody-at-all"  # type: ignore[attr-defined]
    Message.objects.filter(pk=failed.pk).update(tried_at=failed.tried_at - 2 * mail.STALE)
    assert mail.send_queued()["sent"] == 1
    assert queries.papers_to_see_to() == []


def test_a_message_whose_sender_was_killed_is_taken_up_again(open_case: Case) -> None:
    """After a while, not at once, and under the same Message-ID."""
    row = open_case.messages.all()[0]
    assert mail._claim(row.pk) and not mail._claim(row.pk)
    row.refresh_from_db()
    Message.objects.filter(pk=row.pk).update(tried_at=row.tried_at - 2 * mail.STALE)
    assert mail.send_queued()["sent"] == 3
    assert f"<{row.token}@example.org>" in {m.extra_headers["Message-ID"] for m in outbox.outbox}


@pytest.mark.parametrize("url", ["http://example.org", "smtp://", "mail.example.org", "smtp://host:port"])
def test_a_wrong_mail_server_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """The variable is named and the form it takes."""
    monkeypatch.setitem(os.environ, "EVENHAND_SMTP_URL", url)
    with pytest.raises(BadFile, match="EVENHAND_SMTP_URL"):
        django_mail()


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://u:p%40ss@mail.example.org", 587, False, True),
        ("smtps://u:p%40ss@mail.example.org", 465, True, False),
        ("smtp://127.0.0.1:2525", 2525, False, False),
    ],
)
def test_a_mail_server_elsewhere_is_reached_under_tls_only(
    monkeypatch: pytest.MonkeyPatch, url: str, port: int, ssl: bool, tls: bool
) -> None:
    """STARTTLS, or TLS from the start; plain only on this machine."""
    monkeypatch.setitem(os.environ, "EVENHAND_SMTP_URL", url)
    monkeypatch.setitem(os.environ, "EVENHAND_MAIL_FROM", "office@review.example.org")
    told = django_mail()
    assert (told["EMAIL_PORT"], told["EMAIL_USE_SSL"], told["EMAIL_USE_TLS"]) == (port, ssl, tls)
    assert told["DEFAULT_FROM_EMAIL"] == "office@review.example.org"
    assert told["EMAIL_HOST_PASSWORD"] in {"p@ss", ""}


def test_nothing_is_said_of_a_day_that_is_not_the_papers(open_case: Case) -> None:
    """A message names no legal date: the paper does."""
    for message in open_case.messages.all():
        assert not re.search(r"\b(19|20)\d\d\b", message.body.replace(open_case.number, ""))
        assert message.notice.served_on == date(2015, 1, 29)

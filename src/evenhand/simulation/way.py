"""The machinery of a replay: an act under a key, done once; where a case stops; who acts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.bundles import Bundle
from evenhand.bundles.bundle import Receipt, StaffRole
from evenhand.office.cases.models import Case
from evenhand.office.cases.queries import replay_of
from evenhand.office.cases.storage import require_master_key
from evenhand.office.configuration import configuration
from evenhand.office.events.chain import Actor, done, under_key
from evenhand.office.events.checkpoint import require_signing_key
from evenhand.office.events.links import digest
from evenhand.office.people import actions as people
from evenhand.office.people.authorisation import acting
from evenhand.office.people.roles import Role
from evenhand.office.proofs.export import export_case
from evenhand.office.publishing import actions as publishing
from evenhand.office.records import actions as records
from evenhand.office.refusals import Refused
from evenhand.office.words import counted


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act of the case: its key in the chain, what it is in words, and the act."""

    key: str
    title: str
    do: Callable[[], Any]


class Stopped(Exception):
    """The case stands where it lawfully must, because something it needs is not there."""

    def __init__(self, case: Case, *, why: str, next: str) -> None:
        self.case, self.why, self.next = case, why, next
        super().__init__(f"case {case.number} stops at {case.state}: {why}. Next: {next}.")


class OtherBundle(Refused):
    """A bundle of this name was run before with other content."""


def existing(bundle: Bundle) -> Case | None:
    """The case that this bundle made before. Raises OtherBundle where the bundle has changed since."""
    case = replay_of(bundle.name)
    if case is not None and case.replay_digest != bundle.digest:
        raise OtherBundle(
            what=f"the bundle {bundle.name} is case {case.number} here, but its files have changed since",
            why="a case is the record of what happened; it is not rewritten",
            next="run it with --fresh to start the case anew (the earlier one is kept, set aside), or undo the change",
        )
    return case


def start_anew(bundle: Bundle) -> Case | None:
    """Sets an earlier run of this bundle aside. It stays in the log; its publication becomes a tombstone."""
    require_master_key()
    require_signing_key(configuration())
    case = replay_of(bundle.name)
    if case is not None:
        publishing.set_aside_replay(actor=people.first_administrator("office"), case=case)
    return case


class Way(ABC):
    """What every stage of the way needs: the bundle, the case, the accounts, and acts that are done once."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.case: Case | None = existing(bundle)

    def run(self, begin: Callable[[Step], None], finished: Callable[[Step], None]) -> Case:
        """Performs every act not yet done. `begin` and `finished` are told of each. Raises Stopped or Refused."""
        for step in self.steps():
            begin(step)
            step.do()
            finished(step)
        return self._case

    @abstractmethod
    def steps(self) -> Iterator[Step]:
        """The acts that are still to be done, in order; each is looked up when the one before is done."""

    def log_export(self, folder: Path, contents: str) -> None:
        """Logs, once for each folder and content, that the case is taken out."""
        key = f"export-{digest(f'{folder.absolute()}|{contents}')[:16]}"
        last = self.bundle.course.published_on or self.bundle.course.application_entered_on
        arguments = {"folder": folder, "contents": contents, "on": last}
        for step in self._act(key, "Case taken out", export_case, StaffRole.CASE_MANAGER, **arguments):
            step.do()

    @property
    def _case(self) -> Case:
        assert self.case is not None  # every part runs behind `receive`
        self.case.refresh_from_db()
        return self.case

    def _act(
        self, key: str, title: str, function: Callable[..., Any], role: StaffRole | str, **arguments: Any
    ) -> Iterator[Step]:
        """The act, if the chain does not have its key yet."""
        case = self._case
        if done(case.chain, key):
            return

        def do() -> None:
            with under_key(key):
                function(actor=self._actor(role), case=case, **arguments)

        yield Step(key=key, title=title, do=do)

    def _actor(self, role: StaffRole | str) -> Actor:
        """The account of the bundle that holds the role; a reviewer's account is the identifier."""
        if isinstance(role, StaffRole):
            username = next(person.username for person in self.bundle.course.people if role in person.roles)
            return acting(username, Role(role.value), "replay")
        return acting(role, Role.REVIEWER, "replay")

    def _stop(self, why: str, next: str) -> Stopped:
        return Stopped(self._case, why=why, next=next)

    @staticmethod
    def _keyed(key: str, function: Callable[..., Any], **arguments: Any) -> Callable[[], None]:
        def do() -> None:
            with under_key(key):
                function(**arguments)

        return do

    def _receipts(self, *, answers: bool | None = None, before: date | None = None) -> Iterator[Step]:
        """Receipts in the order in which they came: those before a day, or those (not) answering the reviewer's request."""
        receipts = self.bundle.records.receipts if self.bundle.records else ()
        for number, receipt in enumerate(receipts, start=1):
            if before is not None and receipt.received_on >= before:
                continue
            if answers is not None and receipt.answers_request is not answers:
                continue
            yield from self._act(
                f"papers-{number}",
                f"Received from the {receipt.sender.value.replace('_', ' ')}: {counted(len(receipt.files), 'paper')}",
                records.receive_records,
                StaffRole.INTAKE,
                sender=receipt.sender,
                received_on=receipt.received_on,
                means=receipt.means,
                papers=self._papers(receipt),
                answers_request=receipt.answers_request,
            )

    def _papers(self, receipt: Receipt) -> list[records.Paper]:
        return [
            records.Paper(
                label=f.id,
                content=self.bundle.files[f.path],
                kind=f.kind,
                dated=f.dated,
                author=f.author,
                title=f.title,
            )
            for f in receipt.files
        ]

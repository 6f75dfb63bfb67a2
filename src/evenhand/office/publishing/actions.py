"""The public record: a determination without anybody's identity, found by the search."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from evenhand.corpus.decision import PublishedDecision
from evenhand.corpus.store import add, decisions_in, withdraw_from
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import require_state
from evenhand.office.cases.states import CaseState
from evenhand.office.configuration import configuration
from evenhand.office.events.chain import Actor, append
from evenhand.office.events.links import canonical, digest
from evenhand.office.people.acts import act
from evenhand.office.publishing.deidentify import published_decision
from evenhand.office.publishing.models import Publication
from evenhand.office.refusals import Refused
from evenhand.reading import from_plain, to_plain


@act("publish_determination")
def publish_determination(*, actor: Actor, case: Case, on: date) -> Publication:
    """Publishes the determination de-identified (Lab. Code 4610.6(m), 138.7). Refused while a known identity is left in it."""
    require_state(case, CaseState.ISSUED, CaseState.CLOSED, to="publish")
    decision, removed = published_decision(case, on)
    plain = to_plain(decision)
    row = Publication.objects.create(
        case=case, address=decision.id, published_on=on, decision=plain, removed=to_plain(removed)
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="determination_published",
        effective=on,
        data={
            "address": row.address,
            "decision": digest(canonical(plain)),
            "profile": decision.profile,
            "removed": len(row.removed),
        },
    )
    transaction.on_commit(bring_corpus_up_to_date)
    return row


@act("set_aside_replay")
def set_aside_replay(*, actor: Actor, case: Case) -> None:
    """Sets a case aside that a script played, so that it can be played anew. Never a real one. Nothing is deleted: the case stays
    in the log, and where it had been published a tombstone stands."""
    if case.replay_of is None:
        raise Refused(
            what=f"case {case.number} cannot be set aside",
            why="it is a real case, not one that a script played",
            next="close or terminate it by its own acts",
        )
    case.set_aside = True
    case.save(update_fields=["set_aside"])
    withdrawn = Publication.objects.filter(case=case, withdrawn_on=None).update(withdrawn_on=F("published_on"))
    append(
        actor=actor,
        chain=case.chain,
        kind="replay_set_aside",
        effective=case.opened_on,
        data={"bundle": digest(case.replay_of), "withdrawn": withdrawn},
    )
    transaction.on_commit(bring_corpus_up_to_date)


def bring_corpus_up_to_date() -> None:
    """Writes every publication that the public corpus lacks. The database is the record, the corpus is derived from it."""
    folder = configuration().corpus
    standing = Publication.objects.filter(withdrawn_on=None)
    add(folder, [from_plain(PublishedDecision, row.decision, name=row.address) for row in standing])
    for row in Publication.objects.exclude(withdrawn_on=None):
        assert row.withdrawn_on is not None
        if any(d.id == row.address and d.withdrawn is None for d in decisions_in(folder)):
            withdraw_from(folder, row.address, on=row.withdrawn_on, reason="the case was played anew")

"""Sending a notice: composed, typeset, sealed, served, with proof. Called inside acts; the act writes the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evenhand.law import Deadline
from evenhand.law.facts import Means
from evenhand.office.cases.models import Case, DisputedItem, Party
from evenhand.office.cases.storage import put
from evenhand.office.correspondence.compose import compose, means_for
from evenhand.office.correspondence.models import Notice
from evenhand.office.events.chain import Actor
from evenhand.typesetting.pdf import to_pdf


def dispatch(
    *,
    case: Case,
    kind: str,
    parties: Sequence[Party],
    means: Means,
    on: date,
    actor: Actor,
    facts: Mapping[str, str],
    items: Sequence[DisputedItem] = (),
    dates: Sequence[tuple[str, Deadline]] = (),
    received_on: date | None = None,
) -> list[dict[str, Any]]:
    """Sends the notice to each party; returns what the event says of each: to whom (by role), how, and the paper's hash."""
    sent = []
    for to in parties:
        how = means_for(to, means)
        document = compose(case=case, kind=kind, to=to, means=how, on=on, facts=facts, items=items, dates=dates)
        notice = keep(
            case=case,
            kind=kind,
            to=to,
            means=how,
            on=on,
            actor=actor,
            pdf=to_pdf(document, created=on),
            received_on=received_on,
        )
        sent.append({"notice": notice.number, "kind": kind, "to": to.role, "means": how.value, "pdf": notice.pdf})
    return sent


def keep(
    *,
    case: Case,
    kind: str,
    to: Party,
    means: Means,
    on: date,
    actor: Actor,
    pdf: bytes,
    received_on: date | None = None,
) -> Notice:
    """Seals a paper that goes to a party and records its service."""
    return Notice.objects.create(
        case=case,
        kind=kind,
        number=case.notices.count() + 1,
        party=to,
        means=means.value,
        served_on=on,
        received_on=received_on,
        declarant=actor.username,
        pdf=put(case, pdf),
    )

"""Sending a notice: composed, typeset, sealed, served, with proof. Called inside acts; the act writes the event.

Whoever is served in more than one language gets one paper for each; the translation goes along with the English one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from evenhand.law import Deadline
from evenhand.law.facts import Means
from evenhand.office.cases.clocks import said
from evenhand.office.cases.models import Case, Party
from evenhand.office.cases.storage import put
from evenhand.office.correspondence.compose import Content, compose, languages_for, means_for, recipient_of
from evenhand.office.correspondence.mail import queue
from evenhand.office.correspondence.models import Notice
from evenhand.office.events.chain import Actor
from evenhand.typesetting.pdf import to_pdf


def dispatch(
    *,
    case: Case,
    content: Content,
    parties: Sequence[Party],
    means: Means,
    on: date,
    actor: Actor,
    received_on: date | None = None,
    with_papers: Mapping[int, Notice] | None = None,
) -> list[dict[str, Any]]:
    """Sends the notice to each party, in each of its languages; returns what the event says of each.

    `with_papers` names, by the party's key, the paper with which the notice goes in one envelope.
    """
    sent = []
    for to in parties:
        first = (with_papers or {}).get(to.pk)
        how = Means(first.means) if first else means_for(to, means, on)
        for language in languages_for(case, to.role):
            document = compose(case=case, content=content, to=to, means=how, on=on, language=language)
            notice = keep(
                case=case,
                kind=content.kind,
                to=to,
                means=how,
                on=on,
                actor=actor,
                pdf=to_pdf(document, created=on),
                received_on=received_on,
                language=language,
                companion_of=first,
                items=[item.number for item in content.items],
                dates=content.dates,
            )
            first = first or notice
            sent.append(notice)
    return told(sent)


def told(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """What an event says of papers: to whom (by role), how, in which language, and the hash."""
    return [
        {
            "notice": notice.number,
            "kind": notice.kind,
            "to": notice.party.role,
            "means": notice.means,
            "language": notice.language,
            "pdf": notice.pdf,
        }
        for notice in notices
    ]


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
    language: str = "en",
    companion_of: Notice | None = None,
    items: Sequence[int] = (),
    dates: Sequence[Deadline] = (),
    again_of: Notice | None = None,
    cover: bytes | None = None,
) -> Notice:
    """Seals a paper that goes to a party, records its service, and lets an electronic addressee know that it is there."""
    recipient = recipient_of(to, means, on)
    notice = Notice.objects.create(
        case=case,
        kind=kind,
        number=case.notices.count() + 1,
        party=to,
        means=means.value,
        served_on=on,
        received_on=received_on,
        declarant=actor.username,
        pdf=put(case, pdf),
        language=language,
        companion_of=companion_of,
        items=list(items),
        dates=[said(deadline) for deadline in dates],
        again_of=again_of,
        cover=put(case, cover) if cover else "",
        recipient={"role": recipient.role, "name": recipient.name, "lines": list(recipient.lines)},
    )
    if means is Means.ELECTRONIC and companion_of is None:
        queue(notice)
    return notice

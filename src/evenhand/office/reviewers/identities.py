"""Reviewers' identities: sealed under the register's key. A person who may see one asks by `open_identity`, which is an event.

The office itself opens them for three checks only: that an identifier stays one person, that the reviewer is no party to the case,
and that no paper that leaves names the reviewer.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from datetime import date

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evenhand.bundles.bundle import RegisterEntry
from evenhand.matching.facts import Reviewer as ReviewerFacts
from evenhand.matching.facts import Tie, TieKind
from evenhand.office.cases.models import Case
from evenhand.office.configuration import configuration, secret
from evenhand.office.events.chain import Actor, append
from evenhand.office.people.acts import act
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.models import Reviewer, ReviewerIdentity
from evenhand.privacy.identity import Identity, IdentityKind
from evenhand.privacy.verify import verify
from evenhand.reading import from_plain, to_plain

NONCE = 12
CHAIN = "register"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who a reviewer is."""

    name: str
    email: str
    npi: str
    licence_numbers: tuple[str, ...]


def seal(reviewer: Reviewer, entry: RegisterEntry) -> None:
    """Stores an identity, sealed and bound to its reviewer."""
    person = Person(name=entry.name, email=entry.email, npi=entry.npi, licence_numbers=entry.licence_numbers)
    nonce = secrets.token_bytes(NONCE)
    text = json.dumps(to_plain(person), ensure_ascii=False).encode()
    sealed = nonce + AESGCM(_key()).encrypt(nonce, text, reviewer.pk.encode())
    ReviewerIdentity.objects.update_or_create(reviewer=reviewer, defaults={"sealed": sealed})


@act("open_identity")
def open_identity(*, actor: Actor, reviewer: Reviewer, on: date) -> Person:
    """Who a reviewer is, for credentialing and the medical director (Lab. Code 4610.6(f)). That somebody looked is an event."""
    append(actor=actor, chain=CHAIN, kind="identity_opened", effective=on, data={"reviewer": reviewer.pk})
    return _person(reviewer)


def is_somebody_else(reviewer: Reviewer, entry: RegisterEntry) -> bool:
    """Whether the identifier already stands for another person."""
    return _person(reviewer).npi != entry.npi


def with_own_person(reviewer: ReviewerFacts) -> ReviewerFacts:
    """The reviewer's facts with one tie more: to the person the reviewer is. So nobody reviews a case to which they are a party."""
    person = _person(Reviewer.objects.get(pk=reviewer.id))
    nature = "is this person"
    own = Tie(
        kind=TieKind.PROFESSIONAL,
        party=person.name,
        nature=nature,
        valid_from=reviewer.practice.since,
        identifier=f"NPI {person.npi}",
    )
    return replace(reviewer, ties=(*reviewer.ties, own))


def require_unnamed(case: Case, text: str, where: str) -> None:
    """Raises Refused where a text that is to leave names the reviewer of the case. The refusal does not repeat the name."""
    if case.selected_reviewer is None:
        return
    person = _person(Reviewer.objects.get(pk=case.selected_reviewer))
    identities = (
        Identity(kind=IdentityKind.PERSON, role="reviewer", values=(person.name,)),
        Identity(kind=IdentityKind.EMAIL, role="reviewer", values=(person.email,)),
        Identity(kind=IdentityKind.NUMBER, role="reviewer", values=(person.npi, *person.licence_numbers)),
    )
    verdict = verify(text, identities, programme=case.programme)
    if not verdict.clean:
        kinds = sorted({leak.kind for leak in verdict.leaks})
        raise Refused(
            what=f"{where} of case {case.number} names the reviewer ({', '.join(kinds)})",
            why="the reviewer's identity is never disclosed (Lab. Code 4610.6(f))",
            next="take the name, the number or the address out",
        )


def _person(reviewer: Reviewer) -> Person:
    sealed = bytes(reviewer.identity.sealed)
    text = AESGCM(_key()).decrypt(sealed[:NONCE], sealed[NONCE:], reviewer.pk.encode())
    return from_plain(Person, json.loads(text), name=f"identity of {reviewer.pk}")


def _key() -> bytes:
    return secret(configuration().home / "keys" / "register.key", may_make=not ReviewerIdentity.objects.exists())

"""Reviewers' identities: sealed under the register's key, opened only for credentialing, the medical director and the reviewer."""

from __future__ import annotations

import json
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evenhand.office.configuration import configuration, secret
from evenhand.office.events.chain import Actor
from evenhand.office.people.authorisation import NotPermitted
from evenhand.office.people.roles import Role
from evenhand.office.reviewers.models import Reviewer, ReviewerIdentity

NONCE = 12


def seal(reviewer: Reviewer, identity: dict[str, object]) -> None:
    """Stores an identity, sealed and bound to its reviewer."""
    nonce = secrets.token_bytes(NONCE)
    text = json.dumps(identity, ensure_ascii=False).encode()
    ReviewerIdentity.objects.update_or_create(
        reviewer=reviewer, defaults={"sealed": nonce + AESGCM(_key()).encrypt(nonce, text, reviewer.pk.encode())}
    )


def identity_of(reviewer: Reviewer, actor: Actor) -> dict[str, object]:
    """Opens an identity for whoever may see it. Raises NotPermitted."""
    own = actor.role == Role.REVIEWER and actor.username == reviewer.pk
    if not own and actor.role not in {Role.CREDENTIALING, Role.MEDICAL_DIRECTOR}:
        raise NotPermitted(
            what=f"{actor.username} may not see who reviewer {reviewer.pk} is",
            why="a reviewer's name is never disclosed (Lab. Code 4610.6(f))",
            next="credentialing and the medical director can see it",
        )
    sealed = bytes(reviewer.identity.sealed)
    opened: dict[str, object] = json.loads(AESGCM(_key()).decrypt(sealed[:NONCE], sealed[NONCE:], reviewer.pk.encode()))
    return opened


def _key() -> bytes:
    return secret(configuration().home / "keys" / "register.key", may_make=not ReviewerIdentity.objects.exists())

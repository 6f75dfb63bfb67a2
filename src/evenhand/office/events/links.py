"""The arithmetic of chains and signatures, pure: a proof is verified by it without a database and without Django."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIRST = "0" * 64

Heads = dict[str, list[Any]]  # chain: [length, hash at its end]

# Columns beside an event's text are for searching; they must say what the text says.
COLUMNS = ("chain", "number", "kind", "key", "actor", "role", "source", "previous")


class Link(Protocol):
    """What an event must have to be verified, from the database or from a proof bundle."""

    @property
    def chain(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def payload(self) -> str: ...
    @property
    def previous(self) -> str: ...
    @property
    def hash(self) -> str: ...


def canonical(value: object) -> str:
    """The one JSON text of a value: keys sorted, no spaces, no ASCII escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def walk(links: Iterable[Link]) -> tuple[list[str], str | None]:
    """The hashes along one chain, in order, and the first fault in words."""
    hashes: list[str] = []
    previous = FIRST
    for expected, link in enumerate(links, start=1):
        place = f"chain {link.chain}, event {link.number}"
        if link.number != expected:
            return hashes, f"chain {link.chain}, event {expected} is missing (next found: {link.number})"
        if not isinstance(link.payload, str) or digest(link.payload) != link.hash:
            return hashes, f"{place} was changed: its text no longer gives its hash"
        if link.previous != previous:
            return hashes, f"{place} does not follow the event before it"
        fault = _column_fault(link)
        if fault:
            return hashes, f"{place} was changed: {fault}"
        previous = link.hash
        hashes.append(link.hash)
    return hashes, None


def compare(signed: Heads, ends: dict[str, list[str]]) -> Iterator[str]:
    """What the signed checkpoints say about each chain against what is there."""
    for chain, (length, hash) in sorted(signed.items()):
        hashes = ends.get(chain)
        if hashes is None:
            yield f"chain {chain} is gone: a checkpoint signed {length} events"
        elif len(hashes) < length:
            yield f"chain {chain} is cut off after event {len(hashes)}: a checkpoint signed {length} events"
        elif hashes[length - 1] != hash:
            yield f"chain {chain}, event {length} is not the one that a checkpoint signed"


def signature_holds(payload: str, signature: str, public_key: str) -> bool:
    """Whether the signature over the payload was made with the private half of `public_key` (both base64)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        key.verify(base64.b64decode(signature), payload.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _column_fault(link: Link) -> str | None:
    try:
        said = json.loads(link.payload)
    except (ValueError, TypeError, RecursionError):
        return "its text is no JSON"
    if not isinstance(said, dict):
        return "its text is no event"
    for column in COLUMNS:
        if hasattr(link, column) and getattr(link, column) != said.get(column):
            return f"column {column} does not agree with its text"
    effective, recorded = getattr(link, "effective", None), getattr(link, "recorded_at", None)
    if effective is not None and effective.isoformat() != said.get("effective"):
        return "column effective does not agree with its text"
    if recorded is not None and recorded.isoformat() != said.get("recorded"):
        return "column recorded_at does not agree with its text"
    return None

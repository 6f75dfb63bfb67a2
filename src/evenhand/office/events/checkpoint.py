"""Signed checkpoints: after every run and every night, what stands at the end of each chain is signed (Ed25519).

A checkpoint lists only the chains that grew since the one before; all checkpoints together say the length of every chain. A
copy of each lies in a file beside the database: whoever cuts off a chain's tail must also remove checkpoints in both places.
"""

from __future__ import annotations

import base64
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from evenhand.office.configuration import Configuration, secret
from evenhand.office.databases import serialise
from evenhand.office.events.links import FIRST, Heads, canonical, digest
from evenhand.office.events.models import Checkpoint


def make_checkpoint(places: Configuration) -> Checkpoint:
    """Signs the present ends of all chains. Where nothing grew since the last one, that one is returned."""
    with transaction.atomic():
        serialise("checkpoint")
        before = list(Checkpoint.objects.all())
        known = heads_of(before)
        grown = {chain: head for chain, head in present_heads().items() if known.get(chain) != head}
        last = before[-1] if before else None
        latest = last if last and not grown else _sign(places, last, grown)
        transaction.on_commit(lambda: _copy_out(places.checkpoints))
    return latest


def present_heads() -> Heads:
    """Length and last hash of every chain, as the event table has them now."""
    sql = (
        "SELECT e.chain, e.number, e.hash FROM events_event e JOIN "
        "(SELECT chain, MAX(number) AS number FROM events_event GROUP BY chain) last "
        "ON last.chain = e.chain AND last.number = e.number ORDER BY e.chain"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {chain: [number, hash] for chain, number, hash in cursor.fetchall()}


def heads_of(checkpoints: list[Checkpoint]) -> Heads:
    """The last signed end of every chain."""
    heads: Heads = {}
    for checkpoint in checkpoints:
        heads.update((read_payload(checkpoint.payload) or {"heads": {}})["heads"])
    return heads


def read_payload(payload: str) -> dict[str, Any] | None:
    """The text of a checkpoint as data; `None` where it is none, whoever made it so."""
    try:
        said = json.loads(payload)
        whole = isinstance(said["number"], int) and isinstance(said["previous"], str)
        heads = said["heads"].values()
        whole = whole and all(isinstance(head[0], int) and isinstance(head[1], str) for head in heads)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    return said if whole else None


def read_copy(path: Path) -> tuple[dict[int, tuple[str, str, str]], int]:
    """The checkpoints of the copy by number (payload, signature, public key), and how many lines could not be read."""
    entries: dict[int, tuple[str, str, str]] = {}
    torn = 0
    for line in path.read_bytes().splitlines():
        try:
            entry = json.loads(line)
            said = read_payload(entry["payload"])
            entries[(said or {})["number"]] = (entry["payload"], entry["signature"], entry["public_key"])
        except (ValueError, KeyError, TypeError, RecursionError):
            torn += bool(line.strip())
    return entries, torn


def require_signing_key(places: Configuration) -> None:
    """Raises BadFile where the signing key is gone although checkpoints were signed with it: before anything else is done."""
    _private_key(places)


def public_key_of(places: Configuration) -> str:
    """The office's public key, base64."""
    return _public(_private_key(places))


def _sign(places: Configuration, last: Checkpoint | None, grown: Heads) -> Checkpoint:
    key = _private_key(places)
    recorded = datetime.now(UTC).replace(microsecond=0)
    number = last.number + 1 if last else 1
    payload = canonical(
        {
            "heads": grown,
            "number": number,
            "previous": digest(last.payload) if last else FIRST,
            "recorded": recorded.isoformat(),
        }
    )
    return Checkpoint.objects.create(
        number=number,
        recorded_at=recorded,
        payload=payload,
        signature=base64.b64encode(key.sign(payload.encode())).decode(),
        public_key=_public(key),
    )


def _private_key(places: Configuration) -> Ed25519PrivateKey:
    fresh = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key = serialization.load_pem_private_key(
        secret(places.signing_key, fresh, may_make=not Checkpoint.objects.exists()), password=None
    )
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{places.signing_key} holds no Ed25519 key")
    return key


def _public(key: Ed25519PrivateKey) -> str:
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def _copy_out(path: Path) -> None:
    """Appends to the file outside the database what checkpoints it lacks. A line that a power cut tore is redone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    have: set[int] = set()
    if path.exists():
        entries, torn = read_copy(path)
        have = set(entries)
        if torn and not path.read_bytes().endswith(b"\n"):
            whole = path.read_bytes().rpartition(b"\n")[0]
            path.write_bytes(whole + b"\n" if whole else b"")
    with path.open("a", encoding="utf-8") as file:
        for checkpoint in Checkpoint.objects.exclude(number__in=have):
            entry = {
                "payload": checkpoint.payload,
                "signature": checkpoint.signature,
                "public_key": checkpoint.public_key,
            }
            file.write(canonical(entry) + "\n")
        file.flush()
        os.fsync(file.fileno())

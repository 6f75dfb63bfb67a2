"""Papers at rest: whole documents, content-addressed, sealed under one key a case (AES-256-GCM).

The case's key is wrapped by the master key. Destroying one small row destroys the whole file of a case, wherever copies of the
objects lie. Access is decided when something is read, by the office's permissions, never by who holds which key.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evenhand.office.cases.models import Case, CaseKey
from evenhand.office.configuration import configuration, secret
from evenhand.office.refusals import Refused

NONCE = 12
log = logging.getLogger(__name__)


class Sealed(Refused):
    """A paper cannot be opened."""


class NotKept(Refused):
    """A paper cannot be written; the act that needed it does not happen."""


def put(case: Case, content: bytes) -> str:
    """Stores `content` and returns its SHA-256. The same content twice is one object. Atomic: a cut-off write leaves nothing.

    Raises NotKept where it cannot be written."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _path(case, sha256)
    if path.exists():
        return sha256
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + AESGCM(_key(case)).encrypt(nonce, content, _bound(case, sha256))
    fresh = path.with_name(f".{sha256}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        log.error("an object of case %s cannot be written: %s", case.number, error.strerror)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise NotKept(
            what="the papers could not be kept, so nothing was done",
            why=f"the folder of objects cannot be written to ({error.strerror})",
            next="tell a system administrator: the disk may be full; then do it again",
        ) from None
    return sha256


def get(case: Case, sha256: str) -> bytes:
    """The content behind a hash. Raises Sealed where it is gone, altered or under another key."""
    try:
        sealed = _path(case, sha256).read_bytes()
    except FileNotFoundError:
        raise Sealed(
            what=f"document {sha256[:12]} of case {case.number} is not in the store",
            why="the database knows of it but its object is gone",
            next="restore the folder of objects from the backup",
        ) from None
    except OSError as error:
        raise Sealed(
            what=f"document {sha256[:12]} of case {case.number} cannot be read",
            why=f"its object does not open ({error.strerror})",
            next="give the account under which the office runs access to the folder of objects",
        ) from None
    try:
        content = AESGCM(_key(case)).decrypt(sealed[:NONCE], sealed[NONCE:], _bound(case, sha256))
    except InvalidTag:
        raise Sealed(
            what=f"document {sha256[:12]} of case {case.number} does not open",
            why="it was altered, or it was sealed under another master key",
            next="restore it from the backup, or name the right EVENHAND_MASTER_KEY",
        ) from None
    return content


def new_key(case: Case) -> None:
    """Makes the case's key. Once a case."""
    nonce = secrets.token_bytes(NONCE)
    master = secret(configuration().master_key, may_make=not CaseKey.objects.exists())
    wrapped = nonce + AESGCM(master).encrypt(nonce, AESGCM.generate_key(256), case.number.encode())
    CaseKey.objects.create(case=case, wrapped=wrapped)


def require_master_key() -> None:
    """Raises BadFile where the master key is gone although cases were sealed with it: before anything else is done."""
    secret(configuration().master_key, may_make=not CaseKey.objects.exists())


def require_right_key() -> None:
    """Raises BadFile where the master key is gone, and Sealed where it is another one than the cases were sealed with."""
    last = CaseKey.objects.order_by("-pk").first()
    if last is not None:
        _key(last.case)


def _key(case: Case) -> bytes:
    wrapped = bytes(CaseKey.objects.get(case=case).wrapped)
    try:
        return AESGCM(_master()).decrypt(wrapped[:NONCE], wrapped[NONCE:], case.number.encode())
    except InvalidTag:
        raise Sealed(
            what=f"the key of case {case.number} does not open",
            why="it was wrapped by another master key",
            next="name the right EVENHAND_MASTER_KEY",
        ) from None


def _master() -> bytes:
    return secret(configuration().master_key, may_make=False)


def _path(case: Case, sha256: str) -> Path:
    return configuration().objects / case.number / sha256[:2] / sha256


def _bound(case: Case, sha256: str) -> bytes:
    """What a sealed object is bound to: moved to another case or name it does not open."""
    return f"{case.number}/{sha256}".encode()

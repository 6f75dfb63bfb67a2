"""With what letters are signed: the organisation's key and certificate, by configuration, or a test certificate.

Files only, no database: `evenhand letters write` signs with the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from evenhand.office.configuration import Configuration, secret
from evenhand.reading import BadFile, Fault
from evenhand.typesetting.signature import CannotSign, Identity, make_key, make_test_certificate, read_identity


def letter_identity(places: Configuration, organisation: str, *, at: datetime) -> Identity:
    """The key and certificate in the organisation's name. Raises BadFile where they are missing or another's.

    Where none are configured, both are made at first use. A test certificate whose key is gone is not made anew: letters would
    seem to come from somebody else.
    """
    given = places.letter_certificate
    certificate = given or path_of_test(places, organisation)
    key = _content(places.letter_key, lambda: None if certificate.exists() else make_key())
    try:
        made = _content(certificate, lambda: None if given else make_test_certificate(key, organisation, at=at))
        return read_identity(key, made, organisation=organisation, at=at)
    except CannotSign as error:
        file = f"{places.letter_key.name}, {certificate.name}"
        what = f"{error} (EVENHAND_LETTER_KEY, EVENHAND_LETTER_CERTIFICATE)"
        raise BadFile([Fault(file=file, what=what)]) from None


def path_of_test(places: Configuration, organisation: str) -> Path:
    """Where the test certificate of an organisation lies; another name has another, so that none is signed for wrongly."""
    return places.home / "keys" / f"letters-{hashlib.sha256(organisation.encode()).hexdigest()[:8]}.crt"


def _content(path: Path, make: Callable[[], bytes | None]) -> bytes:
    try:
        if path.exists():
            return path.read_bytes()
        fresh = make()
        return secret(path, fresh, may_make=fresh is not None)
    except OSError as error:
        raise BadFile([Fault(file=str(path), what=f"cannot be used: {error.strerror}")]) from None

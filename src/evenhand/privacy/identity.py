"""Who must not be recognised: the identities of a case, as its record knows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenhand.lookalikes import UNSEEN, to_latin


class IdentityKind(StrEnum):
    """What sort of value identifies somebody; it decides in which spellings it is looked for."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    NUMBER = "number"
    DATE_OF_BIRTH = "date_of_birth"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """One identity: whose it is (`role`: employee, requesting_physician, ...) and the values it is known by."""

    kind: IdentityKind
    role: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Identities:
    """A file of identities, as `evenhand privacy redact --identities` reads it."""

    identities: tuple[Identity, ...]


@dataclass(frozen=True)
class PersonName:
    """A person's name in its parts, folded (no accents, straight apostrophes)."""

    first: tuple[str, ...]
    last: tuple[str, ...]


_SUFFIX = re.compile(
    r"(?:M\.?D|D\.?O|D\.?C|D\.?P\.?M|Ph\.?D|Psy\.?D|R\.?N|N\.?P|P\.?A(?:-C)?|P\.?T|Esq|J\.?D|L\.?Ac|Jr|Sr|II|III|IV)\.?"
)
_TITLE = re.compile(r"^(?:Dr|Mr|Mrs|Ms|Miss|Prof|Hon)\.?\s+", re.IGNORECASE)
_PARTICLES = {
    "de",
    "del",
    "della",
    "da",
    "dos",
    "di",
    "la",
    "las",
    "los",
    "le",
    "van",
    "von",
    "der",
    "den",
    "ter",
    "bin",
    "al",
    "el",
    "st",
    "st.",
}


def fold(text: str) -> str:
    """The text with accents, typographic apostrophes and look-alike letters made plain, character by character:
    places stay the same.
    """
    return to_latin("".join(_plain(sign) for sign in text))


def seen(text: str) -> tuple[str, Sequence[int]]:
    """The text without the signs that nobody sees (soft hyphens, zero widths), and where each sign stood in `text`."""
    if UNSEEN.search(text) is None:
        return text, range(len(text))
    places = [place for place, sign in enumerate(text) if UNSEEN.match(sign) is None]
    return "".join(text[place] for place in places), places


def _plain(sign: str) -> str:
    if sign in "’‘ʼ`´":
        return "'"
    if sign in "‐‑–—":
        return "-"
    if sign.isascii():
        return sign
    whole = unicodedata.normalize("NFKC", sign) if sign.isalpha() else sign  # full-width letters and the like
    base = unicodedata.normalize("NFD", whole if len(whole) == 1 else sign)[0]
    return base if len(base) == 1 else sign


def parse_name(value: str) -> PersonName:
    """ "Maria De La Cruz, MD" and "DE LA CRUZ, MARIA" to first and last names. A single word is a last name."""
    text = _TITLE.sub("", re.sub(r"\s+", " ", fold(seen(value)[0])).strip())
    head, _, tail = text.partition(",")
    tail = ", ".join(part for part in (p.strip() for p in tail.split(",")) if part and not _SUFFIX.fullmatch(part))
    if tail:
        return PersonName(tuple(_words(tail)), tuple(_words(head)))
    words = _words(head)
    while len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        words.pop()
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in _PARTICLES:
        cut -= 1
    return PersonName(tuple(words[:cut]), tuple(words[cut:]))


def _words(text: str) -> list[str]:
    return [word for word in text.replace(".", " ").split() if word]

"""Whether two names mean the same person or organisation.

A conflict missed is worse than one that a person has to clear up, so what may be the same counts as the same: a
changed case, lost punctuation, a company's legal form, `Last, First`, an initial for a first name, a missing middle
name.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

# Words that do not tell one organisation, or one person, from another.
_LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+", "inc incorporated llc llp lp plc pllc pc apc pa corp corporation co company ltd dba the a of and group"
    )
)
_TITLES = frozenset(re.findall(r"\w+", "dr mr mrs ms prof md do dc dpm phd psyd np rn pt esq jr sr ii iii"))


class Likeness(StrEnum):
    """How alike two names are."""

    SAME = "same"
    POSSIBLE = "possible"
    """One of the two abbreviates the other: a person must look, and until then it counts."""
    DIFFERENT = "different"


@lru_cache(maxsize=65536)
def name_parts(name: str) -> tuple[str, ...]:
    """A name's telling words: lower case, without accents, titles and legal forms; `Last, First` put right."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    head, comma, tail = plain.partition(",")
    words = _words(plain)
    if comma and _words(tail) and not set(_words(tail)) & _LEGAL_FORMS and not set(_words(tail)) <= _TITLES:
        words = _words(tail) + _words(head)
    telling = tuple(word for word in words if word not in _LEGAL_FORMS and word not in _TITLES)
    # A name made only of such words ("The Company") is compared as it stands.
    return telling or tuple(words)


def likeness(one: str, other: str) -> Likeness:
    """How alike two names of people or organisations are."""
    first, second = name_parts(one), name_parts(other)
    if not first or not second:
        return Likeness.DIFFERENT
    if first == second or "".join(first) == "".join(second):
        return Likeness.SAME
    return Likeness.POSSIBLE if _abbreviates(first, second) else Likeness.DIFFERENT


@lru_cache(maxsize=65536)
def handles(name: str) -> frozenset[str]:
    """What `name` shares with every name that is like it: its last telling word, and its words run together.

    Names without a common handle are different; so a few sets decide for most of a register, and `likeness` for the
    rest.
    """
    parts = name_parts(name)
    return frozenset({f"last {parts[-1]}", f"all {''.join(parts)}"}) if parts else frozenset()


def identifier_handle(identifier: str | None) -> frozenset[str]:
    """The same for an identifier; empty where none is given."""
    return frozenset({f"identifier {_bare(identifier)}"}) if identifier else frozenset()


def same_identifier(one: str | None, other: str | None) -> bool:
    """Whether both identifiers are given and equal, spaces, hyphens and case apart."""
    return bool(one and other) and _bare(one) == _bare(other)


def other_identifier(one: str | None, other: str | None) -> bool:
    """Whether both are identifiers of one register (`NPI ...`) and differ, so that a likeness of names is chance."""
    if not one or not other or same_identifier(one, other):
        return False
    registers = [re.match(r"[A-Za-z]+(?=[\s:]+\S*\d)", text.strip()) for text in (one, other)]
    return all(registers) and len({match.group().upper() for match in registers if match}) == 1


def _words(text: str) -> list[str]:
    # Letters that belong together ("P.C.", "L.L.C.") are written together; an ampersand is a word.
    joined = re.sub(r"\b([a-z])\.(?=[a-z]\.)", r"\1", text.replace("&", " and ").replace("'", "").replace("’", ""))
    return re.findall(r"[a-z0-9]+", joined)


def _bare(identifier: str | None) -> str:
    return re.sub(r"[\s:\-.]", "", identifier or "").upper()


def _abbreviates(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """`s lindqvist` and `signe maria lindqvist`: the last word alike, the first alike or an initial."""
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1]:
        return False
    first, second = one[0], other[0]
    if first == second:
        return _middles_agree(one[1:-1], other[1:-1])
    return 1 in {len(first), len(second)} and first[0] == second[0]


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Middle words may be missing on one side, or stand as initials."""
    if not one or not other:
        return all(len(word) == 1 for word in (*one, *other)) or len(one) + len(other) == 1
    return len(one) == len(other) and all(
        a == b or (1 in {len(a), len(b)} and a[0] == b[0]) for a, b in zip(one, other, strict=True)
    )

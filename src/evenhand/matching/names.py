"""Whether two names mean the same person or organisation.

A conflict missed is worse than one that a person has to clear up, so what may be the same counts as the same: a
changed case or order, lost punctuation, a company's legal form, `Last, First`, letters that only look alike, an initial
for a first name, a missing middle name, one half of a double name, a missing general word at the end, a slip of the pen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from evenhand.lookalikes import UNSEEN, to_latin

# Words that do not tell one organisation, or one person, from another.
_LEGAL_FORMS = frozenset(
    [
        "inc",
        "incorporated",
        "llc",
        "llp",
        "lp",
        "plc",
        "pllc",
        "pc",
        "apc",
        "pa",
        "corp",
        "corporation",
        "co",
        "company",
        "ltd",
        "limited",
        "dba",
        "the",
        "a",
        "of",
        "and",
        "group",
        "gmbh",
        "kgaa",
        "sarl",
        "srl",
        "pty",
        "pvt",
    ]
)
_TITLES = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "md",
        "do",
        "dc",
        "dpm",
        "phd",
        "psyd",
        "np",
        "rn",
        "pt",
        "dpt",
        "esq",
        "jr",
        "sr",
        "ii",
        "iii",
        "dds",
        "dmd",
        "mph",
        "mba",
        "lac",
        "lcsw",
        "facs",
        "faaos",
        "facp",
        "faap",
        "facog",
        "faafp",
        "fapa",
        "fasam",
        "faapmr",
        "facoem",
        "fics",
        "fipp",
        "qme",
        "fnp",
        "aprn",
        "crna",
    ]
)
# What a name may be written with or without at its end ("Sierra Crest Claims", "Sierra Crest Claims Services").
_GENERAL = frozenset(
    [
        "service",
        "claims",
        "claim",
        "administrators",
        "administration",
        "associates",
        "partners",
        "management",
        "solutions",
        "insurance",
        "indemnity",
        "holdings",
        "systems",
        "network",
        "center",
        "clinic",
        "hospital",
        "medical",
        "office",
        "law",
        "firm",
        "international",
        "america",
        "usa",
    ]
)
# Two ways of writing one word.
_SHORT_FORMS = {
    "services": "service", "svc": "service", "svcs": "service", "serv": "service", "ins": "insurance", "st": "saint",
    "ste": "sainte", "ctr": "center", "centre": "center", "mgmt": "management", "assoc": "associates",
    "assocs": "associates", "assn": "association", "admin": "administrators", "intl": "international",
    "hosp": "hospital", "clinics": "clinic", "offices": "office", "natl": "national", "dept": "department",
    "mfg": "manufacturing",
}  # fmt: skip
# In shorter words one letter makes another name more often than a slip.
_LONG_ENOUGH_FOR_TYPOS = 5
_LONGEST_SLIP = 64


class Likeness(StrEnum):
    """How alike two names are."""

    SAME = "same"
    POSSIBLE = "possible"
    """One of the two abbreviates the other: a person must look, and until then it counts."""
    DIFFERENT = "different"


@lru_cache(maxsize=65536)
def name_parts(name: str) -> tuple[str, ...]:
    """A name's telling words: plain small letters, without titles and legal forms, short forms written out;
    `Last, First` put right.
    """
    return _telling(_plain(name))


@lru_cache(maxsize=65536)
def _halves(name: str) -> tuple[tuple[str, ...], ...]:
    """The parts of `name` with one half of a double last name each: for "Ana Lind-Tran" those of "Ana Lind" and
    "Ana Tran".
    """
    plain = _plain(name)
    whole = _telling(plain)
    found = []
    for double in re.finditer(r"([^\W_]{2,})-([^\W_]{2,})", plain):
        if whole[-2:] != double.groups():
            continue
        found += [_telling(f"{plain[: double.start()]}{half}{plain[double.end() :]}") for half in double.groups()]
    return tuple(parts for parts in found if len(parts) > 1)


def likeness(one: str, other: str) -> Likeness:
    """How alike two names of people or organisations are."""
    first, second = name_parts(one), name_parts(other)
    if not first or not second:
        return Likeness.DIFFERENT
    if "".join(first) == "".join(second) or sorted(first) == sorted(second):
        return Likeness.SAME
    if _possible(first, second):
        return Likeness.POSSIBLE
    ours, theirs = (first, *_halves(one)), (second, *_halves(other))
    if len(ours) + len(theirs) > 2 and any(
        "".join(a) == "".join(b) or sorted(a) == sorted(b) or _possible(a, b) for a in ours for b in theirs
    ):
        return Likeness.POSSIBLE
    return Likeness.DIFFERENT


@lru_cache(maxsize=65536)
def handles(name: str) -> frozenset[str]:
    """What `name` shares with every name that is like it; there is a handle for every way of being like.

    Names without a common handle are different; so a few sets decide for most of a register, and `likeness` for the
    rest.
    """
    every = (name_parts(name), *_halves(name))
    return frozenset(handle for parts in every if parts for handle in _handles(parts))


def _handles(parts: tuple[str, ...]) -> Iterator[str]:
    yield f"all {''.join(parts)}"
    yield f"sorted {' '.join(sorted(parts))}"
    if core := _core(parts):
        yield f"core {' '.join(core)}"
    if len(parts) > 1:
        # Whoever abbreviates the other, or has one slip, has the first or the last word in common with it.
        yield f"edge {parts[0]}"
        yield f"edge {parts[-1]}"
    elif len(parts[0]) >= _LONG_ENOUGH_FOR_TYPOS - 1:
        # Words one letter apart become the same when the right letter of each is left out, or of one of them.
        word = parts[0]
        yield f"slip {word}"
        yield from (f"slip {word[:place]}{word[place + 1 :]}" for place in range(min(len(word), _LONGEST_SLIP)))


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


def _plain(name: str) -> str:
    """Small letters of one form: without accents, unseen signs and look-alikes, in every script."""
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", UNSEEN.sub("", name)).casefold())
    return to_latin("".join(sign for sign in small if not unicodedata.combining(sign)).casefold())


def _telling(plain: str) -> tuple[str, ...]:
    head, comma, tail = plain.partition(",")
    words, last = _words(plain), set(_words(tail))
    if comma and last and not last & _LEGAL_FORMS and not last <= _TITLES:
        words = _words(tail) + _words(head)
    telling = [word for word in words if word not in _LEGAL_FORMS and word not in _TITLES]
    # A name made only of such words ("The Company") is compared as it stands.
    return tuple(_SHORT_FORMS.get(word, word) for word in telling or words)


def _words(text: str) -> list[str]:
    # Letters that belong together ("P.C.", "L.L.C.", "PA-C") are written together; an ampersand is a word.
    joined = text.replace("&", " and ").replace("'", "").replace("’", "").replace("`", "")
    joined = re.sub(r"\b([^\W\d_])\.(?=[^\W\d_]\.)", r"\1", joined)
    return re.findall(r"[^\W_]+", re.sub(r"\bpa-c\b", "pa", joined))


def _bare(identifier: str | None) -> str:
    return re.sub(r"[\s:\-.]", "", identifier or "").upper()


def _possible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one may stand for the other; last name first is also looked at the other way round."""
    return (
        _abbreviates(one, other)
        or _abbreviates((*one[1:], one[0]), other)
        or _abbreviates(one, (*other[1:], other[0]))
        or _lacks_general_words(one, other)
        or _slip(one, other)
    )


def _core(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts without general words at the end; empty where there is nothing else."""
    end = len(parts)
    while end and parts[end - 1] in _GENERAL:
        end -= 1
    return parts[:end]


def _lacks_general_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """`sierra crest claims` and `sierra crest claims service`: one is the other but for general words at its end."""
    short, long = sorted((one, other), key=len)
    return bool(_core(short)) and long[: len(short)] == short and _core(long) == _core(short)


def _slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """One word a letter apart, the rest equal. Numbers are never a slip: two branches may differ in them alone."""
    if len(one) != len(other):
        return False
    odd = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(odd) == 1 and _letter_apart(*odd[0])


def _letter_apart(one: str, other: str) -> bool:
    """One letter changed, added, left out, or two neighbours swapped, in a word that is long enough."""
    short, long = sorted((one, other), key=len)
    if not _LONG_ENOUGH_FOR_TYPOS <= len(long) <= _LONGEST_SLIP or not (one + other).isalpha():
        return False
    if len(long) - len(short) > 1:
        return False
    same = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = long[same + 1 : same + 2] + long[same : same + 1]
    return short[same + 1 :] == long[same + 1 :] or (
        short[same : same + 2] == swapped and short[same + 2 :] == long[same + 2 :]
    )


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

"""Names as they are compared: the telling words of a name, the other names that stand in it, and identifiers.

Two names that differ in case, order of `Last, First`, punctuation, accents, legal form or titles have the same telling
words. `likeness` compares those words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from evenhand.lookalikes import UNSEEN, to_latin
from evenhand.matching.name_words import ALSO_KNOWN, GENERAL, LATE_TITLES, LEGAL_FORMS, SHORT_FORMS, TITLES

_CACHED = 65536
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")
# Marks that a machine reads for a letter inside a word.
_MISREAD = re.compile(r"(?<=[^\W_])[!|](?=[^\W_])")
_DOUBLE = re.compile(r"([^\W_]{2,})-([^\W_]{2,})")
_ALSO = re.compile(r"\s*[(,]?\s*\b(?:" + "|".join(re.escape(word) for word in ALSO_KNOWN) + r")\b[.:]?\s+")
_DOTTED_TITLES = (TITLES | LATE_TITLES) - {"jr", "sr"}
# A number that stands for "none" or "not known" identifies nobody.
_NO_NUMBER = re.compile(r"[A-Z]*(?:(\d)\1*|N/?A|NONE|UNKNOWN)?")


@lru_cache(maxsize=_CACHED)
def name_parts(name: str) -> tuple[str, ...]:
    """A name's telling words: plain small letters, without titles and legal forms, short forms written out;
    `Last, First` put right.
    """
    return _telling(plain(name))


@lru_cache(maxsize=_CACHED)
def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """The telling words of every name that `name` tells: itself, with either half of a double last name, and what
    somebody was called before or is called as well.

    "Ana Lind-Tran" is read as "Ana Lind" and "Ana Tran" too, "Ana Tran (née Lind)" as "Ana Lind".
    """
    small = plain(name)
    names = [part.strip(" ()") for part in _ALSO.split(small)] if _ALSO.search(small) else [small]
    if len(names) == 1 and "-" not in small:
        return (_telling(small),)
    found: dict[tuple[str, ...], None] = {}
    for place, each in enumerate(names):
        words = _telling(each)
        if place and len(words) == 1 and len(first := _telling(names[0])) > 1:
            words = (*first[:-1], *words)
        found[words] = None
        found.update(dict.fromkeys(_halves(each, words)))
    return tuple(words for words in found if words) or ((),)


def _halves(small: str, whole: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words with one half of a double last name each."""
    found = []
    for double in _DOUBLE.finditer(small):
        if whole[-2:] == double.groups():
            found += [_telling(f"{small[: double.start()]}{half}{small[double.end() :]}") for half in double.groups()]
    return [words for words in found if len(words) > 1]


def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without general ones at the end; empty where there is nothing else."""
    end = len(words)
    while end and words[end - 1] in GENERAL:
        end -= 1
    return words[:end]


@lru_cache(maxsize=_CACHED)
def bare(identifier: str | None) -> str:
    """An identifier without spaces, hyphens and case; empty for one that identifies nobody (all zeros)."""
    text = re.sub(r"[\s:\-.#]", "", identifier or "").upper()
    return "" if _NO_NUMBER.fullmatch(text) and len(text) > 1 else text


def identifier_handle(identifier: str | None) -> frozenset[str]:
    """What equal identifiers share; empty where none is given."""
    text = bare(identifier)
    return frozenset({f"identifier {text}"}) if text else frozenset()


def same_identifier(one: str | None, other: str | None) -> bool:
    """Whether both identifiers are given and equal, spaces, hyphens and case apart."""
    return bool(one and other and bare(one)) and bare(one) == bare(other)


def other_identifier(one: str | None, other: str | None) -> bool:
    """Whether both are identifiers of one register (`NPI ...`) and differ, so that a likeness of names is chance."""
    if not one or not other or not bare(one) or not bare(other) or same_identifier(one, other):
        return False
    registers = [re.match(r"[A-Za-z]+(?=[\s:]+\S*\d)", text.strip()) for text in (one, other)]
    return all(registers) and len({match.group().upper() for match in registers if match}) == 1


def plain(name: str) -> str:
    """Small letters of one form: without accents, unseen signs and look-alikes, in every script."""
    if name.isascii():
        return name.lower()
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", UNSEEN.sub("", name)).casefold())
    return to_latin("".join(sign for sign in small if not unicodedata.combining(sign)).casefold())


def _telling(small: str) -> tuple[str, ...]:
    head, comma, tail = small.partition(",")
    if comma and (last := set(_words(tail))) and not last & LEGAL_FORMS and not last <= TITLES | LATE_TITLES:
        words = _words(tail) + _words(head)
    elif comma:
        words = _words(head) + [word for word in _words(tail) if word not in LATE_TITLES]
    else:
        words = _words(small)
    telling = [word for word in words if word not in LEGAL_FORMS and word not in TITLES]
    # A name made only of such words ("The Company") is compared as it stands.
    return tuple([SHORT_FORMS.get(word, word) for word in telling or words])


def _words(text: str) -> list[str]:
    if text.isascii() and text.replace(" ", "").isalnum():
        return text.split()
    joined = _MISREAD.sub("l", text.replace("&", " and ").replace("'", "").replace("’", "").replace("`", ""))
    return _WORD.findall(_DOTTED.sub(_together, joined.replace("pa-c", "pa")))


def _together(letters: re.Match[str]) -> str:
    """Letters that belong together ("P.C.", "L.L.C.") as one word; initials ("J.R.") stay apart."""
    word = letters.group().replace(".", "")
    return f"{word} " if word in LEGAL_FORMS or word in _DOTTED_TITLES else letters.group()

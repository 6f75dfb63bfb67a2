"""Is an identity still in a text? A second look by another method than the one that removed it, failing closed.

`redact` searches with patterns. `verify` takes the text apart into words and digits and looks for the values' own
words and digits, so that a
fault in a pattern does not hide itself. What it cannot check it reports as not clean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evenhand.privacy.identity import Identity, IdentityKind, fold, parse_name, seen
from evenhand.privacy.profiles import PrivacyData, privacy_data
from evenhand.privacy.redact import Guarded, clinical_spans
from evenhand.privacy.spellings import spellings
from evenhand.programmes import DEFAULT

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SINGLE_LETTERS = re.compile(r"(?<!\w)[^\W\d_](?:[ \t.·-]{1,3}[^\W\d_]){5,}(?!\w)")
_TITLES = {"dr", "mr", "mrs", "ms", "miss", "doctor", "prof"}


@dataclass(frozen=True, kw_only=True)
class Leak:
    """One identity that is still there, or could not be checked.

    It never repeats the value. `start` is -1 where no place is known.
    """

    kind: str
    role: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a text may leave, as far as the known identities go."""

    clean: bool
    leaks: tuple[Leak, ...]


def verify(text: str, identities: Sequence[Identity], *, programme: str = DEFAULT) -> Verdict:
    """Looks for every identity value in `text`.

    An identity without a value that can be looked for makes the verdict unclean.
    """
    data = privacy_data(programme)
    visible, places = seen(text)
    folded = fold(visible)
    leaks: list[Leak] = []
    for identity in identities:
        checked = False
        for value in identity.values:
            found = _look(folded, identity, value, data)
            if found is None:
                continue
            checked = True
            leaks += [replace(leak, start=places[leak.start], end=places[leak.end - 1] + 1) for leak in found]
        if not checked:
            why = "has no value that can be looked for; give the value or leave the identity out"
            leaks.append(Leak(kind=identity.kind.value, role=identity.role, start=-1, end=-1, why=why))
    return Verdict(clean=not leaks, leaks=tuple(leaks))


def _look(text: str, identity: Identity, value: str, data: PrivacyData) -> list[Leak] | None:
    """The places of one value, or `None` where it is too short to be looked for."""
    if identity.kind is IdentityKind.PERSON:
        spans = _person(text, value, data)
    elif identity.kind is IdentityKind.ORGANISATION:
        spans = _run_of_words(text, [w for w in _plain_words(value) if w not in {"inc", "llc", "corp", "ltd"}])
    elif identity.kind in {IdentityKind.PHONE, IdentityKind.NUMBER}:
        spans = _run_of_signs(text, value, last=10 if identity.kind is IdentityKind.PHONE else None)
    else:
        spans = _by_spelling(text, identity, value, data)
    if spans is None:
        return None
    kind, role = identity.kind.value, identity.role
    return [Leak(kind=kind, role=role, start=a, end=b, why=f"a value of kind {kind} is still there") for a, b in spans]


def _plain_words(value: str) -> list[str]:
    return [m.group().casefold() for m in _WORD.finditer(fold(seen(value)[0]))]


def _person(text: str, value: str, data: PrivacyData) -> list[tuple[int, int]] | None:
    """Any rare word of the name on its own; an everyday word only beside another word of the name or after a title."""
    name = parse_name(value)
    first = {w for part in name.first for w in _plain_words(part) if len(w) > 2}
    last = {w for part in name.last for w in _plain_words(part) if len(w) > 2}
    if not last and not first:
        return None
    words = list(_WORD.finditer(text))
    plain = [re.sub(r"'s$", "", m.group().casefold()) for m in words]
    guarded = Guarded(clinical_spans(text, data))
    spans = _spaced_out(text, first | last)
    for place, word in enumerate(plain):
        if word not in first | last or guarded.hold(*words[place].span()):
            continue
        neighbours = {*plain[max(0, place - 2) : place], *plain[place + 1 : place + 3]}
        other = last if word in first else first
        rare = word not in data.everyday and words[place].group()[:1].isupper()
        if rare or neighbours & other or (place and plain[place - 1] in _TITLES):
            spans.append(words[place].span())
    return spans


def _spaced_out(text: str, words: set[str]) -> list[tuple[int, int]]:
    """Where single letters in a row give one of the longer words."""
    spans = []
    for run in _SINGLE_LETTERS.finditer(text):
        places = [place for place in range(*run.span()) if text[place].isalpha()]
        letters = "".join(text[place] for place in places).casefold()
        if len(letters) == len(places):
            at = [(letters.find(word), len(word)) for word in words if len(word) > 5 and word in letters]
            spans += [(places[begin], places[begin + size - 1] + 1) for begin, size in at]
    return spans


def _run_of_words(text: str, wanted: list[str]) -> list[tuple[int, int]] | None:
    """Where the words follow one another, whatever stands between them."""
    wanted = [w for w in wanted if w not in {"and", "the"}]
    if not wanted:
        return None
    found = [
        (m.group().casefold(), m.span()) for m in _WORD.finditer(text) if m.group().casefold() not in {"and", "the"}
    ]
    size = len(wanted)
    return [
        (found[i][1][0], found[i + size - 1][1][1])
        for i in range(len(found) - size + 1)
        if [word for word, _ in found[i : i + size]] == wanted
    ]


def _run_of_signs(text: str, value: str, *, last: int | None) -> list[tuple[int, int]] | None:
    """Where the letters and digits of the value follow one another, whatever separators stand between them."""
    wanted = re.sub(r"[\W_]", "", fold(seen(value)[0])).casefold()
    wanted = wanted[-last:] if last else wanted
    if len(wanted) < 3:
        return None
    signs = [(sign.casefold(), place) for place, sign in enumerate(text) if sign.isalnum()]
    compact = "".join(sign for sign, _ in signs)
    spans, at = [], compact.find(wanted)
    while at >= 0:
        begin, end = signs[at][1], signs[at + len(wanted) - 1][1] + 1
        inside = (begin and text[begin - 1].isalnum()) or (end < len(text) and text[end].isalnum())
        near = end - begin <= len(wanted) * 2 + 4
        if near and not inside:
            spans.append((begin, end))
        at = compact.find(wanted, at + 1)
    return spans


def _by_spelling(text: str, identity: Identity, value: str, data: PrivacyData) -> list[tuple[int, int]] | None:
    one = Identity(kind=identity.kind, role=identity.role, values=(value,))
    patterns = list(spellings(one, data))
    if not patterns:
        return None
    return [match.span() for spelling in patterns for match in spelling.pattern.finditer(text)]

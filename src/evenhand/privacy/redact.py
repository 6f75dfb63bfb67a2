"""De-identifies a text: the identities that the case record knows, in all their spellings, and what identifies by
its form.

    result = redact(text, identities, "ca_dwc_public")
    result.text, result.removed, result.flags

Known limits: a name that nobody told us is not removed, only flagged where a title stands before it; a person may
also be recognised by
rare facts (a rare injury, a small town, a rare specialty), which no list of names removes; text in pictures is not
read. A person looks
at the flags before anything is released.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from evenhand.privacy.identity import Identity, IdentityKind, fold, seen
from evenhand.privacy.profiles import Dates, PrivacyData, Profile, privacy_data
from evenhand.privacy.spellings import spellings, typo_targets
from evenhand.programmes import DEFAULT, PUBLIC_PROFILE

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY, _YEAR = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:19|20)\d{2}"
_DATES = re.compile(
    rf"(?<![\w/-])(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?P<a>(?:19|20)?\d{{2}})|(?P<b>{_YEAR})[/.-]\d{{1,2}}[/.-]\d{{1,2}}"
    rf"|{_MONTH}\s+{_DAY},?\s+(?P<c>{_YEAR})|{_DAY}\s+{_MONTH},?\s+(?P<d>{_YEAR})"
    rf"|{_MONTH},?\s+(?P<e>{_YEAR})|{_MONTH}\s+{_DAY})(?![\w/-])"
)
_AGES = re.compile(
    r"\b\d{2,3}(?=[\s-]*(?:years?|yrs?\.?)[\s-]*(?:old|of\s+age)|[\s-]*y/?o\b)|(?<=\bage\s)\d{2,3}\b|(?<=\baged\s)\d{2,3}\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss|Doctor|Prof)\b\.?\s+"
    r"(?P<name>[A-Z][\w'-]+(?:\s+(?:de|la|van|von|del)\s+[A-Z][\w'-]+|\s+[A-Z][\w'-]+)?)"
)

# More eponyms than these are not listed before one noun; a longer list is guarded in its last names.
_MOST = 12

_STANDS_FOR = {
    IdentityKind.ADDRESS: "[address]",
    IdentityKind.PHONE: "[phone number]",
    IdentityKind.EMAIL: "[e-mail address]",
    IdentityKind.NUMBER: "[number]",
    IdentityKind.DATE_OF_BIRTH: "[date of birth]",
}


@dataclass(frozen=True, kw_only=True)
class Removed:
    """What was taken out, without saying what it was.

    `spans` are places in the text as given (first, past the last).
    """

    kind: str
    role: str
    reason: str
    spans: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How often."""
        return len(self.spans)


@dataclass(frozen=True, kw_only=True)
class Flag:
    """Something in the de-identified text that a person should look at."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """The de-identified text, what was removed, and what a person should look at."""

    text: str
    removed: tuple[Removed, ...]
    flags: tuple[Flag, ...]
    profile: str


@dataclass(frozen=True)
class _Cut:
    start: int
    end: int
    replacement: str
    kind: str
    role: str
    reason: str


def redact(
    text: str, identities: Sequence[Identity], profile: str = PUBLIC_PROFILE, *, programme: str = DEFAULT
) -> Redaction:
    """De-identifies `text`.

    `profile` names how far. Raises BadFile for an unknown profile. Law: see the profile's citation.
    """
    data = privacy_data(programme)
    chosen = data.profile(profile)
    visible, places = seen(text)
    folded = fold(visible)
    cuts = [*_known(folded, identities, data), *_misspelt(folded, identities, data), *_patterns(folded, data, chosen)]
    if chosen.dates is Dates.YEAR:
        cuts += _only_years(folded)
    if chosen.oldest_age is not None:
        cuts += _oldest(folded, chosen.oldest_age)
    merged = [_placed(cut, places) for cut in _merge(cuts)]
    clean = _apply(text, merged)
    return Redaction(text=clean, removed=_summary(merged), flags=_flags(clean), profile=chosen.name)


def _placed(cut: _Cut, places: Sequence[int]) -> _Cut:
    """The cut in the text as given, with the unseen signs inside it."""
    return replace(cut, start=places[cut.start], end=places[cut.end - 1] + 1)


def _known(text: str, identities: Sequence[Identity], data: PrivacyData) -> Iterable[_Cut]:
    guarded = Guarded(clinical_spans(text, data))
    for identity in identities:
        for spelling in spellings(identity, data):
            for match in spelling.pattern.finditer(text):
                if spelling.alone and guarded.hold(*match.span()):
                    continue
                yield _Cut(
                    match.start(),
                    match.end(),
                    _word(identity),
                    identity.kind.value,
                    identity.role,
                    spelling.reason,
                )


def clinical_spans(text: str, data: PrivacyData) -> list[tuple[int, int]]:
    """Where an eponym stands as a clinical term: "Baker's cyst", "Phalen and Tinel signs", "positive Spurling"."""
    names = "|".join(re.escape(fold(name)) for name in data.eponyms)
    one = rf"(?:{names})(?:'s|s')?"
    nouns = "|".join(data.clinical_nouns)
    after = rf"\b{one}(?:(?:\s*[,/]\s*|\s+(?:and|or)\s+|,\s*(?:and|or)\s+){one}){{0,{_MOST}}}[\s-]+(?:{nouns})\b"
    before = rf"\b(?:positive|negative|equivocal)\s+{one}(?:(?:\s*[,/]\s*|\s+(?:and|or)\s+){one}){{0,{_MOST}}}\b"
    return [match.span() for pattern in (after, before) for match in re.finditer(pattern, text, re.IGNORECASE)]


class Guarded:
    """Stretches of a text, asked one after another whether one of them holds a match."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def hold(self, start: int, end: int) -> bool:
        """Whether one stretch begins before `start` and ends after `end`."""
        before = bisect_right(self._starts, start)
        return before > 0 and end <= self._furthest[before - 1]


def _misspelt(text: str, identities: Sequence[Identity], data: PrivacyData) -> Iterable[_Cut]:
    """Capitalised words one letter away from a long known name, unless they are clinical terms or ordinary words
    of the text.
    """
    targets = [(target, identity) for identity in identities for target in typo_targets(identity, data)]
    if not targets:
        return
    ordinary = set(re.findall(r"\b[a-z]{4,}\b", text))
    for match in re.finditer(r"(?<!\w)[A-Z][A-Za-z'-]{4,}", text):
        word = re.sub(r"'s$", "", match.group())
        plain = word.casefold()
        if plain in data.clinical or plain in data.everyday or plain in data.generic or plain in ordinary:
            continue
        for target, identity in targets:
            if plain != target and plain[0] == target[0] and one_letter_apart(plain, target):
                end = match.start() + len(word)
                kind, role = identity.kind.value, identity.role
                yield _Cut(match.start(), end, _word(identity), kind, role, "one letter from a known name")
                break


def one_letter_apart(a: str, b: str) -> bool:
    """Whether one letter added, dropped, changed, or two neighbours swapped make one word of the other."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        odd = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        if len(odd) == 2 and odd[1] == odd[0] + 1:
            return a[odd[0]] == b[odd[1]] and a[odd[1]] == b[odd[0]]
        return len(odd) == 1
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _patterns(text: str, data: PrivacyData, profile: Profile) -> Iterable[_Cut]:
    for pattern, search in data.compiled(profile):
        reason = f"has the form of: {pattern.name.replace('_', ' ')}"
        for match in search.finditer(text):
            start = match.end("keep") if "keep" in search.groupindex else match.start()
            yield _Cut(start, match.end(), pattern.replacement, "pattern", pattern.name, reason)


def _only_years(text: str) -> Iterable[_Cut]:
    for match in _DATES.finditer(text):
        year = next((y for y in match.groupdict().values() if y), None)
        if year is not None and len(year) == 2:
            year = ("19" if int(year) > 50 else "20") + year
        yield _Cut(match.start(), match.end(), year or "[date]", "pattern", "date", "of a date only the year stays")


def _oldest(text: str, oldest: int) -> Iterable[_Cut]:
    for match in _AGES.finditer(text):
        if int(match.group()) > oldest:
            yield _Cut(match.start(), match.end(), f"[over {oldest}]", "pattern", "age", f"an age above {oldest}")


def _word(identity: Identity) -> str:
    """What stands in place of a value: whose name it was, or what sort of value."""
    return _STANDS_FOR.get(identity.kind) or f"[{identity.role.replace('_', ' ')}]"


def _merge(cuts: Iterable[_Cut]) -> list[_Cut]:
    """No overlap: the longest of overlapping cuts gives the replacement, and all they cover goes (it fails closed)."""
    merged: list[_Cut] = []
    for cut in sorted((c for c in cuts if c.end > c.start), key=lambda c: (c.start, -c.end)):
        if merged and cut.start < merged[-1].end:
            last = merged[-1]
            keep = cut if cut.end - cut.start > last.end - last.start else last
            merged[-1] = _Cut(last.start, max(last.end, cut.end), keep.replacement, keep.kind, keep.role, keep.reason)
        else:
            merged.append(cut)
    return merged


def _apply(text: str, cuts: Sequence[_Cut]) -> str:
    pieces, place = [], 0
    for cut in cuts:
        pieces += [text[place : cut.start], cut.replacement]
        place = cut.end
    return "".join([*pieces, text[place:]])


def _summary(cuts: Sequence[_Cut]) -> tuple[Removed, ...]:
    groups: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for cut in cuts:
        groups.setdefault((cut.kind, cut.role, cut.reason), []).append((cut.start, cut.end))
    return tuple(Removed(kind=k, role=r, reason=why, spans=tuple(spans)) for (k, r, why), spans in groups.items())


def _flags(text: str) -> tuple[Flag, ...]:
    why = "a title before a word that looks like a name nobody listed"
    visible, places = seen(text)
    return tuple(
        Flag(start=places[m.start("name")], end=places[m.end("name") - 1] + 1, reason=why)
        for m in _TITLED.finditer(visible)
    )

"""Persons' names in a letter: behind a title, before a degree, behind a role, or a given name with a surname.

Eponyms ("Phalen's test"), drugs, guidelines and scales are no persons; placeholders ("Dr. X", "Dr. [redacted]") name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from evenhand.letters.second_reader.finding import Part
from evenhand.letters.second_reader.prose import Span
from evenhand.letters.second_reader.reading import Passage
from evenhand.letters.second_reader.words import words
from evenhand.privacy.identity import fold
from evenhand.privacy.profiles import privacy_data
from evenhand.privacy.redact import Guarded, clinical_spans
from evenhand.treatments import known_specialty
from evenhand.treatments.vocabulary import Specialties, drug_words, plain, treatment_words, vocabulary


@dataclass(frozen=True, kw_only=True)
class NameWords:
    """names.yaml"""

    titles: tuple[str, ...]
    degrees: tuple[str, ...]
    roles: tuple[str, ...]
    evaluators: tuple[str, ...]
    reviewer_labels: tuple[str, ...]
    reviewer_in_text: tuple[str, ...]
    reviewer_behind: tuple[str, ...]
    other_reviewer: tuple[str, ...]
    not_names: tuple[str, ...]
    given_names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class States:
    """states.yaml: postal code to name."""

    states: dict[str, str]


_WORD = (
    r"(?:(?:Mc|Mac|De|Di|La|Le|Van|O'|D')[A-Z][a-z]+(?:-[A-Z][a-z]+)?|[A-Z][a-z]+(?:[-'][A-Z][a-z]+)?"
    r"|[A-Z]{3,25}(?:-[A-Z]{2,25})?|[A-Z][a-z](?![a-z.]))"
)
_INITIAL = r"[A-Z]\.?"
_PARTICLE = r"(?:(?:de|la|las|los|van|von|del|der|den|dos|da|di|bin|al|el)\s+){1,3}"
_NEXT = re.compile(rf"[ \t]+(?:(?P<initial>{_INITIAL})(?=\s+{_WORD})|(?:{_PARTICLE})?(?P<word>{_WORD}))(?![\w])")
_FIRST = re.compile(
    rf"(?:(?P<initial>{_INITIAL})(?=\s+(?:{_INITIAL}\s+)?{_WORD})|(?:{_PARTICLE})?(?P<word>{_WORD}))(?![\w])"
)
_LAST_NAME_FIRST = re.compile(rf"(?<!\w)(?P<last>{_WORD}),\s+(?P<first>{_WORD})(?:\s+{_INITIAL}(?=\W))?")
_MOST_WORDS = 4


@lru_cache(maxsize=512)
def folded(text: str) -> str:
    """The text with accents and typographic apostrophes made plain; places stay the same."""
    return text if text.isascii() else fold(text)


def persons(text: str, programme: str) -> tuple[Span, ...]:
    """The names of persons in a text, without titles and degrees, in their order."""
    return _persons(text, programme)


def is_ordinary(word: str, programme: str) -> bool:
    """Whether a capitalised word is a word of treatments, specialties, drugs or letters, and no name."""
    return not _reader(programme).is_name(word.strip(".,"))


def reviewer_names(passage: Passage, programme: str) -> Iterator[Span]:
    """The names in a part of the letter that are its reviewer's."""
    reader = _reader(programme)
    if passage.part is Part.REVIEWER:
        yield from reader.in_credentials(passage.text)
    else:
        yield from reader.in_text(passage.text)


@lru_cache(maxsize=512)
def _persons(text: str, programme: str) -> tuple[Span, ...]:
    return tuple(_reader(programme).persons(text))


@cache
def _reader(programme: str) -> _Reader:
    return _Reader(programme)


def _any(listed: tuple[str, ...]) -> str:
    return "(?:" + "|".join(word.replace(" ", r"\s+") for word in sorted(listed, key=len, reverse=True)) + ")"


class _Reader:
    """One programme's words for persons as patterns."""

    def __init__(self, programme: str) -> None:
        said = words(NameWords, "names", programme)
        self._programme = programme
        self._ordinary = _ordinary(programme) | {word.casefold() for word in said.not_names}
        self._given = frozenset(said.given_names)
        self._titled = re.compile(rf"(?<!\w){_any(said.titles)}\s+(?={_WORD}|{_INITIAL}\s|{_PARTICLE})")
        self._title_before = re.compile(rf"(?<!\w){_any(said.titles)}\s*$")
        self._degree = re.compile(rf"(?:,\s*|\s+){_any(said.degrees)}(?![\w])")
        self._role = re.compile(rf"\b(?i:{_any(said.roles)})(?:,|\s+(?:named|called|is|was))?\s+(?=[A-Z])")
        self._evaluator = re.compile(rf"\b{_any(said.evaluators)},?\s+(?=[A-Z][a-z])")
        self._bare = re.compile(
            rf"\b(?:{'|'.join(said.given_names)})\b(?=\s+(?:{_INITIAL}\s+)?[A-Z]|\s+(?:de|del|la|van|von)\s)"
        )
        lead = rf"(?:^|(?<=[.;\n])\s*|(?<=[.!?]\s))\W*{_any(said.reviewer_labels)}\s*(?:is\b|was\b)?[\s:,_-]*"
        title = rf"(?:{_any(said.titles)}\s+)?"
        self._label = re.compile(rf"(?i:{lead}){title}(?=[A-Z])")
        named = r"(?:\s*[,:(]\s*an?\s+[\w-]+(?:\s[\w-]+){0,3}?\s+(?:named|called)|\s*[,:(]|\s+(?:is|was|named))?"
        self._own = re.compile(rf"\b(?i:{_any(said.reviewer_in_text)}){named}\s*{title}(?=[A-Z])")
        self._own_behind = re.compile(rf"(?:,?\s+{_any(said.degrees)})?,?\s+(?i:{_any(said.reviewer_behind)})\b")
        self._other = re.compile(rf"\b{_any(said.other_reviewer)}\b", re.IGNORECASE)

    def persons(self, text: str) -> list[Span]:
        """Every name in the text."""
        flat = folded(text)
        spans = {*self._behind(flat, self._titled, 1), *self._behind(flat, self._role, 2)}
        spans |= {*self._behind(flat, self._evaluator, 1), *self._before_degree(flat), *self._last_first(flat)}
        for match in self._bare.finditer(flat):
            if end := self.name_at(flat, match.start(), 2):
                spans.add((match.start(), end))
        if not spans:
            return []
        clinical = Guarded(clinical_spans(flat, privacy_data(self._programme)))
        kept: list[tuple[int, int]] = []
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if not clinical.hold(start, end) and not (kept and start < kept[-1][1]):
                kept.append((start, end))
        return [Span(start, end, text[start:end]) for start, end in kept]

    def name_at(self, text: str, start: int, least: int) -> int | None:
        """Where the name ends that begins at `start`; None where no name of so many words begins there."""
        match, end, count = _FIRST.match(text, start), None, 0
        while match and count < _MOST_WORDS:
            if match["word"]:
                if not self.is_name(match["word"]):
                    break
                end, count = match.end(), count + 1
            match = _NEXT.match(text, match.end())
        return end if count >= least else None

    def is_name(self, word: str) -> bool:
        """Whether a capitalised word may be a name."""
        small = word.casefold()
        return small not in self._ordinary and len(set(small)) > 1

    def _behind(self, text: str, sign: re.Pattern[str], least: int) -> Iterator[tuple[int, int]]:
        for match in sign.finditer(text):
            if end := self.name_at(text, match.end(), least):
                yield match.end(), end

    def _before_degree(self, text: str) -> Iterator[tuple[int, int]]:
        for match in self._degree.finditer(text):
            begin = re.search(
                rf"(?:(?:{_WORD}|{_INITIAL})\s+){{0,3}}{_WORD}$", text[max(0, match.start() - 60) : match.start()]
            )
            place = begin.start() + max(0, match.start() - 60) if begin else None
            while place is not None and place < match.start():
                # One surname is enough behind an initial: "J. Hargrove, M.D.".
                least = 1 if re.match(rf"{_INITIAL}\s", text[place : match.start()]) else 2
                if self.name_at(text, place, least) == match.start():
                    # Of a place and its state ("Silver Spring, MD 20910") the postal code follows.
                    if not re.match(r"\s+\d{5}\b", text[match.end() :]):
                        yield place, match.start()
                    break
                following = re.search(r"\s", text[place : match.start()])
                place = place + following.end() if following else None

    def _last_first(self, text: str) -> Iterator[tuple[int, int]]:
        for match in _LAST_NAME_FIRST.finditer(text):
            if match["first"].capitalize() in self._given and self.is_name(match["last"]):
                yield match.span()

    def in_credentials(self, text: str) -> Iterator[Span]:
        """Names among the reviewer's states and specialties."""
        found = persons(text, self._programme)
        yield from found
        begin = 0
        for entry in text.split(";"):
            start = begin + len(entry) - len(entry.lstrip())
            begin += len(entry) + 1
            labelled = self._label.match(fold(entry.strip()))
            place = start + (labelled.end() if labelled else 0)
            if any(start <= span.start < begin for span in found) or self._is_credential(entry.strip()):
                continue
            end = self.name_at(folded(text), place, 2)
            if end and (labelled or end == start + len(entry.strip())):
                yield Span(place, end, text[place:end])

    def _is_credential(self, entry: str) -> bool:
        return (
            entry in vocabulary(States, "states.yaml", self._programme).states.values()
            or known_specialty(entry, self._programme) is not None
        )

    def in_text(self, text: str) -> Iterator[Span]:
        """Names in running text that are the reviewer's own."""
        flat = folded(text)
        found: set[tuple[int, int]] = set()
        for sign, least in ((self._label, 1), (self._own, 1)):
            for match in sign.finditer(flat):
                end = self.name_at(flat, match.end(), least)
                others = self._other.search(flat[max(0, match.start() - 40) : match.end()])
                if end and not others and end - match.end() > 2 and self._surely(flat, match.end(), end):
                    found.add((match.end(), end))
        if self._own_behind.search(flat):
            behind = (span for span in persons(text, self._programme) if self._own_behind.match(flat, span.end))
            found |= {(span.start, span.end) for span in behind}
        if (span := self._signature(text)) is not None:
            found.add(span)
        yield from (Span(start, end, text[start:end]) for start, end in sorted(found))

    def _surely(self, text: str, start: int, end: int) -> bool:
        """A single word behind a label is a name only with a title before it or a degree behind it."""
        return len(text[start:end].split()) > 1 or bool(
            self._degree.match(text, end) or self._titled.search(text[max(0, start - 8) : end])
        )

    def _signature(self, text: str) -> tuple[int, int] | None:
        """A name that stands alone at the end of the text."""
        for span in persons(text, self._programme)[-1:]:
            before, after = self._title_before.sub("", text[: span.start]).rstrip(" \t-–—_"), text[span.end :]
            alone = not before or before[-1] in ".!?\n"
            if alone and re.fullmatch(r"[\W]*", self._degree.sub("", fold(after))):
                return span.start, span.end
        return None


@cache
def _ordinary(programme: str) -> frozenset[str]:
    """Words of treatments, parts of the body, drugs and specialties, each in its plain form."""
    treatments, drugs = treatment_words(programme), drug_words(programme)
    listed = [word for kind in treatments.kinds for word in kind.words]
    listed += [word for part in treatments.body_parts for word in part.words]
    listed += [
        name for generics in drugs.drugs.values() for generic, others in generics.items() for name in (generic, *others)
    ]
    listed += [name for each in drugs.drugs for name in (each,)]
    specialties = vocabulary(Specialties, "specialties.yaml", programme).specialties
    listed += [name for each in specialties for name in (each.name, *each.also)]
    return frozenset(word for entry in listed for word in plain(entry).split())

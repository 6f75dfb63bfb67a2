"""EH4: what a rationale says of the worker against what the case summary says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.phrases import Phrases, lower, phrases
from evenhand.letters.second_reader.prose import Span, clauses, sentences
from evenhand.letters.second_reader.reading import Fault, Reading
from evenhand.letters.second_reader.rules.argument import reason_words
from evenhand.letters.second_reader.rules.mentions import drugs, spots
from evenhand.letters.second_reader.words import words
from evenhand.treatments import Side


@dataclass(frozen=True, kw_only=True)
class Whole:
    """Care that is named as a whole, and what it holds."""

    words: tuple[str, ...]
    holds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RecordWords:
    """record.yaml"""

    care: dict[str, tuple[str, ...]]
    drug_classes: dict[str, str]
    wholes: dict[str, Whole]
    none: tuple[str, ...]
    not_had: tuple[str, ...]
    had_not: tuple[str, ...]
    between: tuple[str, ...]
    not_done: tuple[str, ...]
    be: tuple[str, ...]
    not_denied: tuple[str, ...]
    had: tuple[str, ...]
    planned: tuple[str, ...]
    findings: dict[str, tuple[str, ...]]
    tests: dict[str, tuple[str, ...]]
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    no_finding: tuple[str, ...]
    lists: tuple[str, ...]
    gone: tuple[str, ...]
    no_claim: tuple[str, ...]
    times: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Said:
    """That a worker had or has something, or not; where it stands, and of which parts and sides of the body the sentence speaks."""

    what: str
    there: bool
    start: int
    end: int
    parts: frozenset[str]
    sides: frozenset[Side]
    whole: frozenset[str] = frozenset()
    """What a denial of the whole denies with it."""


@check(
    "EH406",
    Severity.WARNING,
    because=Law("plain_fact"),
    to_do="Look at the papers, and correct the rationale or the summary.",
)
def fact_against_summary(letter: Reading) -> Iterator[Fault]:
    """The rationale says that the worker never had a treatment or test, or lacks a finding, and the summary says the opposite.

    Treatments, tests, complaints and findings are read with their denial on both sides. Care that is only requested or planned
    was not had. "No notes of", "no benefit from", "no further" deny no treatment; another part of the body or another time is no
    contradiction, nor is a summary that says both.
    """
    told = _said(letter.summary.text, letter.programme)
    for item in letter.items:
        seen = set[str]()
        for said in _said(item.rationale.text, letter.programme, reasons=True):
            against = [other for other in told if _meets(said, other)]
            if said.what in seen or not against or any(other.there is said.there for other in against):
                continue
            seen.add(said.what)
            verb = "has" if said.there else "lacks"
            other = letter.summary.text[against[0].start : against[0].end]
            what = f"By the rationale the worker {verb} {said.what}; the case summary says otherwise: “{other}”."
            yield Fault(what, item.rationale.place(said.start, said.end))


def _meets(said: Said, other: Said) -> bool:
    """Whether two sayings are of the same thing, and not of different parts of the body."""
    same = said.what == other.what or (other.what in said.whole and not said.there)
    apart = (
        said.sides and other.sides and not said.sides & other.sides and Side.BILATERAL not in said.sides | other.sides
    )
    return same and not apart and not (said.parts and other.parts and not said.parts & other.parts)


@lru_cache(maxsize=512)
def _said(text: str, programme: str, *, reasons: bool = False) -> tuple[Said, ...]:
    """What a text says that the worker had or has, and what not. In reasons, what a source says is left out."""
    return tuple(
        said
        for sentence in sentences(text)
        if not (reasons and _of_sources(sentence.text, programme))
        for said in (*_care(sentence, programme), *_found(sentence, programme))
    )


def _of_sources(sentence: str, programme: str) -> bool:
    known = reason_words(programme)
    return (
        phrases(known.sources).search(sentence) is not None or phrases(known.everybody).search(sentence) is not None
    ) and phrases(known.worker).search(sentence) is None


def _parts(text: str, programme: str) -> frozenset[str]:
    return frozenset(part for spot in spots(text, programme) for part in spot.parts)


def _sides(text: str, programme: str) -> frozenset[Side]:
    return frozenset(spot.side for spot in spots(text, programme) if spot.side)


@dataclass(frozen=True, kw_only=True)
class _Patterns:
    named: Phrases
    names: dict[str, str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    found: Phrases
    findings: dict[str, str]


@cache
def _patterns(programme: str) -> _Patterns:
    known = words(RecordWords, "record", programme)
    names = {name.casefold(): care for care, listed in known.care.items() for name in listed}
    names |= {name.casefold(): care for care, whole in known.wholes.items() for name in whole.words}
    findings = {
        name.casefold(): what
        for group in (known.findings, known.tests)
        for what, listed in group.items()
        for name in listed
    }
    none, between, care = (phrases(listed).pattern for listed in (known.none, known.between, tuple(names)))
    not_had = rf"(?:{phrases(known.had_not).pattern})\s+(?:\w+\s+)?(?:{phrases(known.not_had).pattern})"
    before = rf"(?:{none}|{not_had})[\s,]+(?:(?:{between}|{care}|\w*cines?|oral)[\s,]+)*$"
    be, not_done = (phrases(listed).pattern for listed in (known.be, known.not_done))
    behind = rf"^[\s,]*(?:(?:or|and|nor|{care})[\s,]+)*(?:{be})\s+(?:\w+\s+)?(?:{not_done})"
    return _Patterns(
        named=phrases(tuple(names)),
        names=names,
        before=re.compile(before),
        behind=re.compile(behind),
        found=phrases(tuple(findings)),
        findings=findings,
    )


def _care(sentence: Span, programme: str) -> Iterator[Said]:
    """Treatments and tests that the sentence says were had, or were not."""
    known, patterns = words(RecordWords, "record", programme), _patterns(programme)
    for clause in clauses(sentence):
        text = clause.text
        named = [(_key(m.group(), patterns.names), m.start(), m.end()) for m in patterns.named.finditer(text)]
        found_drugs = drugs(text, programme)
        named += [(each.what[0], each.start, each.end) for each in found_drugs]
        # Who had a drug had its class; who did not have it may have had another of the class.
        classes = {(each.start, known.drug_classes.get(each.what[1])) for each in found_drugs}
        named += [
            (of, each.start, each.end) for each in found_drugs for start, of in classes if of and start == each.start
        ]
        had = phrases(known.had).search(text) or phrases(known.had).search(sentence.text)
        planned = phrases(known.planned).search(text) or phrases(known.planned).search(
            sentence.text[: clause.start - sentence.start]
        )
        for what, start, end in named:
            there = _was_had(text, start, end, programme, had=had is not None, planned=planned is not None)
            of_class = there is False and (start, what) in classes
            if there is not None and not of_class and not (what in known.wholes and there):
                yield Said(
                    what=what,
                    there=there,
                    start=clause.start + start,
                    end=clause.start + end,
                    parts=_parts(sentence.text, programme),
                    sides=_sides(sentence.text, programme),
                    whole=frozenset(known.wholes[what].holds) if what in known.wholes else frozenset(),
                )


def _key(said: str, names: dict[str, str]) -> str:
    plain = " ".join(said.casefold().replace("’", "'").replace("–", "-").split())
    return names.get(plain) or next(
        names[name]
        for name in names
        if name.replace("-", "").replace(" ", "") == plain.replace("-", "").replace(" ", "")
    )


_YET = re.compile(r"\s(?:yet|ever|so far|even|really)\s")


def _was_had(text: str, start: int, end: int, programme: str, *, had: bool, planned: bool) -> bool | None:
    """Whether the care named at a place was had; None where the clause does not say."""
    known, patterns = words(RecordWords, "record", programme), _patterns(programme)
    before, behind = (
        patterns.before.search(lower(text[:start])),
        patterns.behind.search(_YET.sub(" ", lower(text[end:]))),
    )
    if before or behind:
        said = text[before.start() if before else start :]
        return None if phrases(known.not_denied).search(said) else False
    return True if had and not planned else None


def _found(sentence: Span, programme: str) -> Iterator[Said]:
    """Complaints, findings and tests that the sentence says are there, or are not."""
    known, patterns = words(RecordWords, "record", programme), _patterns(programme)
    if phrases(known.times).search(sentence.text):
        return
    for clause in clauses(sentence):
        text = clause.text
        for match in patterns.found.finditer(text):
            what = _key(match.group(), patterns.findings)
            there = (_result if what in known.tests else _is_found)(text, match, known)
            if there is not None:
                yield Said(
                    what=what,
                    there=there,
                    start=clause.start + match.start(),
                    end=clause.start + match.end(),
                    parts=_parts(text, programme),
                    sides=_sides(text, programme),
                )


def _is_found(text: str, match: re.Match[str], known: RecordWords) -> bool | None:
    """Whether a complaint or finding is there; None where its clause does not say so plainly."""
    if phrases(known.no_claim).search(text):
        return None
    cue = max(phrases(known.no_finding).finditer(text[: match.start()]), key=lambda found: found.start(), default=None)
    if cue is None:
        gone = phrases(known.gone).search(text[match.end() :])
        return True if gone is None else False if gone.start() < _NEAR else None
    between = text[cue.end() : match.start()]
    near = between.rpartition(",")[2] + text[match.start() : match.end() + _NEAR]
    listed = phrases(known.lists).search(cue.group()) is not None or re.search(r"\b(?:or|nor)\b", near) is not None
    if ":" in between or ("," in between and not listed):
        return None
    return False if listed or len(between.split()) < _WORDS else None


# A finding and the word behind it that denies it stand in one phrase: "numbness is absent", "numbness in the leg has resolved".
_NEAR = 25
# A denial reaches over so few words: "no evidence of any radiating pain".
_WORDS = 6


def _result(text: str, match: re.Match[str], known: RecordWords) -> bool | None:
    """Whether a test is positive; None where its clause says neither or both."""
    positive, negative = (phrases(listed).search(text) is not None for listed in (known.positive, known.negative))
    if positive == negative:
        return None
    return positive and not phrases(known.no_finding).search(text[: match.start()])

"""EH3: whether the source covers the worker's phase of care, and the order in which the law wants sources consulted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.citations import Phase, Resolution, Source, resolve
from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.prose import clauses
from evenhand.letters.second_reader.reading import Fault, ItemReading, Passage, Reading, day_of, shifted
from evenhand.letters.second_reader.rules.evidence import leavings, listed, mentions, of_review, pattern, weighs
from evenhand.letters.second_reader.words import words

_DATE = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_INJURY = re.compile(r"\binjur\w*\b[^.]{0,60}?\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class PhaseWords:
    """How long after the injury a complaint counts as acute and subacute, in days, and what that rests on."""

    acute_days: int
    subacute_days: int
    citation: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class LadderWords:
    """ladder.yaml"""

    phases: PhaseWords
    postsurgical: tuple[str, ...]
    not_surgery: tuple[str, ...]
    negations: tuple[str, ...]
    surgical_categories: tuple[str, ...]
    older: tuple[str, ...]
    """What says that the complaint is older than the date of injury, or is chronic."""
    anew: tuple[str, ...]
    """What says that an old complaint is acute again."""
    of_a_source: tuple[str, ...]
    """A sentence with one of these tells what a source says, and nothing of the worker."""
    birth: tuple[str, ...]
    older_days: int
    why_it_applies: tuple[str, ...]


@check(
    "EH306",
    Severity.WARNING,
    because=Law("applicable"),
    to_do="Say why the passage applies to this employee, or cite one that covers this phase of care.",
)
def phase_not_covered(letter: Reading) -> Iterator[Fault]:
    """Every passage cited for an item speaks to another phase of care than the worker's: early care for a complaint of years, a
    chapter on chronic pain for one of weeks, or care without operation after one.

    The phase follows from the time between the injury and both the request and the determination; either will do. A
    complaint that began slowly, is older than the date of injury, or is called chronic may count as chronic; one that flared up
    anew, as acute; an operation behind or ahead, as postsurgical. Passages that speak to any phase (special studies,
    surgical considerations) are left alone, and so is a rationale that says why the passage applies.
    """
    for item in letter.items:
        care = _care(item, letter)
        off = _off_phase(item, care)
        if off and not pattern(_words(letter).why_it_applies).search(item.item.rationale):
            said = listed(sorted({phase.value for found in off for phase in found.phases}))
            named = listed(list(dict.fromkeys(found.edition.called for found in off if found.edition)))
            now = listed(sorted(phase.value for phase in care))
            what = f"The cited passage of {named} speaks to {said} complaints; by the letter, care is {now}."
            yield Fault(what, item.reviewer_guideline.place(0, len(item.reviewer_guideline.text)))


@check(
    "EH307",
    Severity.WARNING,
    because=Law("ladder"),
    to_do="Record each step: what was consulted, what it says, why it was left or why it decides.",
)
def ladder_not_walked(letter: Reading) -> Iterator[Fault]:
    """A lower step of the evidence ladder decides, and the rationale does not say why the first one was left; or the only source
    does not cover the phase of care where utilization review had gone on to a further step.

    A reason is a sentence about the source of the first step: that it is silent, does not address the treatment, is rebutted or
    outweighed. A sentence about the records ("the notes do not address") is none. The steps and their order come from the
    law pack, by the day.
    """
    if not letter.steps:
        return
    first = letter.steps[0]
    for item in letter.items:
        skipped = bool(item.cited) and all(found.step != first for _, found in item.cited)
        only_first = all(found.step == first for _, found in item.cited)
        misses = only_first and _outside(item, first) and bool(_off_phase(item, _care(item, letter)))
        if not (misses or skipped) or _first_left(item, letter, first):
            continue
        if skipped:
            what = "A lower step of the evidence ladder was used, and nothing says why the first one was left."
        else:
            what = (
                "The only source applied does not cover the phase of care, and no further step of the ladder was taken."
            )
        if _outside(item, first):
            what += " Utilization review had used a source outside the first step."
        yield Fault(what, item.reviewer_guideline.place(0, len(item.reviewer_guideline.text)))


def _words(letter: Reading) -> LadderWords:
    found: LadderWords = words(LadderWords, "ladder", letter.programme)
    return found


def _first_left(item: ItemReading, letter: Reading, first: str) -> bool:
    """Whether the rationale says why the source of the first step was left, or weighs it against another."""
    text = item.item.rationale
    for left in leavings(text, letter):
        meant = [resolve(mention, letter.on, programme=letter.programme) for mention in left.of]
        if left.schedule or any(found.step == first or _publisher_of_schedule(found) for found in meant):
            return True
    return weighs(text, letter)


def _publisher_of_schedule(found: Resolution) -> bool:
    """Whether the publisher is named whose chapters the schedule took: people call the schedule's chapters by its name."""
    return found.edition is not None and found.edition.source is Source.ACOEM and found.edition.whole


def _outside(item: ItemReading, first: str) -> bool:
    """Whether the claims administrator relied only on sources below the first step."""
    found = [resolution.step for _, resolution in item.cited_by_claims]
    outside = item.item.claims_administrator_guideline.outside_mtus
    return outside or (bool(found) and all(step != first for step in found))


def _off_phase(item: ItemReading, care: frozenset[Phase]) -> list[Resolution]:
    """What the item cites, where all of it speaks to another phase of care."""
    off = [found for _, found in item.cited if care and found.phases and not care & set(found.phases)]
    return off if len(off) == len(item.cited) else []


# --- the phase of care -----------------------------------------------------------------------------------------------


def _care(item: ItemReading, letter: Reading) -> frozenset[Phase]:
    """The phases in which the worker's complaint may be; empty where the letter names no day of injury."""
    known = _words(letter)
    injured = _injured(letter)
    if injured is None:
        return frozenset()
    decided = letter.letter.header.decision_date or letter.on
    phases = {_phase((day - injured).days, known.phases) for day in (letter.on, max(decided, letter.on))}
    for passage in (letter.summary, item.rationale):
        phases |= _said(passage, letter)
    if _older_dates(letter, injured, known):
        phases.add(Phase.CHRONIC)
    if _operated(item, letter, known):
        phases.add(Phase.POSTSURGICAL)
    return frozenset(phases)


def _injured(letter: Reading) -> date | None:
    injured = letter.letter.header.date_of_injury
    if injured is None:
        injury = _INJURY.search(letter.summary.text)
        injured = day_of(injury) if injury else None
    return injured


def _phase(days: int, known: PhaseWords) -> Phase:
    if days <= known.acute_days:
        return Phase.ACUTE
    return Phase.SUBACUTE if days <= known.subacute_days else Phase.CHRONIC


def _said(passage: Passage, letter: Reading) -> set[Phase]:
    """What the letter's words say of the complaint's phase, clause by clause; what a source says does not count."""
    known = _words(letter)
    phases = set[Phase]()
    for sentence in passage.sentences:
        if not pattern((*known.older, *known.anew)).search(sentence.text):
            continue
        told = pattern(known.of_a_source).search(sentence.text) or mentions(sentence.text, letter.programme)
        if told or of_review(sentence.text, letter):
            continue
        for clause in clauses(sentence):
            for said, phase in ((known.older, Phase.CHRONIC), (known.anew, Phase.ACUTE)):
                match = pattern(said).search(clause.text)
                if match and not pattern(known.negations).search(clause.text[: match.start()]):
                    phases.add(phase)
    return phases


def _older_dates(letter: Reading, injured: date, known: LadderWords) -> bool:
    """Whether the summary tells of a day well before the injury; a day of birth does not count."""
    before = shifted(injured, -known.older_days)
    text = letter.summary.text
    for match in _DATE.finditer(text):
        day = day_of(match)
        if day and day < before and not pattern(known.birth).search(text[max(0, match.start() - 60) : match.start()]):
            return True
    return False


def _operated(item: ItemReading, letter: Reading, known: LadderWords) -> bool:
    """Whether an operation lies behind the worker, or is asked for in the same letter."""
    if any(each.treatment.category in known.surgical_categories for each in letter.items):
        return True
    if item.treatment.associated_surgical_service or pattern(known.postsurgical).search(item.item.item):
        return True
    for sentence in letter.summary.sentences:
        for clause in clauses(sentence):
            for match in pattern(known.postsurgical).finditer(clause.text):
                near = " ".join(clause.text[: match.start()].split()[-4:])
                behind = clause.text[match.end() : match.end() + 60]
                if not pattern(known.negations).search(near) and not pattern(known.not_surgery).match(
                    behind.lstrip(" ,:-")
                ):
                    return True
    return False

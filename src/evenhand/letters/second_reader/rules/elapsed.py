"""EH2: the time since the injury, as prose tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.prose import Span, clause_at
from evenhand.letters.second_reader.reading import Fault, Passage, Reading
from evenhand.letters.second_reader.rules.injuries import injury_day
from evenhand.letters.second_reader.rules.moments import days_between, moments, within
from evenhand.letters.second_reader.rules.timewords import DateWords, any_of, date_words
from evenhand.treatments.numbers import NUMBERS

_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25, "yr": 365.25, "decade": 3652.5}
_MANY = ("several", "many", "numerous")
_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
_LENGTH = re.compile(
    rf"(?:\b(?P<bound>(?:more|greater|longer|less|fewer) than|over|at least|nearly|almost|under|within|up to"
    rf"|first|every|next|last|past)\s+(?:the\s+)?)?"
    rf"(?<![\w./-])(?:(?P<low>\d{{1,3}}(?:\.\d)?|{_WORDS})\s*(?:-|–|to|or)\s*)?"
    rf"(?P<number>\d{{1,3}}(?:\.\d)?|{_WORDS}|an?|several|many|numerous)(?:\s+and\s+(?:a|one)[- ]half)?[-\s]+"
    rf"(?P<unit>day|week|month|year|yr|decade)s?$",
    re.IGNORECASE,
)
# Every length ends with its unit; from there it is read backwards.
_UNIT = re.compile(r"\b(?:day|week|month|year|yr|decade)s?\b", re.IGNORECASE)
_HURT = (
    r"(?:injur(?:y|ies)\b|accident\b|injured\b(?!\s+(?:worker|employee|party|person|claimant|man|woman|patient))|\bhurt\b"
    r"|(?:industrial|work|initial|original) (?:incident|event)\b|\bD\.?O\.?I\b|date of injury\b)"
)
_WHOSE = r"(?:the|this|that|his|her|their|its|an?|initial|original|industrial|work(?:-related)?|index|date|of|own)"
_AGO = re.compile(r"^\s*(?:ago|earlier|back|prior(?! to)|before(?! \w))\b", re.IGNORECASE)
_SINCE_INJURY = re.compile(
    rf"^'?\s*(?:(?:have|has|had)\s+(?:now\s+)?(?:passed|elapsed|gone by)\s+)?(?:out\s+|removed\s+|on\s+)?"
    rf"(?:since|after|from|following|post|past|of)[-\s]+(?:{_WHOSE}\s+)*{_HURT}"
    rf"|^\s*(?:status[- ]post|s/p)\s+(?:{_WHOSE}\s+)*{_HURT}",
    re.IGNORECASE,
)
_OLD_INJURY = re.compile(
    rf"^[-\s]*olds?\b[-\s]+(?:(?!(?:fe)?male|(?:wo)?man|worker|patient|with|who)[\w-]+\s+){{0,3}}?(?:{_HURT}|claim\b)",
    re.IGNORECASE,
)
_INJURY_IS = re.compile(
    rf"{_HURT}\s+(?:is|was|happened|occurred|took place|lies|lay|dates)\s+(?:now\s+)?"
    r"(?:about|approximately|some|roughly|nearly|almost)?\s*$",
    re.IGNORECASE,
)
_OLD = re.compile(r"^[-\s]*old\b", re.IGNORECASE)
_BEFORE_REPORT = re.compile(
    r"^\s*(?:before|prior to|ahead of)\s+(?:(?:the|that|this|his|her|its)\s+)?(?:latest|last|most recent|present|current|first)?\s*"
    r"(?:report|examination|visit|request|evaluation|note|denial|review|application|determination|decision)\b",
    re.IGNORECASE,
)
_HURT_NEAR = re.compile(_HURT, re.IGNORECASE)
_LASTING = re.compile(
    r"\b(?:for|of|lasting|(?:dating|going|goes|dates) back|persist\w*|continu\w*|chronic)\s*"
    r"(?:the last|the past|the|about|approximately|some|roughly|nearly|almost|over|more than)?\s*$",
    re.IGNORECASE,
)
_HISTORY = re.compile(r"^[-\s]*(?:history|course|duration)\b|^'?s?'?\s*(?:duration|standing)\b", re.IGNORECASE)
_AT_MOST = ("less", "fewer", "under", "within", "up to", "nearly", "almost", "first")


@dataclass(frozen=True)
class Elapsed:
    """A length of time that a passage says has passed since the injury. `lasting` says that a complaint has lasted so long, which
    may be shorter than the time since the injury."""

    passage: Passage
    start: int
    end: int
    least: float
    most: float
    lasting: bool


@check(
    "EH208",
    Severity.WARNING,
    because=Law("plain_fact"),
    to_do="Reckon the time from the date of injury, and correct the place that is wrong.",
)
def time_since_injury_differs(letter: Reading) -> Iterator[Fault]:
    """The summary or a rationale says how long ago the injury was, and the dates in the head of the letter say otherwise.

    The time runs to the utilization review decision, to the determination, or to a date in the same sentence or the one before
    it; rounding by one unit is allowed for, and then a factor that stands in the programme's words. A complaint may have lasted
    a shorter time than since the injury, never a much longer one. Earlier and other injuries, complaints from before the
    injury, habits, other illnesses, and what sources say of patients in general are left alone.
    """
    injured = injury_day(letter)
    if injured is None:
        return
    known = date_words(letter)
    for passage in (letter.summary, *(item.rationale for item in letter.items)):
        for told in _elapsed(passage, known):
            past = _since(letter, passage, injured, told)
            longer = told.least > max(past) * known.measures.factor_longer + known.measures.slack_days
            shorter = told.most * known.measures.factor + known.measures.slack_days < min(past)
            if longer or (shorter and not told.lasting):
                text = passage.text[told.start : told.end].strip()
                what = f"“{text}” does not fit the injury of {injured}: {max(past)} days at most lie between."
                yield Fault(what, passage.place(told.start, told.end))


def _elapsed(passage: Passage, known: DateWords) -> Iterator[Elapsed]:
    text = passage.text
    for unit in _UNIT.finditer(text):
        match = _LENGTH.search(text, max(0, unit.start() - 60), unit.end())
        if match is None:
            continue
        sentence = next((s for s in passage.sentences if s.start <= match.start() < s.end), Span(0, len(text), text))
        before, after = text[sentence.start : match.start()], text[match.end() : sentence.end]
        clause = clause_at(text, match.start())
        lasting = not _of_injury(before, after)
        if lasting and not _of_complaint(before, after, known):
            continue
        if any_of(known.general).search(sentence.text) or _elsewhere(text, match, clause, known):
            continue
        least, most = _days(match, known.measures.several_years)
        yield Elapsed(passage, match.start("number"), match.end(), least, most, lasting)


def _elsewhere(text: str, match: re.Match[str], clause: Span, known: DateWords) -> bool:
    """Whether the clause speaks of another injury; "six years earlier" does not make it one."""
    ago = _AGO.match(text[match.end() :])
    rest = text[match.end() + (len(ago[0]) if ago else 0) : clause.end]
    return any_of(known.other_injury).search(text[clause.start : match.start()] + " … " + rest) is not None


def _of_injury(before: str, after: str) -> bool:
    """Whether the words say that so much time has passed since the injury."""
    if _SINCE_INJURY.search(after) or _OLD_INJURY.search(after):
        return True
    if (_OLD.search(after) or _BEFORE_REPORT.search(after)) and _INJURY_IS.search(before):
        return True
    if not _AGO.search(after):
        return False
    lead = before[-60:]
    return _HURT_NEAR.search(lead) is not None or _HURT_NEAR.search(after[:50]) is not None


def _of_complaint(before: str, after: str, known: DateWords) -> bool:
    """Whether the words say that a complaint has lasted so long."""
    near = before[-60:] + " … " + re.split(r"[,;.]", after)[0][:40]
    if any_of(known.not_complaints).search(near):
        return False
    if _HISTORY.search(after):
        return any_of(known.complaints).search(before[-40:] + " " + after[:60]) is not None
    return _LASTING.search(before) is not None and any_of(known.complaints).search(before[-60:]) is not None


def _days(match: re.Match[str], several: int) -> tuple[float, float]:
    """Between how many days the words lie, with rounding by one unit allowed for."""
    unit = next(days for name, days in _DAYS.items() if match["unit"].casefold().startswith(name))
    word, bound = match["number"].casefold(), (match["bound"] or "").casefold()
    if word in _MANY:
        return (several if unit > 300 else 3) * unit, 1e6
    high = 1.0 if word in {"a", "an"} else float(NUMBERS.get(word, 0) or word)
    low_word = (match["low"] or "").casefold()
    low = float(NUMBERS.get(low_word, 0) or low_word) if low_word else high
    least = (low - 0.5 if low > 1 else low / 2) * unit
    most = (high + 1) * unit
    if bound.startswith(("more", "greater", "longer", "over", "at least")):
        most = max(most, 2.5 * high * unit)
    if bound.startswith(_AT_MOST):
        least = 0.0 if bound.startswith(("less", "fewer", "under", "within", "up to")) else least
    return least, most


def _since(letter: Reading, passage: Passage, injured: date, told: Elapsed) -> list[int]:
    """How many days had passed since the injury on each day from which the time may have been reckoned."""
    head = letter.letter.header
    days = [day for day in (head.ur_denial_date, head.decision_date) if day] or [letter.on]
    spans = passage.sentences
    here = next((n for n, span in enumerate(spans) if span.start <= told.start < span.end), 0)
    start = spans[max(0, here - 1)].start
    for moment in within(moments(passage.text, letter.on.year), start, spans[here].end):
        if moment.first and moment.last and not moment.means(injured):
            days += [moment.first, moment.last]
    return [max(0, days_between(injured, day)) for day in days]

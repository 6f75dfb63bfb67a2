"""EH2: the worker's age."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.prose import Span, clause_at
from evenhand.letters.second_reader.reading import Fault, Passage, Reading, shifted
from evenhand.letters.second_reader.rules.injuries import injury_day
from evenhand.letters.second_reader.rules.moments import Moment, moments, within, years_before
from evenhand.letters.second_reader.rules.timewords import DateWords, any_of, date_words, words_after, words_before

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS)}))?|{'|'.join(_TEENS)}|{'|'.join(_UNITS)})"
_AGE = re.compile(
    rf"(?<![\w.,/-])(?P<old>\d{{1,3}}|{_WORD})[-–\s]*(?:(?:years?|yrs?)\.?[-–\s]*olds?\b|y\s?[/.]?\s?o\b\.?)"
    rf"|(?<![\w.,/-])(?P<of>\d{{1,3}}|{_WORD})\s+years\s+of\s+age\b"
    rf"|\b(?:man|woman|male|female|gentleman|lady|worker|employee|applicant|claimant|patient)\s+of\s+"
    rf"(?P<man>\d(?=\s+years\b)|\d{{2,3}}|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS)}))?)\b(?:\s+years\b)?"
    rf"(?!\s*(?:%|percent|-|–|to\b|(?:kg|pounds|lbs|weeks?|months?|days?|hours?|visits|sessions|tablets)\b))"
    rf"|(?:\b(?:man|woman|worker|employee|applicant|claimant|patient|s?he)(?:,|\s+is(?:\s+now)?|\s*\()\s+|^)"
    rf"(?P<bare>\d{{2,3}})(?=\s+years[,.;)]|\s+years\s+and\b|[,;.)](?!\d)|\s+and\s+(?:works?|employed)\b)"
    rf"|(?<![\w.,/-])(?P<short>\d{{2}})\s?[MF](?=[,.;\s])(?!\s?\d)"
    rf"|\b(?:age|aged)\s*(?:of|is|was|:|,|=)?\s*(?P<aged>\d{{1,3}})(?![\w%/.-]\d|\d)",
    re.IGNORECASE,
)
# Every age has one of these; looking for it first is quicker than trying every number.
_SIGN = re.compile(
    r"olds?\b|\by\s?[/.]?\s?o\b|\dy\s?[/.]?\s?o\b|\bage\b|\baged\b|\bof\s+(?=\d|[a-z]+ty\b)"
    r"|[a-z](?:,|\s?\(|\sis|\sis now)\s+(?=\d\d[\s,.;)])|\d\d\s?[MF](?=[,.;\s])",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"(?:\bD\.?O\.?B\b\.?|\bdate of birth|\bbirth ?date|\bborn)\W{0,3}(?:(?:is|was|of|on|in)\W{1,2})?$", re.IGNORECASE
)
_NOW = re.compile(r"\b(?:is|now|currently|presently|today|remains)\b", re.IGNORECASE)
_THING_IS = re.compile(
    r"\b(?:is|was|are|were|being)\s+(?:now\s+)?(?:about|approximately|over|nearly|almost|more than)?\s*$", re.IGNORECASE
)
_AT_AGE = re.compile(r"\b(?:at|since|from|by|until|at the)(?: the)?\s*$", re.IGNORECASE)
_SINGULAR = re.compile(
    r"\b(?:is|was|now|involves|concerns|on)\s+(?:an?|an?\(n\)|now|currently|the|this|now an?|currently an?)\s*"
    r"(?:now|currently)?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Age:
    """The worker's age as a passage tells it, and between which days that says the worker was born."""

    passage: Passage
    start: int
    end: int
    years: int
    born_from: date
    born_to: date

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text[self.start : self.end]

    def agrees(self, other: Age) -> bool:
        """Whether both can be true of one person: the days of birth overlap by a week or more."""
        return min(self.born_to, other.born_to) - max(self.born_from, other.born_from) >= timedelta(days=7)


@check(
    "EH205",
    Severity.ERROR,
    because=Law("plain_fact"),
    to_do="Compare both ages with the records; one of them may be another person's.",
)
def age_differs(letter: Reading) -> Iterator[Fault]:
    """Two ages of the worker that cannot both be true, in the summary and a rationale or within one of them.

    Each age is reckoned from the day it speaks of: the records of the last year, the day of injury ("43 at the time of
    injury"), or a date in the same clause; a birthday in between is allowed for. Ages of relatives and of groups of patients,
    bounds ("over 50"), the ages of things, and lengths of time are left alone.
    """
    told = worker_ages(letter)
    for number, age in enumerate(told):
        against = next((other for other in told[:number] if not age.agrees(other)), None)
        if against is not None:
            what = f"The worker is “{age.text}” here and “{against.text}” in the {against.passage.part.value}."
            yield Fault(what, age.passage.place(age.start, age.end))


@check(
    "EH206",
    Severity.ERROR,
    because=Law("plain_fact"),
    to_do="Compare the age, the date of birth and the date of injury with the records.",
)
def age_impossible(letter: Reading) -> Iterator[Fault]:
    """The age and the dates cannot both be true: a child or a very old person at the injury, or an age and a date of birth that
    differ.

    The age is reckoned back to the injury, with a year to spare. Between which ages somebody can have been hurt at work stands
    in the programme's words, with the reason. Ages and births of other people are left alone.
    """
    known, injured, told = date_words(letter).measures, injury_day(letter), worker_ages(letter)
    born = [age for passage in _prose(letter) for age in _births(letter, passage)]
    for age in (*told, *born):
        if injured is None:
            continue
        youngest, oldest = _years(age.born_to, injured), _years(age.born_from, injured)
        if oldest < known.youngest_at_injury or youngest > known.oldest_at_injury:
            at = "an age before birth" if oldest < 0 else f"an age of about {max(youngest, 0)}"
            yield Fault(f"“{age.text}” means {at} at the injury of {injured}.", age.passage.place(age.start, age.end))
    for day in born:
        against = next((age for age in told if not _meets(age, day)), None)
        if against is not None:
            what = f"The worker was born “{day.text}”, which does not make “{against.text}”."
            yield Fault(what, day.passage.place(day.start, day.end))


def worker_ages(letter: Reading) -> tuple[Age, ...]:
    """The worker's ages in the summary and the rationales."""
    return tuple(age for passage in _prose(letter) for age in _ages(letter, passage))


def _prose(letter: Reading) -> tuple[Passage, ...]:
    return (letter.summary, *(item.rationale for item in letter.items))


def _ages(letter: Reading, passage: Passage) -> Iterator[Age]:
    known = date_words(letter)
    for match in _found(passage.text):
        if not _of_worker(passage, match, known):
            continue
        years = _number(next(filter(None, match.groups())))
        first, last = _when(letter, passage, match, known)
        born_from = shifted(years_before(first, years + 1), 1)
        yield Age(passage, match.start(), match.end(), years, born_from, years_before(last, years))


def _found(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for sign in _SIGN.finditer(text):
        match = _AGE.search(text, max(end, sign.start() - 32), sign.end() + 12)
        if match is not None:
            end = match.end()
            yield match


def _of_worker(passage: Passage, match: re.Match[str], known: DateWords) -> bool:
    """Whether an age is the worker's own: not a bound, not a thing's, not a relative's, not that of patients in general."""
    text, start, end = passage.text, match.start(), match.end()
    sentence = _sentence(passage, start)
    before, after = text[sentence.start : start], text[end : sentence.end]
    last = words_before(before, len(before), 1)
    if last in known.bounds_before or last.rstrip("0123456789") in {">", "<", "≥", "≤"}:
        return False
    if after.lstrip(" ,").casefold().startswith(known.bounds_after) or re.match(r"\s*(?:-|–|to)\s*\d", after):
        return False
    next_words = words_after(re.split(r"[,;:.]|\bwho\b|\bwith\b", after)[0], 0, 4)
    if any_of(known.relatives).search(next_words) or any_of(known.things).search(words_after(next_words, 0, 2)):
        return False
    if _THING_IS.search(before) and any_of(known.things).search(words_before(before, len(before), 4)):
        return False
    clause = clause_at(text, start)
    near = text[max(sentence.start, clause.start, start - 60) : start]
    if any_of(known.relatives).search(near) and not any_of(known.persons).search(_since_last(near, known)):
        return False
    if match["old"] is None and any_of(known.general).search(text, sentence.start, sentence.end):
        return False
    if match["aged"] and _AT_AGE.search(before):
        return any_of(known.at_injury).search(clause.text) is not None
    person = any_of(known.persons)
    if re.match(r"[mf]\b", next_words) or person.search(next_words) or person.search(near) or match["old"] is None:
        return not re.search(r"\b(?:patients|adults|men|women|workers|males|females|persons)\b", next_words)
    return (
        _SINGULAR.search(before) is not None or re.match(r"(?:is|was|has|had|who|with|and|$)", next_words) is not None
    )


def _since_last(near: str, known: DateWords) -> str:
    """The words behind the last relative that is named."""
    return near[max(match.end() for match in any_of(known.relatives).finditer(near)) :]


def _when(letter: Reading, passage: Passage, match: re.Match[str], known: DateWords) -> tuple[date, date]:
    """Between which days the age was told."""
    text, injured = passage.text, injury_day(letter)
    clause = clause_at(text, match.start())
    sentence = _sentence(passage, match.start())
    lead = _AGE.split(text[max(sentence.start, match.start() - 60) : match.start()])[-1] or ""
    rest = text[match.end() : min(sentence.end, match.end() + 60)]
    other = _AGE.search(rest)
    if injured and any_of(known.at_injury).search(lead + " … " + rest[: other.start() if other else None]):
        return injured, injured
    end = letter.letter.header.decision_date or letter.on
    days = [years_before(end, known.measures.record_years), end]
    days += [day for moment in _told_at(letter, passage, clause) for day in (moment.first, moment.last) if day]
    if (
        injured
        and not _NOW.search(text, sentence.start, match.start())
        and re.search(r"\bwas\b", text[clause.start : match.start()])
    ):
        days.append(injured)
    return min(days), max(days)


def _told_at(letter: Reading, passage: Passage, clause: Span) -> Iterator[Moment]:
    """The dates of a clause: a report of another year tells the age of that year. The day of injury does not date a report."""
    injured = injury_day(letter)
    for moment in within(moments(passage.text, letter.on.year), clause.start, clause.end):
        if injured is None or not moment.means(injured):
            said = words_before(passage.text, moment.start, 8)
            if not re.search(r"injur|claim|accident|born|birth", said):
                yield moment


def _births(letter: Reading, passage: Passage) -> Iterator[Age]:
    known = date_words(letter)
    for moment in moments(passage.text, letter.on.year):
        sentence = _sentence(passage, moment.start)
        before = passage.text[sentence.start : moment.start]
        if moment.first and moment.last and _BORN.search(before) and not any_of(known.relatives).search(before):
            yield Age(passage, moment.start, moment.end, 0, moment.first, moment.last)


def _meets(age: Age, day: Age) -> bool:
    return max(age.born_from, day.born_from) <= min(age.born_to, day.born_to)


def _years(born: date, day: date) -> int:
    """The full years from a birth to a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _sentence(passage: Passage, place: int) -> Span:
    return next((s for s in passage.sentences if s.start <= place < s.end), Span(0, len(passage.text), passage.text))


def _number(word: str) -> int:
    """The number that figures or a word say."""
    if word.isdecimal():
        return int(word)
    ten, _, unit = word.casefold().replace(" ", "-").partition("-")
    if ten in _TENS:
        return 10 * (_TENS.index(ten) + 2) + (_UNITS.index(unit) + 1 if unit in _UNITS else 0)
    return _TEENS.index(ten) + 10 if ten in _TEENS else _UNITS.index(ten) + 1

"""EH2: dates. What the checks on ages read stands in `ages`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from statistics import median_low

from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.prose import Span
from evenhand.letters.second_reader.reading import Fault, ItemReading, Passage, Reading
from evenhand.letters.second_reader.rules.injuries import injury_day, stated_injuries
from evenhand.letters.second_reader.rules.moments import Moment, moments, within
from evenhand.letters.second_reader.rules.timewords import any_of, date_words, words_after, words_before

# How the reader of letters reports a value of the header that is no date.
_UNREAD = re.compile(r"^header: (?P<label>.+?) is (?P<given>'.*\d.*'), no date")
_OF_SERVICE = r"(?:\bDOS\b|\bdates?[- ]of[- ]service\b)"
_SERVICE_BEFORE = re.compile(rf"{_OF_SERVICE}\W{{0,3}}(?:of|on|was|is|from|for|dated)?\W{{0,3}}$", re.IGNORECASE)
_SERVICE_AFTER = re.compile(rf"^\W{{0,2}}{_OF_SERVICE}", re.IGNORECASE)
_SUPPLIED = re.compile(
    rf"{_OF_SERVICE}|\bretro\w*\b|\b(?:dispensed|supplied|provided|rendered|performed|delivered|administered|done)\b",
    re.IGNORECASE,
)


@check(
    "EH201",
    Severity.ERROR,
    because=Law("dates"),
    to_do="Compare both dates with the papers and correct the one that is wrong.",
)
def dates_out_of_order(letter: Reading) -> Iterator[Fault]:
    """A date in the head of the letter comes before the one that it follows: injury, utilization review decision,
    application, assignment, determination.

    Two steps on one day are in order. A date that the head does not have is passed over: the next is then compared with the one
    before it.
    """
    head = letter.letter.header
    course = [
        ("injury", head.date_of_injury),
        ("utilization review decision", head.ur_denial_date),
        ("application", head.application_received),
        ("assignment", head.date_assigned),
        ("determination", head.decision_date),
    ]
    known = [(name, day) for name, day in course if day is not None]
    for (before, first), (after, second) in pairwise(known):
        if first > second:
            what = f"The {after} ({second}) is dated before the {before} ({first})."
            yield Fault(what, letter.header.place())


@check(
    "EH202",
    Severity.ERROR,
    because=Law("plain_fact"),
    to_do="Look up the date in the papers and correct it.",
)
def date_impossible(letter: Reading) -> Iterator[Fault]:
    """A date that cannot be: a month or day that no calendar has, or a year far outside the worker's life and the letter's
    time.

    Read are the head, the list of documents, the summary, the items and the rationales, with dates in figures and in words. A
    date with two figures for the year counts only where a word before it says that it is one. Fractions, scores, blood
    pressure, spinal levels, doses of two drugs, section numbers and ranges of numbers are no dates; sources that are cited are
    left to other checks.
    """
    known, year = date_words(letter).measures, _letter_year(letter)
    first, last = year - known.years_back, year + known.years_ahead
    for problem in letter.letter.problems:
        if match := _UNREAD.match(problem):
            yield Fault(
                f"The head of the letter gives {match['given']} as {match['label']}, which is no date.",
                letter.header.place(),
            )
    for name, day in _of_head(letter):
        if not first <= day.year <= last:
            yield Fault(f"The head of the letter dates the {name} {day}.", letter.header.place())
    for passage in _told(letter):
        for moment in moments(passage.text, year):
            why = moment.impossible
            if why is None and moment.year is not None and not first <= moment.year <= last:
                why = f"the letter is of {year}"
            if why:
                yield Fault(f"“{moment.text}” is no possible date: {why}.", passage.place(moment.start, moment.end))


@check(
    "EH203",
    Severity.ERROR,
    because=Law("plain_fact"),
    to_do="Look up the date in the papers. A paper that came after the decision cannot have been weighed in it.",
)
def date_after_decision(letter: Reading) -> Iterator[Fault]:
    """A record, an examination or a document is dated after the determination itself.

    Read are the list of documents, the summary and the rationales; a month counts when it begins after the determination. What is
    scheduled, planned or expected may lie in the future, and so may an end ("authorized through ..."). Dates of cited sources are
    left to other checks, years that cannot be to EH202.
    """
    decided = letter.letter.header.decision_date
    if decided is None:
        return
    known = date_words(letter)
    for passage in (letter.documents, letter.summary, *(item.rationale for item in letter.items)):
        late = [m for m in moments(passage.text, decided.year) if m.first and m.first > decided]
        for moment in late:
            near = moment.year is not None and moment.year <= decided.year + known.measures.years_ahead
            if near and moment.month is not None and not _yet_to_come(letter, passage, moment):
                what = (
                    f"“{moment.text}” lies after the determination of {decided}, and the letter speaks of it as past."
                )
                yield Fault(what, passage.place(moment.start, moment.end))


@check(
    "EH204",
    Severity.ERROR,
    because=Law("plain_fact"),
    to_do="Look up the date of injury in the application, and correct the place that is wrong.",
)
def injury_date_differs(letter: Reading) -> Iterator[Fault]:
    """The summary or a rationale gives another date of injury than the head of the letter.

    A statement counts where the injury is named and nothing between it and the date takes the date for itself (a visit, a
    report, an operation). A month or a year alone agrees with every day in it, a span of time with every day within. Earlier,
    later, other and private injuries are left alone, and so is what utilization review is said to have written. Where the head
    has no date of injury, the first that the summary states is the measure.
    """
    day = injury_day(letter)
    if day is None:
        return
    where = "the head of the letter" if letter.letter.header.date_of_injury else "the summary"
    for passage in (letter.summary, *(item.rationale for item in letter.items)):
        for stated in stated_injuries(letter, passage):
            if not stated.means(day):
                start, end = stated.moments[0].start, stated.moments[-1].end
                what = f"The injury is dated “{passage.text[start:end]}” here; {where} says {day}."
                yield Fault(what, passage.place(start, end))


@check(
    "EH207",
    Severity.WARNING,
    because=Law("dates"),
    to_do="Compare the date of service with the request and with the utilization review decision.",
)
def service_date_odd(letter: Reading) -> Iterator[Fault]:
    """A service that was already supplied is dated after the utilization review decision on it, or before the injury.

    Read are items that ask for something in retrospect, and what the summary and the rationale of such an item call a date of
    service. Where the head has no date of the utilization review decision, the next step that it has is the measure. A request
    for treatment to come may bear any date.
    """
    injured, (step, decided) = letter.letter.header.date_of_injury, _first_step(letter)
    for passage, moment in _services(letter):
        if decided and moment.first and moment.first > decided:
            what = f"The date of service “{moment.text}” lies after the {step} of {decided}."
        elif injured and moment.last and moment.last < injured:
            what = f"The date of service “{moment.text}” lies before the injury of {injured}."
        else:
            continue
        yield Fault(what, passage.place(moment.start, moment.end))


def _letter_year(letter: Reading) -> int:
    """The year of the letter: the middle one of those in its head, so that one wrong date does not move it."""
    years = sorted(day.year for name, day in _of_head(letter) if name != "injury")
    return median_low(years) if years else letter.on.year


def _of_head(letter: Reading) -> Iterator[tuple[str, date]]:
    head = letter.letter.header
    course = (
        ("injury", head.date_of_injury),
        ("utilization review decision", head.ur_denial_date),
        ("application", head.application_received),
        ("assignment", head.date_assigned),
        ("determination", head.decision_date),
    )
    return ((name, day) for name, day in course if day is not None)


def _first_step(letter: Reading) -> tuple[str, date | None]:
    """The first step after the service: the utilization review decision, or the next that the head has."""
    return next(((name, day) for name, day in _of_head(letter) if name != "injury"), ("", None))


def _told(letter: Reading) -> Iterator[Passage]:
    """What the letter tells in its own words, without the sources that it cites."""
    yield from (letter.documents, letter.summary)
    for item in letter.items:
        yield from (item.heading, item.rationale)


def _yet_to_come(letter: Reading, passage: Passage, moment: Moment) -> bool:
    """Whether the words around a date say that it is yet to come, or that it belongs to a source."""
    known, text = date_words(letter), passage.text
    around = _line(passage, moment) if passage.text == letter.documents.text else _sentence(passage, moment)
    before, after = text[around.start : moment.start], text[moment.end : around.end]
    if any_of(known.sources).search(words_before(before, len(before), 12)):
        return True
    of_records = any_of(known.records).search(before) is not None
    if not of_records and any_of(known.future_adjacent).search(words_before(before, len(before), 1)):
        return True
    if any_of(known.future_before).search(words_before(before, len(before), 7)):
        return True
    behind = words_after(after, 0, 7)
    told = any_of(known.told).search(behind)
    coming = any_of(known.future_after).search(behind)
    return coming is not None and (told is None or coming.start() <= told.start())


def _sentence(passage: Passage, moment: Moment) -> Span:
    return next(
        (s for s in passage.sentences if s.start <= moment.start < s.end), Span(0, len(passage.text), passage.text)
    )


def _line(passage: Passage, moment: Moment) -> Span:
    start = passage.text.rfind("\n", 0, moment.start) + 1
    end = passage.text.find("\n", moment.end)
    end = len(passage.text) if end < 0 else end
    return Span(start, end, passage.text[start:end])


def _services(letter: Reading) -> Iterator[tuple[Passage, Moment]]:
    """The dates of services already supplied, with where they stand."""
    past = [item for item in letter.items if _in_retrospect(item)]
    for item in past:
        yield from ((item.heading, moment) for moment in moments(item.heading.text, letter.on.year))
    for passage in ([letter.summary] if past else []) + [item.rationale for item in past]:
        found = moments(passage.text, letter.on.year)
        for sentence in passage.sentences:
            for moment in within(found, sentence.start, sentence.end):
                before, after = passage.text[sentence.start : moment.start], passage.text[moment.end : sentence.end]
                if _SERVICE_BEFORE.search(before) or _SERVICE_AFTER.search(after):
                    yield passage, moment


def _in_retrospect(item: ItemReading) -> bool:
    return item.treatment.retrospective or _SUPPLIED.search(item.heading.text) is not None

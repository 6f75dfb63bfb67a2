"""The date of the injury as the letter's prose states it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from evenhand.letters.second_reader.prose import Span, clause_at
from evenhand.letters.second_reader.reading import Passage, Reading
from evenhand.letters.second_reader.rules.moments import Moment, moments, within
from evenhand.letters.second_reader.rules.timewords import DateWords, any_of, date_words, injury_name

# "After the injury, on ...", "seen for the injury on ...": the date is not the injury's.
_AFTER = re.compile(
    r"\b(?:after|since|before|following|prior to|until)\s+(?:(?:the|his|her|this|that|an?)\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_SEEN_FOR = re.compile(r"\bfor\s+(?:(?:the|his|her|this|that|an?)\s+)?(?:\w+\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """A statement of the day of injury: the passage, and the moments that it names (more than one for a span of time)."""

    passage: Passage
    moments: tuple[Moment, ...]

    def means(self, day: date) -> bool:
        """Whether it can mean that day: one of its moments, or a day between the first and the last."""
        if any(moment.means(day) for moment in self.moments):
            return True
        first, last = self.moments[0].first, self.moments[-1].last
        return len(self.moments) > 1 and first is not None and last is not None and first <= day <= last


def stated_injuries(letter: Reading, passage: Passage) -> Iterator[Stated]:
    """What a passage says of the day of this case's injury. Other injuries are left out, and what others said of it.

    Where nothing in the summary is named an injury, the day on which its opening has the worker do something is taken for it.
    """
    known = date_words(letter)
    named = tuple(_stated(letter, passage, known, acts=False))
    yield from named or (_stated(letter, passage, known, acts=True) if passage.item is None else ())


def _stated(letter: Reading, passage: Passage, known: DateWords, *, acts: bool) -> Iterator[Stated]:
    seen: set[int] = set()
    found = tuple(m for m in moments(passage.text, letter.on.year) if m.first is not None)
    for number, sentence in enumerate(passage.sentences):
        opening = passage.item is None and number < known.opening_sentences
        here = tuple(within(found, sentence.start, sentence.end))
        for moment in here:
            names = _names(known, opening=opening, acts=acts)
            if moment.start in seen or not _of_injury(passage.text, sentence, moment, here, known, names):
                continue
            group = tuple(_chain(passage.text, moment, here))
            seen.update(each.start for each in group)
            if not _another(passage.text, sentence, group[-1], known):
                yield Stated(passage, group)


def injury_day(letter: Reading) -> date | None:
    """The day of injury in the head of the letter, or the first that its summary names."""
    day = letter.letter.header.date_of_injury
    if day is not None:
        return day
    first = next(stated_injuries(letter, letter.summary), None)
    return first.moments[0].first if first and first.moments[0].exact else None


def _names(known: DateWords, *, opening: bool, acts: bool) -> tuple[re.Pattern[str], ...]:
    """What may name the injury in a sentence. `acts`: only what the worker did, and only in the opening."""
    if acts:
        return (_act(known.worker_acts, known.no_mishaps), any_of(known.onsets)) if opening else ()
    return (injury_name(known.injury_names), *((any_of(known.mishaps),) if opening else ()))


@lru_cache(maxsize=16)
def _act(irregular: tuple[str, ...], other: tuple[str, ...]) -> re.Pattern[str]:
    """The worker as subject and a verb of the past that tells of no care, work or report."""
    past = rf"(?!{any_of(other).pattern})(?:{any_of(irregular).pattern}|[a-z]{{2,}}ed\b)"
    worker = (
        r"\b(?:who|he|she|worker|employee|applicant|claimant|patient|petitioner|man|woman|person|pt\.?|iw|ee)"
        r"(?:\s*\([^()]{1,80}\)|,[^,;.]{1,60},)?(?:\s+(?:employed|working)\s+as\s+an?(?:\s+[\w'’-]+){1,3}?)?"
    )
    return re.compile(
        rf"{worker}\s+{past}|(?:^|(?<=\.\s)|(?<=:\s)){past}|\b(?:while|when)\s+(?:\w+ly\s+)?[a-z]{{2,}}ing\b",
        re.IGNORECASE,
    )


def _of_injury(
    text: str,
    sentence: Span,
    moment: Moment,
    here: tuple[Moment, ...],
    known: DateWords,
    names: tuple[re.Pattern[str], ...],
) -> bool:
    """Whether a moment of a sentence is when the injury happened: the injury is named before it or right behind it, and nothing
    that stands between them has the date for itself."""
    earlier = max((each.end for each in here if each.end <= moment.start), default=sentence.start)
    later = min((each.start for each in here if each.start >= moment.end), default=sentence.end)
    barred = [match.span() for match in any_of(known.not_names).finditer(text, sentence.start, sentence.end)]
    for name in names:
        before = (match for match in name.finditer(text, earlier, moment.start) if not _inside(match.span(), barred))
        behind = (match for match in name.finditer(text, moment.end, later) if not _inside(match.span(), barred))
        if any(_dated_behind(text, sentence, match, moment, known) for match in before):
            return True
        if any(_dated_before(text, sentence, match, moment, known) for match in behind):
            return True
    return False


def _dated_behind(text: str, sentence: Span, name: re.Match[str], moment: Moment, known: DateWords) -> bool:
    """Whether an injury's date stands behind its name."""
    lead, gap = text[sentence.start : name.start()], text[name.end() : moment.start]
    if (_AFTER.search(lead) and "injured" not in name[0].casefold()) or (
        _SEEN_FOR.search(lead) and gap.strip().casefold() in {"on", "in", ","}
    ):
        return False
    return len(gap) <= 90 and any_of(known.not_between).search(gap) is None


def _dated_before(text: str, sentence: Span, name: re.Match[str], moment: Moment, known: DateWords) -> bool:
    """Whether an injury's date stands before its name: "On 03/02/2016 he hurt ...", "the 03/02/2016 injury"."""
    lead, gap = text[sentence.start : moment.start], text[moment.end : name.start()]
    if lead.strip() and not lead.rstrip().casefold().endswith(("on", "in", "the", "this", "her", "his", "an", "a")):
        return False
    stops = tuple(word for word in known.not_between if word not in {"he", "she"})
    return len(gap) <= 45 and any_of((*stops, *known.not_behind)).search(gap) is None


def _inside(span: tuple[int, int], barred: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in barred)


def _chain(text: str, first: Moment, here: tuple[Moment, ...]) -> Iterator[Moment]:
    """The moment, and those that a span of time or a list joins to it."""
    end = first.end
    for moment in here:
        if moment.start < first.start:
            continue
        between = text[end : moment.start].strip().lower()
        if moment is first or between in {"to", "through", "-", "–", "and", "until", ",", "or", "and through", "thru"}:
            yield moment
            end = moment.end
        else:
            return


def _another(text: str, sentence: Span, moment: Moment, known: DateWords) -> bool:
    clause = clause_at(text, moment.start)
    start = max(sentence.start, min(clause.start, moment.start - 60))
    behind = re.split(r"[.;]", text[moment.end : min(sentence.end, moment.end + 45)])[0]
    return any_of(known.other_injury).search(text[start : moment.start] + " … " + behind) is not None

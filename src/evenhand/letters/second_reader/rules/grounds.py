"""EH4: on what ground an item is decided: a paper that could be asked for, two verdicts at once, payment, causation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evenhand.letters.determination import Decision
from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.phrases import lower, phrases
from evenhand.letters.second_reader.prose import Span, clauses
from evenhand.letters.second_reader.reading import Fault, ItemReading, Reading
from evenhand.letters.second_reader.rules.argument import reason_words, tokens
from evenhand.letters.second_reader.rules.mentions import drugs, kinds
from evenhand.letters.second_reader.verdicts import verdicts
from evenhand.letters.second_reader.words import words


@dataclass(frozen=True, kw_only=True)
class GroundWords:
    """grounds.yaml"""

    records: tuple[str, ...]
    lacks: tuple[str, ...]
    apart: tuple[str, ...]
    left_out: tuple[str, ...]
    how_many: tuple[str, ...]
    unsaid: tuple[str, ...]
    findings_of: tuple[str, ...]
    papers_of: tuple[str, ...]
    asked: tuple[str, ...]
    subjects: tuple[str, ...]
    grants: tuple[str, ...]
    refuses: tuple[str, ...]
    copulas: tuple[str, ...]
    denials: tuple[str, ...]
    moods: tuple[str, ...]
    conditions: tuple[str, ...]
    earlier: tuple[str, ...]
    deciders: tuple[str, ...]
    physicians: tuple[str, ...]
    payment: tuple[str, ...]
    not_payment: tuple[str, ...]
    causation: tuple[str, ...]
    not_causation: tuple[str, ...]
    of_request: tuple[str, ...]
    leads: tuple[str, ...]
    in_case: tuple[str, ...]
    criteria: tuple[str, ...]
    met: tuple[str, ...]
    findings: tuple[str, ...]
    supports: tuple[str, ...]
    qualifies: tuple[str, ...]
    indication: tuple[str, ...]


def _words(letter: Reading) -> GroundWords:
    known: GroundWords = words(GroundWords, "grounds", letter.programme)
    return known


@check(
    "EH405",
    Severity.WARNING,
    because=Law("asking"),
    to_do="Ask for the paper before the item is decided, or say that it was asked for and did not come.",
    published=Severity.NOTE,
)
def lacking_record_not_asked(letter: Reading) -> Iterator[Fault]:
    """An item is denied because a paper or a figure is missing, and nothing says that anybody asked for it.

    A clause counts in which a report, notes, results, a score, a dose or a number is said not to be there. That a finding,
    a failed trial or a reason is not documented is left alone: that is what the examination says. Says the rationale that
    the paper was asked for, it is silent.
    """
    known = _words(letter)
    for item in letter.items:
        if item.item.decision is not Decision.UPHELD or phrases(known.asked).search(item.rationale.text):
            continue
        own = _own_words(item, letter, speakers=known.deciders)
        place = next((found for clause, _ in own if (found := _lacking(clause, known))), None)
        if place:
            what = "The denial rests on a paper or figure that is missing, and nothing says that it was asked for."
            yield Fault(what, item.rationale.place(*place))


@check(
    "EH407",
    Severity.WARNING,
    because=Law("reasons_agree"),
    to_do="Ask the reviewer which of the two is meant.",
)
def reasons_point_both_ways(letter: Reading) -> Iterator[Fault]:
    """One rationale calls the item necessary in one place and not necessary in another.

    What utilization review or a physician is said to have found, what holds under a condition or for a part, and verdicts on
    another treatment are left alone. Where every verdict contradicts the decision, that is EH011.
    """
    for item in letter.items:
        said = sorted(_verdicts_on(item, letter), key=lambda verdict: verdict[1])
        if len({necessary for necessary, _, _ in said}) == 2:
            upheld = item.item.decision is Decision.UPHELD
            _, start, end = next(verdict for verdict in said if verdict[0] is upheld)
            what = "The rationale calls this item necessary in one place and not necessary in another."
            yield Fault(what, item.rationale.place(start, end))


@check(
    "EH408",
    Severity.WARNING,
    because=Law("necessity_only"),
    to_do="Decide by medical necessity; leave payment and authorization to the claims administrator.",
)
def cites_cost_or_payment(letter: Reading) -> Iterator[Fault]:
    """A rationale gives cost, coverage, payment or authorization as a reason.

    What a source says of costs, what somebody else is reported to say, and words that cost does not matter are left alone, as
    is a condition that a guideline does not "cover".
    """
    known = _words(letter)
    for item in letter.items:
        found = _first(item, letter, known.payment, known.not_payment)
        if found:
            what = f"Payment, not necessity, is given as a reason: “{item.rationale.text[found[0] : found[1]]}”."
            yield Fault(what, item.rationale.place(*found))


@check(
    "EH409",
    Severity.WARNING,
    because=Law("no_causation"),
    to_do="Leave the question to those who decide it, and judge whether the treatment is necessary for the condition.",
)
def causation_or_liability_decided(letter: Reading) -> Iterator[Fault]:
    """A rationale decides whether a condition is industrial, a part of the body accepted, or somebody liable.

    The history of an injury at work is no decision. What others are reported to say, what is expressly left open, and
    "accepted" in the sense of medical practice are left alone.
    """
    known = _words(letter)
    for item in letter.items:
        found = _first(item, letter, known.causation, known.not_causation)
        if found:
            what = f"The rationale decides a question of causation or liability: “{item.rationale.text[found[0] : found[1]]}”."
            yield Fault(what, item.rationale.place(*found))


def _own_words(
    item: ItemReading, letter: Reading, *, speakers: tuple[str, ...], but: tuple[str, ...] = ()
) -> Iterator[tuple[Span, Span]]:
    """Each clause in which neither a source nor one of the speakers speaks, with its sentence. In the phrases of `but` a speaker
    is only named."""
    known = reason_words(letter.programme)
    for sentence in item.rationale.sentences:
        text = _without_fees(sentence.text)
        of_request = phrases(_words(letter).of_request).search(text)
        own = of_request or phrases(known.worker).search(text) or phrases(known.papers).search(text)
        if not own and phrases(known.everybody + known.sources).search(text):
            continue
        for clause in clauses(sentence):
            source = phrases(known.sources).search(_without_fees(clause.text))
            if not source and not _reported(clause, sentence, speakers, but):
                yield clause, sentence


def _without_fees(text: str) -> str:
    return re.sub(r"fee schedule", "tariff", text, flags=re.IGNORECASE)


def _reported(clause: Span, sentence: Span, speakers: tuple[str, ...], but: tuple[str, ...] = ()) -> bool:
    """Whether somebody else speaks in the clause, or it stands in quotation marks."""
    before = sentence.text[: clause.start - sentence.start]
    quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    hangs_on = re.match(r"(?:because|as|since|that|and|or|while)\b", clause.text, re.IGNORECASE)
    said = sentence.text[: clause.end - sentence.start] if hangs_on else clause.text
    return quoted or phrases(speakers).search(phrases(but).without(said)) is not None


def _first(
    item: ItemReading, letter: Reading, listed: tuple[str, ...], unless: tuple[str, ...]
) -> tuple[int, int] | None:
    """Where the first of the phrases stands that the reviewer says in earnest; the item's own words do not count."""
    own = lower(item.heading.text)
    known = _words(letter)
    for clause, sentence in _own_words(item, letter, speakers=known.deciders + known.physicians, but=listed):
        for match in phrases(listed).finditer(clause.text):
            if match.group() not in own and not phrases(unless).search(sentence.text):
                return clause.start + match.start(), clause.start + match.end()
    return None


@cache
def _record_patterns(known: GroundWords) -> tuple[re.Pattern[str], ...]:
    def any_of(listed: tuple[str, ...]) -> str:
        return phrases(listed).pattern

    record, be = any_of(known.records), r"(?:is|are|was|were|has|have|had|been)"
    gap = rf"(?:\s+(?!{any_of(known.apart)})[\w'’./-]+,?){{0,6}}?\s+"
    finding = rf"(?!\s+(?:{any_of(known.findings_of)}))"
    paper = rf"(?=\s+(?:{any_of(known.papers_of)}))"
    return tuple(
        re.compile(text)
        for text in (
            rf"{any_of(known.lacks)}{gap}{record}(?:{paper}|{finding})",
            rf"{record}(?:\s+[\w'’./-]+,?){{0,8}}?\s+{be}\s+(?:\w+\s+)?{any_of(known.left_out)}",
            rf"{any_of(known.unsaid)}{gap}{any_of(known.how_many)}|{any_of(known.how_many)}{gap}{any_of(known.unsaid)}",
        )
    )


def _lacking(clause: Span, known: GroundWords) -> tuple[int, int] | None:
    """Where a clause says that a paper or figure is not there."""
    found = [match for pattern in _record_patterns(known) if (match := pattern.search(lower(clause.text)))]
    first = min(found, key=lambda match: match.start(), default=None)
    return (clause.start + first.start(), clause.start + first.end()) if first else None


@cache
def _weak_verdict(known: GroundWords) -> re.Pattern[str]:
    said = (known.subjects, known.copulas, known.grants, known.refuses, known.denials, known.leads, known.in_case)
    subject, copula, grants, refuses, denials, leads, in_case = (phrases(listed).pattern for listed in said)
    return re.compile(
        rf"^(?:\W*{leads}\W+)?(?:(?P<request>{subject})\b|(?:the|this|these)\b)?"
        rf"(?P<of>(?:(?!\b(?:why|how|that|no|not|there)\b)(?:[^,;]|,(?=\s\d))){{0,90}}?)"
        rf"\s+(?:{copula}\s+(?P<no>{denials}\s+)?|(?P<cannot>isn['’]t|aren['’]t|cannot be)\s+)"
        rf"(?:(?!not\b)\w+\s+){{0,3}}?(?:(?P<grants>{grants}|recommended(?=[^,;]*\s{in_case}))|(?P<refuses>{refuses}))"
        rf"(?!\s+(?:that|the|to|how|why|in\s+(?!this|the\s+present))\b|\s+for\s+(?!this|the\s))"
    )


@cache
def _applied(known: GroundWords) -> tuple[re.Pattern[str], ...]:
    """How a clause says that the source's conditions are met or not, the findings carry the request or not."""
    said = (known.leads, known.criteria, known.met, known.findings, known.supports, known.qualifies, known.indication)
    leads, criteria, met, findings, supports, qualifies, indication = (phrases(listed).pattern for listed in said)
    begin, be = rf"^(?:\W*{leads}\W+)?", r"(?:is|are|have\s+been|has\s+been)"
    no = r"(?P<no>not\s+|n['’]t\s+|never\s+)"
    does_not = r"(?P<no>(?:do|does)(?:\s+not|n['’]t)\s+|fails?\s+to\s+|cannot\s+)"
    request = r"(?:the|this)\s+(?:request|treatment|item|service|medication|drug|study)\b|it\b"
    aim = r"(?P<aim>[^,;]*)"
    return tuple(
        re.compile(text)
        for text in (
            rf"{begin}(?:all\s+)?(?:of\s+)?(?:the\s+)?{criteria}(?:\s+(?:of|in|for)\s[^,;]{{0,60}}?)?\s+{be}\s+{no}?(?:\w+\s+)?{met}{aim}",
            rf"{begin}(?:the|these|all)\s+(?:\w+\s+)?{findings}\s+{does_not}?(?:\w+ly\s+)?{supports}\s+(?:{request}){aim}",
            rf"{begin}(?:the|this)\s+(?:\w+\s+)?(?:worker|patient|applicant|claimant|employee|man|woman)\s+{does_not}?{qualifies}\s+{aim}",
            rf"{begin}there\s+is\s+(?P<no>no\s+)?(?:an?\s+)?(?:\w+\s+)?{indication}\s+(?:for|of)\s+{aim}",
        )
    )


def _application(clause: Span, known: GroundWords) -> tuple[bool, int] | None:
    """Whether such a clause speaks for the item, and where it ends."""
    text = lower(clause.text)
    match = next((found for pattern in _applied(known) if (found := pattern.search(text))), None)
    return (not match["no"], match.start("aim")) if match else None


def _verdicts_on(item: ItemReading, letter: Reading) -> Iterator[tuple[bool, int, int]]:
    """(necessary, start, end) of each verdict on the item itself."""
    known = _words(letter)
    for verdict in verdicts(item.rationale.text, letter.programme):
        own = not verdict.in_part and not phrases(known.earlier).search(verdict.clause.text)
        if own and _about(verdict.clause.text, item, letter):
            yield verdict.necessary, verdict.start, verdict.end
    for sentence in item.rationale.sentences:
        for clause in clauses(sentence):
            if not _reported(clause, sentence, known.deciders + known.physicians):
                yield from _weakly(clause, item, letter)


def _weakly(clause: Span, item: ItemReading, letter: Reading) -> Iterator[tuple[bool, int, int]]:
    """The verdict of a clause in weaker words, whose subject is the request or the item by its kind."""
    known = _words(letter)
    match, applied = _weak_verdict(known).match(lower(clause.text)), _application(clause, known)
    if phrases(known.conditions).search(_worded(clause.text, item)) or not _about(clause.text, item, letter):
        return
    if applied:
        yield applied[0], clause.start, clause.start + applied[1]
    if applied or match is None:
        return
    named = match["request"] or kinds(match["of"], letter.programme) or drugs(match["of"], letter.programme)
    if named and not phrases(known.moods).search(match.group()):
        denied = bool(match["no"] or match["cannot"])
        yield bool(match["grants"]) != denied, clause.start, clause.start + match.end()


def _worded(clause: str, item: ItemReading) -> str:
    """The clause without the amounts of the item, which are no condition: "for a week"."""
    return lower(clause).replace(lower(item.heading.text), " ")


_COUNT = re.compile(r"\b(\w+)\s+(?:visit|session|treatment|tablet|capsule|injection|day|week|month)s?\b", re.IGNORECASE)


def _about(clause: str, item: ItemReading, letter: Reading) -> bool:
    """Whether a clause speaks of the item: it names no other service, drug or number, nor an operation with which the item goes."""
    code = letter.programme
    own = {kind for each in kinds(item.heading.text, code) for kind in each.what} | {item.treatment.kind}
    named = {kind for each in kinds(clause, code) for kind in each.what}
    own_drugs = {each.what[0] for each in drugs(item.heading.text, code)}
    own_drugs |= set(item.treatment.drugs)
    said_drugs = {each.what[0] for each in drugs(clause, code)}
    if (named and not named & own and not said_drugs) or said_drugs - own_drugs:
        return False
    heading = set(tokens(item.heading.text))
    if any(match[1].lower() not in heading and _counts(match[1]) for match in _COUNT.finditer(clause)):
        return False
    depends = phrases(reason_words(code).dependence).search(clause)
    return depends is None or depends.group() in lower(item.heading.text) or item.treatment.category == "Surgery"


_NUMBERS = {
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twelve",
    "eighteen",
    "twenty",
}


def _counts(word: str) -> bool:
    return word.isdecimal() or word.lower() in _NUMBERS

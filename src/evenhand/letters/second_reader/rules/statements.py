"""Which phrases of the prose speak of the treatment in dispute, and how surely: the verdict's own subject, what is said to be
requested, or a treatment spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise

from evenhand.letters.second_reader.prose import Span, clauses, sentences
from evenhand.letters.second_reader.rules.mentions import drugs, fact_words, kinds
from evenhand.letters.second_reader.rules.requests import requested


class Said(StrEnum):
    """How surely a phrase speaks of what is disputed."""

    VERDICT = "verdict"
    """The subject of the letter's own verdict."""
    REQUEST = "request"
    """What is said to be requested, ordered, or denied before."""
    TREATMENT = "treatment"
    """A treatment spoken of, neither as a source's words nor as earlier care."""


@dataclass(frozen=True)
class Statement:
    """A phrase that speaks of one treatment: what it names, and where it stands in its passage."""

    said: Said
    start: int
    end: int
    text: str
    kinds: frozenset[str]
    drugs: frozenset[str]
    marked: bool = True
    """Whether the phrase itself says that it is the request ("the request for ...")."""

    @property
    def names_treatment(self) -> bool:
        """Whether it names a service or a drug."""
        return bool(self.kinds or self.drugs)


_MARKER = re.compile(
    r"\b(?:(?:currently|presently|newly)\s+)?(?:requests?\s+(?:is\s+|was\s+|made\s+|received\s+|submitted\s+)*(?:for|of|to\s+(?:include|provide|perform)|concerns|concerning)"
    r"|(?:requested|proposed|disputed|ordered|prescribed)(?!\s+(?:by|on|in|at|to|and|or|that|service|treatment|is|was|has)\b)"
    r"|request,|(?:eligible|remaining)\s+portion(?:\s+of\s+the\s+(?:original\s+)?request)?,?|medical\s+necessity\s+(?:of|for)|denial\s+of|(?:the|continued|ongoing)\s+(?:need|indication|use)\s+(?:for|of)|(?:non-?)?certification\s+of|approval\s+of)\s+"
    r"(?:authorization\s+(?:for|of)\s+)?(?:the\s+)?(?:requested\s+)?",
    re.I,
)
_NECESSARY = (
    r"(?:medically|clinically)[\s-]+(?:necessary|appropriate|indicated|warranted|reasonable|justified|supported)"
    r"|(?:not|non)-?medically[\s-]+necessary"
)
_NECESSITY = r"medical(?:ly)?\s+necessity"
_HELD = (
    r"(?:necessary|supported|warranted|indicated|justified|appropriate|reasonable|established|substantiated|certified|"
    r"non-?certified|approved|authorized|granted|upheld|overturned|allowed|demonstrated|shown|recommended|a\s+medical\s+necessity)"
)
_IS = r"(?:is|are|was|were|be|been|remains?|appears?|seems?|has|have|cannot|does|do|can|may|should)"
_STRONG = re.compile(rf"\b(?:{_NECESSARY})\b", re.I)
_WEAK = re.compile(
    rf"\b(?:{_IS}\s+(?:\w+\s+){{0,5}}?{_HELD}|(?:is|are)\s+(?:hereby\s+)?denied"
    rf"|(?:do(?:es)?\s+not|fails?\s+to)?\s*meets?\s+(?:\w+\s+){{0,4}}(?:{_NECESSITY}|criteria|requirements?)|lacks?\s+{_NECESSITY})\b",
    re.I,
)
# "Not supported as medically necessary", "reasonable and medically necessary" are one predicate.
_GOES_ON = re.compile(r"\s*(?:(?:as|to\s+be|being|and|or)\s+)*(?:also\s+)?", re.I)
# "I do not find medical necessity for ...", "necessity has not been established for ...": the predicate stands before.
_ESTABLISHED = re.compile(
    rf"\b(?:(?:find|finds|found|establish(?:es|ed)?|support(?:s|ed)?|demonstrate[sd]?|show(?:s|n)?|no|there\s+is)\s+(?:\w+\s+){{0,2}}?"
    rf"(?:{_NECESSITY}|medical\s+need)|(?:necessity|medical\s+need)\s+{_IS}\s+(?:\w+\s+){{0,5}}?(?:{_HELD}|found|proven|met)(?:\s+(?:here|now|today))?)"
    rf"\s+(?:of|for|as\s+to|regarding|as\s+regards|with\s+(?:respect|regard)\s+to|in\s+the\s+case\s+of)\s+(?:the\s+)?(?:requested\s+)?"
    rf"|\b(?:medically|clinically)\s+(?:un)?necessary\s+(?:is|are)\s+",
    re.I,
)
_NOT_THIS_LETTERS = re.compile(r"\b(?:would|could|might)\s+(?:only\s+)?be\b", re.I)
_CONDITION = re.compile(
    r",?\s*(?:only\s+)?(?:when|if|where|unless|in\s+(?:patients|cases|those)|for\s+(?:patients|those))\b", re.I
)
# "I would not certify ...": the reviewer's own verb stands before.
_CERTIFIES = re.compile(
    r"\b(?:i|we|(?:this|the)\s+reviewer)\s+(?:(?:cannot|can|can\s+not|do\s+not|does\s+not|would|would\s+not|could\s+not|must|have\s+to|therefore)\s+)*"
    r"(?:certif(?:y|ies)|approves?|authorizes?|supports?|grants?|recommends?|overturn\s+the\s+denial\s+of|uphold\s+the\s+denial\s+of)\s+"
    r"(?:the\s+)?(?:request(?:ed)?\s+)?(?:for\s+)?",
    re.I,
)
# Words of a predicate: a piece that holds nothing else has its subject before.
_NO_SUBJECT = re.compile(
    r"\W*(?:(?:is|are|was|were|be|been|being|not|also|both|either|considered|deemed|found|seen|to|as|neither|nor)\b\W*)*",
    re.I,
)
# Before the subject of a verdict an earlier thought ends here.
_BOUNDARY = re.compile(
    r"(?:[;:]\s|\s[-–—]\s)(?!(?:is\s+|are\s+)?(?:not\s+|non-?)?(?:medically|clinically))|,?\s(?:but|however|yet|whereas|so\s+that)\b,?|,\s(?:so|and)\s+(?=(?:the|this|these|that|it|a|an|further|additional|continued)\b)"
    r"|\b(?:therefore|thus|hence|accordingly|consequently|thereby|as\s+such|i\s+find|we\s+find|reviewer\s+finds|find\s+that|finds\s+that"
    r"|(?:hold|holds|conclude[sd]?|determined?|determines|agree[sd]?|judge|judges|opinion|satisfied|follows)\s+that)\b,?\s",
    re.I,
)
_VERB = re.compile(
    r"(?<!that )(?<!which )(?<!as )\b(?:is|are|was|were|has|have|had|cannot|can|could|would|should|does|do|did|will|may|"
    r"remains?|appears?|seems?|meets?|met|fails?|therefore|to\s+be|considered|deemed|not)\b",
    re.I,
)
_SUBJECT = re.compile(
    r"(?:the|this|these|those|a|an|another|further|additional|continued|ongoing|such|use|requested|retrospective|repeat)\b",
    re.I,
)
_POSTPONED = re.compile(
    rf"\b(?:{_NECESSARY})\s+(?:to\s+\w+|for\s+(?:the|this)\s+(?:worker|patient|employee|claimant)\s+to\s+\w+)\s+", re.I
)
_FINDS = re.compile(
    r"\b(?:finds?|consider(?:s|ed)?|hold|holds|deem|deems)\s+(?!that)(?=(?:the|this|these|an?)\b)", re.I
)

# "Manual therapy is not recommended for the ankle" is a source's rule, also where the source is not named in the sentence.
_RULE = re.compile(
    r"\b(?:is|are|may\s+be|can\s+be|should\s+be|should\s+not\s+be)\s+(?:\w+\s+){0,2}?(?:recommended|supported|indicated|considered|used|appropriate|useful|"
    r"needed|optional|an\s+option|effective|reserved)\b",
    re.I,
)
_THIS_CASE = re.compile(
    r"\b(?:this|here|worker|patient|claimant|applicant|employee|his|her|request(?:ed)?|proposed)\b", re.I
)
_SEPARATOR = re.compile(
    r"\s*[,;]\s*(?:and\s+|as well as\s+|plus\s+|with\s+)?|\s+(?:and|as well as|plus|with|or|in addition to)\s+", re.I
)


@cache
def _any_of(group: str, programme: str) -> re.Pattern[str]:
    listed: Iterable[str] = getattr(fact_words(programme), group)
    said = (rf"{re.escape(word)}\d\d\b" if word[-1].isdigit() else rf"{re.escape(word)}\b" for word in listed)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(said, key=len, reverse=True))})", re.I)


@lru_cache(maxsize=8192)
def speaks_of(group: str, text: str, programme: str) -> bool:
    """Whether a text holds a word of one of the groups of facts.yaml."""
    return _any_of(group, programme).search(text) is not None


@lru_cache(maxsize=512)
def statements(text: str, programme: str) -> tuple[Statement, ...]:
    """The phrases of a passage that speak of a treatment in dispute, verdicts first."""
    found: list[Statement] = []
    for sentence in sentences(text):
        verdicts = list(_verdicts(sentence, programme))
        found += verdicts
        found += _requests(sentence, programme, verdicts)
    taken = [(each.start, each.end) for each in found]
    for sentence in sentences(text):
        found += _treatments(sentence, programme, taken)
    return tuple(sorted(found, key=lambda each: (list(Said).index(each.said), each.start)))


def _verdicts(sentence: Span, programme: str) -> Iterator[Statement]:
    """The subjects of the sentence's own verdicts."""
    said, done = sentence.text, -1
    strong = [*_STRONG.finditer(said)]
    weak = [match for match in _WEAK.finditer(said) if not any(_one(said, match, each) for each in strong)]
    for predicate in sorted([*strong, *weak], key=lambda match: match.start()):
        if predicate.start() < done:
            continue
        subject = _subject(said, max(0, done), predicate, programme)
        if subject is None:
            continue
        done = predicate.end()
        start, end, marked = subject
        whose = _whose(said[:start], said[: predicate.start()], programme)
        yield from _told(whose, sentence, start, end, programme, marked)
    for match in [*_ESTABLISHED.finditer(said), *_CERTIFIES.finditer(said)]:
        before = said[: match.start()]
        whose = _whose(before, before, programme)
        yield from _told(whose, sentence, match.end(), _until_verb(said, match.end()), programme, True)


def _one(said: str, weak: re.Match[str], strong: re.Match[str]) -> bool:
    """Whether the two are one predicate: they overlap, or the stronger goes on where the weaker ends."""
    if weak.end() <= strong.start():
        return _GOES_ON.fullmatch(said, weak.end(), strong.start()) is not None
    return weak.start() < strong.end()


def _whose(subject: str, predicate: str, programme: str) -> Said:
    """Whether a verdict is this letter's or an earlier decider's, by what stands before its subject and its predicate."""
    earlier = speaks_of("earlier_deciders", predicate, programme) and not _after_decider(subject)
    return Said.REQUEST if earlier else Said.VERDICT


def _after_decider(before: str) -> bool:
    """Whether a new thought begins after the earlier decision was named: "UR denied it, but the MRI is ..."."""
    return re.search(r"(?:but|however|yet|;)\b[^,;]*,?\s*$", before, re.I) is not None


def _subject(said: str, least: int, predicate: re.Match[str], programme: str) -> tuple[int, int, bool] | None:
    """(start, end, whether marked as the request) of what the predicate is said of; None where it says no verdict."""
    ends = [match.end() for match in _BOUNDARY.finditer(said, least) if match.end() <= predicate.start()]
    begin = next((end for end in reversed(ends) if not _NO_SUBJECT.fullmatch(said, end, predicate.start())), least)
    piece = said[begin : predicate.start()]
    markers = [m for m in _MARKER.finditer(piece) if piece[m.end() :].strip()]
    if markers:
        start = begin + markers[-1].end()
        return start, min(_until_verb(said, start), predicate.start()), True
    if not _STRONG.match(said, predicate.start()) or _CONDITION.match(said, predicate.end()):
        return None
    if postponed := _POSTPONED.match(said, predicate.start()):
        return postponed.end(), _until_verb(said, postponed.end()), False
    start = begin + _past_introduction(piece, programme)
    subject = said[start : predicate.start()]
    if _NOT_THIS_LETTERS.search(subject) or any(
        speaks_of(group, subject, programme) for group in ("sources", "history")
    ):
        return None
    return start, min(_until_verb(said, start), predicate.start()), False


def _past_introduction(piece: str, programme: str) -> int:
    """Where the main clause of a piece begins: behind "Given the lost reflex, ..." and "I find ..."."""
    if found := _FINDS.search(piece):
        return found.end()
    first = piece.split(maxsplit=1)[:1]
    lead = len(piece) - len(piece.lstrip(" ,"))
    if not first or first[0].strip(",").lower() not in fact_words(programme).introductions:
        return lead
    commas = [match.end() for match in re.finditer(r",\s+", piece)]
    for comma in commas:
        rest = piece[comma:]
        head = rest.split(",")[0]
        if _SUBJECT.match(rest) or kinds(head, programme) or drugs(head, programme):
            return comma
    told = commas and (kinds(piece[: commas[0]], programme) or drugs(piece[: commas[0]], programme))
    return lead if told or not commas else commas[-1]


def _until_verb(said: str, start: int) -> int:
    """Where a subject that begins at `start` ends: at its verb."""
    verb = _VERB.search(said, start + 1)
    return verb.start() if verb else len(said)


def _requests(sentence: Span, programme: str, verdicts: list[Statement]) -> Iterator[Statement]:
    """What the sentence says is requested, ordered or was denied."""
    said = sentence.text
    taken = [(each.start - sentence.start, each.end - sentence.start) for each in verdicts]
    for at, begin, end in requested(said, programme):
        if speaks_of("sources", said[:at], programme) or _long_ago(said, at, programme):
            continue
        if not any(start < end and begin < stop for start, stop in taken):
            taken.append((begin, end))
            yield from _told(Said.REQUEST, sentence, begin, end, programme, True)


def _long_ago(said: str, at: int, programme: str) -> bool:
    """Whether the word at `at` speaks of an earlier request."""
    return speaks_of("history", said[max(0, at - 30) : at], programme)


def _treatments(sentence: Span, programme: str, taken: list[tuple[int, int]]) -> Iterator[Statement]:
    """Treatments that a clause speaks of, where neither a source nor the past speaks."""
    if speaks_of("sources", sentence.text, programme):
        return
    for clause in clauses(sentence):
        if any(speaks_of(group, clause.text, programme) for group in ("history", "results", "earlier_deciders")):
            continue
        if any(start < clause.end and clause.start < end for start, end in taken):
            continue
        if is_rule(clause.text):
            continue
        span = Span(0, len(clause.text), clause.text)
        for each in _told(Said.TREATMENT, span, 0, len(clause.text), programme, False):
            if each.names_treatment:
                yield Statement(
                    each.said,
                    each.start + clause.start,
                    each.end + clause.start,
                    each.text,
                    each.kinds,
                    each.drugs,
                    False,
                )


def is_rule(text: str) -> bool:
    """Whether a clause tells what is done in general, and not of this worker."""
    return _RULE.search(text) is not None and _THIS_CASE.search(text) is None


def _told(said: Said, sentence: Span, start: int, end: int, programme: str, marked: bool) -> Iterator[Statement]:
    """The phrase, parted where it lists several treatments."""
    phrase = sentence.text[start:end]
    for begin, stop in _segments(phrase, programme):
        piece = phrase[begin:stop]
        lead = len(piece) - len(piece.lstrip(" ,"))
        text = re.sub(r"(?:[\s,.:;–—-]+|\s(?:and|or|with|plus))*$", "", piece[lead:])
        if text:
            at = sentence.start + start + begin + lead
            named_kinds = frozenset(code for each in kinds(text, programme) for code in each.what)
            named_drugs = frozenset(each.what[0] for each in drugs(text, programme))
            yield Statement(said, at, at + len(text), text, named_kinds, named_drugs, marked)


def _segments(phrase: str, programme: str) -> list[tuple[int, int]]:
    """A list of treatments parted into them: each goes from the last separator before its name to the next one's."""
    names = sorted(
        [(k.start, k.end, k.what) for k in kinds(phrase, programme)]
        + [(d.start, d.end, d.what) for d in drugs(phrase, programme)]
    )
    cuts = [0]
    for (_, before, one), (at, _, other) in pairwise(names):
        between = [m.end() for m in _SEPARATOR.finditer(phrase, before, at)]
        if between and one != other:
            cuts.append(between[-1])
    return list(zip(cuts, [*cuts[1:], len(phrase)], strict=True))

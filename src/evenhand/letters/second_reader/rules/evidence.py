"""EH3: what the decision rests on: which sources a rationale speaks of, whether recommendations that compete are weighed, and
whether anything but the utilization review decision carries it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from evenhand.citations import Difference, Edition, Mention, Resolution, Source, compare, find_citations, resolve
from evenhand.letters.determination import Decision
from evenhand.letters.second_reader.catalogue import Craft, Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.prose import Span, clause_at, sentences
from evenhand.letters.second_reader.reading import Fault, ItemReading, Reading
from evenhand.letters.second_reader.words import words
from evenhand.treatments.vocabulary import plain


@dataclass(frozen=True, kw_only=True)
class EvidenceWords:
    """evidence.yaml: words and phrases; a phrase with (?: is a pattern."""

    left: tuple[str, ...]
    first_called: tuple[str, ...]
    against: tuple[str, ...]
    in_favor: tuple[str, ...]
    weighed: tuple[str, ...]
    sources: tuple[str, ...]
    utilization_review: tuple[str, ...]
    because: tuple[str, ...]
    ground: tuple[str, ...]
    rests_on: tuple[str, ...]
    cross_references: tuple[str, ...]
    contrasts: tuple[str, ...]
    conditional: tuple[str, ...]
    looked_into: tuple[str, ...]
    not_a_reason: tuple[str, ...]
    papers_of_review: tuple[str, ...]
    papers_of_procedure: tuple[str, ...]


class Role(StrEnum):
    """What a rationale does with a source that it names."""

    USED = "used"
    """The decision rests on it."""
    LEFT = "left"
    """The rationale says that it does not answer the question, or is outweighed."""
    THEIRS = "theirs"
    """Utilization review relied on it."""
    NAMED = "named"
    """It is named beside the one that is used: "see also ...", "unlike the ...", "the physician cites ..."."""


@dataclass(frozen=True)
class Spoken:
    """A source that a rationale names: where, what it is on the day, and what is done with it."""

    mention: Mention
    meant: Resolution
    role: Role


@cache
def pattern(phrases: Iterable[str], *, whole: bool = True) -> re.Pattern[str]:
    """A pattern for any of the phrases, without regard to case and line ends; as whole words."""
    edge = r"(?!\w)" if whole else ""
    said = "|".join(phrase.replace(" ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{said}){edge}", re.IGNORECASE) if said else re.compile(r"(?!)")


def lists(letter: Reading) -> EvidenceWords:
    """The group's words."""
    found: EvidenceWords = words(EvidenceWords, "evidence", letter.programme)
    return found


def of_review(text: str, letter: Reading) -> bool:
    """Whether the text speaks of utilization review, its decision or its reviewer."""
    return bool(pattern(lists(letter).utilization_review).search(text))


@lru_cache(maxsize=512)
def mentions(text: str, programme: str) -> tuple[Mention, ...]:
    """The guidelines that a text names, with their places. Studies are left out: the text of a guideline that is quoted is
    full of them."""
    return tuple(mention for mention in find_citations(text, programme=programme) if mention.kind != "study")


def spoken(item: ItemReading, letter: Reading) -> tuple[Spoken, ...]:
    """The sources of which the item's rationale speaks, in order."""
    text = item.item.rationale
    named = mentions(text, letter.programme)
    if not named:
        return ()
    away = {mention.start for left in leavings(text, letter) for mention in left.of}
    found = []
    for mention in named:
        sentence = next((s for s in sentences(text) if s.start <= mention.start < s.end), Span(0, len(text), text))
        role = Role.LEFT if mention.start in away else _role(mention, sentence, letter)
        found.append(Spoken(mention, resolve(mention, letter.on, programme=letter.programme), role))
    return tuple(found)


def _role(mention: Mention, sentence: Span, letter: Reading) -> Role:
    """What a sentence does with a source that it does not leave."""
    known = lists(letter)
    before = sentence.text[: mention.start - sentence.start]
    after = sentence.text[mention.end - sentence.start :].lstrip()
    if not of_review(before, letter) and _labelled(known.rests_on).search(before):
        return Role.USED
    if of_review(sentence.text, letter):
        return Role.THEIRS
    beside = pattern(known.cross_references).search(before) or pattern(known.contrasts).search(before[-_NEAR:])
    only_looked_into = pattern(known.looked_into).search(clause_at(sentence.text, mention.start - sentence.start).text)
    return Role.NAMED if beside or only_looked_into or pattern(known.conditional).match(after) else Role.USED


@cache
def _labelled(labels: tuple[str, ...]) -> re.Pattern[str]:
    """One of the labels straight before a name: "Guideline: the ...", "Criteria per ..."."""
    return re.compile(rf"{pattern(labels, whole=False).pattern}[\s:(–—-]*(?:(?:the|both|current)\s+)*$", re.IGNORECASE)


@dataclass(frozen=True)
class Leaving:
    """A place where a text says that a source does not answer the question: the sources meant, or `schedule` where it is
    called without a name ("the schedule is silent")."""

    start: int
    of: tuple[Mention, ...]
    schedule: bool


_FOLLOWS = re.compile(
    r"(?:\s+\w+){0,3}?\s*|(?:\s+\w+){0,3}?\s+(?:by|in|within|under|from)\s+(?:either\s+|both\s+)?(?:the\s+)?(?:\w+\s+)?",
    re.I,
)
_BACK = re.compile(
    r"\s*(?:it|they|that|this|these|nothing|its|neither|there|no|none|here|however|but|as)\b", re.IGNORECASE
)
_JOINED = re.compile(r"[\s,/]*(?:(?:and|or|nor|the|both|as well as|guidelines?|chapters?)[\s,/]+)*", re.IGNORECASE)
_SUBJECT, _NEAR = 120, 25


def leavings(text: str, letter: Reading) -> Iterator[Leaving]:
    """Where a text leaves a source: "the schedule is silent on it", "not addressed in the schedule"."""
    known = lists(letter)
    named = mentions(text, letter.programme)
    before: Span | None = None
    for sentence in sentences(text):
        for phrase in pattern(known.left).finditer(sentence.text):
            place = sentence.start + phrase.start()
            of = _subject(text, sentence, place, sentence.start + phrase.end(), named)
            if not of and before is not None and _BACK.match(sentence.text):
                of = _joined(text, [m for m in named if before.start <= m.start < before.end])
            about = text[max(sentence.start, place - _SUBJECT) : sentence.start + phrase.end() + 40]
            schedule = not of and bool(pattern(known.first_called).search(about))
            if of or schedule:
                yield Leaving(place, tuple(of), schedule)
        before = sentence


def _subject(text: str, sentence: Span, place: int, end: int, named: tuple[Mention, ...]) -> list[Mention]:
    """The source that is left: the one named last before the phrase, or straight behind it ("not addressed in the ...")."""
    within = [m for m in named if place <= m.start and m.end <= end]
    if within:
        return within
    after = [m for m in named if end <= m.start < sentence.end and _FOLLOWS.fullmatch(text[end : m.start])]
    if after:
        return after[:1]
    inside = [m for m in named if m.start < place < m.end]
    near = [m for m in named if sentence.start <= m.start and m.end <= place and place - m.end <= _SUBJECT]
    return inside or _joined(text, near)


def _joined(text: str, named: list[Mention]) -> list[Mention]:
    """The last of the sources, with those that are joined to it by "and" or a stroke."""
    taken = named[-1:]
    for mention in reversed(named[:-1]):
        if not _JOINED.fullmatch(text[mention.end : taken[0].start]):
            break
        taken = [mention, *taken]
    return taken


def _alike(one: Edition, other: Edition) -> bool:
    """Whether two chapters, of the schedule and of its publisher, are on the same thing."""
    if one.body_parts and other.body_parts:
        return bool(set(one.body_parts) & set(other.body_parts))
    names = [{plain(name) for name in (each.title, *each.also)} for each in (one, other)]
    return bool(names[0] & names[1])


def weighs(text: str, letter: Reading) -> bool:
    """Whether a text sets one source against another in words."""
    known = lists(letter)
    return any(
        pattern(known.weighed).search(sentence.text)
        and (pattern(known.sources).search(sentence.text) or mentions(sentence.text, letter.programme))
        for sentence in sentences(text)
    )


def family(found: Resolution) -> str:
    """What a source is called before its chapters: the schedule, a publisher of guidelines, a study."""
    if found.edition is None:
        return found.identity or found.source.value
    return found.edition.publisher or found.edition.source.value


def same_source(one: Resolution, other: Resolution) -> bool:
    """Whether two citations may mean one source: the same chapter in whatever edition, or one names the work as such.

    The schedule's chapters that its publisher wrote go by the publisher's name too.
    """
    a, b = one.edition, other.edition
    if a is None or b is None or one.identity == other.identity:
        return one.identity is not None and one.identity == other.identity
    both = {family(one), family(other)}
    if both == {Source.MTUS.value, Source.ACOEM.value}:
        return (a if a.source is Source.ACOEM else b).whole or _alike(a, b)
    if len(both) > 1:
        return False
    return a.whole or b.whole or a.recurring or b.recurring or (bool(a.chapter) and a.chapter == b.chapter)


@check(
    "EH308",
    Severity.WARNING,
    because=Law("competing"),
    to_do="Compare the two recommendations: what each rests on, which applies to this employee, and why the one prevails.",
)
def competing_recommendations_not_weighed(letter: Reading) -> Iterator[Fault]:
    """The reviewer overturns a denial on another source than utilization review relied on, and never compares the two.

    The same holds where the rationale itself tells of one source that is for the treatment and another that is against it.
    Sources are compared by what they mean: chapters of the schedule under their publisher's name are the schedule. Sections and
    editions of one chapter do not compete, nor do sources where the denial is upheld, since then both lead to the same
    end. A rationale that speaks of the other side's source, or sets the two against each other in words, has weighed them;
    whether well, a person must judge.
    """
    for item in letter.items:
        if item.item.decision is not Decision.OVERTURNED or weighs(item.item.rationale, letter):
            continue
        named = spoken(item, letter)
        ours, theirs = ([found for _, found in side] for side in (item.cited, item.cited_by_claims))
        if _apart(ours, theirs) and not _speaks_of(theirs, ours, named):
            what = (
                f"Utilization review relied on {called(theirs)} and the reviewer on {called(ours)}; the denial is overturned, "
                "and the rationale does not compare the two."
            )
            yield Fault(what, item.rationale.place(0, len(item.rationale.text)))
        elif opposed := _opposed(named, item.item.rationale, letter):
            one, other = opposed
            what = (
                f"By the rationale {called([one.meant])} and {called([other.meant])} point to different ends, and it does not say "
                "why the one prevails."
            )
            yield Fault(what, item.rationale.place(other.mention.start, other.mention.end))


def _apart(ours: list[Resolution], theirs: list[Resolution]) -> bool:
    """Whether the two sides rest on different sources, or different chapters, and share none."""
    if compare(ours, theirs) not in {Difference.OTHER_SOURCE, Difference.OTHER_CHAPTER}:
        return False
    return not any(same_source(a, b) for a in ours for b in theirs if a.resolved and b.resolved)


def _speaks_of(theirs: list[Resolution], ours: list[Resolution], named: tuple[Spoken, ...]) -> bool:
    """Whether a rationale names the other side's source; a name that may mean the reviewer's own as well does not count."""
    return any(
        any(same_source(source.meant, found) for found in theirs if found.resolved)
        and not any(same_source(source.meant, found) for found in ours if found.resolved)
        for source in named
    )


def _opposed(named: tuple[Spoken, ...], text: str, letter: Reading) -> tuple[Spoken, Spoken] | None:
    """Two sources of which the rationale says that the one is against and the other for the same thing."""
    known = lists(letter)
    for_it, against = list[tuple[Spoken, set[str]]](), list[tuple[Spoken, set[str]]]()
    for source in named:
        clause = clause_at(text, source.mention.start).text
        if refuses := pattern(known.against).search(clause):
            against.append((source, _object(clause, refuses)))
        elif favors := pattern(known.in_favor).search(clause):
            for_it.append((source, _object(clause, favors)))
    for a, refused in against:
        for b, favored in for_it:
            same = refused & favored or favored & _PRONOUNS
            if same and a.meant.resolved and b.meant.resolved and not same_source(a.meant, b.meant):
                return a, b
    return None


_PRONOUNS = frozenset({"it", "this", "them", "these", "such"})


def _object(clause: str, verb: re.Match[str]) -> set[str]:
    """What a verb is about: the nouns, or the pronoun, straight behind it."""
    behind = re.findall(r"\w+", clause[verb.end() :].casefold())[:4]
    return {word for word in behind if len(word) > _SHORT or word in _PRONOUNS}


_SHORT = 3


@check(
    "EH309",
    Severity.WARNING,
    because=Law("not_on_review_alone"),
    to_do="Give reasons from the records and the evidence; where there are no records but utilization review's, ask for them.",
)
def rests_on_ur_decision_alone(letter: Reading) -> Iterator[Fault]:
    """The only ground of a rationale is what utilization review decided, or the only papers read are those of utilization
    review.

    Read sentence by sentence: beside agreement with utilization review and the verdict nothing is said of the worker, of a
    source, or of what the records hold. A rationale with a ground of its own may agree with utilization review as it likes.
    Applications and other papers of the procedure are no medical records; an empty list of documents is EH001's matter.
    """
    papers = [document for document in letter.letter.documents_reviewed if document.strip()]
    known = lists(letter)
    if papers and any(pattern(known.papers_of_review).search(paper) for paper in papers):
        procedure = pattern((*known.papers_of_review, *known.papers_of_procedure))
        if all(procedure.search(paper) for paper in papers):
            what = "All documents reviewed are papers of utilization review or of the procedure; no medical record is among them."
            yield Fault(what, letter.documents.place(0, len(letter.documents.text)))
    for item in letter.items:
        ground = _only_ground(item, letter)
        if ground is not None:
            what = "The rationale rests on what utilization review decided, and on nothing else."
            yield Fault(what, item.rationale.place(ground.start, ground.end))


def _only_ground(item: ItemReading, letter: Reading) -> Span | None:
    """The sentence that leans on utilization review, where no sentence of the rationale gives a reason of its own."""
    known = lists(letter)
    leans: Span | None = None
    for sentence in item.rationale.sentences:
        text = sentence.text
        if _own_reason(text, letter):
            return None
        if of_review(text, letter):
            leans = leans or sentence
        elif mentions(text, letter.programme) or (
            pattern(known.ground).search(text) and not pattern(known.not_a_reason).search(text)
        ):
            return None
    return leans


def _own_reason(text: str, letter: Reading) -> bool:
    """Whether a sentence, whatever it says of utilization review, goes on to a ground of its own: "because the reflexes are
    equal", "I agree that he has had no therapy"."""
    known = lists(letter)
    for because in pattern(known.because).finditer(text):
        tail = text[because.end() :]
        if not of_review(tail, letter) and pattern(known.ground).search(tail):
            return True
    return False


@check(
    "EH310",
    Severity.NOTE,
    because=Craft("Whoever reads the decision must see what the denial rested on, or that it cited nothing"),
    to_do="State what the claims administrator's utilization review relied on, or that it cited nothing.",
)
def claims_administrator_guideline_missing(letter: Reading) -> Iterator[Fault]:
    """The letter does not say at all what utilization review relied on.

    A line which says that the claims administrator cited nothing is an answer.
    """
    for item in letter.items:
        theirs = item.item.claims_administrator_guideline
        if not (theirs.text.strip() or theirs.citations or theirs.none_cited):
            yield Fault("The letter does not say what utilization review relied on.", item.claims_guideline.place())


def called(found: Iterable[Resolution]) -> str:
    """Sources by their names, as a list in prose."""
    return listed(
        list(dict.fromkeys(each.edition.called if each.edition else "a study" for each in found if each.resolved))
    )


def listed(words: list[str]) -> str:
    """Words as a list in prose."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "nothing"

"""Verdicts in a rationale: the clauses that say whether something is medically necessary, with their denials.

What somebody else says (utilization review, the treating physician, a guideline), what is said on a condition, and what is said
of an earlier treatment is no verdict of the reviewer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from evenhand.letters.second_reader.prose import Span, clauses, sentences
from evenhand.letters.second_reader.words import words
from evenhand.programmes import DEFAULT


@dataclass(frozen=True, kw_only=True)
class VerdictWords:
    """verdicts.yaml"""

    notices: tuple[str, ...]
    necessary: tuple[str, ...]
    unnecessary: tuple[str, ...]
    necessity: tuple[str, ...]
    shown: tuple[str, ...]
    unshown: tuple[str, ...]
    shows: tuple[str, ...]
    denial: tuple[str, ...]
    denial_stands: tuple[str, ...]
    denial_falls: tuple[str, ...]
    upholds: tuple[str, ...]
    overturns: tuple[str, ...]
    request: tuple[str, ...]
    grants: tuple[str, ...]
    refuses: tuple[str, ...]
    negations: tuple[str, ...]
    near_words: int
    denied_clause: tuple[str, ...]
    affirmations: tuple[str, ...]
    open: tuple[str, ...]
    speakers: tuple[str, ...]
    rules: tuple[str, ...]
    says: tuple[str, ...]
    earlier: tuple[str, ...]
    attributed: tuple[str, ...]
    in_part: tuple[str, ...]
    concluding: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """A clause that says whether something is medically necessary, and where the words stand."""

    necessary: bool
    start: int
    end: int
    clause: Span
    subject: str = ""
    """What the verdict is about: the words before it in its clause, from the last mention of the request."""
    in_part: bool = False
    """Whether only a part of something is judged: "six of the twelve visits"."""

    @property
    def about(self) -> str:
        """The subject; where the noun is the verdict, with what it is said of: "necessity of ...", "shown for ..."."""
        text, start = self.clause.text, self.clause.start
        said, behind = text[self.start - start : self.end - start], _FOR.match(text, self.end - start)
        if not _NOUN.search(said):
            return self.subject
        return self.subject + (text[behind.end() :] if behind else said)


# Between a denial and the verdict that it governs stands no other finite verb: "is not a first choice ... is necessary".
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|remains?|appears?|seems?)\b", re.IGNORECASE)
_NOUN = re.compile(r"\b(?:necessity|need)\b", re.IGNORECASE)
_FOR = re.compile(r"\s+for\s+", re.IGNORECASE)
_LONGEST = 3000
"""No clause of the letters comes near so many characters."""
_HANGS_ON = re.compile(r"\W*(?:because|as|since|that)\b", re.IGNORECASE)
_CONCEDED = re.compile(r"\W*(?:while|although|though|even\s+though|despite|whereas|notwithstanding)\b", re.IGNORECASE)
_COPULA = (
    r"\b(?:is|are|was|were|be|been|being|as|deem\w*|consider\w*|find|found|judged?|seems?|appears?|remains?|prove\w*|meets?|not|also)"
    r"\b"
)


def verdicts(rationale: str, programme: str = DEFAULT) -> tuple[Verdict, ...]:
    """What each clause that speaks of medical necessity says, in the order of the text.

    Weaker words ("the request is not warranted") count only where no clause speaks of medical necessity itself. A clause in
    which a denying word stands far off may mean either to a machine; nothing is claimed of it.
    """
    return _verdicts(rationale, programme)


def without_notices(rationale: str, programme: str = DEFAULT) -> str:
    """The rationale up to the first fixed notice, which is no reason."""
    return _reader(programme).without_notices(rationale)


@lru_cache(maxsize=512)
def _verdicts(rationale: str, programme: str) -> tuple[Verdict, ...]:
    reader = _reader(programme)
    spans = list(_clauses(reader.without_notices(rationale)))
    strong = [verdict for clause, sentence in spans for verdict in _apart(reader.strong(clause, sentence), clause)]
    if strong:
        return tuple(strong)
    return tuple(verdict for clause, sentence in spans for verdict in reader.weak(clause, sentence))


def _clauses(text: str) -> Iterator[tuple[Span, Span]]:
    """Each clause with its sentence. What is longer than any prose (a table, a damaged file) is left out, or read by itself."""
    for sentence in sentences(text):
        for clause in clauses(sentence):
            if len(clause.text) <= _LONGEST:
                yield clause, sentence if len(sentence.text) <= 2 * _LONGEST else clause


def _apart(found: Iterable[Verdict], clause: Span) -> Iterator[Verdict]:
    """The verdicts of a clause, each with its own subject: what stands before one is no subject of the next."""
    end = clause.start
    for verdict in sorted(found, key=lambda verdict: verdict.start):
        own = max(len(verdict.subject) - max(verdict.start - end, 0), 0)
        yield replace(verdict, subject=verdict.subject[own:])
        end = verdict.end


@cache
def _reader(programme: str) -> _Reader:
    return _Reader(words(VerdictWords, "verdicts", programme))


def _any(listed: Iterable[str], *, whole: bool = True) -> str:
    """A pattern for any of the words; a space is any white space, and "n't" stands at the end of another word."""
    parts = (part.replace(" ", r"\s+").replace(r"[\s+-]", r"[\s-]") for part in listed)
    edge = r"\b" if whole else ""
    return "(?:" + "|".join(part if part.startswith("n'") else rf"{edge}(?:{part}){edge}" for part in parts) + ")"


class _Reader:
    """The words of one programme as patterns."""

    def __init__(self, said: VerdictWords) -> None:
        def pattern(text: str) -> re.Pattern[str]:
            return re.compile(text, re.IGNORECASE)

        self._said = said
        self._adjective = pattern(rf"(?P<no>{_any(said.unnecessary)})|{_any(said.necessary)}")
        self._attributed = pattern(rf"\s+{_any(said.attributed)}")
        self._copula = pattern(_COPULA)
        be = r"\b(?:is|are|was|were|has|have|had|cannot|can|be|remains?|could|does|did)\b"
        self._necessity = pattern(
            rf"{_any(said.necessity)}(?P<of>[^,;]{{0,250}}?){be}(?P<between>(?:\s+[\w']+){{0,5}}?)\s+"
            rf"(?:(?P<shown>{_any(said.shown)})|(?P<unshown>{_any(said.unshown)}))"
        )
        self._shows = pattern(rf"{_any(said.shows)}(?:\s+[\w']+){{0,5}}?\s+{_any(said.necessity)}")
        self._denial = pattern(
            rf"{_any(said.denial)}(?P<of>[^;]{{0,120}}?)\b(?:is|are|be|must|should|hereby)\b(?P<between>(?:\s+\w+){{0,3}}?)\s+"
            rf"(?:(?P<stands>{_any(said.denial_stands)})|(?P<falls>{_any(said.denial_falls)}))"
        )
        judged = (
            rf"\b(?:is|are|be|cannot|can)\b(?P<between>(?:\s+[\w'-]+){{0,5}}?)\s+"
            rf"(?:(?P<refuses>{_any(said.refuses)})|(?P<grants>{_any(said.grants)}))"
        )
        self._weak = pattern(rf"{_any(said.request)}(?P<of>.{{0,250}}?){judged}")
        self._concluding = pattern(_any(said.concluding))
        self._concluded = pattern(rf"(?P<of>.{{0,250}}?){judged}\W*$")
        self._on_denial = pattern(
            rf"(?:(?P<stands>{_any(said.upholds)})|(?P<falls>{_any(said.overturns)}))\s+(?:[\w']+\s+){{0,3}}?{_any(said.denial)}"
        )
        self._there_is = pattern(rf"\bthere\s+(?:is|are)\s+(?P<between>(?:\w+\s+){{0,3}}?){_any(said.necessity)}")
        self._negation = pattern(_any(said.negations))
        self._denied = pattern(rf"{_any(said.denied_clause)}[^,;]*?\b(?:that|why|how|for|of|of the)\b")
        self._affirmed = pattern(_any(said.affirmations))
        # A capital only at the head of the clause: a heading that is quoted may hold "When" as well.
        self._open = re.compile(rf"(?:^\W*(?i:{_any(said.open)}))|{_any(said.open)}")
        self._anew = pattern(r".*,\s*(?=(?:the|this|these)\s+(?:[\w-]+\s+){0,3}?request)")
        self._speech = pattern(
            rf"(?:{_any(said.speakers)}|{_any(said.rules)})(?:\s+[\w()'/-]+){{0,6}}?\s+{_any(said.says)}"
            rf"|{_any(('according to', 'per', 'in the words of', 'denied'))}\s+(?:the\s+)?{_any(said.speakers)}"
        )
        self._by_another = pattern(rf"\s+by\s+(?:the\s+)?{_any(said.speakers)}")
        self._earlier = pattern(_any(said.earlier))
        self._in_part = pattern(_any(said.in_part))

    def without_notices(self, rationale: str) -> str:
        """The rationale up to the first fixed notice."""
        for notice in self._said.notices:
            place = rationale.casefold().find(notice.casefold())
            if place >= 0:
                rationale = rationale[:place]
        return rationale

    def strong(self, clause: Span, sentence: Span) -> Iterator[Verdict]:
        """The clause's verdicts that speak of medical necessity, or of the denial."""
        text = clause.text.replace("’", "'")
        for match in self._adjective.finditer(text):
            before = text[: match.start()]
            if self._attributed.match(text, match.end()) or not self._is_said(before):
                continue
            denied = True if match["no"] else self._denies(before)
            if denied is not None:
                yield from self._placed(clause, sentence, match.span(), necessary=not denied)
        for match in self._necessity.finditer(text):
            verb, noun = text[match.end("of") : match.end("between")], " ".join(text[: match.start()].split()[-2:])
            no, none = bool(self._negation.search(verb)), bool(self._negation.search(noun))
            denied = bool(match["unshown"]) or no or none
            if self._open.search(text[match.start() : match.end("between")]) or self._by_another.match(
                text, match.end()
            ):
                continue
            yield from self._placed(clause, sentence, match.span(), necessary=not denied)
        for match in self._shows.finditer(text):
            denied_before = self._denies(text[: match.start()])
            if denied_before is not None:
                yield from self._placed(clause, sentence, match.span(), necessary=not denied_before)
        for match in self._there_is.finditer(text):
            denied = self._negation.search(match["between"]) is not None
            yield from self._placed(clause, sentence, match.span(), necessary=not denied)
        for match in self._on_denial.finditer(text):
            if (denied_before := self._denies(text[: match.start()])) is not None:
                yield from self._placed(clause, sentence, match.span(), necessary=bool(match["falls"]) != denied_before)
        for match in self._denial.finditer(text):
            denied = bool(self._negation.search(match["between"]))
            yield from self._placed(clause, sentence, match.span(), necessary=bool(match["falls"]) != denied)

    def weak(self, clause: Span, sentence: Span) -> Iterator[Verdict]:
        """The clause's verdict on the request in other words."""
        text = clause.text.replace("’", "'")
        match = self._weak.search(text) or (
            self._concluded.search(text) if self._concluding.search(sentence.text) else None
        )
        if match is None:
            return
        denied = bool(self._negation.search(text[match.end("of") : match.end("between")])) or bool(
            re.search(r"\bcannot\b", text[match.end("of") : match.end()], re.IGNORECASE)
        )
        first = match.end("between")
        place = (first + len(text[first:]) - len(text[first:].lstrip()), match.end())
        if not self._negation.search(match["of"]):
            yield from self._placed(clause, sentence, place, necessary=bool(match["grants"]) != denied)

    def _is_said(self, before: str) -> bool:
        """Whether the adjective is said of something, or stands alone: "Not medically necessary."."""
        return len(before.split()) <= 2 or self._copula.search(before) is not None

    def _denies(self, before: str) -> bool | None:
        """Whether the words before a verdict deny it; None where that cannot be told."""
        before = self._affirmed.sub(lambda match: "-" * len(match.group()), before)
        if self._denied.search(before):
            return True
        found = list(self._negation.finditer(before))
        if not found:
            return False
        last = found[-1]
        between = before[last.end() :]
        if last.group().casefold() == "without":
            return False if _FINITE.search(between) else None
        if len(between.split()) < self._said.near_words:
            return True
        return None if _FINITE.search(between) else True

    def _placed(self, clause: Span, sentence: Span, span: tuple[int, int], *, necessary: bool) -> Iterator[Verdict]:
        start, end = clause.start + span[0], clause.start + span[1]
        before = sentence.text[: start - sentence.start].replace("’", "'")
        own = self._anew.sub("", clause.text[: span[0]])
        if self._open.search(own) or self._was_earlier(own) or self._speaks_another(before, clause, sentence):
            return
        yield Verdict(necessary, start, end, clause, own, in_part=self._in_part.search(clause.text) is not None)

    def _was_earlier(self, own: str) -> bool:
        finite = _FINITE.findall(own)
        return (
            bool(finite) and finite[-1].casefold() in {"was", "were", "had"} and self._earlier.search(own) is not None
        )

    def _speaks_another(self, before: str, clause: Span, sentence: Span) -> bool:
        """Whether the words are another's: reported in the clause, or in the one that it hangs on by "because" or "that"."""
        found = list(self._speech.finditer(before))
        if not found:
            return False
        match = found[-1]
        own = clause.start - sentence.start
        between = before[match.end() :]
        # "While utilization review held it unnecessary, the request is ...": the reported part ends at the comma.
        if self._anew.match(between) or (_CONCEDED.match(before) and "," in between):
            return False
        return match.end() > own or _HANGS_ON.match(clause.text) is not None

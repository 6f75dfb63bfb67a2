"""Finds citations in free text: guideline lines of every era, and rationales. First find, then `resolve`.

for mention in find_citations("Per the ODG, Neck and Upper Back chapter, MRI is an option."):
    mention.start, mention.end, mention.organisation, mention.title, mention.section
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from evenhand.citations.editions import Source
from evenhand.citations.lookup import passage_names
from evenhand.citations.mention import Mention
from evenhand.citations.studies import find_studies
from evenhand.citations.tokens import Grammar, Token, grammar, stands_alone, title_at, tokens_in
from evenhand.programmes import DEFAULT
from evenhand.treatments.vocabulary import plain

__all__ = ["Mention", "find_citations"]

# What may stand between two parts of one citation.
_WORDS = (
    r"the|of|in|for|and|to|on|under|from|by|per|see|at|a|its|california|ca|state|guidelines?|practice|occupational|medicine|"
    r"medical|treatment|chapters?|section|complaints|disorders|current|version|online|edition|latest|acute|chronic|schedule|"
    r"evidence|based|clinical|effective|july|adopted|ccr|c\.\s?c\.\s?r\.?|title|code|regulations?|annual|official|or|nor|citation|non|"
    r"other|criteria|preface|revised|as|work|loss|data|institute|s"
)
_GLUE = re.compile(
    rf"(?:[\s,:()\[\]/\"“”'’&§–-]|\.(?=\s*(?-i:[a-z§(,)]))|\.(?=\s+(?:page|pg|p\.|chapter|section|table|\d))|\b(?:{_WORDS})\b"
    r"|\b8(?=\s+c)|\b\d{1,2}(?=,\s))*",
    re.IGNORECASE,
)
_ANEW = re.compile(r"\b(?:and|or|nor)\b|;", re.IGNORECASE)
_BOUNDARY = re.compile(r"\s*(?:chapters?\b|section\b|guidelines?\b|\(|[-–,;.:/]|$|and\b)", re.IGNORECASE)
_TAIL = re.compile(
    r"(?i:\s*\((?:acute|chronic|trauma)[^)]*\))?(?:\s+(?:chapter|section|guidelines?)\b)?\s*(?:[,:/]|[-–](?=\s))\s*"
    r"(?P<words>[A-Z#(][^;\n]{1,90}?)(?=\s*(?:[;\n]|\.(?:\s|$)|$|,?\s+and\s+(?:the\s+)?[A-Z]{3}|\(?\bupdated\b|\bpages?\b|\bpp?g?\.))",
)
# From here on a sentence goes on, and no title.
_SENTENCE = re.compile(
    r"[,\s]+(?:is|are|was|were|be|states?|stated|notes?|recommends?|does|do|not|may|should|can|would|has|have|which|that|as|the|"
    r"indicates?|supports?|there|this|it|if|when|in|with|shows?|says?)\b.*",
    re.DOTALL,
)
_AT_A_STOP = re.compile(r"(?<!\b\d)\.(?=\s|$)|;|$")
_ITS_YEAR = re.compile(r"\W{1,3}((?:19|20)\d\d)\b\)?")
_REACH = 140
"""So far after a body's name the title of its work is looked for."""
_COMMA = re.compile(r",(?![^(\[]*[)\]])\s*")


@dataclass
class _Draft:
    """A citation in the making."""

    code: str
    start: int
    end: int
    title: str | None = None
    publisher: str | None = None
    number: str | None = None
    regulation: str | None = None
    edition: str | None = None
    year: int | None = None
    sections: tuple[str, ...] = ()
    pages: list[str] = field(default_factory=list)
    regulation_last: bool = False
    """Whether the section of the regulation was read last: a full stop may stand between it and its title."""

    def take(self, token: Token) -> None:
        """Adds what the token says; the first word on a thing stands."""
        match token.kind:
            case "title":
                self.title = self.title or token.value
            case "chapter":
                self.number = self.number or token.value
            case "regulation":
                self.regulation = self.regulation or token.value
            case "edition":
                self.edition = self.edition or token.value
            case "year":
                self.year = self.year or int(token.value)
            case "updated":
                self.year = self.year or int(token.value[-2:]) + 2000
            case "pages":
                self.pages += [page.strip() for page in re.split(r",|\band\b|&", token.value)]
        self.regulation_last = token.kind == "regulation"
        self.start, self.end = min(self.start, token.start), max(self.end, token.end)


def find_citations(text: str, *, programme: str = DEFAULT) -> tuple[Mention, ...]:
    """The citations in a text, in order, each with its place; the schedule's, guidelines' and studies'."""
    words = grammar(programme)
    studies = find_studies(text)
    taken = [(study.start, study.end) for study in studies]
    drafts = _Reader(text, words).drafts()
    others = (_mention(draft, text, words) for draft in drafts)
    kept = (other for other in others if not any(a < other.end and other.start < b for a, b in taken))
    return tuple(sorted((*studies, *kept), key=lambda mention: mention.start))


class _Reader:
    """Goes through the tokens of a text and gathers those that belong together."""

    def __init__(self, text: str, words: Grammar) -> None:
        self.text, self.words = text, words
        self.done: list[_Draft] = []
        self.open: _Draft | None = None
        self.waiting: list[Token] = []
        """Titles and pages before the name of their source: "chapter 12 of the ..."."""

    def drafts(self) -> list[_Draft]:
        """The citations of the text."""
        behind = 0
        for token in tokens_in(self.text, self.words):
            if token.start < behind:
                continue
            gap = self.text[behind : token.start] if behind else "."
            after_law = gap.strip() == "." and self.open is not None and self.open.regulation_last
            if not (after_law or _GLUE.fullmatch(gap)):
                inherits = gap.strip() == ";" and token.kind == "title"
                self._close(inherits)
            behind = self._read(token, gap)
        self._close()
        return self.done

    def _close(self, inherits: bool = False) -> None:
        """Ends the open citation; after a semicolon a chapter without a publisher is the same publisher's."""
        before = self.open
        if before is not None:
            self.done.append(before)
        self.open, self.waiting = None, []
        if before is not None and inherits:
            self.open = _Draft(before.code, before.end + 1, before.end + 1)

    def _read(self, token: Token, gap: str) -> int:
        """Takes in one token; gives the place up to which the text is read."""
        match token.kind:
            case "name":
                self._name(token, gap)
            case "sections":
                return self._sections(token)
            case "title":
                self._title(token, gap)
            case "regulation" if self.open is None:
                self.open = _Draft(Source.MTUS, token.start, token.end, regulation=token.value)
            case _ if self.open is not None:
                self.open.take(token)
            case _:
                self.waiting.append(token)
        return token.end

    def _name(self, token: Token, gap: str) -> None:
        code = self.words.codes[plain(token.value)]
        draft = self.open
        if draft is not None and not _ANEW.search(gap):
            if (draft.code, code) == (Source.MTUS, Source.ACOEM):
                draft.publisher, draft.end = code, token.end
                return
            if code == draft.code and not draft.sections and not draft.pages:
                draft.end = token.end
                return
        waiting = self.waiting if draft is None else []
        self._close()
        self.open = _Draft(code, token.start, token.end)
        for before in waiting:
            self.open.take(before)

    def _title(self, token: Token, gap: str) -> None:
        draft = self.open
        if draft is None:
            if stands_alone(self.text, token, self.words):
                self.open = _Draft(Source.MTUS, token.start, token.end)
                self.open.take(token)
            else:
                self.waiting.append(token)
        elif draft.code not in set(Source):
            return  # another body's works are looked for by their own titles
        elif draft.title is None and not draft.sections:
            draft.take(token)
        elif self._another(draft, token):
            self._close()
            self.open = _Draft(draft.code, token.start, token.end)
            self.open.take(token)

    def _another(self, draft: _Draft, token: Token) -> bool:
        """Whether a second title begins another chapter of the same source, and is not the name of a passage."""
        if draft.code == Source.MTUS:
            return stands_alone(self.text, token, self.words)
        named = self.words.book.titles[Source(draft.code)].editions.get(plain(token.value), ())
        return bool(named) and not named[0].recurring and bool(_BOUNDARY.match(self.text, token.end))

    def _sections(self, token: Token) -> int:
        """Reads the names after "Section(s):", up to the next chapter or the end of the sentence."""
        if self.open is None:
            return token.end
        stop = _AT_A_STOP.search(self.text, token.end)
        end = stop.start() if stop else len(self.text)
        for joint in re.finditer(r",?\s+and\s+|[,;]\s+|\bpage", self.text[token.end : end], re.IGNORECASE):
            place = token.end + joint.end()
            chapter = title_at(self.text, place, self.words)
            if "page" in joint.group().lower() or (chapter and stands_alone(self.text, chapter, self.words)):
                end = token.end + joint.start()
                break
        self.open.sections = _split(self.text[token.end : end], self.words)
        self.open.end = end
        return end


def _split(text: str, words: Grammar) -> tuple[str, ...]:
    """Names of sections, parted at commas outside brackets; known names that hold a comma stay whole."""
    known = {name for e in words.book.book.editions if e.source is Source.MTUS for name in passage_names(e)}
    pieces: list[str] = []
    for piece in filter(None, (part.strip(" .") for part in _COMMA.split(text))):
        joined = f"{pieces[-1]}, {piece}" if pieces else piece
        if pieces and (piece[0].islower() or _begins(joined, known)):
            pieces[-1] = joined
        else:
            pieces.append(piece)
    return tuple(pieces)


def _begins(text: str, known: Iterable[str]) -> bool:
    flat = plain(text)
    return any(name == flat or name.startswith(f"{flat} ") for name in known)


def _mention(draft: _Draft, text: str, words: Grammar) -> Mention:
    _take_tail(draft, text)
    _take_work(draft, text, words)
    cited = text[draft.start : draft.end]
    start = draft.start + len(cited) - len(cited.lstrip(" ,;"))
    numbered = f"Chapter {draft.number}" if draft.number else None
    schedule = draft.code == Source.MTUS
    chapter = " ".join(filter(None, (numbered, draft.title))) or draft.regulation
    title = " ".join(filter(None, (draft.edition, numbered, draft.title))) or None
    return Mention(
        start=start,
        end=draft.end,
        text=text[start : draft.end],
        kind="mtus" if schedule else "guideline",
        chapter=chapter if schedule else None,
        sections=draft.sections if schedule else (),
        organisation=_name(draft.publisher if schedule else draft.code, words),
        title=None if schedule else title,
        section=None if schedule else ", ".join(draft.sections) or None,
        year=draft.year,
        pages=tuple(draft.pages),
    )


def _take_tail(draft: _Draft, text: str) -> None:
    """What follows a title like the name of a passage."""
    if draft.sections or draft.pages or not (draft.title or draft.number):
        return
    tail = _TAIL.match(text, draft.end)
    named = _SENTENCE.sub("", tail["words"]).strip(" ,.-:") if tail else ""
    if tail and named:
        draft.sections, draft.end = (named,), max(draft.end, tail.start("words") + len(named))


def _take_work(draft: _Draft, text: str, words: Grammar) -> None:
    """The title of a body's work, and its year, later in the sentence."""
    if draft.code not in words.works or draft.title is not None:
        return
    stop = _AT_A_STOP.search(text, draft.end)
    until = min(stop.start() if stop else len(text), draft.end + _REACH)
    if work := words.works[draft.code].search(text, draft.end, until):
        year = _ITS_YEAR.match(text, work.end())
        draft.title, draft.end = work.group(), year.end() if year else work.end()
        draft.year = draft.year or (int(year[1]) if year else None)


def _name(code: str | None, words: Grammar) -> str | None:
    """What the source is called: the first of an organisation's names, or a body's name."""
    if code is None:
        return None
    names = words.book.book.organisations.get(code)
    return names[0] if names else words.book.whole[code].title

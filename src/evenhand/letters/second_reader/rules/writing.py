"""EH6: how the letter is written. What the checks on readers' ease read stands in `readable`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from evenhand.letters.second_reader.catalogue import Craft, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.reading import Fault, Passage, Reading
from evenhand.letters.second_reader.rules.style import StyleWords, joined, own_words, style_words

# A full stop, comma or semicolon with a word right behind it: "necessary.CA", "pain,which", "2016.The".
_NO_SPACE = re.compile(
    r"(?<![\w./@:-])(?:(?P<left>[A-Za-z][\w’'/-]*[a-z0-9’')]|[A-Za-z][a-z])|(?P<number>\d[\d/,-]*\d))(?P<mark>[.;,?!])(?P<right>[A-Za-z][\w’'-]*)"
)
_BEHIND_BRACKET = re.compile(r"(?<=\d)\)[.;](?P<right>[A-Z][a-z]+)\b(?!\.\w)")
_ADDRESS = re.compile(
    r"\S*(?:https?:|www\.|@|\.(?:com|org|gov|net|edu|pdf|html?|doi)\b|[A-Za-z]/\w+/\w)\S*|\b(?:[A-Za-z]\.){2,}[A-Za-z]?\.?",
    re.IGNORECASE,
)
_CASE_CHANGE = re.compile(r"(?<![\w/.@-])(?P<left>[A-Za-z]?[a-z]{2,})(?P<right>[A-Z][a-z]{2,})(?![\w@]|\.\w)")
_WORD = re.compile(r"(?<![\w@/.’'-])[A-Za-z]{5,}(?![\w@/’'-]|\.\w)")
_DOUBLED = re.compile(r"(?<![\w’'.-])(?P<one>[A-Za-z]+(?:\s+[A-Za-z]+){0,2})\s+(?P=one)(?![\w’'-])", re.IGNORECASE)
# The pages that a sentence rests on stand behind its full stop.
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*(?:\s*\[pages?\s[\d,\s–-]+\])?$")
_BEGINS = re.compile(r"^[\"'“‘(\[]*(?P<word>[^\W\d_][\w/.-]*)")
_LAST_WORD = re.compile(r"([A-Za-z][\w’'-]*)[^\w]*$")


@check(
    "EH601",
    Severity.NOTE,
    because=Craft("Words that run together stop a reader, and a search or a screen reader does not find them."),
    to_do="Put the space in.",
)
def run_together_words(letter: Reading) -> Iterator[Fault]:
    """Two words or two sentences run together, with no space between them.

    Three signs count in the summary and the rationales: a word right behind a full stop, comma or semicolon; a capital within a
    word that begins small; and a word that is two others, of which one is often glued (not, the, for) or both stand elsewhere
    in the letter. Addresses, decimals, abbreviations with full stops, names with capitals within, and real compounds are left
    alone. "mg.Tablet" counts.
    """
    known = style_words(letter)
    counted = Counter(re.findall(r"[a-z]+", " ".join(passage.text for passage in letter.passages).casefold()))
    glued = frozenset(word for word in counted if _glued(word, known, counted))
    for passage in own_words(letter):
        seen: set[int] = set()
        for start, end in sorted(_runs(passage.text, known, glued, counted)):
            if start not in seen and not _in_address(passage.text, start, end):
                seen.add(start)
                yield Fault(f"“{passage.text[start:end]}” runs together.", passage.place(start, end))


def _in_address(text: str, start: int, end: int) -> bool:
    begin, stop = text.rfind(" ", 0, start) + 1, text.find(" ", end)
    return _ADDRESS.search(text[begin : stop if stop >= 0 else len(text)]) is not None


def _runs(text: str, known: StyleWords, glued: frozenset[str], counted: Counter[str]) -> Iterator[tuple[int, int]]:
    for match in _NO_SPACE.finditer(text):
        if _two_sentences(match, known, counted):
            yield match.span()
    yield from (match.span() for match in _BEHIND_BRACKET.finditer(text))
    for match in _CASE_CHANGE.finditer(text):
        small, names = match["left"][0].islower(), known.cased_names
        both = (
            len(match["left"]) > 3
            and _is_word(match["left"], known, counted)
            and _is_word(match["right"], known, counted)
        )
        if (small or both) and not any(match[0].startswith(name) for name in names):
            yield match.span()
    for match in _WORD.finditer(text):
        if match[0].casefold() in glued and match[0][1:].islower():
            yield match.span()


def _two_sentences(match: re.Match[str], known: StyleWords, counted: Counter[str]) -> bool:
    """Whether the words beside a mark belong to two clauses."""
    right, mark = match["right"], match["mark"]
    if match["number"]:
        listed = len(match["number"]) < 3 and not match.string[: match.start()].rstrip()[-1:].isalnum()
        return mark in ".;" and right[0].isupper() and right[1:2].islower() and not listed
    if mark in ",;!?":
        return len(right) > 1 and (len(match["left"]) > 2 or match["left"].islower())
    if right[0].isupper():
        return len(match["left"]) > 2 or match["left"].islower()
    return _is_word(right, known, counted) and _is_word(match["left"], known, counted)


def _is_word(word: str, known: StyleWords, counted: Counter[str]) -> bool:
    word = word.casefold()
    return word in _common(known.common) or counted[word] > 1 or word in known.never_last


@lru_cache(maxsize=8)
def _common(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


@lru_cache(maxsize=8)
def _pairs(known: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """Two little words as one: "ofthe", "isnot"."""
    little_before, little_after, verbs_before, verbs_after = known
    return frozenset(
        {a + b for a in little_before for b in little_after}
        | {a + b for a in verbs_before for b in verbs_after} - {"maybe"}
    )


def _glued(word: str, known: StyleWords, counted: Counter[str]) -> bool:
    """Whether a word is two others."""
    if word in _pairs((known.little_before, known.little_after, known.verbs_before, known.verbs_after)):
        return True
    common = _common(known.common)
    if len(word) < 6 or word in common or word in _common(known.real_words) or counted[word] > 2:
        return False
    for glue in known.glue_before:
        if word.startswith(glue) and len(word) - len(glue) > 3 and _stands(word[len(glue) :], common, counted, glue):
            return True
    for glue in known.glue_after:
        if word.endswith(glue) and len(word) - len(glue) > 3 and _stands(word[: -len(glue)], common, counted, glue):
            return True
    halves = (
        (word[:cut], word[cut:]) for cut in range(3, len(word) - 2) if word[:cut] in counted or word[:cut] in common
    )
    return any(
        _both(left, right, common, counted)
        for left, right in halves
        if left not in known.word_beginnings and right not in known.word_endings
    )


def _stands(word: str, common: frozenset[str], counted: Counter[str], glue: str) -> bool:
    return word in common or (len(glue) > 2 and len(word) > 4 and counted[word] > 0)


def _both(left: str, right: str, common: frozenset[str], counted: Counter[str]) -> bool:
    """Whether both halves are words of their own. Short halves must be common ones."""
    return len(left) + len(right) > 6 and all(
        half in common or (len(half) > 3 and counted[half] > 0) for half in (left, right)
    )


@check(
    "EH603",
    Severity.WARNING,
    because=Craft("A placeholder shows that something was to be written here and was not."),
    to_do="Write what belongs here, or take the placeholder out.",
)
def unfinished_text(letter: Reading) -> Iterator[Fault]:
    """A placeholder was left in the text: a bracket to fill in, XXX, TBD, question marks, blanks, a template's braces.

    Read is every part that has text. Words that a quotation adds in brackets ("[the employee]" within a sentence in quotation
    marks), "[sic]", numbers of notes, and a single question mark are left alone.
    """
    known = style_words(letter)
    right = joined(known.not_placeholders)
    for passage in letter.passages:
        for match in joined(known.placeholders).finditer(passage.text):
            quoted = match[0].startswith("[") and _within_quotation(passage.text, match.start())
            if not quoted and not right.match(passage.text, match.start()):
                yield Fault(f"“{match[0]}” was left in the text.", passage.place(match.start(), match.end()))


def _within_quotation(text: str, place: int) -> bool:
    """Whether a place stands between quotation marks."""
    before = text[:place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


@check(
    "EH604",
    Severity.NOTE,
    because=Craft("A word written twice is a slip; sometimes the second should have been another."),
    to_do="Take one of them out, or put in the word that was meant.",
)
def doubled_words(letter: Reading) -> Iterator[Fault]:
    """A word, or two or three together, stands twice in a row.

    Read are the items, the summary and the rationales. Words that may stand twice ("that that", "had had") are left alone, and
    so are words with a mark between them, numbers, and parts of hyphenated words.
    """
    known = style_words(letter)
    for passage in (letter.summary, *(part for item in letter.items for part in (item.heading, item.rationale))):
        for match in _DOUBLED.finditer(passage.text):
            if match["one"].casefold() not in known.may_double and not (
                len(match["one"]) == 1 and match["one"] not in {"a", "A"}
            ):
                yield Fault(f"“{match[0]}” stands twice.", passage.place(match.start(), match.end()))


@check(
    "EH605",
    Severity.WARNING,
    because=Craft("A text that breaks off may have lost the reason that decides."),
    to_do="Compare with the reviewer's draft, and complete the sentence.",
)
def sentence_cut(letter: Reading) -> Iterator[Fault]:
    """The summary or a rationale ends or begins in the middle of a sentence.

    It ends so where its last sentence has no mark behind it, or a word that no sentence ends with ("because the."); it begins
    so with a small letter or a comma. Whole verdicts without their full stop, lists whose lines stand alone, and terms that are
    written small at the beginning of a sentence ("pH", "s/p") are left alone.
    """
    known = style_words(letter)
    for passage in own_words(letter):
        text = passage.text.rstrip()
        start = len(text) - len(text.lstrip())
        begin = _cut_begin(text.lstrip(), known)
        if begin:
            yield Fault("The text begins in the middle of a sentence.", passage.place(start, start + begin))
        if _cut_end(passage, known):
            last = max(text.rfind(" ", 0, max(0, len(text) - 25)) + 1, 0)
            yield Fault("The text ends in the middle of a sentence.", passage.place(last, len(text)))


def _cut_begin(text: str, known: StyleWords) -> int:
    """How many characters of a text show that it begins within a sentence; 0 where they do not."""
    if text[:1] in {",", ";", ")", "]"} or text.startswith((". ", "- ", "… ")):
        return 1
    match = _BEGINS.match(text)
    if match is None or not match["word"][0].islower():
        return 0
    word = match["word"].rstrip(".")
    if "/" in word or word.casefold() in known.may_begin[:-3] or any(sign.isupper() for sign in word):
        return 0
    return match.end()


def _cut_end(passage: Passage, known: StyleWords) -> bool:
    text = passage.text.rstrip()
    match = _LAST_WORD.search(text)
    last = match[1].casefold() if match else ""
    if _ENDS.search(text):
        return (
            last in known.never_closes
            and not text.endswith(("?", "…", "..."))
            and match is not None
            and match[1].islower()
        )
    if last in known.never_last:
        return True
    line = text.rsplit("\n", 1)[-1].casefold()
    return not (
        text.casefold().rstrip("\"'”’)]").endswith(known.whole_endings) or re.match(r"\s*(?:[-•*]|\d+[.)])\s", line)
    )

"""EH6: whether the worker, for whom the letter is, can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evenhand.letters.second_reader.catalogue import Craft, check
from evenhand.letters.second_reader.finding import Profile, Severity
from evenhand.letters.second_reader.prose import Span
from evenhand.letters.second_reader.reading import Fault, Passage, Reading
from evenhand.letters.second_reader.rules.style import Measures, own_words, style_words

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_MARK = re.compile(r"[,;:]\s")
# Where a long sentence is a list, each entry reads like one of its own.
_BREAK = re.compile(r";\s|\n|:\s|(?<=\s)\(?(?:\d{1,2}|[a-h])\)\s")


@check(
    "EH602",
    Severity.NOTE,
    because=Craft(
        "The letter is for the worker, who must be able to follow the reasons. The law asks for plain language as far as possible."
    ),
    to_do="Shorten the sentences, and say medical terms in plain words where that is possible.",
)
def reading_grade(letter: Reading) -> Iterator[Fault]:
    """The summary or a rationale asks for more schooling than a worker can be expected to have.

    Flesch-Kincaid: 0.39 times the words of a sentence, plus 11.8 times the syllables of a word, minus 15.59. Entries of a list
    count as sentences of their own, numbers and capitals alone are not read, and names in the middle of a sentence and long
    terms count with a limit, so that a list of drugs does not decide. Short texts are not measured. The limit stands in the
    programme's words, with its reason.
    """
    known = style_words(letter).measures
    for passage in own_words(letter):
        grade = flesch_kincaid(passage, known)
        if grade is not None and grade > known.highest_grade:
            limit = f"more than {known.highest_grade:g} asks for more than four years of college"
            what = f"Reading grade {grade:.1f} (Flesch-Kincaid); {limit}."
            yield Fault(what, passage.place())


@check(
    "EH606",
    Severity.NOTE,
    because=Craft("A worker cannot be expected to know the abbreviations of medicine."),
    to_do="Write the words out where the abbreviation stands first.",
    profiles=(Profile.ISSUE,),
)
def abbreviation_unexplained(letter: Reading) -> Iterator[Fault]:
    """A rationale uses an abbreviation of medicine that the letter nowhere spells out.

    The abbreviations stand in the programme's words, each with what spells it out; those that everybody knows (MRI, CT) are not
    among them. An abbreviation is explained where its words stand anywhere in the items, the summary or a rationale. Each is
    told once.
    """
    known = style_words(letter).abbreviations
    texts = [letter.summary.text, *(text for item in letter.items for text in (item.heading.text, item.rationale.text))]
    whole, told = " ".join(" ".join(texts).casefold().split()), set()
    for item in letter.items:
        for match in _abbreviation(tuple(known)).finditer(item.rationale.text):
            short = match[0]
            if short.rstrip("s") not in told and not any(words in whole for words in known[short]):
                told.add(short.rstrip("s"))
                yield Fault(f"“{short}” is nowhere spelled out.", item.rationale.place(match.start(), match.end()))


@check(
    "EH607",
    Severity.NOTE,
    because=Craft("In a very long sentence a reader loses the beginning before the end."),
    to_do="Make two or three sentences of it.",
)
def very_long_sentence(letter: Reading) -> Iterator[Fault]:
    """A sentence of the summary or a rationale has more words than a reader can hold.

    Where it is a list, each entry behind a semicolon, a colon or a number counts alone. The limit stands in the programme's
    words, with its reason.
    """
    longest = style_words(letter).measures.longest_sentence
    for passage in own_words(letter):
        for sentence in passage.sentences:
            count = max(len(piece.split()) for piece in _BREAK.split(sentence.text))
            if count > longest:
                yield Fault(f"A sentence of {count} words.", passage.place(sentence.start, sentence.end))


def flesch_kincaid(passage: Passage, known: Measures) -> float | None:
    """The Flesch-Kincaid grade of a passage; `None` where it is too short to be measured."""
    count = syllables = spans = 0
    for sentence in passage.sentences:
        found = [word for word in _words(sentence) if len(word) > 1 or word in {"a", "I", "A"}]
        if found:
            count += len(found)
            syllables += sum(min(_syllables(word.casefold()), known.most_syllables) for word in found)
            spans += _entries(sentence)
    if count < known.fewest_words:
        return None
    return 0.39 * count / spans + 11.8 * syllables / count - 15.59


def _words(sentence: Span) -> Iterator[str]:
    """The words of a sentence that are read as words: neither abbreviations nor names in its middle."""
    for match in _WORD.finditer(sentence.text):
        word = match[0]
        if not (word.isupper() and len(word) > 1) and (match.start() == 0 or word[0].islower()):
            yield word


def _entries(sentence: Span) -> int:
    """How many sentences one counts as: a list counts by its entries, of which four are short and follow one another."""
    listed = run = words = 0
    for piece in _MARK.split(sentence.text):
        length = len(piece.split())
        run, words = (run + 1, words + length) if length <= 5 else (0, 0)
        listed = max(listed, words if run >= 4 else 0)
    pieces = len([piece for piece in _BREAK.split(sentence.text) if len(piece.split()) > 3])
    return max(1, pieces, 1 + listed // 8)


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    """The syllables of a word, by its groups of vowels."""
    word = re.sub(r"[^a-z]", "", word)
    count = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and count > 1:
        count -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")) and count > 1:
        count -= 1
    return max(1, count)


@lru_cache(maxsize=4)
def _abbreviation(known: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.compile(rf"(?<![\w/-])(?:{names})(?![\w/-])")

"""EH1: the worker, as the parts of the letter speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.prose import Span
from evenhand.letters.second_reader.reading import Fault, Passage, Reading
from evenhand.letters.second_reader.rules.mentions import FactWords, SexWords, Token, fact_words, tokens
from evenhand.letters.second_reader.rules.statements import speaks_of

# So many letters of a verb stay the same in all its forms: "would recommend", "recommended".
_STEM = 5
# "44 y/o F", "44yoM", "44-year-old M".
_AGED_LETTER = re.compile(r"\b\d{2}\s?-?(?:y\W?o|y(?:ea)?r\W?old)\W{0,2}([MF])\b", re.I)
_NEAR = 15
"""So far before a letter stands the age that makes it a sex."""
_OF_AGE = re.compile(r"['’s]*\s+(?:of|aged)\s+\d{2}\b", re.I)
_OUTRIGHT = 2
"""What says the sex outright weighs as much as so many pronouns."""
_HELPERS = frozenset({"has", "had", "would", "will", "also", "then", "did"})


@dataclass(frozen=True)
class Sexed:
    """A word that tells the worker's sex: in which passage, where, and whether it says so outright ("a 44-year-old man")."""

    sex: str
    passage: Passage
    start: int
    end: int
    outright: bool


@check(
    "EH108",
    Severity.WARNING,
    because=Law("as_requested"),
    to_do="Compare with the records: a part of the letter may have been written about somebody else.",
)
def sex_differs(letter: Reading) -> Iterator[Fault]:
    """The letter speaks of the worker as a man in one place and as a woman in another.

    Outright words about the worker ("a 44-year-old man", Mr., Ms.) and pronouns count, where nobody else can be
    meant: not beside a wife, a son or a supervisor, not where a physician is the one who speaks or acts, not "he or
    she", not what sources say of men or women.
    """
    found = [each for passage in _passages(letter) for each in _sexed(passage, letter.programme)]
    told = dict.fromkeys(each.sex for each in found)
    weights = {sex: sum(_OUTRIGHT if each.outright else 1 for each in found if each.sex == sex) for sex in told}
    if len(weights) < 2:
        return
    # In a tie what the letter says outright, or first.
    outright = {each.sex for each in found if each.outright}
    right = max(weights, key=lambda sex: (weights[sex], len(outright) == 1 and sex in outright))
    seen = set[tuple[str, int | None]]()
    for each in found:
        key = (each.passage.part.value, each.passage.item)
        if each.sex != right and key not in seen:
            seen.add(key)
            what = f"“{each.passage.text[each.start : each.end]}” is said of the worker, who is {right} by the rest of the letter."
            yield Fault(what, each.passage.place(each.start, each.end))


def _passages(letter: Reading) -> Iterator[Passage]:
    yield letter.summary
    for item in letter.items:
        yield item.rationale


def _sexed(passage: Passage, programme: str) -> Iterator[Sexed]:
    """The words of a passage that tell the worker's sex."""
    known = fact_words(programme)
    for sentence in passage.sentences:
        source = speaks_of("sources", sentence.text, programme)
        if source and speaks_of("people", sentence.text, programme):
            continue
        said = tokens(sentence.text)
        others = source or speaks_of("other_persons", sentence.text, programme)
        for at, token in enumerate(said):
            for sex, listed in known.sexes.items():
                start, end = token.start + sentence.start, token.end + sentence.start
                if not source and _outright(sentence, said, at, listed, known):
                    yield Sexed(sex, passage, start, end, True)
                elif token.word in listed.pronouns and (
                    _owns(said, at, known)
                    if others and not source
                    else _means_worker(sentence, said, at, listed, known)
                ):
                    yield Sexed(sex, passage, start, end, False)


def _outright(sentence: Span, said: tuple[Token, ...], at: int, listed: SexWords, known: FactWords) -> bool:
    """Whether a word says the worker's sex outright: "a 44-year-old man", "this woman's", "44 y/o F", "Ms. Doe"."""
    token = said[at]
    own = sentence.text[token.start : token.end]
    noun = token.word.removesuffix("s") if re.search(r"['’]s$", own) else token.word
    if noun in listed.self:
        return _is_worker(sentence, said, at, known)
    if token.word in listed.titles:
        return own[0].isupper() and _name_follows(sentence, token)
    letter = _AGED_LETTER.search(sentence.text, max(0, token.start - _NEAR), token.end)
    return letter is not None and letter.end() == token.end and letter[1].lower() in listed.letters


def _is_worker(sentence: Span, said: tuple[Token, ...], at: int, known: FactWords) -> bool:
    """Whether "man" or "female" is said of the worker: "a 44-year-old man", "the patient is a male", "the man's knee"."""
    before = [token.word for token in said[max(0, at - 5) : at]]
    after = [token.word for token in said[at + 1 : at + 2]]
    aged = any(word in {"old", "yo", "year", "y"} for word in before) or _OF_AGE.match(sentence.text, said[at].end)
    named = (
        bool(set(before) & set(known.workers) - {"that"})
        or before[-1:] == ["this"]
        or (before[-1:] == ["the"] and after != ["who"])
        or bool(set(after) & set(known.workers))
    )
    return bool(aged) or named


def _name_follows(sentence: Span, title: Token) -> bool:
    rest = sentence.text[title.end :].lstrip(". ")
    return rest[:1].isupper() or rest[:1] in {"[", "_", "*"}


def _owns(said: tuple[Token, ...], at: int, known: FactWords) -> bool:
    """Whether a pronoun says whose relative somebody is: "her husband" is the worker's."""
    return bool(said[at + 1 : at + 2]) and said[at + 1].word in known.other_persons


def _is_object(sentence: Span, said: tuple[Token, ...], at: int, listed: SexWords, known: FactWords) -> bool:
    """Whether a pronoun is the one to whom something is done: "examined her in May", not "in her note"."""
    behind = sentence.text[said[at].end :]
    goes_on = at + 1 < len(said) and said[at + 1].word not in known.after_objects
    return said[at].word in listed.objects and (not goes_on or re.match(r"\s*[.,;:)]", behind) is not None)


def _means_worker(sentence: Span, said: tuple[Token, ...], at: int, listed: SexWords, known: FactWords) -> bool:
    """Whether a pronoun can only mean the worker."""
    pair = sentence.text[max(0, said[at].start - 6) : said[at].end + 7].lower()
    if any(
        both in pair
        for both in (
            "/he",
            "/she",
            "/his",
            "/her",
            "he/",
            "she/",
            "his/",
            "her/",
            "or she",
            "or her",
            "he or",
            "his or",
            "or he",
            "s/he",
            "(s)he",
        )
    ):
        return False
    if re.match(r",\s*(?:et al|\d{4})", sentence.text[said[at].end :]):
        return False  # An author: "(He, 2004)".
    does = said[at + 1 : at + 2 + (said[at + 1 : at + 2] != () and said[at + 1].word in _HELPERS)]
    if any(token.word.startswith(verb[:_STEM]) for token in does for verb in known.clinicians_do):
        return False
    if _is_object(sentence, said, at, listed, known):
        return True
    before = [token.word for token in said[:at]]
    if said[at + 1 : at + 2] and said[at + 1].word in {"would", "will"} and set(before) & set(known.clinicians):
        return False  # "The therapist wrote that she would go on": either may be meant.
    for word in reversed(before):
        if word in known.workers:
            return True
        if word in known.clinicians:
            return False
    return True

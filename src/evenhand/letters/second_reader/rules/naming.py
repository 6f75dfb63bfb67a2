"""EH1: whether the reasons name what they decide, and no other drug."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evenhand.letters.second_reader.catalogue import Law, Required, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.reading import Fault, Passage, Reading
from evenhand.letters.second_reader.rules.amounts import amounts, strengths
from evenhand.letters.second_reader.rules.asked import Asked, asked
from evenhand.letters.second_reader.rules.mentions import Named, drugs, fact_words, kind_of, kinds, spots, tokens
from evenhand.letters.second_reader.rules.statements import Said, Statement, speaks_of, statements


@check(
    "EH106",
    Severity.ERROR,
    because=Law("as_requested"),
    to_do="Decide on the drug that was requested, or correct its name.",
)
def drug_differs(letter: Reading) -> Iterator[Fault]:
    """The rationale decides on another drug than the item.

    An error where the rationale's own verdict names only other drugs; a brand and its generic are one, and so are a
    drug and its class. A warning where the rationale or the case summary tells the request of another drug, or where
    the rationale names drugs, but neither the item's nor its class. Drugs taken before or beside it, and drugs of
    other items, are left alone.
    """
    items = asked(letter)
    for item in items:
        if not item.drugs:
            continue
        asks, passage = " and ".join(sorted(item.drugs)), item.item.rationale
        told = list(_other_drugs(item, items, letter))
        for said, (start, end) in told:
            speaks, weaker = (
                ("verdict is on", None) if said.said is Said.VERDICT else ("tells a request of", Severity.WARNING)
            )
            what = f"The rationale's {speaks} “{passage.text[start:end]}”; item {item.number} asks for {asks}."
            yield Fault(what, passage.place(start, end), weaker)
        if stray := _other_drug_requested(item, items, letter):
            what = (
                f"The case summary requests “{letter.summary.text[slice(*stray)]}”; item {item.number} asks for {asks}."
            )
            yield Fault(what, letter.summary.place(*stray), Severity.WARNING)
        named = None if told else _argued_drug(passage, letter.programme)
        if named and not names_item(item, passage.text, letter.programme):
            what = f"The rationale is about another drug than {asks} of item {item.number}."
            yield Fault(what, passage.place(*named), Severity.WARNING)


def _argued_drug(passage: Passage, programme: str) -> tuple[int, int] | None:
    """The first drug of which a passage speaks itself: not as one that was taken before or is taken beside."""
    for sentence in passage.sentences:
        if not any(speaks_of(group, sentence.text, programme) for group in ("history", "taken", "earlier_deciders")):
            for each in drugs(sentence.text, programme):
                return each.start + sentence.start, each.end + sentence.start
    return None


def _other_drugs(item: Asked, items: tuple[Asked, ...], letter: Reading) -> Iterator[tuple[Statement, tuple[int, int]]]:
    """The verdicts and requests of the rationale that name a drug of no item, in a sentence that does not name the item's."""
    # What a compound holds is told in many ways.
    if len(item.drugs) > 1:
        return
    for said in statements(item.item.rationale.text, letter.programme):
        if said.said is Said.TREATMENT or not said.drugs or said.drugs & item.drugs or _of_another(said, items):
            continue
        sentence = next(each for each in item.item.rationale.sentences if each.start <= said.start < each.end)
        if any(each.what[0] in item.drugs for each in drugs(sentence.text, letter.programme)):
            continue
        spot = drugs(said.text, letter.programme)[0]
        if said.said is Said.VERDICT or _like_request(item, said, spot, sentence.text, letter.programme):
            yield said, (said.start + spot.start, said.start + spot.end)


def _of_another(said: Statement, items: tuple[Asked, ...]) -> bool:
    """Whether a statement names the drug of an item; one part of several does not name a compound."""
    return any(len(other.drugs & said.drugs) >= min(len(other.drugs), 2) for other in items if other.drugs)


def _like_request(item: Asked, said: Statement, spot: Named[tuple[str, str]], sentence: str, programme: str) -> bool:
    """Whether a drug that is told to be requested stands in the item's place: one of its class, or one told with a number."""
    if any(speaks_of(group, sentence, programme) for group in ("history", "taken")):
        return False
    classes = {each.what[1] for part in item.texts for each in drugs(part, programme)}
    return spot.what[1] in classes or bool(strengths(said.text, programme) or amounts(said.text, programme))


def _other_drug_requested(item: Asked, items: tuple[Asked, ...], letter: Reading) -> tuple[int, int] | None:
    """Where the case summary tells the request of another drug in the item's place, and nowhere that of the item's."""
    text, stray = letter.summary.text, None
    for said in statements(text, letter.programme):
        if said.said is Said.TREATMENT or not said.drugs:
            continue
        if said.drugs & item.drugs:
            return None
        spot = drugs(said.text, letter.programme)[0]
        if (
            stray is None
            and not _of_another(said, items)
            and _like_request(item, said, spot, said.text, letter.programme)
        ):
            stray = (said.start + spot.start, said.start + spot.end)
    return stray


@check(
    "EH107",
    Severity.WARNING,
    because=Required("citation_of_guideline", "evidence_and_reasons"),
    to_do="Say in the rationale which treatment the reasons are about.",
)
def item_not_named(letter: Reading) -> Iterator[Fault]:
    """The rationale does not name the treatment that it decides.

    A synonym, the kind of service, the drug under any name, its class, or a noun for its category ("the imaging",
    "the requested surgery") names it; the bare words "the request" do not.
    """
    for item in asked(letter):
        text = item.item.rationale.text
        if text.strip() and not names_item(item, text, letter.programme):
            what = f"The rationale does not name the treatment of item {item.number}."
            yield Fault(what, item.item.rationale.place())


# Words of a heading that name no treatment.
_NO_NAME = re.compile(
    r"^(?:\d.*|with|without|and|or|for|of|the|to|per|left|right|bilateral|times?|weeks?|visits?|sessions?|days?|months?|additional|request(?:ed)?|"
    r"original|portion|eligible|claims|administrator|authorized|remaining|retrospective|associated|service|services|treatment|contrast|"
    r"quantity|refills?|one|two|three|four|five|six|eight|ten|twelve|date|body|part|spine|was|by|is|in|on|at|a|an|mg)$"
)


def names_item(item: Asked, text: str, programme: str) -> bool:
    """Whether a text names the item's treatment in any way."""
    if item.kinds & {code for each in kinds(text, programme) for code in each.what}:
        return True
    if item.drugs & {each.what[0] for each in drugs(text, programme)}:
        return True
    said = " ".join(token.word for token in tokens(text))
    return any(re.search(rf"\b{re.escape(noun)}\b", said) for noun in _nouns(item, programme))


def _nouns(item: Asked, programme: str) -> set[str]:
    """Other words that name the item: nouns for its category and class, and the heading's own words that are no place."""
    treatment, called = item.treatment, fact_words(programme).called
    groups = {"any", treatment.category, treatment.sub_category, treatment.drug_class}
    groups |= {each.what[1] for each in drugs(item.item.heading.text, programme)}
    for code in item.kinds:
        kind = kind_of(code, programme)
        groups |= {kind.category, kind.sub_category}
    nouns = {
        " ".join(token.word for token in tokens(noun)) for group in groups if group for noun in called.get(group, ())
    }
    heading = item.item.heading.text
    placed = [(spot.start, spot.end) for spot in spots(heading, programme)]
    own = {
        token.word.removesuffix("s")
        for token in tokens(heading)
        if len(token.word) > 3 and not _NO_NAME.match(token.word) and not any(s <= token.start < e for s, e in placed)
    }
    return nouns | own | {f"{word}s" for word in own}

"""EH4: whether the rationale gives reasons, and reasons of this worker and this item."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from evenhand.letters.second_reader.catalogue import Law, Required, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.phrases import phrases
from evenhand.letters.second_reader.reading import Fault, ItemReading, Reading
from evenhand.letters.second_reader.rules.argument import Sentence, argument_of, reason_words, shingles, tokens
from evenhand.treatments import UNCLASSIFIED, Treatment


@check(
    "EH401",
    Severity.WARNING,
    because=Law("own_condition"),
    to_do="Give each treatment the reasons that decide it.",
)
def same_rationale_on_unlike_items(letter: Reading) -> Iterator[Fault]:
    """Two items whose treatments differ in kind or drug carry the same reasons, or nearly the same.

    The runs of three words of both rationales are compared after each item's own words are taken out. Two items of one kind
    (two levels, two sides) may share their reasons; so may what goes with a denied operation and falls with it in a sentence.
    """
    known = reason_words(letter.programme)
    told = set[int]()
    for one, other in combinations(letter.items, 2):
        if other.number in told or not _unlike(one.treatment, other.treatment):
            continue
        if argument_of(one, letter).depends or argument_of(other, letter).depends:
            continue
        own = frozenset(tokens(one.heading.text) + tokens(other.heading.text))
        first, second = shingles(one.rationale.text, own), shingles(other.rationale.text, own)
        share = len(first & second) / max(len(first), len(second), 1)
        if len(first & second) >= known.same_least_words and share >= known.same_share:
            told.add(other.number)
            what = f"The reasons are those of item {one.number}, a different treatment ({share:.0%} of their words in a row)."
            yield Fault(what, other.rationale.place(0, len(other.rationale.text)))


@check(
    "EH402",
    Severity.WARNING,
    because=Law("own_condition"),
    to_do="Say what of the source applies to this worker, and shorten what does not.",
)
def boilerplate_share(letter: Reading) -> Iterator[Fault]:
    """Most sentences of a rationale say nothing of this worker or this item.

    A sentence counts as such where it tells what a source says or what holds for everybody, or where it stands in the rationale of
    an item of another kind too and names no fact of the case summary. Sentences that only decide, only
    say that the source is met or not, or answer the source that utilization review cited are not counted; short
    rationales are left alone.
    """
    known = reason_words(letter.programme)
    for item in letter.items:
        counted = [
            each
            for each in argument_of(item, letter).sentences
            if not (each.decides or each.applies or phrases(known.earlier_source).search(each.span.text))
        ]
        unlike = (other for other in letter.items if _unlike(item.treatment, other.treatment))
        others = {_plain(span.text) for other in unlike for span in other.rationale.sentences}
        empty = [each for each in counted if _says_nothing(each, others)]
        if len(counted) < known.boilerplate_least_sentences:
            continue
        share = len(empty) / len(counted)
        if share > known.boilerplate_share:
            of = f"{len(empty)} of {len(counted)}"
            what = f"{share:.0%} of the rationale's sentences say nothing of this worker or this item ({of})."
            yield Fault(what, item.rationale.place(empty[0].span.start, empty[-1].span.end))


@check(
    "EH403",
    Severity.WARNING,
    because=Required("evidence_and_reasons"),
    to_do="State the clinical reasons: what was found in this worker, and what follows from it by the source.",
)
def conclusion_only(letter: Reading) -> Iterator[Fault]:
    """A rationale states the verdict and gives no reason.

    The item's own words, the words of the verdict and words that every rationale may hold are taken out; where hardly anything is
    left, no date and no figure, nothing was reasoned. What falls with a denied operation is left alone where it says so.
    """
    for item in letter.items:
        if _concludes_only(item, letter):
            text = item.rationale.text
            yield Fault("The rationale states a conclusion and no reason for it.", item.rationale.place(0, len(text)))


@check(
    "EH404",
    Severity.WARNING,
    because=Law("own_condition"),
    to_do="Say which findings, treatment or dates of this worker decide.",
)
def no_fact_of_the_worker(letter: Reading) -> Iterator[Fault]:
    """The rationale names no clinical fact of this worker: no finding, diagnosis, earlier treatment or date that the summary has.

    Only sentences that speak of this worker or the papers count, without the item's own words. A rationale that gives no reason
    at all is EH403's; what falls with a denied operation is left alone.
    """
    if not letter.summary.text.strip():
        return
    for item in letter.items:
        argument = argument_of(item, letter)
        if argument.depends or _concludes_only(item, letter):
            continue
        if not any(sentence.facts for sentence in argument.sentences):
            what = "The rationale names no fact of this worker that the case summary tells."
            yield Fault(what, item.rationale.place(0, len(item.rationale.text)))


def _concludes_only(item: ItemReading, letter: Reading) -> bool:
    argument = argument_of(item, letter)
    least = reason_words(letter.programme).reason_least_words
    return not argument.depends and len(argument.content) < least and not argument.figures


def _unlike(one: Treatment, other: Treatment) -> bool:
    """Whether two treatments differ in kind or drug; of what nobody could read nothing is claimed."""
    if UNCLASSIFIED in (one.category, other.category):
        return False
    if one.associated_surgical_service and other.associated_surgical_service:
        return False
    if one.category != other.category:
        return True
    if one.drugs or other.drugs:
        return not set(one.drugs) & set(other.drugs)
    return one.kind is not None and other.kind is not None and one.kind != other.kind


def _says_nothing(sentence: Sentence, others: set[str]) -> bool:
    return not sentence.facts and (sentence.general or _plain(sentence.span.text) in others)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")

"""EH0: operations and the services that hang on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evenhand.letters.determination import Decision
from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.prose import Span, clauses
from evenhand.letters.second_reader.reading import Fault, ItemReading, Reading
from evenhand.letters.second_reader.rules.mentions import kind_of, kinds
from evenhand.letters.second_reader.verdicts import verdicts
from evenhand.letters.second_reader.words import words
from evenhand.treatments import Treatment


@dataclass(frozen=True, kw_only=True)
class OperationWords:
    """operations.yaml"""

    operation_category: str
    ancillary: tuple[str, ...]
    ancillary_words: tuple[str, ...]
    no_operation: tuple[str, ...]
    operation_words: tuple[str, ...]
    service_words: tuple[str, ...]
    operation_granted: tuple[str, ...]
    grants: tuple[str, ...]
    refuses: tuple[str, ...]
    held: tuple[str, ...]
    because: tuple[str, ...]
    called_for: tuple[str, ...]
    not_the_head: tuple[str, ...]
    not_ours: tuple[str, ...]


@check(
    "EH013",
    Severity.ERROR,
    because=Law("reasons_agree"),
    to_do="Ask the reviewer whether the operation or what hangs on it was meant otherwise.",
)
def ancillary_against_operation(letter: Reading) -> Iterator[Fault]:
    """What hangs on an operation is granted though every operation in the letter is refused, or refused for want of an operation
    that the letter grants.

    A service hangs on an operation where its heading calls it an associated surgical or a postoperative service, or where it is
    one by nature (clearance before it, an assistant at it). A letter without an operation among its items is left alone, one
    with operations decided both ways too, and a service that the rationale refuses for its own sake or links to an operation
    that was authorized or done already.
    """
    operations = [item for item in letter.items if _is_operation(item.treatment, letter.programme)]
    decided = {item.item.decision for item in operations}
    if len(decided) != 1 or None in decided:
        return
    upheld = decided == {Decision.UPHELD}
    named = " and ".join(f"item {item.number}" for item in operations)
    for item in letter.items:
        if not _is_ancillary(item.treatment, letter.programme) or not any(_near(item, other) for other in operations):
            continue
        if upheld and item.item.decision is Decision.OVERTURNED:
            if not _granted_elsewhere(item.rationale.text, letter.programme):
                what = f"The service is Overturned, though the operation it hangs on is Upheld ({named})."
                yield Fault(what, item.heading.place(0, len(item.heading.text)))
        elif not upheld and item.item.decision is Decision.UPHELD:
            place = next(_refusals_of_operation(item, letter.programme), None)
            if place:
                what = f"The rationale refuses the service because the operation is not necessary, but it is Overturned ({named})."
                yield Fault(what, item.rationale.place(*place))


def on_operation(subject: str, item: ItemReading, programme: str) -> bool:
    """Whether the words before a verdict, in the rationale of an ancillary service, make the operation its subject.

    So do "the operation", "the operation that it was to accompany", and with a relative pronoun "the service beside the operation,
    which"; "the service before the operation" and "after the operation it" do not.
    """
    if not _is_ancillary(item.treatment, programme):
        return False
    known = _patterns(programme)
    relative = known.relative.search(subject)
    own = subject[: relative.start()] if relative else subject[subject.rfind(",") + 1 :]
    operations, services = _operations_in(own, programme), _services_in(own, item, programme)
    if not operations:
        return False
    if relative:
        return max(operations) > max(services, default=-1)
    lead = known.called_for.sub(" ", own[: min(operations)])
    return min(operations) <= min(services, default=len(own)) and known.not_the_head.search(lead) is None


def _operations_in(text: str, programme: str) -> list[int]:
    """Where a text names an operation, by what every operation is called or by its own name."""
    own = [named.start for named in kinds(text, programme) if _are_operations(named.what, programme)]
    return own + [match.start() for match in _patterns(programme).operation.finditer(text)]


def _are_operations(codes: frozenset[str], programme: str) -> bool:
    said = _words(programme)
    named = [kind_of(code, programme) for code in codes]
    return all(k.category == said.operation_category and k.sub_category not in said.no_operation for k in named)


def _services_in(text: str, item: ItemReading, programme: str) -> list[int]:
    """Where a text names the service that hangs on an operation."""
    own = [named.start for named in kinds(text, programme) if item.treatment.kind in named.what]
    return own + [match.start() for match in _patterns(programme).service.finditer(text)]


def _near(item: ItemReading, operation: ItemReading) -> bool:
    """Whether a service may belong to an operation: neither names another part of the body than the other."""
    parts, others = set(item.treatment.body_parts), set(operation.treatment.body_parts)
    return not parts or not others or bool(parts & others)


def _is_ancillary(treatment: Treatment, programme: str) -> bool:
    if treatment.associated_surgical_service or treatment.sub_category in _words(programme).ancillary:
        return True
    around = _patterns(programme).around.search(treatment.text)
    return around is not None and not _is_operation(treatment, programme)


def _is_operation(treatment: Treatment, programme: str) -> bool:
    said = _words(programme)
    return (
        treatment.category == said.operation_category
        and treatment.sub_category not in said.no_operation
        and not treatment.associated_surgical_service
    )


def _granted_elsewhere(rationale: str, programme: str) -> bool:
    """Whether the rationale links the service to an operation that was authorized or done already."""
    known = _patterns(programme)
    return any(
        known.operation.search(sentence) and known.granted.search(sentence)
        for sentence in re.split(r"(?<=[.;])\s", rationale)
    )


def _refusals_of_operation(item: ItemReading, programme: str) -> Iterator[tuple[int, int]]:
    """Where the rationale of a service says that the operation is not necessary, or that there is none."""
    known = _patterns(programme)
    for verdict in verdicts(item.rationale.text, programme):
        ours = not verdict.necessary and not known.not_ours.search(verdict.clause.text)
        if ours and on_operation(verdict.about, item, programme):
            yield verdict.start, verdict.end
    for clause in (clause for sentence in item.rationale.sentences for clause in clauses(sentence)):
        if known.not_ours.search(clause.text):
            continue
        for match in known.refused.finditer(clause.text):
            told = match["denied"] is not None and known.because.match(clause.text) is None
            if not told and on_operation(clause.text[: match.start()], item, programme):
                yield _placed(clause, match)
        if none := known.none.search(clause.text):
            yield _placed(clause, none)


def _placed(clause: Span, match: re.Match[str]) -> tuple[int, int]:
    return clause.start + match.start(), clause.start + match.end()


def _words(programme: str) -> OperationWords:
    said: OperationWords = words(OperationWords, "operations", programme)
    return said


@cache
def _patterns(programme: str) -> _Patterns:
    return _Patterns(_words(programme))


class _Patterns:
    """The words of one programme as patterns."""

    def __init__(self, said: OperationWords) -> None:
        operation, grant, no = _any(said.operation_words), _any(said.grants), _any(said.refuses)
        be, been = r"\b(?:is|are|has\s+been|have\s+been|remains?)", r"\b(?:was|were)"
        not_so = rf"(?:\bnot|n't)(?:\s+{_any(said.held)})*\s+(?:medically\s+)?{grant}"
        self.operation = _pattern(operation)
        self.around = _pattern(_any(said.ancillary_words))
        self.granted = _pattern(_any(said.operation_granted))
        self.service = _pattern(_any((*said.service_words, *said.ancillary_words)))
        self.relative = _pattern(
            r"\b(?:which|that)(?:\s+(?:itself|also|in\s+turn|is|are|was|were|has|have|had|can|cannot|not|never"
            rf"|{_any(said.held)}))*\s*$"
        )
        self.called_for = _pattern(_any(said.called_for))
        self.not_the_head = _pattern(_any(said.not_the_head))
        self.because = _pattern(rf"\W*{_any(said.because)}")
        self.not_ours = _pattern(_any(said.not_ours))
        # A denial in the past may be history: it counts where it is given as the reason.
        self.refused = _pattern(
            rf"(?:\b(?:is|are|was|were|has|have|can|could|will|would)\s*{not_so}"
            rf"|\bcannot\s+be\s+(?:{_any(said.held)}\s+)*(?:medically\s+)?{grant}|\bnot\s+being\s+{grant}"
            rf"|{be}\s+(?:\w+\s+)?{no}|(?P<denied>{been}\s+{no}))(?!\s+by\b)"
        )
        self.none = _pattern(
            rf"\bno\s+(?:\w+\s+)?{operation}\s+(?:is|are|was|has\s+been)\s+(?:{_any(said.held)}\s+)*{grant}"
            rf"|\b(?:no|without|(?:absence|lack)\s+of)\s+(?:(?:an?|the|any)\s+)?(?:medically\s+)?{grant}\s+{operation}"
        )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _any(listed: tuple[str, ...]) -> str:
    return r"\b(?:" + "|".join(word.replace(" ", r"\s+") for word in listed) + r")\b"

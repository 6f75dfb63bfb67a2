"""What a version says beyond its one line, by kind: tables of lines, steps in their order, remedies.

A kind that is not known here is told field by field, so a new section of a pack needs nothing in this file to be in the
book.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import singledispatch

from evenhand.law.questions import QUESTIONS
from evenhand.law.schema import (
    Confidence,
    EntryVersion,
    ExtensionVersion,
    FeeVersion,
    GroundVersion,
    LadderVersion,
    Rule,
    RuleKind,
    RuleVersion,
    TableLaw,
    TableRow,
    TableVersion,
    ValueVersion,
    Version,
)
from evenhand.law.schema.mtus import ChapterVersion
from evenhand.law.schema.screening import Condition, GroundCase, OfFact, OfValue
from evenhand.typesetting.book.elements import Child, Element, element, together
from evenhand.typesetting.book.model import CALENDARS, Book
from evenhand.typesetting.book.parts import citation, facts, link, mark, table, table_of
from evenhand.typesetting.book.words import granted, label, said, sentence, told_by, words_of, written

KINDS = {
    RuleKind.DUTY: "A duty: it is owed by then, and late is late.",
    RuleKind.RIGHT: "A right: it may be done until then, and need not be.",
    RuleKind.MARK: "A mark: something else is reckoned from or to this day; nothing is due on it.",
}


@singledispatch
def details(version: Version, book: Book, entry: object) -> Element:
    """Everything that the version says. `entry` is the whole entry of the pack."""
    return told(book, version, without=told_by(version))


def told(book: Book, thing: object, *, without: str | None = None) -> Element:
    """A thing field by field: words in a list, lines of one kind as tables, things within things likewise."""
    plain: list[tuple[str, Child]] = []
    blocks: list[Element] = []
    for name, value in said(thing):
        lines = _lines(value)
        if name == without:
            continue
        if lines:
            caption = label(name)
            if isinstance(value, Mapping):
                blocks.append(_keyed(book, caption, value))
            elif (columns := _columns(lines)) is not None:
                blocks.append(_crossed(caption, columns, lines))
            elif any(_lines(part) for line in lines for _, part in said(line)):
                blocks += [element("div", told(book, line), class_="inner") for line in lines]
            else:
                blocks.append(table_of(book, caption, lines))
        elif dataclasses.is_dataclass(value) and any(_lines(part) for _, part in said(value)):
            blocks.append(together(element("p", label(name), class_="part"), told(book, value)))
        elif isinstance(value, Mapping) and value:
            blocks.append(
                table(
                    label(name),
                    ("Name", "What it is"),
                    [(label(str(key)), words_of(one)) for key, one in value.items()],
                    shown=True,
                )
            )
        else:
            plain.append((label(name), words_of(value)))
    return together(facts(plain) if plain else None, blocks)


def _lines(value: object) -> tuple[object, ...]:
    """The dataclasses in a list or a table of them; none for anything else."""
    held = tuple(value.values()) if isinstance(value, Mapping) else value
    if isinstance(held, list | tuple) and held and all(dataclasses.is_dataclass(one) for one in held):
        return tuple(held)
    return ()


def _keyed(book: Book, caption: str, value: Mapping[object, object]) -> Element:
    rows = [
        (label(str(key)), together(words_of(entry), getattr(entry, "unknown", None)), _marked(entry))
        for key, entry in value.items()
    ]
    heads = ["Name", "What it is"] + ["How sure"] * any(row[2] for row in rows)
    return table(caption, heads, [row[: len(heads)] for row in rows], shown=True)


def _columns(lines: Sequence[object]) -> str | None:
    """The field of the lines that is a table of its own, with the same keys in each; then they make one table."""
    fields = [{name for name, value in said(line) if isinstance(value, Mapping) and _lines(value)} for line in lines]
    if fields[0] and all(names == fields[0] for names in fields) and len(fields[0]) == 1:
        name = next(iter(fields[0]))
        if len({tuple(getattr(line, name)) for line in lines}) == 1:
            return name
    return None


def _crossed(caption: str, columns: str, lines: Sequence[object]) -> Element:
    """Lines that each hold an entry for the same keys: a column a key."""
    keys = list(getattr(lines[0], columns))
    others = [name for name, _ in said(lines[0]) if name != columns]
    heads = [label(name) for name in (*others, *keys)]
    rows = [
        [
            *(words_of(getattr(line, name)) for name in others),
            *(_cell(getattr(line, columns)[key]) for key in keys),
        ]
        for line in lines
    ]
    return table(caption, heads, rows, shown=True)


def _cell(entry: object) -> Child:
    fields = dict(said(entry))
    fields.pop("confidence", None)
    words = words_of(next(iter(fields.values()))) if len(fields) == 1 else words_of(entry) if fields else ""
    return together(words, " ", getattr(entry, "unknown", None), " ", _marked(entry))


def _marked(entry: object) -> Element | None:
    asked, sure = getattr(entry, "unknown", None), getattr(entry, "confidence", None)
    return mark(sure or Confidence.READ, unknown=bool(asked)) if sure or asked else None


@details.register
def _rule(version: RuleVersion, book: Book, entry: object) -> Element:
    assert isinstance(entry, Rule)
    pairs: list[tuple[str, Child]] = [("Clock starts", sentence(entry.starts)), ("Last day", entry.last_day)]
    if version.extension:
        table_name = book.by_key["extensions", version.extension]
        pairs.append(("Service", together("More time by ", link(table_name.title, table_name.link), ".")))
    elif version.no_extension:
        pairs.append(("Service", sentence(f"no extension is added: {version.no_extension}")))
    if version.period is not None:
        pairs.append(("Rolling", _rolling(version, book)))
    pairs.append(("Kind", KINDS[entry.kind]))
    further = [(label(name), words_of(value)) for name, value in said(version) if name not in RULE]
    return facts([*pairs, *further])


RULE = {"period", "further", "extension", "no_extension", "rolls", "calendar"}


def _rolling(version: RuleVersion, book: Book) -> Child:
    if not version.rolls:
        return "The last day does not move, weekend or holiday."
    name = version.calendar or book.pack.programme.default_calendar
    return together(
        "A last day that is no business day moves to the next one (",
        link(book.pack.calendars[name].law.title, f"{CALENDARS}.html#calendars-{name}"),
        ").",
    )


@details.register
def _extension(version: ExtensionVersion, book: Book, entry: object) -> Element:
    regions = {region.name: region.title for region in book.pack.programme.regions}
    rows = []
    for grant in version.grants:
        where = ", ".join(regions.get(name, name) for name in grant.regions)
        readings = [element("li", words_of(one)) for one in grant.candidates]
        added = together(sentence(granted(grant)), " ", grant.unknown, element("ul", readings) if readings else None)
        rows.append(
            (
                words_of(grant.means),
                where,
                added,
                citation(book, grant.citation, grant.source),
                mark(grant.confidence, unknown=grant.unknown is not None),
            )
        )
    return table("What is added, by means of service and address", GRANTS, rows)


GRANTS = ("Served by", "At an address", "Adds", "Provision", "How sure")


@details.register
def _value(version: ValueVersion, book: Book, entry: object) -> Element:
    return facts([(label(name), words_of(value)) for name, value in said(version) if name not in {"value", "unit"}])


@details.register
def _entry(version: EntryVersion, book: Book, entry: object) -> Element:
    return facts(
        [("Value", written(words_of(version.value), book.plan.words))] if version.value not in (None, True) else []
    )


@details.register
def _ground(version: GroundVersion, book: Book, entry: object) -> Element:
    pairs: list[tuple[str, Child]] = [("Effect", _effect(version.effect, book))]
    if version.unsettled is not None:
        pairs.append(("Where the facts leave it open", _effect(version.unsettled, book)))
    pairs.append(("What to do", version.remedy))
    for name, rule in (("Petition", version.appeal), ("Time to cure it", version.cure)):
        if rule is not None:
            pairs.append((name, _to("rules", rule, book)))
    every = "Every case that fits is told." if version.every_case else "The first case that fits is told."
    cases = [element("li", _case(book, case)) for case in version.cases]
    holds = together(element("p", f"It holds in each of these cases. {every}", class_="part"), element("ol", cases))
    return together(facts(pairs), holds if cases else None, _rest(book, version, GROUND))


GROUND = {"effect", "explanation", "remedy", "unsettled", "appeal", "cure", "cases", "every_case"}


def _effect(name: str, book: Book) -> Child:
    return _to("effects", name, book)


def _to(section: str, name: str, book: Book) -> Child:
    """A link to the article; its name where the pack has none."""
    article = book.by_key.get((section, name))
    return link(article.title, article.link) if article else words_of(name)


def _case(book: Book, case: GroundCase) -> Iterator[Child]:
    conditions = [element("li", _condition(book, one)) for one in case.when]
    yield element("ul", conditions, class_="where")
    yield element(
        "p",
        "Told as: ",
        element("q", BRACES.sub(lambda one: f"[{written(one[1], book.plan.words)}]", case.found)),
        class_="told",
    )
    if case.unsettled:
        yield element("p", "The facts leave it open; a person decides.", class_="told")


BRACES = re.compile(r"\{(\w+)\}")


def _condition(book: Book, condition: Condition) -> Iterator[Child]:
    yield f"{_asks(condition.fact)} "
    if condition.known is not None:
        yield element("strong", "It is known." if condition.known else "The papers do not say.")
    for name, value in said(condition):
        if name in {"fact", "known"}:
            continue
        yield element("strong", COMPARED.get(name, label(name).lower()), " ")
        if isinstance(value, OfValue):
            yield together("what stands under “", _to("values", value.value, book), "”.")
        elif isinstance(value, OfFact):
            yield together("the answer to: ", _asks(value.fact))
        else:
            yield element("strong", sentence(words_of(value)) if name == "equals" else f"{words_of(value)}.")


COMPARED = {"equals": "", "one_of": "One of", "none_of": "None of", "before": "Before", "after": "After"}
COMPARED |= {"not_after": "Not after"}


def _asks(fact: str) -> str:
    return QUESTIONS[fact].words if fact in QUESTIONS else sentence(label(fact))


def _rest(book: Book, version: Version, known: set[str]) -> Element:
    """What a kind says that its own rendering does not know yet."""
    rest = {name for name, _ in said(version)} - known
    if not rest:
        return Element()
    fields = [(name, type(getattr(version, name)), dataclasses.field(default=None)) for name in sorted(rest)]
    shell = dataclasses.make_dataclass("Rest", fields, frozen=True)
    return told(book, shell(**{name: getattr(version, name) for name in sorted(rest)}))


@details.register
def _ladder(version: LadderVersion, book: Book, entry: object) -> Element:
    steps = [element("li", _step(book, step), class_="step") for step in version.steps]
    reasoning = element("p", version.reasoning, class_="reasoning") if version.reasoning else None
    return together(reasoning, element("ol", steps, class_="steps"), _rest(book, version, {"steps", "reasoning"}))


def _step(book: Book, step: object) -> Iterator[Child]:
    named = dict(said(step))
    yield element("p", element("strong", str(named.pop("title", ""))))
    named.pop("code", None)
    yield facts([(label(name), words_of(value)) for name, value in named.items() if name not in CITED])
    cited = citation(book, str(getattr(step, "citation", "")), getattr(step, "source", ()))
    yield element("p", cited, " ", _marked(step), class_="authority")


CITED = {"citation", "source", "confidence", "unknown", "caution"}


@details.register
def _fees(version: FeeVersion, book: Book, entry: object) -> Element:
    if not version.rows:
        return Element()
    unit = getattr(entry, "unit", "")
    amounts = table_of(book, f"Amounts in {unit}. An empty cell fits anything", version.rows)
    if version.otherwise is None:
        return amounts
    return element("div", amounts, element("p", f"Where no line fits, it is not known: {version.otherwise}"))


@details.register
def _chapter(version: ChapterVersion, book: Book, entry: object) -> Element:
    return facts([(label(name), words_of(value)) for name, value in said(version) if name not in CHAPTER])


CHAPTER = {"title", "publisher", "edition_date"}
"""The line of the version tells them."""


@details.register
def _table(version: TableVersion, book: Book, entry: object) -> Element:
    assert isinstance(entry, TableLaw)
    rows = [_table_row(book, entry, version, row) for row in version.rows]
    return table("What follows from which facts: the first line that fits holds", TABLE, rows) if rows else Element()


TABLE = ("Where", "Then", "Provision", "How sure")


def _table_row(book: Book, law: TableLaw, version: TableVersion, row: TableRow) -> tuple[Child, ...]:
    where = [
        element("li", f"{law.facts[name].asks} ", element("strong", words_of(value)))
        for name, value in row.when.items()
    ]
    outcome = law.outcomes[row.then] if row.then else None
    limit = book.by_key["rules", row.rule] if row.rule else None
    then = together(
        *(element("p", words) for words in (outcome, row.says, row.unknown) if words),
        element("p", link(limit.title, limit.link)) if limit else None,
    )
    return (
        element("ul", where, class_="where") if where else "In every other case",
        then,
        citation(book, row.citation, row.source) if row.citation else "",
        mark(row.confidence or version.confidence, unknown=row.unknown is not None),
    )

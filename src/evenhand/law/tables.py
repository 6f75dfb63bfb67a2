"""What follows from facts, by a decision table of the pack: the first line that fits holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.schema import Confidence, TableFact, TableLaw, TableRow, TableVersion, caution_words, least_sure
from evenhand.law.versions import known, version_on

Fact = bool | str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What follows, and why. `outcome` is None where nobody knows; `unknown` is then the question to ask. `rule` is the
    time limit that begins to run."""

    table: str
    outcome: str | None
    explanation: str
    citation: str
    source: tuple[str, ...]
    confidence: Confidence
    unknown: str | None
    caution: str | None
    rule: str | None


def answer(pack: Pack, table: str, on: date, **facts: Fact) -> Answer:
    """What the table says on `on` where these facts hold. Raises Refused for a fact that the table does not ask for, for
    one that is missing, and before the law."""
    law = known(pack.law.tables, table, "table")
    _refuse_other_facts(law, facts)
    version = version_on(law.versions, on, law.title)
    if version.unknown is not None:
        return _unknown(table, law, version, TableRow(unknown=version.unknown))
    row = next(row for row in rows_of(law, version) if fits(row, facts))
    if row.then is None:
        return _unknown(table, law, version, row)
    words = law.outcomes[row.then]
    return Answer(
        table=table,
        outcome=row.then,
        explanation=f"{law.title}: {words} {row.says}" if row.says else f"{law.title}: {words}",
        citation=row.citation or version.citation,
        source=row.source or version.source,
        confidence=_confidence(version, row),
        unknown=None,
        caution=caution_words(_confidence(version, row), version.caution),
        rule=row.rule,
    )


def rows_of(law: TableLaw, version: TableVersion) -> tuple[TableRow, ...]:
    """The lines that hold under the version: its own, or those of the version before it."""
    if not version.as_before:
        return version.rows
    return rows_of(law, law.versions[law.versions.index(version) - 1])


def fits(row: TableRow, facts: Mapping[str, Fact]) -> bool:
    """Whether every fact of the line holds."""
    return all(facts[name] == value for name, value in row.when.items())


def combinations(law: TableLaw) -> Iterator[dict[str, Fact]]:
    """Every combination of facts that there can be."""
    for values in product(*(_allowed(fact) for fact in law.facts.values())):
        yield dict(zip(law.facts, values, strict=True))


def table_faults(law: TableLaw, rules: Collection[str]) -> Iterator[tuple[int, str]]:
    """What is wrong with a table, by version: lines that name what the table does not have, combinations of facts without
    a line, and lines that no combination reaches. `rules`: the time limits that there are."""
    for number, version in enumerate(law.versions):
        for words in _version_faults(law, version, rules):
            yield number, words


def _version_faults(law: TableLaw, version: TableVersion, rules: Collection[str]) -> Iterator[str]:
    if [bool(version.rows), version.as_before, version.unknown is not None].count(True) != 1:
        yield "needs its lines as `rows`, or `as_before: true`, or the open question as `unknown`"
        return
    above = law.versions[law.versions.index(version) - 1] if version.as_before else version
    if version.as_before and (version is law.versions[0] or above.unknown is not None):
        yield "is `as_before`, but there are no lines above it; give its own as `rows`"
        return
    faults = [words for index, row in enumerate(version.rows) for words in _row_faults(law, index, row, rules)]
    yield from faults
    if version.rows and not faults:
        yield from _gaps(law, version)


def _row_faults(law: TableLaw, index: int, row: TableRow, rules: Collection[str]) -> Iterator[str]:
    for name, value in row.when.items():
        if name not in law.facts:
            yield f"rows[{index}] asks for {name!r}; the table's facts are: {', '.join(law.facts)}"
        elif value not in _allowed(law.facts[name]):
            yield f"rows[{index}] has {name}: {value}; allowed: {_listed(law.facts[name])}"
    if (row.then is None) == (row.unknown is None):
        yield f"rows[{index}] needs either an outcome as `then` or the open question as `unknown`"
    if row.then is not None and row.then not in law.outcomes:
        yield f"rows[{index}] has the outcome {row.then!r}; the table's outcomes are: {', '.join(law.outcomes)}"
    if row.rule is not None and row.unknown is not None:
        yield f"rows[{index}] starts a time limit though it is an open question; leave out `rule`"
    elif row.rule is not None and row.rule not in rules:
        yield f"rows[{index}] starts the time limit {row.rule!r}, which the pack does not have"


def _gaps(law: TableLaw, version: TableVersion) -> Iterator[str]:
    reached = set()
    for facts in combinations(law):
        index = next((n for n, row in enumerate(version.rows) if fits(row, facts)), None)
        if index is None:
            yield f"has no line for {_in_words(facts)}"
        reached.add(index)
    for index in range(len(version.rows)):
        if index not in reached:
            yield f"rows[{index}] never holds: a line above it fits whenever it does"


def _refuse_other_facts(law: TableLaw, facts: Mapping[str, Fact]) -> None:
    for name in facts.keys() - law.facts.keys():
        raise Refused(f"{law.title}: {name!r} is not asked for. The facts are: {', '.join(law.facts)}.")
    for name, fact in law.facts.items():
        if facts.get(name) not in _allowed(fact):
            raise Refused(f"{law.title}: answer {name} ({fact.asks}) by {_listed(fact)}.")


def _unknown(table: str, law: TableLaw, version: TableVersion, row: TableRow) -> Answer:
    return Answer(
        table=table,
        outcome=None,
        explanation=f"{law.title}: not known, so no answer is given: {row.unknown}",
        citation=row.citation or version.citation,
        source=row.source or version.source,
        confidence=_confidence(version, row),
        unknown=row.unknown,
        caution=caution_words(_confidence(version, row), version.caution),
        rule=None,
    )


def _confidence(version: TableVersion, row: TableRow) -> Confidence:
    if row.confidence is None:
        return version.confidence
    return least_sure(version.confidence, row.confidence) if version.as_before else row.confidence


def _allowed(fact: TableFact) -> tuple[Fact, ...]:
    return fact.one_of or (True, False)


def _listed(fact: TableFact) -> str:
    return ", ".join(fact.one_of) if fact.one_of else "true or false"


def _in_words(facts: Mapping[str, Fact]) -> str:
    return ", ".join(
        f"{name}: {str(value).lower() if isinstance(value, bool) else value}" for name, value in facts.items()
    )

"""What a drug is under the formulary, and whether it needs review before it is dispensed (from 2018).

status = formulary_status(pack, drug_list, Drug(ingredient="examplol"), facts, date(2019, 11, 4))
status.status, status.review_needed, status.fill, status.steps
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from evenhand.law.drug_list import DrugList, ListedDrug
from evenhand.law.pack import Pack
from evenhand.law.requirements import Requirement, requirements
from evenhand.law.schema import Confidence, caution_words, least_sure
from evenhand.law.schema.formulary import Condition, DayZero, DrugStatus, FillVersion
from evenhand.law.versions import answered_on, in_force, known

CONDITIONS = "formulary_conditions"


@dataclass(frozen=True, kw_only=True)
class Drug:
    """A drug as it is prescribed."""

    ingredient: str
    dosage_form: str | None = None
    compounded: bool = False
    brand: bool = False
    has_generic: bool = True
    brand_justified: bool = False


@dataclass(frozen=True, kw_only=True)
class Prescribing:
    """The circumstances. None where nobody has said; then nothing that hangs on it is assumed."""

    in_accord: bool | None = None
    """With the treatment schedule."""
    injured_on: date | None = None
    surgery_on: date | None = None
    initial_visit: bool | None = None
    supply_days: int | None = None
    physician_dispensed: bool = False
    contract_allows: bool = False
    """A contract allows this drug for this period without review, beyond the days, the supply and the marks of the list."""


@dataclass(frozen=True, kw_only=True)
class FillFinding:
    """Whether a supply without review is open: everything that `lacks` in words, and what nobody has said (`missing`)."""

    name: str
    title: str
    open: bool
    lacks: tuple[str, ...]
    missing: tuple[str, ...]
    citation: str
    confidence: Confidence
    caution: str | None


@dataclass(frozen=True, kw_only=True)
class FormularyStatus:
    """The drug's status; whether it needs review before it is dispensed, and by which fill it needs none.

    `missing`: what nobody has said, and what might spare the review. `fills`: every fill that was looked at.
    """

    status: DrugStatus
    listed: ListedDrug | None
    review_needed: bool
    fill: str | None
    fills: tuple[FillFinding, ...]
    missing: tuple[str, ...]
    steps: tuple[str, ...]
    citation: str
    source: tuple[str, ...]
    confidence: Confidence
    caution: str | None


@dataclass(frozen=True, kw_only=True)
class _Case:
    """Everything that is asked about: the drug as prescribed and as listed, the circumstances, the day, and the words of
    the conditions."""

    drug: Drug
    listed: ListedDrug | None
    facts: Prescribing
    on: date
    words: dict[str, Requirement]


@dataclass(frozen=True, kw_only=True)
class _Unmet:
    """What is not so, and what nobody has said."""

    lacks: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not self.lacks and not self.missing


def formulary_status(pack: Pack, drug_list: DrugList, drug: Drug, facts: Prescribing, on: date) -> FormularyStatus:
    """The status of a drug prescribed on `on`. Raises Refused before there was a formulary, and for a drug list that was
    not in force on the day."""
    words = {entry.code: entry for entry in requirements(pack, CONDITIONS, on)}
    listed = None if drug.compounded else drug_list.find(drug.ingredient, drug.dosage_form, on)
    case = _Case(drug=drug, listed=listed, facts=facts, on=on, words=words)
    status = DrugStatus.COMPOUNDED if drug.compounded else listed.status if listed else DrugStatus.UNLISTED
    law = known(pack.law.drug_statuses, status.value, "status of a drug")
    version = answered_on(law.versions, on, law.title)
    unmet = _conditions(version.no_review_if, case)
    spared = bool(version.no_review_if) and unmet.nothing
    fills = () if spared else tuple(_fills(pack, status, case))
    fill = next((finding for finding in fills if finding.open), None)
    # What is missing is asked for only where its answer can still spare the review.
    ways = [(unmet.lacks, unmet.missing), *((list(way.lacks), list(way.missing)) for way in fills)]
    asked = tuple(dict.fromkeys(words for lacks, missing in ways if not lacks for words in missing))
    confidence = _surety(version.confidence, version.no_review_if, case)
    confidence = least_sure(confidence, fill.confidence) if fill else confidence
    return FormularyStatus(
        status=status,
        listed=listed,
        review_needed=not spared and fill is None,
        fill=fill.name if fill else None,
        fills=fills,
        missing=() if spared or fill else asked,
        steps=tuple(_told(f"{drug.ingredient}: {version.text}", unmet.lacks, fills, spared=spared)),
        citation=f"{version.citation}; {fill.citation}" if fill else version.citation,
        source=version.source,
        confidence=confidence,
        caution=caution_words(confidence, fill.caution if fill else version.caution),
    )


def _fills(pack: Pack, status: DrugStatus, case: _Case) -> Iterator[FillFinding]:
    for name, law in pack.law.fills.items():
        version = in_force(law.versions, case.on)
        if version is not None and version.status is status:
            yield _fill(name, law.title, version, case)


def _fill(name: str, title: str, version: FillVersion, case: _Case) -> FillFinding:
    unmet = _conditions(version.conditions, case)
    if version.unknown is not None:
        unmet.missing.append(f"Not known: {version.unknown}")
    elif not (case.facts.contract_allows and version.contract):
        _look_at_day(unmet, version, case)
        _look_at_supply(unmet, version, case)
    return FillFinding(
        name=name,
        title=title,
        open=unmet.nothing,
        lacks=tuple(unmet.lacks),
        missing=tuple(unmet.missing),
        citation=version.citation,
        confidence=_surety(version.confidence, version.conditions, case),
        caution=version.caution,
    )


def _surety(confidence: Confidence, conditions: tuple[Condition, ...], case: _Case) -> Confidence:
    """As sure as the least sure of a provision and the conditions in it."""
    return least_sure(confidence, *(case.words[condition].confidence for condition in conditions))


def _conditions(conditions: tuple[Condition, ...], case: _Case) -> _Unmet:
    drug, facts = case.drug, case.facts
    holds: dict[Condition, bool | None] = {
        Condition.IN_ACCORD: facts.in_accord,
        Condition.INITIAL_VISIT: facts.initial_visit,
        Condition.NO_AVOIDABLE_BRAND: not drug.brand or not drug.has_generic or drug.brand_justified,
        Condition.PHYSICIAN_DISPENSED: facts.physician_dispensed,
        Condition.NOT_PHYSICIAN_DISPENSED: not facts.physician_dispensed,
    }
    return _Unmet(
        lacks=[f"Not so: {case.words[condition].text}" for condition in conditions if holds[condition] is False],
        missing=[f"Not said: {case.words[condition].text}" for condition in conditions if holds[condition] is None],
    )


def _look_at_day(unmet: _Unmet, version: FillVersion, case: _Case) -> None:
    named = version.day_zero.value
    zero = {DayZero.INJURY: case.facts.injured_on, DayZero.SURGERY: case.facts.surgery_on}[version.day_zero]
    if zero is None:
        unmet.missing.append(f"Not said: the day of the {named}.")
    elif not version.first_day <= (number := (case.on - zero).days) <= version.last_day:
        unmet.lacks.append(
            f"{case.on} is day {number} counted from the {named} on {zero}; the fill is open from day {version.first_day} "
            f"to day {version.last_day}."
        )


def _look_at_supply(unmet: _Unmet, version: FillVersion, case: _Case) -> None:
    allowed = version.supply_days
    if version.mark is not None:
        allowed = case.listed.days(version.mark) if case.listed else None
    if allowed is None:
        unmet.lacks.append("The drug list does not mark the drug for this fill.")
    elif case.facts.supply_days is None:
        unmet.missing.append("Not said: the days of supply.")
    elif case.facts.supply_days > allowed:
        unmet.lacks.append(f"A supply of {case.facts.supply_days} days is more than the {allowed} days allowed.")


def _told(text: str, lacks: list[str], fills: tuple[FillFinding, ...], *, spared: bool) -> Iterator[str]:
    """The finding in words, step by step."""
    yield text
    yield from lacks
    for finding in fills:
        if finding.open:
            yield f"{finding.title}: open ({finding.citation})."
        else:
            yield f"{finding.title}: not open. {' '.join((*finding.lacks, *finding.missing))}"
    free = spared or any(finding.open for finding in fills)
    yield "No review is needed before it is dispensed." if free else "It needs review before it is dispensed."

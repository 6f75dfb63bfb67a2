"""Another pack over the same applications: what would have come out differently, item by item and in sum.

    replay = Replay(load_pack(), load_other(Path("proposal"), programme="ca_dwc"))
    replayed = replay.over(application)          # law.applications
    sums_of([replayed])

An item comes out differently if its status, its grounds, its last day to apply, the clock of a petition or of a cure,
or the remedy is another; a later time limit, if its last day is. Words, citations and marks alone change no answer.
What a pack refuses to answer is an answer too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from evenhand.law.applications import FiledApplication, StartedClock
from evenhand.law.changes import Change, changes, with_changes
from evenhand.law.deadlines import Deadline
from evenhand.law.eligibility import ItemFinding, screen
from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.reading import BadFile

REFUSED = "refused"
SEVERAL = "several together"
# What screening and time limits ask a pack for; an entry of another section changes no answer here.
ASKED = frozenset({"programme", "rules", "extensions", "values", "calendars", "grounds", "effects"})


@dataclass(frozen=True, kw_only=True)
class LastDay:
    """A last day (or instant): `due`, or where that is not settled, the last ones under the shortest and the longest
    reading."""

    due: date | datetime | None
    safe_until: date | datetime
    late_after: date | datetime

    words: str
    """The three in words."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one pack says of a disputed item. Two packs agree on the item if these are equal."""

    status: str
    """What screening comes to, or "refused"."""
    grounds: tuple[str, ...] = ()
    last_day: LastDay | None = None
    appeal: tuple[str, ...] = ()
    """The clocks of petitions against the finding."""
    cure: tuple[str, ...] = ()
    """The clocks of curing what can be cured."""
    remedy: tuple[str, ...] = ()

    def against(self, other: Answer) -> tuple[str, ...]:
        """In what the two differ."""
        return tuple(name for name in ASPECTS if getattr(self, name) != getattr(other, name))


ASPECTS = ("status", "grounds", "last_day", "appeal", "cure", "remedy")


@dataclass(frozen=True, kw_only=True)
class ItemReplayed:
    """A disputed item on which the packs differ, with both answers and the reasons of each."""

    number: int
    item: str
    differs_in: tuple[str, ...]
    before: Answer
    after: Answer
    explained_before: tuple[str, ...]
    explained_after: tuple[str, ...]
    because: tuple[str, ...]
    """The entries of the packs each of which alone changes the answer; "several together" where none alone does."""


@dataclass(frozen=True, kw_only=True)
class ClockReplayed:
    """A later time limit whose last day is another, with the arithmetic of each pack."""

    rule: str
    before: str
    after: str
    explained_before: tuple[str, ...]
    explained_after: tuple[str, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """One application under both packs: how much was compared, and where the packs differ."""

    id: str
    items: int
    clocks: int
    differing_items: tuple[ItemReplayed, ...]
    differing_clocks: tuple[ClockReplayed, ...]


class Replay:
    """Two packs of one programme, to be compared over applications. Immutable."""

    def __init__(self, before: Pack, after: Pack) -> None:
        self.before = before
        self.after = after
        self.changes = changes(before, after)
        """Every entry that is different."""
        self._alone = tuple(_each_alone(before, after, self.changes))

    def over(self, application: FiledApplication) -> Replayed:
        """The application under both packs."""
        return Replayed(
            id=application.id,
            items=len(application.application.disputed.items),
            clocks=len(application.clocks),
            differing_items=self._items(application),
            differing_clocks=tuple(
                differing
                for rule, clock in application.clocks.items()
                if (differing := self._clock(rule, clock)) is not None
            ),
        )

    def _items(self, application: FiledApplication) -> tuple[ItemReplayed, ...]:
        one, other = screened(self.before, application), screened(self.after, application)
        answers, others = one.answers, other.answers
        differing = [place for place, answer in enumerate(answers) if answer != others[place]]
        if not differing:
            return ()
        alone = [(name, screened(pack, application).answers) for name, pack in self._alone]
        return tuple(
            ItemReplayed(
                number=place + 1,
                item=application.application.disputed.items[place].text,
                differs_in=answers[place].against(others[place]),
                before=answers[place],
                after=others[place],
                explained_before=one.explained(place),
                explained_after=other.explained(place),
                because=_or_several(name for name, each in alone if each[place] != answers[place]),
            )
            for place in differing
        )

    def _clock(self, rule: str, clock: StartedClock) -> ClockReplayed | None:
        one, other = _counted(self.before, rule, clock), _counted(self.after, rule, clock)
        if _ends(one) == _ends(other):
            return None
        alone = ((name, _ends(_counted(pack, rule, clock))) for name, pack in self._alone)
        return ClockReplayed(
            rule=rule,
            before=_ends(one),
            after=_ends(other),
            explained_before=_steps(one),
            explained_after=_steps(other),
            because=_or_several(name for name, each in alone if each != _ends(one)),
        )


def _each_alone(before: Pack, after: Pack, made: Sequence[Change]) -> Iterator[tuple[str, Pack]]:
    """The first pack with one entry of the other, for each entry that can stand without the rest."""
    for change in made:
        if change.section in ASKED:
            with suppress(BadFile):
                yield change.provision, with_changes(before, after, change)


@dataclass(frozen=True)
class Screened:
    """An application under one pack: a finding for each item, or why there is none."""

    count: int
    findings: tuple[ItemFinding, ...]
    refused: str | None = None

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answer for each item."""
        if self.refused is not None:
            return (Answer(status=REFUSED),) * self.count
        return tuple(_answer(finding) for finding in self.findings)

    def explained(self, place: int) -> tuple[str, ...]:
        """Why the item at the place has its answer, in sentences."""
        if self.refused is not None:
            return (self.refused,)
        finding = self.findings[place]
        deadline = finding.deadline
        return (finding.explanation, *(deadline.steps if deadline is not None else ()))


def screened(pack: Pack, application: FiledApplication) -> Screened:
    """The application screened by the pack on the day on which it was screened."""
    count = len(application.application.disputed.items)
    try:
        return Screened(count, screen(pack, application, application.screened_on))
    except Refused as refused:
        return Screened(count, (), str(refused))


def _answer(finding: ItemFinding) -> Answer:
    return Answer(
        status=finding.status.value,
        grounds=tuple(ground.code for ground in finding.grounds),
        last_day=None if finding.deadline is None else _last_day(finding.deadline),
        appeal=tuple(ground.appeal for ground in finding.grounds if ground.appeal is not None),
        cure=tuple(ground.cure for ground in finding.grounds if ground.cure is not None),
        remedy=tuple(ground.remedy for ground in finding.grounds),
    )


def _last_day(deadline: Deadline) -> LastDay:
    if deadline.due is not None:
        words = deadline.due.isoformat()
    elif deadline.bounded:
        words = f"not settled ({deadline.safe_until.isoformat()} to {deadline.late_after.isoformat()})"
    else:
        words = "not known"
    return LastDay(due=deadline.due, safe_until=deadline.safe_until, late_after=deadline.late_after, words=words)


def _counted(pack: Pack, rule: str, clock: StartedClock) -> Deadline | str:
    """The time limit by the pack, or why it cannot be counted."""
    try:
        return pack.due(rule, clock.on, means=clock.means, region=clock.region, governed_on=clock.governed_on)
    except Refused as refused:
        return str(refused)


def _ends(counted: Deadline | str) -> str:
    return REFUSED if isinstance(counted, str) else _last_day(counted).words


def _steps(counted: Deadline | str) -> tuple[str, ...]:
    return (counted,) if isinstance(counted, str) else tuple(counted.steps)


def _or_several(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names) or (SEVERAL,)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What was compared and how often the packs differ. Sums of parts add up to the sums of the whole."""

    applications: int = 0
    differing_applications: int = 0
    items: int = 0
    differing_items: int = 0
    clocks: int = 0
    differing_clocks: int = 0
    bad_lines: int = 0
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Items whose status is another, by what it was and what it would be."""
    aspects: Counter[str] = field(default_factory=Counter)
    grounds_gained: Counter[str] = field(default_factory=Counter)
    grounds_lost: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    """Later time limits whose last day is another, by name."""
    provisions: Counter[str] = field(default_factory=Counter)
    """Items and time limits by the entry that alone makes them come out differently."""

    def __add__(self, other: Sums) -> Sums:
        names = self.__dataclass_fields__
        return Sums(**{name: getattr(self, name) + getattr(other, name) for name in names})

    def as_json(self) -> dict[str, Any]:
        """As plain data; changes of status are listed, the most frequent first."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        counted = {name: dict(each.most_common()) for name, each in plain.items() if isinstance(each, Counter)}
        changed = [{"from": was, "to": now, "items": n} for (was, now), n in self.statuses.most_common()]
        return {**plain, **counted, "statuses": changed}


def sums_of(replayed: Sequence[Replayed], *, bad_lines: int = 0) -> Sums:
    """The sums over some applications."""
    items = [item for each in replayed for item in each.differing_items]
    clocks = [clock for each in replayed for clock in each.differing_clocks]
    return Sums(
        applications=len(replayed),
        differing_applications=sum(bool(each.differing_items or each.differing_clocks) for each in replayed),
        items=sum(each.items for each in replayed),
        differing_items=len(items),
        clocks=sum(each.clocks for each in replayed),
        differing_clocks=len(clocks),
        bad_lines=bad_lines,
        statuses=Counter((i.before.status, i.after.status) for i in items if i.before.status != i.after.status),
        aspects=Counter(aspect for item in items for aspect in item.differs_in),
        grounds_gained=Counter(code for i in items for code in i.after.grounds if code not in i.before.grounds),
        grounds_lost=Counter(code for i in items for code in i.before.grounds if code not in i.after.grounds),
        rules=Counter(clock.rule for clock in clocks),
        provisions=Counter(name for item in items for name in item.because)
        + Counter(name for clock in clocks for name in clock.because),
    )

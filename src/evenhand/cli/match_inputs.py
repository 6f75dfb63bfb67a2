"""What every `evenhand match` sub-command is given: cases, reviewers, the day, what the office weighs and knows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evenhand.programmes import DEFAULT

if TYPE_CHECKING:
    from evenhand.matching import Qualifications
    from evenhand.matching.affiliations import Affiliations
    from evenhand.matching.day import Day, Policy
    from evenhand.matching.facts import CaseToReview, Reviewer
    from evenhand.reading import Fault

T = TypeVar("T")
FILE = click.Path(path_type=Path, dir_okay=False)
MOST_FAULTS = 10
_OPTIONS = (
    click.option("--cases", "cases", type=FILE, required=True, help="Cases that wait, as JSON Lines."),
    click.option("--reviewers", "reviewers", type=FILE, required=True, help="JSON Lines or reviewers.yaml."),
    click.option("--affiliations", "affiliations", type=FILE, help="Parties and edges, as JSON Lines."),
    click.option("--earlier", type=FILE, help="How many cases of whom each reviewer had before, as JSON Lines."),
    click.option("--policy", type=FILE, help="What the office weighs, as YAML; what is not named keeps its default."),
    click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day, YYYY-MM-DD."),
    click.option("--programme", default=DEFAULT, show_default=True, help="Whose law and vocabulary."),
)


@dataclass(frozen=True, kw_only=True)
class Given:
    """The files and the day, as they were named on the command line."""

    cases: Path
    reviewers: Path
    on: date
    programme: str
    affiliations: Path | None = None
    earlier: Path | None = None
    policy: Path | None = None

    def facts(self) -> tuple[list[CaseToReview], list[Reviewer], Qualifications, Affiliations | None]:
        """Cases, reviewers, what the law asks of them on the day, and who is tied to whom. Raises BadFile and Refused."""
        from evenhand.law import load_pack
        from evenhand.matching import from_law
        from evenhand.matching.facts import CaseToReview

        cases = read_lines(CaseToReview, self.cases)
        rules = from_law(load_pack(self.programme), self.on)
        return cases, _reviewers(self.reviewers), rules, read_affiliations(self.affiliations)

    def day(self, told: Policy | None = None) -> Day:
        """Everything that decides the day's selection. `told` is the policy where no file names one.

        Raises BadFile, with every fault by its file and line, for what cannot be read or solved.
        """
        from evenhand.law import load_pack
        from evenhand.matching.day import Earlier, Policy
        from evenhand.matching.panel import seats
        from evenhand.matching.solve import day_of
        from evenhand.reading import read

        with self.refusals():
            cases, reviewers, rules, affiliations = self.facts()
            return day_of(
                cases,
                reviewers,
                self.on,
                rules,
                policy=read(Policy, self.policy) if self.policy else told,
                programme=self.programme,
                affiliations=affiliations,
                history=read_lines(Earlier, self.earlier) if self.earlier else [],
                seats=seats(load_pack(self.programme), cases, self.on),
            )

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """The crafts' refusals as faults of what was given."""
        from evenhand.law import Refused
        from evenhand.matching import CannotSelect
        from evenhand.matching.affiliations import BadAffiliations
        from evenhand.reading import BadFile, Fault

        try:
            yield
        except Refused as refusal:
            raise BadFile([Fault(file="--on", what=str(refusal))]) from None
        except BadAffiliations as error:
            raise BadFile([Fault(file="--affiliations", what=str(error))]) from None
        except CannotSelect as error:
            raise BadFile([Fault(file=f"{self.cases.name}, {self.reviewers.name}", what=str(error))]) from None


def given(function: Callable[..., None]) -> Callable[..., None]:
    """The options that every sub-command shares, handed on as one `Given`."""

    @wraps(function)
    def command(
        cases: Path,
        reviewers: Path,
        affiliations: Path | None,
        earlier: Path | None,
        policy: Path | None,
        on: datetime,
        programme: str,
        **others: Any,
    ) -> None:
        told = Given(
            cases=cases,
            reviewers=reviewers,
            affiliations=affiliations,
            earlier=earlier,
            policy=policy,
            on=on.date(),
            programme=programme,
        )
        function(told, **others)

    wrapped: Callable[..., None] = command
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def read_lines(kind: type[T], path: Path) -> list[T]:
    """One object a line. Raises BadFile; every faulty line is told, by its number."""
    from evenhand.reading import BadFile, Fault, from_plain

    entries, faults = [], []
    for number, line in _lines(path):
        try:
            entries.append(from_plain(kind, json.loads(line), name=path.name))
        except ValueError as error:
            # BadFile is a ValueError too; its faults know the field, this loop the line.
            if isinstance(error, BadFile):
                faults += [
                    Fault(file=path.name, line=number, where=fault.where, what=fault.what) for fault in error.faults
                ]
            else:
                faults.append(Fault(file=path.name, line=number, what="is no JSON object; write one object a line"))
    if not entries and not faults:
        faults.append(Fault(file=path.name, what=f"is empty; expected one {kind.__name__} a line, as JSON"))
    _refuse(path, faults)
    return entries


def _reviewers(path: Path) -> list[Reviewer]:
    """Reviewers without names, whatever the file holds."""
    from evenhand.bundles.bundle import Register
    from evenhand.matching.facts import Reviewer
    from evenhand.reading import read

    if path.suffix.lower() in {".yaml", ".yml"}:
        return [entry.reviewer for entry in read(Register, path).reviewers]
    return read_lines(Reviewer, path)


def read_affiliations(path: Path | None) -> Affiliations | None:
    """Parties and edges from JSON Lines; every faulty line is told by its number. Raises BadFile."""
    from evenhand.matching.affiliations import Affiliations, Edge, Party
    from evenhand.reading import BadFile, Fault, from_plain

    if path is None:
        return None
    parties, edges, faults = [], [], []
    for number, line in _lines(path):
        try:
            plain = json.loads(line)
            if isinstance(plain, dict) and "source" in plain:
                edges.append(from_plain(Edge, plain, name=path.name))
            else:
                parties.append(from_plain(Party, plain, name=path.name))
        except BadFile as error:
            faults += [Fault(file=path.name, line=number, where=fault.where, what=fault.what) for fault in error.faults]
        except ValueError:
            faults.append(Fault(file=path.name, line=number, what="is no JSON object; write a party or an edge a line"))
    _refuse(path, faults)
    return Affiliations(parties=tuple(parties), edges=tuple(edges))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    from evenhand.reading import BadFile, Fault

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadFile([Fault(file=path.name, what=f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError:
        raise BadFile([Fault(file=path.name, what="is not UTF-8 text; save it as UTF-8")]) from None
    return ((number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip())


def _refuse(path: Path, faults: list[Fault]) -> None:
    """Raises BadFile for the first of these faults; of many it says how many there are."""
    from evenhand.reading import BadFile, Fault

    if len(faults) > MOST_FAULTS:
        more = Fault(file=path.name, what=f"has {len(faults) - MOST_FAULTS} more faults; is it JSON Lines at all?")
        faults = [*faults[:MOST_FAULTS], more]
    if faults:
        raise BadFile(faults)

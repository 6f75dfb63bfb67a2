"""Situations about the strength of evidence: scores, letters, levels, and competing studies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.law.evidence import NAME, Study, rating, study_level, study_quality, weigh
from evenhand.law.pack import Pack
from evenhand.law.situations.base import Situation, differs

ABOUT = (f"evidence.{NAME}",)


@dataclass(frozen=True, kw_only=True)
class TrialQuality(Situation):
    """The quality of a trial by its scores."""

    day: date
    scores: tuple[float, ...]
    quality: str | None = None

    @property
    def provisions(self) -> tuple[str, ...]:
        """The way of weighing evidence."""
        return ABOUT

    def differences(self, pack: Pack) -> Iterator[str]:
        """Adds the scores up."""
        yield from differs("quality", self.quality, study_quality(pack, self.scores, self.day).quality)


@dataclass(frozen=True, kw_only=True)
class EvidenceRating(Situation):
    """The letter of a body of studies; or the letters between which the law's words leave it open."""

    day: date
    qualities: tuple[str, ...] = ()
    irreconcilable: bool = False
    letters: tuple[str, ...] = ()

    @property
    def provisions(self) -> tuple[str, ...]:
        """The way of weighing evidence."""
        return ABOUT

    def differences(self, pack: Pack) -> Iterator[str]:
        """Rates the studies."""
        found = rating(pack, self.qualities, self.day, irreconcilable=self.irreconcilable)
        yield from differs("letters", self.letters, found.candidates)


@dataclass(frozen=True, kw_only=True)
class StudyLevels(Situation):
    """The level of each design of study for a kind of question."""

    day: date
    question: str
    levels: dict[str, str]
    """The level by the design; "not known" where nobody read it."""

    @property
    def provisions(self) -> tuple[str, ...]:
        """The way of weighing evidence."""
        return ABOUT

    def differences(self, pack: Pack) -> Iterator[str]:
        """Looks each design up."""
        for design, said in self.levels.items():
            yield from differs(design, said, study_level(pack, design, self.question, self.day).level or "not known")


@dataclass(frozen=True, kw_only=True)
class StudiesWeighed(Situation):
    """What competing studies come to."""

    day: date
    question: str
    studies: tuple[Study, ...]
    recommends: str | None = None
    """What the evidence supports; none where it does not decide."""
    from_studies: tuple[str, ...] = ()
    compared: bool = True
    missing: int = 0
    """How many reasons are still to be written."""

    @property
    def provisions(self) -> tuple[str, ...]:
        """The way of weighing evidence."""
        return ABOUT

    def differences(self, pack: Pack) -> Iterator[str]:
        """Weighs them."""
        found = weigh(pack, self.question, self.studies, self.day)
        yield from differs("recommends", self.recommends, found.recommendation)
        yield from differs("from", self.from_studies, found.sources)
        yield from differs("compared", self.compared, found.compared)
        yield from differs("reasons missing", self.missing, len(found.missing))

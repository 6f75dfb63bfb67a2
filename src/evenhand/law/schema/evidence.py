"""The shape of the rules by which evidence is weighed: scores and ratings, or levels of studies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evenhand.law.schema.common import Cited, Confidence, Part, Version


@dataclass(frozen=True, kw_only=True)
class Band:
    """Which totals of the scores make a study of this quality."""

    quality: str
    least: float
    most: float


@dataclass(frozen=True, kw_only=True)
class Needed:
    """How many studies of a quality a rating needs. From `doubtful_from` up to it the law's word is open."""

    quality: str
    at_least: int
    doubtful_from: int | None = None
    unknown: str | None = None


@dataclass(frozen=True, kw_only=True)
class RatingLaw:
    """A letter for a body of evidence. Any one of `any_of` is enough; the last letter needs nothing."""

    letter: str
    meaning: str
    any_of: tuple[Needed, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RatingScheme:
    """Each study is scored on so many criteria; the total makes its quality; the qualities make the letter."""

    criteria: int
    scores: tuple[float, ...]
    bands: tuple[Band, ...]
    letters: tuple[RatingLaw, ...]

    def faults(self) -> Iterator[str]:
        """Bands that overlap or leave a total out, qualities that are not listed, letters that may not fit."""
        bands = sorted(self.bands, key=lambda band: band.least)
        for lower, higher in pairwise(bands):
            if higher.least <= lower.most:
                yield f"the bands {lower.quality!r} and {higher.quality!r} overlap"
        if (bands[0].least, bands[-1].most) != (self.criteria * min(self.scores), self.criteria * max(self.scores)):
            yield "the bands do not reach from the least sum of the scores to the greatest"
        qualities = {band.quality for band in bands}
        for letter in self.letters:
            for needed in letter.any_of:
                if needed.quality not in qualities:
                    yield f"rating {letter.letter}: {needed.quality!r} is no quality of `bands`"
                if (needed.doubtful_from is None) != (needed.unknown is None):
                    yield f"rating {letter.letter}: `doubtful_from` and `unknown` belong together"
        if not self.letters or self.letters[-1].any_of:
            yield "needs a last rating that holds for everything else (without `any_of`)"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The designs of study that stand on a level for one kind of question; or the question what stands there."""

    designs: tuple[str, ...] = ()
    unknown: str | None = None
    confidence: Confidence | None = None
    """Where it differs from the version's."""


@dataclass(frozen=True, kw_only=True)
class LevelLaw:
    """A level, with its cell for each kind of question."""

    level: str
    cells: dict[str, Cell]


@dataclass(frozen=True, kw_only=True)
class LevelScheme:
    """Levels of evidence, the highest first. `aspects`: on what a study's applicability is judged. `comparing`: what
    follows from comparing levels."""

    only_when_competing: bool
    comparing: Cited
    aspects: dict[str, str]
    questions: dict[str, str]
    designs: dict[str, str]
    levels: tuple[LevelLaw, ...]

    def faults(self) -> Iterator[str]:
        """Cells for questions and designs that are not listed, and designs that are on two levels of a question."""
        seen: set[tuple[str, str]] = set()
        for row in self.levels:
            for question, cell in row.cells.items():
                if question not in self.questions:
                    yield f"level {row.level}: {question!r} is not among `questions`"
                if bool(cell.designs) == (cell.unknown is not None):
                    yield f"level {row.level}, {question}: needs either designs or the open question as `unknown`"
                for design in cell.designs:
                    if design not in self.designs:
                        yield f"level {row.level}, {question}: {design!r} is not among `designs`"
                    if (question, design) in seen:
                        yield f"level {row.level}, {question}: {design!r} stands on a higher level already"
                    seen.add((question, design))


@dataclass(frozen=True, kw_only=True)
class EvidenceVersion(Version):
    """How evidence is weighed from a day on: by a rating of the body, or by levels of the single studies."""

    used_when: str = ""
    rating: RatingScheme | None = None
    levels: LevelScheme | None = None

    def parts(self) -> Iterator[Part]:
        """The doubtful counts and the cells with marks of their own."""
        for letter in self.rating.letters if self.rating else ():
            for needed in letter.any_of:
                if needed.unknown is not None:
                    name = f"{letter.letter}, studies of {needed.quality} quality"
                    yield Part(name=name, citation=self.citation, confidence=self.confidence, unknown=needed.unknown)
        if self.levels is not None:
            said = self.levels.comparing
            yield Part(name="comparing", citation=said.citation, confidence=said.confidence, source=said.source)
        for row in self.levels.levels if self.levels else ():
            for question, cell in row.cells.items():
                if cell.confidence or cell.unknown:
                    yield Part(
                        name=f"level {row.level}, {question}",
                        citation=self.citation,
                        confidence=cell.confidence or self.confidence,
                        unknown=cell.unknown,
                    )

    def faults(self) -> Iterator[str]:
        """Neither or more than one of the two ways and the question, and what is wrong within the ways."""
        if [self.rating is None, self.levels is None, self.unknown is None].count(False) != 1:
            yield "needs a rating or levels, or the open question as `unknown`"
        if self.rating is not None:
            yield from self.rating.faults()
        if self.levels is not None:
            yield from self.levels.faults()


@dataclass(frozen=True, kw_only=True)
class EvidenceLaw:
    """How evidence is weighed through the years."""

    title: str
    governed_by: str
    versions: tuple[EvidenceVersion, ...]

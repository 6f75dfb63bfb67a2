"""The standards of medical necessity as they stand on a day, and the ladder on which a reviewer searches them.

How they rank changed (strictly until 2017; by the schedule's own search sequence from 2018), and so did the ladder; both
are data. `search` walks the ladder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.law.pack import Pack
from evenhand.law.schema import Confidence, caution_words
from evenhand.law.schema.standards import Ranking, StepLaw
from evenhand.law.versions import answered_on, known

NAME = "medical_necessity"


@dataclass(frozen=True, kw_only=True)
class Standards:
    """The standards by letter, in the statute's order, and how they rank."""

    standards: dict[str, str]
    ranking: Ranking
    how: str
    citation: str
    source: tuple[str, ...]
    confidence: Confidence
    caution: str | None


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """The steps in their order on a day."""

    steps: tuple[StepLaw, ...]
    strictly_ordered: bool
    citation: str
    confidence: Confidence
    reasoning: str | None
    caution: str | None


def necessity_standards(pack: Pack, on: date) -> Standards:
    """The standards for treatment requested on `on` (Lab. Code 4610.5(c)(2)). Raises Refused before there were any."""
    law = known(pack.law.standards, NAME, "list of standards")
    version = answered_on(law.versions, on, law.title)
    return Standards(
        standards=version.standards,
        ranking=version.ranking,
        how=version.how,
        citation=version.citation,
        source=version.source,
        confidence=version.confidence,
        caution=caution_words(version.confidence, version.caution),
    )


def ladder(pack: Pack, on: date) -> Ladder:
    """The ladder for treatment requested on `on` (Lab. Code 4610.5(c)(2); 8 CCR 9792.21.1)."""
    law = known(pack.ladders, NAME, "evidence ladder")
    version = answered_on(law.versions, on, law.title)
    return Ladder(
        steps=version.steps,
        strictly_ordered=necessity_standards(pack, on).ranking is Ranking.STRICT,
        citation=version.citation,
        confidence=version.confidence,
        reasoning=version.reasoning,
        caution=caution_words(version.confidence, version.caution),
    )

"""What a review costs the claims administrator; the employee never pays (8 CCR 9792.10.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.law.pack import Pack
from evenhand.law.schema import Confidence, FeeRow, caution_words
from evenhand.law.versions import known, version_on


class FeeStage(StrEnum):
    """How far the review had come when it ended."""

    BEFORE_REVIEWER = "before_reviewer"
    AFTER_REVIEWER = "after_reviewer"
    DETERMINED = "determined"


@dataclass(frozen=True, kw_only=True)
class Fee:
    """A fee in `unit`. `amount` is None where nobody could verify it; `unknown` is then the question to ask."""

    amount: int | None
    unit: str
    explanation: str
    citation: str
    confidence: Confidence
    unknown: str | None
    caution: str | None


def fee(
    pack: Pack,
    submitted_on: date,
    expedited: bool,
    pharmacy_only: bool,
    stage: FeeStage | str,
    other_physician: bool = False,
    reviewers: int = 1,
) -> Fee:
    """The fee for an application submitted on `submitted_on`.

    `pharmacy_only`: every disputed item is a drug; `stage`: how far the review had come; `other_physician`: the
    reviewer is neither MD nor DO. Raises Refused before the first schedule.
    """
    law = known(pack.fees, "review", "fee")
    schedule = version_on(law.versions, submitted_on, law.title)
    facts = {
        "stage": FeeStage(stage).value,
        "expedited": expedited,
        "pharmacy_only": pharmacy_only,
        "other_physician": other_physician,
        "reviewers": reviewers,
    }
    row = next((row for row in schedule.rows if _fits(row, facts)), None)
    amount = row.amount if row else None
    unknown = (
        None
        if amount is not None
        else (row.unknown if row else None) or schedule.unknown or f"Which fee holds for {facts}?"
    )
    confidence = (row.confidence if row else None) or schedule.confidence
    said = f"${amount:,}" if amount is not None else f"not known, so no amount is given: {unknown}"
    return Fee(
        amount=amount,
        unit=law.unit,
        explanation=f"{law.title}, application submitted {submitted_on}, schedule from {schedule.valid_from}: {said}",
        citation=schedule.citation,
        confidence=confidence,
        unknown=unknown,
        caution=caution_words(confidence, schedule.caution),
    )


def _fits(row: FeeRow, facts: dict[str, str | bool | int]) -> bool:
    """Whether every condition of the row that is stated holds."""
    return all(getattr(row, name) in {None, fact} for name, fact in facts.items())

"""What a review costs the claims administrator; the employee never pays (8 CCR 9792.10.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.law.pack import Pack
from evenhand.law.schema import Confidence, FeeRow, caution_words
from evenhand.law.schema import FeeStage as FeeStage
from evenhand.law.tables import Answer, answer
from evenhand.law.versions import known, version_on


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
    row = next(
        (row for row in schedule.rows if row.fits(facts)), FeeRow(unknown=schedule.unknown or schedule.otherwise)
    )
    amount, unknown, confidence = row.amount, row.unknown, row.confidence or schedule.confidence
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


def fee_owed(pack: Pack, submitted_on: date, *, assigned: bool) -> Answer:
    """Whether an application submitted on `submitted_on` costs anything, by whether it was assigned for review."""
    return answer(pack, "fee_owed", submitted_on, assigned=assigned)

"""A made-up letter while it can still be changed: sentences with roles, facts beside them; at last a determination."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.letters.planted.cites import Source
from tests.letters.planted.request import Name, Request, Sentence, named

from evenhand.letters.determination import (
    Decision,
    Determination,
    Header,
    ItemDetermination,
    Outcome,
    ReviewerCredentials,
    outcome_of,
)
from evenhand.letters.guidelines import find
from evenhand.letters.wording import wording
from evenhand.programmes import DEFAULT

REMAINING = (
    "{original} was the original request. {authorized} was authorized by the Claims Administrator. "
    "The remaining IMR eligible portion of the original request, {eligible} is"
)


@dataclass
class DraftItem:
    """One disputed item."""

    number: int
    request: Request
    heading: str
    """A template of kinds.yaml, filled by the request."""
    decision: Decision | None
    claims: str
    reviewer: str
    source: Source
    reasons: list[Sentence]
    parts: tuple[str, str, str] | None = None
    """Original request, authorized and eligible portion, where it was authorized in part."""
    whole: int = 0
    """How many were asked for, where it was authorized in part."""
    rationale: str | None = None
    """The reasons as a whole, where a planter wrote them anew."""
    heading_text: str | None = None

    @property
    def granted(self) -> bool:
        """Whether the worker won the item."""
        return self.decision is Decision.OVERTURNED

    def words(self) -> str:
        """The heading."""
        if self.heading_text is not None:
            return self.heading_text
        if self.parts:
            original, authorized, eligible = self.parts
            return REMAINING.format(original=original, authorized=authorized, eligible=eligible)
        return named(self.heading, self.request)

    def sentence(self, *roles: str) -> Sentence:
        """The first sentence of one of the roles."""
        return next(each for role in roles for each in self.reasons if each.role == role)

    def names(self) -> list[Name]:
        """How the reasons call the item."""
        return [name for each in self.reasons for name in each.names.values() if name.item == self.number]


@dataclass
class Draft:
    """The letter. `requests` maps the items' numbers to their facts; what is changed there changes every name."""

    family: str
    seed: int
    header: Header
    reviewer: ReviewerCredentials
    documents: tuple[str, ...]
    age: int
    female: bool
    visit: date
    condition: str
    style: str
    """How the family writes days."""
    summary: list[Sentence]
    items: list[DraftItem]
    facts: list[str] = field(default_factory=list)
    """The facts of the worker that the summary tells, by their ids."""
    summary_text: str | None = None
    outcome: Outcome | None = None
    outcome_set: bool = False

    def requests(self) -> dict[int, Request]:
        """The items' facts by number."""
        return {item.number: item.request for item in self.items}

    def summary_words(self) -> str:
        """The clinical case summary."""
        if self.summary_text is not None:
            return self.summary_text
        return " ".join(each.text(self.requests()) for each in self.summary)

    def rationale(self, item: DraftItem) -> str:
        """The item's reasons."""
        if item.rationale is not None:
            return item.rationale
        return " ".join(each.text(self.requests()) for each in item.reasons)

    def day(self, day: date) -> str:
        """A day as the family writes it."""
        return written(day, self.style)

    def letter(self) -> Determination:
        """The letter as a determination, its guideline lines read as published letters' are."""
        words = wording(DEFAULT)
        decisions = tuple(item.decision for item in self.items)
        return Determination(
            source=f"{self.family}-{self.seed}",
            layout="A",
            header=self.header,
            reviewer=self.reviewer,
            documents_reviewed=self.documents,
            clinical_case_summary=self.summary_words(),
            outcome=self.outcome if self.outcome_set else outcome_of(decisions),
            items=tuple(
                ItemDetermination(
                    number=item.number,
                    item=item.words(),
                    decision=item.decision,
                    claims_administrator_guideline=find(item.claims, words),
                    imr_guideline=find(item.reviewer, words),
                    rationale=self.rationale(item),
                    original_request=item.parts[0] if item.parts else None,
                    authorized=item.parts[1] if item.parts else None,
                    eligible_portion=item.parts[2] if item.parts else None,
                )
                for item in self.items
            ),
        )


def written(day: date, style: str) -> str:
    """A day in a family's style."""
    return day.strftime(style.replace("{d}", str(day.day)))

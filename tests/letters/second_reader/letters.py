"""The good letter of the second reader's tests, and what a case changes in it.

A case is YAML (`cases/EHnnn.yaml`):

    finds:                        # letters in which the check must speak
      - why: the rationale speaks of the other knee        # a sentence: what is wrong in this letter
        change: {items: [{rationale: "The left knee is stable."}]}
        quote: left knee          # what the finding must point at (may be left out where a whole part is meant)
        item: 1                   # the item of the finding (0 or left out: the letter)
    near_misses:                  # letters that look like it and are right: the check must be silent
      - why: the left knee is named as the one that was operated on before
        change: {...}

`change` may hold: summary, documents, reviewer {licensure, specialties}, header {date_of_injury, ...}, outcome, on, profile, items.
Each entry of `items` changes the good letter's item of the same place (further ones begin as a copy of the first): item, number,
decision (null for none), rationale, original_request, authorized, eligible_portion, claims and reviewer (each a list of
citations, or {text, none_cited, outside_mtus, citations}).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evenhand.letters.determination import (
    Citation,
    CitationKind,
    Decision,
    Determination,
    Guideline,
    Header,
    ItemDetermination,
    Outcome,
    ReviewerCredentials,
    outcome_of,
)
from evenhand.letters.second_reader import Finding, Profile, check_letter
from evenhand.reading import from_plain


def chapter(title: str, year: int, *sections: str) -> Citation:
    """A citation of the schedule."""
    return Citation(kind=CitationKind.MTUS, chapter=title, year=year, sections=sections)


ITEM = ItemDetermination(
    number=1,
    item="MRI of the lumbar spine",
    decision=Decision.OVERTURNED,
    claims_administrator_guideline=Guideline(
        text="Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies.",
        citations=(chapter("Low Back Complaints", 2004, "Special Studies"),),
    ),
    imr_guideline=Guideline(
        text="Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies.",
        citations=(chapter("Low Back Complaints", 2004, "Special Studies"),),
    ),
    rationale=(
        "The MTUS recommends imaging of the low back where signs of nerve root compression last beyond six weeks of care. "
        "This worker's left leg has been numb since March, the ankle reflex is lost on the examination of 11-10-2016, and "
        "therapy and naproxen have brought no relief. An MRI of the lumbar spine would decide whether surgery is considered. "
        "The request is medically necessary."
    ),
)
GOOD = Determination(
    source="good",
    layout="own",
    header=Header(
        case_number="CM16-0999002",
        date_of_injury=date(2016, 3, 2),
        ur_denial_date=date(2016, 11, 29),
        application_received=date(2016, 12, 1),
        date_assigned=date(2016, 12, 7),
        decision_date=date(2017, 1, 5),
    ),
    reviewer=ReviewerCredentials(licensure=("California",), specialties=("Physical Medicine & Rehabilitation",)),
    clinical_case_summary=(
        "The injured worker is a 44-year-old man who hurt the lower back on 03/02/2016 while lifting. He reports low back pain "
        "and numbness in the left leg. On 11/10/2016 the straight leg raise was positive on the left and the ankle reflex was "
        "absent. He has had twelve visits of physical therapy and takes naproxen."
    ),
    documents_reviewed=("Progress report, treating physician, 2016-11-10", "Application for IMR, 2016-12-01"),
    outcome=Outcome.OVERTURN,
    items=(ITEM,),
)


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A letter with how it is to be read."""

    letter: Determination
    on: date | None = None
    profile: Profile = Profile.ISSUE

    def findings(self) -> tuple[Finding, ...]:
        """What the second reader says of it."""
        return check_letter(self.letter, on=self.on, profile=self.profile)


def changed(change: dict[str, Any]) -> Changed:
    """The good letter with the change of a case."""
    change = dict(change)
    on, profile = change.pop("on", None), Profile(change.pop("profile", "issue"))
    items = tuple(_items(change.pop("items", [{}])))
    parts: dict[str, Any] = {"items": items, "outcome": outcome_of(tuple(item.decision for item in items))}
    for key, value in change.items():
        match key:
            case "summary":
                parts["clinical_case_summary"] = value
            case "documents":
                parts["documents_reviewed"] = tuple(value)
            case "reviewer":
                parts["reviewer"] = replace(GOOD.reviewer, **{k: tuple(v) for k, v in value.items()})
            case "header":
                parts["header"] = replace(GOOD.header, **value)
            case "outcome":
                parts["outcome"] = Outcome(value)
            case _:
                raise KeyError(f"a case changes no {key!r}")
    return Changed(letter=replace(GOOD, **parts), on=on, profile=profile)


def _items(changes: list[dict[str, Any]]) -> list[ItemDetermination]:
    return [_item(number, dict(change)) for number, change in enumerate(changes, 1)]


def _item(number: int, change: dict[str, Any]) -> ItemDetermination:
    parts: dict[str, Any] = {"number": change.pop("number", number)}
    for side, name in (("claims", "claims_administrator_guideline"), ("reviewer", "imr_guideline")):
        if side in change:
            parts[name] = _guideline(change.pop(side))
    if "decision" in change:
        word = change.pop("decision")
        parts["decision"] = Decision(word) if word else None
    return replace(ITEM, **parts, **change)


def _guideline(said: Any) -> Guideline:
    if isinstance(said, list):
        said = {"text": "Decision based on the sources named.", "citations": said}
    return from_plain(Guideline, said, name="guideline")

"""Letters, decisions, cases and reviewers for the benchmarks: made up from the examples' words, seeded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from evenhand.bundles import Bundle, read_bundle
from evenhand.corpus.decision import Origin, PublishedDecision, decision_of
from evenhand.law.facts import PartyRole, UrType
from evenhand.letters.determination import (
    Citation,
    CitationKind,
    Decision,
    Determination,
    Guideline,
    Header,
    ItemDetermination,
    ReviewerCredentials,
    outcome_of,
)
from evenhand.letters.own import EvidenceLine, ItemEvidence, OwnLetter, Parties
from evenhand.matching.facts import (
    CaseToReview,
    Certification,
    Licence,
    LicenceStatus,
    Practice,
    Reviewer,
    ScreenedParty,
    Tie,
    TieKind,
)
from evenhand.typesetting.parties import Organisation, Recipient

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLES = REPOSITORY / "examples"
SHARED = REPOSITORY.parent / "shared"

SITES = ("lumbar spine", "cervical spine", "right shoulder", "left knee", "right wrist", "left ankle", "thoracic spine")
ITEMS = (
    "{n} visits of physical therapy for the {site}",
    "MRI of the {site} without contrast",
    "Cyclobenzaprine 7.5mg #{n}0",
    "Norco 10/325mg #{n}0 with 1 refill",
    "{n} sessions of acupuncture for the {site}",
    "Hot/cold therapy unit for the {site}, rental for {n} days",
    "Epidural steroid injection, {site}",
    "EMG/NCV of the bilateral upper extremities",
    "Functional restoration program, {n} days",
    "Terocin patches #{n}",
    "Arthroscopic surgery of the {site}",
    "Psychiatric consultation and {n} sessions of cognitive behavioral therapy",
    "Home health aide, {n} hours a week",
    "Urine drug screen",
)
CHAPTERS = (
    "Low Back Complaints",
    "Shoulder Complaints",
    "Knee Complaints",
    "Neck and Upper Back Complaints",
    "Chronic Pain",
)
SPECIALTIES = (
    "Physical Medicine & Rehabilitation", "Orthopedic Surgery", "Family Practice", "Occupational Medicine", "Neurology",
    "Anesthesiology", "Pain Medicine", "Psychiatry", "Internal Medicine", "Neurological Surgery", "Hand Surgery",
    "Emergency Medicine", "Rheumatology", "General Surgery",
)  # fmt: skip
CONDITIONS = (
    "Lumbar radiculopathy", "Pseudarthrosis after cervical fusion", "Rotator cuff tear, right shoulder",
    "Internal derangement of the knee", "Carpal tunnel syndrome", "Chronic pain syndrome", "Major depressive disorder",
    "Cervical strain", "Lumbar strain", "Ankle sprain",
)  # fmt: skip
SYLLABLES = (
    "bar",
    "cor",
    "del",
    "fen",
    "gar",
    "hol",
    "kes",
    "lin",
    "mor",
    "nel",
    "par",
    "quin",
    "ros",
    "sel",
    "tor",
    "ves",
)
SELECTED_ON = date(2025, 6, 2)


@cache
def bundles() -> tuple[Bundle, ...]:
    """The examples, read."""
    return tuple(read_bundle(path) for path in sorted(EXAMPLES.iterdir()) if (path / "case.yaml").exists())


@cache
def _sentences() -> tuple[str, ...]:
    works = [bundle.review for bundle in bundles() if bundle.review]
    texts = [entry.text for work in works for entry in work.summary]
    texts += [item.rationale for work in works for item in work.items]
    return tuple(
        sentence.strip() + "." for text in texts for sentence in " ".join(text.split()).split(". ") if sentence
    )


def _prose(chance: random.Random, count: int) -> str:
    """Sentences of the examples with other numbers and sides, so that no two texts are alike."""
    words = " ".join(chance.choice(_sentences()).rstrip(".") + "." for _ in range(count)).split()
    return " ".join(str(chance.randint(1, 60)) if word.isdigit() else word for word in words)


def items(chance: random.Random, count: int) -> tuple[str, ...]:
    """Disputed items as people word them."""
    return tuple(
        chance.choice(ITEMS).format(n=chance.choice((4, 6, 8, 12)), site=chance.choice(SITES)) for _ in range(count)
    )


def determination(number: int, *, seed: int = 1) -> Determination:
    """One determination of one to five items."""
    chance = random.Random(f"{seed}/{number}")
    received = date(2016, 1, 4) + timedelta(days=chance.randint(0, 700))
    decided = tuple(_item(chance, place, text) for place, text in enumerate(items(chance, chance.randint(1, 5)), 1))
    return Determination(
        source=f"generated-{number:05}",
        layout="own",
        header=Header(
            case_number=f"CM16-{number:07}",
            date_assigned=received + timedelta(days=8),
            date_of_injury=received - timedelta(days=chance.randint(60, 2000)),
            decision_date=received + timedelta(days=36),
            ur_denial_date=received - timedelta(days=9),
            priority="Standard",
            application_received=received,
        ),
        reviewer=ReviewerCredentials(licensure=("California",), specialties=(chance.choice(SPECIALTIES),)),
        clinical_case_summary=f"The injured worker is a {chance.randint(19, 75)}-year-old. {_prose(chance, 12)}",
        documents_reviewed=tuple(f"Progress report of {chance.choice(SITES)}, page {n}" for n in range(1, 9)),
        outcome=outcome_of(tuple(item.decision for item in decided)),
        items=decided,
    )


def _item(chance: random.Random, number: int, text: str) -> ItemDetermination:
    chapter = Citation(kind=CitationKind.MTUS, chapter=chance.choice(CHAPTERS), year=2004, sections=("Initial Care",))
    return ItemDetermination(
        number=number,
        item=text,
        decision=chance.choice((Decision.UPHELD, Decision.UPHELD, Decision.OVERTURNED)),
        claims_administrator_guideline=Guideline(text="", citations=(chapter,)),
        imr_guideline=Guideline(text="", citations=(replace(chapter, sections=("Initial Care", "Summary")),)),
        rationale=_prose(chance, 8),
    )


def letter(number: int, *, seed: int = 1) -> OwnLetter:
    """One whole letter of our own around `determination(number)`."""
    decided = determination(number, seed=seed)
    step = EvidenceLine(step="The treatment schedule", finding="Addresses the item", reason="It speaks to the request.")
    assert decided.header.decision_date is not None
    return OwnLetter(
        determination=decided,
        organisation=Organisation(
            name="Example Review Organisation", address_lines=("1 Mill Street",), phone="555-0100"
        ),
        parties=Parties(
            employee="Orla Benchmark",
            claim_number=f"B-{number}",
            employer="Lathe & Sons",
            claims_administrator="Granite Claims",
            requesting_physician="Tavi Quill, MD",
        ),
        recipients=(Recipient(role="employee", name="Orla Benchmark", lines=("2 Mill Street",)),),
        served_on=decided.header.decision_date,
        condition="Lumbar radiculopathy",
        evidence=tuple(ItemEvidence(item=item.number, steps=(step,)) for item in decided.items),
        next_steps=(),
    )


def published(count: int) -> list[PublishedDecision]:
    """Published decisions with one to five items each."""
    return [
        decision_of(determination(number), programme="ca_dwc", source=Origin.IMPORT, profile="as_published")
        for number in range(count)
    ]


def _name(chance: random.Random) -> str:
    parts = ["".join(chance.choice(SYLLABLES) for _ in range(2)).title() for _ in range(2)]
    return " ".join(parts)


def cases(count: int, *, seed: int = 1) -> list[CaseToReview]:
    """Cases that wait for a reviewer, each with ten parties to screen."""
    chance = random.Random(seed)
    roles = list(PartyRole)
    return [
        CaseToReview(
            id=f"C-{number:05}",
            items=items(chance, chance.randint(1, 4)),
            condition=chance.choice(CONDITIONS),
            parties=tuple(ScreenedParty(role=roles[place % len(roles)], name=_name(chance)) for place in range(10)),
            priority=chance.choice((UrType.REGULAR, UrType.REGULAR, UrType.REGULAR, UrType.EXPEDITED)),
            due=SELECTED_ON + timedelta(days=chance.randint(1, 40)),
        )
        for number in range(count)
    ]


def reviewers(count: int, waiting: Sequence[CaseToReview], *, seed: int = 1) -> list[Reviewer]:
    """A register: mostly able, each with three ties, some of them to parties of the waiting cases."""
    chance = random.Random(f"register {seed}")
    parties = sorted({party.name for case in waiting for party in case.parties})
    return [_reviewer(chance, number, parties) for number in range(count)]


def _reviewer(chance: random.Random, number: int, parties: list[str]) -> Reviewer:
    since, verified = date(2012, 1, 1), date(2025, 1, 15)
    ends = date(2027, 1, 1) if chance.random() < 0.92 else date(2025, 1, 31)
    state = "CA" if chance.random() < 0.7 else chance.choice(("OR", "TX", "NY", "AZ"))
    held = chance.sample(SPECIALTIES, chance.choice((1, 1, 2)))
    names = [chance.choice(parties) if chance.random() < 0.3 else _name(chance) for _ in range(3)]
    return Reviewer(
        id=f"R-{number:05}",
        licences=(
            Licence(
                state=state, kind="MD", status=LicenceStatus.ACTIVE, valid_from=since, valid_to=ends,
                verified_on=verified, source="generated",
            ),
        ),
        certifications=tuple(
            Certification(board="ABMS", specialty=name, valid_from=since, verified_on=verified, source="generated")
            for name in held
        ),
        practice=Practice(since=since, hours_a_week=chance.choice((8, 24, 32, 40)), attested_on=verified),
        capacity=chance.randint(1, 4),
        open_cases=chance.randint(0, 1),
        ties=tuple(
            Tie(kind=chance.choice(list(TieKind)), party=name, nature="generated", valid_from=since) for name in names
        ),
    )  # fmt: skip

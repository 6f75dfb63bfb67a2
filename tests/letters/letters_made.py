"""Letters out of chance: whatever a determination may say, within what its fields allow. People and facts are invented."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from tests.letters.test_write import LETTER

from evenhand.letters.cite import Side, guideline_text
from evenhand.letters.determination import (
    Citation,
    CitationKind,
    Decision,
    Determination,
    Guideline,
    Header,
    ItemDetermination,
    Opinion,
    OpinionOnItem,
    ReviewerCredentials,
    outcome_of,
)
from evenhand.letters.guidelines import find
from evenhand.letters.own import ItemEvidence, OwnLetter
from evenhand.letters.wording import wording

# Words that could be taken for something else: labels, headings, numbers of entries, line ends in a hyphen, other scripts.
HAZARDS = re.findall(
    r"\S+",
    "Item 2 of 3: Decision: Upheld Decision: Overturned Summary: RESULT Reasons: Opinion 1 of 2 | Page 1 of 2 On item 1: "
    "Documents reviewed WHAT HAPPENS NEXT IMR guideline: Decision rationale: 2. 3. 1. 12. 1- 2 10-28-2016 pre- and L5-S1 "
    "well-documented 1–2 times/week — … “so” ‘it’ O’Neil's 40° 5 mm × 3 ® ™ § ½ µg ≥ ≤ ± ñ é ü Žižek Łódź Ω Дом naïve "
    "office finding fluffy affliction <b> & #strong *x* _y_ $z$ @w `v` // \\ [c] {d} ~ ^ % the of and to",
)
WORDS = st.one_of(
    st.sampled_from(HAZARDS),
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789áéíñöüßçøåčšžαβγдж", min_size=1, max_size=14),
    st.text("xyz", min_size=35, max_size=90),
)


def prose(most: int) -> st.SearchStrategy[str]:
    """Running text of up to so many words."""
    return st.lists(WORDS, min_size=1, max_size=most).map(" ".join)


NAMES = st.lists(
    st.sampled_from(("California", "New York", "Pain Management", "Surgery, Hand", "Orthopaedic Surgery & Sports")),
    min_size=1,
    max_size=4,
    unique=True,
).map(tuple)
CREDENTIALS = st.builds(ReviewerCredentials, licensure=NAMES, specialties=NAMES)
DAYS = st.none() | st.dates(date(2013, 1, 1), date(2031, 12, 31))
CITED = st.one_of(
    st.builds(
        Citation,
        kind=st.just(CitationKind.MTUS),
        chapter=st.sampled_from(("Low Back Complaints", "Chronic Pain Medical Treatment", "Knee Disorders")),
        year=st.integers(2004, 2026),
        sections=st.lists(st.sampled_from(("Opioids", "Exercise", "Special Studies")), max_size=3, unique=True).map(
            tuple
        ),
    ),
    st.builds(
        Citation,
        kind=st.just(CitationKind.GUIDELINE),
        organisation=st.just("Official Disability Guidelines (ODG)"),
        title=st.sampled_from(("Pain", "Low Back", "Shoulder")),
        section=st.sampled_from(("MRI", "Lumbar supports")),
        year=st.integers(2009, 2024),
    ),
)


def guideline(side: Side) -> st.SearchStrategy[Guideline]:
    """A guideline line as the grammar of the published letters has it, and what it cites."""
    words = wording("ca_dwc")
    some = st.lists(CITED, min_size=0 if side is Side.CLAIMS_ADMINISTRATOR else 1, max_size=4)
    return some.map(lambda cited: find(guideline_text(tuple(cited), side), words))


ITEMS = st.builds(
    ItemDetermination,
    number=st.just(0),
    item=prose(60),
    decision=st.sampled_from(Decision),
    claims_administrator_guideline=guideline(Side.CLAIMS_ADMINISTRATOR),
    imr_guideline=guideline(Side.REVIEWER),
    rationale=prose(250),
    original_request=st.none() | prose(30),
    authorized=st.none() | prose(10),
    eligible_portion=st.none() | prose(10),
)


@st.composite
def letters(draw: st.DrawFn, most_items: int = 5) -> OwnLetter:
    """A whole letter with some items, with or without separate opinions."""
    items = tuple(
        replace(item, number=number)
        for number, item in enumerate(draw(st.lists(ITEMS, min_size=1, max_size=most_items)), 1)
    )
    on_items = st.builds(
        OpinionOnItem,
        item=st.integers(1, len(items)),
        decision=st.sampled_from(Decision),
        rationale=prose(60),
    )
    opinion = st.builds(Opinion, reviewer=CREDENTIALS, items=st.lists(on_items, min_size=1, max_size=3).map(tuple))
    determination = Determination(
        source="letter",
        layout="own",
        header=Header(
            case_number=f"CM{draw(st.integers(10, 40))}-{draw(st.integers(0, 9999999)):07}",
            priority=draw(st.sampled_from(("Standard", "Expedited"))),
            **{
                name: draw(DAYS)
                for name in (
                    "date_assigned",
                    "date_of_injury",
                    "decision_date",
                    "ur_denial_date",
                    "application_received",
                )
            },
        ),
        reviewer=draw(CREDENTIALS),
        clinical_case_summary=draw(prose(200)),
        outcome=outcome_of(tuple(item.decision for item in items)),
        items=items,
        documents_reviewed=tuple(draw(st.lists(prose(40), min_size=1, max_size=30))),
        opinions=tuple(draw(st.lists(opinion, max_size=3))),
    )
    evidence = tuple(ItemEvidence(item=item.number, steps=LETTER.evidence[0].steps) for item in items)
    return replace(LETTER, determination=determination, evidence=evidence, condition=draw(prose(20)))

"""Citations are found in free text, with their places, and resolve. The sentences are our own."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.citations import Difference, compare, find_citations, resolve

ON = date(2016, 11, 1)

FOUND = [
    ("Per the ODG, Neck and Upper Back chapter, MRI is an option.", ["odg-neck"]),
    ("Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303-305, 308.", ["mtus-low-back-2004"]),
    (
        "MTUS Chronic Pain Medical Treatment Guidelines 8 C.C.R. §§9792.20 - 9792.26 MTUS (Effective July 18, 2009) Page 98 of 127.",
        ["mtus-chronic-pain-2009"],
    ),
    ("CA MTUS 2009: 9792.24.2. Chronic Pain Medical Treatment Guidelines, page 99.", ["mtus-chronic-pain-2009"]),
    (
        "MTUS Shoulder Complaints 2004, Section(s): Initial Care, and Elbow Complaints 2007, and Forearm, Wrist, and Hand "
        "Complaints 2004.",
        ["mtus-shoulder-2004", "mtus-elbow-2007", "mtus-forearm-wrist-hand-2004"],
    ),
    ("The MTUS Chronic Pain and ODG Pain guidelines speak of it.", ["mtus-chronic-pain-2016", "odg-pain"]),
    ("See chapter 12 of the ACOEM guidelines, pages 303-305.", ["mtus-low-back-2004"]),
    (
        "Pursuant to the Chronic Pain Medical Treatment Guidelines 2016 and the Official Disability Guidelines, it is allowed.",
        ["mtus-chronic-pain-2016", "odg"],
    ),
    ("ODG Neck; Low Back.", ["odg-neck", "odg-low-back"]),
    ("ACOEM Practice Guidelines, 3rd ed., Low Back Disorders, pg. 607.", ["acoem-low-back"]),
    ("The AAOS guideline on the treatment of osteoarthritis of the knee (2013) differs.", ["aaos-2013-3"]),
    ("The California MTUS 2009 Acupuncture Guidelines speak of it.", ["mtus-acupuncture-2007"]),
    (
        "Example AB, Sample CD. Cold after fusion. J Invented Med. 2011 Mar;12(3):45-51. PMID: 12345678.",
        ["pmid:12345678"],
    ),
    ("Sample CD. Cold after fusion. J Invented Med. 2011;12(3):45-51.", ["study:j-invented-med:2011:12:45"]),
    ("(Sample, 2009) found it.", [None]),
    ("The drug is FDA approved. Aspirin (ASA) was given.", []),
    ("They did not base their decision on the MTUS. It lies outside of the MTUS Guidelines: Non-MTUS.", []),
    ("Knee pain since 2004, page 3 of the record, low back sore.", []),
]


@pytest.mark.parametrize(("text", "identities"), FOUND)
def test_citations_in_prose_are_found_and_resolve(text: str, identities: list[str | None]) -> None:
    """Each citation of a sentence, and nothing else, is found and leads to what it names."""
    found = find_citations(text)
    assert [resolve(mention, ON).identity for mention in found] == identities


@pytest.mark.parametrize("text", [text for text, _ in FOUND])
def test_a_mention_knows_its_place(text: str) -> None:
    """The span of a mention is its text, and no two mentions overlap."""
    found = find_citations(f"Before. {text} After.")
    assert all(f"Before. {text} After."[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([word for text, _ in FOUND for word in text.split()]), max_size=25))
def test_no_order_of_words_makes_it_fail(words: list[str]) -> None:
    """Whatever the words of citations are put together to, mentions lie within the text."""
    text = " ".join(words)
    assert all(0 <= m.start < m.end <= len(text) for m in find_citations(text))


@pytest.mark.parametrize(
    ("claims", "reviewer", "difference"),
    [
        ("MTUS Low Back Complaints 2004.", "MTUS Low Back Complaints 2004.", Difference.SAME_EDITION),
        (
            "MTUS Low Back Complaints 2004, Section(s): Special Studies.",
            "MTUS Low Back Complaints 2004, Section(s): Summary.",
            Difference.OTHER_SECTION,
        ),
        (
            "MTUS Low Back Complaints 2004, page 303.",
            "MTUS Low Back Complaints 2004, Section(s): Special Studies.",
            Difference.SAME_PASSAGE,
        ),
        ("MTUS Chronic Pain 2009.", "MTUS Chronic Pain 2016.", Difference.OTHER_EDITION),
        ("MTUS Low Back Complaints 2004.", "MTUS Knee Complaints 2004.", Difference.OTHER_CHAPTER),
        ("MTUS Low Back Complaints 2004.", "ODG Low Back.", Difference.OTHER_SOURCE),
        ("Nothing.", "ODG Low Back.", Difference.NONE),
    ],
)
def test_how_the_two_sides_differ(claims: str, reviewer: str, difference: Difference) -> None:
    """The nearest that one side's citations come to the other's."""
    sides = [[resolve(mention, ON) for mention in find_citations(text)] for text in (claims, reviewer)]
    assert compare(*sides) is difference

"""The grammar of guideline lines, as (sentence, citations) pairs."""

# A letter's sentence stands on one line.

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.letters.determination import Citation, CitationKind
from evenhand.letters.guidelines import find, split_sections
from evenhand.letters.wording import loosely, wording

WORDS = wording()


def mtus(chapter: str, year: int | None, *sections: str, pages: tuple[str, ...] = ()) -> tuple[object, ...]:
    """What is compared of a chapter's citation."""
    return (chapter, year, sections, pages)


SCHEDULE = [
    ("Decision based on MTUS Low Back Complaints 2004.", [mtus("Low Back Complaints", 2004)]),
    (
        "Decision based on MTUS Low Back Complaints 2004, Section(s): Initial Care, Physical Methods.",
        [mtus("Low Back Complaints", 2004, "Initial Care", "Physical Methods")],
    ),
    (
        "Decision based on MTUS Forearm, Wrist, and Hand Complaints 2004, Section(s): Special Studies.",
        [mtus("Forearm, Wrist, and Hand Complaints", 2004, "Special Studies")],
    ),
    (
        "Decision based on MTUS Shoulder Complaints 2004, Section(s): Initial Care, and Elbow Complaints 2007, and Forearm, "
        "Wrist, and Hand Complaints 2004.",
        [
            mtus("Shoulder Complaints", 2004, "Initial Care"),
            mtus("Elbow Complaints", 2007),
            mtus("Forearm, Wrist, and Hand Complaints", 2004),
        ],
    ),
    (
        "Decision based on MTUS Neck and Upper Back Complaints 2004, Section(s): Summary, and Chronic Pain Medical Treatment "
        "2016, Section(s): NSAIDs, GI symptoms & cardiovascular risk, Proton Pump Inhibitors (PPIs).",
        [
            mtus("Neck and Upper Back Complaints", 2004, "Summary"),
            mtus(
                "Chronic Pain Medical Treatment", 2016,
                "NSAIDs, GI symptoms & cardiovascular risk", "Proton Pump Inhibitors (PPIs)",
            ),
        ],
    ),
    (
        "Decision based on MTUS Opioid Treatment 2016, Section(s): 1.4 Opioids for Acute Pain: Opioids for Post-operative Pain.",
        [mtus("Opioid Treatment", 2016, "1.4 Opioids for Acute Pain: Opioids for Post-operative Pain")],
    ),
    (
        "Decision based on MTUS Chronic Pain Medical Treatment 2016 Guidelines, Section(s): TENS, chronic pain (nerve, skin).",
        [mtus("Chronic Pain Medical Treatment", 2016, "TENS, chronic pain (nerve, skin)")],
    ),
    (
        "Decision based on MTUS Spleen Complaints 2011, Section(s): Ice, and Toe Complaints 2012.",
        [mtus("Spleen Complaints", 2011, "Ice"), mtus("Toe Complaints", 2012)],
    ),
    (
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303-305, 308.",
        [mtus("Low Back Complaints", None, pages=("303-305", "308"))],
    ),
    (
        "Decision based on MTUS Chronic Pain Treatment Guidelines Opioids, criteria for use Page(s): 76-80.",
        [mtus("Chronic Pain Treatment", None, "Opioids, criteria for use", pages=("76-80",))],
    ),
    (
        "Decision based on MTUS ACOEM Chapter 8 Neck and Upper Back Complaints Page(s): Page 174.",
        [mtus("Neck and Upper Back Complaints", None, pages=("174",))],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SCHEDULE)
def test_chapters_of_the_schedule(sentence: str, expected: list[tuple[object, ...]]) -> None:
    """Chapters come apart at chapter and year, though titles and sections hold commas, "and", colons and numbers."""
    found = [c for c in find(sentence, WORDS).citations if c.kind is CitationKind.MTUS]
    assert [(c.chapter, c.year, c.sections, c.pages) for c in found] == expected


OTHERS = [
    ("Official Disability Guidelines (ODG), Low Back.", [("ODG", "Low Back", None, None)]),
    ("Official Disability Guidelines (ODG) Neck Chapter, MRI.", [("ODG", "Neck", "MRI", None)]),
    ("ODG Hip & Pelvis.", [("ODG", "Hip & Pelvis", None, None)]),
    ("Official Disability Guidelines (ODG), Elbow (updated 11/23/16), Casts.", [("ODG", "Elbow (updated 11/23/16)", "Casts", 2016)]),
    ("Official Disability Guidelines (ODG), Neck; Low Back.", [("ODG", "Neck", None, None), ("ODG", "Low Back", None, None)]),
    (
        "Official Disability Guidelines (ODG) Hip, X-rays and Other Medical Treatment Guidelines ACOEM Hip Disorders, X-rays.",
        [("ODG", "Hip", "X-rays", None), ("ACOEM", "Hip Disorders", "X-rays", None)],
    ),
    ("Sildenafil: accessed at UpToDate.com on 1/2/2017.", [("UpToDate", "Sildenafil", "accessed at UpToDate.com on 1/2/2017", 2017)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_other_guidelines(text: str, expected: list[tuple[object, ...]]) -> None:
    """Free text names publisher, title, section and year as far as they can be told."""
    found = find(f"Decision based on Non-MTUS Citation {text}", WORDS).citations
    assert [(c.organisation, c.title, c.section, c.year) for c in found] == expected


def test_a_study_is_told_from_a_guideline() -> None:
    """A reference with volume and pages is a study, with its authors, title, journal, year and place."""
    text = (
        "Decision based on Non-MTUS Citation Example A, Sample B. Cold after fusion. J Invented Med. 2011;12(3):45-51."
    )
    (study,) = find(text, WORDS).citations
    assert study == Citation(
        kind=CitationKind.STUDY, authors="Example A, Sample B", title="Cold after fusion", journal="J Invented Med",
        year=2011, locator="12(3):45-51",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "none_cited", "outside", "kinds"),
    [
        ("The Claims Administrator did not cite any medical evidence for its decision.", True, False, []),
        ("The Expert Reviewer did not cite any medical evidence for its decision.", True, False, []),
        (
            "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. Decision based on "
            "Non-MTUS Citation ODG Knee.",
            False, True, ["guideline"],
        ),
        (
            "The Claims Administrator did not base their decision on the MTUS. Decision based on Non-MTUS Official Disability "
            "Guidelines (ODG), Knee.",
            False, True, ["guideline"],
        ),
        (
            "Decision based on MTUS Knee Complaints 2004. Decision based on Non-MTUS Citation ODG Knee.",
            False, False, ["mtus", "guideline"],
        ),
        ("Some words that fit no grammar.", False, False, []),
    ],
)  # fmt: skip
def test_what_a_side_says_of_its_sources(sentence: str, none_cited: bool, outside: bool, kinds: list[str]) -> None:
    """None cited, outside of the schedule, or both sorts of source: each is told, and the sentence is kept."""
    found = find(sentence, WORDS)
    assert (found.none_cited, found.outside_mtus) == (none_cited, outside)
    assert [c.kind.value for c in found.citations] == kinds
    assert found.text == sentence


TITLE = st.sampled_from(WORDS.chapters)
SECTION = st.sampled_from(
    ["Special Studies", "Initial Care", "Drug testing", "3.1 Opioids: Care", "TENS, chronic pain (a, b)"]
)


@given(
    st.lists(
        st.tuples(TITLE, st.integers(1995, 2024), st.lists(SECTION, max_size=3, unique=True)), min_size=1, max_size=4
    )
)
def test_what_is_written_is_read(cited: list[tuple[str, int, list[str]]]) -> None:
    """Any list of known chapters and sections, written in the letters' grammar, is read as the same list."""
    parts = [
        f"{title} {year}" + (f", Section(s): {', '.join(sections)}" if sections else "")
        for title, year, sections in cited
    ]
    found = find(f"Decision based on MTUS {', and '.join(parts)}.", WORDS).citations
    assert [(c.chapter, c.year, list(c.sections)) for c in found] == cited


def test_sections_keep_commas_inside_brackets() -> None:
    """A comma in brackets, even nested ones, parts nothing."""
    text = "Naproxen (A, B [c], D), Office visits"
    assert split_sections(text, WORDS) == ("Naproxen (A, B [c], D)", "Office visits")


def test_fixed_words_may_break_over_lines() -> None:
    """A fixed phrase is found with any white space, and where a hyphen ended a line."""
    import re

    assert re.search(loosely("Non-MTUS Citation"), "Non- MTUS\n Citation")

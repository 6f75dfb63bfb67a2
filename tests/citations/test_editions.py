"""The registry of citations is the law's schedule under the vocabulary's names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evenhand.citations.editions import Edition, EditionWords, Named, Phase, Section, Source, join
from evenhand.law import load_pack, mtus
from evenhand.reading import BadFile

SCHEDULE = mtus.editions(load_pack())
NECK = Named(id="mtus-neck-2004", also=("Neck",), sections_of="alike", pages={"Initial Care": ("174",)})
ALIKE = (Section(title="Initial Care", phases=(Phase.ACUTE,)), Section(title="Summary"))
WORDS = EditionWords(organisations={}, sections={"alike": ALIKE}, schedule=(NECK,), editions=())


def test_an_edition_has_the_laws_dates_and_the_vocabularys_names() -> None:
    """Days, title and section come from the law pack; other names, shared sections and pages from the vocabulary."""
    found = next(edition for edition in join(WORDS, SCHEDULE).editions if edition.id == "mtus-neck-2004")
    assert (found.valid_to, found.year, found.publisher_chapters) == (date(2017, 11, 30), 2004, (8,))
    assert found.also == ("Neck",)
    assert [(part.title, part.pages) for part in found.sections] == [("Initial Care", ("174",)), ("Summary", ())]


def test_an_edition_that_is_only_law_goes_by_its_title() -> None:
    """A new edition is one version in the law pack; without names in the vocabulary it is known by its title."""
    found = next(edition for edition in join(WORDS, SCHEDULE).editions if edition.id == "mtus-low-back-2020")
    assert (found.title, found.also, found.valid_from) == ("Low Back Disorders", (), date(2021, 11, 23))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (replace(WORDS, schedule=(NECK, NECK)), "mtus-neck-2004: stands twice"),
        (replace(WORDS, schedule=(Named(id="mtus-neck-1999"),)), "mtus-neck-1999: is no edition of the law pack"),
        (replace(WORDS, schedule=(replace(NECK, sections_of="none"),)), "there are: alike"),
        (
            replace(
                WORDS,
                editions=(
                    Edition(
                        id="mtus-neck-2004",
                        source=Source.ODG,
                        title="T",
                        body_parts=(),
                        citation="C",
                        confidence="read",
                    ),
                ),
            ),
            "stands twice",
        ),
    ],
)
def test_names_without_an_edition_are_refused(words: EditionWords, fault: str) -> None:
    """Names of an edition that the law does not have, twice the same id, and sections that are not there are faults."""
    with pytest.raises(BadFile, match=fault):
        join(words, SCHEDULE)

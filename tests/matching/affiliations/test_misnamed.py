"""Names as papers get them wrong, found again among ten thousand."""

from __future__ import annotations

import pytest

from evenhand.matching.affiliations.index import NameIndex
from evenhand.matching.likeness import Likeness
from evenhand.synthetic.misnaming import OF_ORGANISATIONS, OF_PEOPLE, misnamed
from evenhand.synthetic.names import names

COUNT = 10_000
RECALL, PRECISION = 0.95, 0.90


@pytest.fixture(scope="module")
def register() -> tuple[list[str], NameIndex]:
    """Ten thousand names, half of people, and their index."""
    known = names(COUNT, seed=11)
    index = NameIndex()
    for entry, name in enumerate(known):
        index.add(entry, [name])
    return known, index


def test_misspelt_names_are_found_and_few_others(register: tuple[list[str], NameIndex]) -> None:
    """Of ten thousand names as papers get them wrong 95 % are found, and 90 % of what is found is meant.

    Strangers, who are nobody in the register, count against precision as well.
    """
    known, index = register
    given = misnamed(known, seed=11)
    found = [(name.truth, index.find([name.text])) for name in given]
    right = sum(truth in entries for truth, entries in found)
    strangers = [name for name in names(2_000, seed=12) if name not in set(known)]
    told = sum(len(entries) for _, entries in found) + sum(len(index.find([name])) for name in strangers)
    assert len(given) == COUNT
    assert {name.how for name in given} == {*OF_PEOPLE, *OF_ORGANISATIONS}
    assert right / COUNT >= RECALL
    assert right / told >= PRECISION


def test_names_written_as_they_are_known_are_all_found(register: tuple[list[str], NameIndex]) -> None:
    """Every name finds itself, with certainty, in any case and with any legal form."""
    known, index = register
    for entry, name in enumerate(known):
        assert index.find([name.upper()])[entry] is Likeness.SAME


def test_identifiers_decide_between_names(register: tuple[list[str], NameIndex]) -> None:
    """An equal identifier finds under any name; two of one register tell apart names that are no more than alike."""
    index = NameIndex()
    index.add(1, ["Maribel Vantongeren"], ["NPI 1999900025"])
    index.add(2, ["Orrin Tessalby"], ["NPI 0000000000"])
    assert index.find(["Somebody Else"], ["npi 1999900025"]) == {1: Likeness.SAME}
    assert index.find(["M. Vantongeren"], ["NPI 1999900033"]) == {}
    assert index.find(["M. Vantongeren"], ["FEIN 99-1999900"]) == {1: Likeness.POSSIBLE}
    assert index.find(["Nobody"], ["NPI 0000000000"]) == {}

"""Whether two names mean the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.matching.likeness import Likeness, handles, likeness
from evenhand.matching.names import (
    identifier_handle,
    name_parts,
    other_identifier,
    same_identifier,
)

SAME, POSSIBLE, DIFFERENT = Likeness.SAME, Likeness.POSSIBLE, Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Polar Loop Devices, Inc.", "POLAR LOOP DEVICES INC", SAME),
        ("Polar Loop Devices", "Polar Loop Devices, L.L.C.", SAME),
        ("Delta Orchard Packing Company", "Delta Orchard Packing Co.", SAME),
        ("Lindqvist and Tran", "Lindqvist & Tran, LLP", SAME),
        ("Arroyo Spine and Rehabilitation Group", "Arroyo Spine & Rehabilitation", SAME),
        ("Lindqvist, Signe", "Signe Lindqvist", SAME),
        ("Dr. Signe Lindqvist, M.D.", "Signe Lindqvist", SAME),
        ("José Villaseñor", "Jose Villasenor", SAME),
        ("O'Shaughnessy, Maeve", "Maeve OShaughnessy", SAME),
        ("S. Lindqvist", "Signe Lindqvist", POSSIBLE),
        ("Lindqvist, S.", "Signe Maria Lindqvist", POSSIBLE),
        ("Signe M. Lindqvist", "Signe Lindqvist", POSSIBLE),
        ("Signe Lindqvist", "Sven Lindqvist", DIFFERENT),
        ("Signe Lindqvist", "Lindqvist and Tran", DIFFERENT),
        ("Sierra Crest Claims Services", "Sierra Vista Claims Services", DIFFERENT),
        ("Basic Gel Pack Company", "Polar Loop Devices, Inc.", DIFFERENT),
        ("", "Signe Lindqvist", DIFFERENT),
        ("Inc.", "LLC", DIFFERENT),
        ("王伟", "王伟", SAME),
        ("王伟", "王 伟", SAME),
        ("王伟", "李伟", DIFFERENT),
        ("Пётр Иванов", "ИВАНОВ, ПЁТР", SAME),
        ("Пётр Иванов", "Олег Иванов", DIFFERENT),
        ("محمد علي", "محمد علي", SAME),
        ("محمد علي", "سعيد علي", DIFFERENT),
        ("Νίκη Παπαδοπούλου", "ΝΙΚΗ ΠΑΠΑΔΟΠΟΥΛΟΥ", SAME),
        ("Оrrіn Теssalby", "Orrin Tessalby", SAME),
        ("Οrrin Τessalby", "Orrin Tessalby", SAME),
        ("Ｏｒｒｉｎ Tes\u00adsal\u200bby", "Orrin Tessalby", SAME),
        ("Łukasz Sørensen", "Lukasz Sorensen", SAME),
        ("Sierra Crest Claims", "Sierra Crest Claims Services", POSSIBLE),
        ("Sierra Crest", "Sierra Crest Claims Management, Inc.", POSSIBLE),
        ("Sierra Crest Claims Service", "Sierra Crest Claims Services", SAME),
        ("Granite Vale Ins. Co.", "Granite Vale Insurance Company", SAME),
        ("St. Brannoc Hospital", "Saint Brannoc Hospital", SAME),
        ("Polar Loop Devices GmbH", "Polar Loop Devices", SAME),
        ("Smith, Jones", "Smith Jones", SAME),
        ("Vantongeren Maribel", "Maribel Vantongeren", SAME),
        ("Vantongeren M.", "Maribel Vantongeren", POSSIBLE),
        ("Maribel Vantongeren, MD FACS", "Maribel Vantongeren", SAME),
        ("Maribel Vantongeren PA-C", "Maribel Vantongeren", SAME),
        ("Maribel Vantongeren-Oduya", "Maribel Vantongeren", POSSIBLE),
        ("Vantongeren-Oduya, Maribel", "Maribel Oduya", POSSIBLE),
        ("Maribel Vantongeren-Oduya", "Maribel Vantongeren-Pinckmoor", POSSIBLE),
        ("Maribel Vantongeren-Oduya", "Signe Oduya", DIFFERENT),
        ("Maribel Vantongern", "Maribel Vantongeren", POSSIBLE),
        ("Maribel Vantogneren", "Maribel Vantongeren", POSSIBLE),
        ("Mirabel Vantongeren", "Maribel Vantongeren", DIFFERENT),
        ("Tessalbi", "Tessalby", POSSIBLE),
        ("Signe Tran", "Signe Trap", DIFFERENT),
        ("Clinic 10001", "Clinic 10002", DIFFERENT),
        ("Claims Services", "Claims", DIFFERENT),
        ("Sierra Crest Claims", "Sierra Crest Insurance", DIFFERENT),
    ],
)
def test_names_are_compared_by_their_telling_words(one: str, other: str, expected: Likeness) -> None:
    """Case, punctuation, legal form, order, title and accents do not matter; an initial makes a likeness possible."""
    assert likeness(one, other) is likeness(other, one) is expected


def test_identifiers_are_compared_exactly() -> None:
    """Spaces, hyphens and case apart an identifier is equal or it is not; two of one register tell two apart."""
    assert same_identifier("NPI 1999900025", "npi-1999900025")
    assert not same_identifier("NPI 1999900025", "NPI 1999900026")
    assert not same_identifier(None, None)
    assert other_identifier("NPI 1999900025", "NPI 1999900026")
    assert not other_identifier("NPI 1999900025", "TIN 00-1")
    assert not other_identifier("NPI 1999900025", None)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_does_not_hang_on_the_order(one: str, other: str) -> None:
    """Comparing is symmetric, and a name with telling words is the same as itself."""
    assert likeness(one, other) is likeness(other, one)
    if name_parts(one):
        assert likeness(one, one) is SAME


WORDS = st.sampled_from(
    (
        *("Signe", "S.", "Maria", "M", "Lindqvist", "Lindqvits", "Linqvist", "Tran", "and", "&", "Inc.", "Dr.", "Lind"),
        *(
            "qvist",
            ",",
            "Lind-Tran",
            "Tran-Signe",
            "Services",
            "Claims",
            "Ins.",
            "王伟",
            "Оlga",
            "Olga",
            "MD FACS",
            "St.",
        ),
    )
)
NAMES = st.lists(WORDS, max_size=5).map(" ".join)


@given(st.text(st.characters(categories=("L",)), min_size=1, max_size=20))
def test_equal_names_are_the_same_in_every_script(name: str) -> None:
    """What is equal but for its form and case is the same, whatever its letters."""
    assert likeness(name, unicodedata.normalize("NFKC", name).casefold()) is SAME


@given(NAMES, NAMES)
def test_what_is_alike_shares_a_handle(one: str, other: str) -> None:
    """Names that are alike, or may be, have a handle in common: looking at handles first misses no conflict."""
    if likeness(one, other) is not DIFFERENT:
        assert handles(one) & handles(other)


@given(st.sampled_from(("Tessalby", "Maribel Vantongeren", "Sierra Crest Claims")), st.integers(0, 18), st.data())
def test_a_slip_of_the_pen_shares_a_handle(name: str, place: int, data: st.DataObject) -> None:
    """The same for a letter left out, added or changed at any place, and for two swapped ones."""
    letter = data.draw(st.sampled_from("abyz"))
    for slip in (
        name[:place] + name[place + 1 :],
        name[:place] + letter + name[place:],
        name[:place] + letter + name[place + 1 :],
        name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :],
    ):
        if likeness(name, slip) is not DIFFERENT:
            assert handles(name) & handles(slip)


@given(st.text("aB1 -:.", max_size=6), st.text("aB1 -:.", max_size=6))
def test_equal_identifiers_share_a_handle(one: str, other: str) -> None:
    """The same for identifiers, whatever their spaces, hyphens and case."""
    assert bool(identifier_handle(one) & identifier_handle(other)) == same_identifier(one, other)

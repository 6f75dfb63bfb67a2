"""De-identification with known identities and patterns. All people are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.privacy.identity import Identity, IdentityKind, fold, parse_name
from evenhand.privacy.redact import one_letter_apart, redact
from evenhand.privacy.verify import verify
from evenhand.reading import BadFile

MARIA = Identity(kind=IdentityKind.PERSON, role="employee", values=("Maria Elena Villaseñor",))
BAKER = Identity(kind=IdentityKind.PERSON, role="requesting_physician", values=("Thomas Baker, MD",))
YOUNG = Identity(kind=IdentityKind.PERSON, role="attorney", values=("Duc Young",))
ADJUSTER = Identity(kind=IdentityKind.PERSON, role="adjuster", values=("Brendan O'Shaughnessy",))
CRUZ = Identity(kind=IdentityKind.PERSON, role="witness", values=("Ana De La Cruz",))
COMPANY = Identity(
    kind=IdentityKind.ORGANISATION, role="claims_administrator", values=("Sierra Crest Claims Services, Inc.",)
)
HOME = Identity(kind=IdentityKind.ADDRESS, role="employee", values=("1420 Orchard Street, Tulare, CA 93274",))
PHONE = Identity(kind=IdentityKind.PHONE, role="employee", values=("(559) 555-0142",))
CLAIM = Identity(kind=IdentityKind.NUMBER, role="claim", values=("SCC-2009-88123",))
BORN = Identity(kind=IdentityKind.DATE_OF_BIRTH, role="employee", values=("1973-03-07",))
EVERYBODY = (MARIA, BAKER, YOUNG, ADJUSTER, CRUZ, COMPANY, HOME, PHONE, CLAIM, BORN)

SPELLINGS = [
    ("MARIA ELENA VILLASEÑOR has pain", "[employee] has pain"),
    ("VILLASEÑOR, MARIA E. was seen", "[employee] was seen"),
    ("Villasenor, Maria was seen", "[employee] was seen"),
    ("Maria Villaseñor’s knee", "[employee]’s knee"),
    ("Ms. Villasenor's knee", "[employee]'s knee"),
    ("M. Villaseñor reports", "[employee] reports"),
    ("M.E. Villaseñor reports", "[employee] reports"),
    ("Maria reports", "[employee] reports"),
    ("Maria\nVillaseñor reports", "[employee] reports"),
    ("Maria Villa-\nseñor reports", "[employee] reports"),
    ("Villaseñro reports", "[employee] reports"),
    ("seen by Dr. Baker today", "seen by [requesting physician] today"),
    ("T. Baker signed", "[requesting physician] signed"),
    ("Baker, Thomas. E-mail later", "[requesting physician]. E-mail later"),
    ("Mr. Young wrote", "[attorney] wrote"),
    ("O’Shaughnessy denied; OShaughnessy again", "[adjuster] denied; [adjuster] again"),
    ("DE LA CRUZ, ANA and Ms. Cruz", "[witness] and [witness]"),
    ("Sierra Crest Claims Services denied", "[claims administrator] denied"),
    ("SIERRA CREST denied", "[claims administrator] denied"),
    ("lives at 1420 Orchard St., Tulare, CA 93274-1203", "lives at [address], [address], CA [address]"),
    ("call 559.555.0142", "call [phone number]"),
    ("claim SCC 2009 88123", "claim [number]"),
    ("V i l l a s e ñ o r reports", "[employee] reports"),
    ("V.I.L.L.A.S.E.N.O.R reports", "[employee] reports"),
    ("Villa\u00adseñor and Mar\u200bia\ufeff report", "[employee] and [employee]\ufeff report"),
    ("Мarіa Vіllаsеnоr reports", "[employee] reports"),
    ("Μaria Villasenοr reports", "[employee] reports"),
    ("Ｖｉｌｌａｓｅｎｏｒ reports", "[employee] reports"),
    ("born 3/7/1973 or March 7, 1973 or 1973-03-07", "born [date of birth] or [date of birth] or [date of birth]"),
]


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_known_identities_go_in_every_spelling(text: str, expected: str) -> None:
    """A value of the case record is removed however the paper spells it, and the sentence stays readable."""
    assert redact(text, EVERYBODY).text == expected


STAYS = [
    "A Baker's cyst and a Baker cyst; Phalen and Tinel signs; positive Spurling; McMurray test.",
    "The young worker has chronic pain; Chronic Pain Medical Treatment 2016.",
    "Norco, Soma, Naproxen and Flexeril 10 mg #60.",
    "Injured 10/29/2009, seen 11-13-2014, denied December 23, 2014; a 41 year old male.",
    "State(s) of Licensure: California. Specialty: Emergency Medicine.",
    "MRI of C5-C6; 3 x 4 visits; 120/80; L4-L5.",
]


@pytest.mark.parametrize("text", STAYS)
def test_clinical_words_and_public_facts_stay(text: str) -> None:
    """Eponyms, drugs, measures, dates and the reviewer's state stay in the profile of California's publication."""
    result = redact(text, EVERYBODY)
    assert result.text == text
    assert result.removed == ()


PATTERNS = [
    ("write to a.b@example.org", "write to [e-mail address]"),
    ("see https://example.org/x?y=1.", "see [web address]."),
    ("a.b@example.org+c@example.org", "[e-mail address]"),
    ("SSN 123-45-6789", "SSN [number]"),
    ("tel (213) 555-0199 ext. 4", "tel [phone number]"),
    ("EAMS ADJ1234567", "EAMS [case number of the appeals board]"),
    ("Claim Number: WC77-123A", "Claim Number: [claim number]"),
    ("MRN: 0012345", "MRN: [record number]"),
    ("NPI 1234567893", "NPI [provider number]"),
    ("License No. A123456", "License No. [licence number]"),
    ("DOB: 03/07/1973", "DOB: [date of birth]"),
    ("Date of Birth: March 7, 1973", "Date of Birth: [date of birth]"),
    ("at 99 North Fig Tree Lane, Suite 4", "at [address]"),
    ("P.O. Box 12", "[address]"),
    ("Fresno, CA 93701", "Fresno, CA [ZIP code]"),
]


@pytest.mark.parametrize(("text", "expected"), PATTERNS)
def test_what_identifies_by_its_form_goes(text: str, expected: str) -> None:
    """Numbers, addresses and birth dates go without anybody having listed them; the label before them stays."""
    assert redact(text, ()).text == expected


LONG = ("a", "A", "1", "-", "_", " ", "\n", "a.", "1-", "x@", "Tinel, ", "Baker and ", "claim no ", "Maria ", "M. ")


@pytest.mark.parametrize("piece", [*LONG, *(f"{label}{' ' * 40_000}" for label in ("claim no", "MRN", "NPI", "DOB"))])
def test_a_long_line_takes_no_longer_than_its_length(piece: str) -> None:
    """Forty thousand signs of whatever sort are looked through within two seconds, not within minutes."""
    begun = time.process_time()
    redact((piece * (40_000 // len(piece) + 1)), EVERYBODY, "safe_harbor")
    assert time.process_time() - begun < 2


def test_verify_finds_what_is_hidden() -> None:
    """Unseen signs, look-alike letters and spaced-out names do not hide a name from the second look."""
    for text in ("Villa\u00adsenor", "Vіllаsеnоr", "V i l l a s e n o r"):
        (leak,) = verify(f"seen: {text}.", (MARIA,)).leaks
        assert (leak.start, leak.end) == (6, 6 + len(text))


def test_a_name_of_another_script_goes_in_both_cases() -> None:
    """A name in Cyrillic or Chinese letters is found as it stands and in capitals."""
    known = [Identity(kind=IdentityKind.PERSON, role="employee", values=(name,)) for name in ("Пётр Иванов", "王伟民")]
    assert redact("ИВАНОВ and 王伟民 and Сорокин", known).text == "[employee] and [employee] and Сорокин"


def test_safe_harbor_keeps_only_years() -> None:
    """Under Safe Harbor a date becomes its year, an age above 89 one group, and the case number goes."""
    text = "CM15-0001234: a 93-year-old, injured 10/29/09, seen November 13, 2014; 41 years old."
    clean = redact(text, (), "safe_harbor").text
    assert clean == "[case number]: a [over 89]-year-old, injured 2009, seen 2014; 41 years old."


def test_a_name_nobody_listed_is_flagged() -> None:
    """A title before an unknown name is shown to a person, not silently passed."""
    result = redact("Dr. Kowalczyk agreed with Dr. Baker.", (BAKER,))
    assert [result.text[flag.start : flag.end] for flag in result.flags] == ["Kowalczyk"]


def test_what_was_removed_is_told_without_telling_it() -> None:
    """The account of what was removed holds kinds, roles, reasons and places, never a value."""
    result = redact("Maria Villaseñor and Maria", (MARIA,))
    assert sum(entry.count for entry in result.removed) == 2
    assert "Maria" not in repr(result.removed)


def test_an_unknown_profile_is_refused_with_the_names_there_are() -> None:
    """A profile nobody knows is refused with the ones there are."""
    with pytest.raises(BadFile, match="ca_dwc_public, safe_harbor"):
        redact("text", (), "no_such")


def test_verify_finds_what_is_left() -> None:
    """The second look finds a value that is still there, whoever left it, and never repeats it."""
    verdict = verify("seen: VILLASENOR; claim scc200988123; 5595550142", (MARIA, CLAIM, PHONE))
    assert {leak.role for leak in verdict.leaks} == {"employee", "claim"}
    assert not verdict.clean
    assert "illas" not in repr(verdict)


def test_verify_fails_closed() -> None:
    """An identity that holds nothing to look for cannot be called absent."""
    empty = Identity(kind=IdentityKind.PERSON, role="employee", values=(" ",))
    assert not verify("a clean text", (empty,)).clean


FIRST = st.sampled_from(["Maria", "Nguyen", "Bartholomew", "Xochitl", "Soren"])
LAST = st.sampled_from(["Okonkwo", "Villaseñor", "O'Dwyer", "De La Fuente", "Garcia-Lopez", "Thanh", "Brzezinski"])
SHAPES = st.sampled_from(
    ["{f} {l}", "{l}, {f}", "{L}, {F}", "Ms. {l}", "{l}'s file", "{i}. {l}", "Dr. {f} {l}", "{f}\n{l}"]
)


@given(FIRST, LAST, st.lists(SHAPES, min_size=1, max_size=4))
def test_what_redact_leaves_verify_calls_clean(first: str, last: str, shapes: list[str]) -> None:
    """For any name in any of the shapes, nothing is left that the independent second look would find."""
    identity = Identity(kind=IdentityKind.PERSON, role="employee", values=(f"{first} {last}",))
    names = {"f": first, "l": last, "F": first.upper(), "L": last.upper(), "i": first[0]}
    text = "; then ".join(shape.format(**names) for shape in shapes) + " reported pain."
    result = redact(text, (identity,))
    assert verify(result.text, (identity,)).clean, result.text
    assert result.text.endswith("reported pain.")


@given(st.text(max_size=200))
def test_any_text_survives_and_folding_keeps_places(text: str) -> None:
    """No text breaks the reader, and folding never moves a place."""
    assert len(fold(text)) == len(text)
    assert redact(text, EVERYBODY).profile == "ca_dwc_public"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("Thomas Baker, MD", ("Thomas",), ("Baker",)),
        ("DE LA CRUZ, ANA", ("ANA",), ("DE", "LA", "CRUZ")),
        ("Ana De La Cruz", ("Ana",), ("De", "La", "Cruz")),
        ("Dr. Okonkwo", (), ("Okonkwo",)),
    ],
)
def test_names_fall_into_parts(value: str, first: tuple[str, ...], last: tuple[str, ...]) -> None:
    """First and last names are told apart in both orders, with particles and titles."""
    name = parse_name(value)
    assert (name.first, name.last) == (first, last)


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("smith", "smyth", True),
        ("smith", "smiht", True),
        ("smith", "smit", True),
        ("smith", "smith", False),
        ("smith", "smuht", False),
    ],
)
def test_one_letter_apart(a: str, b: str, apart: bool) -> None:
    """One letter added, dropped, changed or swapped with its neighbour counts; nothing more does."""
    assert one_letter_apart(a, b) is apart

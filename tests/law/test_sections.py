"""Which sections a citation names."""

from dataclasses import replace

import pytest

from evenhand.law.sections import Section, authorities_in, section_of, sections_in, sort_key

CODES = {"Lab. Code": "Labor Code", "8 CCR": "California Code of Regulations, title 8", "Civ. Code": "Civil Code"}


@pytest.mark.parametrize(
    ("citation", "named"),
    [
        ("8 CCR 9792.10.5(a)(1)", ["8 CCR 9792.10.5(a)(1)"]),
        ("Lab. Code 4610.5(l), (o)", ["Lab. Code 4610.5(l)", "Lab. Code 4610.5(o)"]),
        ("8 CCR 9792.10.1(b)(1), 9792.10.3(a)", ["8 CCR 9792.10.1(b)(1)", "8 CCR 9792.10.3(a)"]),
        ("Lab. Code 4610(i)(1), formerly 4610(g)(1)", ["Lab. Code 4610(i)(1)", "Lab. Code 4610(g)(1)"]),
        ("Lab. Code 139.5(d)(6), widened by 8 CCR 9768.1", ["Lab. Code 139.5(d)(6)", "8 CCR 9768.1"]),
        ("8 CCR 9792.10.8(a), as amended on 2014-04-01", ["8 CCR 9792.10.8(a)"]),
        ("Lab. Code 4610.5(c)(2), text of 2013; 8 CCR 9792.21", ["Lab. Code 4610.5(c)(2)", "8 CCR 9792.21"]),
        ("Civ. Code 7-9", ["Civ. Code 7-9"]),
        ("8 CCR 9792.9.x, as rewritten", ["8 CCR 9792.9.x"]),
        ("Dubon II (2014, WCAB en banc) 79 Cal.Comp.Cases 1298", []),
        ("4610.5 without its code", []),
    ],
)
def test_a_citation_names_its_sections(citation, named):
    """Each section with its code, also where the code or the section is carried on; days and reporters are none."""
    assert [str(section) for section in sections_in(citation, CODES)] == named


def test_without_codes_nothing_is_named():
    """A programme that lists no codes has no sections."""
    assert sections_in("8 CCR 9792.10.5", {}) == ()


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("8 CCR 9792.10.5(a)(1)", ("8 CCR", "9792.10.5", "(a)(1)")),
        ("labor code section 4610.5 (h)(1)", ("Lab. Code", "4610.5", "(h)(1)")),
        ("§ 4610.5", ("", "4610.5", "")),
        ("lab. code § 4610.5", ("Lab. Code", "4610.5", "")),
    ],
)
def test_a_person_asks_for_a_section(words, section):
    """By number alone, by the code's name or by its title, in any case."""
    found = section_of(words, CODES)
    assert (found.code, found.number, found.inside) == section


@pytest.mark.parametrize("words", ["", "foo", "Lab. Code", "4610.5 and more"])
def test_what_is_no_section(words):
    """Words that name no section are none."""
    assert section_of(words, CODES) is None


def test_authorities_are_what_is_no_section():
    """Decisions and practice beside sections; a citation without a section is one authority as a whole."""
    assert authorities_in("8 CCR 10507; Matute (2015)", CODES) == ("Matute (2015)",)
    assert authorities_in("Practice; no rule lists it", CODES) == ("Practice; no rule lists it",)
    assert authorities_in("8 CCR 10507", CODES) == ()


def section(number, *inside, code="", last=""):
    """A section in short."""
    return Section(code=code, number=number, subdivisions=inside, last=last)


def test_a_section_holds_its_subdivisions():
    """The whole holds the part, not the other way round; another code's number is another section."""
    whole, part = section("9792.10.5", "a"), section("9792.10.5", "a", "1")
    assert whole.holds(part)
    assert not part.holds(whole)
    assert whole.holds(section("9792.10.5", "a", code="8 CCR"))
    assert not section("5", code="8 CCR").same_section(section("5", code="Civ. Code"))


def test_ranges_and_families():
    """A range holds what lies in it, 9792.9.x all that begins so; 9792.9 lies before 9792.10."""
    assert section("6700", last="6702").same_section(section("6701"))
    assert section("6701").same_section(section("6700", last="6702"))
    assert not section("6700", last="6702").same_section(section("6703"))
    assert section("9792.9.x").same_section(section("9792.9.1"))
    assert not section("9792.9.x").same_section(section("9792.10.1"))
    assert str(section("6700", code="Gov. Code", last="6702")) == "Gov. Code 6700-6702"
    assert section("6700", code="Gov. Code", last="6702").whole == "Gov. Code 6700-6702"


def test_sections_in_the_order_of_the_books():
    """Numbers count as numbers, subdivisions too; a range follows the section with which it begins."""
    several = [section("9792.10"), section("9792.9", "a", "10"), section("9792.9", "a", "2")]
    several += [section("12a"), section("12"), replace(section("12"), last="14"), section("12", "b")]
    numbers = [f"{one.number}{one.last}{one.inside}" for one in sorted(several, key=sort_key)]
    assert numbers == ["12", "12(b)", "1214", "12a", "9792.9(a)(2)", "9792.9(a)(10)", "9792.10"]

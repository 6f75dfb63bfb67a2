"""`evenhand law where`: data, code and tests of a section."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import REPOSITORY

from evenhand.cli.law import command


def where(*arguments):
    """The command's result."""
    return CliRunner().invoke(command, ["where", *arguments])


def found(*arguments):
    """What is found, as data."""
    result = where(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_data_with_file_entry_version_and_line():
    """Every line that is named holds the citation that is shown."""
    data = found("9792.10.5")["data"]
    first = next(place for place in data if place["entry"] == "rules.records_mailed")
    assert (first["valid_from"], first["field"]) == ("2013-01-01", "citation")
    for place in data:
        line = (REPOSITORY / place["file"]).read_text(encoding="utf-8").splitlines()[place["line"] - 1]
        assert place["words"][:25] in line or line.rstrip().endswith((">-", "["))


def test_subdivisions_are_found_with_the_section():
    """A subdivision is within its section; what names the section as a whole is found too, and said to be wider."""
    entries = {place["entry"] for place in found("8 CCR 9792.10.5(a)(1)")["data"]}
    assert {"rules.records_mailed", "requirements.records_owed.A"} <= entries
    assert "requirements.records_copies.administrator_copies" not in entries
    wide = {place["entry"]: place["wider"] for place in found("8 CCR 9792.10.5(a)(1)(A)")["data"]}
    assert wide["rules.records_window"] is False
    assert wide["rules.records_mailed"] is True


@pytest.mark.parametrize("asked", ["Lab. Code 4610.5(h)", "labor code 4610.5(h)", "4610.5(h)"])
def test_the_code_may_be_named_or_not(asked):
    """Three ways to ask for the same section find the same values."""
    entries = {place["entry"] for place in found(asked)["data"]}
    assert {"rules.application", "rules.application_formulary"} <= entries


def test_code_that_names_it_or_asks_for_its_values():
    """Docstrings that cite it, and functions that ask for an entry that rests on it."""
    code = found("9792.10.5")["code"]
    assert any(place["words"].startswith("asks for ") for place in code)
    assert any("9792.10.5" in place["words"] for place in code)
    for place in code:
        assert (REPOSITORY / place["file"]).is_file()
        assert place["name"].startswith("evenhand.")


def test_situations_of_its_entries():
    """The sentences that hold the entries are among the tests."""
    tests = found("9792.10.5(a)(1)")["tests"]
    assert any(place["name"] == "rules.records_mailed" for place in tests)


def test_a_range_holds_its_sections():
    """A citation of sections 6700 to 6702 is found by the one in the middle."""
    assert {place["entry"] for place in found("Gov. Code 6701")["data"]} >= {"calendars.offices_closed"}


def test_nothing_cites_it():
    """Clear words, the sections that are near, exit code 1; as data the lists are empty."""
    result = where("9792.255")
    assert result.exit_code == 1
    assert "Nothing here cites 9792.255" in result.stdout
    assert "8 CCR 9792.25" in result.stdout
    document = json.loads(where("9792.10.5(z)", "--json").stdout)
    assert all(place["wider"] for place in document["data"])
    assert "It lies within what is cited as a whole" in where("9792.10.5(z)").stdout
    assert "8 CCR 9792.10.5(a)(1)" in document["near"]
    assert "Near" not in where("1.2.3.4.5.6").stdout


def test_text_for_people():
    """File and line first, so that an editor can open it."""
    lines = where("9792.10.5").stdout.splitlines()
    assert lines[0] == "9792.10.5"
    assert any(Path(line.split(":")[0].strip()).name == "records.yaml" for line in lines)
    assert [line.split(":")[0] for line in lines if not line.startswith(" ")][1:] == [
        "Data",
        "Code",
        "Tests and situations",
    ]


def test_no_section():
    """What is no section is wrong use: exit code 2, with an example."""
    result = where("foo")
    assert result.exit_code == 2
    assert "9792.10.5" in result.stderr


def test_a_programme_without_codes():
    """A programme that names no codes cites by number alone."""
    result = where("4914", "--programme", "ny_external_appeal")
    assert result.exit_code in {0, 1}
    assert where("4914", "--programme", "xx").exit_code == 1

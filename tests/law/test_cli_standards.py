"""`evenhand law mtus`, `search` and `formulary` as a person uses them."""

import json

import pytest
from click.testing import CliRunner

from evenhand.cli.law import command

LIST = "title: A made-up list\nvalid_from: 2018-01-01\ndrugs:\n  - {ingredient: examplol, status: non_exempt, special_fill: 4}\n"


def run(*arguments):
    """The command's result, standard output and standard error apart."""
    return CliRunner().invoke(command, list(arguments))


def test_mtus():
    """A chapter is told with publisher, date, days, citation and how sure it is."""
    result = run("mtus", "--on", "2021-11-22", "--body-part", "lumbar_spine", "--treatment", "other")
    assert result.exit_code == 0
    assert "Low Back Disorders (ACOEM, 2016-02-24), in force from 2017-12-01 to 2021-11-22" in result.stdout
    assert "8 CCR 9792.23.5, order of 2017 (secondary)" in result.stdout
    old = run("mtus", "--on", "2014-12-16", "--body-part", "knee", "--treatment", "other")
    assert "Unverified" in old.stdout


def test_mtus_json():
    """As JSON every chapter is there with its confidence, an unknown one with its question."""
    chapters = json.loads(run("mtus", "--on", "2026-11-23", "--body-part", "head", "--json").stdout)
    assert all(chapter["confidence"] and chapter["citation"] for chapter in chapters)
    assert [chapter["edition"] for chapter in chapters if chapter["unknown"]] == [None, None, None]


def test_search():
    """A search says where it stands, what is to be recorded, and how it may go on."""
    result = run("search", "--on", "2016-05-02", "mtus=not_addressed")
    assert result.stdout.startswith("At acoem_or_odg:") and "To record:" in result.stdout
    assert "rebutted: on to other_guidelines." in result.stdout and "addresses: decides." in result.stdout
    assert "general knowledge" in result.stdout
    assert run("search", "--on", "2014-12-23", "mtus=addresses").stdout.startswith(
        "The search has ended: mtus decides."
    )


@pytest.mark.parametrize(
    ("steps", "at", "decided"), [(["mtus=rebutted"], "peer_reviewed", None), (["mtus=addresses"], None, "mtus")]
)
def test_search_json(steps, at, decided):
    """As JSON the state of the search is there for a program."""
    document = json.loads(run("search", "--on", "2014-12-23", *steps, "--json").stdout)
    assert (document["at"], document["decided_by"]) == (at, decided)
    assert bool(document["ways"]) is bool(document["missing"]) is (decided is None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["mtus", "--on", "2014-12-16", "--body-part", "kne"], "Did you mean: knee"),
        (["mtus", "--on", "1999-01-01"], "holds from"),
        (["search", "--on", "2012-12-31"], "2013-01-01"),
        (["search", "--on", "2014-12-23", "studies=addresses"], "no step of the ladder"),
        (["formulary", "x", "--list", "no-such.yaml", "--on", "2019-11-04"], "is missing"),
    ],
)
def test_refusals(arguments, words):
    """What cannot be answered is refused in words on standard error, with exit code 1 and no traceback."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr


def test_formulary(tmp_path):
    """A drug that may be filled without review exits with 0; one that needs review with 1, and says what nobody has said."""
    path = tmp_path / "list.yaml"
    path.write_text(LIST, encoding="utf-8")
    asked = ["formulary", "examplol", "--list", str(path), "--on", "2019-11-04"]
    facts = ["--injured", "2019-11-01", "--initial-visit", "--supply", "4", "--in-accord"]
    free = run(*asked, *facts)
    assert free.exit_code == 0 and "Special Fill: open" in free.stdout and "deduced" in free.stdout
    bound = run(*asked)
    assert bound.exit_code == 1 and "Not said: the days of supply." in bound.stdout
    document = json.loads(run(*asked, "--json").stdout)
    assert document["review_needed"] is True and document["status"] == "non_exempt"

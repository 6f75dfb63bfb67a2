"""A changed regulation is a changed data file: a ground, an effect and a version that exist in YAML alone are seen in `due`,
`eligible`, `book` and `replay`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.law.test_eligibility import changed

from evenhand.cli.law import command
from evenhand.reading import to_plain

# Made up: from 2015 the time to apply is 40 days, and who names no telephone is referred to a desk that exists nowhere.
CHANGE = """
topic: An act that nobody passed
rules:
  application:
    versions:
      - valid_from: 2014-06-01
        period: {count: 40, unit: calendar_days}
        extension: ur_service
        citation: Act on Longer Times 1
        confidence: deduced
effects:
  referred:
    title: Referred to the desk of the impatient
    governed_by: application_received
    versions:
      - {valid_from: 2015-01-01, outcome: ineligible, rank: 0, citation: Act on Longer Times 2, confidence: deduced}
grounds:
  FAXED:
    title: Filed by the attorney
    governed_by: application_received
    versions:
      - valid_from: 2015-01-01
        effect: referred
        explanation: Attorneys ask the desk of the impatient.
        remedy: Ask the desk.
        cases:
          - when: [{fact: filed_by, equals: attorney}]
            found: It was filed by the {filed_by} on {application_received_on}.
        appeal: ineligibility_petition
        citation: Act on Longer Times 3
        confidence: deduced
"""


@pytest.fixture(scope="module")
def act(tmp_path_factory):
    """The folder with the one changed file."""
    folder = tmp_path_factory.mktemp("act")
    (folder / "act.yaml").write_text(CHANGE, encoding="utf-8")
    return folder


def run(*arguments, code=0):
    """What the command prints, on standard output."""
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result.stdout


def filed_by_attorney(folder):
    """The example case, filed by the attorney."""
    text = (Path(__file__).parents[2] / "examples" / "neck-cold-therapy" / "case.yaml").read_text(encoding="utf-8")
    assert "filed_by: employee" in text
    path = folder / "case.yaml"
    path.write_text(text.replace("filed_by: employee", "filed_by: attorney", 1), encoding="utf-8")
    return path


def test_due_counts_by_the_new_version(act):
    """Forty days from its first day, thirty before it."""
    new = json.loads(run("due", "application", "--from", "2014-12-23", "--pack", act, "--json"))
    assert (new["target"], new["citation"]) == ("2015-02-01", "Act on Longer Times 1")
    assert (
        json.loads(run("due", "application", "--from", "2014-05-31", "--pack", act, "--json"))["target"] == "2014-06-30"
    )


def test_eligible_finds_the_new_ground_with_the_new_effect(act, tmp_path):
    """The ground is found with its effect, words, remedy and petition; without the file it does not exist."""
    path = filed_by_attorney(tmp_path)
    with_act = json.loads(run("eligible", path, "--on", "2015-01-28", "--pack", act, "--json", code=1))
    ground = with_act[0]["grounds"][0]
    assert (with_act[0]["status"], ground["code"], ground["effect"]) == ("ineligible", "FAXED", "referred")
    assert ground["explanation"].endswith("It was filed by the attorney on 2015-01-16.")
    assert with_act[0]["petition"]["due"] == "2015-03-04"
    without = json.loads(run("eligible", path, "--on", "2015-01-28", "--json"))
    assert "FAXED" not in {one["code"] for finding in without for one in finding["grounds"]}


def test_the_book_tells_them(act, tmp_path):
    """The ground, the effect and the version stand in the book, with their citations."""
    run("book", "--out", tmp_path / "book", "--pack", act)
    text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "book").rglob("*.html"))
    for words in (
        "Filed by the attorney",
        "Referred to the desk of the impatient",
        "40 calendar days",
        "Act on Longer Times",
    ):
        assert words in text, words


def test_replay_tells_what_would_have_come_out(act, tmp_path):
    """One application is referred, one is in time that was late, one only has longer."""
    line = {"screened_on": "2015-01-28"}
    archive = tmp_path / "applications.jsonl"
    several = {
        "attorney": {"application.filing.filed_by": "attorney"},
        "late": {"application.filing.received_on": "2015-01-28"},
        "same": {},
    }
    archive.write_text(
        "".join(json.dumps({"id": name, **line, **to_plain(changed(each))}) + "\n" for name, each in several.items()),
        encoding="utf-8",
    )
    told = json.loads(run("replay", archive, "--pack", act, "--json"))
    statuses = {name: json.dumps([one for one in told["differences"] if one["id"] == name]) for name in several}
    assert "FAXED" in statuses["attorney"] and '"ineligible"' in statuses["attorney"]
    assert '"ineligible"' in statuses["late"] and '"eligible"' in statuses["late"]
    # The time to apply is longer for everybody, but that one stays eligible.
    assert '"ineligible"' not in statuses["same"] and "2015-02-0" in statuses["same"]
    assert "FAXED" in json.dumps(told["changes"])

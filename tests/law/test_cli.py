"""`evenhand law` as a person uses it."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from evenhand.cli.law import command

BASE = yaml.safe_load((Path(__file__).parent / "ca_dwc" / "base.yaml").read_text(encoding="utf-8"))


def run(*arguments):
    """The command's result, standard output and standard error apart."""
    return CliRunner().invoke(command, list(arguments))


def test_due_json():
    """One JSON document on standard output."""
    result = run("due", "application", "--from", "2014-12-23", "--service", "mail", "--address", "us", "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["due"], document["target"]) == (0, "2015-02-02", "2015-02-01")


def test_due_text_tells_the_steps():
    """A person reads the day first, then how it came about and by which provision."""
    result = run("due", "wcab_petition", "--from", "2014-11-06", "--service", "mail")
    first, *rest = result.stdout.splitlines()
    assert first.endswith("Thursday 2014-12-11")
    assert "Lab. Code 4610.6(h)" in rest[-1]


def test_due_hours():
    """A rule of hours answers with an instant in Pacific time."""
    result = run("due", "records_expedited", "--from", "2015-01-29T10:00", "--json")
    assert json.loads(result.stdout)["due"] == "2015-01-30T10:00:00-08:00"


def test_due_unsettled_prints_no_day_but_the_question():
    """Fax service of a utilization review decision: exit 0, no day as the answer, and the question."""
    result = run("due", "application", "--from", "2014-12-23", "--service", "fax")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].endswith("not settled")
    assert "earliest safe last day" in result.stdout


def test_due_unknown_names_the_readings_that_help():
    """Where the earlier number would give a day, the command for it is named; with it, or where none helps, it is not."""
    asked = ("due", "application", "--from", "2026-06-01", "--service", "mail")
    assert "--readings earlier" in run(*asked).stdout.splitlines()[-1]
    assert "--readings" not in run(*asked, "--readings", "earlier").stdout
    assert "--readings" not in run("due", "review_file_retention", "--from", "2015-06-01").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["due", "aplication", "--from", "2014-12-23"], 1, "Did you mean: application"),
        (["due", "terminate_notice", "--from", "2015-02-05"], 1, "--governed 2018-01-01"),
        (["due", "records_expedited", "--from", "2015-01-29"], 1, "counts hours"),
        (["due", "application", "--from", "2014-12-23", "--address", "mars"], 1, "abroad"),
        (["due", "application", "--from", "2014-12-23", "--programme", "xx"], 1, "ca_dwc"),
        (["due", "application", "--from", "2015-02-30"], 2, "no day of the calendar"),
        (["due", "application", "--from", "soon"], 2, "YYYY-MM-DD"),
        (["due", "application"], 2, "--from"),
    ],
)
def test_refusals(arguments, code, words):
    """A refusal is words on standard error and nothing on standard output; wrong use exits 2."""
    result = run(*arguments)
    assert result.exit_code == code
    assert words in result.stderr
    assert result.stdout == ""


def test_governed_computes_as_if():
    """Row 25 of the worked example: the rule of 2018 applied to 2015."""
    result = run("due", "terminate_notice", "--from", "2015-02-05", "--governed", "2018-01-01", "--json")
    assert json.loads(result.stdout)["due"] == "2015-02-10"


def test_rules_and_unverified():
    """Both list in words and as JSON."""
    assert "determination_extension" in run("rules").stdout
    names = [entry["rule"] for entry in json.loads(run("rules", "--json").stdout)]
    assert {"application", "records_window"} <= set(names)
    doubts = json.loads(run("unverified", "--json").stdout)
    assert any(doubt["name"] == "terminate_notice" for doubt in doubts)
    told = run("unverified").stdout
    assert "Which fee schedule applied" in told
    assert told.splitlines()[-1].startswith(f"{len(doubts)} in all.")


def case_folder(tmp_path, received="2015-01-16"):
    """A bundle's folder with case.yaml of the situations' base case."""
    case = copy.deepcopy(BASE)
    case["application"]["filing"]["received_on"] = received
    (tmp_path / "case.yaml").write_text(yaml.safe_dump({"title": "A case", **case}), encoding="utf-8")
    return tmp_path


def test_eligible(tmp_path):
    """Every item eligible: exit 0; the folder and its case.yaml both do."""
    folder = case_folder(tmp_path)
    result = run("eligible", str(folder), "--on", "2015-01-28")
    assert (result.exit_code, result.stdout.count("eligible.")) == (0, 2)
    assert run("eligible", str(folder / "case.yaml"), "--on", "2015-01-28").stdout == result.stdout


def test_not_eligible(tmp_path):
    """An item that is not eligible: exit 1, the ground, its explanation and the remedy."""
    folder = case_folder(tmp_path, "2015-01-28")
    result = run("eligible", str(folder), "--on", "2015-01-28", "--json")
    findings = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(f["status"], f["grounds"][0]["code"], f["deadline"]["due"]) for f in findings] == [
        ("ineligible", "LATE", "2015-01-27")
    ] * 2
    assert "Show that the decision was served later" in run("eligible", str(folder), "--on", "2015-01-28").stdout


def test_a_missing_or_broken_case_is_refused_in_words(tmp_path):
    """A missing case.yaml and one with a fault end with words on standard error, exit 1, no traceback."""
    (tmp_path / "case.yaml").write_text("title: x\n", encoding="utf-8")
    for path, words in ((tmp_path / "none", "is missing"), (tmp_path, "application: is missing")):
        line = [sys.executable, "-m", "evenhand.cli.main", "law", "eligible", str(path), "--on", "2015-01-28"]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert words in done.stderr
        assert "Traceback" not in done.stderr

"""`evenhand match conflicts` over files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evenhand.cli.match import command
from evenhand.matching.facts import CaseToReview, Reviewer
from evenhand.reading import BadFile, to_plain

PARTY = {"id": "P-1", "kind": "organisation", "name": "Juniper Bend Spine Center"}
MAKER = {"id": "P-2", "kind": "maker", "name": "Polar Loop Devices"}
EMPLOYED = {"source": "R-1", "target": "P-1", "kind": "employment", "valid_from": "2010-01-01"}
OWNED = {"source": "P-2", "target": "P-1", "kind": "ownership", "percent": 60}


@pytest.fixture
def files(
    tmp_path: Path, reviewer: Callable[..., Reviewer], case: Callable[..., CaseToReview]
) -> Callable[..., list[str]]:
    """A case, two reviewers and the affiliations given, as the command's options."""

    def made(*affiliations: object) -> list[str]:
        lines = {"cases": [to_plain(case())], "reviewers": [to_plain(reviewer("R-1")), to_plain(reviewer("R-2"))]}
        options = ["--on", "2015-02-17"]
        for name, entries in {**lines, "affiliations": affiliations}.items():
            path = tmp_path / f"{name}.jsonl"
            path.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries), encoding="utf-8")
            options += [f"--{name}", str(path)]
        return options

    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def test_findings_are_printed_and_as_json(files: Callable[..., list[str]]) -> None:
    """Text and JSON tell the path, the outcome, the threshold and the rule, and exit code 1 that somebody is kept away."""
    options = files(PARTY, MAKER, EMPLOYED, OWNED)
    text = run("conflicts", *options)
    assert text.exit_code == 1
    assert "C-1  R-1  barred: The reviewer is employed by an organization" in text.stdout
    told = json.loads(run("conflicts", *options, "--json").stdout)
    (finding,) = told["findings"]
    assert (finding["case"], finding["reviewer"], finding["party"]) == ("C-1", "R-1", "manufacturer")
    assert (finding["outcome"], finding["threshold_percent"], finding["percent"]) == ("bars", 5.0, 60.0)
    assert finding["citation"] == "Lab. Code 139.5(d)(6)"
    assert [step["kind"] for step in finding["path"]] == ["employment", "ownership"]
    assert told["kept_from"] == 1


def test_nothing_found_is_done(files: Callable[..., list[str]]) -> None:
    """Without a path the exit code is 0; considered ties do not change it; without affiliations the ties alone count."""
    assert run("conflicts", *files()).exit_code == 0
    ended = run("conflicts", *files(PARTY, MAKER, {**EMPLOYED, "valid_to": "2012-01-01"}, OWNED))
    assert (ended.exit_code, "considered: " in ended.stdout) == (0, True)
    assert run("conflicts", *files()[:6]).exit_code == 0


def test_solve_explain_and_verify_take_the_graph(files: Callable[..., list[str]], tmp_path: Path) -> None:
    """Selection, explanation and check agree about whom the graph bars."""
    options = files(PARTY, MAKER, EMPLOYED, OWNED)
    answer = run("solve", *options, "--seed", "7", "--json")
    assert json.loads(answer.stdout)["chosen"][0]["reviewer"] == "R-2"
    chosen = tmp_path / "selection.json"
    chosen.write_text(answer.stdout, encoding="utf-8")
    assert run("verify", *options, "--selection", str(chosen)).exit_code == 0
    explained = run("explain", *options, "--seed", "7", "--case", "C-1")
    assert "owned by the maker (60%)" in explained.stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"id": "P-1"}, "affiliations.jsonl:1: "),
        ({"source": "R-1", "target": "P-7", "kind": "employment"}, "neither a party nor a reviewer: P-7"),
        ({**EMPLOYED, "kind": "friendship"}, "affiliations.jsonl:1: "),
        ("no object", "affiliations.jsonl:1: "),
    ],
)
def test_faulty_affiliations_are_refused(files: Callable[..., list[str]], line: object, words: str) -> None:
    """A fault names the file and the line; nothing is screened with half a graph."""
    answer = run("conflicts", *files(line))
    assert isinstance(answer.exception, BadFile)
    assert words in str(answer.exception)

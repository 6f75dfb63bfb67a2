"""The registers of the two examples, and the command over them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evenhand.bundles.bundle import CaseFacts, Register
from evenhand.cli.match import command
from evenhand.law import load_pack
from evenhand.matching import Selection, case_to_review, from_law, solve
from evenhand.matching.facts import CaseToReview
from evenhand.reading import BadFile, read, to_plain

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = {"neck-cold-therapy": date(2015, 2, 17), "lumbar-four-items": date(2025, 5, 28)}
BARS = {
    "neck-cold-therapy": {
        *("licence", "certification", "conflict", "specialty", "qme", "practice_years"),
        *("practice_hours", "capacity", "absence", "discipline"),
    },
    "lumbar-four-items": {
        *("licence", "scope", "conflict", "specialty", "qme", "practice_years"),
        *("practice_hours", "capacity", "absence", "discipline"),
    },
}


def waiting(folder: str) -> CaseToReview:
    facts = read(CaseFacts, EXAMPLES / folder / "case.yaml")
    items = [entry.text for entry in facts.application.disputed.items]
    due = date(FOLDERS[folder].year, 6, 30)
    return case_to_review(
        "C-1", facts.application, facts.ur_decision, items=items, due=due, other_parties=facts.other_parties
    )


def register(folder: str) -> Register:
    return read(Register, EXAMPLES / folder / "reviewers.yaml")


def selected(folder: str) -> Selection:
    on = FOLDERS[folder]
    return solve(
        [waiting(folder)], [entry.reviewer for entry in register(folder).reviewers], on, from_law(load_pack(), on)
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_one_reviewer_fits_best_and_every_ground_bars_somebody(folder: str) -> None:
    """Each register has twenty reviewers or more, several permitted, one best, and somebody barred on every ground."""
    selection = selected(folder)
    found = selection.assessments.values()
    assert len(found) >= 20
    assert sum(assessment.permitted for assessment in found) >= 5
    assert selection.reviewer_of("C-1") == {"neck-cold-therapy": "R-1001", "lumbar-four-items": "R-2001"}[folder]
    assert {code for assessment in found for code in assessment.failed()} == BARS[folder]


@pytest.mark.parametrize("folder", FOLDERS)
def test_ended_and_small_ties_are_considered_and_do_not_bar(folder: str) -> None:
    """At least one reviewer with an ended tie and one with a small interest may review."""
    permitted = [found for found in selected(folder).assessments.values() if found.permitted]
    texts = [reason.text for found in permitted for reason in found.reasons if reason.code == "conflict"]
    assert any("had ended by" in text for text in texts)
    assert any("is not more than" in text for text in texts)


def test_the_parties_gathered_are_those_of_the_case() -> None:
    """The attorney and the firm, the physician and the practice, the maker and its rival: each is screened once."""
    parties = [(party.role.value, party.name) for party in waiting("neck-cold-therapy").parties]
    assert len(parties) == len(set(parties))
    for wanted in [
        ("attorney", "Signe Lindqvist"),
        ("attorney", "Lindqvist and Tran"),
        ("requesting_physician", "Maribel Vantongeren"),
        ("requesting_physician", "Arroyo Spine and Rehabilitation Group"),
        ("claims_administrator", "Sierra Crest Claims Services"),
        ("alternative_manufacturer", "Basic Gel Pack Company"),
        ("employee", "Orrin T. Tessalby"),
    ]:
        assert wanted in parties


@pytest.mark.parametrize("folder", FOLDERS)
def test_reviewers_names_are_nowhere_else(folder: str) -> None:
    """A surname of the register stands in no other file of any example, so a leak can be searched for."""
    others = [path for path in EXAMPLES.rglob("*.yaml") if path.name != "reviewers.yaml"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in others)
    surnames = [entry.name.split()[-1] for entry in register(folder).reviewers]
    assert len(set(surnames)) == len(surnames)
    assert [name for name in surnames if name in text] == []


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.fixture
def inputs(tmp_path: Path) -> list[str]:
    """The first example as the command's options."""
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(to_plain(waiting("neck-cold-therapy"))) + "\n", encoding="utf-8")
    reviewers = str(EXAMPLES / "neck-cold-therapy" / "reviewers.yaml")
    return ["--cases", str(cases), "--reviewers", reviewers, "--on", "2015-02-17"]


def test_solve_explain_and_verify_agree_and_hold_no_name(inputs: list[str], tmp_path: Path) -> None:
    """The command's answers agree with each other, and none holds a name, an e-mail or a number of a reviewer."""
    answer = run("solve", *inputs, "--seed", "7", "--json")
    assert answer.exit_code == 0
    told = json.loads(answer.stdout)
    assert told["chosen"][0]["reviewer"] == "R-1001"
    chosen = tmp_path / "selection.json"
    chosen.write_text(answer.stdout, encoding="utf-8")
    assert run("verify", *inputs, "--selection", str(chosen)).exit_code == 0
    words = run("explain", *inputs, "--case", "C-1").stdout
    assert words.startswith("Case C-1: reviewer R-1001.")
    for entry in register("neck-cold-therapy").reviewers:
        secrets = (*entry.name.split(), entry.email, entry.npi, *entry.licence_numbers)
        assert not [secret for secret in secrets if secret in answer.stdout + words]


def test_a_changed_selection_is_found_out(inputs: list[str], tmp_path: Path) -> None:
    """The verifier says what is wrong with a selection that somebody changed, and the exit code is 1."""
    told = json.loads(run("solve", *inputs, "--json").stdout)
    for reviewer, words in (("R-1003", "less cost"), ("R-1005", "may not review")):
        told["chosen"][0]["reviewer"] = reviewer
        changed = tmp_path / f"{reviewer}.json"
        changed.write_text(json.dumps(told), encoding="utf-8")
        answer = run("verify", *inputs, "--selection", str(changed))
        assert answer.exit_code == 1
        assert words in answer.stdout


def test_a_case_without_a_reviewer_is_a_finding(inputs: list[str], tmp_path: Path) -> None:
    """Where nobody may review, the exit code is 1 and the answer says what bars how many."""
    case = json.loads(Path(inputs[1]).read_text(encoding="utf-8")) | {
        "items": ["Root canal, tooth 14"],
        "condition": "Tooth",
    }
    Path(inputs[1]).write_text(json.dumps(case), encoding="utf-8")
    answer = run("solve", *inputs)
    assert answer.exit_code == 1
    assert "nobody" in answer.stdout
    assert "specialty" in answer.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("{", "is no JSON object"),
        ('{"id": "C-1"}', "is missing; add it"),
        ("{\n" * 30, "has 20 more faults"),
    ],
)
def test_bad_lines_are_told_by_number(inputs: list[str], content: str, words: str) -> None:
    """A faulty file of cases is refused in words, each fault with its line, never with a traceback."""
    Path(inputs[1]).write_text(content, encoding="utf-8")
    refused = run("solve", *inputs).exception
    assert isinstance(refused, BadFile)
    assert words in str(refused)


def test_missing_files_unknown_cases_and_early_days_are_refused(inputs: list[str], tmp_path: Path) -> None:
    """A missing file, a case that is not there, a day before the law and a wrong selection each get their own words."""
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]", encoding="utf-8")
    for arguments, words in (
        (["solve", "--cases", "nowhere.jsonl", *inputs[2:]], "cannot be read"),
        (["explain", *inputs, "--case", "C-9"], "holds no case 'C-9'; it holds: C-1"),
        (["solve", *inputs[:5], "2001-01-01"], "the pack begins on"),
        (["verify", *inputs, "--selection", str(wrong)], "is no selection"),
    ):
        refused = run(*arguments).exception
        assert isinstance(refused, BadFile), arguments
        assert words in str(refused)


def test_the_certificate_travels_with_the_selection(inputs: list[str], tmp_path: Path) -> None:
    """`verify` checks what `solve --json` proved: another seed's lots, another policy and another history are found out."""
    told = json.loads(run("solve", *inputs, "--seed", "7", "--json").stdout)
    assert told["certificate"]["cost"]["objective"] == told["certificate"]["cost"]["bound"] == told["objective"]
    chosen = tmp_path / "selection.json"
    chosen.write_text(json.dumps(told), encoding="utf-8")
    other = tmp_path / "policy.yaml"
    other.write_text("fit: 400\n", encoding="utf-8")
    verify = ["verify", *inputs, "--selection", str(chosen)]
    assert run(*verify, "--every").exit_code == 0
    answer = run(*verify, "--policy", str(other))
    assert (answer.exit_code, "another problem" in answer.stdout) == (1, True)
    del told["certificate"]
    chosen.write_text(json.dumps(told), encoding="utf-8")
    without = run(*verify)
    assert without.exit_code == 0
    assert "no certificate" in without.stderr


def test_what_a_reviewer_had_before_counts(inputs: list[str], tmp_path: Path) -> None:
    """With many earlier cases of the same administrator the choice costs more, and a stranger's line is refused."""
    history = tmp_path / "earlier.jsonl"
    line = {"reviewer": "R-1001", "claims_administrator": "Sierra Crest Claims Services", "cases": 40}
    history.write_text(json.dumps(line) + "\n", encoding="utf-8")
    plain = json.loads(run("solve", *inputs, "--json").stdout)
    weighed = json.loads(run("solve", *inputs, "--earlier", str(history), "--json").stdout)
    assert weighed["objective"] >= plain["objective"]
    assert weighed["certificate"]["problem"] != plain["certificate"]["problem"]
    history.write_text('{"reviewer": 3}\n', encoding="utf-8")
    assert isinstance(run("solve", *inputs, "--earlier", str(history)).exception, BadFile)


def test_why_not_one_reviewer(inputs: list[str]) -> None:
    """`explain --reviewer` answers for one, with the price for who may review; a stranger is refused by name."""
    words = run("explain", *inputs, "--case", "C-1", "--reviewer", "R-1005").stdout
    assert words.startswith("R-1005: may not review it.")
    price = json.loads(run("explain", *inputs, "--case", "C-1", "--reviewer", "R-1003", "--json").stdout)
    assert price["permitted"]
    assert price["costs_more"] >= 0
    refused = run("explain", *inputs, "--case", "C-1", "--reviewer", "R-9").exception
    assert "holds no reviewer 'R-9'" in str(refused)

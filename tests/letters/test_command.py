"""The commands `evenhand letters` and `evenhand privacy`: what goes where, and the exit codes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli.letters import command
from evenhand.cli.privacy import command as privacy
from evenhand.letters.extract import LARGEST


def test_a_folder_is_read_and_what_is_no_letter_is_named(
    tmp_path: Path, letter_text: Callable[..., str], item_text: Callable[..., str]
) -> None:
    """Letters go to standard output, a JSON line each; what is none goes to standard error, with exit code 1."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one.txt").write_text(letter_text(item_text("MRI: Upheld")), encoding="utf-8")
    good = CliRunner().invoke(command, ["read", str(tmp_path), "--jsonl"])
    assert good.exit_code == 0
    assert json.loads(good.stdout)["source"] == str(tmp_path / "deep" / "one.txt")
    (tmp_path / "two.txt").write_text("a shopping list", encoding="utf-8")
    mixed = CliRunner().invoke(command, ["read", str(tmp_path), "--jsonl"])
    assert mixed.exit_code == 1
    assert len(mixed.stdout.splitlines()) == 1
    assert "two.txt: no heading" in mixed.stderr


def test_many_letters_are_read_on_all_cores_in_order(
    tmp_path: Path, letter_text: Callable[..., str], item_text: Callable[..., str]
) -> None:
    """Read by several processes, the letters come in the order of their names."""
    for number in range(30):
        (tmp_path / f"{number:02d}.txt").write_text(letter_text(item_text(f"MRI {number}: Upheld")), encoding="utf-8")
    result = CliRunner().invoke(command, ["read", str(tmp_path), "--jsonl"])
    assert result.exit_code == 0
    read = [json.loads(line)["items"][0]["item"] for line in result.stdout.splitlines()]
    assert read == [f"MRI {number}" for number in range(30)]


def test_the_second_reader_exits_with_1_where_it_finds_something(
    tmp_path: Path, letter_text: Callable[..., str], item_text: Callable[..., str]
) -> None:
    """Findings are printed as one JSON document, each with its code, and the exit code is 1."""
    path = tmp_path / "one.txt"
    path.write_text(letter_text(item_text("MRI of the lumbar spine: Upheld")), encoding="utf-8")
    result = CliRunner().invoke(command, ["check", str(path), "--json"])
    assert result.exit_code == 1
    findings = {finding["code"]: finding for finding in json.loads(result.stdout)["findings"]}
    assert findings["EH001"]["name"] == "documents-missing"
    assert findings["EH001"]["page"] == "docs/second-reader/EH001.md"


@pytest.fixture
def two_letters(tmp_path: Path, letter_text: Callable[..., str], item_text: Callable[..., str]) -> tuple[Path, Path]:
    """A letter whose decision its rationale contradicts, in a folder of the folder, and one in which it does not."""
    (tmp_path / "deep").mkdir()
    wrong, right = tmp_path / "deep" / "wrong.txt", tmp_path / "right.txt"
    wrong.write_text(letter_text(item_text("MRI of the lumbar spine: Overturned")), encoding="utf-8")
    right.write_text(letter_text(item_text("MRI of the lumbar spine: Upheld")), encoding="utf-8")
    return wrong, right


def _codes(*arguments: str) -> set[str]:
    document = json.loads(CliRunner().invoke(command, ["check", *arguments, "--json"]).stdout)
    documents = document if isinstance(document, list) else [document]
    return {finding["code"] for each in documents for finding in each["findings"]}


def test_only_the_checks_that_are_asked_for_speak(two_letters: tuple[Path, Path]) -> None:
    """--select takes codes and their beginnings, --ignore takes away from them; a code that no check has is told."""
    wrong = str(two_letters[0])
    assert {"EH001", "EH011"} <= _codes(wrong)
    assert _codes(wrong, "--select", "EH011") == {"EH011"}
    assert _codes(wrong, "--select", "eh00, EH011") == {"EH001", "EH011"}
    assert "EH011" not in _codes(wrong, "--ignore", "EH01")
    assert _codes(wrong, "--select", "EH0", "--ignore", "EH00") == {"EH011"}
    unknown = CliRunner().invoke(command, ["check", wrong, "--select", "EH999"])
    assert (unknown.exit_code, "no check's code begins with EH999" in unknown.stderr) == (2, True)


def test_a_letter_without_a_selected_finding_exits_with_0(two_letters: tuple[Path, Path]) -> None:
    """What is not asked for does not count for the exit code."""
    result = CliRunner().invoke(command, ["check", str(two_letters[1]), "--select", "EH011"])
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "No finding.")


def test_several_letters_are_checked_at_once(two_letters: tuple[Path, Path], tmp_path: Path) -> None:
    """Several paths give a list of documents, a folder too, its folders included; every letter is named."""
    wrong, right = map(str, two_letters)
    for arguments in ([wrong, right], [str(tmp_path)]):
        result = CliRunner().invoke(command, ["check", *arguments, "--select", "EH011", "--json"])
        assert result.exit_code == 1
        found = {
            each["source"]: [finding["code"] for finding in each["findings"]] for each in json.loads(result.stdout)
        }
        assert found == {wrong: ["EH011"], right: []}
    told = CliRunner().invoke(command, ["check", str(tmp_path), "--select", "EH011"]).stdout
    assert wrong in told and right in told
    assert "at: rationale: “medically necessary”" in told


def test_a_folder_without_letters_is_told(tmp_path: Path) -> None:
    """An empty folder is no clean letter."""
    result = CliRunner().invoke(command, ["check", str(tmp_path)])
    assert (result.exit_code, "the folder holds no PDF or text" in result.stderr) == (1, True)


def test_a_file_that_is_no_letter_does_not_hide_the_others(two_letters: tuple[Path, Path], tmp_path: Path) -> None:
    """The letters are checked, what is none is named, and the exit code is 1."""
    (tmp_path / "notes.txt").write_text("a shopping list", encoding="utf-8")
    result = CliRunner().invoke(
        command, ["check", str(two_letters[1]), str(tmp_path / "notes.txt"), "--select", "EH011"]
    )
    assert (result.exit_code, "notes.txt: no heading" in result.stderr) == (1, True)
    assert "No finding." in result.stdout


def test_the_checks_are_listed_and_each_has_a_page(tmp_path: Path) -> None:
    """Without a code every check stands on a line; with one its page is printed; --out writes all pages."""
    listed = CliRunner().invoke(command, ["checks"]).stdout.splitlines()
    assert [line[:5] for line in listed] == sorted(line[:5] for line in listed)
    page = CliRunner().invoke(command, ["checks", "eh011"]).stdout
    assert page.startswith("# EH011: decision-contradicts-rationale")
    assert "**Severity:** error." in page and "**What to do:**" in page
    assert CliRunner().invoke(command, ["checks", "--out", str(tmp_path / "pages")]).exit_code == 0
    assert (tmp_path / "pages" / "EH011.md").read_text(encoding="utf-8") == page
    plain = json.loads(CliRunner().invoke(command, ["checks", "EH001", "--json"]).stdout)
    assert plain[0]["severity"] == {"published": "note", "issue": "error"}
    unknown = CliRunner().invoke(command, ["checks", "EH999"])
    assert (unknown.exit_code, "no check has the code EH999" in unknown.stderr) == (2, True)


def test_a_missing_file_is_named_without_a_traceback(tmp_path: Path) -> None:
    """A path that does not exist is told in words."""
    for name in ("read", "check"):
        result = CliRunner().invoke(command, [name, str(tmp_path / "none.pdf")])
        assert result.exit_code == 1
        assert "does not exist" in result.stderr


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.txt")
    return folder / "pipe.txt"


def _endless(folder: Path) -> Path:
    return Path("/dev/zero")


def _huge(folder: Path) -> Path:
    with (folder / "huge.txt").open("wb") as out:
        out.truncate(LARGEST + 1)
    return folder / "huge.txt"


def _empty(folder: Path) -> Path:
    (folder / "notes.docx").write_text("no letter")
    return folder


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (_fifo, "no regular file"),
        (_endless, "no regular file"),
        (_huge, "a letter at most 100 MB"),
        (_empty, "no letter is in this folder"),
    ],
)
def test_what_cannot_be_a_letter_is_told_at_once(made: Callable[[Path], Path], told: str, tmp_path: Path) -> None:
    """A pipe, an endless device, a huge file and a folder without letters are named with the reason; exit code 1."""
    result = CliRunner().invoke(command, ["read", str(made(tmp_path)), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout) == []
    assert told in result.stderr


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    """A folder that holds only a pipe is an empty folder; nothing waits for it."""
    _fifo(tmp_path)
    result = CliRunner().invoke(command, ["read", str(tmp_path)])
    assert (result.exit_code, "no letter is in this folder" in result.stderr) == (1, True)


def test_redact_prints_the_text_and_tells_what_went(tmp_path: Path) -> None:
    """The clean text goes to standard output, the account to standard error, and 1 says that a person must look."""
    note, known = tmp_path / "note.txt", tmp_path / "known.yaml"
    note.write_text("Maria Okonkwo was seen by Dr. Zabriskie.\n", encoding="utf-8")
    known.write_text("identities:\n  - {kind: person, role: employee, values: [Maria Okonkwo]}\n", encoding="utf-8")
    result = CliRunner().invoke(privacy, ["redact", str(note), "--identities", str(known)])
    assert result.stdout == "[employee] was seen by Dr. Zabriskie.\n"
    assert "removed 1 x employee" in result.stderr
    assert result.exit_code == 1

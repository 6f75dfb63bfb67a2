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
    assert "documents_list_missing" in {finding["code"] for finding in json.loads(result.stdout)["findings"]}


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

"""Bad input to the law's commands: words and an exit code, nothing lost, nothing half-done."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evenhand.cli.law import command
from evenhand.cli.streams import json_lines
from evenhand.cli.synthetic import command as synthetic
from evenhand.law import Refused, load_pack
from evenhand.reading import BadFile
from evenhand.typesetting.book.folder import MADE, ready

PROPOSAL = """
rules:
  application:
    versions:
      - valid_from: 2013-01-01
        period: {count: COUNT, unit: UNIT}
        citation: The proposal
        confidence: deduced
"""


def run(*arguments: str) -> Result:
    """The law's command as a person calls it."""
    return CliRunner().invoke(command, arguments)


def with_pack(folder: Path, text: str) -> Result:
    """A time limit asked for under a changed pack."""
    path = folder / "proposal.yaml"
    path.write_text(text, encoding="utf-8")
    return run("due", "application", "--from", "2015-01-01", "--pack", str(path))


@pytest.mark.parametrize("rule", ["records_window", "determination", "records_expedited"])
@pytest.mark.parametrize(
    "start",
    [
        "0001-01-01",
        "0001-03-01T10:00",
        "0001-01-01T00:00+14:00",
        "0999-12-31T10:00",
        "9001-01-01T00:00",
        "9999-12-31T23:00-12:00",
    ],
)
def test_a_day_at_the_end_of_the_calendar_is_refused(rule: str, start: str) -> None:
    """Counting would leave the days that a computer has, even under the law of another day."""
    result = run("due", rule, "--from", start, "--governed", "2020-01-01")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "check the year" in result.stderr


def test_a_time_that_the_clocks_left_out_is_refused() -> None:
    """Between 2:00 and 3:00 on the day on which daylight saving begins there is no local time."""
    result = run("due", "records_expedited", "--from", "2015-03-08T02:30")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There was no 02:30 on 2015-03-08" in result.stderr and "03:30" in result.stderr
    before, after = (load_pack().due("records_expedited", datetime(2015, 3, 8, hour, 59)).due for hour in (1, 3))
    assert isinstance(before, datetime) and isinstance(after, datetime)
    assert (before.isoformat(), after.isoformat()) == ("2015-03-09T02:59:00-07:00", "2015-03-09T03:59:00-07:00")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("rules: [1, 2]\n", "rules"),
        ("rules: application\n", "rules"),
        ("rules:\n", "rules"),
        ("ruels: 3\n", "ruels"),
        ("time_zone: Etc/UTC\n", "time_zone"),
        ("topic: {a: 1}\nrules: {}\n", "topic"),
    ],
)
def test_changes_that_change_nothing_are_refused(tmp_path: Path, text: str, where: str) -> None:
    """A file laid over the pack whose content is no entry is not passed over as if it had been used."""
    result = with_pack(tmp_path, text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"proposal.yaml: {where}: " in result.stderr


@pytest.mark.parametrize(
    ("count", "unit"),
    [
        ("-5", "calendar_days"),
        ("1000000000", "calendar_days"),
        ("100000000", "business_days"),
        ("1000000", "months"),
        ("10001", "hours"),
    ],
)
def test_a_period_that_nobody_can_count_is_refused(tmp_path: Path, count: str, unit: str) -> None:
    """Neither less than nothing nor beyond the calendar; the loader says so, not the first who asks."""
    result = with_pack(tmp_path, PROPOSAL.replace("COUNT", count).replace("UNIT", unit))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "a period counts 0 to 10,000" in result.stderr


def test_a_week_without_business_days_is_refused(tmp_path: Path) -> None:
    """No last day could ever be found."""
    week = "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]"
    result = with_pack(tmp_path, f"calendars:\n  offices_closed:\n    weekend: {week}\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "every day of the week" in result.stderr


def test_a_number_of_ten_thousand_digits_is_no_section() -> None:
    """Wrong use, in words that fit on a screen."""
    result = run("where", "9" * 10_000)
    assert result.exit_code == 2
    assert "is no section" in result.stderr and len(result.stderr) < 1000


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_a_long_file_takes_the_place_of_a_file_alone(tmp_path: Path, kind: str) -> None:
    """A pipe, a device, a link or a folder stays what it is."""
    path, kept = tmp_path / "out", tmp_path / "kept"
    kept.write_text("kept", encoding="utf-8")
    {"pipe": os.mkfifo, "link": lambda out: out.symlink_to(kept), "folder": os.mkdir}[kind](path)
    was = path.lstat().st_mode
    with pytest.raises(BadFile, match="no ordinary file"), json_lines(path) as write:
        write({})
    assert path.lstat().st_mode == was and kept.read_text(encoding="utf-8") == "kept"


def test_a_long_file_touches_no_other_file(tmp_path: Path) -> None:
    """Somebody's own file of a similar name is neither overwritten nor removed."""
    own = tmp_path / "out.jsonl.part"
    own.write_text("mine", encoding="utf-8")
    with json_lines(tmp_path / "out.jsonl") as write:
        write({"a": 1})
    assert own.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "out.jsonl.part"]


@pytest.mark.parametrize("lost", ["archive.jsonl", "proposal.yaml", "link.jsonl"])
@pytest.mark.parametrize("folder", [False, True])
def test_differences_never_take_the_place_of_what_is_read(tmp_path: Path, lost: str, folder: bool) -> None:
    """`replay --jsonl` on its own archive or pack, by any name, is wrong use; both stay."""
    archive, proposal = tmp_path / "archive.jsonl", tmp_path / "proposal.yaml"
    CliRunner().invoke(synthetic, ["applications", "--count", "2", "--out", str(archive)])
    proposal.write_text(PROPOSAL.replace("COUNT", "25").replace("UNIT", "calendar_days"), encoding="utf-8")
    (tmp_path / "link.jsonl").hardlink_to(archive)
    before = archive.read_bytes(), proposal.read_bytes()
    pack = str(tmp_path if folder else proposal)
    result = run("replay", str(archive), "--pack", pack, "--jsonl", str(tmp_path / lost))
    assert result.exit_code == 2 and "is read here" in result.stderr
    assert (archive.read_bytes(), proposal.read_bytes()) == before


def test_a_programme_without_screening_has_no_made_up_applications(tmp_path: Path) -> None:
    """The sketch says what it lacks, in words, and leaves no file."""
    out = tmp_path / "x.jsonl"
    result = CliRunner().invoke(
        synthetic, ["applications", "--count", "1", "--programme", "ny_external_appeal", "--out", str(out)]
    )
    assert (result.exit_code, result.stdout, list(tmp_path.iterdir())) == (1, "", [])
    assert "No applications for ny_external_appeal: There is no value" in result.stderr


def test_nothing_near_is_offered_where_there_is_nothing() -> None:
    """A pack without entries of a kind is not asked for the nearest of none."""
    with pytest.raises(Refused, match="nor any other"):
        load_pack("ny_external_appeal").value("programme_start_injury", datetime(2020, 1, 1).date())


@pytest.mark.parametrize("kind", ["folder", "link", "list"])
def test_a_book_replaces_only_files_that_it_wrote(tmp_path: Path, kind: str) -> None:
    """What has the name of a page and is no file stays, and so does a folder whose list of files nobody can read."""
    book, page = tmp_path / "book", tmp_path / "book" / "index.html"
    book.mkdir()
    (book / MADE).write_bytes(b"\xff\xfe" if kind == "list" else b"index.html\n")
    {"folder": page.mkdir, "link": lambda: page.symlink_to(tmp_path), "list": page.touch}[kind]()
    with pytest.raises(Refused, match=r"holds what is no rule book \(index\.html"):
        ready(book)

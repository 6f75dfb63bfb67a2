"""`evenhand casefile`: files and folders to an indexed file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli.casefile import command
from evenhand.synthetic.records import RecordText, render


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def folder(tmp_path: Path, paper: bytes, scan: bytes) -> Path:
    """A folder with a good paper, a scan and a file that is no PDF."""
    records = tmp_path / "records"
    (records / "deep").mkdir(parents=True)
    (records / "a.pdf").write_bytes(paper)
    (records / "deep" / "b.pdf").write_bytes(scan)
    (records / "z.docx").write_bytes(b"PK\x03\x04 not a PDF")
    return records


def test_a_folder_is_indexed_and_a_bad_file_is_named(folder: Path, tmp_path: Path) -> None:
    """The good ones go on, the bad one is named with the reason on standard error, and the exit code is 1."""
    out = tmp_path / "out"
    code, _, errors = run("index", folder, "--out", out)
    assert code == 1
    assert "z.docx: The file is not a PDF; it looks like a ZIP archive or an office document" in errors
    index = json.loads((out / "index.json").read_text())
    assert [(d["id"], d["kind"], d["dated"]) for d in index["documents"]] == [
        ("a.pdf", "progress_report", "2025-03-04"),
        ("deep/b.pdf", "progress_report", "2025-03-04"),
    ]
    assert [p["source"] for p in index["pages"]] == ["text_layer", "ocr"]
    assert "meniscus" in (out / index["pages"][1]["text_file"]).read_text()
    assert (out / "chronology.csv").read_text().count("2025-03-04") == 2
    assert [problem["file"] for problem in index["problems"]] == ["z.docx"]


def test_json_is_one_document_on_standard_output(folder: Path, tmp_path: Path) -> None:
    """Scripts read standard output whole; messages go to standard error. All good: exit code 0."""
    code, out, _ = run("index", folder / "a.pdf", "--out", tmp_path / "out", "--json")
    assert code == 0
    assert json.loads(out)["pages"][0]["number"] == 1


def test_indexing_again_removes_what_no_longer_belongs_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    """A shorter file leaves no text of pages that are gone; a stranger's file in the folder stays."""
    out = tmp_path / "out"
    run("index", folder, "--out", out)
    (out / "notes.txt").write_text("mine")
    run("index", folder / "a.pdf", "--out", out)
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()) == [
        "chronology.csv",
        "index.json",
        "notes.txt",
        "text/0001.txt",
    ]


@pytest.mark.parametrize("given", ["missing.pdf", "empty"])
def test_nothing_to_read_is_said(tmp_path: Path, given: str) -> None:
    """A path that is not there and an empty folder are refused in words, and nothing is written."""
    (tmp_path / "empty").mkdir()
    code, _, errors = run("index", tmp_path / given, "--out", tmp_path / "out")
    assert code == 1
    assert given in errors
    assert "Nothing was indexed." in errors
    assert not (tmp_path / "out").exists()


def test_search_finds_pages_and_says_when_none_has_the_words(folder: Path) -> None:
    """Hits are printed with their page; no hit is exit code 1; an empty query is wrong use."""
    code, out, _ = run("search", '"medial meniscus"', folder / "a.pdf")
    assert (code, out.startswith("page 1 (a.pdf, 1): ")) == (0, True)
    assert run("search", "appendix", folder / "a.pdf")[0] == 1
    assert run("search", "...", folder / "a.pdf")[0] == 2


def test_a_bundle_is_read_by_what_its_senders_say(tmp_path: Path, paper: bytes) -> None:
    """Where records.yaml stands in the folder, kinds, dates and titles come from it and nothing is guessed."""
    (tmp_path / "p.pdf").write_bytes(paper)
    (tmp_path / "records.yaml").write_text(
        "receipts:\n- sender: employee\n  received_on: 2025-04-01\n  means: fax\n  files:\n"
        "  - {id: stated, path: p.pdf, kind: consultation, dated: 2025-03-05, author: Okonjo, title: Second opinion}\n"
    )
    code, out, _ = run("index", tmp_path, "--out", tmp_path / "out", "--json")
    (document,) = json.loads(out)["documents"]
    assert code == 0
    assert [document[key] for key in ("id", "kind", "dated", "title")] == [
        "stated",
        "consultation",
        "2025-03-05",
        "Second opinion",
    ]


def test_a_paper_without_a_date_is_indexed_as_undated(tmp_path: Path) -> None:
    """No day is made up: the index says null and the chronology leaves the cell empty."""
    pdf = render(
        RecordText(letterhead=("Tansy",), title="Shopping list", dated=date(2025, 3, 4), facts=(), sections=())
    )
    (tmp_path / "list.pdf").write_bytes(pdf)
    code, out, _ = run("index", tmp_path / "list.pdf", "--out", tmp_path / "out", "--json")
    (document,) = json.loads(out)["documents"]
    assert (code, document["dated"], document["kind"]) == (0, None, "other")
    assert "\n,other,SHOPPING LIST" in (tmp_path / "out" / "chronology.csv").read_text()

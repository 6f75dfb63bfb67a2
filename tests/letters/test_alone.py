"""A letter of a stranger, read in a process of its own: whole, refused in words, or stopped; and nothing of it is kept."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from evenhand.letters.alone import MOST_SIGNS, read_alone
from evenhand.letters.read import read_letter
from evenhand.synthetic.letters import letters

MADE = next(letters(1, seed=2, layouts=("A",)))
UNDATED = next(letters(1, seed=2, layouts=("B",)))


def printed(text: str) -> bytes:
    """A letter as a PDF with its text layer."""
    import typst

    source = "#set page(height: auto)\n#raw(sys.inputs.text, block: true)"
    return typst.compile(source.encode(), sys_inputs={"text": text.replace("\f", "")}, format="pdf")


def endless() -> bytes:
    """A small PDF whose one page draws for minutes."""
    document = pikepdf.new()
    page = document.add_blank_page()
    page.Contents = document.make_stream(b"0 0 m 9 9 l 5 0 0 5 1 1 c S BT ET q Q\n" * 6_000_000)
    out = io.BytesIO()
    document.save(out, compress_streams=True)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["text", "pdf"])
def test_a_letter_comes_back_with_findings_and_pages(kind: str) -> None:
    """The same letter as read in this process, its findings, and its pages: text for text, pictures for a PDF."""
    content = MADE.text.encode() if kind == "text" else printed(MADE.text)
    answer = read_alone(content, name="made-up")
    assert answer.refused == ""
    assert answer.letter == read_letter(content if kind == "pdf" else MADE.text, "made-up")
    assert "EH001" in [finding.code for finding in answer.findings]
    assert answer.sheets.of >= 1
    assert bool(answer.sheets.shown[0].picture) == (kind == "pdf")


def test_a_letter_without_dates_needs_the_day_of_its_law() -> None:
    """Without a date it is read and not checked, with the reason; with the day it is checked."""
    content = UNDATED.text.encode()
    unchecked = read_alone(content, name="made-up")
    assert unchecked.letter is not None and unchecked.findings == ()
    assert "names no date" in unchecked.unchecked
    checked = read_alone(content, name="made-up", on=date(2015, 6, 1))
    assert checked.unchecked == "" and checked.findings


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\x7fELF\x00\x01", "neither a PDF nor text"),
        (b"%PDF-1.7\nbroken", "damaged"),
        (b"A shopping list: apples.", "Final Determination Letter"),
        ((MADE.text.replace("The request", "word " * 250_000 + "The request")).encode(), f"{MOST_SIGNS:,} signs"),
    ],
    ids=["empty", "program", "broken", "list", "endless text"],
)
def test_what_is_no_letter_is_refused_in_words(content: bytes, why: str) -> None:
    """The reason is told; there is no letter and no page."""
    answer = read_alone(content, name="made-up")
    assert why in answer.refused
    assert answer.letter is None and answer.sheets.shown == ()


def test_a_letter_built_to_hang_is_stopped() -> None:
    """The process ends after its seconds, and the reason says what the file is."""
    answer = read_alone(endless(), name="made-up", seconds=1)
    assert "more than 1 seconds" in answer.refused and "hostile" in answer.refused


def test_nothing_is_kept_and_no_secret_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process writes no file, and its environment holds nothing of the office."""
    import subprocess

    given: list[dict[str, str]] = []
    really = subprocess.run

    def watched(*words: object, **more: object) -> object:
        given.append(dict(more["env"]))  # type: ignore[call-overload]
        return really(*words, **more)  # type: ignore[call-overload]

    monkeypatch.setenv("EVENHAND_SECRET_KEY", "a secret")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(subprocess, "run", watched)
    assert read_alone(printed(MADE.text), name="made-up").letter is not None
    assert list(tmp_path.rglob("*")) == []
    assert given and not any(name.startswith("EVENHAND") for name in given[0])

"""Reading many letters: a run that goes on where it stopped, and files that would stop a process."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.cli import letters_pile
from evenhand.cli.letters import command
from evenhand.letters.extract import MOST_PAGES, NotALetter
from evenhand.letters.read import read_letter
from evenhand.synthetic.letters import letters


def _pile(folder: Path, count: int) -> list[str]:
    folder.mkdir()
    names = []
    for made in letters(count, seed=3, layouts=("A",)):
        (folder / f"{made.name}.txt").write_text(made.text, encoding="utf-8")
        names.append(str(folder / f"{made.name}.txt"))
    return names


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """With --resume what stands in the file is not read again, a line cut in half is, and the whole is the same."""
    _pile(tmp_path / "pile", 30)
    (tmp_path / "pile" / "note.txt").write_text("a shopping list", encoding="utf-8")
    out, refused = tmp_path / "out.jsonl", tmp_path / "out.jsonl.refused.jsonl"
    arguments = ["read", str(tmp_path / "pile"), "--out", str(out)]
    assert CliRunner().invoke(command, arguments).exit_code == 1
    whole, reasons = out.read_bytes(), refused.read_bytes()
    assert (len(whole.splitlines()), json.loads(reasons)["reason"][:10]) == (30, "no heading")
    assert CliRunner().invoke(command, arguments).exit_code == 2, "an earlier run is not written over"
    out.write_bytes(whole[: len(whole) * 2 // 3])
    assert CliRunner().invoke(command, [*arguments, "--resume"]).exit_code == 0
    assert (out.read_bytes(), refused.read_bytes()) == (whole, reasons)


def test_a_file_of_something_else_is_not_taken_for_a_run(tmp_path: Path) -> None:
    """--resume without --out, and with a file that holds no letters, is wrong use and says why."""
    (tmp_path / "other.jsonl").write_text("[1]\n", encoding="utf-8")
    _pile(tmp_path / "pile", 1)
    for arguments in (["--resume"], ["--out", str(tmp_path / "other.jsonl"), "--resume"]):
        result = CliRunner().invoke(command, ["read", str(tmp_path / "pile"), *arguments])
        assert result.exit_code == 2
    assert (tmp_path / "other.jsonl").read_text(encoding="utf-8") == "[1]\n"


def test_a_file_that_ends_a_process_is_named_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that takes its worker down is named with the reason; every other letter comes, in order, once."""
    if multiprocessing.get_start_method() != "fork":
        pytest.skip("the planted death is only inherited by forked workers")
    names = _pile(tmp_path / "pile", 60)
    really = letters_pile.read_one

    def deadly(path: Path) -> letters_pile.Result:
        if str(path) == names[25]:
            os.kill(os.getpid(), signal.SIGALRM)  # what the alarm does to a worker that hangs
        return really(path)

    monkeypatch.setattr(letters_pile, "read_one", deadly)
    results = list(letters_pile.read_pile([Path(name) for name in names], workers=2))
    assert [str(path) for path, _, _ in results] == names
    assert [str(path) for path, letter, _ in results if letter is None] == [names[25]]
    assert "was stopped" in results[25][2]


def _pdf(pages: int) -> bytes:
    import io

    document, out = pikepdf.Pdf.new(), io.BytesIO()
    for _ in range(pages):
        document.add_blank_page()
    document.save(out)
    return out.getvalue()


def _deep_tree(levels: int) -> bytes:
    """A PDF whose page lies under `levels` nested nodes."""
    rows = ["1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj"]
    rows += [f"{n} 0 obj <</Type/Pages/Kids[{n + 1} 0 R]/Count 1>> endobj" for n in range(2, levels + 2)]
    rows.append(f"{levels + 2} 0 obj <</Type/Page/MediaBox[0 0 9 9]>> endobj")
    return ("%PDF-1.7\n" + "\n".join(rows) + "\ntrailer <</Root 1 0 R>>\n%%EOF").encode()


def _circle() -> bytes:
    """A PDF whose page tree is its own child and claims two thousand million pages."""
    return (
        b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type/Pages/Kids[2 0 R]/Count 2000000000>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF"
    )


@pytest.mark.parametrize("content", [_pdf(MOST_PAGES + 1), _pdf(1), _deep_tree(5000), _circle()])
def test_a_hostile_pdf_is_refused_in_words(content: bytes) -> None:
    """Too many pages, no text, a page tree without bottom or in a circle: a refusal, soon, and no crash."""
    with pytest.raises(NotALetter):
        read_letter(content)


@pytest.fixture(scope="module")
def printed() -> bytes:
    """A letter as a PDF with its text layer, made here."""
    import typst

    made = next(letters(1, seed=2, layouts=("A",)))
    source = "#set page(height: auto)\n#raw(sys.inputs.text, block: true)"
    return typst.compile(source.encode(), sys_inputs={"text": made.text.replace("\f", "")}, format="pdf")


def _encrypted(content: bytes, opens_with: str = "") -> bytes:
    import io

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        rights = pikepdf.Permissions(extract=False, print_highres=False)
        document.save(out, encryption=pikepdf.Encryption(owner="own", user=opens_with, R=6, allow=rights))
    return out.getvalue()


def test_an_encrypted_letter_is_read(printed: bytes) -> None:
    """AES encryption that forbids copying does not hinder reading; a password that opens the file does, and is told."""
    truth = next(letters(1, seed=2, layouts=("A",))).truth()
    read = read_letter(_encrypted(printed))
    assert [(i.item, i.rationale) for i in read.items] == [(i["item"], i["rationale"]) for i in truth["items"]]
    assert read.clinical_case_summary == truth["clinical_case_summary"]
    with pytest.raises(NotALetter, match="password"):
        read_letter(_encrypted(printed, "secret"))


@settings(max_examples=120, deadline=None)
@given(cut=st.floats(0, 1), spots=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=40))
def test_no_damage_to_a_pdf_breaks_the_reader(printed: bytes, cut: float, spots: list[tuple[float, int]]) -> None:
    """A PDF with bytes changed or its end cut off gives a letter or a refusal in words, never another error."""
    content = bytearray(printed)
    for place, byte in spots:
        content[int(place * len(content))] = byte
    try:
        read_letter(bytes(content[: max(1, int(cut * len(content)))] if cut < 0.5 else content))
    except NotALetter as error:
        assert str(error)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_to_a_text_breaks_the_reader(data: st.DataObject) -> None:
    """A letter of any layout with lines lost, doubled or cut gives a letter or a refusal in words."""
    made = next(letters(1, seed=data.draw(st.integers(0, 50)), layouts=(data.draw(st.sampled_from("ABCDE")),)))
    lines = made.text.split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place : place + 1] = data.draw(st.sampled_from([[], [lines[place]] * 2, [lines[place][:9]], ["\f"]]))
        lines = lines or [""]
    try:
        read_letter("\n".join(lines))
    except NotALetter as error:
        assert str(error)

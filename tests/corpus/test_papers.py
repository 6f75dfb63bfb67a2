"""PDFs of letters that another office published: kept where somebody asks, found for one state of a decision, gone when withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli.corpus import command
from evenhand.corpus.decision import Origin, PublishedDecision, decision_of
from evenhand.corpus.papers import keep_paper, paper_of
from evenhand.corpus.store import add, decisions_in, withdraw_from
from evenhand.letters.read import read_letter
from evenhand.synthetic.letters import letters

TEXT = next(letters(1, seed=2, layouts=("A",))).text
PDF = b"%PDF-1.7 a letter"


@pytest.fixture
def imported() -> PublishedDecision:
    """A decision that was imported."""
    return decision_of(read_letter(TEXT, "made-up"), programme="ca_dwc", source=Origin.IMPORT, profile="as_published")


def test_a_paper_is_found_for_its_decision(tmp_path: Path, imported: PublishedDecision) -> None:
    """What was kept comes back byte for byte; without keeping there is nothing."""
    assert paper_of(tmp_path, imported) is None
    assert keep_paper(tmp_path, imported, PDF)
    assert paper_of(tmp_path, imported) == PDF


def test_a_paper_belongs_to_one_state(tmp_path: Path, imported: PublishedDecision) -> None:
    """Where the decision is read anew and changed, the old paper is not shown beside it."""
    keep_paper(tmp_path, imported, PDF)
    assert imported.determination is not None
    changed = replace(imported, determination=replace(imported.determination, clinical_case_summary="Another."))
    assert paper_of(tmp_path, changed) is None


def test_our_own_letters_are_never_kept(tmp_path: Path, imported: PublishedDecision) -> None:
    """They name the parties: neither a letter of our layout nor a decision of the office has its paper kept or shown."""
    assert imported.determination is not None
    own = replace(imported, determination=replace(imported.determination, layout="own"))
    for decision in (own, replace(imported, source=Origin.OFFICE), replace(imported, source=Origin.REPLAY)):
        assert not keep_paper(tmp_path, decision, PDF)
        assert paper_of(tmp_path, decision) is None


def test_only_pdfs_are_kept(tmp_path: Path, imported: PublishedDecision) -> None:
    """A letter that came as text has no paper."""
    assert not keep_paper(tmp_path, imported, TEXT.encode())


def test_a_withdrawn_decision_loses_every_paper(tmp_path: Path, imported: PublishedDecision) -> None:
    """Of earlier states too: no file of it is left."""
    assert imported.determination is not None
    add(tmp_path, [imported])
    keep_paper(tmp_path, imported, PDF)
    keep_paper(tmp_path, replace(imported, determination=replace(imported.determination, problems=("x",))), PDF)
    withdraw_from(tmp_path, imported.id, on=date(2026, 1, 2), reason="a person can be recognized")
    assert not list(tmp_path.rglob("*.pdf"))


def test_an_address_cannot_lead_out_of_the_folder(tmp_path: Path, imported: PublishedDecision) -> None:
    """An address is made of what a letter says; a paper stays in its folder whatever that is."""
    odd = replace(imported, id="ca_dwc/../../../escaped\ud800")
    assert keep_paper(tmp_path / "corpus", odd, PDF)
    assert [path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*.pdf")] == [("corpus", "letters")]


def test_the_command_keeps_letters_only_when_asked(tmp_path: Path) -> None:
    """`corpus import` keeps no paper of its own accord; with --keep-letters the PDF, not the text."""
    import typst

    source = "#set page(height: auto)\n#raw(sys.inputs.text, block: true)"
    pdf = typst.compile(source.encode(), sys_inputs={"text": TEXT.replace("\f", "")}, format="pdf")
    (tmp_path / "letter.pdf").write_bytes(pdf)
    corpus = tmp_path / "corpus"
    words = ["import", str(tmp_path / "letter.pdf"), "--corpus", str(corpus)]
    assert CliRunner().invoke(command, words).exit_code == 0
    (decision,) = decisions_in(corpus)
    assert paper_of(corpus, decision) is None
    told = CliRunner().invoke(command, [*words, "--keep-letters"])
    assert "1 PDFs kept" in told.output
    assert paper_of(corpus, decision) == pdf

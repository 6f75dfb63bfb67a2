"""The PDFs of letters that another office published, kept beside the decisions read from them where somebody asks for it.

A paper belongs to one state of a decision: when it is read anew and changes, its old paper is not found any more. Our own
letters are never kept here: they name the parties, and what was read from them does not.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from evenhand.corpus.decision import Origin, PublishedDecision
from evenhand.letters.determination import Determination
from evenhand.letters.read import as_json

FOLDER = "letters"
OWN = "own"


def keep_paper(folder: Path, decision: PublishedDecision, content: bytes) -> bool:
    """Keeps the letter's PDF as it was published; False for what is no PDF, not imported, or a letter of our own layout."""
    if not _may_be_kept(decision) or not content[:1024].lstrip().startswith(b"%PDF"):
        return False
    path = _path(folder, decision)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(path)
    return True


def paper_of(folder: Path, decision: PublishedDecision) -> bytes | None:
    """The kept PDF of a decision as it stands; None where there is none."""
    if not _may_be_kept(decision):
        return None
    try:
        return _path(folder, decision).read_bytes()
    except FileNotFoundError:
        return None


def drop_papers(folder: Path, address: str) -> None:
    """Every kept paper of a decision goes, of earlier states too."""
    shutil.rmtree(_of_address(folder, address), ignore_errors=True)


def _may_be_kept(decision: PublishedDecision) -> bool:
    letter = decision.determination
    return decision.source is Origin.IMPORT and letter is not None and letter.layout != OWN


def _path(folder: Path, decision: PublishedDecision) -> Path:
    assert decision.determination is not None  # asked before
    return _of_address(folder, decision.id) / f"{_digest(decision.determination)}.pdf"


def _of_address(folder: Path, address: str) -> Path:
    """A folder named by a digest: an address comes from a letter and may hold anything."""
    return folder / FOLDER / hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


def _digest(letter: Determination) -> str:
    return hashlib.sha256(json.dumps(as_json(letter), sort_keys=True).encode()).hexdigest()

"""How many citations of the real letters resolve: read from the labels beside the repository, which hold each line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from evenhand.citations import Reference, find_citations, resolve
from evenhand.letters.guidelines import find
from evenhand.letters.wording import wording

SIDES = ("claims_administrator_guideline", "maximus_guideline")


def _line_grammar(line: str) -> Iterable[Reference]:
    return find(line, wording()).citations


def _resolved(folder: Path, read: Callable[[str], Iterable[Reference]]) -> Iterator[tuple[str, str, bool]]:
    """Where each citation stands (case and item), its kind, and whether it resolves."""
    for path in sorted(folder.glob("CM*.json")):
        letter = json.loads(path.read_text(encoding="utf-8"))
        on = datetime.strptime(letter["header"]["ur_denial_date"], "%m/%d/%Y").date()
        for item in letter["items"]:
            for side in SIDES:
                for citation in read(item[side]):
                    yield f"{path.stem} item {item['n']}", citation.kind, resolve(citation, on).resolved


@pytest.mark.parametrize("read", [_line_grammar, find_citations], ids=["line grammar", "free text"])
def test_citations_of_real_letters_resolve(shared: Path, read: Callable[[str], Iterable[Reference]]) -> None:
    """99 of 100 citations of the schedule, and 95 of 100 others, on both sides; what does not resolve is named."""
    found = list(_resolved(shared / "letters", read))
    for of_schedule, least in ((True, 0.99), (False, 0.95)):
        some = [(where, kind, known) for where, kind, known in found if (kind == "mtus") is of_schedule]
        not_known = [(where, kind) for where, kind, known in some if not known]
        assert len(some) > 80
        assert 1 - len(not_known) / len(some) >= least, not_known

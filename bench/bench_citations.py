"""Citations of the real letters: how many resolve, how far they lead, how the sides differ; and what finding them costs."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

import made
import pypdfium2
from measure import against, head, in_turns, line

from evenhand.citations import compare, find_citations, resolve

SIDES = ("claims_administrator_guideline", "maximus_guideline")


def extract(content: bytes) -> int:
    """The bare text of every page, and nothing else."""
    document = pypdfium2.PdfDocument(content)
    signs = sum(len(page.get_textpage().get_text_range()) for page in document)
    document.close()
    return signs


def main() -> None:
    """Prints shares and figures; says so where the folder of real letters is not there."""
    paths = sorted((made.SHARED / "letters").glob("CM*.json"))
    if not paths:
        line("citations of published letters", "not measured: the folder ../shared/letters is not here")
        return
    levels, differences, not_known, lines = Counter[str](), Counter[str](), [], []
    for path in paths:
        letter = json.loads(path.read_text(encoding="utf-8"))
        on = datetime.strptime(letter["header"]["ur_denial_date"], "%m/%d/%Y").date()  # noqa: DTZ007
        for item in letter["items"]:
            lines += [item[side] for side in SIDES]
            sides = [[resolve(mention, on) for mention in find_citations(item[side])] for side in SIDES]
            found = [resolution for side in sides for resolution in side]
            levels.update(f"{'schedule' if r.source == 'mtus' else 'other'}: {r.level.value}" for r in found)
            not_known += [f"{path.stem} item {item['n']} ({r.source.value})" for r in found if not r.resolved]
            differences[compare(*sides).value] += 1
    head(f"Citations of {len(paths)} published letters, {len(lines)} guideline lines")
    for name, count in sorted(levels.items()):
        line(f"leads to, {name}", str(count))
    for name, count in differences.most_common():
        line(f"the two sides: {name}", str(count))
    line("not resolved", ", ".join(not_known) or "none")
    ours, bare = in_turns(
        {
            "citations.find_citations": lambda: [find_citations(text) for text in lines],
            "pypdfium2, bare text of the letters": lambda: [
                extract(path.with_suffix(".pdf").read_bytes()) for path in paths
            ],
        }
    )
    against(ours, bare, count=len(lines), of="lines")


if __name__ == "__main__":
    main()

"""Eligibility of 200,000 applications from JSON Lines, against parsing the same lines and nothing else.

    python bench/bench_eligibility.py [COUNT]

The archive is made up anew (`evenhand synthetic applications`), every application another. Each line is read strictly,
screened on its day by the law of its dates, and the finding compared with what was planted. The archive lies in five
files, one for each round, so every application is screened once.
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from measure import ROUNDS, against, head, in_turns, line

from evenhand.law import load_pack
from evenhand.law.applications import application_of, lines
from evenhand.law.eligibility import screen
from evenhand.synthetic.applications import applications

COUNT = 200_000
LIMIT = 60.0  # CPU seconds for COUNT applications, on one core


def make(folder: Path, count: int) -> list[Path]:
    """Writes the archive, in a file a round."""
    paths = [folder / f"applications-{n}.jsonl" for n in range(ROUNDS)]
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("w", encoding="utf-8")) for path in paths]
        for number, application in enumerate(applications(load_pack(), count=count, seed=200)):
            files[number % ROUNDS].write(json.dumps(application, default=str) + "\n")
    return paths


def eligibility(path: Path) -> int:
    """Screens every application of the archive; how many items have another ground than the planted one."""
    pack, wrong = load_pack(), 0
    with path.open("rb") as file:
        for each in lines(file):
            application = application_of(each, name=path.name)
            findings = screen(pack, application, application.screened_on)
            for finding, planted in zip(findings, application.planted, strict=True):
                wrong += (finding.grounds[0].code if finding.grounds else None) != planted
    return wrong


def parsing(path: Path) -> None:
    """Parses every line as JSON, into dictionaries and lists."""
    with path.open("rb") as file:
        for text in file:
            json.loads(text)


def main() -> None:
    """Prints the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    wrong: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = make(Path(folder), count)
        size = sum(path.stat().st_size for path in paths)
        head(f"Eligibility of {count:,} applications, {size / 1e6:,.0f} MB of JSON Lines, a fifth each round")
        screened, parsed = iter(paths), iter(paths)
        ours, peer = in_turns(
            {
                "read and screened": lambda: wrong.append(eligibility(next(screened))),
                "json.loads of the same lines": lambda: parsing(next(parsed)),
            },
            warm=False,
        )
    against(ours, peer, count=count // ROUNDS, of="applications")
    took, limit = ours.cpu * ROUNDS, LIMIT * count / COUNT
    line(f"{count:,} applications, read and screened", f"{took:9.2f} s CPU")
    line(f"ratio: that / the limit of {limit:.1f} s", f"{took / limit:.2f}")
    line("items with another ground than the planted one", f"{sum(wrong):,}")
    if sum(wrong) or took > limit:
        raise SystemExit(f"{sum(wrong)} wrong findings; {took:.1f} s, the limit is {limit:.1f} s")


if __name__ == "__main__":
    main()

"""`python tools/second_reader_report.py FOLDER [--judged FILE.csv]`: what the second reader says of a folder of letters.

Reads every letter (PDF or text) with the published profile and writes Markdown: findings by code and severity, and how
many a letter. A file of judgments (case number, item, code, true or false, note) adds how many of them a person found
true, and the false alarms
a letter. No text of a letter is written.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evenhand.letters.determination import Determination
from evenhand.letters.read import NotALetter, read_letter
from evenhand.letters.second_reader import Finding, Profile, Severity, check_letter, checks

COLUMNS = ("case_number", "item", "code", "judgment", "note")
Key = tuple[str, int, str]


@dataclass(frozen=True, kw_only=True)
class Said:
    """A letter and what the second reader says of it."""

    case_number: str
    findings: tuple[Finding, ...]

    def key(self, finding: Finding) -> Key:
        """By what a judgment names a finding: case, item (0 is the letter), code."""
        return self.case_number, finding.place.item or 0, finding.code


def read_folder(folder: Path) -> Iterator[Said]:
    """Every letter of a folder; what is no letter is told on standard error."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".pdf", ".txt")):
        try:
            letter = read_letter(path)
        except NotALetter as refusal:
            sys.stderr.write(f"{path.name}: {refusal}\n")
            continue
        yield said_of(letter, path)


def said_of(letter: Determination, path: Path) -> Said:
    """What is said of one letter that was published."""
    found = check_letter(letter, profile=Profile.PUBLISHED)
    return Said(case_number=letter.header.case_number or path.stem, findings=found)


def read_judged(path: Path) -> dict[Key, bool]:
    """A person's judgments: whether the finding is true. Raises ValueError for a line that says neither."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    judged: dict[Key, bool] = {}
    for row in rows:
        if row["judgment"] not in ("true", "false"):
            raise ValueError(
                f"{path.name}: {row['case_number']} item {row['item']} {row['code']}: judgment is neither true nor false"
            )
        judged[row["case_number"], int(row["item"]), row["code"]] = row["judgment"] == "true"
    return judged


def judgments(letters: Iterable[Said], judged: dict[Key, bool], severity: Severity) -> dict[str, list[Key]]:
    """The findings of a severity as `true`, `false` and `unjudged`; several of one code on one item count once."""
    sorted_by: dict[str, list[Key]] = {"true": [], "false": [], "unjudged": []}
    for said in letters:
        for key in dict.fromkeys(said.key(finding) for finding in said.findings if finding.severity is severity):
            word = "unjudged" if key not in judged else "true" if judged[key] else "false"
            sorted_by[word].append(key)
    return sorted_by


def report(letters: list[Said], judged: dict[Key, bool] | None = None, *, each: bool = False) -> str:
    """The report in Markdown. `each`: with a line for each letter."""
    lines = [f"{len(letters)} letters.", "", *_by_severity(letters, judged), "", *_by_code(letters, judged)]
    if each:
        lines += ["", "| letter | findings |", "|---|---|"]
        lines += [f"| {said.case_number} | {_listed(said)} |" for said in letters]
    return "\n".join(lines) + "\n"


def _by_severity(letters: list[Said], judged: dict[Key, bool] | None) -> Iterator[str]:
    yield "| severity | findings | a letter | letters with one | judged true | judged false | not judged | false alarms a letter |"
    yield "|---|---|---|---|---|---|---|---|"
    for severity in Severity:
        keys = judgments(letters, judged or {}, severity)
        count = sum(map(len, keys.values()))
        struck = sum(any(f.severity is severity for f in said.findings) for said in letters)
        true, false, left = (len(keys[word]) for word in ("true", "false", "unjudged"))
        alarms = f"{false / len(letters):.2f}" if letters and not left else ""
        yield f"| {severity} | {count} | {_a_letter(count, letters)} | {struck} | {true} | {false} | {left} | {alarms} |"


def _by_code(letters: list[Said], judged: dict[Key, bool] | None) -> Iterator[str]:
    yield "| code | check | severity | findings | a letter | letters | judged true | judged false |"
    yield "|---|---|---|---|---|---|---|---|"
    names = {check.code: check.name for check in checks()}
    rows: Counter[tuple[str, Severity]] = Counter()
    struck: Counter[tuple[str, Severity]] = Counter()
    held: Counter[tuple[str, Severity, bool]] = Counter()
    for said in letters:
        found = {(said.key(finding), finding.severity) for finding in said.findings}
        rows.update((key[2], severity) for key, severity in found)
        struck.update({(key[2], severity) for key, severity in found})
        held.update((key[2], severity, judged[key]) for key, severity in found if judged and key in judged)
    for code, severity in sorted(rows):
        count = rows[code, severity]
        true, false = held[code, severity, True], held[code, severity, False]
        yield (
            f"| {code} | {names.get(code, '')} | {severity} | {count} | {_a_letter(count, letters)} "
            f"| {struck[code, severity]} | {true} | {false} |"
        )


def _a_letter(count: int, letters: list[Said]) -> str:
    return f"{count / len(letters):.2f}" if letters else ""


def _listed(said: Said) -> str:
    return ", ".join(f"{finding.code} ({finding.severity}, {finding.where})" for finding in said.findings) or "none"


def main() -> None:
    """Reads, checks, writes."""
    parser = argparse.ArgumentParser(description="What the second reader says of a folder of published letters.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--judged", type=Path, help="a person's judgments as CSV: " + ", ".join(COLUMNS))
    parser.add_argument("--letters", action="store_true", help="with a line for each letter")
    parser.add_argument("--out", type=Path, help="the file to write; without it standard output")
    asked = parser.parse_args()
    judged = read_judged(asked.judged) if asked.judged else None
    words = report(list(read_folder(asked.folder)), judged, each=asked.letters)
    if asked.out:
        asked.out.write_text(words, encoding="utf-8")
    else:
        sys.stdout.write(words)


if __name__ == "__main__":
    main()

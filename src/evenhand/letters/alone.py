"""Reads, checks and draws one letter in a process of its own, under limits: what it holds cannot take anything else down.

    answer = read_alone(content, name="CM16-0000001.pdf")

The process gets the letter on its standard input and nothing else: no secret of the environment. It may write no file, so nothing
of the letter is kept anywhere. A letter built to hang or to take all memory costs that process.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date

from evenhand.letters.determination import Determination
from evenhand.letters.limits import SECONDS, bounded, stopped
from evenhand.letters.second_reader.finding import Finding
from evenhand.letters.sheets import Sheets
from evenhand.reading import from_plain, to_plain

# More signs than can be shown as one page.
MOST_SIGNS = 1_000_000
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")
_DEFECT = "reading it failed by a defect of this program; please report it, and name the kind of letter"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of a letter: why it was refused, or its determination, findings and pages.

    `unchecked` says why no check was made, where none was.
    """

    refused: str = ""
    letter: Determination | None = None
    findings: tuple[Finding, ...] = ()
    unchecked: str = ""
    sheets: Sheets = field(default_factory=Sheets)


def read_alone(content: bytes, *, name: str, on: date | None = None, seconds: int = SECONDS) -> Answer:
    """The letter as it was published, with what the second reader finds by the law of the day `on`, or why it was refused."""
    asked = json.dumps({"name": name, "on": on.isoformat() if on else None, "seconds": seconds}).encode()
    command = [sys.executable, "-m", "evenhand.letters.alone"]
    known = {word: os.environ[word] for word in _KEPT if word in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 our own command; the letter is its input
            command, input=asked + b"\n" + content, env=known, capture_output=True, check=False, timeout=seconds + 5
        )
    except subprocess.TimeoutExpired:
        return Answer(refused=stopped(seconds))
    if done.returncode != 0:
        return Answer(refused=stopped(seconds) if done.returncode < 0 else _DEFECT)
    return from_plain(Answer, json.loads(done.stdout), name="the answer")


def _answer(content: bytes, name: str, on: date | None) -> Answer:
    from evenhand.letters.read import NotALetter, read_letter
    from evenhand.letters.second_reader import NeedsDate, check_letter

    findings: tuple[Finding, ...] = ()
    unchecked = ""
    try:
        letter = read_letter(content, name)
        if len(json.dumps(to_plain(letter))) > MOST_SIGNS:
            return Answer(refused=f"it has more than {MOST_SIGNS:,} signs of text; give the letter alone")
        try:
            findings = check_letter(letter, on=on)
        except NeedsDate as error:
            unchecked = str(error)
        drawn = _drawn(content, letter, findings)
    except NotALetter as error:
        return Answer(refused=str(error))
    except MemoryError:
        return Answer(refused=stopped())
    return Answer(letter=letter, findings=findings, unchecked=unchecked, sheets=drawn)


def _drawn(content: bytes, letter: Determination, findings: tuple[Finding, ...]) -> Sheets:
    """The letter's pages. One that cannot be drawn leaves it without pictures."""
    import pypdfium2

    from evenhand.letters.mark import number
    from evenhand.letters.sheets import sheets, text_sheets

    if content[:1024].lstrip().startswith(b"%PDF"):
        try:
            return sheets(content, number(letter, findings))
        except (pypdfium2.PdfiumError, ValueError):
            return Sheets()
    try:
        return text_sheets(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return text_sheets(content.decode("cp1252"))


def _main() -> None:
    """The process: one letter in, one answer out."""
    asked = json.loads(sys.stdin.buffer.readline())
    bounded(int(asked["seconds"]))
    # No file, and no picture of the memory: what came in stays in.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    on = date.fromisoformat(asked["on"]) if asked["on"] else None
    json.dump(to_plain(_answer(sys.stdin.buffer.read(), asked["name"], on)), sys.stdout)


if __name__ == "__main__":
    _main()

"""An archive of applications: one a line, as JSON, each with all that screening looks at.

    with path.open("rb") as file:
        for line in lines(file):
            application = application_of(line, name=path.name)      # raises BadFile
            screen(pack, application, application.screened_on)

An archive may hold years of applications, so it is read a line at a time and never as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO

from evenhand.law.disputes import Dispute
from evenhand.law.facts import Means
from evenhand.reading import BadFile, Fault, read_json

# An application with a hundred items is far shorter; a longer line is no application.
LONGEST_LINE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class StartedClock:
    """What started a time limit after the application was filed: the day (for hours the instant), and how the paper
    that started it was served."""

    on: date | datetime
    means: Means = Means.PERSONAL
    region: str | None = None
    """Where it was served, by the names of pack.yaml; absent means the programme's first region."""
    governed_on: date | None = None
    """The day whose law governs, where it is not the day that starts the time limit."""


@dataclass(frozen=True, kw_only=True)
class FiledApplication(Dispute):
    """One line of an archive: a dispute, the day on which it was screened, and what started later time limits."""

    id: str
    screened_on: date
    clocks: dict[str, StartedClock] = field(default_factory=dict)
    """By the name of the time limit (`evenhand law rules`): what started it, so that its last day can be computed too."""
    planted: tuple[str | None, ...] = ()
    """In made-up archives: for each disputed item the ground that was planted, or null for none."""


@dataclass(frozen=True)
class Line:
    """A line of an archive by its number from 1. `text` is None where it is too long to be an application."""

    number: int
    text: bytes | None


def lines(file: IO[bytes]) -> Iterator[Line]:
    """The lines that are not blank, one by one. One that is too long is passed over piece by piece, never kept."""
    number = 0
    while piece := file.readline(LONGEST_LINE):
        number += 1
        if len(piece) == LONGEST_LINE and not piece.endswith(b"\n"):
            while piece and not piece.endswith(b"\n"):
                piece = file.readline(LONGEST_LINE)
            yield Line(number, None)
        elif not piece.isspace():
            yield Line(number, piece)


def application_of(line: Line, *, name: str) -> FiledApplication:
    """The application on the line of the file called `name`. Raises BadFile with every fault, each with the line."""
    if line.text is None:
        raise BadFile([Fault(file=name, line=line.number, what=f"is longer than {LONGEST_LINE:,} bytes")])
    return read_json(FiledApplication, line.text, name=name, line=line.number)

"""The header block and the reviewer's credentials: labels that may come apart from their values."""

from __future__ import annotations

import re
from datetime import date

from evenhand.letters.days import read_day
from evenhand.letters.determination import Header, ReviewerCredentials
from evenhand.letters.extract import Line, unwrap
from evenhand.letters.wording import HeaderLabels, Wording, loosely

_DATE = r"\d{1,2}/\d{1,2}/\d{2,4}"
_DATES = ("date_assigned", "date_of_injury", "decision_date", "ur_denial_date", "application_received")

_IN_COLUMNS = (
    "header: labels and values stand in columns, so the text comes from a tool that takes the page apart; such tools also "
    "join the halves of a word at a line's end, and a number such as 1-2 may have become 12: compare with the PDF"
)


def read_header(lines: tuple[Line, ...], words: Wording) -> tuple[Header, list[str]]:
    """The header facts and what is uncertain about them. A fact that the letter lacks is `None`."""
    text = unwrap(lines)
    values = _row_wise(text, words.header)
    problems: list[str] = []
    if len([name for name in _DATES if values.get(name)]) < 2:
        values |= _column_wise(lines, words.header)
        if len([name for name in _DATES if values.get(name)]) >= 2:
            problems.append(_IN_COLUMNS)
    dates: dict[str, date | None] = {}
    for name in _DATES:
        dates[name] = read_day(values.get(name))
        if dates[name] is None:
            given = values.get(name)
            label = getattr(words.header, name)
            problems.append(f"header: {label} {f'is {given!r}, no date that can be read' if given else 'has no value'}")
    absent = (name for name in ("case_number", "priority") if not values.get(name))
    problems.extend(f"header: {getattr(words.header, name)} has no value" for name in absent)
    return Header(case_number=values.get("case_number"), priority=values.get("priority"), **dates), problems


def _row_wise(text: str, labels: HeaderLabels) -> dict[str, str | None]:
    """Each value follows its label. The last label breaks over two lines and its value may stand between the halves."""
    values: dict[str, str | None] = {}
    for name in ("date_assigned", "date_of_injury", "decision_date", "ur_denial_date"):
        match = re.search(rf"{loosely(getattr(labels, name))}\s*({_DATE})", text, re.IGNORECASE)
        values[name] = match.group(1) if match else None
    first, _, second = labels.application_received.partition(" ")
    match = re.search(rf"{re.escape(first)}\s+(?:{re.escape(second)}\s*)?({_DATE})", text, re.IGNORECASE)
    values["application_received"] = match.group(1) if match else None
    match = re.search(rf"{loosely(labels.case_number)}\s*([A-Z]{{2}}\s?\d{{2}}-\d{{4,}}|[A-Z]+\s?\d[\w-]+)", text)
    values["case_number"] = match.group(1) if match else None
    match = re.search(rf"{loosely(labels.priority)}\s*(\w+)", text, re.IGNORECASE)
    values["priority"] = match.group(1) if match and match.group(1).casefold() != first.casefold() else None
    return values


def _column_wise(lines: tuple[Line, ...], labels: HeaderLabels) -> dict[str, str | None]:
    """All labels first, then all values, in the same order: what some extractors make of the table."""
    first, _, second = labels.application_received.partition(" ")
    known = {getattr(labels, name).casefold(): name for name in HeaderLabels.__dataclass_fields__}
    known[first.casefold()] = "application_received"
    names: list[str] = []
    values: list[str] = []
    for line in lines:
        plain = re.sub(r"\s+", " ", line.text).casefold()
        if plain in known:
            names.append(known[plain])
        elif plain != second.casefold() and ":" not in plain:
            values.append(line.text)
    if len(names) != len(values):
        return {}
    return dict(zip(names, values, strict=True))


def read_credentials(lines: tuple[Line, ...], words: Wording) -> tuple[ReviewerCredentials, list[str]]:
    """States of licensure and specialties, as they stand in the section on how the determination was made."""
    text = unwrap(lines)
    licensure, specialties = words.credentials.licensure, words.credentials.specialties
    match = re.search(rf"{loosely(licensure)}(.*?)(?:{loosely(specialties)}(.*))?$", text, re.IGNORECASE | re.DOTALL)
    states = split_list(match.group(1)) if match else ()
    kinds = split_list(match.group(2) or "") if match else ()
    problems = [
        f"the reviewer's {what} not found"
        for what, found in (("licensure is", states), ("specialties are", kinds))
        if not found
    ]
    return ReviewerCredentials(licensure=states, specialties=kinds), problems


def split_list(text: str) -> tuple[str, ...]:
    """Names joined by commas, or by semicolons where a name holds a comma."""
    parts = text.split(";") if ";" in text else text.split(",")
    return tuple(part.strip(" .") for part in parts if part.strip(" ."))

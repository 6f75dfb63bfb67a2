"""Reads the letters that we write ourselves (layout "own"): the conventions stand in `evenhand.letters.write`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from evenhand.letters.days import read_day
from evenhand.letters.determination import (
    Decision,
    Determination,
    Guideline,
    Header,
    ItemDetermination,
    Opinion,
    OpinionOnItem,
    Outcome,
    ReviewerCredentials,
    outcome_of,
)
from evenhand.letters.extract import Line, NotALetter
from evenhand.letters.guidelines import find
from evenhand.letters.header import split_list
from evenhand.letters.sections import HEAD, plain, split
from evenhand.letters.wording import Wording

_HEADINGS = {
    "result": "RESULT",
    "made": "HOW THIS DETERMINATION WAS MADE",
    "documents": "DOCUMENTS REVIEWED",
    "summary": "CLINICAL CASE SUMMARY",
    "items": "DISPUTED ITEMS, DECISIONS AND REASONS",
    "opinions": "SEPARATE OPINIONS",
    "next": "WHAT HAPPENS NEXT",
    "recipients": "WHO RECEIVED THIS LETTER",
    "unverified": "WHAT NOBODY HAS VERIFIED YET",
}
_FACTS = {
    "case_number": "Case number:",
    "date_assigned": "Date assigned:",
    "date_of_injury": "Date of injury:",
    "decision_date": "Decision date:",
    "ur_denial_date": "UR denial date:",
    "priority": "Priority:",
    "application_received": "Application received:",
}
_PARTIES = ("Employee:", "Claim number:", "Employer:", "Claims administrator:", "Requesting physician:")
_ITEM_PARTS = {
    "decision": "Decision:",
    "original_request": "Original request:",
    "authorized": "Authorized by the claims administrator:",
    "eligible_portion": "Eligible portion:",
    "claims": "Claims administrator guideline:",
    "imr": "IMR guideline:",
    "search": "How the evidence was searched",
    "rationale": "Decision rationale:",
}
_QUALIFICATIONS = {"licensure": "State(s) of licensure:", "specialties": "Certification(s)/specialty:"}
_RUNNING_LINE = re.compile(r"\|\s*Page\s+\d+\s+of\s+\d+$", re.IGNORECASE)
_ITEM = re.compile(r"^Item\s+(\d+)\s+of\s+(\d+):\s*(.*)$", re.IGNORECASE)
_OPINION = re.compile(r"^Opinion\s+(\d+)\s+of\s+(\d+)()$", re.IGNORECASE)
_ON_ITEM = re.compile(r"^On item\s+(\d+):\s*(Upheld|Overturned)$", re.IGNORECASE)


def is_own(lines: tuple[Line, ...]) -> bool:
    """Whether the letter has the title lines and the case number of our own layout."""
    known = {plain(line.text) for line in lines}
    return {"final determination letter", plain(_HEADINGS["result"]), plain(_HEADINGS["items"])} <= known


def read_own(lines: tuple[Line, ...], words: Wording, source: str) -> Determination:
    """The determination in a letter of our own layout. Raises NotALetter where an item has no decision."""
    sections = split(_without_running_lines(lines), _HEADINGS, stands=_stands_out)
    header, problems = _header(sections.get(HEAD))
    items = _items(sections.get("items"), words, problems)
    outcome = outcome_of(tuple(item.decision for item in items))
    stated = _labelled(sections.get("result"), {"outcome": "Outcome:"}).get("outcome", "")
    if outcome and not stated.casefold().startswith(outcome.value.casefold()):
        problems.append(f"the result says {stated[:40]!r}, but the items add up to {outcome.value!r}")
    summary = _labelled(
        sections.get("summary"), {"condition": "Medical condition:", "summary": "Summary:"}, outstanding=True
    )
    return Determination(
        source=source,
        layout="own",
        header=header,
        reviewer=_credentials(sections.get("made")),
        documents_reviewed=_documents(sections.get("documents")),
        clinical_case_summary=summary.get("summary", ""),
        outcome=Outcome(outcome) if outcome else None,
        items=items,
        opinions=_opinions(sections.get("opinions"), problems),
        problems=tuple(problems),
    )


def _without_running_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without the running line that ends each page; the same words within a page stay.

    Text that somebody else took out of our PDF tells neither weights nor, reliably, paragraphs: there every line may be a heading.
    """
    ends = [following is None or following.page != line.page for line, following in zip_longest(lines, lines[1:])]
    kept = tuple(line for line, last in zip(lines, ends, strict=True) if not (last and _RUNNING_LINE.search(line.text)))
    ours = any(line.bold is not None for line in lines) or (len(kept) == len(lines) and any(line.gap for line in lines))
    return kept if ours else tuple(replace(line, bold=True) for line in kept)


def _stands_out(line: Line) -> bool:
    """Whether a line can be a heading or begin with a label: bold, or after a blank line where weights are unknown."""
    return line.gap if line.bold is None else line.bold


def _credentials(lines: tuple[Line, ...]) -> ReviewerCredentials:
    found = _labelled(lines, _QUALIFICATIONS, until_gap=True)
    return ReviewerCredentials(
        licensure=split_list(found.get("licensure", "")), specialties=split_list(found.get("specialties", ""))
    )


def _join(lines: tuple[Line, ...] | list[Line]) -> str:
    """A line end stands for one space, except after the zero-width space at which a very long word was broken."""
    text = ""
    for line in lines:
        text = text[:-1] + line.text if text.endswith("​") else f"{text} {line.text}".strip()
    return text.replace("​", "")


def _labelled(
    lines: tuple[Line, ...], labels: dict[str, str], *, until_gap: bool = False, outstanding: bool = False
) -> dict[str, str]:
    """What follows each label, up to the next one (or to the paragraph's end).

    A label counts once, at the start of a line, and only in the order given: the same words inside a rationale are
    no label. `outstanding` labels are bold, or stand after a blank line.
    """
    found: dict[str, list[Line]] = {}
    current: str | None = None
    order, reached = list(labels), -1
    for line in lines:
        text = line.text
        coming = order[reached + 1 :] if not outstanding or reached < 0 or _stands_out(line) else []
        name = next((n for n in coming if text[: len(labels[n])].casefold() == labels[n].casefold()), None)
        if name is not None:
            current, reached = name, order.index(name)
            found[name] = [replace(line, text=text[len(labels[name]) :].strip())]
        elif current is not None and until_gap and line.gap:
            current = None
        elif current is not None:
            found[current].append(line)
    return {name: _join([line for line in rows if line.text]) for name, rows in found.items()}


def _header(lines: tuple[Line, ...]) -> tuple[Header, list[str]]:
    labels = _FACTS | {f"party {number}": label for number, label in enumerate(_PARTIES)}
    facts = _labelled(lines, labels)
    problems: list[str] = []
    days: dict[str, date | None] = {}
    for name in ("date_assigned", "date_of_injury", "decision_date", "ur_denial_date", "application_received"):
        days[name] = read_day(facts.get(name))
        if days[name] is None and facts.get(name):
            problems.append(f"header: {_FACTS[name]} is {facts[name]!r}, no date that can be read")
    return Header(case_number=facts.get("case_number"), priority=facts.get("priority"), **days), problems


def _documents(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The entries "1. ...", "2. ...": a line begins a new one only if it has the next number."""
    entries: list[list[Line]] = []
    for line in lines:
        number = len(entries) + 1
        match = re.match(rf"{number}\.\s+(?=\S)|{number}\.$", line.text)
        if match:
            entries.append([replace(line, text=line.text[match.end() :])])
        elif entries:
            entries[-1].append(line)
    return tuple(_join(entry) for entry in entries)


def _groups(lines: tuple[Line, ...], begins: re.Pattern[str]) -> tuple[list[list[Line]], int]:
    """The lines of each numbered part, the first without its number, and how many parts the letter announces."""
    groups: list[list[Line]] = []
    total = 0
    for line in lines:
        match = begins.match(line.text) if _stands_out(line) else None
        if match and int(match.group(1)) == len(groups) + 1:
            groups.append([replace(line, text=match.group(3))])
            total = int(match.group(2))
        elif groups:
            groups[-1].append(line)
    return groups, total


def _items(lines: tuple[Line, ...], words: Wording, problems: list[str]) -> tuple[ItemDetermination, ...]:
    groups, total = _groups(lines, _ITEM)
    if len(groups) != total:
        problems.append(f"the letter announces {total} items; {len(groups)} were found")
    if not groups:
        raise NotALetter("the letter has no line 'Item 1 of ...'; get the whole letter")
    return tuple(_item(number, tuple(group), words) for number, group in enumerate(groups, 1))


def _opinions(lines: tuple[Line, ...], problems: list[str]) -> tuple[Opinion, ...]:
    groups, total = _groups(lines, _OPINION)
    if len(groups) != total:
        problems.append(f"the letter announces {total} opinions; {len(groups)} were found")
    return tuple(_opinion(group) for group in groups)


def _opinion(lines: list[Line]) -> Opinion:
    """One reviewer's opinion: the qualifications, then what was decided on each item."""
    head: list[Line] = []
    found: list[tuple[int, Decision, list[Line]]] = []
    for line in lines:
        match = _ON_ITEM.match(line.text) if _stands_out(line) else None
        if match:
            found.append((int(match.group(1)), Decision(match.group(2).capitalize()), []))
        else:
            (found[-1][2] if found else head).append(line)
    return Opinion(
        reviewer=_credentials(tuple(head)),
        items=tuple(
            OpinionOnItem(
                item=item,
                decision=decision,
                rationale=_labelled(tuple(rest), {"reasons": "Reasons:"}).get("reasons", ""),
            )
            for item, decision, rest in found
        ),
    )


def _item(number: int, lines: tuple[Line, ...], words: Wording) -> ItemDetermination:
    parts = _labelled(lines, {"heading": "", **_ITEM_PARTS}, outstanding=True)
    heading, word = parts["heading"], parts.get("decision", "").strip(" .")
    # A heading is bold too: where a line of it happens to begin with the label, the last label is the decision's.
    more, label, last = word.rpartition(_ITEM_PARTS["decision"])
    if label:
        heading, word = f"{heading} {label} {more}".strip(), last.strip()
    if word.casefold() not in {"upheld", "overturned"}:
        raise NotALetter(
            f"item {number} has the decision {word[:40]!r}; expected Upheld or Overturned, and none is guessed"
        )

    def guideline(name: str) -> Guideline:
        return find(parts.get(name, ""), words)

    return ItemDetermination(
        number=number,
        item=heading,
        decision=Decision(word.capitalize()),
        claims_administrator_guideline=guideline("claims"),
        imr_guideline=guideline("imr"),
        rationale=parts.get("rationale", ""),
        original_request=parts.get("original_request"),
        authorized=parts.get("authorized"),
        eligible_portion=parts.get("eligible_portion"),
    )

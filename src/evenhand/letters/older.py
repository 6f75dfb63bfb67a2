"""Reads the letters of 2013-14: layouts C, D and E, whose labels were seen and whose whole text was not.

What each layout says stands in `letters_2013.yaml`. Every letter read here says in its problems that it was read from
labels; what a layout does not carry (the claims administrator's source in D) is empty, never made up.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evenhand.letters.determination import Decision, Determination, Guideline, ItemDetermination, outcome_of
from evenhand.letters.extract import Line, NotALetter, unwrap
from evenhand.letters.older_parts import (
    Parts,
    credentials,
    decided,
    entries,
    header,
    paragraphs,
    sides,
    source,
    split_at,
    unframed,
)
from evenhand.letters.older_wording import OlderWording, any_of, opening
from evenhand.letters.sections import plain
from evenhand.letters.wording import Wording

# How many characters from the beginning tell the layout.
_TOP = 1500
_ORDINAL = re.compile(r"^\(?\d{1,3}[.)]\s+")
_NOTHING = Guideline(text="")
_PARTS_OF_D = ("items", "summary", "documents", "guideline", "rationale_upheld", "rationale_overturned", "reviewer")


def older_layout(lines: tuple[Line, ...], words: Wording) -> str | None:
    """C, D or E by the words that stand near the letter's beginning; `None` where it is none of them."""
    top = plain(" ".join(line.text for line in lines)[:_TOP])
    found = (other.layout for other in words.other_layouts if all(plain(mark) in top for mark in other.marks))
    return next(found, None)


def read_older(lines: tuple[Line, ...], layout: str, words: Wording, older: OlderWording, called: str) -> Determination:
    """The determination in a letter of layout C, D or E. Raises NotALetter where no item or no decision is found."""
    problems = [older.caution.replace("{layout}", layout)]
    read = {"C": _read_c, "D": _read_d, "E": _read_e}[layout]
    found = read(lines, words, older, problems)
    if not found.clinical_case_summary:
        problems.append("the clinical case summary was not found")
    decisions = tuple(item.decision for item in found.items)
    return replace(found, source=called, layout=layout, outcome=outcome_of(decisions), problems=tuple(problems))


def _determination(
    parts: Parts,
    items: list[ItemDetermination],
    reviewer: tuple[Line, ...],
    lines: tuple[Line, ...],
    both: tuple[Wording, OlderWording],
    problems: list[str],
) -> Determination:
    words, older = both
    facts, absent = header(lines, words, older)
    about, unsure = credentials(unwrap(reviewer), older)
    problems += [*absent, *unsure]
    return Determination(
        source="",
        layout="",
        header=facts,
        reviewer=about,
        clinical_case_summary=unwrap(parts.get("summary", ())),
        outcome=None,
        items=tuple(items),
        documents_reviewed=entries(parts.get("documents", ())),
    )


# --- C: sections, then items with their labels ------------------------------------------------------------------------


def _read_c(lines: tuple[Line, ...], words: Wording, older: OlderWording, problems: list[str]) -> Determination:
    names = older.layout_c
    order = {name: getattr(names, name) for name in ("made", "documents", "summary", "items")}
    parts = split_at(lines, order, alone=True)
    if not parts.get("items"):
        raise NotALetter(f"the letter breaks off: there is no section {names.items[0]!r}; get the whole letter")
    labels = {
        "claims": (*names.claims, *older.claims_sentences),
        "reviewer": (*names.reviewer, *older.reviewer_sentences),
        "rationale": names.rationale,
    }
    is_label = opening(tuple(spelling for each in labels.values() for spelling in each))
    pieces = paragraphs(parts["items"], is_label)
    heads = [
        n
        for n, piece in enumerate(pieces[:-1])
        if decided(unwrap(piece), older) and is_label.match(pieces[n + 1][0].text)
    ]
    if not heads:
        raise NotALetter("no item of layout C carries a decision that can be told, and none is guessed")
    if heads[0] > 0:
        before = " ".join(unwrap(piece) for piece in pieces[: heads[0]])
        if not re.search(re.escape(words.items_opening) + r"\W*$", before):
            problems.append(f"text before the first item was not read: {before[:80]!r}")
    items = []
    for n, start in enumerate(heads):
        end = heads[n + 1] if n + 1 < len(heads) else len(pieces)
        heading, rest = unwrap(pieces[start]), pieces[start + 1 : end]
        items.append(_item_c(n + 1, heading, rest, labels, words, older, problems))
    return _determination(parts, items, parts.get("made", ()), lines, (words, older), problems)


def _item_c(
    number: int,
    heading: str,
    rest: list[tuple[Line, ...]],
    labels: dict[str, tuple[str, ...]],
    words: Wording,
    older: OlderWording,
    problems: list[str],
) -> ItemDetermination:
    texts: dict[str, str] = {}
    current = "claims"
    for piece in rest:
        text = unwrap(piece)
        current = next((kind for kind, spelled in labels.items() if opening(spelled).match(text)), current)
        label = opening(tuple(spelling for spelling in labels[current] if spelling.endswith(":")))
        texts[current] = f"{texts.get(current, '')} {label.sub('', text, count=1)}".strip()
    said = decided(heading, older)
    assert said is not None  # a heading is a paragraph that carries a decision
    claims, reviewer = texts.get("claims", ""), texts.get("reviewer", "")
    if "reviewer" not in texts:
        claims, reviewer = sides(claims, older)
    if "rationale" not in texts:
        problems.append(f"item {number}: no rationale was found")
    return ItemDetermination(
        number=number,
        item=unframed(said[0], older),
        decision=said[1],
        claims_administrator_guideline=_source(claims, number, "claims administrator", words, older, problems),
        imr_guideline=_source(reviewer, number, "reviewer", words, older, problems),
        rationale=texts.get("rationale", ""),
    )


def _source(text: str, number: int, side: str, words: Wording, older: OlderWording, problems: list[str]) -> Guideline:
    guideline = source(text, words, older)
    if not guideline.citations and not guideline.none_cited:
        said = f"names no source that could be told: {text[:80]!r}" if text else "is not in the letter"
        problems.append(f"item {number}: the {side}'s guideline {said}")
    return guideline


# --- D: labels with their text, one rationale for all items -----------------------------------------------------------


def _read_d(lines: tuple[Line, ...], words: Wording, older: OlderWording, problems: list[str]) -> Determination:
    names = older.layout_d
    parts = split_at(lines, {name: getattr(names, name) for name in _PARTS_OF_D}, alone=False)
    upheld, overturned = "rationale_upheld" in parts, "rationale_overturned" in parts
    if not parts.get("items"):
        raise NotALetter(f"the letter has no text under {names.items[0]!r}, so no item can be told")
    if upheld == overturned:
        raise NotALetter("the label of the rationale tells no decision, and none is guessed")
    decision = Decision.UPHELD if upheld else Decision.OVERTURNED
    problems.append(f"the decision ({decision}) is told by the label of the rationale alone")
    rationale = unwrap(parts["rationale_upheld" if upheld else "rationale_overturned"])
    guideline = _source(unwrap(parts.get("guideline", ())), 1, "reviewer", words, older, problems)
    named = entries(parts["items"]) if _ORDINAL.match(parts["items"][0].text) else (unwrap(parts["items"]),)
    if len(named) > 1:
        problems.append(f"one rationale and one decision stand for {len(named)} items")
    problems.append("the claims administrator's source is not in letters of layout D")
    items = [
        ItemDetermination(
            number=n,
            item=unframed(_ORDINAL.sub("", text), older),
            decision=decision,
            claims_administrator_guideline=_NOTHING,
            imr_guideline=guideline,
            rationale=rationale,
        )
        for n, text in enumerate(named, 1)
    ]
    return _determination(parts, items, parts.get("reviewer", ()), lines, (words, older), problems)


# --- E: numbered determinations first, their reasons later ------------------------------------------------------------


def _read_e(lines: tuple[Line, ...], words: Wording, older: OlderWording, problems: list[str]) -> Determination:
    names = older.layout_e
    order = {name: getattr(names, name) for name in ("decision", "qualifications", "summary", "documents")}
    parts = split_at(lines, order, alone=True)
    first, again = _determinations(parts["head"], older), _determinations(parts.get("decision", ()), older)
    said = first or again
    if not said:
        raise NotALetter(f"no sentence like {older.heading_frames[0]!r} with a decision was found, and none is guessed")
    if first and again and first != again:
        problems.append("the determinations at the letter's head and those in its decision are not the same")
    reasons = _reasons(parts, names.item)
    items = [
        _item_e(n, text, decision, reasons.get(n, ()), (words, older), problems)
        for n, (text, decision) in enumerate(said, 1)
    ]
    return _determination(parts, items, parts.get("qualifications", ()), lines, (words, older), problems)


def _determinations(lines: tuple[Line, ...], older: OlderWording) -> list[tuple[str, Decision]]:
    """Each numbered sentence that decides an item: the item and the word."""
    found = []
    for piece in paragraphs(lines, opening(older.heading_frames[:1])):
        said = decided(unwrap(piece), older)
        if said and _ORDINAL.match(piece[0].text):
            found.append((unframed(_ORDINAL.sub("", said[0]), older), said[1]))
    return found


def _reasons(parts: Parts, item: str) -> dict[int, tuple[Line, ...]]:
    """The lines under each "1) Regarding the request for ...", taken out of the section they stand in."""
    start = re.compile(rf"^\(?(\d{{1,3}})[.)]\s+{re.escape(item)}", re.IGNORECASE)
    reasons: dict[int, list[Line]] = {}
    for name in ("summary", "documents"):
        kept: list[Line] = []
        current: list[Line] = kept
        for line in parts.get(name, ()):
            number = start.match(line.text)
            if number:
                current = reasons.setdefault(int(number.group(1)), [])
            current.append(line)
        if name in parts:
            parts[name] = tuple(kept)
    return {number: tuple(found) for number, found in reasons.items()}


def _item_e(
    number: int,
    text: str,
    decision: Decision,
    reasons: tuple[Line, ...],
    both: tuple[Wording, OlderWording],
    problems: list[str],
) -> ItemDetermination:
    words, older = both
    names = older.layout_e
    whole = "\n".join(line.text for line in reasons)
    guideline = re.search(rf"^{any_of(names.relied_upon)}", whole, re.IGNORECASE | re.MULTILINE)
    why = re.search(rf"^{any_of(names.rationale)}", whole, re.IGNORECASE | re.MULTILINE)
    cited = _joined(whole[guideline.end() : why.start() if why else None]) if guideline else ""
    rationale = _joined(whole[why.end() :]) if why else ""
    if not why:
        problems.append(f"item {number}: no rationale was found")
        rationale = "" if guideline else _joined(whole)
    claims, reviewer = sides(cited, older)
    return ItemDetermination(
        number=number,
        item=text,
        decision=decision,
        claims_administrator_guideline=_source(claims, number, "claims administrator", words, older, problems),
        imr_guideline=_source(reviewer, number, "reviewer", words, older, problems),
        rationale=rationale,
    )


def _joined(text: str) -> str:
    return unwrap([Line(row.strip(), 1, False) for row in text.split("\n") if row.strip()])

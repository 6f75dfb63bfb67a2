"""EH3: the citations themselves: whether they lead anywhere, held on the day, and are those on which the rationale rests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.citations import Edition, Resolution, Source
from evenhand.letters.determination import Citation
from evenhand.letters.second_reader.catalogue import Craft, Law, Required, check
from evenhand.letters.second_reader.finding import Place, Severity
from evenhand.letters.second_reader.reading import Fault, ItemReading, Passage, Reading, shifted
from evenhand.letters.second_reader.rules.evidence import Role, Spoken, called, listed, pattern, same_source, spoken
from evenhand.letters.second_reader.words import words
from evenhand.treatments.vocabulary import plain


@dataclass(frozen=True, kw_only=True)
class CitingWords:
    """citing.yaml"""

    request_days: int
    """So long before the day of the law the request may have been made, to which the edition of its own day applies."""
    announced_months: int
    """So long before its year an edition that appears yearly may be out."""
    serves: dict[str, tuple[str, ...]]
    nerves: dict[str, tuple[str, ...]]
    nerve_kinds: tuple[str, ...]
    without_a_name: tuple[str, ...]
    schedule_without_a_name: tuple[str, ...]


def at(passage: Passage, citation: Citation) -> Place:
    """Where in the line the citation stands: by its title, else its publisher or authors; else the whole line."""
    for said in (citation.chapter, citation.title, citation.authors, citation.journal, citation.organisation):
        if said:
            place = passage.text.casefold().find(said.casefold())
            if place >= 0:
                year = re.match(r"\W{0,3}(?:19|20)\d\d\b", passage.text[place + len(said) :])
                return passage.place(place, place + len(said) + (year.end() if year else 0))
    return passage.place()


@check(
    "EH301",
    Severity.WARNING,
    because=Required("citation_of_guideline", "evidence_and_reasons"),
    to_do="Correct the citation, or complete it until anybody can find the source.",
)
def citation_unknown(letter: Reading) -> Iterator[Fault]:
    """A citation of the reviewer leads to nothing: no such chapter, year, publisher, or a study without a place to find it.

    Compared with the registry of editions and publishers, under the names by which people cite them. A citation that lacks
    only a field which its kind needs is EH304's matter.
    """
    for item in letter.items:
        for citation, found in item.cited:
            if not found.resolved:
                why = [problem for problem in found.problems if not problem.startswith("The citation lacks")]
                if citation.kind == "study" and not why:
                    why = ["A study is cited without what leads to it: journal, year, volume and page, or a number."]
                what = " ".join(why) or "The citation leads to no source that is known."
                yield Fault(what, at(item.reviewer_guideline, citation))


@check(
    "EH302",
    Severity.WARNING,
    because=Law("current"),
    to_do="Apply the edition of the day of the request, or say why another one is cited.",
)
def citation_not_in_force(letter: Reading) -> Iterator[Fault]:
    """The reviewer cites an edition of the schedule that was not in force on the day that governs.

    The day is that of the utilization review decision. An edition that held at the determination, on a day of
    service, or in the weeks in which the request may have been made, is left alone, and so is what belongs to no schedule.
    """
    for item in letter.items:
        for citation, found in item.cited:
            if found.edition and found.in_force is False and not _held(found.edition, item, letter):
                problem = next((words for words in found.problems if "held from" in words), None)
                what = problem or f"{found.edition.called} was not in force on {letter.on}."
                yield Fault(what, at(item.reviewer_guideline, citation))


def _held(edition: Edition, item: ItemReading, letter: Reading) -> bool:
    """Whether the edition held on some day to which the request may belong."""
    first = shifted(letter.on, -words(CitingWords, "citing", letter.programme).request_days)
    last = max(letter.letter.header.decision_date or letter.on, letter.on)
    overlaps = (edition.valid_from or date.min) <= last and (edition.valid_to or date.max) >= first
    return overlaps or any(edition.held_on(day) for day in item.treatment.retrospective_dates)


@check(
    "EH303",
    Severity.WARNING,
    because=Law("applicable"),
    to_do="Cite the chapter on the part of the body that the treatment is for, or say why this one applies.",
)
def citation_of_other_body_part(letter: Reading) -> Iterator[Fault]:
    """A cited chapter is about another part of the body than the disputed item.

    Compared are the parts that the item names and those that the chapter covers. Left alone: items that name no part, or several;
    lines of which another chapter covers the part; chapters on the spine for studies of the nerves of a limb; chapters on a
    limb for a part of it.
    """
    known = words(CitingWords, "citing", letter.programme)
    for item in letter.items:
        parts = set(item.treatment.body_parts)
        covered = any(found.covers_body_part for _, found in item.cited)
        if covered or not parts:
            continue
        for citation, found in item.cited:
            if found.covers_body_part is False and found.edition and not parts & _served(found.edition, item, known):
                there, here = (
                    listed(sorted(p.replace("_", " ") for p in some)) for some in (found.edition.body_parts, parts)
                )
                what = f"{found.edition.called} is about {there}; the item is about {here}."
                yield Fault(what, at(item.reviewer_guideline, citation))


def _served(edition: Edition, item: ItemReading, known: CitingWords) -> set[str]:
    """The parts of the body for which a chapter may speak beside its own."""
    tables = [known.serves, *([known.nerves] if item.treatment.kind in known.nerve_kinds else [])]
    return {near for table in tables for part in edition.body_parts for near in table.get(part, ())}


@check(
    "EH304",
    Severity.NOTE,
    because=Required("citation_of_guideline", "evidence_and_reasons"),
    to_do="Complete the citation, so that anybody can find the passage.",
)
def citation_incomplete(letter: Reading) -> Iterator[Fault]:
    """A citation lacks a field that its kind needs: year, chapter and section of the schedule; organization and year of a
    guideline; journal and place of a study.

    Which fields those are, and from which day, comes from the law pack.
    """
    for item in letter.items:
        told = set[str]()
        for citation, found in item.cited:
            for problem in found.problems:
                if problem.startswith("The citation lacks") and problem not in told:
                    told.add(problem)
                    yield Fault(problem, at(item.reviewer_guideline, citation))


@check(
    "EH305",
    Severity.WARNING,
    because=Required("evidence_and_reasons", "citation_of_guideline"),
    to_do="Make line and rationale agree: cite what the decision rests on, and say in the rationale what the cited source says.",
)
def guideline_line_differs(letter: Reading) -> Iterator[Fault]:
    """The rationale rests on a source that the guideline line does not list, or never speaks of one that the line lists though
    it speaks of others.

    Sources are found in the running text and compared by what they mean: the schedule under any of its names, a chapter under
    its publisher's, a work named without its chapter. What utilization review relied on, told beside a source of the line, what
    is left because it does not answer, and studies named within a guideline's text do not count. A rationale that
    names no source is left alone.
    """
    for item in letter.items:
        listed_there = [(citation, found) for citation, found in item.cited if found.resolved]
        named = [source for source in spoken(item, letter) if source.meant.resolved]
        used = [source for source in named if source.role is Role.USED]
        if not listed_there or not used:
            continue
        other = _unlisted(used, [found for _, found in listed_there], [found for _, found in item.cited_by_claims])
        if other is not None:
            line = called(found for _, found in listed_there)
            what = f"The rationale rests on {called([other.meant])}; the guideline line lists {line}."
            yield Fault(what, item.rationale.place(other.mention.start, other.mention.end))
            continue
        for citation, found in listed_there:
            if not _spoken_of(found, named, item, letter):
                what = f"The guideline line lists {called([found])}, of which the rationale never speaks; it speaks of "
                what += f"{called(source.meant for source in used)}."
                yield Fault(what, at(item.reviewer_guideline, citation))


def _unlisted(used: list[Spoken], ours: list[Resolution], theirs: list[Resolution]) -> Spoken | None:
    """The first source used that the line does not list. Beside a listed one, utilization review's own source may be spoken of:
    the letter names it in the other line."""
    named = [source for source in used if any(same_source(source.meant, found) for found in ours)]
    told = (*ours, *theirs) if named else ours
    return next((s for s in used if not any(same_source(s.meant, found) for found in told if found.resolved)), None)


def _spoken_of(found: Resolution, named: list[Spoken], item: ItemReading, letter: Reading) -> bool:
    """Whether the rationale speaks of a listed source: by a name, by its title alone, or as "the schedule", "both guidelines".
    Studies go by other words, and are taken to be spoken of."""
    if found.source is Source.STUDY or any(same_source(source.meant, found) for source in named):
        return True
    edition, text = found.edition, plain(item.item.rationale)
    titles = (edition.title, *edition.also) if edition and not edition.whole else ()
    title = "|".join(re.escape(plain(each)) for each in titles)
    if title and re.search(rf"\b(?:{title}) (?:complaints |disorders )?(?:chapters?|guidelines?)\b", text):
        return True
    known = words(CitingWords, "citing", letter.programme)
    unnamed = (*known.without_a_name, *(known.schedule_without_a_name if found.source is Source.MTUS else ()))
    return bool(pattern(unnamed).search(item.item.rationale))


@check(
    "EH312",
    Severity.WARNING,
    because=Craft("A source that appeared after the determination cannot have been read for it"),
    to_do="Correct the year of the citation, or the date of the determination.",
)
def guideline_edition_after_decision(letter: Reading) -> Iterator[Fault]:
    """A cited edition or study is dated after the determination.

    Both sides' lines and the rationale are read. A guideline that appears yearly may carry the coming year's number toward the
    end of the year before. A letter without the date of its determination is left alone.
    """
    decided = letter.letter.header.decision_date
    if decided is None:
        return
    early = shifted(decided, 30 * words(CitingWords, "citing", letter.programme).announced_months)
    for item in letter.items:
        for citation, found in item.cited:
            yearly = found.source is not Source.MTUS and found.source is not Source.STUDY
            year = citation.year
            if year is not None and year > (early if yearly else decided).year:
                what = f"The cited source is of {year}; the determination is dated {decided}."
                yield Fault(what, at(item.reviewer_guideline, citation))
        yield from _updated(item.reviewer_guideline, decided)


_UPDATED = re.compile(r"\bupdated?\s+(?:on\s+)?(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})\b", re.IGNORECASE)


def _updated(line: Passage, decided: date) -> Iterator[Fault]:
    """Where a line names the day on which a guideline was updated, and it lies after the determination."""
    for match in _UPDATED.finditer(line.text):
        month, day, year = (int(part) for part in match.groups())
        try:
            updated = date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            continue
        if updated > decided:
            what = f"The cited source was updated on {updated}; the determination is dated {decided}."
            yield Fault(what, line.place(match.start(), match.end()))

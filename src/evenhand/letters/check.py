"""The second reader: what a determination lacks, what does not fit together, which provision that touches, what to do.

    for finding in check(read_letter(path)):
        print(finding.severity, finding.where, finding.what)

It decides nothing and corrects nothing. A finding is a question to a person; words like "unverified" mark provisions
that nobody read in a source yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from evenhand.citations import Phase, Resolution, resolve
from evenhand.law import Pack, Refused, load_pack
from evenhand.law.letter import contents
from evenhand.law.requirements import Requirement
from evenhand.law.standards import ladder
from evenhand.letters.determination import Decision, Determination, ItemDetermination
from evenhand.letters.findings import Finding, SecondReader, Severity, cited, second_reader, verdicts
from evenhand.treatments import Treatment, describe, floor, known_specialty, specialties

__all__ = ["Finding", "NeedsDate", "Severity", "check"]

_DATE = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_INJURY = re.compile(r"\binjur\w*\b[^.]{0,60}?\b(\d{1,2}[/-]\d{1,2}[/-]\d{4})\b", re.IGNORECASE)


class NeedsDate(ValueError):
    """The letter names no date, and none was given."""


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What every rule needs: the letter, the day whose law counts, what the law requires of a letter, the phase of
    care."""

    letter: Determination
    on: date
    programme: str
    pack: Pack
    required: dict[str, Requirement]
    phases: frozenset[Phase]
    words: SecondReader

    def why(self, code: str) -> str | None:
        """The required content `code` in words with its provision; `None` where it was not required on that day."""
        found = self.required.get(code)
        return f"{found.text} {cited(found.citation, found.confidence)}" if found else None


def check(determination: Determination, *, on: date | None = None, programme: str = "ca_dwc") -> tuple[Finding, ...]:
    """The findings on a determination, the letter's own first, then item by item.

    `on` is the day whose law counts; without it the day of the utilization review decision, or the latest date that
    the letter names. Raises NeedsDate where there is none. Law: the contents of a determination and the evidence
    ladder, both from the programme's pack.
    """
    governed = on or _governing_date(determination)
    pack = load_pack(programme)
    words = second_reader(programme)
    reading = _Reading(
        letter=determination,
        on=governed,
        programme=programme,
        pack=pack,
        required=_required(pack, governed),
        phases=_phases_of_care(determination, governed, words),
        words=words,
    )
    found = [*_contents(reading), *_dates(reading)]
    for item in determination.items:
        found += _item(item, reading)
    return tuple(found)


def _governing_date(letter: Determination) -> date:
    head = letter.header
    for day in (head.ur_denial_date, head.application_received, head.date_assigned, head.decision_date):
        if day is not None:
            return day
    text = " ".join([letter.clinical_case_summary, *(item.rationale for item in letter.items)])
    days = [day for day in (_day(match.group()) for match in _DATE.finditer(text)) if day]
    latest = max(days, default=head.date_of_injury)
    if latest is None:
        raise NeedsDate("the letter names no date, so nobody can tell which law governs; give the date of the request")
    return latest


def _day(text: str) -> date | None:
    match = _DATE.search(text)
    try:
        return date(int(match[3]), int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def _required(pack: Pack, on: date) -> dict[str, Requirement]:
    try:
        return {entry.code: entry for entry in contents(pack, on)}
    except Refused:
        return {}


def _phases_of_care(letter: Determination, on: date, words: SecondReader) -> frozenset[Phase]:
    """The phases in which the worker's complaint is: by the time since the injury, and after an operation."""
    summary = letter.clinical_case_summary.casefold()
    phases = set()
    injury = _INJURY.search(letter.clinical_case_summary)
    injured = letter.header.date_of_injury or (_day(injury.group(1)) if injury else None)
    if injured is not None:
        days = (on - injured).days
        late = Phase.SUBACUTE if days <= words.phases.subacute_days else Phase.CHRONIC
        phases.add(Phase.ACUTE if days <= words.phases.acute_days else late)
    for term in words.postsurgical:
        for match in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", summary):
            before = summary[max(0, match.start() - 10) : match.start()]
            if not any(before.endswith(word) for word in words.not_postsurgical):
                phases.add(Phase.POSTSURGICAL)
    return frozenset(phases)


# --- the letter ------------------------------------------------------------------------------------------------------


def _contents(reading: _Reading) -> Iterator[Finding]:
    letter = reading.letter
    lacking = (
        (
            "documents_list_missing", "documents_reviewed", not letter.documents_reviewed,
            "The letter lists no documents reviewed.",
            "List every document that the reviewer read, each with its kind, author and date.",
        ),
        (
            "qualifications_missing", "qualifications_without_name",
            not (letter.reviewer.licensure and letter.reviewer.specialties),
            "The letter does not state the reviewer's licensure and specialty.",
            "State the reviewer's states of licensure and certified specialties, never the name.",
        ),
        (
            "condition_missing", "medical_condition", not letter.clinical_case_summary.strip(),
            "The letter does not describe the employee's medical condition.",
            "Add a clinical case summary that states the condition, with the pages it rests on.",
        ),
    )  # fmt: skip
    for code, requirement, lacks, what, to_do in lacking:
        why = reading.why(requirement)
        if lacks and why:
            yield Finding(code=code, severity=Severity.ERROR, where="letter", what=what, why=why, what_to_do=to_do)


def _dates(reading: _Reading) -> Iterator[Finding]:
    head = reading.letter.header
    course = [
        ("injury", head.date_of_injury),
        ("utilization review decision", head.ur_denial_date),
        ("application", head.application_received),
        ("assignment", head.date_assigned),
        ("determination", head.decision_date),
    ]
    known = [(name, day) for name, day in course if day is not None]
    for (before, first), (after, second) in pairwise(known):
        if first > second:
            yield Finding(
                code="dates_out_of_order",
                severity=Severity.ERROR,
                where="letter",
                what=f"The {after} ({second}) is dated before the {before} ({first}).",
                why=f"Each step follows the one before it {reading.words.dates.words()}",
                what_to_do="Compare both dates with the papers and correct the one that is wrong.",
            )


# --- one item --------------------------------------------------------------------------------------------------------


def _item(item: ItemDetermination, reading: _Reading) -> Iterator[Finding]:
    where = f"item {item.number}"
    treatment = describe(item.item)
    resolved = [_resolved(citation, treatment, reading) for citation in item.imr_guideline.citations]
    yield from _guideline(item, resolved, where, reading)
    yield from _ladder(item, resolved, where, reading)
    yield from _specialty(treatment, where, reading)
    yield from _contradiction(item, where, reading)


def _resolved(citation: object, treatment: Treatment, reading: _Reading) -> Resolution:
    return resolve(citation, reading.on, body_parts=treatment.body_parts, programme=reading.programme)  # type: ignore[arg-type]


def _guideline(item: ItemDetermination, resolved: list[Resolution], where: str, reading: _Reading) -> Iterator[Finding]:
    why = reading.why("citation_of_guideline") or reading.why("evidence_and_reasons")
    if not resolved and why:
        yield Finding(
            code="guideline_missing",
            severity=Severity.ERROR,
            where=where,
            what="The reviewer cites no guideline or study for this item.",
            why=why,
            what_to_do="Cite the source that guides the decision, with the fields that its kind needs.",
        )
    for problem in dict.fromkeys(problem for found in resolved for problem in found.problems):
        lacks = problem.startswith("The citation lacks")
        yield Finding(
            code="citation_incomplete" if lacks else "citation_doubtful",
            severity=Severity.NOTE if lacks else Severity.WARNING,
            where=where,
            what=problem,
            why=why or "A citation must let the reader find what it rests on.",
            what_to_do="Complete or correct the citation.",
        )


def _ladder(item: ItemDetermination, resolved: list[Resolution], where: str, reading: _Reading) -> Iterator[Finding]:
    """Cited passages that speak to another phase of care, and a ladder that was not walked or left without a reason."""
    if not resolved:
        return
    provision = reading.words.ladder.words()
    off = [found for found in resolved if reading.phases and found.phases and not reading.phases & set(found.phases)]
    misses = len(off) == len(resolved)
    if misses:
        yield _phase_not_covered(off, where, reading)
    first = ladder(reading.pack, reading.on).steps[0].code
    skipped = all(found.step != first for found in resolved)
    left_with_reason = any(phrase in item.rationale.casefold() for phrase in reading.words.reasons_to_leave)
    if not (misses or skipped) or left_with_reason:
        return
    if skipped:
        what = "A lower step of the evidence ladder was used, and nothing says why the first one was left."
    else:
        what = "The only source applied does not cover the phase of care, and no further step of the ladder was taken."
    if _outside(item, first, reading):
        what += " Utilization review had used a source outside the first step."
    yield Finding(
        code="ladder_not_walked",
        severity=Severity.WARNING,
        where=where,
        what=what,
        why=f"Where the first source does not address the condition, the search goes on to the next {provision}",
        what_to_do="Record each step: what was consulted, what it says, why it was left or why it decides.",
    )


def _phase_not_covered(off: list[Resolution], where: str, reading: _Reading) -> Finding:
    said = _list(sorted({phase.value for found in off for phase in found.phases}))
    care = _list(sorted(phase.value for phase in reading.phases))
    named = _list(list(dict.fromkeys(found.edition.called for found in off if found.edition)))
    return Finding(
        code="phase_not_covered",
        severity=Severity.WARNING,
        where=where,
        what=f"The cited passage of {named} speaks to {said} complaints; by the case summary care is {care}.",
        why=f"A source must be applicable to the employee's own condition {reading.words.ladder.words()}",
        what_to_do="Say why the passage applies to this employee, or cite one that covers this phase of care.",
    )


def _outside(item: ItemDetermination, first: str | None, reading: _Reading) -> bool:
    """Whether the claims administrator relied only on sources below the first step."""
    side = item.claims_administrator_guideline
    found = [resolve(citation, reading.on, programme=reading.programme).step for citation in side.citations]
    return side.outside_mtus or (bool(found) and all(step != first for step in found))


def _specialty(treatment: Treatment, where: str, reading: _Reading) -> Iterator[Finding]:
    held = [known_specialty(name) or name for name in reading.letter.reviewer.specialties]
    fits = specialties(treatment, reading.letter.clinical_case_summary)
    scores = {fit.specialty: fit for fit in fits}
    known = [scores[name] for name in held if name in scores]
    least = floor(reading.programme)
    if not known or not fits or fits[0].score < least.score:
        return
    best = max(known, key=lambda fit: fit.score)
    if best.score >= least.score:
        return
    nearer = _list([fit.specialty for fit in fits[:3]])
    provision = reading.words.specialty.words()
    yield Finding(
        code="specialty_far",
        severity=Severity.WARNING,
        where=where,
        what=f"The reviewer's specialty ({_list(held)}) is far from this treatment and condition; nearer: {nearer}.",
        why=f"The reviewer must know the treatment of the condition and the proposed treatment {provision}; "
        f"how near a specialty is comes from this project's own table",
        what_to_do="State what in the reviewer's practice qualifies for this item, or select another reviewer.",
    )


def _contradiction(item: ItemDetermination, where: str, reading: _Reading) -> Iterator[Finding]:
    said = verdicts(item.rationale, reading.words)
    upheld = item.decision is Decision.UPHELD
    if said and all(verdict is upheld for verdict in said):
        words = "medically necessary" if upheld else "not medically necessary"
        yield Finding(
            code="decision_contradicts_rationale",
            severity=Severity.ERROR,
            where=where,
            what=f"The decision is {item.decision.value}, but the rationale concludes that the item is {words}.",
            why=f"Upheld means that the denial stands {reading.words.contradiction.words()}",
            what_to_do="Ask the reviewer which of the two is meant before the letter goes out.",
        )


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "nothing"

"""Made-up determination letters in the layouts of 2013 to 2017, with what is in them.

Of layouts C, D and E only labels are known, so these are reconstructions: they measure the reader against its own
understanding of a layout, not against real letters. All sentences, people and facts are invented.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

LAYOUTS = ("A", "B", "C", "D", "E")
_SITES = ("lower back", "neck", "right shoulder", "left knee", "right wrist", "left ankle")
_ITEMS = (
    "MRI of the {site} without contrast",
    "{n} visits of physical therapy for the {site}",
    "Naproxen 550mg #{n}0",
    "Pre-op labs: CBC for the {site}",
    "Retrospective urine screen (DOS 11/{n}/2013)",
    "Cream with lidocaine 5%, menthol 2%, capsaicin 0.025%, {n} grams",
    "TENS unit, rental for {n}-30 days, for use at home on the {site}",
)
_SPECIALTIES = ("Occupational Medicine", "Pain Management", "Orthopedic Surgery", "Family Practice")
_STATES = ("California", "Texas", "New York", "Arizona")
_CHAPTERS = (("Low Back Complaints", 2004), ("Chronic Pain Medical Treatment", 2009), ("Knee Complaints", 2004))
_REASONS = (
    "The notes tell of care 1-2 times per week and of some relief.",
    "No finding on the last exam points to a nerve.",
    "The worker took Norco.Pain went from 8/10 to 6/10.",
    "A trial of 3-4 weeks was not written down.",
)


@dataclass(frozen=True, kw_only=True)
class MadeItem:
    """One item as it was put in."""

    item: str
    upheld: bool
    chapter: str
    year: int
    rationale: str


@dataclass(frozen=True, kw_only=True)
class MadeLetter:
    """A letter's text and what is in it. Form feeds part the pages."""

    name: str
    layout: str
    text: str
    case_number: str
    dates: dict[str, date]
    licensure: tuple[str, ...]
    specialties: tuple[str, ...]
    summary: str
    documents: tuple[str, ...]
    items: tuple[MadeItem, ...]

    def truth(self) -> dict[str, Any]:
        """What a reader should find, in the shape of `evenhand letters read` as far as the layout carries it."""
        return {
            "source": f"{self.name}.txt",
            "layout": self.layout,
            "header": {"case_number": self.case_number} | {k: v.isoformat() for k, v in self.dates.items()},
            "reviewer": {"licensure": list(self.licensure), "specialties": list(self.specialties)},
            "documents_reviewed": list(self.documents),
            "clinical_case_summary": self.summary,
            "items": [
                {"item": i.item, "decision": "Upheld" if i.upheld else "Overturned", "rationale": i.rationale}
                for i in self.items
            ],
        }


def letters(count: int, *, seed: int = 0, layouts: tuple[str, ...] = LAYOUTS) -> Iterator[MadeLetter]:
    """`count` letters, the layouts in turn. The same seed gives the same letters."""
    for number in range(count):
        yield _letter(number, layouts[number % len(layouts)], random.Random(f"{seed} {number}"))  # noqa: S311


def _letter(number: int, layout: str, chance: random.Random) -> MadeLetter:
    year = {"A": 2016, "B": 2015, "C": 2014, "D": 2014, "E": 2013}[layout]
    assigned = date(year, 3, 1) + timedelta(days=chance.randrange(200))
    days = {"date_of_injury": -400, "ur_denial_date": -30, "application_received": -12, "date_assigned": 0}
    dates = {name: assigned + timedelta(days=more) for name, more in days.items()}
    dates["decision_date"] = assigned + timedelta(days=27)
    # The notice of 2013 tells no day of injury in its head; layout B has no head at all.
    told = {"B": (), "E": ("ur_denial_date", "application_received", "date_assigned", "decision_date")}
    dates = {name: day for name, day in dates.items() if name in told.get(layout, tuple(dates))}
    same = chance.random() < 0.7  # layout D has one decision for all its items
    items = tuple(_item(chance, same if layout == "D" else None) for _ in range(chance.randint(1, 4)))
    if layout == "D":
        items = tuple(MadeItem(**{**vars(i), "rationale": items[0].rationale}) for i in items)
    documents = ("Application for review", "UR decision of the administrator, with its letter", "Notes, 1-10 to 3-12")
    made = MadeLetter(
        name=f"letter-{number:05d}",
        layout=layout,
        text="",
        case_number="" if layout == "B" else f"CM{year % 100}-{9_000_000 + number}",
        dates=dates,
        licensure=tuple(chance.sample(_STATES, chance.randint(1, 2))),
        specialties=tuple(chance.sample(_SPECIALTIES, 1 if layout in "CDE" else 2)),
        summary=f"The worker is a {chance.randint(20, 64)} year old who was hurt at work. "
        + " ".join(chance.choices(_REASONS, k=4)),
        documents=documents if layout in "CDE" else (),
        items=items,
    )
    text = {"A": _a, "B": _b, "C": _c, "D": _d, "E": _e}[layout](made, chance)
    return MadeLetter(**{**vars(made), "text": text})


def _item(chance: random.Random, upheld: bool | None) -> MadeItem:
    name = chance.choice(_ITEMS).format(site=chance.choice(_SITES), n=chance.randint(2, 28))
    chapter, year = chance.choice(_CHAPTERS)
    won = (chance.random() < 0.85) if upheld is None else upheld
    verdict = f"The request is {'not ' if won else ''}medically necessary."
    rationale = " ".join([*chance.choices(_REASONS, k=chance.randint(2, 9)), verdict])
    return MadeItem(item=name, upheld=won, chapter=chapter, year=year, rationale=rationale)


def _wrap(text: str) -> str:
    return textwrap.fill(text, 95, break_long_words=False)


def _day(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def _turn(chance: random.Random) -> str:
    """A space between two paragraphs; sometimes the page ends there."""
    return "\n\n\f" if chance.random() < 0.15 else "\n\n"


def _head(made: MadeLetter, *, colon: str = ":") -> str:
    day = {name: _day(value) for name, value in made.dates.items()}
    return (
        f"Case Number{colon}   {made.case_number}\n"
        f"Date Assigned{colon} {day['date_assigned']}   Date of Injury{colon} {day['date_of_injury']}\n"
        f"Decision Date{colon} {day['decision_date']}   UR Denial Date{colon} {day['ur_denial_date']}\n"
        f"Priority{colon} Standard   Application   {day['application_received']}\n   Received{colon}\n"
    )


def _labelled(made: MadeLetter) -> str:
    return (
        "HOW THE IMR FINAL DETERMINATION WAS MADE\n\nOne expert read the whole file.\n\n"
        f"State(s) of Licensure: {', '.join(made.licensure)}\n"
        f"Certification(s)/Specialty: {', '.join(made.specialties)}\n\n"
    )


def _prose(made: MadeLetter) -> str:
    return _wrap(
        f"One expert read the whole file. The physician reviewer is Board Certified in {made.specialties[0]} and is "
        f"licensed to practice in {' and '.join(made.licensure)}. He/she is in active practice."
    )


def _a(made: MadeLetter, chance: random.Random) -> str:
    return _head(made) + "\n" + _b(made, chance)


def _b(made: MadeLetter, chance: random.Random) -> str:
    lead = "This summary rests on the case file, including all medical records:"
    text = _labelled(made) + f"CLINICAL CASE SUMMARY\n\n{lead}\n\n{_wrap(made.summary)}\n\n"
    text += "IMR ISSUES, DECISIONS AND RATIONALES\n\nThe items are set forth below:"
    for item in made.items:
        cited = f"Decision based on MTUS {item.chapter} {item.year}."
        text += _turn(chance) + _wrap(f"{item.item}: {'Upheld' if item.upheld else 'Overturned'}")
        text += f"\n\nClaims Administrator guideline: {cited}\n\nMAXIMUS guideline: {cited}\n\n"
        text += _wrap(f"Decision rationale: {item.rationale}")
    return text + "\n"


def _c(made: MadeLetter, chance: random.Random) -> str:
    text = f"MAXIMUS FEDERAL SERVICES, INC.\nIndependent Medical Review\n\n{_head(made)}\n"
    text += f"HOW THE IMR FINAL DETERMINATION WAS MADE\n\n{_prose(made)}\n\nDOCUMENTS REVIEWED\n\n"
    text += "\n".join(f"• {each}" for each in made.documents)
    text += f"\n\nCLINICAL CASE SUMMARY\n\n{_wrap(made.summary)}\n\nIMR DECISION(S) AND RATIONALE(S)\n\n"
    text += "The items are set forth below:"
    worded = chance.random() < 0.5
    for number, item in enumerate(made.items, 1):
        phrase = f"is {'not ' if item.upheld else ''}medically necessary and appropriate."
        word = "Upheld" if item.upheld else "Overturned"
        heading = f"{number}. {item.item}: {word}" if worded else f"{number}. The request for {item.item} {phrase}"
        text += _turn(chance) + _wrap(heading) + "\n\n"
        if worded:
            cited = f"Decision based on MTUS {item.chapter} {item.year}."
            text += f"Claims Administrator guideline: {cited}\n\nMAXIMUS guideline: {cited}\n\n"
            text += _wrap(f"Decision rationale: {item.rationale}")
        else:
            cited = f"MTUS {item.chapter} {item.year}."
            text += _wrap(f"The Claims Administrator based its decision on the {cited}") + "\n\n"
            text += _wrap(f"The Physician Reviewer based his/her decision on the {cited}") + "\n\n"
            text += _wrap(f"The Physician Reviewer's decision rationale: {item.rationale}")
    return text + "\n"


def _d(made: MadeLetter, chance: random.Random) -> str:
    verdict = "NOT MEDICALLY NECESSARY:" if made.items[0].upheld else "MEDICALLY NECESSARY:"
    listed = [item.item for item in made.items]
    issue = (
        listed[0] if len(listed) == 1 else "\n" + "\n".join(_wrap(f"{n}. {each}") for n, each in enumerate(listed, 1))
    )
    cited = made.items[0]
    text = f"MEDICAL PROFESSIONAL REVIEW\n\n{_head(made)}\nISSUE AT DISPUTE: {issue}\n\n"
    text += _wrap(f"CASE SUMMARY: {made.summary}") + "\n\nDOCUMENTS REVIEWED FOR DETERMINATION:\n"
    text += "\n".join(f"• {each}" for each in made.documents) + _turn(chance)
    text += "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL\nREVIEWER AND WHY: "
    text += f"MTUS {cited.chapter} {cited.year}.\n\n"
    text += f"RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS\n{verdict} "
    return text + f"{_wrap(cited.rationale)}\n\nMEDICAL REVIEWER QUALIFICATIONS:\n{_prose(made)}\n"


def _e(made: MadeLetter, chance: random.Random) -> str:
    day = {name: _day(value) for name, value in made.dates.items()}
    no = {True: "not" if chance.random() < 0.3 else "not ", False: ""}
    said = "\n".join(
        _wrap(
            f"{n}) MAXIMUS Federal Services, Inc. has determined the request for {item.item} is "
            f"{no[item.upheld]}medically necessary and appropriate."
        )
        for n, item in enumerate(made.items, 1)
    )
    text = "MAXIMUS FEDERAL SERVICES, INC.\nNotice of Independent Medical Review Determination\n\n"
    text += f"Dated: {day['decision_date']}\nIMR Case Number: {made.case_number}\nPriority: Standard\n\n{said}\n\n"
    text += "INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE\n\n"
    text += _wrap(
        f"An application for Independent Medical Review was filed on {day['application_received']} disputing the "
        f"Utilization Review Denial dated {day['ur_denial_date']}. A Notice of Assignment and Request for Information "
        f"was provided to the above parties on {day['date_assigned']}. These items were in dispute:"
    )
    text += f"\n\n{said}\n\nMedical Qualifications of the Expert Reviewer:\n{_prose(made)}\n\n"
    text += f"Case Summary:\n{_wrap(made.summary)}\n\nDocuments Reviewed for Determination:\n"
    text += "\n".join(f"• {each}" for each in made.documents)
    for number, item in enumerate(made.items, 1):
        cited = f"MTUS {item.chapter} {item.year}."
        text += _turn(chance) + _wrap(f"{number}) Regarding the request for {item.item}:") + "\n\n"
        text += "Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to\n"
        text += "Make His/Her Decision:\n\n"
        text += _wrap(f"The Claims Administrator based its decision on the {cited}") + "\n"
        text += _wrap(f"The Expert Reviewer based his/her decision on the {cited}") + "\n\n"
        text += _wrap(f"Rationale for the Decision: {item.rationale}")
    return text + "\n"

"""Every hazard that real letters were seen to have, a row each, in sentences of our own: what is written is what is read."""

# A letter's sentence stands on one line.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from tests.letters.conftest import HEAD, MADE, OPENING, SUMMARY

from evenhand.letters.determination import Decision, Determination
from evenhand.letters.read import read_letter

Item = Callable[..., str]


@dataclass(frozen=True)
class Hazard:
    """A letter's parts, and what must be read from them."""

    name: str
    read: Callable[[Determination], object]
    expected: object
    items: tuple[dict[str, str], ...] = ({"heading": "MRI of the lumbar spine: Upheld"},)
    head: str = HEAD
    made: str = MADE
    summary: str = ""
    whole: Callable[[str], str] = lambda text: text


def summary_of(letter: Determination) -> str:
    """The clinical case summary."""
    return letter.clinical_case_summary


def headings(letter: Determination) -> tuple[str, ...]:
    """The items' words."""
    return tuple(item.item for item in letter.items)


def decisions(letter: Determination) -> tuple[str, ...]:
    """The items' decisions."""
    return tuple(item.word for item in letter.items)


def rationale(letter: Determination) -> str:
    """The first item's reasons."""
    return letter.items[0].rationale


def sections(letter: Determination) -> tuple[str, ...]:
    """The sections that the reviewer cites for the first item."""
    return tuple(s for citation in letter.items[0].imr_guideline.citations for s in citation.sections)


def chapters(letter: Determination) -> tuple[object, ...]:
    """The chapters that the reviewer cites for the first item, with their years."""
    return tuple((c.chapter, c.year) for c in letter.items[0].imr_guideline.citations)


def specialties(letter: Determination) -> tuple[str, ...]:
    """The reviewer's specialties."""
    return letter.reviewer.specialties


COLUMNS = (
    "Case Number:\nDate Assigned:\nDate of Injury:\nDecision Date:\nUR Denial Date:\nPriority:\nApplication\nReceived:\n"
    "CM16-0999001\n12/07/2016\n03/02/2016\n01/05/2017\n11/29/2016\nStandard\n12/01/2016\n"
)
PYPDF = HEAD.replace(
    "Priority:      Standard               Application     12/01/2016", "Priority:  Standard Application "
).replace("                                      Received:\n", "Received:  \n12/01/2016\n")
SPLIT = "Therapy was given 1-\n2 times per week since 10-28-\n2016, and for 4-\n6 weeks."
RUNNING = "\nFinal Determination Letter for IMR Case Number CM14-0999001 \n"
NOTICE = "Norco is not medically necessary.\nThis decision addresses the medical necessity of opioids as they have been\nprescribed."


def _one(heading: str, **more: str) -> tuple[dict[str, str], ...]:
    return ({"heading": heading, **more},)


HAZARDS = [
    Hazard("a number split at a line end keeps its hyphen", summary_of, SPLIT.replace("-\n", "-").replace("\n", " "), summary=SPLIT),
    Hazard("header labels and values come apart", lambda x: (x.header.application_received, x.header.priority), (date(2016, 12, 1), "Standard"), head=COLUMNS),
    Hazard("the last label of the header is broken over lines", lambda x: x.header.application_received, date(2016, 12, 1), head=PYPDF),
    Hazard("a page ends right after an item's heading", headings, ("Brace for the left knee", "MRI"), items=({"heading": "Brace for the left knee: Upheld", "after": "\n\f"}, {"heading": "MRI: Upheld"})),
    Hazard("a page ends before the first item", headings, ("MRI",), items=_one("MRI: Upheld"), whole=lambda text: text.replace("below:\n\nMRI", "below:\n\fMRI")),
    Hazard("a heading is cut by a page's end", headings, ("First", "A brace with a hinge on each side, with straps and pads for the left knee and ankle"), items=({"heading": "First: Upheld"}, {"heading": "A brace with a hinge on each side, with straps and pads\n\ffor the left knee and ankle: Upheld"})),
    Hazard("the decision stands alone on the next line", decisions, ("Overturned",), items=_one("Brace for the right hip and foot:\nOverturned")),
    Hazard("a heading of six lines", lambda x: len(x.items[0].item), 515, items=_one("\n".join(["A brace, a wrap, a pad, two straps, a pump, hoses, one bag of ice, and their fitting,"] * 6) + ": Upheld")),
    Hazard("colons inside the item", headings, ("Oxycodone 20 mg #60 day supply: 30", "Labs to include: EKG", "Scan, DOS: 11/11/2016"), items=({"heading": "Oxycodone 20 mg #60 day supply: 30: Overturned"}, {"heading": "Labs to include: EKG: Upheld"}, {"heading": "Scan, DOS: 11/11/2016:: Upheld"})),
    Hazard("no blank line between the guideline lines", lambda x: x.items[0].imr_guideline.text, "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies.", whole=lambda text: text.replace("2004.\n\nMAXIMUS", "2004.\nMAXIMUS")),
    Hazard("several guidelines for an item, one with and inside", chapters, (("Forearm, Wrist, and Hand Complaints", 2004), ("Chronic Pain Medical Treatment", 2016)), items=_one("MRI: Upheld", reviewer="Decision based on MTUS Forearm, Wrist, and Hand Complaints 2004, and Chronic Pain Medical Treatment 2016.")),
    Hazard("sections with colons, numbers and dots", sections, ("1.4 Opioids for Acute Pain: Opioids for Post-operative Pain",), items=_one("MRI: Upheld", reviewer="Decision based on MTUS Opioid Treatment 2016, Section(s): 1.4 Opioids for Acute Pain: Opioids for Post-operative Pain.")),
    Hazard("sections with commas of their own", sections, ("NSAIDs, GI symptoms & cardiovascular risk", "Proton Pump Inhibitors (PPIs)"), items=_one("MRI: Upheld", reviewer="Decision based on MTUS Chronic Pain Medical Treatment 2009, Section(s): NSAIDs, GI symptoms & cardiovascular risk, Proton Pump Inhibitors (PPIs).")),
    Hazard("a slip of grammar in a fixed sentence", chapters, (("Chronic Pain Medical Treatment", 2016),), items=_one("MRI: Upheld", reviewer="Decision based on MTUS Chronic Pain Medical Treatment 2016 Guidelines, Section(s): Yoga.")),
    Hazard("the word Citation is left out", lambda x: x.items[0].imr_guideline.citations[0].organisation, "ODG", items=_one("MRI: Upheld", reviewer="The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. Decision based on Non-MTUS Official Disability Guidelines (ODG), Pain.")),
    Hazard("a misspelled section stays", sections, ("Inital Care",), items=_one("MRI: Upheld", reviewer="Decision based on MTUS Low Back Complaints 2004, Section(s): Inital Care.")),
    Hazard("a specialty list wraps", specialties, ("Preventive Medicine", "Public Health & General Preventive Medicine")),
    Hazard("a misspelled specialty stays", specialties, ("Sports Medicinea",), made=MADE.replace("Preventive Medicine, Public Health &\nGeneral Preventive Medicine", "Sports Medicinea")),
    Hazard("licensure commas with and without a space", lambda x: x.reviewer.licensure, ("Arizona", "California", "New York")),
    Hazard("a missing space after a full stop stays", rationale, "Took Norco.Subjective pain is 6/10.", items=_one("MRI: Upheld", rationale="Took Norco.Subjective pain is 6/10.")),
    Hazard("quantities in all their ways", headings, ("Norco #60", "Ice pack #1 box with 1 refill", "Brace, QTY: 2", "Screen (unknown quantity)", "Therapy, 2 times 8", "Eight (8) visits"), items=tuple({"heading": f"{words}: Upheld"} for words in ("Norco #60", "Ice pack #1 box with 1 refill", "Brace, QTY: 2", "Screen (unknown quantity)", "Therapy, 2 times 8", "Eight (8) visits"))),
    Hazard("brackets and spelled-out abbreviations", headings, ("MRI (magnetic resonance imaging) [following TPII]",), items=_one("MRI (magnetic resonance imaging) [following TPII]: Upheld")),
    Hazard("retrospective items", headings, ("Retrospective: Screen (DOS 12/29/16), per 12/07/2016 order",), items=_one("Retrospective: Screen (DOS 12/29/16), per 12/07/2016 order: Upheld")),
    Hazard("a compound is one item", headings, ("Baclofen 5%, Menthol 2%, Lidocaine 1%, Capsaicin 0.025% in cream base",), items=_one("Baclofen 5%, Menthol 2%, Lidocaine 1%, Capsaicin 0.025% in cream base: Upheld")),
    Hazard("dates of two styles in one letter", lambda x: (x.header.decision_date, x.clinical_case_summary), (date(2017, 1, 5), "Seen on 10-18-2016, 11-7-16 and January 6, 2017."), summary="Seen on 10-18-2016, 11-7-16 and January 6, 2017."),
    Hazard("a strength that differs within one heading stays", headings, ("Trezix 320.5/30/16 mg, 30.5 mg",), items=_one("Trezix 320.5/30/16 mg, 30.5 mg: Upheld")),
    Hazard("12 times per week is not corrected", rationale, "Therapy 12 times per week was asked for.", items=_one("MRI: Upheld", rationale="Therapy 12 times per week was asked for.")),
    Hazard("the last sentence is not the verdict", decisions, ("Overturned",), items=_one("Norco #60: Overturned", rationale=NOTICE)),
    Hazard("a denial with a hyphen is no decision word", decisions, ("Overturned",), items=_one("MRI: Overturned", rationale="It was not-medically necessary then.")),
    Hazard("the word in the heading counts for the item alone", decisions, ("Upheld", "Overturned"), items=({"heading": "MRI: Upheld"}, {"heading": "Upheld brace: Overturned"})),
    Hazard("signs beyond ASCII stay", rationale, "At 38° with Lyrica® – 2×2 – the worker’s “pain”.", items=_one("MRI: Upheld", rationale="At 38° with Lyrica® – 2×2 – the worker’s “pain”.")),
    Hazard("codes are free text", headings, ("Brace (L0631), ICD M54.5",), items=_one("Brace (L0631), ICD M54.5: Upheld")),
    Hazard("running lines of a mailed letter", lambda x: (x.header.case_number, rationale(x)), ("CM14-0999001", "The notes tell of care at home and of some relief."), head="", items=_one("MRI: Upheld", rationale=f"The notes tell of care\n{RUNNING}\n3\n\nat home and of some relief.")),
]  # fmt: skip


@pytest.mark.parametrize("hazard", HAZARDS, ids=[hazard.name for hazard in HAZARDS])
def test_a_hazard_is_read_as_it_is_written(hazard: Hazard, item_text: Item) -> None:
    """What real letters do to a reader changes no fact and no word."""
    summary = SUMMARY if not hazard.summary else SUMMARY.partition("records:\n")[0] + f"records:\n\n{hazard.summary}\n"
    text = hazard.head + hazard.made + summary + OPENING + "".join(item_text(**parts) for parts in hazard.items)
    assert hazard.read(read_letter(hazard.whole(text))) == hazard.expected


def test_a_running_line_within_a_sentence_is_part_of_it(item_text: Item) -> None:
    """A rationale that quotes the words keeps them, and a letter with two case numbers is given none."""
    said = "See the Final Determination Letter for IMR Case Number CM14-0999001 of last year."
    letter = read_letter(HEAD + MADE + SUMMARY + OPENING + item_text("MRI: Upheld", rationale=said))
    assert letter.items[0].rationale == said
    two = f"One.\n{RUNNING}\n{RUNNING.replace('0999001', '0999002')}\nTwo."
    text = MADE + SUMMARY + OPENING + item_text("MRI: Upheld", rationale=two)
    assert (read_letter(text).header.case_number, read_letter(text).items[0].rationale) == (None, "One. Two.")


def test_an_item_that_nobody_decided_is_kept_and_named(item_text: Item) -> None:
    """No decision is guessed: the item stays, without one, and the case has no outcome."""
    letter = read_letter(HEAD + MADE + SUMMARY + OPENING + item_text("First: Upheld") + item_text("Second brace"))
    assert [item.decision for item in letter.items] == [Decision.UPHELD, None]
    assert letter.outcome is None
    assert "item 2 carries neither Upheld nor Overturned, and none is guessed" in letter.problems

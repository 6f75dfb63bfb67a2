"""Planters of citations and of the evidence ladder."""

from __future__ import annotations

import re
from datetime import date

from tests.letters.planted.cites import CHANGED, SEQUENCE, Source, chapter, disability_guideline
from tests.letters.planted.draft import Draft, DraftItem
from tests.letters.planted.planting import Base, Planted, Spot, drop, named_kind, planter, rationale, recite
from tests.letters.planted.request import Sentence, data, upper

from evenhand.letters.second_reader import Part

_COMPLAINTS = ("mri", "surgery", "electrodiagnostics")
_PAIN = (
    "therapy",
    "chiropractic",
    "nsaid",
    "relaxant",
    "tens",
    "epidural",
    "counseling",
    "home_health",
    "nerve_drug",
    "trigger_points",
)
_OUTSIDE = ("joint_fluid", "walker")


def _ur(draft: Draft) -> date:
    assert draft.header.ur_denial_date
    return draft.header.ur_denial_date


def _line(item: DraftItem) -> Spot:
    return Spot(parts=(Part.REVIEWER_GUIDELINE,), item=item.number)


def _line_or_reasons(item: DraftItem) -> Spot:
    return Spot(parts=(Part.REVIEWER_GUIDELINE, Part.RATIONALE), item=item.number)


def _non_mtus(words: str) -> str:
    return (
        "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. "
        f"Decision based on Non-MTUS Citation {words}"
    )


@planter("EH301")
def unknown(base: Base) -> Planted:
    """A source that nobody knows."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    way = base.variant(4)
    title = base.choose("Torso and Limb Complaints", "Whole Person Complaints", "Restorative Care Methods")
    source = (
        chapter(title, 2004, "Special Studies"),
        chapter(base.choose("Manual Labor Disorders", "Nerve Renewal Treatment"), 2009, "Criteria"),
        Source(
            line=_non_mtus("Handbook of Gentle Recovery, 2011, Chapter 3, Rest."),
            called=("the Handbook of Gentle Recovery",),
        ),
        Source(
            line=_non_mtus("Northland Spine Circle, 2012, Back Care Notes, Lifting."),
            called=("the notes of the Northland Spine Circle",),
        ),
    )[way]
    drop(item, "weigh", "ladder")
    recite(item, source)
    return base.planted(draft, ("chapter", "chapter", "book", "body")[way], _line(item))


@planter("EH302")
def not_in_force(base: Base) -> Planted:
    """An edition that did not hold on the day."""
    way = base.variant(2)
    if way:
        draft = base.draft(*_PAIN)
        item = draft.items[0]
        section = named_kind(item)["cites"].split("/")[1]
        year = 2009 if _ur(draft) >= CHANGED else 2016
        source = chapter("Chronic Pain Medical Treatment", year, section)
    else:
        draft = base.draft(*_COMPLAINTS)
        item = draft.items[0]
        later = {
            "Low Back Complaints": ("Low Back Disorders", 2020), "Neck and Upper Back Complaints": ("Cervical and Thoracic Spine Disorders", 2016),
            "Shoulder Complaints": ("Shoulder Disorders", 2016), "Knee Complaints": ("Knee Disorders", 2015),
            "Forearm, Wrist, and Hand Complaints": ("Hand, Wrist, and Forearm Disorders", 2016),
            "Ankle and Foot Complaints": ("Ankle and Foot Disorders", 2015),
        }[data("sites")[item.request.site]["chapter"]]  # fmt: skip
        source = chapter(*later, "Special Studies")
    recite(item, source)
    return base.planted(draft, source.line[18:60], _line(item))


_FAR = {
    "lumbar": "wrist",
    "cervical": "knee",
    "shoulder": "knee",
    "knee": "shoulder",
    "wrist": "lumbar",
    "ankle": "cervical",
}


@planter("EH303")
def other_part(base: Base) -> Planted:
    """A chapter on another part of the body."""
    draft = base.draft("mri", "surgery", where=lambda d: d.items[0].request.site in _FAR)
    item = draft.items[0]
    place = data("sites")[_FAR[item.request.site]]
    section = named_kind(item)["cites"].split("/")[1]
    if base.variant(3) == 0:
        drop(item, "weigh")
        source = disability_guideline(place["odg"], section, _ur(draft).year)
        item.reasons.insert(
            1,
            Sentence(role="ladder", marked="The MTUS does not address this particular request, so the search went on."),
        )
    else:
        source = chapter(place["chapter"], place["year"], section)
    recite(item, source)
    return base.planted(draft, source.line[18:60], _line_or_reasons(item))


@planter("EH304")
def incomplete(base: Base) -> Planted:
    """A citation that lacks its year, its section or its chapter."""
    way = base.variant(4)
    kinds = _OUTSIDE if way == 3 else (*_COMPLAINTS, *_PAIN)
    draft = base.draft(*kinds, where=lambda d: _ur(d) >= SEQUENCE)
    item = draft.items[0]
    bare, _, section = item.source.line.removeprefix("Decision based on MTUS ").rstrip(".").partition(", Section(s): ")
    title, _, _ = bare.rpartition(" ")
    item.reviewer = (
        f"Decision based on MTUS {bare}.",
        f"Decision based on MTUS {title}, Section(s): {section}.",
        f"Decision based on MTUS {title}.",
        _non_mtus("Official Disability Guidelines (ODG)."),
    )[way]
    return base.planted(draft, ("no section", "no year", "neither", "no chapter")[way], _line(item))


@planter("EH305")
def line_differs(base: Base) -> Planted:
    """The reasons rest on a source that the guideline line does not list."""
    draft = base.draft(*_COMPLAINTS, *_PAIN)
    item = draft.items[0]
    place = data("sites")[item.request.site]
    way = base.variant(3)
    drop(item, "weigh")
    other = (
        disability_guideline(place["odg"], "Criteria", _ur(draft).year),
        chapter("General Approaches", 2004, "Initial Care"),
        chapter(place["chapter"], place["year"], "Summary")
        if item.request.kind not in _COMPLAINTS
        else chapter("Acupuncture Treatment", 2007, "Frequency and duration"),
    )[way]
    line = item.reviewer
    called = recite(item, other, line=False)
    item.reviewer = line
    return base.planted(draft, called[:40], rationale(item, called), _line(item))


def _weeks(draft: Draft, count: int) -> bool:
    head = draft.header
    assert head.date_of_injury
    assert head.decision_date
    return (head.decision_date - head.date_of_injury).days < count * 7


def _not_operated(draft: Draft) -> bool:
    words = " ".join([draft.summary_words(), *(draft.rationale(item) for item in draft.items)])
    return not _weeks(draft, 52) and not re.search(r"operat|surg|repair", words.replace("had surgery", ""))


@planter("EH306")
def phase(base: Base) -> Planted:
    """A passage on another phase of care."""
    way = base.variant(4)
    if way == 3:
        draft = base.draft("mri", recent=True, where=lambda d: _weeks(d, 12))
        item = draft.items[0]
        year = 2009 if _ur(draft) < CHANGED else 2016
        source = chapter("Chronic Pain Medical Treatment", year, base.choose("Topical analgesics", "Office visits"))
    else:
        kinds = ("therapy", "chiropractic", "nsaid", "relaxant") if way == 2 else ("mri", "therapy", "chiropractic")
        draft = base.draft(*kinds, where=_not_operated)
        item = draft.items[0]
        place = data("sites")[item.request.site]
        section = base.choose("Initial Care", "Initial Approaches to Treatment", "Physical Methods")
        source = chapter(place["chapter"], place["year"], section)
        if way == 2:
            source = chapter("Postsurgical Treatment", 2009, "Rehabilitation")
    recite(item, source)
    return base.planted(draft, source.line[18:70], _line_or_reasons(item))


_STUDY = Source(
    line=_non_mtus(
        "Moseley JB. A controlled trial of arthroscopic surgery for osteoarthritis of the knee. N Engl J Med. 2002;347(2):81-8."
    ),
    called=("a controlled trial (Moseley JB, N Engl J Med 2002;347(2):81-8)",),
    outside=True,
)


@planter("EH307")
def ladder(base: Base) -> Planted:
    """A lower step of the ladder, and nothing on why the steps above it were left."""
    way = base.variant(3)
    draft = base.draft(
        *(_OUTSIDE if way == 0 else ("surgery",) if way == 2 else ("mri", "therapy", "epidural", "surgery"))
    )
    item = draft.items[0]
    drop(item, "weigh", "ladder")
    if way:
        place = data("sites")[item.request.site]
        recite(
            item,
            _STUDY
            if way == 2
            else disability_guideline(place["odg"], base.choose("Criteria", "Indications"), _ur(draft).year),
        )
    return base.planted(draft, ("left out", "guideline", "study")[way], _line_or_reasons(item))


@planter("EH308")
def competing(base: Base) -> Planted:
    """A denial is overturned on another source than utilization review's, and the two are never compared."""
    draft = base.draft(*_COMPLAINTS, *_PAIN, where=lambda d: _ur(d) >= SEQUENCE and d.items[0].granted)
    item = draft.items[0]
    drop(item, "weigh")
    place = data("sites")[item.request.site]
    title = place["odg"]
    other = (
        f"Official Disability Guidelines (ODG), {_ur(draft).year}, {title} Chapter, {base.choose('Indications', 'Criteria')}.",
        f"ODG {title} (updated {_ur(draft).year}).",
        f"Official Disability Guidelines, {title} Chapter; Pain Chapter.",
    )[base.variant(3)]
    item.claims = _non_mtus(other).replace("The Expert Reviewer", "The Claims Administrator")
    return base.planted(
        draft, "unweighed", _line_or_reasons(item), Spot(parts=(Part.CLAIMS_GUIDELINE,), item=item.number)
    )


_FOLLOWS = (
    "The utilization review physician denied {name}. This reviewer agrees with that decision. {Name} is not medically necessary.",
    "For the reasons given in the utilization review decision, {name} is not medically necessary.",
    "Utilization review did not certify the request, and its conclusion is adopted here. {Name} is not medically necessary.",
    "The prior determination was reviewed and is concurred with. As utilization review found, {name} is not medically necessary.",
    "The claims administrator's reviewer explained the denial well. This reviewer has nothing to add. {Name} is not medically necessary.",
)


@planter("EH309")
def utilization_review(base: Base) -> Planted:
    """The decision rests on utilization review's alone."""
    draft = base.draft(where=lambda d: any(not item.granted for item in d.items))
    item = base.chance.choice([item for item in draft.items if not item.granted])
    name = item.names()[-1].of(item.request)
    item.rationale = _FOLLOWS[base.variant(5)].format(name=name, Name=upper(name))
    return base.planted(draft, item.rationale[:30], rationale(item))


@planter("EH312")
def later_source(base: Base) -> Planted:
    """A source that did not exist on the day of the decision."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    place = data("sites")[item.request.site]
    way = base.variant(3)
    source = (
        disability_guideline(place["odg"], "Criteria", base.choose(2019, 2020, 2021)),
        Source(
            line=_non_mtus(
                "Hartwell B, Iyer S. Exercise and return to work after strain. J Occup Environ Med. 2021;63(4):301-9."
            ),
            called=("Hartwell B, Iyer S (J Occup Environ Med 2021;63(4):301-9)",),
        ),
        Source(
            line=_non_mtus("American College of Radiology (ACR), 2022, Appropriateness Criteria, Imaging."),
            called=("the criteria of the American College of Radiology (2022)",),
        ),
    )[way]
    drop(item, "weigh")
    if not item.source.outside:
        item.reasons.insert(
            0,
            Sentence(
                role="ladder", marked="The MTUS does not address this request, so the search went on to other sources."
            ),
        )
    recite(item, source)
    return base.planted(draft, ("guideline", "study", "body")[way], _line_or_reasons(item))

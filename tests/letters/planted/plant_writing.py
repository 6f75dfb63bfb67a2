"""Planters of slips of writing, and of what should not be public."""

from __future__ import annotations

import itertools
from dataclasses import replace

from tests.letters.planted.planting import (
    ANY,
    Base,
    Planted,
    Spot,
    planter,
    put,
    put_somewhere,
    rationale,
    summary,
)  # fmt: skip
from tests.letters.planted.request import Sentence

from evenhand.letters.second_reader import Part, Profile


@planter("EH601")
def run_together(base: Base) -> Planted:
    """Two words without the space between them."""
    draft = base.draft()
    requests = draft.requests()
    way = base.variant(4)
    if way == 0:
        cut = base.chance.randrange(len(draft.summary) - 1)
        texts = [sentence.text(requests) for sentence in draft.summary]
        draft.summary_text = " ".join(texts[: cut + 1]) + " ".join(texts[cut + 1 :])
        quote = f"{texts[cut].split()[-1]}{texts[cut + 1].split()[0]}"
        return base.planted(draft, "full stop", summary(quote))
    item = base.chance.choice(draft.items)
    if way == 1:
        texts = [sentence.text(requests) for sentence in item.reasons]
        cut = base.chance.randrange(len(texts) - 1)
        item.rationale = " ".join(texts[: cut + 1]) + " ".join(texts[cut + 1 :])
        return base.planted(draft, "full stop", rationale(item, f"{texts[cut].split()[-1]}{texts[cut + 1].split()[0]}"))
    old, new = _pair(base, draft.rationale(item), way)
    item.rationale = draft.rationale(item).replace(old, new, 1)
    return base.planted(draft, new, rationale(item, new))


def _pair(base: Base, text: str, way: int) -> tuple[str, str]:
    """Two neighbours of the text, and the two as one word."""
    if way == 2:
        for words in ("not medically", "medically necessary", "Medical necessity"):
            if words in text:
                return words, words.replace(" ", "")
    parts = text.split()
    fit = [
        f"{a} {b}"
        for a, b in itertools.pairwise(parts)
        if a.isalpha() and b.isalpha() and a.islower() and min(len(a), len(b)) > 2
    ]
    pair = base.chance.choice(fit)
    first, second = pair.split()
    return pair, first + (second if way == 3 else upper_first(second))


def upper_first(word: str) -> str:
    """The word with a capital."""
    return word[:1].upper() + word[1:]


_HARD = (
    "Notwithstanding the multiplicity of biopsychosocial determinants characteristically implicated in the perpetuation of musculoskeletal symptomatology, longitudinal documentation insufficiently substantiates symptomatological amelioration attributable to antecedent interventional modalities, necessitating comprehensive reconsideration of therapeutic appropriateness.",
    "Contemporaneous documentation demonstrates heterogeneous symptomatology incompletely corroborated by neurophysiological investigation, thereby substantially undermining justification for individualized interventional instrumentation notwithstanding considerable multidisciplinary recommendation.",
    "Physiological manifestations characteristically associated with degenerative osteocartilaginous deterioration necessitate multidimensional conceptualization, predominantly incorporating pharmacotherapeutic individualization, interdisciplinary rehabilitation and methodologically sophisticated reassessment of functional capabilities.",
)


@planter("EH602")
def grade(base: Base) -> Planted:
    """Reasons that few can read."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    sentences = base.chance.sample(_HARD, base.choose(2, 3))
    item.reasons[0:0] = [Sentence(role="planted", marked=words) for words in sentences]
    spots = (rationale(item), Spot(parts=(Part.RATIONALE, Part.SUMMARY), item=ANY))
    return base.planted(draft, f"{len(sentences)} sentences", *spots)


_UNFINISHED = (
    ("The visit of [DATE] was considered.", "[DATE]"),
    ("The guideline's page XXX was read.", "XXX"),
    ("TBD: add the result of the last study.", "TBD"),
    ("The worker was seen on ____ by the physician.", "____"),
    ("<insert rationale here>", "<insert rationale here>"),
    ("The pain is rated {{pain_score}} of 10.", "{{pain_score}}"),
    ("TODO check the number of visits.", "TODO"),
    ("Lorem ipsum dolor sit amet.", "Lorem ipsum"),
)


@planter("EH603")
def unfinished(base: Base) -> Planted:
    """A gap that was to be filled."""
    draft = base.draft()
    words, quote = _UNFINISHED[base.variant(len(_UNFINISHED))]
    spot = put_somewhere(base, draft, words)
    return base.planted(draft, quote, replace(spot, quote=quote))


@planter("EH604")
def doubled(base: Base) -> Planted:
    """A word twice."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    in_summary = base.variant(3) == 0
    text = draft.summary_words() if in_summary else draft.rationale(item)
    words = text.split()
    fit = [
        n
        for n, word in enumerate(words)
        if word.isalpha() and word.islower() and len(word) > 1 and word not in ("that", "had")
    ]
    at = base.chance.choice(fit)
    words.insert(at, words[at])
    quote = f"{words[at]} {words[at]}"
    if in_summary:
        draft.summary_text = " ".join(words)
        return base.planted(draft, "summary", summary(quote))
    item.rationale = " ".join(words)
    return base.planted(draft, "reasons", rationale(item, quote))


@planter("EH605")
def cut(base: Base) -> Planted:
    """A text that breaks off."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    ending = base.choose(
        "The guideline further states that the",
        "In addition, the worker's most recent report of",
        "This is supported by the fact that",
    )
    if base.variant(3) == 0:
        draft.summary_text = f"{draft.summary_words()} {ending}"
        return base.planted(draft, "summary", Spot(parts=(Part.SUMMARY,), item=ANY, quote=ending))
    item.rationale = f"{draft.rationale(item)} {ending}"
    return base.planted(draft, "reasons", rationale(item, ending))


_SHORT = (
    ("The SLR was positive at 40 degrees.", "SLR"), ("The joint was TTP at each visit.", "TTP"), ("DTRs were equal.", "DTRs"),
    ("The VAS score stayed at 6.", "VAS"), ("ADLs are limited by pain.", "ADLs"), ("A HEP was given at the first visit.", "HEP"),
    ("ROM was limited at the last visit.", "ROM"), ("The ODI was 42 percent.", "ODI"), ("Signs of CRPS were looked for.", "CRPS"),
)  # fmt: skip


@planter("EH606")
def abbreviation(base: Base) -> Planted:
    """An abbreviation of medicine that nobody explains."""
    draft = base.draft()
    words, quote = _SHORT[base.variant(len(_SHORT))]
    item = base.chance.choice(draft.items)
    put(item.reasons, words, base.chance, last=False)
    return base.planted(draft, quote, rationale(item, quote))


_CLAUSES = (
    "the worker was seen at the clinic in the morning", "the complaint was described in the words of the earlier notes", "the physician read the earlier notes as well",
    "the plan of the month before was kept without change", "the exercises at home were to be continued every day", "the next visit was set for a day four weeks later",
    "the employer was told of the limits on lifting and on reaching", "the worker agreed to come earlier if the pain should grow", "the nurse wrote down the weight and the blood pressure",
    "the forms were signed and put into the file",
)  # fmt: skip


@planter("EH607")
def very_long(base: Base) -> Planted:
    """A sentence without end."""
    draft = base.draft()
    joint = base.choose(", and ", ", while ", " and ")
    words = upper_first(joint.join(base.chance.sample(_CLAUSES, base.choose(9, 10)))) + "."
    return base.planted(draft, joint.strip(), put_somewhere(base, draft, words))


_NUMBERS = (
    ("The claim number is WC-4471-80332.", "WC-4471-80332"), ("Claim No. 0532281904 was opened in that month.", "0532281904"),
    ("The social security number 529-44-1187 stands on the form.", "529-44-1187"), ("Medical record number 00831945 was used.", "00831945"),
    ("The worker can be reached at (619) 555-0142.", "(619) 555-0142"), ("Questions went to j.rivera@example.com.", "j.rivera@example.com"),
    ("The patient's MRN is 77120934.", "77120934"), ("Date of birth: 04/17/1969.", "04/17/1969"), ("The case ADJ10446218 is pending.", "ADJ10446218"),
)  # fmt: skip


@planter("EH701")
def number(base: Base) -> Planted:
    """A number by which the worker can be found."""
    draft = base.draft()
    words, quote = _NUMBERS[base.variant(len(_NUMBERS))]
    spot = put_somewhere(base, draft, words)
    return base.planted(draft, quote, replace(spot, quote=quote), profile=Profile.PUBLISHED)


_PEOPLE = (
    ("Dr. Marisol Quintero wrote the report.", "Quintero"), ("The report of Alan Teague, MD, was read.", "Teague"), ("Mr. Delgado was seen again.", "Delgado"),
    ("Ms. Whitcomb returned for a visit.", "Whitcomb"), ("The notes of Dr. Prakash were read.", "Prakash"), ("Physician assistant Joanna Birdsong, PA-C, examined the worker.", "Birdsong"),
    ("The physical therapist, Colin Marsh, PT, agreed.", "Marsh"), ("Mrs. Ana Villanueva reported less pain.", "Villanueva"),
)  # fmt: skip


@planter("EH702")
def person(base: Base) -> Planted:
    """A person's name."""
    draft = base.draft()
    words, quote = _PEOPLE[base.variant(len(_PEOPLE))]
    spot = put_somewhere(base, draft, words)
    return base.planted(draft, quote, replace(spot, quote=quote), profile=Profile.PUBLISHED)


_BODIES = (
    ("The worker was seen at Cedar Valley Spine Institute.", "Cedar Valley Spine Institute"), ("Records of Harborview Orthopedic Group were read.", "Harborview Orthopedic Group"),
    ("The insurer, Golden Plains Insurance Company, replied.", "Golden Plains Insurance Company"), ("The operation took place at Saint Brendan Hospital.", "Saint Brendan Hospital"),
    ("The employer is Tri-County Logistics, Inc.", "Tri-County Logistics, Inc"), ("Films were taken at Lakeside Imaging Center.", "Lakeside Imaging Center"),
    ("The notes come from Summit Physical Therapy Clinic.", "Summit Physical Therapy Clinic"), ("Bluewater Foods LLC employed the worker.", "Bluewater Foods LLC"),
)  # fmt: skip


@planter("EH703")
def organization(base: Base) -> Planted:
    """The name of a clinic, an employer or an insurer."""
    draft = base.draft()
    words, quote = _BODIES[base.variant(len(_BODIES))]
    spot = put_somewhere(base, draft, words)
    return base.planted(draft, quote, replace(spot, quote=quote), profile=Profile.PUBLISHED)

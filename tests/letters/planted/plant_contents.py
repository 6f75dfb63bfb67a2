"""Planters of what is absent or does not fit: documents, qualifications, decisions, numbers of items, what was authorized."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from tests.letters.planted.draft import Draft, DraftItem
from tests.letters.planted.planting import ANY, Base, Planted, Spot, planter, put, rationale, summary
from tests.letters.planted.request import Sentence, data, named

from evenhand.letters.determination import Decision, Outcome, ReviewerCredentials
from evenhand.letters.second_reader import Part

_EVERY = tuple(Part)


def _flipped(item: DraftItem) -> Decision:
    return Decision.UPHELD if item.granted else Decision.OVERTURNED


def _verdict(base: Base, item: DraftItem, granted: bool) -> str:
    """Another ending in the family's voice; its words."""
    frames = data("families")[base.family]["reasons"]["verdict"]["yes" if granted else "no"]
    sentence = item.sentence("verdict")
    name = next(iter(sentence.names.values()))
    words = name.of(item.request)
    sentence.marked = base.choose(*frames).format(name=words, Name=words[:1].upper() + words[1:])
    sentence.names = {}
    return sentence.marked


@planter("EH001")
def documents(base: Base) -> Planted:
    """No list of documents."""
    draft = base.draft()
    draft.documents = ()
    return base.planted(draft, "none", Spot(parts=(Part.DOCUMENTS,)))


@planter("EH002")
def qualifications(base: Base) -> Planted:
    """Nothing is said of the reviewer, or a part of it is absent."""
    draft = base.draft()
    way = base.variant(3)
    kept = draft.reviewer
    draft.reviewer = (
        ReviewerCredentials(),
        ReviewerCredentials(licensure=kept.licensure),
        ReviewerCredentials(specialties=()),
    )[way]
    return base.planted(draft, ("none", "no specialty", "none")[way], Spot(parts=(Part.REVIEWER,)))


_NO_CONDITION = (
    "The request of {visit} was denied on {ur}. An application for review followed.",
    "A request for authorization was submitted on {visit}. The adverse decision of {ur} is now before this reviewer.",
)


@planter("EH003")
def condition(base: Base) -> Planted:
    """The summary is empty, or tells nothing of the worker's condition."""
    draft = base.draft()
    if base.variant(2):
        draft.summary_text = ""
        return base.planted(draft, "empty", summary())
    words = {"visit": draft.day(draft.visit), "ur": draft.day(draft.header.ur_denial_date or draft.visit)}
    draft.summary_text = str(base.choose(*_NO_CONDITION)).format(**words)
    return base.planted(draft, "procedure only", summary())


@planter("EH004")
def guideline(base: Base) -> Planted:
    """The reviewer cites nothing."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    item.reviewer = ("", "The Expert Reviewer did not cite any medical evidence for its decision.")[base.variant(2)]
    return base.planted(draft, "none", Spot(parts=(Part.REVIEWER_GUIDELINE,), item=item.number))


@planter("EH005")
def no_rationale(base: Base) -> Planted:
    """An item without reasons."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    item.rationale = ("", "None.", "N/A")[base.variant(3)]
    return base.planted(draft, item.rationale or "empty", rationale(item))


@planter("EH006")
def outcome(base: Base) -> Planted:
    """The letter's word does not fit its items."""
    draft = base.draft()
    true = draft.letter().outcome
    draft.outcome, draft.outcome_set = base.choose(*(word for word in Outcome if word is not true)), True
    return base.planted(draft, f"{true}", Spot(parts=_EVERY, item=ANY))


@planter("EH007")
def numbers(base: Base) -> Planted:
    """Items counted wrongly."""
    draft = base.draft(items=3, where=lambda d: len(d.items) >= 2)
    letter = draft.letter()
    last = letter.items[-1]
    way = base.variant(3)
    shown = (last.number - 1, last.number + 1, 0)[way]
    letter = replace(letter, items=(*letter.items[:-1], replace(last, number=shown)))
    spots = (Spot(parts=_EVERY, item=shown), Spot(parts=_EVERY))
    return Planted(code=base.code, variant=("twice", "gap", "zero")[way], letter=letter, spots=spots)


@planter("EH008")
def disputed_part(base: Base) -> Planted:
    """What was asked for, authorized and left does not add up, or one of them is absent."""
    draft = base.draft("therapy", "acupuncture", "opioid", "counseling", where=lambda d: d.items[0].parts)
    item = draft.items[0]
    assert item.parts is not None
    whole, given, rest = item.parts
    template = item.heading
    count = int(item.request.quantity or 0)
    way = base.variant(3)
    if way == 0:
        given = named(template, replace(item.request, quantity=count + 5))
    elif way == 1:
        whole = named(template, replace(item.request, quantity=count * 4 + 1))
    item.parts = (whole, given, rest)
    item.heading_text = item.words()
    letter = draft.letter()
    if way == 2:
        told = f"{whole} was the original request. {given} was authorized by the Claims Administrator."
        letter = replace(letter, items=(replace(letter.items[0], eligible_portion=None, item=told), *letter.items[1:]))
    spot = Spot(parts=(Part.ITEM,), item=item.number)
    return Planted(code=base.code, variant=("given", "asked", "absent")[way], letter=letter, spots=(spot,))


@planter("EH010")
def undecided(base: Base) -> Planted:
    """An item without a decision."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    item.decision = None
    return base.planted(draft, "none", Spot(parts=(Part.ITEM, Part.RATIONALE), item=item.number))


@planter("EH011")
def contradicts(base: Base) -> Planted:
    """The reasons end with the other answer, or the heading bears the other word."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    if base.variant(2):
        quote = _verdict(base, item, not item.granted)
        return base.planted(draft, "reasons", rationale(item, quote))
    quote = item.sentence("verdict").text(draft.requests())
    item.decision = _flipped(item)
    return base.planted(draft, "decision", rationale(item, quote), Spot(parts=(Part.ITEM,), item=item.number))


@planter("EH012")
def twice(base: Base) -> Planted:
    """One item decided twice, alike or not."""
    draft = base.draft(items=base.choose(1, 2))
    item = base.chance.choice(draft.items)
    again = deepcopy(item)
    again.number = len(draft.items) + 1
    for sentence in again.reasons:
        sentence.marked, sentence.names = sentence.text(draft.requests()), {}
    way = base.variant(2)
    if way:
        again.decision = _flipped(item)
        word = "not medically necessary" if item.granted else "medically necessary"
        again.reasons[-1] = Sentence(
            role="verdict", marked=f"On this point {item.names()[-1].of(item.request)} is {word}."
        )
    draft.items.append(again)
    places = tuple(Spot(parts=(Part.ITEM, Part.RATIONALE), item=number) for number in (item.number, again.number))
    return base.planted(draft, ("alike", "unlike")[way], *places)


def _operation(draft: Draft, granted: bool) -> bool:
    kinds = {item.request.kind: item for item in draft.items}
    return "surgery" in kinds and "clearance" in kinds and kinds["surgery"].granted is granted


@planter("EH013")
def ancillary(base: Base) -> Planted:
    """What goes with an operation is decided against it."""
    way = base.variant(2)
    draft = base.draft("clearance", items=1, where=lambda d: _operation(d, granted=bool(way)))
    surgery = draft.items[0]
    item = next(item for item in draft.items if item.request.kind == "clearance")
    verdict = item.sentence("verdict")
    if way:
        item.decision = Decision.UPHELD
        operation = named("{operation}", surgery.request)
        reason = base.choose(*data("shared")["dependent"]).format(operation=operation)
    else:
        item.decision = Decision.OVERTURNED
        reason = base.choose(
            "An examination by an internist before anesthesia is prudent at this age.",
            "{He} takes insulin and two medicines for high blood pressure, which raises the risk of anesthesia.".replace(
                "{He}", "She" if draft.female else "He"
            ),
        )
        put(draft.summary, reason, base.chance)
    item.reasons = [Sentence(role="facts", marked=reason), verdict]
    _verdict(base, item, item.granted)
    spot = Spot(parts=(Part.ITEM, Part.RATIONALE), item=item.number)
    return base.planted(draft, ("given without it", "refused beside it")[way], spot)


_SIGNED = (
    "Reviewed by Harold Brandt, MD.",
    "I, Lena Okafor, M.D., have read the whole file and so decide.",
    "Signed: Dr. Peter Vandermeer, Expert Reviewer.",
    "The undersigned expert reviewer, Maria Lindqvist, DO, is in active practice.",
)


@planter("EH014")
def reviewer_named(base: Base) -> Planted:
    """The reviewer's name stands in the letter."""
    draft = base.draft()
    words = _SIGNED[base.seed % len(_SIGNED)]
    if base.variant(3) == 0:
        name = base.choose("Harold Brandt, MD", "Lena Okafor, M.D.", "Peter Vandermeer, DO")
        draft.reviewer = replace(draft.reviewer, specialties=(*draft.reviewer.specialties, name))
        return base.planted(draft, "credentials", Spot(parts=(Part.REVIEWER,), item=ANY))
    item = draft.items[-1]
    item.reasons.append(Sentence(role="planted", marked=words))
    return base.planted(draft, "reasons", rationale(item, words))


@planter("EH310")
def claims_guideline(base: Base) -> Planted:
    """Nothing is said of what the claims administrator relied on."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    item.claims = ""
    return base.planted(draft, "none", Spot(parts=(Part.CLAIMS_GUIDELINE,), item=item.number))

"""Planters of facts that differ: side, part, level, number, dose, drug, frequency, purchase or rental, sex, the name itself."""

from __future__ import annotations

from collections.abc import Callable

from tests.letters.planted.draft import Draft, DraftItem
from tests.letters.planted.planting import (
    Base,
    Planted,
    Spot,
    bake,
    named_kind,
    planter,
    put,
    rationale,
    rename,
    summary,
    swap,
)  # fmt: skip
from tests.letters.planted.request import Request, Sentence, data, named, upper

from evenhand.letters.second_reader import Part

_AT_ISSUE = (
    "{Name} is what the treating physician asks for.",
    "At issue is {name}.",
    "The dispute concerns {name}.",
    "The request under review is for {name}.",
)
_PARTS = {
    "lumbar spine": ("cervical spine", "hip"), "cervical spine": ("lumbar spine", "ankle"), "shoulder": ("knee", "hip", "wrist"),
    "knee": ("ankle", "shoulder", "hip"), "wrist": ("shoulder", "ankle"), "ankle": ("wrist", "knee"), "elbow": ("knee", "shoulder"),
}  # fmt: skip
_DRUGS = {
    "naproxen": "meloxicam", "ibuprofen": "celecoxib", "etodolac": "diclofenac", "nabumetone": "naproxen", "cyclobenzaprine": "carisoprodol",
    "tizanidine": "baclofen", "methocarbamol": "metaxalone", "oxycodone": "hydromorphone", "morphine": "oxycodone", "tapentadol": "tramadol",
    "tramadol": "tapentadol", "oxymorphone": "morphine", "gabapentin": "pregabalin", "pregabalin": "duloxetine", "topiramate": "gabapentin",
    "omeprazole": "ranitidine", "pantoprazole": "esomeprazole",
}  # fmt: skip
_DOSED = ("nsaid", "relaxant", "opioid", "nerve_drug", "stomach_drug")
_COUNTED = (
    "chiropractic", "postop_therapy", "counseling", "trigger_points", "joint_fluid", "program", "nsaid", "relaxant", "opioid", "nerve_drug",
)  # fmt: skip
_SIDED = ("mri", "therapy", "acupuncture", "postop_therapy", "joint_fluid", "tens", "surgery")
_PLACED = ("mri", "therapy", "acupuncture", "chiropractic", "trigger_points", "tens", "interferential")


def _differs(base: Base, draft: Draft, change: Callable[[Request], Request]) -> Planted:
    """Lets the reasons (or once in five letters the summary) speak of another request than the item's."""
    item = draft.items[0]
    changed = change(item.request)
    way = base.variant(5)
    if way == 4:
        told = next(sentence for sentence in draft.summary if sentence.role == "request")
        quote = rename(told, item, changed, draft)
        if quote:
            everywhere = Spot(parts=(Part.ITEM, Part.RATIONALE), item=item.number)
            return base.planted(draft, "summary", summary(quote), everywhere)
    if way in (0, 1):
        sentences = item.reasons if way == 0 else [item.sentence("verdict")]
        quotes = [rename(sentence, item, changed, draft) for sentence in sentences]
        if any(quotes):
            return base.planted(draft, "names", *(rationale(item, quote) for quote in quotes if quote))
    words = _told(base, item, changed)
    put(item.reasons, words, base.chance, last=False)
    return base.planted(draft, "inserted", rationale(item, words))


def _told(base: Base, item: DraftItem, changed: Request) -> str:
    told = named_kind(item)
    names = (item.parts and told.get("partial_names")) or told["names"]
    template = base.chance.choice([name for name in names if named(name, changed) != named(name, item.request)])
    words = named(template, changed)
    return str(base.choose(*_AT_ISSUE)).format(name=words, Name=upper(words))


@planter("EH101")
def side(base: Base) -> Planted:
    """The other side."""
    draft = base.draft(*_SIDED, where=lambda draft: draft.items[0].request.side)
    return _differs(base, draft, lambda r: swap(r, side={"left": "right", "right": "left"}[str(r.side)]))


@planter("EH102")
def body_part(base: Base) -> Planted:
    """Another part of the body."""
    draft = base.draft(*_PLACED)
    return _differs(base, draft, lambda r: swap(r, part=base.choose(*_PARTS[r.part])))


@planter("EH103")
def level(base: Base) -> Planted:
    """Another spinal level."""
    draft = base.draft("epidural", "surgery", where=lambda draft: draft.items[0].request.level)
    levels = data("sites")[draft.items[0].request.site]["levels"]
    return _differs(base, draft, lambda r: swap(r, level=base.choose(*(each for each in levels if each != r.level))))


@planter("EH104")
def quantity(base: Base) -> Planted:
    """Another number."""
    draft = base.draft(*_COUNTED)

    def other(request: Request) -> Request:
        count = request.quantity or 1
        return swap(request, quantity=base.choose(count * 2, count + (30 if count >= 30 else 4)))

    return _differs(base, draft, other)


@planter("EH105")
def dose(base: Base) -> Planted:
    """Another strength."""
    draft = base.draft(*_DOSED)
    return _differs(base, draft, lambda r: swap(r, dose=str(int(str(r.dose)) * base.choose(2, 3))))


@planter("EH106")
def drug(base: Base) -> Planted:
    """Another drug."""
    draft = base.draft(*_DOSED)
    return _differs(base, draft, lambda r: swap(r, drug=_DRUGS[str(r.drug)]))


@planter("EH109")
def frequency(base: Base) -> Planted:
    """Another frequency or duration."""
    draft = base.draft("therapy", "acupuncture", "home_health", where=lambda draft: not draft.items[0].parts)

    def other(request: Request) -> Request:
        if request.hours:
            more = {"hours": request.hours + 3} if base.variant(2) else {"weeks": (request.weeks or 2) + 6}
        else:
            more = (
                {"times": {2: 3, 3: 1}[request.times or 2]} if base.variant(2) else {"weeks": (request.weeks or 3) + 5}
            )
        return swap(request, **more)

    return _differs(base, draft, other)


@planter("EH110")
def acquisition(base: Base) -> Planted:
    """Purchase for rental, or the other way round."""
    draft = base.draft("tens", "interferential", "walker")
    return _differs(
        base, draft, lambda r: swap(r, acquisition={"purchase": "rental", "rental": "purchase"}[str(r.acquisition)])
    )


@planter("EH107")
def not_named(base: Base) -> Planted:
    """Reasons that never say which treatment is meant, or that speak of the other item's."""
    if base.variant(3) == 2:
        draft = base.draft("mri", "therapy", "epidural", items=2, where=lambda d: _unlike(d))
        one, other = draft.items[:2]
        for item in (one, other):
            for sentence in item.reasons:
                bake(sentence, draft.requests())
        one.reasons, other.reasons = other.reasons, one.reasons
        return base.planted(draft, "swapped", rationale(one), rationale(other))
    draft = base.draft("mri", "epidural", "program", "walker", "home_health")
    item = draft.items[0]
    facts = [sentence for sentence in item.reasons if sentence.role == "facts"]
    called = base.choose("this request", "the service in question", "what is asked for", "the disputed service")
    verdict = item.sentence("verdict")
    for mark in verdict.names:
        verdict.marked = verdict.marked.replace(mark, upper(called) if verdict.names[mark].capital else called)
    verdict.names = {}
    measure = base.choose("The guideline's measure was applied.", "The cited passage was read with this in view.")
    item.reasons = [*facts, Sentence(role="rule", marked=measure), verdict]
    return base.planted(draft, "unnamed", rationale(item))


def _unlike(draft: Draft) -> bool:
    return len(draft.items) == 2 and draft.items[0].granted == draft.items[1].granted and not any(
        item.parts or item.request.kind == "surgery" for item in draft.items
    )  # fmt: skip


_OTHER_SEX = (
    "{He} continues to have symptoms despite care.",
    "{His} physician expects improvement.",
    "This {noun} was seen again before the request was made.",
    "The {sex} worker lives two hours from the clinic.",
    "The request was discussed with {him} at the visit.",
)


@planter("EH108")
def sex(base: Base) -> Planted:
    """The worker changes sex between two sentences."""
    draft = base.draft()
    forms = ("He", "His", "him", "man", "male") if draft.female else ("She", "Her", "her", "woman", "female")
    words = str(_OTHER_SEX[base.variant(5)]).format(
        **dict(zip(("He", "His", "him", "noun", "sex"), forms, strict=True))
    )
    if base.variant(4) == 0:
        put(draft.summary, words, base.chance)
        return base.planted(draft, "summary", summary(words))
    item = base.chance.choice(draft.items)
    put(item.reasons, words, base.chance, last=False)
    return base.planted(draft, "reasons", rationale(item, words))

"""Planters of reasons that do not carry the decision, and of reviewers who do not fit."""

from __future__ import annotations

from dataclasses import replace

from tests.letters.planted.draft import Draft, DraftItem
from tests.letters.planted.planting import (
    ANY,
    Base,
    Planted,
    Spot,
    drop,
    planter,
    put,
    rationale,
    summary,
)  # fmt: skip
from tests.letters.planted.request import Sentence, data, upper

from evenhand.letters.second_reader import Part


@planter("EH401")
def same_reasons(base: Base) -> Planted:
    """The same reasons for two treatments that are unlike."""
    draft = base.draft("mri", "therapy", "epidural", "tens", "nsaid", items=2, where=_unlike)
    one, other = draft.items[:2]
    names, requests = other.names(), draft.requests()
    copied = []
    for sentence in one.reasons:
        marked = sentence.marked
        for mark, name in sentence.names.items():
            words = names[-1].of(other.request)
            marked = marked.replace(mark, upper(words) if name.capital else words)
        copied.append(Sentence(role=sentence.role, marked=marked))
    other.reasons, other.decision = copied, one.decision
    assert requests
    return base.planted(draft, "copied", rationale(one), rationale(other), _items(one), _items(other))


def _items(item: DraftItem) -> Spot:
    return Spot(parts=(Part.ITEM,), item=item.number)


def _unlike(draft: Draft) -> bool:
    if len(draft.items) != 2:
        return False
    likes = {data("kinds")[item.request.kind]["like"] for item in draft.items}
    return len(likes) == 2 and "surgery" not in likes


_BOILERPLATE = (
    "The Medical Treatment Utilization Schedule is presumed correct on the extent and scope of medical treatment. The presumption may be rebutted by a preponderance of scientific medical evidence. Treatment that is not addressed by the schedule may not be denied on that ground alone. Physicians search the schedule first, then other guidelines, then studies. The strength of the evidence is weighed only where recommendations compete.",
    "An independent medical review is a review of medical necessity by a physician who has no interest in its outcome. The reviewer does not examine the worker. The reviewer reads the records that the parties submitted and applies the standards of the law in their order. The reviewer decides neither liability nor the amount of any payment. The determination is binding on all parties.",
    "Guidelines are made by panels of experts who rate published studies. Studies differ in their design, in their patients and in their results. A guideline gathers what they have in common. It speaks to the usual course and leaves room for the unusual one. It is read as a whole, and its recommendations are applied with judgment. Nothing in it replaces the physician.",
)


@planter("EH402")
def boilerplate(base: Base) -> Planted:
    """Fixed text takes most of the reasons, the same for every item."""
    draft = base.draft(items=3, where=lambda d: len(d.items) >= 2)
    count = base.choose(2, 3)
    block = " ".join(base.chance.sample(_BOILERPLATE, count))
    for item in draft.items:
        item.reasons.insert(0, Sentence(role="planted", marked=block))
    spots = (Spot(parts=(Part.RATIONALE,), item=ANY), Spot(parts=(Part.ITEM,), item=ANY))
    return base.planted(draft, f"{count} blocks", *spots)


@planter("EH403")
def conclusion(base: Base) -> Planted:
    """Nothing but the conclusion."""
    draft = base.draft()
    item = base.chance.choice(draft.items)
    verdict = item.sentence("verdict")
    item.reasons = [verdict]
    if base.variant(3) == 1:
        lead = base.choose(
            "The file has been reviewed in full.",
            "All records were considered.",
            "After careful review the following is decided.",
        )
        item.reasons.insert(0, Sentence(role="lead", marked=lead))
    if base.variant(3) == 2:
        name = verdict.text(draft.requests())
        again = "There is no need for it." if not item.granted else "It is needed."
        item.reasons = [Sentence(role="verdict", marked=name), Sentence(role="verdict", marked=again)]
    return base.planted(draft, "bare", rationale(item))


@planter("EH404")
def no_fact(base: Base) -> Planted:
    """The guideline and the conclusion, and nothing of this worker."""
    draft = base.draft("mri", "therapy", "epidural", "tens", "nsaid", "chiropractic", "surgery", "program", "opioid")
    item = draft.items[0]
    drop(item, "facts", "aside", "tapering")
    return base.planted(draft, "rule only", rationale(item))


_LACKING = (
    "The records of earlier treatment were not submitted, so the need cannot be judged.",
    "No progress reports were provided for review, and without them the request cannot be supported.",
    "The study report is missing from the file; the request fails for that reason.",
    "Documentation of the last visits is not available to this reviewer.",
    "There were no therapy notes among the papers to show a gain.",
)


@planter("EH405")
def lacking_record(base: Base) -> Planted:
    """A record is missed, and nobody asked for it."""
    draft = base.draft(where=lambda d: any(not item.granted and "dependent" not in _roles(item) for item in d.items))
    item = next(item for item in draft.items if not item.granted and "dependent" not in _roles(item))
    words = _LACKING[base.variant(5)]
    drop(item, "facts2")
    item.reasons.insert(len(item.reasons) - 1, Sentence(role="planted", marked=words))
    return base.planted(draft, words[:30], rationale(item, words))


def _roles(item: DraftItem) -> set[str]:
    return {sentence.role for sentence in item.reasons}


# What the summary tells, and what the reasons say of it: the topic (of facts.yaml, or a topic of its own), the telling, the denial.
_AGAINST = (
    ("therapy", "{He} completed 12 visits of physical therapy two years ago.", "There has been no trial of physical therapy."),
    ("therapy", "Physical therapy was given for eight weeks.", "{He} has not undergone physical therapy."),
    ("therapy", "{He} attended ten sessions of physical therapy.", "Physical therapy has never been tried."),
    ("needles", "Six sessions of acupuncture were given last year.", "No acupuncture has been attempted."),
    ("chiropractic", "{He} had eight visits of chiropractic care.", "There has been no prior chiropractic treatment."),
    ("studies", "An MRI of the {part} was obtained in the first year.", "An MRI has not been obtained."),
    ("films", "X-rays of the {part} were taken and showed no fracture.", "No x-rays have been done."),
    ("steroid", "A steroid injection gave relief for two months.", "{He} has never received a steroid injection."),
    ("tablets", "Gabapentin was tried for three months.", "Gabapentin has not been tried."),
    ("nsaid", "Naproxen and ibuprofen were tried without success.", "There has been no trial of NSAIDs."),
    ("numbness", "{He} reports numbness and tingling.", "There is no numbness or tingling."),
    ("spasm", "On examination there is muscle spasm.", "The examination shows no muscle spasm."),
    ("brace", "A brace was worn for six weeks.", "{He} has not used a brace."),
    ("home exercise", "{He} does a home exercise program each day.", "No home exercise program has been started."),
)  # fmt: skip


@planter("EH406")
def against_summary(base: Base) -> Planted:
    """The reasons deny what the summary tells."""
    _, told, denied = _AGAINST[base.variant(len(_AGAINST))]
    topic = _AGAINST[base.variant(len(_AGAINST))][0]
    draft = base.draft(
        where=lambda d: topic not in {data("facts")[id]["topic"] for id in d.facts if id} and _reasoned(d)
    )
    he, part = "She" if draft.female else "He", draft.items[0].request.where
    told, denied = told.format(He=he, part=part), denied.format(He=he)
    put(draft.summary, told, base.chance)
    item = base.chance.choice(_reasoned(draft))
    put(item.reasons, denied, base.chance, last=False)
    return base.planted(draft, denied, rationale(item, denied), summary(told))


def _reasoned(draft: Draft) -> list[DraftItem]:
    """The items with reasons of their own; the others fall with an operation."""
    return [item for item in draft.items if "dependent" not in _roles(item)]


_OPPOSITE = {
    True: (
        "The criteria of the guideline are not met in this case.",
        "The findings do not support the request.",
        "This worker does not qualify for it under the guideline.",
        "There is no indication for it at this time.",
        "{Name} is not medically necessary for this worker.",
        "There is no medical necessity for {name}.",
        "The request is not appropriate.",
        "{Name} is not recommended in this case.",
    ),
    False: (
        "All criteria of the guideline are met in this case.",
        "The findings fully support the request.",
        "This worker qualifies for it under the guideline.",
        "The treatment is clearly indicated at this time.",
        "{Name} is medically necessary for this worker.",
        "There is a clear medical necessity for {name}.",
        "The request is reasonable and appropriate.",
        "{Name} is recommended in this case.",
    ),
}


@planter("EH407")
def both_ways(base: Base) -> Planted:
    """The reasons call the request needed, or its criteria met, and end with the contrary; or the other way round."""
    draft = base.draft(where=_reasoned)
    item = base.chance.choice(_reasoned(draft))
    name = item.names()[-1].of(item.request)
    frame = _OPPOSITE[item.granted][base.variant(8)]
    words = frame.format(name=name, Name=upper(name))
    if base.variant(2):
        drop(item, "apply")
    item.reasons.insert(len(item.reasons) - 1, Sentence(role="planted", marked=words))
    return base.planted(draft, frame, rationale(item))


_COST = (
    "It is more expensive than a comparable treatment.",
    "The cost of it is not justified by what can be expected.",
    "A cheaper alternative is available, and that weighs against the request.",
    "The billed charges exceed the fee schedule.",
    "The carrier should not have to pay for it when a generic product costs less.",
    "Payment for this service is not warranted.",
)


@planter("EH408")
def cost(base: Base) -> Planted:
    """Cost or payment as a reason."""
    draft = base.draft(where=lambda d: any(not item.granted for item in d.items))
    item = next(item for item in draft.items if not item.granted)
    words = _COST[base.variant(6)]
    item.reasons.insert(max(1, len(item.reasons) - 2), Sentence(role="planted", marked=words))
    return base.planted(draft, words, rationale(item, words))


_LIABLE = (
    "The complaint is not related to the industrial injury.",
    "The condition was not caused by the work accident but by age.",
    "This body part has not been accepted as part of the claim.",
    "The claims administrator is not liable for this part of the body.",
    "The symptoms are due to a pre-existing, non-industrial disease.",
    "It has not been shown that the need arises out of employment.",
)


@planter("EH409")
def causation(base: Base) -> Planted:
    """Causation or liability is decided."""
    draft = base.draft(where=lambda d: any(not item.granted for item in d.items))
    item = next(item for item in draft.items if not item.granted)
    words = _LIABLE[base.variant(6)]
    item.reasons.insert(max(1, len(item.reasons) - 2), Sentence(role="planted", marked=words))
    return base.planted(draft, words, rationale(item, words))


@planter("EH501")
def far(base: Base) -> Planted:
    """A specialty that does not know such a treatment."""
    draft = base.draft(
        "mri", "therapy", "epidural", "surgery", "chiropractic", "trigger_points", "joint_fluid", "acupuncture"
    )
    specialty = base.choose(
        "Ophthalmology", "Dermatology", "Allergy and Immunology", "Nephrology", "Infectious Disease", "Otolaryngology"
    )
    draft.reviewer = replace(draft.reviewer, specialties=(specialty,))
    return base.planted(draft, specialty, Spot(parts=(Part.REVIEWER,), item=ANY), Spot(parts=(Part.ITEM,), item=ANY))


@planter("EH502")
def credential(base: Base) -> Planted:
    """A credential that no board gives."""
    draft = base.draft()
    invented = base.choose(
        "Holistic Recovery", "Bone Medicine", "Back Wellness", "Applied Vitality", "Work Comfort Science"
    )
    kept = draft.reviewer.specialties if base.variant(2) else ()
    draft.reviewer = replace(draft.reviewer, specialties=(*kept, invented))
    return base.planted(draft, invented, Spot(parts=(Part.REVIEWER,), item=ANY))


_SCOPES = (
    ("Chiropractic", ("nsaid", "opioid", "relaxant", "surgery", "nerve_drug")),
    ("Oriental Medicine", ("surgery", "mri", "epidural", "opioid")),
    ("Podiatrist", ("therapy", "mri", "joint_fluid")),
    ("Psychology", ("surgery", "nsaid", "therapy")),
    ("Optometry", ("therapy", "mri", "surgery")),
    ("Dentist", ("therapy", "mri", "surgery")),
)


@planter("EH504")
def scope(base: Base) -> Planted:
    """A profession that may not judge such a treatment is the reviewer's only one."""
    specialty, kinds = _SCOPES[base.variant(len(_SCOPES))]
    draft = base.draft(*kinds, items=1, where=lambda d: d.items[0].request.site not in ("ankle", "wrist", "elbow"))
    draft.reviewer = replace(draft.reviewer, specialties=(specialty,))
    first = Spot(parts=(Part.ITEM,), item=draft.items[0].number)
    return base.planted(draft, specialty, Spot(parts=(Part.REVIEWER,), item=ANY), first)

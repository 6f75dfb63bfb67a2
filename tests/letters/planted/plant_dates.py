"""Planters of dates and ages that cannot be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tests.letters.planted.draft import Draft
from tests.letters.planted.planting import ANY, Base, Planted, Spot, planter, put, put_somewhere, rationale, summary
from tests.letters.planted.request import named

from evenhand.letters.second_reader import Part


def _days(draft: Draft) -> tuple[date, date, date, date, date]:
    head = draft.header
    found = (
        head.date_of_injury,
        head.ur_denial_date,
        head.application_received,
        head.date_assigned,
        head.decision_date,
    )
    assert all(found)
    return found  # type: ignore[return-value]


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


@planter("EH201")
def order(base: Base) -> Planted:
    """Two of the header's dates in the wrong order."""
    draft = base.draft()
    _injured, ur, applied, assigned, decided = _days(draft)
    more = base.chance.randint(4, 60)
    changes = (
        {"date_of_injury": _after(ur, more)},
        {"ur_denial_date": _after(applied, more)},
        {"application_received": _after(assigned, more)},
        {"date_assigned": _after(decided, more)},
        {"decision_date": _after(applied, -more)},
        {"date_assigned": _after(ur, -more)},
    )[base.variant(6)]
    draft.header = replace(draft.header, **changes)  # type: ignore[arg-type]
    return base.planted(draft, ", ".join(changes), Spot(parts=(Part.HEADER,)))


_IMPOSSIBLE = (
    "02/30/2014",
    "13/14/2013",
    "2-29-2015",
    "06-31-2013",
    "November 31, 2013",
    "February 30, 2014",
    "2013-02-29",
    "9/31/13",
)
_VISITED = (
    "A report of {day} tells of the same complaint.",
    "On {day} the worker was seen again.",
    "The progress note dated {day} was read.",
    "An earlier visit on {day} led to home exercises.",
)


@planter("EH202")
def impossible(base: Base) -> Planted:
    """A day that no calendar has."""
    draft = base.draft()
    day = _IMPOSSIBLE[base.variant(len(_IMPOSSIBLE))]
    spot = put_somewhere(base, draft, str(base.choose(*_VISITED)).format(day=day))
    return base.planted(draft, day, replace(spot, quote=day))


@planter("EH203")
def after_decision(base: Base) -> Planted:
    """Something of the record is dated after the decision."""
    draft = base.draft()
    day = draft.day(_after(_days(draft)[4], base.choose(5, 17, 40, 366)))
    spot = put_somewhere(base, draft, str(base.choose(*_VISITED)).format(day=day))
    return base.planted(draft, draft.style, replace(spot, quote=day))


_INJURY = (
    "The injury of {day} is described in the first report.",
    "As to the injury itself, it occurred on {day}.",
    "The date of injury is {day}.",
)


@planter("EH204")
def injury(base: Base) -> Planted:
    """Another day of injury than the header's."""
    draft = base.draft()
    injured = _days(draft)[0]
    other = (
        _after(injured, base.choose(-366, -31, -2, 3, 30))
        if (_days(draft)[1] - injured).days > 90
        else _after(injured, -30)
    )
    old, new = draft.day(injured), draft.day(other)
    if base.variant(3):
        for sentence in draft.summary:
            sentence.marked = sentence.marked.replace(old, new)
        return base.planted(draft, "summary", summary(new))
    item = base.chance.choice(draft.items)
    words = str(base.choose(*_INJURY)).format(day=new)
    put(item.reasons, words, base.chance, last=False)
    return base.planted(draft, "reasons", rationale(item, new))


_AGED = (
    "This {age}-year-old worker was examined with care.",
    "For a {noun} of {age} this course is usual.",
    "The employee, now aged {age}, wishes to work.",
    "At {age} years of age recovery takes its time.",
    "The patient is a {age} year old {sex} with the complaint described.",
)


def _aged(draft: Draft, base: Base, age: int) -> str:
    noun, sex = ("woman", "female") if draft.female else ("man", "male")
    return _AGED[base.seed % len(_AGED)].format(age=age, noun=noun, sex=sex)


@planter("EH205")
def age_differs(base: Base) -> Planted:
    """Another age than the summary's."""
    draft = base.draft()
    age = draft.age + base.choose(-9, -7, 4, 8, 11)
    words = _aged(draft, base, age)
    if base.variant(4) == 0:
        put(draft.summary, words, base.chance)
        return base.planted(draft, "summary", summary())
    item = base.chance.choice(draft.items)
    put(item.reasons, words, base.chance, last=False)
    return base.planted(draft, "reasons", rationale(item, words), summary())


@planter("EH206")
def age_impossible(base: Base) -> Planted:
    """An age at which nobody works, or at which the worker was a child when hurt."""
    draft = base.draft(where=lambda d: (d.visit - d.header.date_of_injury).days > 365 * 7)  # type: ignore[operator]
    way = base.variant(3)
    years = (draft.visit - _days(draft)[0]).days // 365
    age = (base.choose(118, 131, 154), base.choose(5, 8, 9), years + base.choose(2, 4, 6))[way]
    told = next(sentence for sentence in draft.summary if sentence.role == "identity")
    old = told.marked
    told.marked = told.marked.replace(str(draft.age), str(age))
    then = draft.age - years
    for guess in (then - 1, then, then + 1):
        if "At the age of" in told.marked:
            told.marked = told.marked.replace(f"At the age of {guess},", f"At the age of {max(age - years, 1)},")
    assert told.marked != old
    return base.planted(draft, ("too old", "too young", "a child when hurt")[way], summary())


@planter("EH207")
def service(base: Base) -> Planted:
    """Something already supplied, dated after the decision, after its denial or before the injury."""
    draft = base.draft("urine_test", where=lambda d: d.items[0].request.service)
    injured, ur, _, _, decided = _days(draft)
    way = base.variant(3)
    item = draft.items[0]
    day = (_after(decided, base.choose(10, 90)), _after(ur, 4), _after(injured, -base.choose(5, 300)))[way]
    item.request = replace(item.request, service=day)
    item.heading_text = named(item.heading, item.request)
    spot = Spot(parts=(Part.ITEM,), item=item.number, quote=f"{day:%m/%d/%Y}")
    return base.planted(draft, ("after decision", "after denial", "before injury")[way], spot)


_SINCE = (
    "About {years} years have passed since the injury.",
    "The request comes {years} years after the injury.",
    "The worker was injured {years} years ago.",
    "Now {years} years post injury, the complaint persists.",
    "The injury occurred some {years} years before the latest report.",
)


@planter("EH208")
def since(base: Base) -> Planted:
    """Another time since the injury than the dates give."""
    draft = base.draft(where=lambda d: (d.visit - d.header.date_of_injury).days > 365 * 2)  # type: ignore[operator]
    true = (draft.visit - _days(draft)[0]).days // 365
    frame = _SINCE[base.variant(5)]
    years = true * 2 + 3 if re.search("about|some", frame, re.IGNORECASE) else true + base.choose(4, 6, 9)
    words = frame.format(years=years)
    spot = put_somewhere(base, draft, words)
    return base.planted(draft, "years", replace(spot, item=ANY if Part.SUMMARY in spot.parts else spot.item))

"""How a legal date and a state are shown: always a word and a shape. Color only repeats them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.office.ui.dates import Moment, day_of, day_words
from evenhand.office.words import counted

# What is that near is shown as "soon". A matter of display, not of law.
NEAR = 7


@dataclass(frozen=True, kw_only=True)
class Badge:
    """`look` is the class (late, today, soon, later, met, unknown), `icon` the shape, `words` what is read."""

    look: str
    icon: str
    words: str
    day: date | None = None


def deadline(due: Moment, *, today: date, met: Moment = None, near: int = NEAR) -> Badge:
    """A legal date seen from `today`. `due` of None is a date that the law leaves open."""
    last, done = day_of(due), day_of(met)
    if done is not None:
        late = (done - last).days if last else 0
        after = f", {counted(late, 'day')} late" if late > 0 else ""
        return Badge(look="met", icon="check_circle", words=f"done {day_words(done)}{after}", day=done)
    if last is None:
        return Badge(look="unknown", icon="help", words="no date: the law leaves it open")
    left = (last - today).days
    if left < 0:
        words = f"{counted(-left, 'day')} late, was due {day_words(last)}"
        return Badge(look="late", icon="warning", words=words, day=last)
    if left == 0:
        return Badge(look="today", icon="diamond", words="due today", day=last)
    words = f"{'tomorrow' if left == 1 else f'in {left} days'}, {day_words(last)}"
    if left <= near:
        return Badge(look="soon", icon="half", words=words, day=last)
    return Badge(look="later", icon="ring", words=words, day=last)


# Looks of the states of cases and items, by their stored names. What is not here is shown as `waiting`.
LOOKS = {
    "RECEIVED": "open",
    "SCREENING": "working",
    "INFORMATION_REQUESTED": "waiting",
    "ASSIGNED": "working",
    "RECORDS_OPEN": "waiting",
    "RECORDS_COMPLETE": "working",
    "RECORDS_OVERDUE": "attention",
    "REVIEWER_SELECTED": "working",
    "IN_REVIEW": "working",
    "ADDITIONAL_INFORMATION": "waiting",
    "DRAFTED": "working",
    "QUALITY_REVIEW": "working",
    "ISSUED": "done",
    "CLOSED": "done",
    "TERMINATED": "stopped",
    "DISPUTED": "open",
    "ELIGIBLE": "working",
    "INELIGIBLE": "stopped",
    "DEFERRED": "waiting",
    "DUPLICATE": "stopped",
    "AUTHORISED": "done",
    "WITHDRAWN": "stopped",
    "DECIDED": "done",
}
SHAPES = {
    "open": "ring",
    "waiting": "schedule",
    "working": "half",
    "attention": "triangle",
    "done": "disc",
    "stopped": "square",
}


def state(name: str, words: str = "", look: str = "") -> Badge:
    """A state by its stored name. `words` are those of the state; without them the name is written small."""
    chosen = look or LOOKS.get(name, "waiting")
    said = words or name.replace("_", " ").lower()
    return Badge(look=chosen, icon=SHAPES.get(chosen, "ring"), words=said[:1].upper() + said[1:])

"""Makes a clean letter: every number agrees, every reason stands in the summary, every citation held on the day. Seeded."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.letters.planted.cites import SEQUENCE, Source, claims_line, source_for
from tests.letters.planted.draft import Draft, DraftItem, written
from tests.letters.planted.request import Name, Request, Sentence, data, named, upper

from evenhand.letters.determination import Decision, Header, ReviewerCredentials

FAMILIES = tuple(data("families"))
_ANCILLARY = ("clearance", "assistant")


class _Maker:
    """Makes one letter of one family."""

    def __init__(self, family: str, seed: int, kinds: tuple[str, ...], items: int, *, recent: bool) -> None:
        self.chance = Random(f"{family} {seed} {kinds} {items}")
        self.family, self.seed, self.items, self.recent = family, seed, items, recent
        self.frames = data("families")[family]
        self.first = self.chance.choice(kinds) if kinds else None
        self.facts: dict[str, str] = {}

    def make(self) -> Draft:
        self._place()
        self._days()
        self._worker()
        chosen = self._kinds()
        items = [self._item(number, kind, chosen) for number, kind in enumerate(chosen, start=1)]
        if len(items) > 1 and any(item.request.kind in _ANCILLARY for item in items):
            self._mend_dependents(items)
        for item in items:
            item.reasons = self._reasons(item)
        return Draft(
            family=self.family,
            seed=self.seed,
            header=self._header(),
            reviewer=self._reviewer(items),
            documents=self._documents(),
            age=self.age,
            female=self.female,
            visit=self.visit,
            condition=self.condition,
            style=self.frames["dates"],
            summary=self._summary(items),
            items=items,
            facts=list(self.facts.values()),
        )

    # --- who, where, when ---

    def _place(self) -> None:
        kinds = data("kinds")
        sites = kinds[self.first]["sites"] if self.first else list(data("sites"))
        self.site = self.chance.choice(sites)
        self.place: dict[str, Any] = data("sites")[self.site]
        self.side = self.chance.choice(("left", "right")) if self.place.get("paired") else None
        self.level = self.chance.choice(self.place["levels"]) if "levels" in self.place else None
        self.condition = self.chance.choice(self.place["conditions"])
        self.found = {name: self.chance.choice(self.place[name]) for name in ("normal", "deficit", "lesion", "mild")}

    def _days(self) -> None:
        chance = self.chance
        self.decided = date(2014, 3, 1) + timedelta(days=chance.randrange(1350))
        self.assigned = self.decided - timedelta(days=chance.randint(15, 35))
        self.applied = self.assigned - timedelta(days=chance.randint(3, 14))
        self.ur = self.applied - timedelta(days=chance.randint(3, 24))
        self.visit = self.ur - timedelta(days=chance.randint(5, 14))
        fresh = any(self.site in told["sites"] and not told.get("chronic") for told in data("kinds").values())
        fresh = not data("kinds")[self.first].get("chronic") if self.first else fresh and self.site != "elbow"
        self.acute = self.recent or (fresh and chance.random() < 0.2)
        back = chance.randint(60, 80) if self.acute else chance.randint(620, 3600)
        self.injured = self.visit - timedelta(days=28 if self.recent else back)

    def _worker(self) -> None:
        chance = self.chance
        self.female = chance.random() < 0.5
        born = date(self.ur.year - chance.randint(32, 63), chance.randint(1, 12), chance.randint(1, 28))
        self.age, self.age_then = _age(born, self.ur), _age(born, self.injured)
        self.job = chance.choice(data("shared")["jobs"])
        self.event = chance.choice(self.place["events"])
        pronouns = ("she", "her", "her", "herself") if self.female else ("he", "his", "him", "himself")
        self.words = {
            "he": pronouns[0], "He": upper(pronouns[0]), "his": pronouns[1], "His": upper(pronouns[1]),
            "him": pronouns[2], "himself": pronouns[3], "age": self.age, "age_then": self.age_then, "job": self.job,
            "event": self.event, "noun": "woman" if self.female else "man", "sex": "female" if self.female else "male",
            "condition": self.condition, "part": f"{self.side} {self.place['part']}" if self.side else self.place["part"],
            "bare": self.place["part"], "other_side": {"left": "right", "right": "left"}.get(self.side or "", ""),
            "since": _since(self.injured, self.visit),
        }  # fmt: skip
        days = {"injured": self.injured, "visit": self.visit, "ur": self.ur, "application": self.applied}
        self.words |= {name: written(day, self.frames["dates"]) for name, day in days.items()}

    # --- what is asked for ---

    def _kinds(self) -> list[str]:
        kinds = data("kinds")
        fits = [
            kind
            for kind, told in kinds.items()
            if self.site in told["sites"] and kind not in _ANCILLARY and not (self.acute and told.get("chronic"))
        ]
        self.chance.shuffle(fits)
        chosen = ["surgery"] if self.first in _ANCILLARY else [self.first] if self.first else [fits[0]]
        self.decisions: dict[str, tuple[Decision, list[str]]] = {}
        self._decide(str(chosen[0]))
        for kind in fits:
            if len(chosen) >= self.items:
                break
            if kind not in chosen and self._decide(kind):
                chosen.append(kind)
        if chosen[0] == "surgery" and (self.first in _ANCILLARY or self.chance.random() < 0.5):
            denied = self.decisions["surgery"][0] is Decision.UPHELD
            chosen += [k for k in _ANCILLARY if denied or not kinds[k].get("dependent_only")]
        return [str(kind) for kind in chosen]

    def _decide(self, kind: str) -> bool:
        """Chooses a decision and its facts, so that no two facts of the letter are of one topic. Whether there is one."""
        told, facts = data("kinds")[kind], data("facts")
        choices = [(Decision.OVERTURNED, ids) for ids in told["granted"]] + [
            (Decision.UPHELD, ids) for ids in told["denied"]
        ]
        self.chance.shuffle(choices)
        used = set(told.get("uses", ()))
        for decision, ids in choices:
            topics = {facts[id]["topic"]: id for id in ids}
            if used & set(self.facts) or any(self.facts.get(topic, id) != id for topic, id in topics.items()):
                continue
            self.facts |= topics
            self.facts |= dict.fromkeys(used, "")
            self.decisions[kind] = (decision, ids)
            return True
        return False

    def _item(self, number: int, kind: str, chosen: list[str]) -> DraftItem:
        if kind in _ANCILLARY:
            self._decide_ancillary(kind)
        told, chance = data("kinds")[kind], self.chance
        request = self._request(kind, told)
        source = source_for(told["cites"], self.site, self.ur)
        heading = chance.choice(told["headings"])
        if "retrospective" in told and chance.random() < 0.4:
            heading = chance.choice(told["retrospective"])
            request = replace(request, service=self.visit)
        parts, whole = None, 0
        if "partial" in told and chance.random() < 0.3:
            heading = chance.choice(told["partial"])
            whole = max(4, (request.quantity or 12) // 2 * 2)
            given = whole // 2 if chance.random() < 0.6 else max(2, whole // 3)
            rest = whole - given
            request = replace(request, quantity=rest, times=None, weeks=None)
            parts = tuple(named(heading, replace(request, quantity=q)) for q in (whole, given, rest))
        return DraftItem(
            number=number,
            request=request,
            heading=heading,
            decision=self.decisions[kind][0],
            claims=claims_line(source, self.site, self.ur, chance),
            reviewer=source.line,
            source=source,
            reasons=[],
            parts=parts,  # type: ignore[arg-type]
            whole=whole,
        )

    def _decide_ancillary(self, kind: str) -> None:
        denied = self.decisions["surgery"][0] is Decision.UPHELD
        if denied:
            self.decisions[kind] = (Decision.UPHELD, [])
        elif kind not in self.decisions:
            self._decide(kind)

    def _request(self, kind: str, told: dict[str, Any]) -> Request:
        chance = self.chance
        request = Request(kind=kind, site=self.site, part=self.place["part"], side=self.side)
        if told.get("frequency"):
            times, weeks = chance.choice((2, 3)), chance.choice((3, 4, 6))
            request = replace(request, times=times, weeks=weeks, quantity=times * weeks)
        if "drugs" in told:
            drug, dose, form = chance.choice(told["drugs"])
            request = replace(request, drug=drug, dose=dose, form=form, quantity=chance.choice((30, 60, 90, 120)))
        elif not told.get("frequency"):
            request = replace(request, quantity=chance.choice(told.get("quantities", (6, 8, 10, 12))))
        if told.get("levels"):
            request = replace(request, level=self.level)
        if told.get("acquisition"):
            request = replace(request, acquisition=chance.choice(("purchase", "rental")))
        if kind == "home_health":
            request = replace(request, hours=chance.choice((2, 4, 6)), weeks=chance.choice((2, 4, 6)))
        if kind in ("surgery", *_ANCILLARY):
            request = replace(request, operation=self.place["operation"]["name"])
            if self.place["operation"].get("at_level"):
                request = replace(request, level=self.level)
        return request

    def _mend_dependents(self, items: list[DraftItem]) -> None:
        """What falls with its operation is worded so."""
        surgery = next(item for item in items if item.request.kind == "surgery")
        self.operation = named("{operation}", surgery.request)

    # --- words ---

    def _fill(self, frame: str, item: DraftItem | None = None, **more: object) -> tuple[str, dict[str, Name]]:
        names: dict[str, Name] = {}
        words: dict[str, object] = {**self.words, **more}
        if item is not None:
            told = data("kinds")[item.request.kind]
            templates = told.get("partial_names") if item.parts else None
            template = self.chance.choice(templates or told["names"])
            for field, capital in (("name", False), ("Name", True)):
                if f"{{{field}}}" in frame:
                    mark = f"\x00{item.number}{field}\x00"
                    names[mark] = Name(template=template, item=item.number, capital=capital)
                    words[field] = mark
        return frame.format(**words), names

    def _fact(self, id: str, which: str, request: Request | None) -> str:
        frame = self.chance.choice(data("facts")[id][which])
        drug = (request.drug if request else None) or "the drug"
        return frame.format(**self.words, **self.found, drug=drug, Drug=upper(drug))

    def _summary(self, items: list[DraftItem]) -> list[Sentence]:
        drug_of = {id: item.request for item in items for id in self.decisions[item.request.kind][1]}
        found: list[Sentence] = []
        for role, frames in self.frames["summary"].items():
            if role == "course":
                told = [self._fact(id, "summary", drug_of.get(id)) for id in self.facts.values() if id]
                lead = frames.replace("{facts}", "").strip()
                found += [
                    Sentence(role="fact", marked=f"{lead} {text}" if lead and not n else text)
                    for n, text in enumerate(told)
                ]
            elif role == "request":
                found.append(self._requests(self.chance.choice(frames), items))
            elif role == "ur" and any(item.parts for item in items):
                text, _ = self._fill(self.chance.choice(data("shared")["partly"]))
                found.append(Sentence(role=role, marked=text))
            elif role != "aside" or (self.side and self.chance.random() < 0.5) or "other_side" not in frames[0]:
                text, _ = self._fill(self.chance.choice(frames))
                found.append(Sentence(role=role, marked=text))
        return found

    def _requests(self, frame: str, items: list[DraftItem]) -> Sentence:
        """The sentence that names all that is requested."""
        marks, names = [], {}
        for item in items:
            told = data("kinds")[item.request.kind]
            template = self.chance.choice((item.parts and told.get("partial_names")) or told["names"])
            if item.whole:
                marks.append(named(template, replace(item.request, quantity=item.whole)))
                continue
            mark = f"\x00{item.number}summary\x00"
            names[mark] = Name(template=template, item=item.number)
            marks.append(mark)
        listed = ", and ".join(["; ".join(marks[:-1]), marks[-1]]) if len(marks) > 1 else marks[0]
        text, _ = self._fill(frame, names=listed)
        return Sentence(role="request", marked=text, names=names)

    def _reasons(self, item: DraftItem) -> list[Sentence]:
        told = data("kinds")[item.request.kind]
        ids = self.decisions[item.request.kind][1]
        word = "yes" if item.granted else "no"
        cite = self.chance.choice(item.source.called)
        facts = [self._fact(id, "reason", item.request) for id in ids]
        more = {
            "cite": cite, "Cite": upper(cite), "asks": self.chance.choice(told["asks"]), "treatment": told["treatment"],
            "Treatment": upper(told["treatment"]), "reason": facts[0] if facts else "", "Reason": upper(facts[0]) if facts else "",
        }  # fmt: skip
        if item.request.kind in _ANCILLARY and not ids:
            return self._dependent(item, word)
        found: list[Sentence] = []
        for role, frames in self.frames["reasons"].items():
            chosen = frames[word] if isinstance(frames, dict) else frames
            if role == "facts2":
                found += [self._fact_sentence(chosen, fact) for fact in facts[1:]]
            elif role == "aside":
                if self.side and self.chance.random() < 0.5:
                    found.append(self._sentence(role, chosen, item, more))
            else:
                found += self._before(role, item, cite, more)
                found.append(self._sentence(role, chosen, item, more))
        return found + self._after(item)

    def _before(self, role: str, item: DraftItem, cite: str, more: dict[str, object]) -> list[Sentence]:
        """The way down the ladder, told before the rule, and why one of two sources counts."""
        if role != "rule":
            return []
        found = []
        if item.source.outside:
            ladder = "ladder" if self.ur >= SEQUENCE else "ladder_before_sequence"
            found.append(self._sentence("ladder", data("shared")[ladder], item, more))
        elif "Disability" in item.claims:
            found.append(self._sentence("weigh", data("shared")["weigh"], item, more))
        return found

    def _after(self, item: DraftItem) -> list[Sentence]:
        if item.request.kind == "opioid" and not item.granted:
            return [self._sentence("tapering", data("shared")["tapering"], item, {})]
        return []

    def _fact_sentence(self, frames: list[str], fact: str) -> Sentence:
        text, _ = self._fill(self.chance.choice(frames), reason2=fact, Reason2=upper(fact))
        return Sentence(role="facts", marked=text)

    def _dependent(self, item: DraftItem, word: str) -> list[Sentence]:
        text = self.chance.choice(data("shared")["dependent"]).format(operation=self.operation)
        verdict = self._sentence("verdict", self.frames["reasons"]["verdict"][word], item, {})
        return [Sentence(role="dependent", marked=text), verdict]

    def _sentence(self, role: str, frames: list[str], item: DraftItem, more: dict[str, object]) -> Sentence:
        text, names = self._fill(self.chance.choice(frames), item, **more)
        return Sentence(role=role, marked=text, names=names)

    # --- the frame of the letter ---

    def _header(self) -> Header:
        return Header(
            case_number=f"CM{self.applied:%y}-9{self.chance.randrange(10**6):06d}",
            date_assigned=self.assigned,
            date_of_injury=self.injured,
            decision_date=self.decided,
            ur_denial_date=self.ur,
            priority="Standard",
            application_received=self.applied,
        )

    def _reviewer(self, items: list[DraftItem]) -> ReviewerCredentials:
        kinds = {data("kinds")[item.request.kind]["like"] for item in items}
        chosen: list[str] = []
        if kinds & {"surgery", "ancillary"}:
            chosen.append("Orthopedic Surgery")
        if "psych" in kinds:
            chosen.append(self.chance.choice(("Psychiatry", "Psychology")))
        if kinds - {"surgery", "ancillary", "psych"}:
            other = ("Physical Medicine & Rehabilitation", "Occupational Medicine")
            chosen.append(self.chance.choice(other if not chosen else other[:1]))
        states = self.chance.sample(data("shared")["states"], self.chance.choice((1, 1, 2)))
        return ReviewerCredentials(licensure=tuple(states), specialties=tuple(chosen))

    def _documents(self) -> tuple[str, ...]:
        documents = data("shared")["documents"]
        chosen = documents[:3] + self.chance.sample(documents[3:], self.chance.randint(0, 3))
        return tuple(line.format(**self.words) for line in chosen)


def make(
    family: str, seed: int, *, kinds: tuple[str, ...] = (), items: int | None = None, recent: bool = False
) -> Draft:
    """A clean letter. `kinds`: one of these treatments is the first item; `items`: how many at most (one to four, as
    the seed has it); `recent`: the injury is four weeks old at the visit."""
    count = items or Random(f"{family} {seed}").choice((1, 1, 2, 2, 3, 4))
    return _Maker(family, seed, kinds, count, recent=recent).make()


def source_of(item: DraftItem, day: date) -> Source:
    """The source that answers the item on a day."""
    return source_for(data("kinds")[item.request.kind]["cites"], item.request.site, day)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _since(start: date, end: date) -> str:
    """The time between two days in words, in whole months or years."""
    months = (end.year - start.year) * 12 + end.month - start.month
    day = min(start.day, calendar.monthrange(end.year, end.month)[1])
    months -= end.day < day
    if months < 24:
        return f"{(end - start).days // 7} weeks" if months < 6 else f"{months} months"
    return f"{months // 12} years" if months % 12 < 3 else f"{months} months"

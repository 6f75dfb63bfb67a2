"""Made-up archives of applications with known truth, in the shape of `law.applications`: for replays, benches, tests.

    for application in applications(load_pack(), count=1000, seed=7):
        print(json.dumps(application, default=str))

The applications of an archive are in the order of the decisions they dispute. `planted` holds the truth: for each
disputed item the ground that was put in, or None. Days are drawn around the last day that the pack gives, so most are
in time, some by a day. The same pack, count and seed give the same archive.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from evenhand.law import Means, Pack
from evenhand.law.facts import Address
from evenhand.synthetic import filings, grounds
from evenhand.synthetic.filings import DIAGNOSES, GUIDELINES, REASONS, SITES, TREATMENTS, Treatment

DAY = timedelta(days=1)
Plain = dict[str, Any]


def applications(pack: Pack, *, count: int, seed: int) -> Iterator[Plain]:
    """`count` applications as plain data, one by one."""
    chance = Random(seed)  # noqa: S311  (nothing here is a secret)
    maker = _Maker(pack, chance, filings.people(chance, pack.programme.home_state))
    days, often = _working_days(pack.programme.begins)
    for number in range(1, count + 1):
        place = (number - 1 + chance.random()) / count * often[-1]
        yield maker.application(number, days[min(bisect(often, place), len(days) - 1)])


def _working_days(begins: date) -> tuple[list[date], list[float]]:
    """The days on which utilization review decides, and how many applications there are up to each."""
    span = (filings.LAST_DECISION - begins).days
    days = [day for n in range(span + 1) if (day := begins + n * DAY).weekday() < 5 and day.year in filings.YEARS]
    in_year = {year: sum(day.year == year for day in days) for year in filings.YEARS}
    return days, list(accumulate(filings.YEARS[day.year][0] / in_year[day.year] for day in days))


@dataclass
class Draft:
    """An application in the making: its plain data, and what a planted ground must know to put itself in."""

    pack: Pack
    chance: Random
    plain: Plain
    decided: date
    served: date
    safe: date
    """The last day to apply under the shortest reading, for the item that has the least time."""
    late_after: date
    """The last day under the longest reading, for the item that has the most."""
    safe_of: list[date]
    planted: list[str | None] = field(default_factory=list)

    @property
    def application(self) -> Plain:
        """The application form."""
        return self.plain["application"]  # type: ignore[no-any-return]

    @property
    def decision(self) -> Plain:
        """The utilization review decision."""
        return self.plain["ur_decision"]  # type: ignore[no-any-return]

    def receive(self, on: date) -> None:
        """The application is received on `on`, signed a little earlier, and screened a little later."""
        filing = self.application["filing"]
        filing["received_on"] = on
        if self.application.get("signature"):
            signed = max(self.served, on - self.chance.randrange(6) * DAY)
            self.application["signature"]["signed_on"] = signed
        self.plain["screened_on"] = on + self.chance.randrange(1, 25) * DAY


@dataclass(frozen=True)
class _Maker:
    pack: Pack
    chance: Random
    people: filings.People

    def application(self, number: int, decided: date) -> Plain:
        draft = self._draft(number, decided)
        draft.planted = [None] * len(draft.decision["items"])
        draft.receive(self._in_time(draft))
        grounds.plant(draft)
        draft.plain["planted"] = draft.planted
        draft.plain["clocks"] = self._clocks(draft)
        return draft.plain

    def _draft(self, number: int, decided: date) -> Draft:
        served = decided + (self.chance.random() < 0.2) * DAY
        treatments = self._treatments(decided)
        worker = self._worker(decided, served)
        service = self._service(served, worker["address"])
        region = _region(self.pack, service["served_at"]["state"], service["served_at"]["country"])
        clocks = [
            _time_to_apply(self.pack, decided, served, service["means"], region, item.drug) for item, _ in treatments
        ]
        plain = {
            "id": f"A-{number:07}",
            "screened_on": served,
            "application": self._form(decided, worker, treatments),
            "request_for_authorization": self._request(decided, treatments),
            "ur_decision": self._decision(decided, service, treatments),
        }
        return Draft(
            pack=self.pack,
            chance=self.chance,
            plain=plain,
            decided=decided,
            served=served,
            safe=min(safe for safe, _ in clocks),
            late_after=max(late for _, late in clocks),
            safe_of=[safe for safe, _ in clocks],
        )

    def _in_time(self, draft: Draft) -> date:
        """A day within the time to apply; many come in the last days of it."""
        window = (draft.safe - draft.served).days
        if self.chance.random() < 0.03:
            return draft.safe
        return draft.served + max(1, int(window * self.chance.random() ** 0.7)) * DAY

    def _treatments(self, decided: date) -> list[tuple[Treatment, str]]:
        """What is disputed: each treatment with its words, no two alike."""
        count = self.chance.choices(tuple(filings.ITEMS), tuple(filings.ITEMS.values()))[0]
        drugs = 1.6 if decided.year < 2018 else 0.8
        often = [each.often * (drugs if each.drug else 1) for each in TREATMENTS]
        found: dict[str, Treatment] = {}
        for each in self.chance.choices(TREATMENTS, often, k=count):
            text = each.text.format(n=self.chance.choice((3, 4, 6, 8, 9, 12)), site=self.chance.choice(SITES))
            found[text] = each
        return [(each, text) for text, each in found.items()]

    def _worker(self, decided: date, served: date) -> Plain:
        chance, draw = self.chance, self.chance.random()
        state, country = self.people.state, "US"
        if draw < 0.04:
            state = chance.choice(filings.OTHER_STATES)
        elif draw < 0.045:
            state, country = "Jalisco", "Mexico"
        injured = decided - int(20 + 3000 * chance.random() ** 2) * DAY
        first = _first_day(self.pack, "programme_start_injury", decided)
        if injured < first and served < _first_day(self.pack, "programme_start_communicated", decided):
            injured = min(first + chance.randrange(60) * DAY, decided)
        return {
            "first_name": filings.name(chance),
            "last_name": filings.name(chance),
            "address": filings.address(chance, state, country),
            "phone": filings.phone(chance),
            "date_of_birth": injured - chance.randrange(18 * 365, 64 * 365) * DAY,
            "claim_number": f"{chance.randrange(10**7):07}-{chance.randrange(100):02}",
            "date_of_injury": injured,
            "employer_name": f"{filings.name(chance)} Company",
        }

    def _service(self, served: date, address: Plain) -> Plain:
        means = self.chance.choices(tuple(filings.MEANS), tuple(filings.MEANS.values()))[0]
        return {"served_on": served, "means": means, "declarant": filings.name(self.chance), "served_at": address}

    def _form(self, decided: date, worker: Plain, treatments: list[tuple[Treatment, str]]) -> Plain:
        chance = self.chance
        diagnosis, icd10 = chance.choice(DIAGNOSES)
        filed_by = chance.choices(tuple(filings.FILED_BY), tuple(filings.FILED_BY.values()))[0]
        form = {
            "ur_type": "expedited" if chance.random() < 0.01 else "regular",
            "employee": worker,
            "requesting_physician": self.people.physician(chance),
            "claims_administrator": chance.choice(self.people.administrators),
            "disputed": {
                "primary_diagnosis": diagnosis,
                "icd10": icd10,
                "ur_determination_date": decided,
                "items": [{"ur_item": n, "text": text} for n, (_, text) in enumerate(treatments, start=1)],
            },
            "filing": {
                "filed_by": filed_by,
                "means": chance.choice(("mail", "mail", "fax", "electronic")),
                "ur_decision_attached": True,
                "threat_certified_by_physician": filed_by == "emergency_provider",
            },
            "signature": {"signed_by": filed_by, "requests_review": True, "consents_to_records": True},
        }
        if filed_by == "attorney":
            form["attorney"] = self._attorney(decided)
        if filed_by == "representative":
            form["designation"] = self._designation(decided)
        return form

    def _attorney(self, decided: date) -> Plain:
        chance = self.chance
        return {
            "name": f"{filings.name(chance)} {filings.name(chance)}",
            "firm": f"{filings.name(chance)} Law",
            "address": filings.address(chance, self.people.state),
            "phone": filings.phone(chance),
            "proof_of_representation_on": decided - chance.randrange(20, 900) * DAY,
        }

    def _designation(self, decided: date) -> Plain:
        return {
            "name": f"{filings.name(self.chance)} {filings.name(self.chance)}",
            "relation": self.chance.choice(("sister", "son", "friend", "spouse")),
            "employee_signed_on": decided + DAY,
            "representative_signed_on": decided + DAY,
        }

    def _request(self, decided: date, treatments: list[tuple[Treatment, str]]) -> Plain:
        diagnosis, icd10 = self.chance.choice(DIAGNOSES)
        asked = decided - self.chance.randrange(2, 8) * DAY
        items = [
            {"number": n, "text": text, "diagnosis": diagnosis, "icd10": icd10, "procedure_code": each.code}
            for n, (each, text) in enumerate(treatments, start=1)
        ]
        told = {"dated": asked, "recommended_on": asked - DAY, "received_on": asked}
        return {**told, "means": "fax", "expedited": False, "items": items}

    def _decision(self, decided: date, service: Plain, treatments: list[tuple[Treatment, str]]) -> Plain:
        return {
            "organisation": self.chance.choice(self.people.organisations),
            "kind": self.chance.choice(("prospective", "prospective", "prospective", "concurrent", "retrospective")),
            "type": "regular",
            "decided_on": decided,
            "service": service,
            "reviewer": self.chance.choice(self.people.reviewers),
            "items": [self._decided(decided, n, *each) for n, each in enumerate(treatments, start=1)],
            "imr_form_enclosed": True,
        }

    def _decided(self, decided: date, number: int, treatment: Treatment, text: str) -> Plain:
        outcomes = _outcomes(self.pack, decided)
        outcome = "modified" if self.chance.random() < 0.2 else self.chance.choice(outcomes)
        item = {
            "number": number,
            "request": text,
            "outcome": outcome,
            "basis": "medical_necessity",
            "guideline": self.chance.choice(GUIDELINES),
            "reason": self.chance.choice(REASONS),
            "formulary_drug": treatment.drug and _formulary(self.pack, decided),
        }
        return {**item, "authorized": "A part of what was requested"} if outcome == "modified" else item

    def _clocks(self, draft: Draft) -> Plain:
        """What started the later time limits: of a petition for what is ineligible, of the review for the rest."""
        known, told = draft.plain["screened_on"] + DAY, {}
        if all(draft.planted):
            told["ineligibility_petition"] = {"on": known, "means": "mail"}
        else:
            told["records_mailed"] = {"on": known, "means": "mail"}
            told["determination"] = {"on": known + self.chance.randrange(5, 40) * DAY}
            told["wcab_petition"] = {"on": known + self.chance.randrange(40, 80) * DAY, "means": "mail"}
        return {rule: clock for rule, clock in told.items() if rule in self.pack.rules()}


@cache
def _region(pack: Pack, state: str, country: str) -> str:
    return pack.region(Address(street="", city="", state=state, zip="", country=country))


@cache
def _formulary(pack: Pack, decided: date) -> bool:
    """Whether drugs had a time limit of their own."""
    return pack.value("formulary_item_clock", decided).value != "application"


@cache
def _outcomes(pack: Pack, decided: date) -> tuple[str, ...]:
    """What a decision must have done to be reviewable."""
    outcomes = pack.value("disputable_outcomes", decided).value
    assert isinstance(outcomes, tuple)
    return outcomes


@cache
def _first_day(pack: Pack, value: str, decided: date) -> date:
    first = pack.value(value, decided).value
    assert isinstance(first, date)
    return first


@cache
def _time_to_apply(pack: Pack, decided: date, served: date, means: str, region: str, drug: bool) -> tuple[date, date]:
    """The last day to apply under the shortest and under the longest reading."""
    rule = str(pack.value("formulary_item_clock", decided).value) if drug else "application"
    deadline = pack.due(rule, served, means=Means(means), region=region, governed_on=decided)
    safe, late = deadline.safe_until, deadline.late_after
    assert isinstance(safe, date) and isinstance(late, date)
    return safe, late

"""Legal dates of a case: set from the law, met, superseded. Every one keeps its arithmetic and citation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from evenhand.law import Confidence, Deadline, Pack
from evenhand.law.facts import Means
from evenhand.law.schema import RuleKind
from evenhand.office.cases.models import Case, DisputedItem, LegalDate, Party
from evenhand.office.working_law import working_law


def pack_of(case: Case) -> Pack:
    """The law of the case's programme as this office applies it."""
    return working_law(case.programme)


def set_date(
    *,
    case: Case,
    label: str,
    rule: str,
    start: date | datetime,
    means: Means = Means.PERSONAL,
    party: Party | None = None,
    item: DisputedItem | None = None,
    governed_on: date | None = None,
    region: str | None = None,
    met_on: date | None = None,
) -> Deadline:
    """Computes a legal date and keeps it. A date of the same rule (and party, and item) is superseded, not overwritten."""
    where = region or (party.region if party is not None else "") or None
    deadline = pack_of(case).due(rule, start, means=means, governed_on=governed_on, region=where)
    keep_date(case=case, label=label, deadline=deadline, party=party, item=item, met_on=met_on)
    return deadline


def keep_date(
    *,
    case: Case,
    label: str,
    deadline: Deadline,
    party: Party | None = None,
    item: DisputedItem | None = None,
    met_on: date | None = None,
) -> None:
    """Keeps a deadline that the law computed."""
    LegalDate.objects.filter(case=case, rule=deadline.rule, party=party, item=item, superseded=False).update(
        superseded=True
    )
    LegalDate.objects.create(
        case=case,
        label=label,
        rule=deadline.rule,
        party=party,
        item=item,
        start=deadline.start.isoformat(),
        due=None if deadline.due is None else deadline.due.isoformat(),
        deadline=deadline.as_json(),
        met_on=met_on,
    )
    refresh_next(case)


def meet(case: Case, rule: str, on: date) -> None:
    """Records on which day what a date was for was done."""
    if LegalDate.objects.filter(case=case, rule=rule, superseded=False, met_on=None).update(met_on=on):
        refresh_next(case)


def refresh_next(case: Case) -> None:
    """Keeps with the case which duty falls due next, so that ten thousand cases can be put in that order."""
    pack = pack_of(case)
    owed = [row for row in case.legal_dates.filter(superseded=False, met_on=None) if row.due and is_duty(pack, row)]
    nearest = min(owed, key=lambda row: (row.due or "", row.id), default=None)
    case.next_due_on = None if nearest is None else date.fromisoformat((nearest.due or "")[:10])
    case.next_due_label = "" if nearest is None else nearest.label
    case.save(update_fields=["next_due_on", "next_due_label"])


def is_duty(pack: Pack, row: LegalDate) -> bool:
    """Whether something is owed on that date, unlike a right to petition or a day that is only reckoned from."""
    return pack.rule(row.rule).kind is RuleKind.DUTY


def as_kept(row: LegalDate) -> Deadline:
    """The deadline of a row, as it was computed when it was kept."""
    kept = row.deadline
    start, due, target = (_moment(kept[name]) for name in ("from", "due", "target"))
    assert start is not None  # every deadline has a start
    known = due or start
    return Deadline(
        rule=kept["rule"],
        title=kept["title"],
        start=start,
        due=due,
        target=target,
        safe_until=known,
        late_after=known,
        steps=tuple(kept["steps"]),
        citation=kept["citation"],
        confidence=Confidence(kept["confidence"]),
        calendar=kept["calendar"],
        unknown=kept["unknown"],
        caution=kept["caution"],
    )


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def said(deadline: Deadline) -> dict[str, Any]:
    """What an event says of a date."""
    answer = deadline.as_json()
    return {key: answer[key] for key in ("rule", "from", "due", "citation", "confidence")}

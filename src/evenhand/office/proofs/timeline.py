"""The legal dates of a case, in order, each with its arithmetic: as data and as text."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.law.schema import FeeLaw, Rule, RuleKind
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case, LegalDate
from evenhand.office.cases.queries import dates


def timeline(case: Case) -> dict[str, Any]:
    """Every legal date of the case: rule, from, due, met on which day, in time or late, steps, citation, confidence."""
    entries = [_entry(row) for row in dates(case)]
    fee = getattr(case, "fee", None)
    return {
        "case_number": case.number,
        "state": case.state,
        "replayed": case.replay_of is not None,
        "entries": sorted(entries, key=lambda e: (e["due"] or "9999", e["rule"])),
        "fee": None if fee is None else {"amount": None if fee.amount is None else str(fee.amount), **fee.explanation},
        "unverified": [f"{e['label']}: {e['caution']}" for e in entries if e["caution"]],
        "changed_since": _changed_since(case),
    }


def timeline_text(case: Case) -> str:
    """The time line for people, one date a block, the arithmetic under it."""
    told = timeline(case)
    lines = [f"Time line of case {told['case_number']} ({told['state']})", ""]
    for entry in told["entries"]:
        due = _day(entry["due"]) if entry["due"] else "no date can be given"
        lines.append(f"{due:<16}  {entry['label']}: {entry['status']}")
        lines += [f"                  {step}" for step in entry["steps"]]
        lines.append(f"                  {entry['citation']} [{entry['confidence']}; holidays: {entry['calendar']}]")
        if entry["caution"]:
            lines.append(f"                  Not verified: {entry['caution']}")
        lines.append("")
    fee = told["fee"]
    if fee is not None:
        amount = f"${fee['amount']}" if fee["amount"] else f"no amount can be given: {fee.get('unknown') or 'unknown'}"
        lines.append(f"Fee               {amount} ({fee.get('citation', '')})")
    if told["changed_since"]:
        lines += [
            "",
            "The same steps today. This case follows the law of its dates; what came later nobody has verified:",
        ]
        lines += [f"{since['valid_from']:<16}  {since['title']}: {since['caution']}" for since in told["changed_since"]]
    return "\n".join(lines).rstrip() + "\n"


def _changed_since(case: Case) -> list[dict[str, str]]:
    """Rules of this case, and fees, that were changed after the date that governed them and that nobody has verified since."""
    pack = pack_of(case)
    laws: dict[str, tuple[Rule | FeeLaw, date]]
    laws = {row.rule: (pack.rule(row.rule), date.fromisoformat(row.start[:10])) for row in dates(case)}
    laws |= {f"fee_{name}": (law, case.opened_on) for name, law in pack.fees.items()}
    found: dict[str, dict[str, str]] = {}
    for name, (law, governed_on) in sorted(laws.items()):
        for version in law.versions:
            if version.valid_from > governed_on and (version.unknown or not version.confidence.verified):
                words = version.unknown or version.caution or "not verified"
                since = version.valid_from.isoformat()
                found[name] = {"rule": name, "title": law.title, "valid_from": since, "caution": words}
    return sorted(found.values(), key=lambda entry: entry["valid_from"])


def _entry(row: LegalDate) -> dict[str, Any]:
    deadline = row.deadline
    return {
        "label": row.label,
        "rule": row.rule,
        "party": row.party.role if row.party else None,
        "item": row.item.number if row.item else None,
        "from": row.start,
        "due": row.due,
        "target": deadline["target"],
        "met_on": row.met_on.isoformat() if row.met_on else None,
        "status": _status(row),
        "steps": deadline["steps"],
        "citation": deadline["citation"],
        "confidence": deadline["confidence"],
        "calendar": deadline["calendar"],
        "caution": deadline.get("unknown") or deadline.get("caution"),
    }


def _status(row: LegalDate) -> str:
    if pack_of(row.case).rule(row.rule).kind is RuleKind.MARK:
        return "a day that matters, nothing is due"
    if row.met_on is None:
        return "open"
    met = _day(row.met_on.isoformat())
    if row.due is None:
        return f"done {met}; whether in time cannot be said"
    late = (row.met_on - date.fromisoformat(row.due[:10])).days
    return f"done {met}, in time" if late <= 0 else f"done {met}, {late} {'day' if late == 1 else 'days'} late"


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso[:10]):%a} {iso[:10]}" + (f" {iso[11:16]}" if len(iso) > 10 else "")

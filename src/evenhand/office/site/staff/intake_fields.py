"""Fields of the form for an application, made from the dataclasses of the law: a field of the law is a field of the page."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms

from evenhand.office.site.staff.acts.fields import DayField
from evenhand.office.words import headed, plain

SEPARATOR = "__"
LONG = frozenset({"reason", "ground"})

# What a field is called where its name alone does not say it.
LABELS = {
    "zip": "ZIP code",
    "icd10": "Diagnosis code (ICD)",
    "fax": "Fax",
    "phone": "Telephone",
    "email": "E-mail",
    "eams_case_number": "EAMS case number",
    "wcis_claim_number": "WCIS claim number",
    "firm": "Firm",
    "ur_type": "Review asked for",
    "ur_determination_date": "Date of the utilization review decision, as on the form",
    "ur_decision_attached": "The utilization review decision is attached",
    "copied_to_claims_administrator_on": "Copied to the claims administrator on",
    "threat_certified_by_physician": "The physician certifies an imminent and serious threat (expedited)",
    "requests_review": "Requests review",
    "consents_to_records": "Consents to obtaining the records",
    "modification_after_internal_appeal": "The decision was modified after an internal appeal",
    "collectively_bargained_programme": "The claim is under a collectively bargained program (carve-out)",
    "denied_for_missing_information": "Denied for missing information",
    "imr_form_enclosed": "The application form was enclosed with the decision",
    "found_untimely_by_judge": "A judge found the decision untimely",
    "dated": "Date on the request",
    "recommended_on": "Treatment recommended on",
    "expedited": "Expedited request",
    "licence_state": "State of license",
    "licence_number": "License number",
    "served_on": "Served on",
    "decided_on": "Decided on",
    "organisation": "Organization",
    "relation": "Relation to the employee",
    "name": "Name",
    "kind": "Kind of review",
    "type": "Type",
    "means": "How it came",
    "declarant": "Declarant of the proof of service",
}
HINTS = {
    "filing.received_on": "The day on which it came counts, not the day of posting or of entry.",
    "ur_determination_date": "As the applicant wrote it; it must be that of the decision below.",
    "country": "Two letters; US unless another.",
    "state": "Two letters: CA",
    "proof_of_representation_on": "Without it no papers go to an attorney.",
    "request_for_authorization.received_on": "The time of utilization review runs from it.",
}
PLACES = {
    "served_at": "served at: ",
    "address": "",
    "service": "service: ",
    "resolved_notice": "notice of resolution: ",
}


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One field: its path in the plain data, and the form's field for it."""

    path: str
    field: forms.Field


def leaves(
    kind: type, prefix: str, *, required: bool = True, label: str = "", skip: frozenset[str] = frozenset()
) -> Iterator[Leaf]:
    """The fields of a dataclass and of those inside it. Lists are left to rows. `required` is false inside what may be absent."""
    hints = typing.get_type_hints(kind)
    for entry in dataclasses.fields(kind):
        path = f"{prefix}.{entry.name}" if prefix else entry.name
        inner, absent = _bare(hints[entry.name])
        needed = required and not absent and entry.default is dataclasses.MISSING
        if path in skip or typing.get_origin(inner) is tuple:
            continue
        if dataclasses.is_dataclass(inner):
            words = label + PLACES.get(entry.name, f"{plain(entry.name)}: ")
            yield from leaves(typing.cast(type, inner), path, required=needed, label=words, skip=skip)
        else:
            yield Leaf(path=path, field=_field(inner, entry, path, needed, label))


def _bare(hint: Any) -> tuple[Any, bool]:
    """A type without `None`, and whether it had it."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        rest = [part for part in typing.get_args(hint) if part is not type(None)]
        return rest[0], True
    return hint, False


def _field(inner: Any, entry: dataclasses.Field[Any], path: str, needed: bool, label: str) -> forms.Field:
    words = LABELS.get(
        entry.name, plain(entry.name.removesuffix("_on")) + (" on" if entry.name.endswith("_on") else "")
    )
    small = words if words[:2].isupper() else words[0].lower() + words[1:]
    said = f"{label}{small}" if label else words
    name = said[:1].upper() + said[1:]
    ends = ".".join(path.split(".")[-2:])
    hint = HINTS.get(ends, HINTS.get(entry.name, ""))
    if inner is bool:
        return forms.BooleanField(label=name, help_text=hint, required=False)
    if inner is date:
        return DayField(label=name, help_text=hint, required=needed)
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        choices = [("", "Choose"), *((m.value, headed(m.value)) for m in inner)]
        return forms.ChoiceField(label=name, help_text=hint, required=needed, choices=choices)
    if entry.name in LONG:
        widget = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(label=name, help_text=hint, required=needed, max_length=10_000, widget=widget)
    return forms.CharField(label=name, help_text=hint, required=needed, max_length=400)


def nested(flat: dict[str, Any]) -> dict[str, Any]:
    """Values by path as nested plain data. What is empty is left out, and so is a block in which nothing but a tick stands."""
    whole: dict[str, Any] = {}
    for path, value in flat.items():
        if value in (None, ""):
            continue
        *blocks, last = path.split(".")
        here = whole
        for block in blocks:
            here = here.setdefault(block, {})
        here[last] = value
    return whole


def flat(plain: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested plain data as values by path; lists are left to rows."""
    found: dict[str, Any] = {}
    for name, value in plain.items():
        path = f"{prefix}.{name}" if prefix else name
        if isinstance(value, dict):
            found |= flat(value, path)
        elif not isinstance(value, list):
            found[path] = value
    return found


def only_ticks(block: Any) -> bool:
    """Whether a block holds nothing but boxes that can be ticked: then nobody filled it in."""
    if isinstance(block, dict):
        return all(only_ticks(value) for value in block.values())
    return isinstance(block, bool)

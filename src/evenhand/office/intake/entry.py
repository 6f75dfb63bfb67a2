"""From the form to rows: number, parties, items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenhand.law.facts import Address, Application, OtherParty, PartyRole, UrDecision, UrOutcome
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case, DisputedItem, Party
from evenhand.office.databases import serialise
from evenhand.office.organisation import organisation


def next_case_number(received: date) -> str:
    """The next number of the year in which the application was received, as the organisation writes it: `EH15-0000001`.

    Whoever asks at the same moment waits until this transaction has entered its case.
    """
    stem = f"{organisation().case_prefix}{received:%y}-"
    serialise(f"case numbers {stem}")
    last = Case.objects.filter(number__startswith=stem).order_by("-number").first()
    running = int(last.number.removeprefix(stem)) + 1 if last else 1
    return f"{stem}{running:07d}"


def enter_parties(case: Case, form: Application, others: Sequence[OtherParty], ur: UrDecision) -> None:
    """Who gets notices: employee, attorney, requesting physician, claims administrator. The others are screened for conflicts only.

    The employer is never notified: its claims administrator is (Lab. Code 3762(c)).
    """
    employee, doctor, administrator = form.employee, form.requesting_physician, form.claims_administrator
    _enter(case, PartyRole.EMPLOYEE, employee.name, employee.address, email=employee.email, phone=employee.phone)
    if form.attorney:
        attorney = form.attorney
        _enter(
            case,
            PartyRole.ATTORNEY,
            attorney.name,
            attorney.address,
            attorney.firm,
            attorney.email,
            attorney.phone,
            attorney.fax,
        )
    if form.designation and form.designation.address:
        _enter(case, PartyRole.REPRESENTATIVE, form.designation.name, form.designation.address)
    _enter(
        case,
        PartyRole.REQUESTING_PHYSICIAN,
        doctor.name,
        doctor.address,
        doctor.practice_name,
        phone=doctor.phone,
        fax=doctor.fax,
    )
    _enter(
        case,
        PartyRole.CLAIMS_ADMINISTRATOR,
        administrator.contact_name,
        administrator.address,
        administrator.company,
        administrator.email,
        administrator.phone,
        administrator.fax,
    )
    known = {
        (PartyRole.EMPLOYER, employee.employer_name),
        (PartyRole.UR_ORGANISATION, ur.organisation),
        (PartyRole.UR_REVIEWER, ur.reviewer.name),
    }
    identifiers = {(other.role, other.name): other.identifier for other in others}
    for role, name in sorted(known | set(identifiers)):
        Party.objects.create(case=case, role=role.value, name=name, identifier=identifiers.get((role, name)) or "")


def _enter(
    case: Case,
    role: PartyRole,
    name: str,
    address: Address,
    organisation: str = "",
    email: str | None = None,
    phone: str = "",
    fax: str | None = None,
) -> None:
    Party.objects.create(
        case=case,
        role=role.value,
        name=name,
        organisation=organisation,
        address=list(address.lines()),
        region=pack_of(case).region(address),
        email=email or "",
        phone=phone,
        fax=fax or "",
        notified=True,
    )


def enter_items(case: Case, form: Application, ur: UrDecision) -> None:
    """The disputed items, each with what utilization review left of it."""
    reviewed = {item.number: item for item in ur.items}
    for number, entry in enumerate(form.disputed.items, start=1):
        item = reviewed.get(entry.ur_item)
        partly = item is not None and item.outcome is UrOutcome.MODIFIED and item.authorized is not None
        DisputedItem.objects.create(
            case=case,
            number=number,
            ur_item=entry.ur_item,
            text=entry.text,
            original_request=item.request if item and partly else None,
            authorized=item.authorized if item and partly else None,
            eligible_portion=(item.disputed or entry.text) if item and partly else None,
            formulary_drug=bool(item and item.formulary_drug),
        )

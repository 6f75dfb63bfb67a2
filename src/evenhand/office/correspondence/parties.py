"""Parties move, take another attorney, or another claims administrator takes the claim over. What stood before stays."""

from __future__ import annotations

from datetime import date

from evenhand.law import Refused as LawRefused
from evenhand.law.facts import Address, Attorney, ClaimsAdministrator, PartyRole
from evenhand.law.versions import in_force
from evenhand.office.cases.clocks import as_kept, keep_date, pack_of, said, set_date
from evenhand.office.cases.models import Case, Party
from evenhand.office.cases.queries import party as party_in
from evenhand.office.correspondence.addresses import keep_former
from evenhand.office.correspondence.models import PartyAddress, PartyChange
from evenhand.office.events.chain import Actor, append
from evenhand.office.people.acts import act
from evenhand.office.people.models import CaseAccess
from evenhand.office.refusals import Refused


@act("change_address")
def change_address(
    *,
    actor: Actor,
    case: Case,
    party: int,
    from_on: date,
    address: Address | None = None,
    phone: str | None = None,
    fax: str | None = None,
    email: str | None = None,
) -> PartyAddress:
    """A party (by its key) is reached otherwise from a day on. What is not given stays; an empty text takes it away.

    Papers served on an earlier day went, and go, to the earlier address.
    """
    row = _of_case(case, party)
    given = {"phone": phone, "fax": fax, "email": email}
    new = {name: getattr(row, name) if value is None else value.strip() for name, value in given.items()}
    lines, region = (list(address.lines()), _region(case, address)) if address else (row.address, row.region)
    before = {"phone": row.phone, "fax": row.fax, "email": row.email}
    changed = sorted(name for name in new if new[name] != before[name]) + (["address"] if lines != row.address else [])
    if not changed:
        raise Refused(
            what="nothing is different from what stands already",
            why="an empty change tells nobody anything",
            next="check it",
        )
    keep_former(row, actor.username)
    entry = PartyAddress.objects.create(
        party=row,
        from_on=from_on,
        organisation=row.organisation,
        address=lines,
        region=region,
        recorded_by=actor.username,
        **new,
    )
    newest = max(row.addresses.all(), key=lambda r: (r.from_on or date.min, r.pk))
    row.address, row.region = newest.address, newest.region
    row.phone, row.fax, row.email = newest.phone, newest.fax, newest.email
    row.save(update_fields=["address", "region", "phone", "fax", "email"])
    append(
        actor=actor,
        chain=case.chain,
        kind="address_changed",
        effective=from_on,
        data={"party": row.role, "changed": changed},
    )
    return entry


@act("change_attorney")
def change_attorney(
    *, actor: Actor, case: Case, attorney: Attorney | None, from_on: date, told_on: date
) -> PartyChange:
    """Another attorney stands for the employee from a day on, the first one, or (`None`) nobody any more.

    The former attorney stays in the history and gets no more notices; its accounts no longer see the case. A new one needs the
    day of the proof of representation.
    """
    former = _standing(case, PartyRole.ATTORNEY)
    if attorney is None and former is None:
        raise Refused(
            what=f"the employee in case {case.number} has no attorney",
            why="nobody leaves who was not there",
            next="name the attorney who comes",
        )
    if attorney is not None and attorney.proof_of_representation_on is None:
        raise Refused(
            what="the proof of representation has no date",
            why="papers about the employee's treatment go only to whoever is shown to represent the employee",
            next="enter the day of the notice of representation or of the substitution",
        )
    successor = None
    if attorney is not None:
        successor = _join(
            case,
            PartyRole.ATTORNEY,
            attorney.name,
            attorney.firm,
            attorney.address,
            attorney.phone,
            attorney.fax,
            attorney.email,
            from_on,
            actor,
        )
    proof = attorney.proof_of_representation_on if attorney else None
    change = _record(case, PartyRole.ATTORNEY, former, successor, from_on, told_on, actor, proof_on=proof)
    append(
        actor=actor,
        chain=case.chain,
        kind="attorney_changed",
        effective=from_on,
        data={
            "left": former is not None,
            "joined": successor is not None,
            "told_on": told_on.isoformat(),
            "proof_on": proof.isoformat() if proof else None,
            "screening_needed": change.screening_needed,
        },
    )
    return change


@act("change_claims_administrator")
def change_claims_administrator(
    *, actor: Actor, case: Case, administrator: ClaimsAdministrator, changed_on: date, told_on: date
) -> PartyChange:
    """The claim passed to another claims administrator, of which the office has to be told in time (Lab. Code 4610.5(p)).

    What the former one still owed, the new one owes by the same day.
    """
    former = party_in(case, PartyRole.CLAIMS_ADMINISTRATOR)
    successor = _join(
        case,
        PartyRole.CLAIMS_ADMINISTRATOR,
        administrator.contact_name,
        administrator.company,
        administrator.address,
        administrator.phone,
        administrator.fax,
        administrator.email,
        changed_on,
        actor,
    )
    change = _record(case, PartyRole.CLAIMS_ADMINISTRATOR, former, successor, changed_on, told_on, actor)
    _hand_over(case, former, successor)
    due = None
    rule = "administrator_change_notice"
    if in_force(pack_of(case).rule(rule).versions, changed_on) is not None:
        label = "The change of claims administrator is told"
        due = said(set_date(case=case, label=label, rule=rule, start=changed_on, party=successor, met_on=told_on))
    append(
        actor=actor,
        chain=case.chain,
        kind="claims_administrator_changed",
        effective=changed_on,
        data={"told_on": told_on.isoformat(), "due": due, "screening_needed": change.screening_needed},
    )
    return change


def _of_case(case: Case, key: int) -> Party:
    row = case.parties.filter(pk=key).first()
    if row is None:
        raise Refused(
            what=f"case {case.number} has no such party",
            why="an address belongs to a party of the case",
            next="choose one of the case's parties",
        )
    return row


def _standing(case: Case, role: PartyRole) -> Party | None:
    """Who stands in the role now."""
    return case.parties.filter(role=role.value, notified=True).first()


def _join(
    case: Case,
    role: PartyRole,
    name: str,
    organisation: str,
    address: Address,
    phone: str,
    fax: str | None,
    email: str | None,
    from_on: date,
    actor: Actor,
) -> Party:
    """The new party's row; somebody who comes back gets the old row, with the new address in its history."""
    values = {
        "organisation": organisation,
        "address": list(address.lines()),
        "region": _region(case, address),
        "phone": phone,
        "fax": fax or "",
        "email": email or "",
    }
    row = case.parties.filter(role=role.value, name=name).first()
    if row is None:
        return Party.objects.create(case=case, role=role.value, name=name, notified=True, **values)
    if row.notified:
        raise Refused(
            what=f"{name} stands in this role already",
            why="a change brings somebody else",
            next="change the address, if that is what changed",
        )
    keep_former(row, actor.username)
    PartyAddress.objects.create(party=row, from_on=from_on, recorded_by=actor.username, **values)
    for field, value in {**values, "notified": True}.items():
        setattr(row, field, value)
    row.save()
    return row


def _record(
    case: Case,
    role: PartyRole,
    former: Party | None,
    successor: Party | None,
    changed_on: date,
    told_on: date,
    actor: Actor,
    proof_on: date | None = None,
) -> PartyChange:
    """Keeps the change; the former party gets no more notices and its accounts no longer see the case."""
    if told_on < changed_on:
        raise Refused(
            what=f"the office was told on {told_on} of a change that came on {changed_on}",
            why="a change is entered from the day on which it holds",
            next="correct one of the two days, or enter it when it holds",
        )
    if former is not None:
        former.notified = False
        former.save(update_fields=["notified"])
        accounts = CaseAccess.objects.filter(case_number=case.number, role=role.value, ended_on=None)
        accounts.update(ended_on=told_on)
    return PartyChange.objects.create(
        case=case,
        role=role.value,
        former=former,
        successor=successor,
        changed_on=changed_on,
        told_on=told_on,
        proof_on=proof_on,
        screening_needed=successor is not None and case.selected_reviewer is not None,
        recorded_by=actor.username,
    )


def _hand_over(case: Case, former: Party, successor: Party) -> None:
    """Open dates of the former party hold for its successor as they were computed."""
    for row in case.legal_dates.filter(party=former, superseded=False, met_on=None):
        row.superseded = True
        row.save(update_fields=["superseded"])
        keep_date(case=case, label=row.label, deadline=as_kept(row), party=successor)


def _region(case: Case, address: Address) -> str:
    try:
        return pack_of(case).region(address)
    except LawRefused as error:
        raise Refused(
            what=str(error),
            why="the region decides by how much service by mail extends time",
            next="check state and country",
        ) from None

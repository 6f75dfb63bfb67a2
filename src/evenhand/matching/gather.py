"""From an application to the case that waits for a reviewer: whom to screen, what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from evenhand.law.facts import Application, OtherParty, PartyRole, UrDecision
from evenhand.matching.facts import CaseToReview, ScreenedParty


def case_to_review(
    id: str,
    application: Application,
    ur_decision: UrDecision,
    *,
    items: Sequence[str],
    due: date,
    other_parties: Iterable[OtherParty] = (),
    earlier_reviewers: tuple[str, ...] = (),
) -> CaseToReview:
    """Gathers everybody whose ties are screened from the papers of the case. `items`: the eligible ones, as worded."""
    physician = application.requesting_physician
    administrator = application.claims_administrator
    named = [
        (PartyRole.EMPLOYEE, application.employee.name, None),
        (PartyRole.EMPLOYER, application.employee.employer_name, None),
        (PartyRole.REQUESTING_PHYSICIAN, f"{physician.first_name} {physician.last_name}", None),
        (PartyRole.REQUESTING_PHYSICIAN, physician.practice_name, None),
        (PartyRole.CLAIMS_ADMINISTRATOR, administrator.company, None),
        (PartyRole.CLAIMS_ADMINISTRATOR, administrator.contact_name, None),
        (PartyRole.UR_ORGANISATION, ur_decision.organisation, None),
        (
            PartyRole.UR_REVIEWER,
            ur_decision.reviewer.name,
            f"{ur_decision.reviewer.licence_state} {ur_decision.reviewer.licence_number}",
        ),
    ]
    if application.attorney:
        named += [
            (PartyRole.ATTORNEY, application.attorney.name, None),
            (PartyRole.ATTORNEY, application.attorney.firm, None),
        ]
    if application.designation:
        named.append((PartyRole.REPRESENTATIVE, application.designation.name, None))
    named += [(party.role, party.name, party.identifier) for party in other_parties]
    identifiers = {(role, name): identifier for role, name, identifier in named if identifier}
    parties = dict.fromkeys((role, name) for role, name, _ in named)
    return CaseToReview(
        id=id,
        items=tuple(items),
        condition=application.disputed.primary_diagnosis,
        parties=tuple(
            ScreenedParty(role=role, name=name, identifier=identifiers.get((role, name))) for role, name in parties
        ),
        priority=application.ur_type,
        due=due,
        earlier_reviewers=earlier_reviewers,
    )

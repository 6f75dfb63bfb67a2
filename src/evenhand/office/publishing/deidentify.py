"""From the letter to the public decision: free text redacted, and refused while a known identity is left in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from evenhand.corpus.decision import Origin, PublishedDecision, decision_of
from evenhand.law.facts import Address, PartyRole
from evenhand.letters.determination import Determination, Guideline, ItemDetermination
from evenhand.office.cases.models import Case
from evenhand.office.events.links import canonical
from evenhand.office.intake.queries import form_of, ur_decision_of
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.identities import require_unnamed
from evenhand.privacy.identity import Identity, IdentityKind
from evenhand.privacy.redact import Removed, redact
from evenhand.privacy.verify import verify
from evenhand.programmes import PUBLIC_PROFILE
from evenhand.reading import from_plain, to_plain

PROFILE = PUBLIC_PROFILE
Bare = Callable[[str], str]  # a text to the same text without identities
SUFFIXES = {"MD", "DO", "DC", "DPM", "PT", "DPT", "PA-C", "NP", "RN", "LAc", "PhD", "PsyD", "DDS", "OD", "Esq"}


def published_decision(case: Case, on: date) -> tuple[PublishedDecision, list[Removed]]:
    """The decision as the public may read it, and what was removed (kind and role, never the value). Raises Refused.

    Individually identifiable is whatever is linked to an employee, employer, claims administrator or any other person or entity
    (Lab. Code 138.7); providers, firms and facilities are removed like the worker.
    """
    letter = from_plain(Determination, case.letter.determination, name=f"determination of {case.number}")
    identities = identities_of(case)
    removed: list[Removed] = []

    def bare(text: str) -> str:
        redaction = redact(text, identities, PROFILE, programme=case.programme)
        removed.extend(redaction.removed)
        return redaction.text

    determination = replace(
        letter,
        source=f"{case.number}.json",
        clinical_case_summary=bare(letter.clinical_case_summary),
        documents_reviewed=tuple(bare(entry) for entry in letter.documents_reviewed),
        items=tuple(_bare_item(item, bare) for item in letter.items),
    )
    decision = decision_of(
        determination,
        programme=case.programme,
        source=Origin.REPLAY if case.replay_of else Origin.OFFICE,
        profile=PROFILE,
        published_on=on,
    )
    require_unnamed(case, canonical(to_plain(decision)), "the published decision")
    verdict = verify(canonical(to_plain(decision)), identities, programme=case.programme)
    if not verdict.clean:
        what = "; ".join(sorted({f"{leak.kind} of the {leak.role.replace('_', ' ')}" for leak in verdict.leaks}))
        raise Refused(
            what=f"the decision of case {case.number} cannot be published: {what} is still in it",
            why="individually identifiable information is removed first (Lab. Code 4610.6(m), 138.7(a))",
            next="reword the passage, or have a person remove it",
        )
    return decision, removed


def identities_of(case: Case) -> tuple[Identity, ...]:
    """Everybody the case knows, with every value that would tell who it is."""
    form = form_of(case)
    employee = form.employee
    found = [
        _one(
            IdentityKind.DATE_OF_BIRTH,
            "employee",
            employee.date_of_birth.isoformat() if employee.date_of_birth else None,
        ),
        _one(
            IdentityKind.NUMBER,
            "employee",
            employee.claim_number,
            employee.eams_case_number,
            employee.wcis_claim_number,
        ),
    ]
    for party in case.parties.all():
        person = party.role in PEOPLE
        found.append(_one(IdentityKind.PERSON if person else IdentityKind.ORGANISATION, party.role, party.name))
        found.append(_one(IdentityKind.ORGANISATION, party.role, party.organisation))
        found.append(_one(IdentityKind.PHONE, party.role, party.phone))
        found.append(_one(IdentityKind.EMAIL, party.role, party.email))
    for role, address in _addresses(case):
        found.append(_one(IdentityKind.ADDRESS, role, address.street, ", ".join(address.lines()), address.zip))
    attorney = form.attorney.fax if form.attorney else None
    found.append(
        _one(IdentityKind.PHONE, "office", form.requesting_physician.fax, form.claims_administrator.fax, attorney)
    )
    for author in sorted(set(case.documents.values_list("author", flat=True))):
        known_person = bool(SUFFIXES & {word.strip(" .") for word in author.split(",")[1:]})
        found.append(_one(IdentityKind.PERSON if known_person else IdentityKind.ORGANISATION, "provider", author))
    return tuple(identity for identity in found if identity.values)


PEOPLE = {
    PartyRole.EMPLOYEE,
    PartyRole.ATTORNEY,
    PartyRole.REPRESENTATIVE,
    PartyRole.REQUESTING_PHYSICIAN,
    PartyRole.CLAIMS_ADMINISTRATOR,
    PartyRole.UR_REVIEWER,
    PartyRole.FAMILY,
}


def _addresses(case: Case) -> Iterable[tuple[str, Address]]:
    form = form_of(case)
    yield "employee", form.employee.address
    yield "requesting_physician", form.requesting_physician.address
    yield "claims_administrator", form.claims_administrator.address
    if form.attorney:
        yield "attorney", form.attorney.address
    yield "employee", ur_decision_of(case).service.served_at


def _one(kind: IdentityKind, role: str, *values: str | None) -> Identity:
    return Identity(kind=kind, role=role, values=tuple(dict.fromkeys(value for value in values if value)))


def _bare_item(item: ItemDetermination, bare: Bare) -> ItemDetermination:
    return replace(
        item,
        item=bare(item.item),
        rationale=bare(item.rationale),
        original_request=item.original_request and bare(item.original_request),
        authorized=item.authorized and bare(item.authorized),
        eligible_portion=item.eligible_portion and bare(item.eligible_portion),
        claims_administrator_guideline=_bare_guideline(item.claims_administrator_guideline, bare),
        imr_guideline=_bare_guideline(item.imr_guideline, bare),
    )


def _bare_guideline(guideline: Guideline, bare: Bare) -> Guideline:
    return replace(guideline, text=bare(guideline.text))

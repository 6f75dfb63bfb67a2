"""What the letter says beside the determination: parties, evidence, what follows by when, what is unverified."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evenhand.law.facts import Means, PartyRole
from evenhand.law.fees import Fee, FeeStage, fee
from evenhand.law.standards import ladder
from evenhand.letters.cite import citation_text
from evenhand.letters.determination import Citation, Decision
from evenhand.letters.own import EvidenceLine, ItemEvidence, NextStep, OwnLetter, Parties, ReviewerStanding
from evenhand.matching.qualifications import from_law
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case, DisputedItem
from evenhand.office.cases.queries import dates, items, notified, party
from evenhand.office.cases.states import ItemState
from evenhand.office.correspondence.compose import letterhead_organisation, means_for, recipient_of, texts_of
from evenhand.office.intake.queries import form_of, request_of
from evenhand.office.reviews.drafting import draft_of
from evenhand.reading import from_plain
from evenhand.treatments import describe
from evenhand.typesetting.parties import Recipient

FINDING_WORDS = {
    "addresses": "Addresses this item; it decides",
    "not_addressed": "Does not address this item",
    "rebutted": "Addresses this item, but better evidence rebuts it",
}


def own_letter(case: Case, *, served_on: date, means: Means) -> OwnLetter:
    """The whole letter of the case, before it is typeset. What is said of the reviewer was computed, not assumed."""
    determination = draft_of(case, served_on)
    form = form_of(case)
    administrator = party(case, PartyRole.CLAIMS_ADMINISTRATOR)
    decided = items(case, ItemState.DECIDED)
    return OwnLetter(
        determination=determination,
        organisation=letterhead_organisation(case),
        parties=Parties(
            employee=form.employee.name,
            claim_number=form.employee.claim_number,
            employer=form.employee.employer_name,
            claims_administrator=administrator.organisation or administrator.name,
            requesting_physician=form.requesting_physician.name,
        ),
        recipients=_recipients(case, means, served_on),
        served_on=served_on,
        condition=form.disputed.primary_diagnosis,
        evidence=tuple(_evidence(case, number, item) for number, item in enumerate(decided, start=1)),
        next_steps=_next_steps(case, served_on),
        standing=_standing(case),
        taper_notice=any(
            i.decision == Decision.UPHELD and "opioid" in (describe(i.text).drug_class or "").lower() for i in decided
        ),
        unverified=_unverified(case),
    )


def fee_of(case: Case) -> Fee:
    """The fee by the law of the day on which the application came; no amount where nobody could verify it."""
    form = form_of(case)
    reviewed = items(case, ItemState.DECIDED)
    return fee(
        pack_of(case),
        submitted_on=form.filing.received_on,
        expedited=case.priority == "expedited",
        pharmacy_only=bool(reviewed) and all(describe(item.text).category == "Pharmaceuticals" for item in reviewed),
        stage=FeeStage.DETERMINED,
    )


def _recipients(case: Case, means: Means, served_on: date) -> tuple[Recipient, ...]:
    """Everybody on whom the letter is served, and the Administrative Director, whose determination it is deemed to be."""
    words = texts_of(case)
    director = Recipient(
        role="administrative_director", name=words.role("administrative_director"), means=Means.ELECTRONIC
    )
    parties = (recipient_of(to, means_for(to, means, served_on), served_on) for to in notified(case))
    return (*parties, director)


def _evidence(case: Case, number: int, item: DisputedItem) -> ItemEvidence:
    steps = ladder(pack_of(case), request_of(case).dated).steps
    titles = {step.code: step.title for step in steps}
    lines = tuple(
        EvidenceLine(
            step=titles[row.step],
            finding=FINDING_WORDS[row.finding],
            reason=row.reason,
            citation="; ".join(citation_text(from_plain(Citation, c, name="citation")) for c in row.citations),
        )
        for row in item.evidence.all()
    )
    return ItemEvidence(item=number, steps=lines)


def _next_steps(case: Case, served_on: date) -> tuple[NextStep, ...]:
    """What may or must follow: petitions, carrying out what was overturned, the effect of what was upheld."""
    decided = list(enumerate(items(case, ItemState.DECIDED), start=1))
    overturned = [number for number, item in decided if item.decision == Decision.OVERTURNED]
    upheld = [number for number, item in decided if item.decision == Decision.UPHELD]
    steps = [*_petitions(case)]
    if overturned:
        steps += _carrying_out(case, served_on, _numbered(overturned))
    effect = next((row for row in dates(case) if row.rule == "ur_effect"), None)
    if upheld and effect is not None and effect.due:
        steps.append(
            NextStep(
                who=texts_of(case).role(PartyRole.REQUESTING_PHYSICIAN),
                what=f"Until this day the utilization review decision on {_numbered(upheld)} stays in effect for the same "
                "request, unless the facts change and that is documented",
                due=date.fromisoformat(effect.due),
                citation=effect.deadline["citation"],
                caution=effect.deadline.get("caution") or "",
            )
        )
    return tuple(steps)


def _petitions(case: Case) -> Iterator[NextStep]:
    for row in dates(case):
        if row.rule == "wcab_petition" and row.party is not None:
            yield NextStep(
                who=texts_of(case).role(row.party.role),
                what="Last day on which a petition to the Workers' Compensation Appeals Board must be filed",
                due=date.fromisoformat(row.due) if row.due else None,
                citation=row.deadline["citation"],
                caution=row.deadline.get("unknown") or row.deadline.get("caution") or "",
            )


def _carrying_out(case: Case, served_on: date, what: str) -> Iterator[NextStep]:
    """It runs from a receipt that is still to come, so the time is told as a period (8 CCR 9792.10.7)."""
    pack = pack_of(case)
    for rule, duty in (
        ("implement_authorise", f"Authorize {what}"),
        ("implement_pay", f"Pay for {what}, if it was already given"),
    ):
        yield NextStep(
            who=texts_of(case).role(PartyRole.CLAIMS_ADMINISTRATOR),
            what=duty,
            due=None,
            period=f"Within {pack.period(rule, served_on)} of receiving this letter",
            citation=pack.due(rule, served_on).citation,
        )


def _numbered(numbers: list[int]) -> str:
    """`item 2`, `items 1, 3 and 4`."""
    if len(numbers) == 1:
        return f"item {numbers[0]}"
    return f"items {', '.join(str(n) for n in numbers[:-1])} and {numbers[-1]}"


def _standing(case: Case) -> ReviewerStanding:
    """What was checked on the day of selection."""
    selection = case.selections.get(ended=False)
    chosen = next(entry for entry in selection.reasons if entry["reviewer"] == selection.reviewer_id)
    asked = from_law(pack_of(case), selection.selected_on)
    failed = [reason for reason in chosen["reasons"] if not reason["permitted"]]
    years, hours = asked.years_of_practice, asked.hours_a_week
    if failed:
        return ReviewerStanding()
    return ReviewerStanding(
        no_affiliation=True,
        years=int(years) if years is not None else None,
        hours=int(hours) if hours is not None else None,
        same_field=selection.fit > 0,
    )


def _unverified(case: Case) -> tuple[str, ...]:
    """Dates and fee of this case that rest on what nobody has verified, a line each."""
    lines = [
        f"{row.label}: {row.deadline.get('unknown') or row.deadline['caution']} ({row.deadline['citation']})"
        for row in dates(case)
        if row.deadline.get("unknown") or row.deadline.get("caution")
    ]
    return tuple(dict.fromkeys(lines))

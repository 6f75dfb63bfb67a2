"""The register, the selection, the acceptance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from evenhand.bundles.bundle import RegisterEntry
from evenhand.law.facts import OtherParty, PartyRole, UrType
from evenhand.matching.facts import CaseToReview
from evenhand.matching.facts import Reviewer as ReviewerFacts
from evenhand.matching.gather import case_to_review
from evenhand.matching.qualifications import from_law
from evenhand.matching.qualify import Assessment
from evenhand.matching.solve import Selection as Answer
from evenhand.matching.solve import solve
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import move_case, require_state
from evenhand.office.cases.queries import items
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.cases.storage import put
from evenhand.office.correspondence.queries import not_in_the_form
from evenhand.office.events.chain import Actor, append, reviewer_tag
from evenhand.office.events.links import canonical, digest
from evenhand.office.intake.queries import form_of, ur_decision_of
from evenhand.office.people.acts import act
from evenhand.office.people.models import RoleGrant, User
from evenhand.office.people.roles import Role
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.identities import CHAIN, is_somebody_else, seal, with_own_person
from evenhand.office.reviewers.models import Reviewer, Selection
from evenhand.reading import from_plain, to_plain


@act("register_reviewers")
def register_reviewers(*, actor: Actor, entries: Sequence[RegisterEntry], on: date) -> None:
    """Enters reviewers or brings them up to date. The name is sealed; the account bears the pseudonymous identifier."""
    for entry in entries:
        _same_person(entry)
        facts = to_plain(entry.reviewer)
        reviewer, _ = Reviewer.objects.update_or_create(
            pk=entry.reviewer.id, defaults={"facts": facts, "registered_on": on}
        )
        seal(reviewer, entry)
        user, made = User.objects.get_or_create(username=entry.reviewer.id)
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        RoleGrant.objects.get_or_create(user=user, role=Role.REVIEWER.value)
    append(
        actor=actor,
        chain=CHAIN,
        kind="reviewers_registered",
        effective=on,
        data={entry.reviewer.id: digest(canonical(to_plain(entry.reviewer))) for entry in entries},
    )


@act("select_reviewer")
def select_reviewer(*, actor: Actor, case: Case, on: date, seed: int, force: str | None = None) -> Selection:
    """Selects who may review and fits best; keeps the reasons for and against every candidate (Lab. Code 139.5(d)).

    `force` insists on one reviewer and is refused where that reviewer may not review. Nobody is ever selected who may not.
    """
    require_state(case, CaseState.RECORDS_COMPLETE, to="select a reviewer")
    register = register_as_of(case, on)
    selection = solve([to_review(case)], register, on, from_law(pack_of(case), on), seed, programme=case.programme)
    assessments = [selection.assessments[case.number, reviewer.id] for reviewer in register]
    chosen = _insisted(assessments, force) if force else _best(case, selection)
    moved = move_case(case, CaseState.REVIEWER_SELECTED, actor)
    case.selected_reviewer = chosen.reviewer
    case.save(update_fields=["selected_reviewer"])
    reasons = [to_plain(a) for a in assessments]
    row = Selection.objects.create(
        case=case,
        reviewer_id=chosen.reviewer,
        selected_on=on,
        permitted=chosen.permitted,
        fit=chosen.fit,
        reasons=reasons,
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="reviewer_selected",
        effective=on,
        data={
            "move": moved,
            "reviewer": reviewer_tag(case.chain, chosen.reviewer),
            "fit": round(chosen.fit, 4),
            "candidates": len(assessments),
            "permitted": sum(a.permitted for a in assessments),
            "reasons": digest(canonical(reasons)),
            "seed": seed,
            "forced": force is not None,
        },
    )
    return row


@act("accept_case")
def accept_case(*, actor: Actor, case: Case, on: date) -> None:
    """The selected reviewer attests to having no conflict and begins."""
    moved = move_case(case, CaseState.IN_REVIEW, actor)
    Selection.objects.filter(case=case, ended=False).update(accepted_on=on)
    append(
        actor=actor,
        chain=case.chain,
        kind="case_accepted",
        effective=on,
        data={"move": moved, "no_conflict_attested": True},
    )


@act("decline_case")
def decline_case(*, actor: Actor, case: Case, reason: str, on: date) -> None:
    """The selected reviewer declines, a conflict or lack of time for one reason; credentialing selects somebody else.

    The reason lies sealed under the case's key. Whoever declined is not selected for this case again.
    """
    if not reason.strip():
        raise Refused(
            what="a case is declined without a reason",
            why="the register must learn of a conflict, and the next selection of an absence",
            next="say in a sentence why",
        )
    moved = move_case(case, CaseState.RECORDS_COMPLETE, actor)
    Selection.objects.filter(case=case, ended=False).update(ended=True)
    case.selected_reviewer = None
    case.save(update_fields=["selected_reviewer"])
    append(
        actor=actor,
        chain=case.chain,
        kind="case_declined",
        effective=on,
        data={"move": moved, "reason": put(case, reason.strip().encode())},
    )


def to_review(case: Case) -> CaseToReview:
    """The case as the matching craft wants it: items in words, everybody whose ties matter, the date it must be decided by."""
    due = next(
        (d.due for d in case.legal_dates.filter(rule__startswith="determination", superseded=False) if d.due), None
    )
    gathered = case_to_review(
        case.number,
        form_of(case),
        ur_decision_of(case),
        items=[item.text for item in items(case, ItemState.ELIGIBLE)],
        due=date.fromisoformat(due[:10]) if due else case.opened_on,
        other_parties=[
            OtherParty(role=PartyRole(p.role), name=name, identifier=(p.identifier or None) if name == p.name else None)
            for p in not_in_the_form(case)
            for name in (p.name, p.organisation)
            if name
        ],
        earlier_reviewers=tuple(case.selections.filter(ended=True).values_list("reviewer_id", flat=True)),
    )
    return replace(gathered, priority=UrType(case.priority))


def register_as_of(case: Case, on: date) -> list[ReviewerFacts]:
    """Every reviewer of the register, with the cases now open added to the load. Raises Refused where there is none."""
    rows = Reviewer.objects.filter(registered_on__lte=on)
    if not rows:
        raise Refused(
            what=f"no reviewer can be selected for case {case.number}: the register is empty",
            why="an expert reviewer with verified credentials decides (Lab. Code 139.5(d))",
            next="enter reviewers (`reviewers.yaml` in a bundle)",
        )
    return [
        with_own_person(from_plain(ReviewerFacts, row.facts, name=f"reviewer {row.pk}")) for row in rows.order_by("pk")
    ]


def _same_person(entry: RegisterEntry) -> None:
    """An identifier stands for one person for ever: another name under it would give somebody's past work to somebody else."""
    known = Reviewer.objects.filter(pk=entry.reviewer.id).first()
    if known is not None and is_somebody_else(known, entry):
        raise Refused(
            what=f"reviewer {entry.reviewer.id} is already somebody else in the register",
            why="a pseudonymous identifier stands for one person, once and for all",
            next="give the new reviewer an identifier of their own",
        )


def _insisted(assessments: Sequence[Assessment], force: str) -> Assessment:
    found = next((a for a in assessments if a.reviewer == force), None)
    if found is None:
        raise Refused(
            what=f"reviewer {force} cannot be selected",
            why="nobody of that identifier is in the register",
            next="name one of the register",
        )
    if not found.permitted:
        against = [reason for reason in found.reasons if not reason.permitted]
        raise Refused(
            what=f"reviewer {force} may not review this case: " + "; ".join(reason.text for reason in against),
            why="; ".join(dict.fromkeys(reason.citation for reason in against)),
            next="let the selection choose among those who may",
        )
    return found


def _best(case: Case, selection: Answer) -> Assessment:
    if not selection.chosen:
        nobody = selection.unassigned[0]
        raise Refused(
            what=f"nobody in the register may review case {case.number}",
            why=nobody.explanation,
            next="; ".join(nobody.would_open) or "recruit a reviewer who meets what is named above",
        )
    return selection.assessments[case.number, selection.chosen[0].reviewer]

"""What the second reader finds in a letter of the office, what of it stands in the way, who set it aside and why.

The case's reviewer explains an error before the draft is handed in; the medical director overrides it before issue. An
explanation is no override: nobody's own word lets the own letter go out. What is set aside is one finding in one text; where
the text changes it is asked anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from evenhand.letters.determination import Determination
from evenhand.letters.second_reader import Finding, Part, Place, Profile, Severity, check_letter
from evenhand.letters.second_reader.never import never_set_aside
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import require_state
from evenhand.office.cases.queries import items
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.events.chain import Actor, append
from evenhand.office.events.links import canonical, digest
from evenhand.office.intake.queries import request_of
from evenhand.office.people.acts import act
from evenhand.office.people.roles import Role
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.identities import require_unnamed
from evenhand.office.reviews.drafting import draft_of
from evenhand.office.reviews.models import FindingOverride
from evenhand.office.reviews.quality import require_another
from evenhand.reading import to_plain

LEAST_REASON = 15
"""Letters. Somebody else must be able to judge the reason afterwards."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """A finding by name, as it is set aside: its code, the item of the letter, the digest of what it says of which text."""

    code: str
    item: int | None
    digest: str

    def __str__(self) -> str:
        return f"{self.code}/{self.item or ''}/{self.digest}"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A finding in its letter: its name, why it can never be set aside, who has."""

    finding: Finding
    name: Named
    never: str = ""
    explained: FindingOverride | None = None
    overridden: FindingOverride | None = None

    @property
    def grave(self) -> bool:
        """Whether it stands in the way until it is set aside."""
        return self.finding.severity is Severity.ERROR

    def stops(self, by: Role) -> bool:
        """Whether it stands in the way of a letter that this role lets go on: the reviewer's draft, the director's issue."""
        aside = self.overridden or (self.explained if by is Role.REVIEWER else None)
        return self.grave and aside is None


def found_in(case: Case, letter: Determination) -> tuple[Found, ...]:
    """What the second reader finds in a letter of the case, and what of it was set aside."""
    findings = check_letter(letter, on=request_of(case).dated, profile=Profile.ISSUE, programme=case.programme)
    aside = {(row.finding, row.role): row for row in case.finding_overrides.all()}
    never = never_set_aside(case.programme)
    named = [(finding, named_in(letter, finding)) for finding in findings]
    return tuple(
        Found(
            finding=finding,
            name=name,
            never=never.get(finding.code, "") if finding.severity is Severity.ERROR else "",
            explained=aside.get((name.digest, Role.REVIEWER.value)),
            overridden=aside.get((name.digest, Role.MEDICAL_DIRECTOR.value)),
        )
        for finding, name in named
    )


def named_in(letter: Determination, finding: Finding) -> Named:
    """The finding's name. Its digest is of what it says, of its place, and of the text that it stands in."""
    at = finding.place
    said = [finding.code, at.item, finding.what, at.part.value, at.start, at.end, at.quote, _text(letter, at)]
    return Named(code=finding.code, item=at.item, digest=digest(canonical(said)))


def _text(letter: Determination, at: Place) -> object:
    """The item, or the part of the letter. Not the day of the letter, which nobody knows before it goes out: a finding on that day
    says it."""
    if at.item is not None:
        return [to_plain(item) for item in letter.items if item.number == at.item]
    parts: dict[Part, object] = {
        Part.HEADER: replace(letter.header, decision_date=None),
        Part.REVIEWER: letter.reviewer,
        Part.DOCUMENTS: letter.documents_reviewed,
        Part.SUMMARY: letter.clinical_case_summary,
    }
    return to_plain(parts.get(at.part, letter.items))


def require_set_aside(case: Case, letter: Determination, by: Role) -> tuple[Found, ...]:
    """All findings on the letter. Raises Refused while an error stands in the way of a letter that `by` lets go on."""
    found = found_in(case, letter)
    stopping = [one for one in found if one.stops(by)]
    if stopping:
        raise Refused(
            what="; ".join(
                f"{one.finding.where}: {one.finding.what.rstrip('.')} ({one.finding.code})" for one in stopping
            ),
            why="; ".join(_once(one.finding.why.rstrip(".") for one in stopping)),
            next=" ".join([*_once(one.finding.what_to_do for one in stopping), *_or_else(stopping, by)]),
        )
    return found


def told(found: tuple[Found, ...]) -> dict[str, object]:
    """What an event says of them: the codes, and what was set aside."""
    aside = [one.name for one in found if one.grave and (one.explained or one.overridden)]
    codes = sorted({one.finding.code for one in found})
    return {"findings": codes, "set_aside": [[name.code, name.item, name.digest] for name in aside]}


def _once(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentences))


def _or_else(stopping: list[Found], by: Role) -> list[str]:
    """Which of the errors a reason sets aside, and that the others stay."""
    may = _once(one.finding.code for one in stopping if not one.never)
    never = _once(f"{one.finding.code} is never set aside: {one.never}" for one in stopping if one.never)
    doing = "explain it" if by is Role.REVIEWER else "override it"
    return [
        *([f"Where the second reader is mistaken ({', '.join(may)}), {doing} with a reason."] if may else []),
        *never,
    ]


@act("explain_finding")
def explain_finding(*, actor: Actor, case: Case, finding: Named, reason: str, on: date) -> FindingOverride:
    """The reviewer says why an error of the second reader is none. With that the draft can be handed in."""
    require_state(case, CaseState.IN_REVIEW, to="explain a finding")
    if items(case, ItemState.ELIGIBLE):
        raise Refused(
            what=f"not every item of case {case.number} is decided yet",
            why="the second reader reads the whole letter",
            next="decide every item first",
        )
    return _set_aside(actor, case, draft_of(case), finding, reason=reason, on=on)


@act("override_finding")
def override_finding(
    *, actor: Actor, case: Case, finding: Named, reason: str, served_on: date, on: date
) -> FindingOverride:
    """The medical director lets the letter, as it would be served on a day, go out with an error of the second reader."""
    require_state(case, CaseState.QUALITY_REVIEW, to="override a finding")
    asked = "override a finding on the own draft"
    require_another(actor, case, on, what=asked, next="another medical director decides")
    return _set_aside(actor, case, draft_of(case, served_on), finding, reason=reason, on=on)


def _set_aside(
    actor: Actor, case: Case, letter: Determination, named: Named, *, reason: str, on: date
) -> FindingOverride:
    one = _open(found_in(case, letter), named, actor)
    reason = reason.strip()
    if len(reason) < LEAST_REASON:
        raise Refused(
            what="the reason is too short to be judged by somebody else",
            why="what is set aside is looked at afterwards",
            next="say in a sentence why the second reader is mistaken here",
        )
    require_unnamed(case, reason, "the reason")
    row = FindingOverride.objects.create(
        case=case,
        code=named.code,
        item=named.item,
        finding=named.digest,
        what=one.finding.what,
        reason=reason,
        by=actor.username,
        role=actor.role,
        on=on,
    )
    append(
        actor=actor,
        chain=case.chain,
        kind="finding_explained" if actor.role == Role.REVIEWER else "finding_overridden",
        effective=on,
        data={"check": named.code, "item": named.item, "finding": named.digest, "reason": digest(reason)},
    )
    return row


def _open(found: tuple[Found, ...], named: Named, actor: Actor) -> Found:
    """The finding of that name. Raises Refused unless it is there, stands in the way, may be set aside, and was not."""
    one = next((one for one in found if one.name == named), None)
    where = named.code if named.item is None else f"{named.code} on item {named.item}"
    if one is None:
        raise Refused(
            what=f"the second reader does not find {where} in the text as it is now",
            why="what is set aside is one finding in one text; this text or its finding has changed",
            next="look at what it finds now",
        )
    if not one.grave:
        raise Refused(
            what=f"{where} stands in nobody's way: it is a {one.finding.severity.value}",
            why="only errors block",
            next="go on; nothing has to be set aside",
        )
    if one.never:
        raise Refused(
            what=f"{where} cannot be set aside", why=f"{one.never} {one.finding.why}", next=one.finding.what_to_do
        )
    if (one.explained if actor.role == Role.REVIEWER else one.overridden) is not None:
        raise Refused(
            what=f"{where} was set aside by the {Role(actor.role).words} before",
            why="what was said stays as it was said",
            next="go on; once is enough",
        )
    return one

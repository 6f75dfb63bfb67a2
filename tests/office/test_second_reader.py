"""The second reader in the office: errors stop the draft and the letter, a reason sets one aside, some are never set aside."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.office.played import deciding, person, played, reviewer_of

from evenhand.bundles import Bundle
from evenhand.law.facts import Means
from evenhand.letters.determination import Decision
from evenhand.letters.second_reader import Severity, checks
from evenhand.letters.second_reader.never import never_set_aside
from evenhand.office.cases.models import Case
from evenhand.office.cases.moves import NotLawful
from evenhand.office.cases.states import CaseState
from evenhand.office.events.chain import Actor, reviewer_tag
from evenhand.office.events.links import digest
from evenhand.office.events.models import Event
from evenhand.office.issuing.actions import issue_determination
from evenhand.office.people.authorisation import NotPermitted, acting
from evenhand.office.people.models import RoleGrant, User
from evenhand.office.people.roles import Role
from evenhand.office.proofs.bundle import contents_of
from evenhand.office.refusals import Refused
from evenhand.office.reviewers.models import Reviewer
from evenhand.office.reviews.actions import decide_item, open_quality_review, return_draft, submit_draft
from evenhand.office.reviews.drafting import draft_of
from evenhand.office.reviews.models import FindingOverride
from evenhand.office.reviews.overriding import (
    Found,
    Named,
    explain_finding,
    found_in,
    override_finding,
    require_set_aside,
)
from evenhand.office.site.staff.acts.fields import references

pytestmark = pytest.mark.django_db

WRONG = "The cold therapy unit is medically necessary for this worker."
REASON = "The sentence quotes the request; the conclusion stands in the last paragraph."
ON = date(2015, 3, 9)
SERVED = date(2015, 3, 10)


@pytest.fixture
def wrong(neck: Bundle) -> Bundle:
    """The example with a rationale that concludes what the decision denies."""
    return deciding(neck, WRONG)


@pytest.fixture
def undrafted(wrong: Bundle) -> Case:
    """Its case, before the draft is handed in."""
    return played(wrong, "draft")


@pytest.fixture
def director(undrafted: Case, wrong: Bundle) -> Actor:
    """The medical director."""
    return person(wrong, Role.MEDICAL_DIRECTOR)


@pytest.fixture
def in_quality(undrafted: Case, director: Actor) -> Case:
    """The case in quality review, its errors explained by the reviewer."""
    explained(undrafted)
    submit_draft(actor=reviewer_of(undrafted), case=undrafted, attested=True, on=ON)
    open_quality_review(actor=director, case=undrafted, on=ON)
    return undrafted


def stopping(case: Case, by: Role, served_on: date | None = None) -> list[Found]:
    """What stands in the way of the letter now."""
    return [one for one in found_in(case, draft_of(case, served_on)) if one.stops(by)]


def explained(case: Case) -> None:
    """The reviewer explains every error."""
    for one in stopping(case, Role.REVIEWER):
        explain_finding(actor=reviewer_of(case), case=case, finding=one.name, reason=REASON, on=ON)


def overridden(case: Case, by: Actor, served_on: date = SERVED) -> None:
    """The medical director overrides every error."""
    for one in stopping(case, Role.MEDICAL_DIRECTOR, served_on):
        override_finding(actor=by, case=case, finding=one.name, reason=REASON, served_on=served_on, on=ON)


def issue(case: Case, by: Actor) -> None:
    """The letter goes out."""
    issue_determination(actor=by, case=case, approved_on=ON, remarks="", served_on=SERVED, means=Means.MAIL)


def last(case: Case) -> Event:
    """The last event of the case."""
    return Event.objects.filter(chain=case.chain).order_by("-number")[0]


def test_an_error_stops_the_draft_until_it_is_explained(undrafted: Case) -> None:
    """The refusal names item, check, provision and both ways on; with a reason the draft goes, and its event says over what."""
    reviewer = reviewer_of(undrafted)
    with pytest.raises(Refused) as refused:
        submit_draft(actor=reviewer, case=undrafted, attested=True, on=ON)
    assert "item 1" in refused.value.what and "(EH011)" in refused.value.what
    assert "CCR" in refused.value.why
    assert "EH011" in refused.value.next and "explain it with a reason" in refused.value.next
    assert not undrafted.drafts.exists()
    named = stopping(undrafted, Role.REVIEWER)[0].name
    explained(undrafted)
    submit_draft(actor=reviewer, case=undrafted, attested=True, on=ON)
    told = json.loads(last(undrafted).payload)["data"]
    assert [named.code, named.item, named.digest] in told["set_aside"] and "EH011" in told["findings"]
    assert undrafted.drafts.get().findings


def test_an_explanation_is_an_event_without_the_reason(undrafted: Case) -> None:
    """The event holds check, item and digests; the row holds who, in which role, when and why."""
    explained(undrafted)
    event, row = last(undrafted), FindingOverride.objects.get(code="EH011")
    tag = reviewer_tag(undrafted.chain, str(undrafted.selected_reviewer))
    assert (event.kind, event.actor) == ("finding_explained", tag)
    data = json.loads(event.payload)["data"]
    assert data == {"check": "EH011", "item": 1, "finding": row.finding, "reason": digest(REASON)}
    assert (row.role, row.by, row.on, row.reason) == ("reviewer", undrafted.selected_reviewer, ON, REASON)


def test_the_reviewers_explanation_lets_no_letter_go_out(in_quality: Case, director: Actor) -> None:
    """Before issue the same error stops again, nothing is served, and only the medical director's own reason lets it pass."""
    with pytest.raises(Refused, match="override it with a reason"):
        issue(in_quality, director)
    in_quality.refresh_from_db()
    assert in_quality.state == CaseState.QUALITY_REVIEW and in_quality.issued_on is None
    assert not in_quality.notices.filter(kind="determination").exists()
    overridden(in_quality, director)
    event = last(in_quality)
    assert (event.kind, event.role) == ("finding_overridden", "medical_director") and REASON not in event.payload
    issue(in_quality, director)
    assert in_quality.state == CaseState.ISSUED
    issued = json.loads(last(in_quality).payload)["data"]
    assert [row[0] for row in issued["set_aside"]] == ["EH011"]


def test_a_changed_text_is_asked_anew(undrafted: Case) -> None:
    """An explanation counts for the text that it was given for: one word more in the item, and the error stands in the way again."""
    explained(undrafted)
    assert not stopping(undrafted, Role.REVIEWER)
    decide(undrafted, f"As before. {WRONG}")
    assert [one.name.code for one in stopping(undrafted, Role.REVIEWER)] == ["EH011"]
    with pytest.raises(Refused, match="EH011"):
        submit_draft(actor=reviewer_of(undrafted), case=undrafted, attested=True, on=ON)


def decide(case: Case, rationale: str) -> None:
    """The reviewer decides the first item (again) as it was decided, with this rationale."""
    decide_item(
        actor=reviewer_of(case),
        case=case,
        item=1,
        decision=Decision.UPHELD,
        rationale=rationale,
        pages=references(case, [1]),
        on=ON,
    )


def test_the_reviewer_mends_what_was_decided_until_the_draft_is_handed_in(undrafted: Case, neck: Bundle) -> None:
    """An item can be decided again, which is an event of its own; then nothing stops the draft, and afterwards it is too late."""
    assert neck.review is not None
    right = neck.review.items[0].rationale
    decide(undrafted, right)
    data = json.loads(last(undrafted).payload)["data"]
    assert last(undrafted).kind == "item_decided" and data["item_move"] is None
    assert undrafted.items.get(number=1).state == "DECIDED"
    submit_draft(actor=reviewer_of(undrafted), case=undrafted, attested=True, on=ON)
    with pytest.raises(NotLawful):
        decide(undrafted, WRONG)


def test_a_returned_draft_keeps_what_was_set_aside(in_quality: Case, director: Actor) -> None:
    """The medical director overrides and returns all the same; where the text stays the reviewer need not explain again."""
    overridden(in_quality, director)
    return_draft(actor=director, case=in_quality, remarks="Name the page of the operation.", on=ON)
    assert not in_quality.items.filter(state="DECIDED").exists()
    named = FindingOverride.objects.get(role="medical_director")
    with pytest.raises(Refused, match="not every item"):
        explain_finding(
            actor=reviewer_of(in_quality),
            case=in_quality,
            finding=Named(code=named.code, item=named.item, digest=named.finding),
            reason=REASON,
            on=ON,
        )
    decide(in_quality, WRONG)
    assert not stopping(in_quality, Role.REVIEWER)
    submit_draft(actor=reviewer_of(in_quality), case=in_quality, attested=True, on=ON)


def test_what_cannot_be_set_aside_says_why(undrafted: Case, director: Actor) -> None:
    """Not there, no error, too short a reason, set aside before, the reviewer's own name: each is refused, and nothing is kept."""
    reviewer = reviewer_of(undrafted)
    all_found = found_in(undrafted, draft_of(undrafted))
    error = next(one for one in all_found if one.grave)
    mild = next(one for one in all_found if not one.grave)

    def explain(finding: Named, reason: str = REASON) -> None:
        explain_finding(actor=reviewer, case=undrafted, finding=finding, reason=reason, on=ON)

    with pytest.raises(Refused, match="does not find EH011 on item 1 in the text as it is now"):
        explain(replace(error.name, digest="0" * 64))
    with pytest.raises(Refused, match="does not find EH001 in the text"):
        explain(Named(code="EH001", item=None, digest=error.name.digest))
    with pytest.raises(Refused, match="stands in nobody's way"):
        explain(mild.name)
    with pytest.raises(Refused, match="too short"):
        explain(error.name, "  a quotation   ")
    name = "Reviewer R. Moonesinghe-Adair"
    person_of(undrafted, name)
    with pytest.raises(Refused, match="names the reviewer"):
        explain(error.name, f"I, {name}, meant it as a quotation of the request.")
    assert not FindingOverride.objects.exists()
    explain(error.name)
    with pytest.raises(Refused, match="set aside by the reviewer before"):
        explain(error.name)
    assert FindingOverride.objects.count() == 1


def person_of(case: Case, name: str) -> None:
    """Gives the selected reviewer another name."""
    from evenhand.office.reviewers import identities

    row = Reviewer.objects.get(pk=case.selected_reviewer)
    somebody = replace(identities._person(row), name=name)
    identities.seal(row, somebody)  # type: ignore[arg-type]  # only what a person is known by is sealed


@pytest.mark.parametrize("code", sorted(never_set_aside()))
def test_an_absence_that_the_law_forbids_is_never_set_aside(undrafted: Case, code: str) -> None:
    """Neither reviewer nor director has a reason for it: the refusal says why, and the letter stays."""
    letter = draft_of(undrafted)
    item = letter.items[0]
    without = {
        "EH001": replace(letter, documents_reviewed=()),
        "EH002": replace(letter, reviewer=replace(letter.reviewer, licensure=())),
        "EH003": replace(letter, clinical_case_summary=""),
        "EH004": replace(letter, items=(replace(item, imr_guideline=replace(item.imr_guideline, citations=())),)),
        "EH010": replace(letter, items=(replace(item, decision=None),)),
    }[code]
    one = next(one for one in found_in(undrafted, without) if one.finding.code == code)
    assert one.grave and one.never
    with pytest.raises(Refused) as refused:
        require_set_aside(undrafted, without, Role.MEDICAL_DIRECTOR)
    assert f"{code} is never set aside: {one.never.rstrip('.')}" in refused.value.next


def test_a_case_without_its_summary_cannot_be_talked_through(undrafted: Case) -> None:
    """The act itself refuses to set aside what is never set aside, with the provision."""
    undrafted.summary.all().delete()
    one = next(one for one in found_in(undrafted, draft_of(undrafted)) if one.finding.code == "EH003")
    with pytest.raises(Refused, match=r"cannot be set aside.*9792\.10\.6"):
        explain_finding(actor=reviewer_of(undrafted), case=undrafted, finding=one.name, reason=REASON, on=ON)


def test_the_data_of_what_is_never_set_aside_names_errors_of_the_law() -> None:
    """Each code is a check, an error before issue, and stands on the law; each says why in a sentence."""
    known = {check.code: check for check in checks()}
    for code, why in never_set_aside().items():
        assert known[code].severity is Severity.ERROR and known[code].ground.value == "law"
        assert why.endswith(".")


def test_only_the_cases_reviewer_explains_and_only_another_director_overrides(
    undrafted: Case, in_quality: Case, director: Actor, wrong: Bundle
) -> None:
    """Whoever else holds the role, or the wrong time, or the own draft: refused."""
    named = next(one for one in found_in(in_quality, draft_of(in_quality)) if one.grave).name
    reviewer = reviewer_of(in_quality)
    with pytest.raises(NotPermitted, match="may not override finding"):
        override_finding(actor=reviewer, case=in_quality, finding=named, reason=REASON, served_on=SERVED, on=ON)
    with pytest.raises(NotPermitted, match="may not explain finding"):
        explain_finding(actor=director, case=in_quality, finding=named, reason=REASON, on=ON)
    with pytest.raises(NotLawful, match="not the time to explain"):
        explain_finding(actor=reviewer, case=in_quality, finding=named, reason=REASON, on=ON)
    other = Reviewer.objects.exclude(pk=in_quality.selected_reviewer)[0]
    with pytest.raises(NotPermitted, match="only the reviewer selected"):
        explain_finding(
            actor=acting(other.pk, Role.REVIEWER, "person"), case=in_quality, finding=named, reason=REASON, on=ON
        )
    user = User.objects.get(username=reviewer.username)
    RoleGrant.objects.create(user=user, role=Role.MEDICAL_DIRECTOR.value)  # which the act of granting refuses
    both = acting(reviewer.username, Role.MEDICAL_DIRECTOR, "person")
    with pytest.raises(Refused, match="own draft"):
        override_finding(actor=both, case=in_quality, finding=named, reason=REASON, served_on=SERVED, on=ON)
    assert set(FindingOverride.objects.values_list("role", flat=True)) == {"reviewer"}


def test_a_director_does_not_override_before_quality_review(undrafted: Case, director: Actor) -> None:
    """While the reviewer is at work nobody else sets anything aside."""
    named = next(one for one in found_in(undrafted, draft_of(undrafted)) if one.grave).name
    with pytest.raises(NotLawful, match="not the time to override"):
        override_finding(actor=director, case=undrafted, finding=named, reason=REASON, served_on=SERVED, on=ON)


def test_what_was_set_aside_stays_as_it_was_said(undrafted: Case) -> None:
    """The database refuses to change, to delete or to double such a row, one without a reason, and one by anybody else."""
    explained(undrafted)
    row = FindingOverride.objects.get(code="EH011")
    for words, said in (
        ("UPDATE reviews_findingoverride SET reason = 'other'", "stays as it was said"),
        ("DELETE FROM reviews_findingoverride", "what was entered stays"),
    ):
        with pytest.raises(DatabaseError, match=said), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
    same = {"case": undrafted, "code": "EH011", "item": 1, "what": "x", "by": "x", "on": ON}
    for wrong_row in (
        {"finding": row.finding, "role": "reviewer", "reason": REASON},
        {"finding": "1" * 64, "role": "reviewer", "reason": ""},
        {"finding": "1" * 64, "role": "case_manager", "reason": REASON},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FindingOverride.objects.create(**same, **wrong_row)


def test_the_proof_tells_what_was_set_aside_without_the_reason(in_quality: Case, director: Actor) -> None:
    """Check, item, role, day and hashes of both, in their order; neither the words nor who the people are."""
    overridden(in_quality, director)
    contents = contents_of(in_quality, {})
    told = contents["statements"]["set_aside"]
    assert [(row["check"], row["item"], row["by"]) for row in told] == [
        ("EH011", 1, "reviewer"),
        ("EH011", 1, "medical_director"),
    ]
    assert {row["reason"] for row in told} == {digest(REASON)}
    assert REASON not in json.dumps(contents) and WRONG not in json.dumps(contents)
    assert director.username not in json.dumps(told)


@pytest.mark.parametrize("days", [0, 1])
def test_an_override_holds_for_another_day_of_service(in_quality: Case, director: Actor, days: int) -> None:
    """The day on which the letter goes out is no part of a text that does not name it."""
    overridden(in_quality, director, served_on=date(2015, 3, 11 + days))
    issue(in_quality, director)
    assert in_quality.state == CaseState.ISSUED

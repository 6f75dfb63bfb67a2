"""One bundle through the whole office, act by act, each as the person who would do it.

Every act bears a key in the case's chain. Whoever is killed and starts again goes on behind the last act that was committed: an
act and its key are one transaction, so nothing is done twice and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from evenhand.bundles.bundle import ItemReview, Question, StaffRole
from evenhand.law.facts import PartyRole
from evenhand.office.cases.queries import items
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.events.chain import done, under_key
from evenhand.office.events.links import digest
from evenhand.office.intake import actions as intake
from evenhand.office.issuing import actions as issuing
from evenhand.office.people import actions as people
from evenhand.office.people.roles import Role
from evenhand.office.publishing import actions as publishing
from evenhand.office.records import actions as records
from evenhand.office.records.queries import case_file
from evenhand.office.reviewers import actions as reviewers
from evenhand.office.reviewers.identities import CHAIN as REGISTER
from evenhand.office.reviews import actions as reviews
from evenhand.office.words import counted
from evenhand.simulation.way import Step, Way


class OneCase(Way):
    """A bundle's way through the office, stage by stage."""

    def steps(self) -> Iterator[Step]:
        """The acts that are still to be done, in order; each is looked up when the one before is done."""
        yield from self._office_opens()
        if self.case is None:
            yield Step(key="receive", title="Application received", do=self._receive)
        for part in (self._screening, self._assignment, self._records, self._reviewer, self._review, self._issue):
            yield from part()
            if self._case.state in {CaseState.CLOSED, CaseState.TERMINATED} and part is not self._issue:
                return

    def _office_opens(self) -> Iterator[Step]:
        """Accounts and register: entered once for each content, as imports."""
        course, register = self.bundle.course, self.bundle.register
        name = digest(self.bundle.name)[:12]  # an event cannot be deleted, so a folder's name stays out of it
        for person in course.people:
            key = f"{name}/{self.bundle.digest[:16]}/{person.username}"
            if not done(people.CHAIN, key):
                yield Step(
                    key=key,
                    title=f"Account opened: {person.username}",
                    do=self._keyed(key, self._open_account, person=person),
                )
        key = f"{name}/{self.bundle.digest[:16]}/register"
        if register is not None and not done(REGISTER, key):
            yield Step(
                key=key, title=f"Register: {len(register.reviewers)} reviewers", do=self._keyed(key, self._register)
            )

    def _open_account(self, person: Any) -> None:
        people.open_account(
            actor=people.first_administrator("office"),
            username=person.username,
            name=person.name,
            roles=tuple(Role(role.value) for role in person.roles),
            on=self.bundle.course.application_entered_on,
        )

    def _register(self) -> None:
        assert self.bundle.register is not None
        actor = self._actor(StaffRole.CREDENTIALING)
        reviewers.register_reviewers(
            actor=replace(actor, source="import"),
            entries=self.bundle.register.reviewers,
            on=self.bundle.course.application_entered_on,
        )

    def _receive(self) -> None:
        facts = self.bundle.case
        with under_key("receive"):
            self.case = intake.receive_application(
                actor=self._actor(StaffRole.INTAKE),
                form=facts.application,
                request_for_authorization=facts.request_for_authorization,
                ur_decision=facts.ur_decision,
                other_parties=facts.other_parties,
                earlier_reviews=facts.earlier_reviews,
                entered_on=self.bundle.course.application_entered_on,
                replay=(self.bundle.name, self.bundle.digest),
            )

    def _screening(self) -> Iterator[Step]:
        course = self.bundle.course
        yield from self._receipts(before=course.eligibility_approved_on)
        yield from self._act(
            "screen",
            "Screened: every item for eligibility",
            intake.screen_application,
            StaffRole.INTAKE,
            on=course.application_entered_on,
        )
        if course.eligibility_question is not None:
            yield from self._question(course.eligibility_question)
        if course.eligibility_approved_on is None:
            raise self._stop(
                "the Administrative Director has not decided on eligibility",
                "add eligibility_approved_on to course.yaml",
            )
        yield from self._act(
            "eligibility",
            "Administrative Director decides on eligibility",
            intake.decide_eligibility,
            StaffRole.ADMINISTRATIVE_DIRECTOR,
            on=course.eligibility_approved_on,
        )
        if items(self._case, ItemState.INELIGIBLE, ItemState.DUPLICATE, ItemState.DEFERRED):
            means = (
                course.assignment_notice.means
                if course.assignment_notice
                else self.bundle.case.ur_decision.service.means
            )
            yield from self._act(
                "ineligible",
                "Notices: what is not reviewed, why, and the right to petition",
                intake.send_ineligibility_notices,
                StaffRole.CASE_MANAGER,
                on=course.eligibility_approved_on,
                means=means,
            )
        if self._case.state == CaseState.SCREENING:
            raise self._stop(
                "every item is deferred until the dispute over liability is resolved",
                "apply again within the time after its notice",
            )

    def _question(self, question: Question) -> Iterator[Step]:
        yield from self._act(
            "ask",
            f"Question to the {(question.of or PartyRole.CLAIMS_ADMINISTRATOR).value.replace('_', ' ')}",
            intake.ask_information,
            StaffRole.INTAKE,
            of=question.of or PartyRole.CLAIMS_ADMINISTRATOR,
            question=question.question,
            asked_on=question.asked_on,
            received_on=question.received_on,
        )
        if question.answered_on is None or question.answer is None:
            raise self._stop("the question on eligibility is not answered", "add its answer to course.yaml")
        yield from self._act(
            "answer",
            "Answer received",
            intake.record_information,
            StaffRole.INTAKE,
            answer=question.answer,
            answered_on=question.answered_on,
        )

    def _assignment(self) -> Iterator[Step]:
        notice = self.bundle.course.assignment_notice
        if notice is None:
            raise self._stop("the notice of assignment was not sent", "add assignment_notice to course.yaml")
        yield from self._act(
            "assign",
            "Notices of assignment to every party",
            intake.send_assignment_notices,
            StaffRole.CASE_MANAGER,
            on=notice.served_on,
            means=notice.means,
            received_on=notice.received_on,
            received_at=notice.received_at,
        )
        for authorised in self.bundle.course.authorisations:
            yield from self._act(
                f"authorise-{authorised.item}",
                f"Item {authorised.item}: authorised by the claims administrator"
                + ("" if authorised.remaining is None else " in part"),
                intake.record_authorisation,
                StaffRole.CASE_MANAGER,
                item=authorised.item,
                authorized=authorised.authorized,
                remaining=authorised.remaining,
                on=authorised.notified_on,
            )

    def _records(self) -> Iterator[Step]:
        complete = self.bundle.course.records_complete_on
        yield from self._receipts(answers=False)
        if not self._case.documents.exists():
            raise self._stop(
                "no records were received; the claims administrator owes them (8 CCR 9792.10.5)",
                "add records.yaml with the papers",
            )
        if complete is None:
            raise self._stop("nobody has found the records complete", "add records_complete_on to course.yaml")
        yield from self._act(
            "index",
            "Records indexed: text, or OCR where there is none",
            records.index_records,
            StaffRole.CASE_MANAGER,
            on=complete,
        )
        yield from self._act(
            "complete",
            "Records held against what is owed",
            records.assess_completeness,
            StaffRole.CASE_MANAGER,
            on=complete,
        )

    def _reviewer(self) -> Iterator[Step]:
        course = self.bundle.course
        if self.bundle.register is None:
            raise self._stop("there is no register of reviewers", "add reviewers.yaml")
        if course.reviewer_selected_on is None:
            raise self._stop("no reviewer was selected", "add reviewer_selected_on to course.yaml")
        yield from self._act(
            "select",
            "Reviewer selected: permitted, no conflict, best fit",
            reviewers.select_reviewer,
            StaffRole.CREDENTIALING,
            on=course.reviewer_selected_on,
            seed=0,
            force=course.force_reviewer,
        )
        yield from self._act(
            "accept",
            "Reviewer attests to having no conflict",
            reviewers.accept_case,
            self._reviewer_id,
            on=course.reviewer_selected_on,
        )

    @property
    def _reviewer_id(self) -> str:
        selected = self._case.selected_reviewer
        assert selected is not None  # behind `select`
        return selected

    def _review(self) -> Iterator[Step]:
        course, review = self.bundle.course, self.bundle.review
        if course.additional_information is not None:
            yield from self._more(course.additional_information)
        if review is None or course.review_completed_on is None:
            raise self._stop(
                "the reviewer's work is not there", "add review.yaml, and review_completed_on to course.yaml"
            )
        on = course.review_completed_on
        pages = [page.number for page in case_file(self._case).pages]
        yield from self._act(
            "read",
            f"File read: {counted(len(pages), 'page')} (replayed)",
            reviews.read_pages,
            self._reviewer_id,
            pages=pages,
            on=on,
        )
        yield from self._act(
            "summary",
            "Clinical case summary, each sentence with its pages",
            reviews.write_summary,
            self._reviewer_id,
            sentences=review.summary,
            on=on,
        )
        for item in review.items:
            yield from self._decide(item, on)
        yield from self._act(
            "draft",
            "Draft attested; the second reader checks it",
            reviews.submit_draft,
            self._reviewer_id,
            attested=review.attested,
            on=on,
        )

    def _more(self, extra: Question) -> Iterator[Step]:
        yield from self._act(
            "ask-more",
            "Reviewer asks for more, copied to every party",
            reviews.ask_additional_information,
            StaffRole.CASE_MANAGER,
            of=extra.of or PartyRole.REQUESTING_PHYSICIAN,
            question=extra.question,
            asked_on=extra.asked_on,
            received_on=extra.received_on,
        )
        if extra.answered_on is None or extra.answer is None:
            raise self._stop("the reviewer's request is not answered", "add its answer to course.yaml")
        yield from self._receipts(answers=True)
        yield from self._act(
            "index-more",
            "New papers indexed; page numbers stay",
            records.index_records,
            StaffRole.CASE_MANAGER,
            on=extra.answered_on,
        )
        yield from self._act(
            "answer-more",
            "Answer received, the review goes on",
            reviews.record_additional_information,
            StaffRole.CASE_MANAGER,
            answer=extra.answer,
            answered_on=extra.answered_on,
        )

    def _decide(self, item: ItemReview, on: date) -> Iterator[Step]:
        if self._case.items.get(number=item.item).state not in {ItemState.ELIGIBLE, ItemState.DECIDED}:
            return
        yield from self._act(
            f"evidence-{item.item}",
            f"Item {item.item}: evidence, step by step",
            reviews.walk_evidence,
            self._reviewer_id,
            item=item.item,
            steps=item.steps,
            on=on,
        )
        yield from self._act(
            f"decide-{item.item}",
            f"Item {item.item}: {item.decision.value}",
            reviews.decide_item,
            self._reviewer_id,
            item=item.item,
            decision=item.decision,
            rationale=item.rationale,
            pages=item.pages,
            on=on,
        )

    def _issue(self) -> Iterator[Step]:
        course = self.bundle.course
        quality, letter = course.quality_review, course.determination
        if quality is None:
            raise self._stop("the medical director has not reviewed the draft", "add quality_review to course.yaml")
        yield from self._act(
            "quality",
            "Quality review by the medical director",
            reviews.open_quality_review,
            StaffRole.MEDICAL_DIRECTOR,
            on=quality.reviewed_on,
        )
        if not quality.approved:
            yield from self._act(
                "return",
                "Draft returned to the reviewer",
                reviews.return_draft,
                StaffRole.MEDICAL_DIRECTOR,
                remarks=quality.remarks,
                on=quality.reviewed_on,
            )
            raise self._stop("the draft was returned to the reviewer", "mend it; then approve it in course.yaml")
        if letter is None:
            raise self._stop("the letter was not sent", "add determination to course.yaml")
        yield from self._act(
            "issue",
            "Final Determination Letter made, checked and served",
            issuing.issue_determination,
            StaffRole.MEDICAL_DIRECTOR,
            approved_on=quality.reviewed_on,
            remarks=quality.remarks,
            served_on=letter.served_on,
            means=letter.means,
        )
        yield from self._act(
            "receipt",
            "Letter received; time to carry out runs",
            issuing.record_receipt,
            StaffRole.CASE_MANAGER,
            received_on=letter.received_on,
        )
        if course.published_on is None:
            raise self._stop("the determination was not published", "add published_on to course.yaml")
        yield from self._act(
            "publish",
            "De-identified and published",
            publishing.publish_determination,
            StaffRole.ADMINISTRATIVE_DIRECTOR,
            on=course.published_on,
        )
        yield from self._act("close", "Case closed", issuing.close_case, StaffRole.CASE_MANAGER, on=course.published_on)

"""Reviewer, review, and the reviewer's questions: the forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evenhand.bundles.bundle import SummarySentence
from evenhand.law.facts import Means, PartyRole
from evenhand.letters.determination import Decision
from evenhand.matching.qualifications import from_law
from evenhand.matching.solve import solve
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.queries import items, notified
from evenhand.office.cases.reading import looked
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.people.roles import Part
from evenhand.office.records.queries import indexed_so_far
from evenhand.office.reviewers import actions as reviewers
from evenhand.office.reviewers.models import Reviewer
from evenhand.office.reviews import actions
from evenhand.office.site.staff.acts.fields import (
    ASKED,
    PagesField,
    day,
    one_of,
    page_numbers,
    references,
    to_decide,
    words,
)
from evenhand.office.site.staff.acts.findings import findings_now
from evenhand.office.site.staff.acts.form import ActForm, Stage
from evenhand.office.site.staff.acts.law import Follow, LawLine, Outgoing, date_follow, outgoing, rule_line, way_line
from evenhand.office.words import counted

S = CaseState
SEED = 0  # lots are drawn only between equals; the event says with which seed


class SelectReviewer(ActForm):
    """select_reviewer."""

    name = "select_reviewer"
    title = "Select the reviewer"
    stage = Stage.REVIEW
    states = frozenset({S.RECORDS_COMPLETE})
    parts = frozenset({Part.REVIEWER, Part.ITEMS})
    beside = "case/beside_candidates.html"
    button = "Select"
    on = day("Selected on", "Licence, certificate, practice and ties are held against this day.")
    force = forms.ChoiceField(
        label="Whom", help_text="Whoever may not review is refused, insisted on or not.", required=False
    )

    def prepare(self) -> None:
        """The best fit, or one of the register by pseudonym."""
        known = Reviewer.objects.order_by("pk").values_list("pk", flat=True)
        self.offer(
            "force",
            [
                ("", "The best fit of those permitted"),
                *((k, f"Insist on {k}") for k in known),
            ],
        )

    def law(self) -> list[LawLine | None]:
        """A reviewer is selected."""
        return [way_line(self.case, S.REVIEWER_SELECTED)]

    def shown(self) -> dict[str, Any]:
        """Every candidate with the reasons for and against, those permitted first."""
        on = self.day("on")
        register = reviewers.register_as_of(self.case, on)
        answer = solve(
            [reviewers.to_review(self.case)],
            register,
            on,
            from_law(pack_of(self.case), on),
            SEED,
            programme=self.case.programme,
        )
        assessed = [answer.assessments[self.case.number, reviewer.id] for reviewer in register]
        chosen = answer.chosen[0].reviewer if answer.chosen else None
        return {"candidates": sorted(assessed, key=lambda a: (not a.permitted, -a.fit)), "best": chosen, "on": on}

    def perform(self) -> str:
        """The reasons for and against every candidate are kept."""
        said = self.cleaned_data
        row = reviewers.select_reviewer(
            actor=self.actor, case=self.case, on=said["on"], seed=SEED, force=said["force"] or None
        )
        return f"{row.reviewer_id} was selected, with a fit of {row.fit:.2f}. The reviewer accepts next."


class AcceptCase(ActForm):
    """accept_case."""

    name = "accept_case"
    title = "Accept the case"
    stage = Stage.REVIEW
    states = frozenset({S.REVIEWER_SELECTED})
    beside = "case/beside_named.html"
    on = day("Accepted on", "The day of your attestation.")
    attested = forms.BooleanField(
        label="I have no conflict of interest in this case: no tie to the parties, the providers, the facilities or the makers "
        "named in it, and I did not take part in the utilization review."
    )

    def shown(self) -> dict[str, Any]:
        """Everybody to whom a tie would be a conflict: by name, without addresses. Who looked is in the log."""
        looked(actor=self.actor, case=self.case, parts=frozenset({Part.PARTIES}), what="names, for the attestation")
        return {"named": [(party.role, party.name, party.organisation) for party in self.case.parties.all()]}

    def law(self) -> list[LawLine | None]:
        """The review begins."""
        return [way_line(self.case, S.IN_REVIEW)]

    def perform(self) -> str:
        """The attestation is kept."""
        reviewers.accept_case(actor=self.actor, case=self.case, on=self.cleaned_data["on"])
        return "You accepted the case. Read the file next."


class DeclineCase(ActForm):
    """decline_case."""

    name = "decline_case"
    title = "Decline the case"
    stage = Stage.REVIEW
    states = frozenset({S.REVIEWER_SELECTED})
    on = day("Declined on", "The day of your answer.")
    reason = words("Why", "A conflict of interest, no time, another field. Credentialing is told; the parties are not.")

    def law(self) -> list[LawLine | None]:
        """Back to the selection."""
        return [way_line(self.case, S.RECORDS_COMPLETE)]

    def follows(self) -> list[Follow]:
        """Somebody else is selected."""
        return [Follow(text="Credentialing selects somebody else; you see this case no longer.")]

    def perform(self) -> str:
        """The case waits for another reviewer."""
        reviewers.decline_case(
            actor=self.actor, case=self.case, reason=self.cleaned_data["reason"], on=self.cleaned_data["on"]
        )
        return "You declined the case. It is closed to you now."


class AskMore(ActForm):
    """ask_additional_information."""

    name = "ask_additional_information"
    title = "Send the reviewer's question"
    stage = Stage.REVIEW
    states = frozenset({S.IN_REVIEW})
    routine = False
    parts = frozenset({Part.PARTIES})
    of = one_of(PartyRole, "Asked of", initial=PartyRole.REQUESTING_PHYSICIAN, only=ASKED)
    question = words("Question", "In the reviewer's words, without the reviewer's name. Every party gets a copy.")
    asked_on = day("Sent on", "The day of the notice.")
    received_on = day("Received on", "The time to answer runs from receipt.", future=True)

    def clean(self) -> dict[str, Any]:
        """Nothing is received before it is sent."""
        self.not_before("received_on", "asked_on")
        return self.cleaned_data

    def _rule(self) -> str:
        return "additional_information_expedited" if self.case.priority == "expedited" else "additional_information"

    def law(self) -> list[LawLine | None]:
        """The way, and the time to answer."""
        on = self.day("received_on")
        return [way_line(self.case, S.ADDITIONAL_INFORMATION), rule_line(self.case, self._rule(), on)]

    def follows(self) -> list[Follow]:
        """When the answer is due. The decision clock keeps running."""
        due = date_follow("The answer is due", self.case, self._rule(), self.day("received_on"))
        return [due, Follow(text="The time to decide keeps running.")]

    def papers(self) -> list[Outgoing]:
        """To every party."""
        return outgoing(self.case, notified(self.case), Means.ELECTRONIC, self.day("asked_on"))

    def perform(self) -> str:
        """The question goes out to every party."""
        actions.ask_additional_information(actor=self.actor, case=self.case, **self.cleaned_data)
        return "The reviewer's question was sent to every party. The case waits for the answer."


class RecordMore(ActForm):
    """record_additional_information."""

    name = "record_additional_information"
    title = "Record the answer to the reviewer"
    stage = Stage.REVIEW
    states = frozenset({S.ADDITIONAL_INFORMATION})
    parts = frozenset({Part.CORRESPONDENCE})
    beside = "case/beside_question.html"
    answer = words(
        "Answer", "In its words or in substance. Papers that came with it are entered and indexed as records first."
    )
    answered_on = day("Received on", "The day on which the answer came.")

    def shown(self) -> dict[str, Any]:
        """The open question."""
        return {"question": self.case.information_requests.filter(stage="review", answered_on=None).first()}

    def law(self) -> list[LawLine | None]:
        """Back to the review."""
        return [way_line(self.case, S.IN_REVIEW)]

    def perform(self) -> str:
        """The review goes on."""
        actions.record_additional_information(actor=self.actor, case=self.case, **self.cleaned_data)
        return "The answer was recorded. The review goes on."


class WriteSummary(ActForm):
    """write_summary."""

    name = "write_summary"
    title = "Write the clinical case summary"
    stage = Stage.REVIEW
    states = frozenset({S.IN_REVIEW})
    parts = frozenset({Part.REVIEW})
    button = "Keep the summary"
    summary = words(
        "Summary",
        "One sentence a line; at its end, in brackets, the permanent numbers of the pages it rests on: "
        "“The neck was operated on 03/08/2011. [4, 6-7]”",
        rows=16,
    )
    on = day("Written on", "The day on which the summary stands as it is here.")

    def prepare(self) -> None:
        """What was written before."""
        rows = self.case.summary.all()
        self.fields["summary"].initial = "\n".join(f"{r.text} [{', '.join(map(str, r.pages))}]" for r in rows)

    def clean_summary(self) -> list[SummarySentence]:
        """The sentences with their pages, every fault by its line."""
        found, faults = [], []
        lines = [text.strip() for text in self.cleaned_data["summary"].splitlines()]
        for number, text in enumerate(lines, start=1):
            if not text:
                continue
            sentence, bracket, rest = text.rpartition("[")
            if not bracket or not rest.rstrip(". ").endswith("]") or not sentence.strip():
                faults.append(f"Line {number} names no page: put the pages in brackets at its end, as in [3, 7-9].")
                continue
            try:
                pages = references(self.case, page_numbers(rest.rstrip(". ")[:-1]))
            except ValidationError as error:
                faults += [f"Line {number}: {message}" for message in error.messages]
                continue
            if not pages:
                faults.append(f"Line {number} names no page.")
            found.append(SummarySentence(text=sentence.strip(), pages=pages))
        if faults:
            raise ValidationError(faults)
        return found

    def perform(self) -> str:
        """Every sentence rests on a page."""
        said = self.cleaned_data
        actions.write_summary(actor=self.actor, case=self.case, sentences=said["summary"], on=said["on"])
        return f"The summary was kept: {counted(len(said['summary']), 'sentence')}."


class DecideItem(ActForm):
    """decide_item."""

    name = "decide_item"
    title = "Decide an item"
    stage = Stage.REVIEW
    states = frozenset({S.IN_REVIEW})
    parts = frozenset({Part.ITEMS, Part.REVIEW})
    beside = "case/beside_walked.html"
    button = "Decide"
    item = forms.TypedChoiceField(label="Disputed item", coerce=int)
    decision = forms.TypedChoiceField(
        label="Decision",
        coerce=Decision,
        widget=forms.RadioSelect,
        choices=[
            ("Upheld", "Upheld: the denial stands; not medically necessary"),
            ("Overturned", "Overturned: medically necessary"),
        ],
    )
    rationale = words(
        "Rationale", "Why, for this worker, on this evidence. Leave an empty line between paragraphs.", rows=12
    )
    pages = PagesField(label="Pages it rests on", help_text="Permanent numbers: 3, 7-9")
    on = day("Decided on", "The day of your decision.")

    def prepare(self) -> None:
        """The items that are still to be decided, then those that can be decided again until the draft is handed in."""
        rows = items(self.case, ItemState.ELIGIBLE) + items(self.case, ItemState.DECIDED)
        self.offer("item", to_decide(rows))
        wanted = self.asked.get("item", "")
        row = next((r for r in rows if str(r.number) == wanted), rows[0] if rows else None)
        if row is not None and row.decision:
            self.fields["decision"].initial, self.fields["rationale"].initial = row.decision, row.rationale

    def clean_pages(self) -> Any:
        """As references into documents."""
        return references(self.case, self.cleaned_data["pages"])

    def shown(self) -> dict[str, Any]:
        """The evidence as it was walked, and what was decided on it so far."""
        return {"walked_items": items(self.case, ItemState.ELIGIBLE, ItemState.DECIDED)}

    def perform(self) -> str:
        """Upheld or overturned."""
        said = self.cleaned_data
        actions.decide_item(actor=self.actor, case=self.case, **said)
        return f"Item {said['item']} was decided: {said['decision'].value}."


class SubmitDraft(ActForm):
    """submit_draft."""

    name = "submit_draft"
    title = "Hand in the draft"
    stage = Stage.REVIEW
    states = frozenset({S.IN_REVIEW})
    parts = frozenset({Part.REVIEW, Part.ITEMS, Part.RECORDS})
    beside = "case/beside_second_reader.html"
    button = "Attest and hand in"
    attested = forms.BooleanField(
        label="I have read every page of the file, and I have no conflict of interest in this case."
    )
    on = day("Attested on", "The day of your attestation.")

    def law(self) -> list[LawLine | None]:
        """The determination is drafted."""
        return [way_line(self.case, S.DRAFTED)]

    def shown(self) -> dict[str, Any]:
        """What the second reader finds now, what is unread, what is undecided."""
        return {
            **findings_now(self.case, self.actor),
            "undecided": [item.number for item in items(self.case, ItemState.ELIGIBLE)],
            "unread": unread(self.case),
        }

    def perform(self) -> str:
        """The second reader checks it once more."""
        found = actions.submit_draft(actor=self.actor, case=self.case, **self.cleaned_data)
        said = f" The second reader remarks {counted(len(found), 'point')}." if found else ""
        return f"The draft was handed in. The medical director takes it up.{said}"


def unread(case: Any) -> list[int]:
    """Pages of the file that were not opened."""
    known = {page.number for page in indexed_so_far(case).pages}
    return sorted(known - set(case.readings.values_list("page", flat=True)))


FORMS: tuple[type[ActForm], ...] = (
    SelectReviewer,
    AcceptCase,
    DeclineCase,
    AskMore,
    RecordMore,
    WriteSummary,
    DecideItem,
    SubmitDraft,
)

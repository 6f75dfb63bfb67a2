"""The walk over the evidence as a form: one group of fields for each step of the ladder of the request's date, in its order."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evenhand.bundles.bundle import EvidenceStep, StepFinding
from evenhand.law.standards import ladder
from evenhand.letters.cite import citation_text
from evenhand.letters.determination import Citation, CitationKind
from evenhand.letters.guidelines import find
from evenhand.letters.wording import wording
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.queries import items
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.intake.queries import request_of
from evenhand.office.people.roles import Part
from evenhand.office.reviews import actions
from evenhand.office.site.staff.acts.fields import PagesField, day, references, to_decide, words
from evenhand.office.site.staff.acts.form import ActForm, Stage
from evenhand.office.site.staff.acts.law import LawLine
from evenhand.office.words import counted
from evenhand.reading import from_plain

FINDINGS = [
    ("", "Not reached: an earlier step decides"),
    (StepFinding.NOT_ADDRESSED.value, "Does not address this item; the walk goes on"),
    (StepFinding.REBUTTED.value, "Addresses it, but better evidence rebuts it; the walk goes on"),
    (StepFinding.ADDRESSES.value, "Addresses this item for this worker; it decides"),
]
CITED = (
    "One a line, as in: MTUS Neck and Upper Back Complaints 2004, Section(s): Initial Care, Page(s): 174. "
    "Or: ODG, Neck and Upper Back, Continuous-flow cryotherapy, 2014. Or a study: Authors. Title. Journal, year, locator."
)


class WalkEvidence(ActForm):
    """walk_evidence."""

    name = "walk_evidence"
    title = "Walk the evidence for an item"
    stage = Stage.REVIEW
    states = frozenset({CaseState.IN_REVIEW})
    template = "case/do_evidence.html"
    parts = frozenset({Part.ITEMS, Part.REVIEW})
    button = "Keep the evidence"
    item = forms.TypedChoiceField(label="Disputed item", coerce=int)
    on = day("Evidence as of", "The day on which the evidence stands as it is here.")

    def prepare(self) -> None:
        """Four fields for each step of the ladder, with what was written before."""
        rows = items(self.case, ItemState.ELIGIBLE) + items(self.case, ItemState.DECIDED)
        self.offer("item", to_decide(rows))
        wanted = self.asked.get("item", "")
        row = next((r for r in rows if str(r.number) == wanted), rows[0] if rows else None)
        before = {step.step: step for step in row.evidence.all()} if row else {}
        self.ladder = ladder(pack_of(self.case), request_of(self.case).dated)
        for step in self.ladder.steps:
            self._fields(step.code, before.get(step.code))

    def _fields(self, code: str, before: Any) -> None:
        self.fields[f"{code}_finding"] = forms.ChoiceField(
            label="Finding", choices=FINDINGS, required=False, initial=before.finding if before else ""
        )
        reason = words("Reason", "Why it was left, or why it decides.", required=False)
        reason.initial = before.reason if before else ""
        cited = words("Citations", CITED, required=False, rows=3)
        old = [from_plain(Citation, entry, name="citation") for entry in before.citations] if before else []
        cited.initial = "\n".join(citation_text(entry) for entry in old)
        pages = PagesField(label="Pages of the file", help_text="Permanent numbers: 3, 7-9", required=False)
        pages.initial = ", ".join(map(str, before.pages)) if before else ""
        self.fields[f"{code}_reason"], self.fields[f"{code}_cited"], self.fields[f"{code}_pages"] = reason, cited, pages

    def shown(self) -> dict[str, Any]:
        """The steps with their fields, as fieldsets in the order of the ladder."""
        groups = [
            (step, [self[f"{step.code}_{name}"] for name in ("finding", "reason", "cited", "pages")])
            for step in self.ladder.steps
        ]
        return {"groups": groups, "strict": self.ladder.strictly_ordered}

    def law(self) -> list[LawLine | None]:
        """The ladder of the date of the request."""
        order = (
            "The steps are walked strictly in their order."
            if self.ladder.strictly_ordered
            else "The schedule's own search sequence."
        )
        return [
            LawLine(
                text=f"{self.ladder.reasoning or order} {order if self.ladder.reasoning else ''}".strip(),
                citation=self.ladder.citation,
                confidence=self.ladder.confidence.value,
                caution=self.ladder.caution,
            )
        ]

    def clean(self) -> dict[str, Any]:
        """The steps that were walked, as the act takes them; faults beside their fields."""
        said = self.cleaned_data
        walked = []
        for step in self.ladder.steps:
            found = said.get(f"{step.code}_finding")
            if not found:
                self._empty(step.code, said)
                continue
            walked.append(
                EvidenceStep(
                    step=step.code,
                    finding=StepFinding(found),
                    reason=said.get(f"{step.code}_reason", ""),
                    citations=self._citations(f"{step.code}_cited", said),
                    pages=self._pages(f"{step.code}_pages", said),
                )
            )
        said["steps"] = walked
        return said

    def _empty(self, code: str, said: dict[str, Any]) -> None:
        """What was written on a step must not be lost because its finding was not chosen."""
        if any(said.get(f"{code}_{name}") for name in ("reason", "cited", "pages")):
            self.add_error(
                f"{code}_finding", "Something is written on this step. Choose its finding, or empty the step."
            )

    def _citations(self, name: str, said: dict[str, Any]) -> tuple[Citation, ...]:
        try:
            return citations_of(said.get(name, ""), self.case.programme)
        except ValidationError as error:
            self.add_error(name, error)
            return ()

    def _pages(self, name: str, said: dict[str, Any]) -> Any:
        try:
            return references(self.case, said.get(name) or [])
        except ValidationError as error:
            self.add_error(name, error)
            return ()

    def perform(self) -> str:
        """The walk is held against the ladder."""
        said = self.cleaned_data
        actions.walk_evidence(actor=self.actor, case=self.case, item=said["item"], steps=said["steps"], on=said["on"])
        return f"The evidence for item {said['item']} was kept: {counted(len(said['steps']), 'step')}."


def citations_of(text: str, programme: str) -> tuple[Citation, ...]:
    """Citations, one a line, in the grammar of the published letters. Raises ValidationError for a line that fits none."""
    found: list[Citation] = []
    faults = []
    for number, line in enumerate(filter(None, (entry.strip().rstrip(".") for entry in text.splitlines())), start=1):
        opening = "Decision based on " if line.startswith("MTUS ") else "Decision based on Non-MTUS Citation "
        read = find(f"{opening}{line}.", wording(programme)).citations
        if not read:
            faults.append(f"Citation {number} fits no known form: “{line[:80]}”.")
        found.extend(_tidy(entry) for entry in read)
    if faults:
        raise ValidationError(faults)
    return tuple(found)


def _tidy(cited: Citation) -> Citation:
    """The year stands once: what was read as the year is no part of the section."""
    if cited.kind is not CitationKind.GUIDELINE or cited.year is None or not cited.section:
        return cited

    return replace(cited, section=re.sub(rf",\s*{cited.year}$", "", cited.section) or None)


FORMS: tuple[type[ActForm], ...] = (WalkEvidence,)

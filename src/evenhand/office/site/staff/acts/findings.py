"""The second reader's findings as pages show them: by item, with what was set aside; and the forms that set one aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evenhand.letters.determination import Determination
from evenhand.office.cases.models import Case
from evenhand.office.cases.queries import items
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.events.chain import Actor
from evenhand.office.people.authorisation import permitted
from evenhand.office.people.roles import Part, Role
from evenhand.office.reviews import overriding
from evenhand.office.reviews.drafting import draft_of
from evenhand.office.reviews.overriding import Found, Named, found_in
from evenhand.office.reviews.quality import ANOTHER_LOOK, monitoring
from evenhand.office.site.staff.acts.fields import day, today, words
from evenhand.office.site.staff.acts.form import ActForm, Stage
from evenhand.office.site.staff.acts.law import Follow, LawLine
from evenhand.office.words import counted

WHY = "Somebody else judges it: say why the second reader is mistaken here. It is kept, and cannot be changed."


@dataclass(frozen=True, kw_only=True)
class Group:
    """The findings on one item, or on the letter as a whole."""

    title: str
    found: tuple[Found, ...]


def findings_now(case: Case, actor: Actor, served_on: date | None = None) -> dict[str, Any]:
    """What the pages beside a draft show of the letter as it stands now, as it would be served on a day; nothing while no item is
    decided. `set_aside` is the act by which the actor can set an error aside just now."""
    if not items(case, ItemState.DECIDED):
        return {"read": False}
    by, act = _whose_turn(case)
    letter = draft_of(case, served_on)
    found = found_in(case, letter)
    stopping = [one for one in found if one.stops(by)]
    return {
        "read": True,
        "groups": grouped(letter, found),
        "stopping": stopping,
        "stopping_title": f"{counted(len(stopping), 'error')} {'stands' if len(stopping) == 1 else 'stand'} in the way",
        "by": by.value,
        "set_aside": act if permitted(actor, act, case) else "",
        "served_on": served_on,
    }


def _whose_turn(case: Case) -> tuple[Role, str]:
    """Who lets the letter go on from here, and the act by which that role sets an error aside; none between their turns."""
    if case.state == CaseState.IN_REVIEW:
        return Role.REVIEWER, ExplainFinding.name
    return Role.MEDICAL_DIRECTOR, OverrideFinding.name if case.state == CaseState.QUALITY_REVIEW else ""


def grouped(letter: Determination, found: tuple[Found, ...]) -> list[Group]:
    """By item, in the order of the letter: first what touches the whole letter. Within a group errors stand first."""
    titles = {None: "The letter as a whole"} | {
        item.number: f"Item {item.number}: {item.item}" for item in letter.items
    }
    order = ("error", "warning", "note")
    groups = []
    for number, title in titles.items():
        of_it = [one for one in found if one.finding.place.item == number]
        if of_it:
            rows = tuple(sorted(of_it, key=lambda one: order.index(one.finding.severity.value)))
            groups.append(Group(title=title, found=rows))
    return groups


class _SetAside(ActForm):
    """Sets one error of the second reader aside."""

    routine = False
    parts = frozenset({Part.REVIEW, Part.ITEMS})
    beside = "case/beside_findings_now.html"
    finding = forms.TypedChoiceField(
        label="Which error",
        help_text="One at a time. What the law asks in every determination is not offered: that is never set aside.",
        widget=forms.RadioSelect,
    )
    reason = words("Reason", WHY)

    def prepare(self) -> None:
        """The errors that stand in the way and may be set aside."""
        self.now = findings_now(self.case, self.actor, self._served())
        open_to_it = {str(one.name): one for one in self.now.get("stopping", ()) if not one.never}
        choices = [
            (name, f"{one.finding.code}, {one.finding.where}: {one.finding.what}") for name, one in open_to_it.items()
        ]
        self.offer("finding", choices)
        self.names = {name: one.name for name, one in open_to_it.items()}

    def _served(self) -> date | None:
        """The day on which the letter would go out, where it is known."""
        return None

    def clean_finding(self) -> Named:
        """By its name."""
        return self.names[self.cleaned_data["finding"]]

    def clean_reason(self) -> str:
        """Long enough to be judged."""
        reason = str(self.cleaned_data["reason"]).strip()
        if len(reason) < overriding.LEAST_REASON:
            raise ValidationError("Say it in a sentence: somebody else must be able to judge it.")
        return reason

    def shown(self) -> dict[str, Any]:
        """Every finding."""
        return self.now

    def law(self) -> list[LawLine | None]:
        """Whose look it is."""
        rule = monitoring(self.case, today())
        return [LawLine(text=f"{ANOTHER_LOOK}.".capitalize(), citation=rule.citation)]


class ExplainFinding(_SetAside):
    """explain_finding."""

    name = "explain_finding"
    title = "Explain an error of the second reader"
    stage = Stage.REVIEW
    states = frozenset({CaseState.IN_REVIEW})
    button = "Keep the explanation"
    on = day("Explained on", "The day of your explanation.")

    def follows(self) -> list[Follow]:
        """It helps over the hand-in, not over the issue."""
        told = "The draft can be handed in over this error. The medical director reads your reason and decides."
        return [
            Follow(text=told),
            Follow(text="Where the text is changed afterwards, the explanation does not count any more."),
        ]

    def perform(self) -> str:
        """Kept beside the finding."""
        row = overriding.explain_finding(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"Your explanation of {row.code} was kept. The medical director reads it."


class OverrideFinding(_SetAside):
    """override_finding."""

    name = "override_finding"
    title = "Override an error of the second reader"
    stage = Stage.ISSUE
    states = frozenset({CaseState.QUALITY_REVIEW})
    button = "Override it"
    served_on = day("The letter will be served on", "It is read as it will stand on that day.")
    on = day("Overridden on", "The day of your decision.")

    def _served(self) -> date:
        if self.is_bound:
            try:
                sent: date = self.fields["served_on"].clean(self.data.get("served_on"))
            except ValidationError:
                return today()
            return sent
        return self.day("served_on")

    def follows(self) -> list[Follow]:
        """The letter goes out with it."""
        told = "The letter can be issued with this error in it, under your name in the log and in the proof."
        return [
            Follow(text=told),
            Follow(text="Where the text is changed afterwards, the override does not count any more."),
        ]

    def perform(self) -> str:
        """An event."""
        row = overriding.override_finding(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"{row.code} was overridden with your reason."


FORMS: tuple[type[ActForm], ...] = (ExplainFinding, OverrideFinding)

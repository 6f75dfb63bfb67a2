"""Notices beside the case's way, papers that came back, and the log of contacts: the forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from evenhand.law import Refused as RefusedByLaw
from evenhand.office.cases.queries import notified
from evenhand.office.cases.states import CaseState
from evenhand.office.correspondence import actions
from evenhand.office.correspondence.models import ContactMeans, ReturnReason
from evenhand.office.correspondence.queries import papers
from evenhand.office.intake import ending
from evenhand.office.intake.ending import TerminationReason
from evenhand.office.issuing import extension
from evenhand.office.people.roles import Part
from evenhand.office.records import deficiency
from evenhand.office.refusals import Refused
from evenhand.office.site.staff.acts.fields import day, line, means_of_service, one_of, words
from evenhand.office.site.staff.acts.form import BEFORE_ISSUE, EVER, ActForm, Stage, Standing
from evenhand.office.site.staff.acts.law import Follow, LawLine, Outgoing, date_follow, outgoing, rule_line, way_line
from evenhand.office.words import counted

S = CaseState


class _ToEveryParty(ActForm):
    """Sends something to every party on the day `on`, by the means chosen."""

    sent_on = "on"
    parts = frozenset({Part.PARTIES})  # to whom a paper goes stands on the page

    def papers(self) -> list[Outgoing]:
        """To each party, in each of its languages."""
        return outgoing(self.case, notified(self.case), self.value("means"), self.day(self.sent_on))


class Deficiency(_ToEveryParty):
    """send_deficiency_notice."""

    name = "send_deficiency_notice"
    title = "Send a notice of missing records"
    stage = Stage.ASSIGNMENT
    states = frozenset({S.RECORDS_OPEN, S.RECORDS_OVERDUE})
    parts = frozenset({Part.RECORDS, Part.PARTIES})
    beside = "case/beside_missing.html"
    on = day("Sent on", "What is missing, and how late it is, is told as it stands on this day.")
    means = means_of_service()

    def shown(self) -> dict[str, Any]:
        """What is missing, and since when."""
        on, row = self.day("on"), deficiency.records_date(self.case)
        due = date.fromisoformat(row.due[:10]) if row and row.due else None
        cost = deficiency.exposure(self.case, due, on) if due and on > due else {}
        return {"missing": deficiency.missing(self.case, on), "due": due, "cost": cost, "on": on}

    def law(self) -> list[LawLine | None]:
        """Overdue, where the day has passed."""
        return [way_line(self.case, S.RECORDS_OVERDUE)]

    def perform(self) -> str:
        """The claims administrator is told, everybody else gets a copy."""
        sent = deficiency.send_deficiency_notice(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"{counted(len(sent), 'paper')} sent. The case is: {self.case.get_state_display()}."


class Extend(_ToEveryParty):
    """extend_determination."""

    name = "extend_determination"
    title = "Approve more time"
    stage = Stage.REVIEW
    states = frozenset(extension.DECIDING)
    routine = False
    sent_on = "approved_on"
    reason = words(
        "Reason", "The extraordinary circumstances or the good cause. It goes into the notice.", rows=3, most=2000
    )
    approved_on = day("Approved on", "Before the last day of the time that runs.")
    means = means_of_service()

    def _running(self) -> tuple[str, date] | None:
        """The rule by which the time that runs is extended, and the day that started it."""
        rows = self.case.legal_dates.filter(rule__in=list(extension.EXTENDED), superseded=False, met_on=None)
        row = rows.last()
        return (extension.EXTENDED[row.rule], date.fromisoformat(row.start[:10])) if row else None

    def law(self) -> list[LawLine | None]:
        """The extended period."""
        running = self._running()
        return [rule_line(self.case, *running)] if running else []

    def follows(self) -> list[Follow]:
        """The later day."""
        running = self._running()
        if running is None:
            return [Follow(text="No time runs in this case that can be extended.")]
        return [date_follow("The determination is then due", self.case, *running)]

    def perform(self) -> str:
        """The later date takes the place of the first, once."""
        sent = extension.extend_determination(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"More time was approved; {counted(len(sent), 'paper')} sent."


class Terminate(_ToEveryParty):
    """terminate_review."""

    name = "terminate_review"
    title = "End the review"
    stage = Stage.PARTIES
    states = BEFORE_ISSUE
    routine = False
    parts = frozenset({Part.ITEMS, Part.PARTIES})
    sent_on = "told_on"
    reason = one_of(TerminationReason, "Why it ends", "The law pack says since when each reason holds.")
    item_numbers = forms.TypedMultipleChoiceField(
        label="Items that end",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: all.",
    )
    ended_on = day("The dispute ended on", "The day of the authorization, the settlement or the withdrawal.")
    told_on = day("The office was told on", "The notices go out on this day.")
    means = means_of_service()

    def prepare(self) -> None:
        """What can end."""
        rows = self.case.items.filter(state__in=ending.OPEN)
        self.offer("item_numbers", [(r.number, f"{r.number}. {r.text[:120]}") for r in rows])

    def clean(self) -> dict[str, Any]:
        """Nobody is told before it happens."""
        self.not_before("told_on", "ended_on")
        return self.cleaned_data

    def law(self) -> list[LawLine | None]:
        """The ground, if one is chosen; the end of the case."""
        lines = [way_line(self.case, S.TERMINATED)]
        try:
            ground = ending.ground_of(self.case, self.value("reason"), self.day("ended_on"))
            lines.append(LawLine(text=ground.text, citation=ground.citation))
        except (Refused, RefusedByLaw, AttributeError, KeyError):
            pass
        return lines

    def perform(self) -> str:
        """The items end, every party is told; the case ends when none is left."""
        sent = ending.terminate_review(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"Ended; {counted(len(sent), 'paper')} sent. The case is: {self.case.get_state_display()}."


class TerminationNotices(_ToEveryParty):
    """send_termination_notices."""

    name = "send_termination_notices"
    title = "Tell the parties what ended"
    stage = Stage.PARTIES
    states = EVER
    parts = frozenset({Part.ITEMS, Part.PARTIES})
    beside = "case/beside_items.html"
    on = day("Sent on", "The day of the notices.")
    means = means_of_service()

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Where an item ended and no notice says so."""
        return bool(standing.items & set(ending.ENDED)) and "termination" not in standing.notices

    def shown(self) -> dict[str, Any]:
        """The items of whose end nobody was told."""
        return {"told_items": ending.termination_notices_owed(self.case), "heading": "What ended"}

    def perform(self) -> str:
        """Every party is told."""
        sent = ending.send_termination_notices(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"{counted(len(sent), 'paper')} sent."


def paper_choices(form: ActForm) -> list[tuple[int | str, str]]:
    """The papers of the case, the latest first."""
    found = [
        (
            p.number,
            f"{p.number}. {p.title}, to the {p.to_role.replace('_', ' ')}, served {p.served_on} ({p.state.words})",
        )
        for p in reversed(papers(form.case))
    ]
    return [("", "Choose"), *found]


class ReturnedMail(ActForm):
    """record_returned_mail."""

    name = "record_returned_mail"
    title = "Record a paper that came back"
    stage = Stage.PARTIES
    states = EVER
    routine = False
    parts = frozenset({Part.CORRESPONDENCE})
    notice = forms.TypedChoiceField(label="Paper", coerce=int)
    returned_on = day("Came back on", "Its service stays on record.")
    reason = forms.TypedChoiceField(label="Why", coerce=ReturnReason, choices=[("", "Choose"), *ReturnReason.choices])

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Where something went out."""
        return bool(standing.notices)

    def prepare(self) -> None:
        """The papers."""
        self.offer("notice", paper_choices(self))

    def follows(self) -> list[Follow]:
        """What is to be done."""
        return [Follow(text="Find the right address, enter it, and serve the paper again.")]

    def perform(self) -> str:
        """It stands in the list of what is to be served again."""
        row = actions.record_returned_mail(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"Paper {row.notice.number} came back ({row.get_reason_display()}). Serve it again."


class ServeAgain(ActForm):
    """serve_again."""

    name = "serve_again"
    title = "Serve a paper again"
    stage = Stage.PARTIES
    states = EVER
    routine = False
    parts = frozenset({Part.CORRESPONDENCE, Part.PARTIES})
    button = "Serve it again"
    notice = forms.TypedChoiceField(label="Paper", coerce=int, help_text="What went in the same envelope goes along.")
    on = day("Served on", "The party is served where it is reached on this day.")
    means = means_of_service()
    reason = line("Why", "It stands on the sheet that goes on top.")
    received_on = day("Received on, if known", "For time that runs from receipt.", required=False, future=True)
    new_dates = forms.BooleanField(
        label="Count the party's legal dates from this service", required=False, initial=True
    )

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Where something went out."""
        return bool(standing.notices)

    def prepare(self) -> None:
        """The papers."""
        self.offer("notice", paper_choices(self))

    def clean(self) -> dict[str, Any]:
        """Nothing is received before it is sent."""
        self.not_before("received_on", "on")
        return self.cleaned_data

    def perform(self) -> str:
        """With its own proof of service."""
        served = actions.serve_again(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"Served again: {counted(len(served), 'paper')}, numbered {', '.join(str(p.number) for p in served)}."


class Contact(ActForm):
    """record_contact."""

    name = "record_contact"
    title = "Write down a contact"
    stage = Stage.PARTIES
    states = EVER
    routine = False
    parts = frozenset({Part.PARTIES, Part.CONTACTS})
    button = "Keep it"
    on = day("On", "The day of the contact.")
    incoming = forms.TypedChoiceField(
        label="Direction",
        coerce=lambda value: value == "in",
        empty_value=None,
        choices=[("in", "They got in touch"), ("out", "The office got in touch")],
    )
    means = forms.TypedChoiceField(label="How", coerce=ContactMeans, choices=ContactMeans.choices)
    party = forms.TypedChoiceField(label="With", coerce=int, required=False, empty_value=None)
    somebody = line("Or with somebody else", "Name and what they are.", required=False)
    about = words("About what", "What was said and what was promised. It lies sealed under the case's key.")

    def prepare(self) -> None:
        """The parties."""
        rows = notified(self.case)
        choices = [("", "Somebody else"), *((p.pk, f"{p.role.replace('_', ' ')}: {p.name}") for p in rows)]
        self.offer("party", choices)

    def clean(self) -> dict[str, Any]:
        """With somebody."""
        said = self.cleaned_data
        if said.get("party") is None and not said.get("somebody"):
            self.add_error("somebody", "Choose a party, or name the person.")
        return said

    def perform(self) -> str:
        """In the log of contacts."""
        row = actions.record_contact(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"The contact was kept as number {row.number}."


FORMS: tuple[type[ActForm], ...] = (
    Deficiency,
    Extend,
    Terminate,
    TerminationNotices,
    ReturnedMail,
    ServeAgain,
    Contact,
)

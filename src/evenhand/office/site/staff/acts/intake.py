"""From the application to the finding of eligibility: the forms."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.law.eligibility import screen
from evenhand.law.facts import Means, PartyRole
from evenhand.office.cases.clocks import pack_of
from evenhand.office.cases.queries import items, notified
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.intake import actions
from evenhand.office.intake.ending import OPEN
from evenhand.office.intake.queries import dispute_of
from evenhand.office.people.roles import Part
from evenhand.office.site.staff.acts.fields import ASKED, day, means_of_service, one_of, words
from evenhand.office.site.staff.acts.form import BEFORE_ISSUE, ActForm, Stage, Standing
from evenhand.office.site.staff.acts.law import Follow, LawLine, Outgoing, date_follow, outgoing, rule_line, way_line

S = CaseState
OUT = (ItemState.INELIGIBLE, ItemState.DUPLICATE, ItemState.DEFERRED)


class _WithFindings(ActForm):
    """Shows what the law finds for each item before anybody decides."""

    parts = frozenset({Part.ITEMS})
    beside = "case/beside_findings.html"

    def shown(self) -> dict[str, Any]:
        """The finding of each item on the law of the day, computed now."""
        return {"findings": screen(pack_of(self.case), dispute_of(self.case), self.day("on")), "on": self.day("on")}


class Screen(_WithFindings):
    """screen_application."""

    name = "screen_application"
    title = "Screen for eligibility"
    stage = Stage.ELIGIBILITY
    states = frozenset({S.RECEIVED})
    on = day("Screened on", "The day on which every item is tested for eligibility.")

    def law(self) -> list[LawLine | None]:
        """From received to under review."""
        return [way_line(self.case, S.SCREENING)]

    def perform(self) -> str:
        """Every item is tested; the findings are kept."""
        found = actions.screen_application(actor=self.actor, case=self.case, on=self.cleaned_data["on"])
        told = "; ".join(f"item {f.number}: {f.status.value.replace('_', ' ')}" for f in found)
        return f"Screened ({told}). The Administrative Director decides next."


class AskInformation(ActForm):
    """ask_information."""

    name = "ask_information"
    title = "Ask for information on eligibility"
    stage = Stage.ELIGIBILITY
    states = frozenset({S.SCREENING})
    parts = frozenset({Part.PARTIES})
    of = one_of(PartyRole, "Asked of", initial=PartyRole.CLAIMS_ADMINISTRATOR, only=ASKED)
    question = words("Question", "What is needed to decide eligibility. It is sent as it stands here.")
    asked_on = day("Sent on", "The day of the notice.")
    received_on = day(
        "Received on", "The time to answer runs from the day on which the notice is received.", future=True
    )

    def clean(self) -> dict[str, Any]:
        """Nothing is received before it is sent."""
        self.not_before("received_on", "asked_on")
        return self.cleaned_data

    def law(self) -> list[LawLine | None]:
        """The way, and the time to answer."""
        received = self.day("received_on")
        return [way_line(self.case, S.INFORMATION_REQUESTED), rule_line(self.case, "information_reply", received)]

    def follows(self) -> list[Follow]:
        """By when the answer is due."""
        to = self.case.parties.filter(role=self.value("of")).first()
        return [date_follow("The answer is due", self.case, "information_reply", self.day("received_on"), party=to)]

    def papers(self) -> list[Outgoing]:
        """One notice, to the party asked."""
        asked = self.case.parties.filter(role=self.value("of")).order_by("-notified", "id")[:1]
        return outgoing(self.case, list(asked), Means.ELECTRONIC, self.day("asked_on"))

    def perform(self) -> str:
        """The notice goes out; the clock for the answer starts."""
        said = self.cleaned_data
        actions.ask_information(actor=self.actor, case=self.case, **said)
        return f"The question was sent to the {said['of'].value.replace('_', ' ')}. The case waits for the answer."


class RecordInformation(ActForm):
    """record_information."""

    name = "record_information"
    title = "Record the answer"
    stage = Stage.ELIGIBILITY
    states = frozenset({S.INFORMATION_REQUESTED})
    parts = frozenset({Part.CORRESPONDENCE})
    beside = "case/beside_question.html"
    answer = words("Answer", "What was answered, in its words or in substance.")
    answered_on = day("Received on", "The day on which the answer came.")

    def shown(self) -> dict[str, Any]:
        """The open question."""
        return {"question": self.case.information_requests.filter(stage="eligibility", answered_on=None).first()}

    def law(self) -> list[LawLine | None]:
        """Back to screening."""
        return [way_line(self.case, S.SCREENING)]

    def perform(self) -> str:
        """The answer is kept; screening goes on."""
        actions.record_information(actor=self.actor, case=self.case, **self.cleaned_data)
        return "The answer was recorded. The case is under eligibility review again."


class SettleGround(_WithFindings):
    """settle_ground."""

    name = "settle_ground"
    title = "Settle what the law leaves open"
    stage = Stage.ELIGIBILITY
    states = frozenset({S.SCREENING})
    routine = False
    ground = forms.ChoiceField(label="Open ground", choices=())
    holds = forms.TypedChoiceField(
        label="Does it hold?",
        coerce=lambda said: said == "yes",
        choices=[("", "Choose"), ("yes", "Yes, it holds against the item"), ("no", "No, it does not hold")],
    )
    reason = words("Reason", "Why. It is kept with the finding and told wherever the finding is explained.")
    on = day("Decided on", "The day of the decision.")
    button = "Settle it"

    def prepare(self) -> None:
        """Offers what is open on the day."""
        pack = pack_of(self.case)
        found = [(one, ground) for one in self.shown()["findings"] for ground in one.grounds if ground.open]
        named = [
            (f"{one.number} {ground.code}", f"Item {one.number}: {pack.grounds[ground.code].title}")
            for one, ground in found
        ]
        self.offer("ground", [("", "Choose" if named else "Nothing is open"), *named])

    def perform(self) -> str:
        """The ground is settled, and the item is found anew."""
        said = self.cleaned_data
        number, ground = said["ground"].split()
        actions.settle_ground(
            actor=self.actor,
            case=self.case,
            item=int(number),
            ground=ground,
            holds=said["holds"],
            reason=said["reason"],
            on=said["on"],
        )
        return f"Settled for item {number}: the ground {'holds' if said['holds'] else 'does not hold'}."


class DecideEligibility(_WithFindings):
    """decide_eligibility."""

    name = "decide_eligibility"
    title = "Decide eligibility"
    stage = Stage.ELIGIBILITY
    states = frozenset({S.SCREENING})
    on = day("Decided on", "The notice of assignment is due counted from this day.")
    button = "Decide as found"

    def law(self) -> list[LawLine | None]:
        """Assigned, or closed; and the notice of assignment."""
        return [
            way_line(self.case, S.ASSIGNED),
            way_line(self.case, S.CLOSED),
            rule_line(self.case, "assignment_notice", self.day("on")),
        ]

    def follows(self) -> list[Follow]:
        """When the notice of assignment is due, if an item is eligible."""
        label = "Notice of assignment due, if an item is eligible"
        return [date_follow(label, self.case, "assignment_notice", self.day("on"))]

    def perform(self) -> str:
        """The finding becomes the state of each item."""
        found = actions.decide_eligibility(actor=self.actor, case=self.case, on=self.cleaned_data["on"])
        told = "; ".join(f"item {f.number}: {f.status.value}" for f in found)
        return f"Eligibility was decided ({told}). The case is now: {self.case.get_state_display()}."


class IneligibilityNotices(ActForm):
    """send_ineligibility_notices."""

    name = "send_ineligibility_notices"
    title = "Send notices of ineligibility"
    stage = Stage.ELIGIBILITY
    states = frozenset(S) - {S.RECEIVED, S.INFORMATION_REQUESTED}
    parts = frozenset({Part.ITEMS, Part.PARTIES})
    beside = "case/beside_items.html"
    on = day("Served on", "The time to petition runs from service.")
    means = means_of_service()

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Where an item is out and nobody was told yet."""
        out = standing.items & {state.value for state in OUT}
        return standing.state in cls.states and bool(out) and "ineligibility" not in standing.notices

    def shown(self) -> dict[str, Any]:
        """The items that are not reviewed."""
        return {"told_items": items(self.case, *OUT), "heading": "What is not reviewed, and why"}

    def law(self) -> list[LawLine | None]:
        """The time to petition."""
        return [rule_line(self.case, "ineligibility_petition", self.day("on"))]

    def follows(self) -> list[Follow]:
        """Each party's last day."""
        on, means = self.day("on"), self.value("means")
        return [
            date_follow(
                f"Last day for a petition: {to.role.replace('_', ' ')}",
                self.case,
                "ineligibility_petition",
                on,
                means=means,
                party=to,
            )
            for to in notified(self.case)
        ]

    def papers(self) -> list[Outgoing]:
        """One to each party."""
        return outgoing(self.case, notified(self.case), self.value("means"), self.day("on"))

    def perform(self) -> str:
        """The notices go out with their proofs of service."""
        actions.send_ineligibility_notices(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"{len(notified(self.case))} notices of ineligibility were sent."


class RecordAuthorisation(ActForm):
    """record_authorisation."""

    name = "record_authorisation"
    title = "Record an authorization"
    stage = Stage.PARTIES
    states = BEFORE_ISSUE
    routine = False
    parts = frozenset({Part.ITEMS})
    item = forms.TypedChoiceField(label="Disputed item", coerce=int)
    authorized = words("What was authorized", "As the claims administrator states it.", rows=2, most=2000)
    remaining = words(
        "What is left in dispute",
        "Leave empty where the whole item was authorized: it then ends.",
        required=False,
        rows=2,
        most=2000,
    )
    on = day("Notified on", "The day on which the office was told.")
    tell = forms.BooleanField(
        label="Tell every party at once, by mail",
        help_text="Of a whole item's end every party is told.",
        required=False,
        initial=True,
    )

    def prepare(self) -> None:
        """The items that can still be authorized."""
        rows = items(self.case, *OPEN)
        self.offer("item", [(row.number, f"{row.number}. {row.text[:120]}") for row in rows])

    def law(self) -> list[LawLine | None]:
        """Review ends for what is authorized."""
        way = way_line(self.case, S.TERMINATED)
        text = "What is authorized before the decision is no longer reviewed. Where no item is left, the review ends."
        return [LawLine(text=text, citation=way.citation)] if way else []

    def perform(self) -> str:
        """The item ends, or what is left of it is reviewed."""
        said = dict(self.cleaned_data)
        said["remaining"] = said["remaining"] or None
        said["means"] = Means.MAIL if said.pop("tell") and said["remaining"] is None else None
        actions.record_authorisation(actor=self.actor, case=self.case, **said)
        return f"The authorization of item {said['item']} was recorded. The case is: {self.case.get_state_display()}."


class AssignmentNotices(ActForm):
    """send_assignment_notices."""

    name = "send_assignment_notices"
    title = "Send notices of assignment"
    stage = Stage.ASSIGNMENT
    states = frozenset({S.ASSIGNED})
    parts = frozenset({Part.PARTIES, Part.ITEMS})
    on = day("Served on", "The claims administrator's time to send the records runs from this day.")
    means = means_of_service()
    received_on = day("Received on, if known", "As a proof of delivery states it.", required=False, future=True)
    received_at = forms.DateTimeField(
        label="Received by the claims administrator at",
        help_text="An expedited review: the time for the records counts hours from receipt, in Pacific time.",
    )

    def prepare(self) -> None:
        """The hour of receipt is asked only where hours are counted."""
        if self.case.priority != "expedited":
            del self.fields["received_at"]

    def clean(self) -> dict[str, Any]:
        """Nothing is received before it is sent."""
        self.not_before("received_on", "on")
        return self.cleaned_data

    def _rule(self) -> str:
        return actions.records_rule(self.case, self.value("means"))

    def law(self) -> list[LawLine | None]:
        """The way, and the clock for the records."""
        return [way_line(self.case, S.RECORDS_OPEN), rule_line(self.case, self._rule(), self.day("on"))]

    def follows(self) -> list[Follow]:
        """When the records are due."""
        to = self.case.parties.filter(role=PartyRole.CLAIMS_ADMINISTRATOR).first()
        label = "Records from the claims administrator are due"
        if self.case.priority == "expedited":
            return [Follow(text=f"{label} in the hours that the law gives, counted from receipt.")]
        return [date_follow(label, self.case, self._rule(), self.day("on"), party=to)]

    def papers(self) -> list[Outgoing]:
        """One to each party."""
        return outgoing(self.case, notified(self.case), self.value("means"), self.day("on"))

    def perform(self) -> str:
        """The notices go out; the records clock starts."""
        actions.send_assignment_notices(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"{len(notified(self.case))} notices of assignment were sent. The case waits for the records."


FORMS: tuple[type[ActForm], ...] = (
    Screen,
    AskInformation,
    RecordInformation,
    SettleGround,
    DecideEligibility,
    IneligibilityNotices,
    AssignmentNotices,
    RecordAuthorisation,
)

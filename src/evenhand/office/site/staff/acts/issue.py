"""Quality review, issue, and what follows the issue: the forms."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from evenhand.law.facts import PartyRole
from evenhand.office.cases.queries import dates, items, notified
from evenhand.office.cases.reading import looked, visible
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.configuration import configuration
from evenhand.office.correspondence.compose import means_for
from evenhand.office.events.checkpoint import make_checkpoint
from evenhand.office.issuing import actions as issuing
from evenhand.office.people.roles import Part
from evenhand.office.proofs.export import export_case, take, write
from evenhand.office.publishing import actions as publishing
from evenhand.office.publishing.deidentify import published_decision
from evenhand.office.reviews import actions
from evenhand.office.site.staff.acts.fields import day, means_of_service, words
from evenhand.office.site.staff.acts.findings import findings_now
from evenhand.office.site.staff.acts.form import EVER, ActForm, Stage, Standing
from evenhand.office.site.staff.acts.law import Follow, LawLine, Outgoing, date_follow, outgoing, rule_line, way_line
from evenhand.office.site.staff.acts.reviewing import unread

S = CaseState


class _WithDraft(ActForm):
    """Shows the draft as it was handed in: what the second reader found, the ladder, what was read, the reviewer's standing."""

    parts = frozenset({Part.REVIEW, Part.ITEMS, Part.REVIEWER})
    beside = "case/beside_draft.html"

    def shown(self) -> dict[str, Any]:
        """The last draft."""
        draft = self.case.drafts.last()
        selection = self.case.selections.filter(ended=False).first()
        mine = (
            next((r for r in selection.reasons if r["reviewer"] == selection.reviewer_id), None) if selection else None
        )
        return {
            "draft": draft,
            "determination": draft.determination if draft else None,
            "decided_items": items(self.case, ItemState.DECIDED),
            "unread": unread(self.case),
            "pages_read": self.case.readings.count(),
            "standing": mine,
            **findings_now(self.case, self.actor, self._served()),
        }

    def _served(self) -> date | None:
        """The day as of which the letter is read; unknown where the form asks for none."""
        return self.day("served_on") if "served_on" in self.fields else None


class OpenQualityReview(_WithDraft):
    """open_quality_review."""

    name = "open_quality_review"
    title = "Take the draft up"
    stage = Stage.ISSUE
    states = frozenset({S.DRAFTED})
    on = day("Taken up on", "The day on which quality review begins.")

    def law(self) -> list[LawLine | None]:
        """Another person's look."""
        return [way_line(self.case, S.QUALITY_REVIEW)]

    def perform(self) -> str:
        """The draft is in quality review."""
        actions.open_quality_review(actor=self.actor, case=self.case, on=self.cleaned_data["on"])
        return "The draft is in quality review: return it with reasons, or issue it."


class ReturnDraft(_WithDraft):
    """return_draft."""

    name = "return_draft"
    title = "Return the draft to the reviewer"
    stage = Stage.ISSUE
    states = frozenset({S.QUALITY_REVIEW})
    button = "Return it"
    remarks = words("Reasons", "What is to be mended. The reviewer's work is kept; the decisions are open again.")
    on = day("Returned on", "The time to decide keeps running.")

    def law(self) -> list[LawLine | None]:
        """Back, with reasons."""
        return [way_line(self.case, S.DRAFTED)]

    def perform(self) -> str:
        """Back to the review."""
        actions.return_draft(actor=self.actor, case=self.case, **self.cleaned_data)
        return "The draft went back to the reviewer with your reasons."


class Issue(_WithDraft):
    """issue_determination."""

    name = "issue_determination"
    title = "Issue the determination"
    stage = Stage.ISSUE
    states = frozenset({S.QUALITY_REVIEW})
    parts = frozenset({Part.REVIEW, Part.ITEMS, Part.REVIEWER, Part.PARTIES})
    remarks = words(
        "Remarks of the quality review", "Kept with the draft; they do not leave the office.", required=False
    )
    approved_on = day("Approved on", "The day on which quality review found the draft good.")
    served_on = day("Served on", "The parties' time to petition and to carry out runs from service and receipt.")
    means = means_of_service()

    def clean(self) -> dict[str, Any]:
        """Nothing is served before it is approved."""
        self.not_before("served_on", "approved_on")
        return self.cleaned_data

    @property
    def submit(self) -> str:
        """The letter goes to so many."""
        return f"Issue, and send {self.paper_count()} papers"

    def shown(self) -> dict[str, Any]:
        """The draft, and the letter as it would go out."""
        query = f"?served_on={self.day('served_on')}&means={self.value('means').value}"
        return {**super().shown(), "preview_query": query}

    def law(self) -> list[LawLine | None]:
        """Issued; the time to petition."""
        served = self.day("served_on")
        return [way_line(self.case, S.ISSUED), rule_line(self.case, "wcab_petition", served)]

    def follows(self) -> list[Follow]:
        """Met or late; each party's last day for a petition; no way back."""
        served, means = self.day("served_on"), self.value("means")
        due = next((row for row in dates(self.case) if row.rule.startswith("determination") and row.due), None)
        told = [] if due is None else [Follow(text="The determination was due", deadline=due.deadline)]
        for to in notified(self.case):
            label = f"Last day for a petition: {to.role.replace('_', ' ')}"
            told.append(
                date_follow(label, self.case, "wcab_petition", served, means=means_for(to, means, served), party=to)
            )
        return told

    def papers(self) -> list[Outgoing]:
        """The letter to each party."""
        return outgoing(self.case, notified(self.case), self.value("means"), self.day("served_on"), letter=True)

    def perform(self) -> str:
        """Typeset, checked, served."""
        issuing.issue_determination(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"The determination was issued and served on {len(notified(self.case))} parties."


class RecordReceipt(ActForm):
    """record_receipt."""

    name = "record_receipt"
    title = "Record the receipt of the letter"
    stage = Stage.AFTER
    states = frozenset({S.ISSUED, S.CLOSED})
    received_on = day("Received by the claims administrator on", "From this day the result has to be carried out.")

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Once, after the issue."""
        return standing.state in cls.states and standing.letter and not standing.letter_received

    def clean(self) -> dict[str, Any]:
        """Not before it was served, and once."""
        said = self.cleaned_data
        letter = getattr(self.case, "letter", None)
        if letter is None:
            return said  # the act says that there is no letter
        if said.get("received_on") and said["received_on"] < letter.served_on:
            self.add_error("received_on", f"The letter was served on {letter.served_on}; it cannot be received before.")
        if letter.received_on is not None:
            self.add_error(None, f"The receipt was recorded before: {letter.received_on}.")
        return said

    def _won(self) -> bool:
        return any(i.decision == "Overturned" for i in items(self.case, ItemState.DECIDED))

    def law(self) -> list[LawLine | None]:
        """What is to be carried out, and by when."""
        on = self.day("received_on")
        return (
            [rule_line(self.case, rule, on) for rule in ("implement_authorise", "implement_pay")] if self._won() else []
        )

    def follows(self) -> list[Follow]:
        """The days by which to authorize and to pay."""
        if not self._won():
            return [Follow(text="Nothing was overturned, so nothing is to be carried out.")]
        on = self.day("received_on")
        return [
            date_follow("Authorize by", self.case, "implement_authorise", on),
            date_follow("Pay by, if it was already given", self.case, "implement_pay", on),
        ]

    def perform(self) -> str:
        """The clocks of carrying out start."""
        issuing.record_receipt(actor=self.actor, case=self.case, received_on=self.cleaned_data["received_on"])
        return f"The receipt by the {PartyRole.CLAIMS_ADMINISTRATOR.value.replace('_', ' ')} was recorded."


class Publish(ActForm):
    """publish_determination."""

    name = "publish_determination"
    title = "Publish the determination"
    stage = Stage.AFTER
    states = frozenset({S.ISSUED, S.CLOSED})
    parts = frozenset({Part.DETERMINATION})
    beside = "case/beside_publication.html"
    button = "Publish without names"
    on = day("Published on", "The day on which it becomes public.")

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Once."""
        return standing.state in cls.states and standing.letter and not standing.published

    def shown(self) -> dict[str, Any]:
        """The decision as the public will read it, and what was taken out."""
        decision, removed = published_decision(self.case, self.day("on"))
        return {"decision": decision, "removed": removed}

    def law(self) -> list[LawLine | None]:
        """Publication without identities."""
        text = "Determinations are made public; what identifies the employee or anybody else stays out."
        return [LawLine(text=text, citation="Lab. Code 4610.6(m), 138.7")]

    def perform(self) -> str:
        """De-identified, refused while a known identity is left in it."""
        row = publishing.publish_determination(actor=self.actor, case=self.case, on=self.cleaned_data["on"])
        return f"Published as {row.address}."


class Close(ActForm):
    """close_case."""

    name = "close_case"
    title = "Close the case"
    stage = Stage.AFTER
    states = frozenset({S.ISSUED})
    on = day("Closed on", "The day on which nothing more is to be done here.")

    def law(self) -> list[LawLine | None]:
        """Closed."""
        return [way_line(self.case, S.CLOSED)]

    def perform(self) -> str:
        """The end."""
        issuing.close_case(actor=self.actor, case=self.case, on=self.cleaned_data["on"])
        return "The case is closed."


class Export(ActForm):
    """export_case."""

    name = "export_case"
    title = "Take the proof out"
    stage = Stage.FILE
    states = EVER
    routine = False
    button = "Download the proof bundle"
    on = day("Taken out on", "The day of the export; the event of it is signed with the rest.")

    def follows(self) -> list[Follow]:
        """What the download holds."""
        text = (
            "A ZIP file with letter, notices, time line, published decision and the signed events. It holds names and "
            "medical facts. Anybody can check it: evenhand audit verify --bundle proof.json"
        )
        less = "Papers that are not open to you stay out; the proof names their hashes all the same."
        return [Follow(text=text), Follow(text=less)]

    def perform(self) -> HttpResponse:
        """Logged, signed, packed."""
        taken, papers = take(self.case), self._open()
        looked(actor=self.actor, case=self.case, parts=frozenset(papers), what="proof bundle")
        folder = Path(f"{self.case.number}-proof")
        export_case(actor=self.actor, case=self.case, folder=folder, contents=taken.digest, on=self.cleaned_data["on"])
        make_checkpoint(configuration())
        packed = io.BytesIO()
        with tempfile.TemporaryDirectory(prefix="evenhand-export-") as home:
            kept = {name: paper for name, paper in taken.files.items() if _part_of(name) in {None, *papers}}
            names = write(self.case, Path(home) / "proof", replace(taken, files=kept))
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in names:
                    archive.write(Path(home) / "proof" / name, name)
        answer = HttpResponse(packed.getvalue(), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{folder.name}.zip"'
        answer["Cache-Control"] = "no-store"
        return answer

    def _open(self) -> set[Part]:
        """Which of the papers the actor may read, by role or opened with a reason."""
        return {Part.CORRESPONDENCE, Part.DETERMINATION} & visible(self.actor, self.case)


def _part_of(name: str) -> Part | None:
    """The part of the case to which a file of the proof belongs; none for what holds no name and no medical fact."""
    if name.startswith(("letter.", "determination.")) or "-determination" in name:
        return Part.DETERMINATION
    return Part.CORRESPONDENCE if name.startswith("notices/") else None


FORMS: tuple[type[ActForm], ...] = (OpenQualityReview, ReturnDraft, Issue, RecordReceipt, Publish, Close, Export)

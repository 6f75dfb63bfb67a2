"""Papers that come in, the index of the file, and what is still owed: the forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseFormSet, formset_factory

from evenhand.casefile.facts import DocumentKind
from evenhand.law.facts import Means, PartyRole
from evenhand.office.cases.states import CaseState
from evenhand.office.people.roles import Part
from evenhand.office.records import actions
from evenhand.office.records.completeness import assess_case
from evenhand.office.records.queries import documents
from evenhand.office.site.staff.acts.fields import DayField, day, line, one_of
from evenhand.office.site.staff.acts.form import ActForm, Stage, Standing
from evenhand.office.site.staff.acts.law import Follow, LawLine, date_follow, rule_line, way_line
from evenhand.office.ui.forms import Form
from evenhand.office.words import counted, headed

S = CaseState
MOST_MEGABYTES = 50
MOST_MEGABYTES_TOGETHER = 200
ROWS = 3
MOST_ROWS = 30
MEGABYTE = 1024 * 1024
SENDERS = (
    PartyRole.CLAIMS_ADMINISTRATOR,
    PartyRole.REQUESTING_PHYSICIAN,
    PartyRole.EMPLOYEE,
    PartyRole.ATTORNEY,
    PartyRole.REPRESENTATIVE,
    PartyRole.PROVIDER,
    PartyRole.FACILITY,
    PartyRole.INSURER,
    PartyRole.UR_ORGANISATION,
)


class PaperRow(Form):
    """One paper of a receipt. A row without a file and without words is left out."""

    file = forms.FileField(label="PDF file", help_text=f"At most {MOST_MEGABYTES} MB.", required=False)
    kind = one_of(DocumentKind, "Kind")
    dated = DayField(label="Date on the paper", required=False)
    author = line("Author", required=False)
    title = line("Title", "Without one, the kind is taken.", required=False, most=300)

    def clean(self) -> dict[str, Any]:
        """A paper needs its file, its kind and its date."""
        said = self.cleaned_data
        if said.get("file") is None and "file" not in self.errors:
            self.add_error("file", "Choose the file. A browser forgets it when a page comes back with an error.")
        elif said.get("file") is not None and said["file"].size > MOST_MEGABYTES * MEGABYTE:
            self.add_error("file", f"The file is larger than {MOST_MEGABYTES} MB. Split it, one document a file.")
        if said.get("dated") is None and "dated" not in self.errors:
            self.add_error("dated", "Give the date that stands on the paper.")
        return said


class ReceiveRecords(ActForm):
    """receive_records."""

    name = "receive_records"
    title = "Enter records that came"
    stage = Stage.ASSIGNMENT
    states = frozenset(actions.OPEN)
    template = "case/do_records.html"
    button = "Enter the papers"
    sender = one_of(PartyRole, "From", only=SENDERS)
    received_on = day("Received on", "The day on which the papers came, whenever they are entered here.")
    means = one_of(Means, "How they came", initial=Means.MAIL)
    answers_request = forms.BooleanField(label="They answer the reviewer's request for more", required=False)

    @classmethod
    def main(cls, standing: Standing) -> bool:
        """Where the case waits for papers."""
        return standing.state in {S.RECORDS_OPEN, S.RECORDS_OVERDUE, S.ADDITIONAL_INFORMATION}

    def prepare(self) -> None:
        """The rows of papers; more of them by `?rows=`."""
        asked = self.asked.get("rows", "")
        extra = min(int(asked), MOST_ROWS) if asked.isdecimal() and len(asked) < 4 else ROWS
        kind: type[BaseFormSet[PaperRow]] = formset_factory(
            PaperRow, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
        )
        self.rows = (
            kind(self.data or None, self.files or None, prefix="papers") if self.is_bound else kind(prefix="papers")
        )
        self.fields["answers_request"].initial = self.case.state == S.ADDITIONAL_INFORMATION

    def is_valid(self) -> bool:
        """The form, every row that holds something, and the whole not too large."""
        sound = super().is_valid() and self.rows.is_valid()
        if sound and not self._papers():
            self.add_error(None, "No paper was chosen. Choose at least one file.")
        together = sum(row.cleaned_data["file"].size for row in self._papers()) if sound else 0
        if together > MOST_MEGABYTES_TOGETHER * MEGABYTE:
            self.add_error(
                None, f"The files are larger than {MOST_MEGABYTES_TOGETHER} MB together. Enter them in parts."
            )
        return sound and not self.errors

    def _papers(self) -> list[PaperRow]:
        return [row for row in self.rows.forms if row.has_changed() and getattr(row, "cleaned_data", {}).get("file")]

    def shown(self) -> dict[str, Any]:
        """The rows."""
        return {"rows": self.rows, "more": len(self.rows.forms) + 5, "most": MOST_ROWS}

    def perform(self) -> str:
        """Each paper is inspected and kept byte for byte; one that cannot be read refuses all."""
        taken = set(self.case.documents.values_list("label", flat=True))
        papers = [_paper(row.cleaned_data, taken) for row in self._papers()]
        actions.receive_records(actor=self.actor, case=self.case, papers=papers, **self.cleaned_data)
        pages = sum(self.case.documents.filter(label__in=[p.label for p in papers]).values_list("pages", flat=True))
        return f"{counted(len(papers), 'paper')} with {counted(pages, 'page')} entered. Index them next."


def _paper(said: dict[str, Any], taken: set[str]) -> actions.Paper:
    """A row as the act takes it. Its label in the file is made from kind and date, and never from the name of an upload."""
    upload: UploadedFile = said["file"]
    kind: DocumentKind = said["kind"]
    stem = f"{kind.value.replace('_', '-')}-{said['dated']}"
    label, number = stem, 1
    while label in taken:
        number += 1
        label = f"{stem}-{number}"
    taken.add(label)
    title = said["title"] or headed(kind.value)
    return actions.Paper(
        label=label,
        content=upload.read(),
        kind=kind,
        dated=said["dated"],
        author=said["author"] or "not stated",
        title=title,
    )


class IndexRecords(ActForm):
    """index_records."""

    name = "index_records"
    title = "Index the records"
    stage = Stage.ASSIGNMENT
    states = frozenset(actions.OPEN)
    parts = frozenset({Part.RECORDS})
    beside = "case/beside_unindexed.html"
    on = day("Indexed on", "Every new page gets its permanent number.")

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Where papers have no page numbers yet."""
        return standing.state in cls.states and standing.unindexed > 0

    def shown(self) -> dict[str, Any]:
        """The papers that are not indexed."""
        return {"documents": [d for d in documents(self.case) if d.first_page is None]}

    def perform(self) -> str:
        """Text layer, or OCR where there is none."""
        pages = actions.index_records(actor=self.actor, case=self.case, on=self.cleaned_data["on"])
        return f"The file is indexed: it has {counted(pages, 'page')}."


class AssessCompleteness(ActForm):
    """assess_completeness."""

    name = "assess_completeness"
    title = "Find the records complete"
    stage = Stage.ASSIGNMENT
    states = frozenset({S.RECORDS_OPEN, S.RECORDS_OVERDUE})
    parts = frozenset({Part.RECORDS})
    beside = "case/beside_completeness.html"
    button = "Find them complete enough to decide"
    on = day("Assessed on", "Complete records start the time to decide.")

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Where there are papers and all are indexed."""
        return standing.state in cls.states and standing.documents > 0 and standing.unindexed == 0

    def shown(self) -> dict[str, Any]:
        """What is owed, what came, what is missing."""
        return {"assessed": assess_case(self.case, self.day("on"))}

    def law(self) -> list[LawLine | None]:
        """The way, and the time to decide."""
        return [way_line(self.case, S.RECORDS_COMPLETE), rule_line(self.case, self._rule(), self.day("on"))]

    def _rule(self) -> str:
        return actions.decision_rule(self.case)

    def follows(self) -> list[Follow]:
        """When the determination is due."""
        return [date_follow("The determination is due", self.case, self._rule(), self.day("on"))]

    def perform(self) -> str:
        """The decision clock starts."""
        assessed = actions.assess_completeness(actor=self.actor, case=self.case, on=self.cleaned_data["on"])
        missing = f"; {counted(len(assessed.missing), 'owed paper')} not sent" if assessed.missing else ""
        return f"The records are complete enough to decide{missing}. A reviewer can be selected."


FORMS: tuple[type[ActForm], ...] = (ReceiveRecords, IndexRecords, AssessCompleteness)
